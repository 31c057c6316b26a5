"""What a score sheet says against itself, its scheme and its report: small checks, listed in `audit`."""
