"""The lines of a printed page: which of them go on in the next, told by where they begin and end on the paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

_WORD = re.compile(r"[0-9A-Za-z.,%]+|.")
_LINE = re.compile(r"[^\r\n]+")
_NARROWEST = 6
"""Lines of fewer characters (page numbers, marks) say nothing of where a column ends."""


class PageLine(str):
    """The text of a line; `room` is what its column leaves free behind it, `indent` before it, in characters.

    Both are None when the page does not tell.
    """

    room: float | None = None
    indent: float | None = None

    def goes_on_in(self, following: str) -> bool:
        """Return whether the line is full, its next word having had no room, and the next begins at the margin."""
        if self.room is None or not isinstance(following, PageLine) or following.indent is None:
            return False
        word = _WORD.match(following)
        needed = (len(word[0]) * 0.55 if word and word[0].isascii() else 1.0) + 1.2
        return self.room < needed and following.indent < 1.2


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with the edges of its first and last character, in points; `em` is the width of a character."""

    text: str
    left: float
    right: float
    em: float

    def shares_column(self, other: "_Placed") -> bool:
        return self.left < other.right and other.left < self.right


def placed_lines(layer: pypdfium2.PdfTextPage, text: str) -> dict[str, PageLine]:
    """Return the lines of a page by their text, with what the page tells of their place.

    `text` is all the text of the layer. A text that does not correspond to the layer character by character gives
    nothing.
    """
    if len(text) != layer.count_chars():
        return {}
    placed = [one for match in _LINE.finditer(text) if (one := _placed(layer, match)) is not None]
    return {one.text: _measured(one, placed) for one in placed}


def _placed(layer: pypdfium2.PdfTextPage, match: re.Match[str]) -> _Placed | None:
    written = match[0]
    text = written.strip(" \u00a0")
    if not text:
        return None
    first = match.start() + len(written) - len(written.lstrip(" \u00a0"))
    left, bottom, _, top = layer.get_charbox(first, loose=True)
    right = layer.get_charbox(first + len(text) - 1, loose=True)[2]
    return _Placed(text, left, right, max(top - bottom, 1.0) * 1.1)


def _measured(one: _Placed, lines: Sequence[_Placed]) -> PageLine:
    column = [other for other in lines if len(other.text) >= _NARROWEST and one.shares_column(other)]
    found = PageLine(one.text)
    if len(column) >= 2:
        found.room = (max(other.right for other in column) - one.right) / one.em
        found.indent = (one.left - min(other.left for other in column)) / one.em
    return found
