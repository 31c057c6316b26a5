"""One file for each kind of relation that official prose asserts between figures; the list is in `claims.registry`."""
