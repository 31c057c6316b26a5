"""Benchmark of the claims step on generated reports."""
