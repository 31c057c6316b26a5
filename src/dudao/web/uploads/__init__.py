"""Uploaded files before anything is kept of them: what they are and whether they may be taken."""
