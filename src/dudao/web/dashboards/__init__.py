"""Pages that gather: the home page of each role and the progress grids."""
