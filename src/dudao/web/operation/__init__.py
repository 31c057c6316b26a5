"""What the machine that watches asks: whether the process lives, whether it is ready, and what it counted."""
