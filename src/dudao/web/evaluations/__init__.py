"""Schemes, rounds, assessments, answers and facts: a self-evaluation round from opening to submission."""
