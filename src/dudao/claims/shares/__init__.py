"""The ways in which official prose says what part of a whole something is."""
