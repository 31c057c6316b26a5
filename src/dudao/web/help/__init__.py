"""Help beside each page: the documentation, read in the browser."""
