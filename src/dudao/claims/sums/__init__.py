"""Totals and their parts, read by where the parts stand: behind the total, before it, or taken up again later."""
