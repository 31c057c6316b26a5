"""Figures told within the words of a cell: 公办园占比47.6% beside 11 and 9.7 points says nothing of these.

The lines of text that a table leaves have its cells in a row, and a figure of the words in one seems to be said of the
plain figures in the others.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from dudao.documents.model import Table
from dudao.provenance import Span

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}.*[\u4e00-\u9fff]{2}", re.DOTALL)
_FIGURE = re.compile(r"[0-9０-９]")


class WordedCells:
    """The cells of tables by their places."""

    def __init__(self, tables: Sequence[Table]) -> None:
        """Keep where each cell that holds anything lies, and whether it tells a figure among words."""
        cells = sorted(
            ((cell.span, number, _tells(cell.text)) for number, table in enumerate(tables) for cell in table.cells),
            key=lambda one: (one[0].start, one[0].end),
        )
        self._cells = [one for one in cells if one[0].start < one[0].end]
        self._starts = [span.start for span, _, _ in self._cells]

    def mixed(self, figures: Sequence[Span]) -> bool:
        """Return whether one of the figures stands among the words of a cell and another in a cell beside it."""
        places = {place for one in figures if (place := self._at(one)) is not None}
        worded = {self._cells[place][1] for place in places if self._cells[place][2]}
        return any(sum(self._cells[place][1] == table for place in places) > 1 for table in worded)

    def _at(self, figure: Span) -> int | None:
        place = bisect_right(self._starts, figure.start) - 1
        return place if place >= 0 and figure.start < self._cells[place][0].end else None


def _tells(words: str) -> bool:
    return _FIGURE.search(words) is not None and _WORDS.search(words) is not None
