"""Figures that conversion left in doubt: letters for digits (3O所), gaps (3 24万), a comma for a point (9,87亿元).

They are read as they were most likely meant, and their places are told: what is read in doubt may confirm a claim
and must never accuse one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dudao.documents.repairs.mending import Edit

_LIKE = {"O": "0", "o": "0", "О": "0", "〇": "0", "l": "1", "I": "1", "|": "1", "丨": "1"}
_LETTERS = "OoОlI〇"
_BARS = "|丨"
_GAP = " \u00a0"
_INNER = rf"0-9{_LETTERS}{_BARS}.．,，·'’{_GAP}"
_SUSPECT = re.compile(
    rf"[0-9][.．,，·]?[{_GAP}]+[.．,，·]?[{_GAP}]*[0-9{_LETTERS}]|[0-9][·'’,，][0-9]|[0-9.,，][{_GAP}]?[{_LETTERS}{_BARS}]"
    rf"|[{_LETTERS}{_BARS}][{_GAP}]?[0-9.,，]|[{_LETTERS}][{_GAP}]?[所人名个万亿元%％家]|B[0-9]|[0-9]B"
)
_TOKEN = re.compile(
    rf"(?<![A-Za-z0-9.])[0-9{_LETTERS}{_BARS}](?:[{_INNER}]{{0,40}}[0-9{_LETTERS}{_BARS}])?(?![A-Za-z0-9])"
)
_UNIT = re.compile(rf"[{_GAP}]?[%％‰\u4e00-\u9fff]")
_COUNTED = re.compile(rf"[{_GAP}]?[所人名个万亿元%％家间套册台户]")
_WHOLE_THINGS = re.compile(rf"[{_GAP}]?[所人名家间套册台户位]")
_YEAR_FIRST = re.compile(rf"(?:19|20)[0-9]{{2}}[{_GAP}]")
_NAMED = re.compile(rf"[{_GAP}]?[年月日号时点]")
_WELL_FORMED = re.compile(r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]{1,12}(?:\.[0-9]{1,6})?")
_LIST = re.compile(r"[0-9]+(?:，[0-9]+){2,}")
_RUNNING = re.compile(r"[，。；;]|,(?![0-9])")
_EIGHT = re.compile(
    r"(?<=[0-9])B(?=[0-9.][0-9.]{0,8}[^0-9A-Za-z]|[人所名万亿元%％])|(?<=[0-9][.][0-9])B(?=[，。、；）])"
)
_INDENT = 8
_FIGURE_CELL = re.compile(rf"[-－−]?[0-9{_LETTERS}B](?:[0-9{_LETTERS}B.,{_GAP}]{{0,18}}[0-9{_LETTERS}B])?[%％]?")
_WIDE_GAP = re.compile(rf"[{_GAP}]{{2,}}|\u3000+")
_WIDE_CELL = re.compile(rf"[^\s\u3000|]+(?:[{_GAP}][^\s\u3000|]+)*")
_RULED_CELL = re.compile(r"[^\s|]+(?:[ \u00a0]+[^\s|]+)*")
_FEWEST_GAPS = 2
_GROUPS = re.compile(r"[0-9]+")
_LINE = re.compile(r"[^\n\t]+")
_SPLIT_BY_LINE = re.compile(
    r"[0-9][0-9.．·,， ]{0,15}[\r\n]++[ \u3000]*+(?=[.．·,，]?[ ]?[0-9])(?!(?:19|20)[0-9]{2}(?:年|学年|[-—–至]))"
)
"""A line that begins with a whole year goes on no figure of the one before."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How one stretch is read: edits to it, and the places within it that are in doubt."""

    edits: tuple[Edit, ...]
    doubtful: tuple[int, ...]


