"""Regions, levels of government, and how their names are written in texts."""
