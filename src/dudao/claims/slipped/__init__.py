"""Figures that would hold together but for one slip of a digit; `relations.near_slips` puts the kinds together."""
