"""Commands of the checks app."""
