"""Schemes as data: pack.yaml, indicators/ and examples/ per region and year, and how they are found."""
