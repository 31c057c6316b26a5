"""Checks of documents and drafts, shown at their places."""