def doubtful_figures(text: str, *, wrapped: bool) -> tuple[list[Edit], tuple[int, ...]]:
    """Return the edits that read doubtful figures as meant, and where those figures then begin.

    `wrapped` says that the lines may be those of paper, so that a figure may go on in the next line.
    """
    edits: list[Edit] = []
    doubtful: list[int] = []
    suspect = _SUSPECT.search(text)
    while suspect is not None:
        line = _LINE.match(text, _line_start(text, suspect.start()))
        assert line is not None
        suspect = _SUSPECT.search(text, line.end())
        cells = list(_cells(text, line))
        if cells:
            for cell, start in cells:
                reading = _read_cell(cell, start)
                edits.extend(reading.edits)
                doubtful.extend(reading.doubtful)
            continue
        running = len(line[0]) >= 12 and _RUNNING.search(line[0]) is not None
        for token in _TOKEN.finditer(line[0]):
            reading = _read(token, line[0], line.start(), running=running)
            edits.extend(reading.edits)
            doubtful.extend(reading.doubtful)
    edits = _with_eights(text, edits, doubtful)
    if wrapped:
        for split in _SPLIT_BY_LINE.finditer(text):
            head = text[text.rfind("\n", 0, split.start()) + 1 : split.start()]
            if _RUNNING.search(head) or _RUNNING.search(text, split.end(), _line_end(text, split.end())):
                doubtful.extend((split.start(), split.end()))
    return edits, tuple(_moved(sorted(set(doubtful)), edits))


def _line_start(text: str, place: int) -> int:
    """Return where the line, or the cell between tabs, begins in which a place stands."""
    return max(text.rfind("\n", 0, place), text.rfind("\t", 0, place)) + 1


def _with_eights(text: str, edits: list[Edit], doubtful: list[int]) -> list[Edit]:
    """Return the edits and those of the B within figures, which is an 8: 31B7人."""
    taken = {place for edit in edits for place in range(edit.start, edit.end)}
    found = [Edit(match.start(), match.end(), "8") for match in _EIGHT.finditer(text) if match.start() not in taken]
    doubtful.extend(edit.start for edit in found)
    return sorted([*edits, *found], key=lambda edit: edit.start) if found else edits


