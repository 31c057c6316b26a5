"""How checks look on a page."""
