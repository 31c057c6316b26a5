"""School tables that come in: columns, reading, checks."""
