"""YAML read with the file and line of every value, for packs, examples and parameters."""
