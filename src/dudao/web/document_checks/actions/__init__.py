"""Writes about checks: reports and versions, decisions on findings, notes of the review."""
