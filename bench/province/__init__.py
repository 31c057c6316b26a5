"""A whole province under load: built by a seeded generator, measured on the loopback, ended by itself."""
