"""Pages of signing in, the own account, people and places."""