def _cells(text: str, line: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the cells of a line that is a row of a table, with their places: set apart by tabs or by wide gaps."""
    start, end = line.span()
    if text[start - 1 : start] == "\t" or text[end : end + 1] == "\t":
        stripped = line[0].strip(" \u00a0\u3000\r")
        if _FIGURE_CELL.fullmatch(stripped):
            yield stripped, start + line[0].index(stripped)
        return
    if _RUNNING.search(line[0]):
        return
    if line[0].count("|") >= _FEWEST_GAPS:
        yield from _figures(line, _RULED_CELL)
    elif len(_WIDE_GAP.findall(line[0].strip())) >= _FEWEST_GAPS:
        yield from _figures(line, _WIDE_CELL)


def _figures(line: re.Match[str], cell: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Yield the cells of a line that are figures, when half of them are."""
    cells = [(one[0], line.start() + one.start()) for one in cell.finditer(line[0])]
    figures = [one for one in cells if _FIGURE_CELL.fullmatch(one[0])]
    if len(figures) * 2 >= len(cells):
        yield from figures


def _read_cell(written: str, offset: int) -> _Reading:
    """Return how a cell is read that holds one figure only: gaps in it part no two figures."""
    like = _LIKE | {"B": "8"}
    letters = [place for place, one in enumerate(written) if one in like and one not in _BARS]
    gaps = [place for place, one in enumerate(written) if one in _GAP]
    meant = "".join(like.get(one, one) for place, one in enumerate(written) if place not in gaps)
    if "B" in written and sum(map(str.isdecimal, written)) < _FEWEST_GAPS:
        return _Reading((), ())  # B1 is a code
    if not (letters or gaps) or not _WELL_FORMED.fullmatch(meant.strip("-－−%％")):
        return _Reading((), _groups(written, offset) if letters or gaps else ())
    edits = [
        *(Edit(offset + place, offset + place + 1, like[written[place]]) for place in letters),
        *(Edit(offset + place, offset + place + 1) for place in gaps),
    ]
    sure = not letters and ("." in meant or _spread(written))
    first = offset + len(written) - len(written.lstrip("-－−"))
    return _Reading(tuple(sorted(edits, key=lambda one: one.start)), () if sure else (first,))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _moved(places: list[int], edits: list[Edit]) -> Iterator[int]:
    """Yield where places stand once the edits are carried out."""
    gone = number = 0
    for place in places:
        while number < len(edits) and edits[number].start < place:
            if not edits[number].replacement:
                gone += edits[number].end - edits[number].start
            number += 1
        yield place - gone


def _read(token: re.Match[str], line: str, offset: int, *, running: bool) -> _Reading:
    written, start = token[0], token.start()
    at_start = start <= _INDENT and not line[:start].strip(" \u3000")
    behind = token.end()
    letters = [place for place, one in enumerate(written) if one in _LIKE]
    digits = any(one.isdecimal() for one in written)
    if not digits and not (letters and len(written) <= 4 and "〇" not in written and _COUNTED.match(line, behind)):
        return _Reading((), ())
    if not running and any(one in _BARS for one in written):
        return _Reading((), ())  # the rule of a table
    plain = "".join(_LIKE.get(one, one) for one in written)
    gaps = [place for place, one in enumerate(plain) if one in _GAP]
    marks = [place for place, one in enumerate(plain) if one in "·'’"]
    if not letters and (not running or (gaps and at_start)):
        return _Reading((), ())
    meant = "".join(
        "." if one in "·．" else "," if one in "'’" else one for place, one in enumerate(plain) if place not in gaps
    )
    if not letters and not gaps and not marks:
        # 28，64亿元 is no number and no list: of a list there would be three, as in 分别为12，34，56人
        ill = not _WELL_FORMED.fullmatch(plain.replace("，", "\0")) and not _LIST.fullmatch(plain)
        if ill and (_counts(line, behind) or line[start - 1 : start] in (":", "∶")):
            return _Reading((), _groups(plain, offset + start))
        return _Reading((), ())
    if not _WELL_FORMED.fullmatch(meant) or (gaps and not (running and _UNIT.match(line, behind))):
        unsure = letters or marks or _counts(line, behind)
        return _Reading((), _groups(plain, offset + start) if unsure else ())
    if _NAMED.match(line, behind) and (gaps or marks) and len(meant) != 4:
        return _Reading((), ())
    if gaps and _YEAR_FIRST.match(plain):
        return _Reading((), _groups(plain, offset + start))
    edits = [
        *(Edit(offset + start + place, offset + start + place + 1, _LIKE[written[place]]) for place in letters),
        *(Edit(offset + start + place, offset + start + place + 1) for place in gaps),
        *(
            Edit(offset + start + place, offset + start + place + 1, "." if plain[place] == "·" else ",")
            for place in marks
        ),
    ]
    sure = not letters and not marks and ("." in meant or (_whole_things(line, behind) and _spread(plain)))
    return _Reading(tuple(sorted(edits, key=lambda one: one.start)), () if sure else (offset + start,))


def _whole_things(line: str, behind: int) -> bool:
    """Return whether what is counted has no decimals, so that a gap is no lost point: 7 6所, but not 3 24万平方米."""
    return _WHOLE_THINGS.match(line, behind) is not None


def _spread(plain: str) -> bool:
    """Return whether a figure is set wide, digit by digit or by thousands: 7 6, 1 1 0 4, 23 816."""
    groups = _GROUPS.findall(plain)
    return any(len(one) == 1 for one in groups) or all(len(one) == 3 for one in groups[1:])


def _counts(line: str, behind: int) -> bool:
    return _UNIT.match(line, behind) is not None and _NAMED.match(line, behind) is None


def _groups(written: str, offset: int) -> tuple[int, ...]:
    return tuple(offset + group.start() for group in _GROUPS.finditer(written))
