"""Files that come in: every format becomes one text with blocks, tables and a map back to the source."""
