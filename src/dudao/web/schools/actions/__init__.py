"""Writes about school data, each with its audit event."""
