"""Tables of duties → facts of their counties and years → an assessment that a scheme scores."""
