"""Runs of short lines that are no sentences: the cells of a table that was copied a cell a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dudao.provenance import Span

_NUMBER = r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
_FIGURE = re.compile(rf"[-－−+]?{_NUMBER}(?:[%％‰]|[\u4e00-\u9fff]{{1,2}}|[:：∶]{_NUMBER})?|[—–－/／-]{{1,4}}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?(?:度|学年)?")
_SHORTEST_YEAR = 4
_PAGE = re.compile(r"[-—–－]{1,2} ?[0-9]{1,3} ?[-—–－]{1,2}|第 ?[0-9]{1,3} ?页.{0,8}")
_PAGE_BEGINS = "-—–－第"
_PROSE = re.compile(r"[。，；！？]")
_LONGEST_CELL = 26
_FEWEST_LINES = 6
_MOST_LINES = 6000


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line that may be a cell, where it stands, and whether it is a figure or a dash for one."""

    text: str
    span: Span
    figure: bool


def stretches(text: str) -> Iterator[list[ShortLine]]:
    """Yield the runs of short lines that are no sentences."""
    lines: list[ShortLine] = []
    position = 0
    for line in text.split("\n"):
        start = position + len(line) - len(line.lstrip())
        position += len(line) + 1
        words = line.strip()
        if not words or (words[0] in _PAGE_BEGINS and _PAGE.fullmatch(words)):
            continue
        bare = words.isdecimal()
        year = len(words) >= _SHORTEST_YEAR and _YEAR.fullmatch(words) is not None
        figure = not year and (bare or _FIGURE.fullmatch(words) is not None)
        if bare and not figure and lines:
            figure = lines[-1].figure or not _YEAR.fullmatch(lines[-1].text)  # a count of 2014 behind a name
        cell = figure or (_is_short(words) and _PROSE.search(words) is None and "\t" not in words)
        if cell and len(lines) < _MOST_LINES:
            lines.append(ShortLine(words, Span(start, start + len(words)), figure))
            continue
        if len(lines) > _FEWEST_LINES:
            yield lines
        lines = []
    if len(lines) > _FEWEST_LINES:
        yield lines


def _is_short(words: str) -> bool:
    """Return whether a cell may hold so many words; blanks between them do not count."""
    return len(words) <= _LONGEST_CELL or len("".join(words.split())) <= _LONGEST_CELL
