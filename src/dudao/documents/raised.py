"""Raised text, as the mark of a note behind a figure (3500¹万元) or that of an area (m²)."""

_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Return text with its digits raised, as many characters: beside a figure they would be read as part of it."""
    return text.translate(_SMALL)
