"""Texts for each relation: those that match, with figures and verdict, and those that must not. Run by one test."""
