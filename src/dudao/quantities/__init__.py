"""Written figures as exact values and the intervals they stand for; numerals, units, scales, approximators."""
