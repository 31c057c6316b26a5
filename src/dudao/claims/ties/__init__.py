"""Figures of several documents held against each other: reports, years, plans, statistics of one place."""
