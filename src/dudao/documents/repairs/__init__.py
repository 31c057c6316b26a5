"""Damage done by conversion and how it is mended for reading: one file per kind, each naming where it is seen.

A repair looks at a text and answers with edits; `mending.py` carries them out and keeps the map to the source.
No repair changes, adds or removes a digit.
"""
