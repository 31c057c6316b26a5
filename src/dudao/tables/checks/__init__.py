"""Rules that tables are checked by, one file a concern; the catalogue is the list of all of them."""
