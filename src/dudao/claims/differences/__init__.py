"""The ways in which official prose says what one figure has more than another."""
