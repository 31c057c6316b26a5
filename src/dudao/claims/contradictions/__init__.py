"""What a document says in two places that cannot both be true; each kind is one file, listed in `registry`."""
