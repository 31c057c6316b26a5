"""Full stops that a scan left for decimal points: 占16。1%, 905。8万元, and in the rows of a table 905。8.

No sentence ends with a bare number and goes on with another that has a unit, so what is meant is plain.
"""

import re
from collections.abc import Iterator

from dudao.documents.repairs.mending import Edit

_MEASURED = r"[ \u00a0]?(?:[%％‰]|[万亿]|元|个百分点|平方|平米|公里|亩|倍|[:：∶]1(?![0-9]))"
_IN_SENTENCE = re.compile(rf"(?<=[0-9])。(?=[0-9]{{1,4}}{_MEASURED})")
_STOP = re.compile(r"(?<=[0-9])。(?=[0-9]{1,4}(?![0-9.．。]))")
_CELLS = re.compile(r"[^\s\u3000|]+")
_CELL = re.compile(r"[-－−]?[0-9OoОlI]{1,9}(?:[.．。][0-9OoОlI]{1,4})?[%％]?|[—–－/／-]{1,4}")
_NOT_A_ROW = re.compile(r"[，；！？]|(?<![0-9])。|。(?![0-9])")
_LONGEST_ROW = 200


def stopped_points(text: str) -> Iterator[Edit]:
    """Yield an edit for each full stop that is a decimal point."""
    if "。" not in text:
        return
    for line in re.finditer(r"[^\n]+", text):
        written = line[0]
        if not _STOP.search(written):
            continue
        stops = _STOP if _is_row(written) else _IN_SENTENCE
        for stop in stops.finditer(written):
            yield Edit(line.start() + stop.start(), line.start() + stop.end(), ".")


def _is_row(line: str) -> bool:
    """Return whether a line is a row of a table, or a figure alone: cells with gaps between, figures most of them."""
    if len(line) > _LONGEST_ROW or _NOT_A_ROW.search(line):
        return False
    cells = _CELLS.findall(line)
    figures = sum(_CELL.fullmatch(cell) is not None for cell in cells)
    return figures == len(cells) or (len(cells) > 2 and figures * 2 >= len(cells))
