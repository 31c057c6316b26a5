"""Pages of rounds: each fetches with an access check, calls one action, renders."""
