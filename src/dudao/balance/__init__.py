"""Resource indicators, difference coefficients, standards met, and the cheapest way to meet them."""
