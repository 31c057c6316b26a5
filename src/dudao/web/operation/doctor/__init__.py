"""`dudao doctor` of an installation: what was looked at, what was seen, and how to mend it."""
