"""Writes about people and places, each with its audit event in the same transaction."""
