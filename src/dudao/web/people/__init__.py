"""Regions, departments, people and what they may do where."""
