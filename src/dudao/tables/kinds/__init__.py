"""One file a kind of table: its columns, the headings offices use, units, ranges and statistics tables."""
