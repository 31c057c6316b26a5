"""A score sheet printed in the prose of a report: points behind the titles of up to four levels."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.documents.score_sheets.headings import Heading, outline
from dudao.documents.score_sheets.numbering import Numbering
from dudao.documents.score_sheets.points import NUMBER, SELF_EVALUATION, SELF_WORDS, number, plain
from dudao.documents.score_sheets.totals import completed, printed_total
from dudao.provenance import Span

_DEEPEST = 4
_FEWEST_ROWS = 2
_LONGEST_CLAUSE = 200


def read_prose(text: str, styled: Mapping[int, int] | None = None) -> ScoreSheet | None:
    """Return the score sheet that a text prints behind its titles; None when it prints none.

    `styled` gives the level of lines that the file itself calls headings, by the place where they begin. Spans
    count characters of the text given. A text that prints full points alone is a scheme and no score sheet.
    """
    root = outline(text, styled or {})
    kept = list(_kept(root))
    if sum(heading.points is not None for heading in kept) < _FEWEST_ROWS:
        return None
    rows = _rows(text, kept)
    outside = _outside(text, kept)
    total = printed_total(text, outside)
    if all(row.self_points is None for row in rows) and total.self_points is None:
        return None
    return completed(tuple(rows), total)


def _kept(parent: Heading) -> Iterator[Heading]:
    """Yield the headings that are rows: those with points, and groups of them that stand beside one another."""
    groups = [child for child in parent.children if child.points is not None or child.has_points_below()]
    scored = any(child.points is not None for child in groups)
    for child in groups:
        if child.points is not None or scored or len(groups) > 1:
            yield child
        yield from _kept(child)


def _rows(text: str, kept: list[Heading]) -> list[ScoreRow]:
    ids: dict[int, tuple[str, int]] = {}
    count_below: dict[str | None, int] = {}
    used: dict[str, int] = {}
    rows = []
    for index, heading in enumerate(kept):
        above = heading.parent
        while above is not None and id(above) not in ids:
            above = above.parent
        parent, level = ids[id(above)] if above is not None else (None, 0)
        count_below[parent] = count_below.get(parent, 0) + 1
        path = _unused(_path(heading.number, parent, count_below[parent]), used)
        ids[id(heading)] = (path, level + 1)
        following = kept[index + 1].lines.start if index + 1 < len(kept) else len(text)
        note = Span(heading.body_start, max(heading.body_start, min(heading.end, following)))
        rows.append(_row(text, heading, path, min(level + 1, _DEEPEST), parent, note))
    return rows


def _path(number: Numbering | None, parent: str | None, count: int) -> str:
    """Return the path of the printed number below the parent; a dotted number (`2.1`) may hold the path itself."""
    if number is None or number.last is None:
        return f"{parent}.{count}" if parent else str(count)
    if len(number.numbers) > 1 and (parent is None or parent.split(".")[-1] != str(number.numbers[-2])):
        return ".".join(str(one) for one in number.numbers)
    return f"{parent}.{number.last}" if parent else str(number.last)


def _unused(path: str, used: dict[str, int]) -> str:
    """Return the path, or the path marked (`3~2`) where a report prints the same number twice."""
    found, copies = path, used.get(path, 1)
    while found in used:
        copies += 1
        found = f"{path}~{copies}"
    used[path] = copies
    used.setdefault(found, 1)
    return found


def _row(text: str, heading: Heading, path: str, level: int, parent: str | None, note: Span) -> ScoreRow:
    points = heading.points
    full = points.full_points if points else None
    own = points.own_points() if points else None
    words = _without_totals(text[note.start : note.end])
    if own is None and points is not None:
        own = _own_points_in(plain(words), full)
    end = points.end if points else heading.title.end
    return ScoreRow(
        id=path,
        level=level,
        name=text[heading.title.start : heading.title.end],
        full_points=full,
        self_points=own,
        note=words.strip(" \t\n\r　。；;"),
        span=Span(heading.title.start, end),
        parent=parent,
    )


_TOTAL_LINE = re.compile(
    r"^[ \t　]*(?:本?部分|一级指标)?(?:自评)?(?:小计|总计|合计|总分|总得分)[^\n。]{0,40}$", re.MULTILINE
)


def _without_totals(words: str) -> str:
    """Return the words of an item up to a line that adds up several items (小计、总计)."""
    total = _TOTAL_LINE.search(words)
    return words[: total.start()] if total and re.search(r"\d", total[0]) else words


_POINTS = rf"\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分"
_NO_OTHER_WORD = r"(?!之|别|钟)"
_THIS_ITEM = r"(?:本项|该项|此项|本指标|该指标|本条)"
_OWN_LINE = re.compile(
    rf"^[ \t　]{{0,8}}\(?(?:{SELF_WORDS}|本项自评|自评意见){_POINTS}?\)?\s{{0,3}}[。;]?[ \t]{{0,3}}$", re.MULTILINE
)
_OWN_IN_WORDS = re.compile(
    rf"{SELF_EVALUATION}(?:得分|总分|分值|评分|打分|得|分)?{_POINTS}{_NO_OTHER_WORD}"
    rf"|{_THIS_ITEM}(?:应|实|可|自评|共)?得分?{_POINTS}{_NO_OTHER_WORD}"
    rf"|[,;。:\s]得分?{_POINTS}[ 。;)]{{0,5}}\s{{0,3}}$"
)
_ALL_IN_WORDS = re.compile(rf"(?:{SELF_EVALUATION}|{_THIS_ITEM})(?:得分?|为|计)?满分(?=[。;,)\s]|$)")
_DEDUCTED = re.compile(rf"扣(?:除|减|分)?{_POINTS}{_NO_OTHER_WORD}")
_TAKEN_OFF = re.compile(rf"(?:扣(?:除|减|分)?|(?<![损丢遗缺流])失分?){_POINTS}{_NO_OTHER_WORD}")
_RULE_WORDS = re.compile(r"每|细则|最多|以上的?扣|不超过|(?:标准|办法|要求)[^,，]*$")
"""What speaks of a rule; 高于5%的标准0.5个百分点，扣0.8分 names a standard in a clause before and takes off."""
_BY_PRICE = re.compile(rf"按(?:照)?每[^,，。;\d]{{1,4}}{_POINTS}$")
"""8所学校按每所0.1分扣0.8分: what each one costs, then what was taken off."""


def _own_points_in(words: str, full: Decimal | None) -> Decimal | None:
    """Return the points that the words of an item give it, from 自评4.8分, 得4.8分 or 扣0.2分; None when unsaid.

    A sentence on the rule (每低1个百分点扣0.5分) gives nothing, and two different statements give nothing.
    """
    if lines := {number(match[1]) for match in _OWN_LINE.finditer(words)}:
        return lines.pop() if len(lines) == 1 else None
    said = set()
    for match in _OWN_IN_WORDS.finditer(words):
        said.add(number(next(group for group in match.groups() if group)))
    if said:
        return said.pop() if len(said) == 1 else None
    if full is None:
        return None
    if _ALL_IN_WORDS.search(words):
        return full
    deductions = [
        number(match[1]) for match in _DEDUCTED.finditer(words) if not _tells_rule(_clause(words, match.start()))
    ]
    if not deductions or sum(deductions) > full:
        return None
    return full - sum(deductions)


def deductions_in(words: str) -> tuple[list[Decimal], bool]:
    """Return the points that the words of an item take off, and whether others were passed over as those of a rule."""
    matches = [*_TAKEN_OFF.finditer(plain(words))]
    said = [one for one in matches if not _tells_rule(_clause(one.string, one.start()))]
    return [number(one[1]) for one in said], len(said) < len(matches)


def _tells_rule(words: str) -> bool:
    """Return whether the words before points taken off say how many are to be taken off, not that they were."""
    return _BY_PRICE.search(words) is None and _RULE_WORDS.search(words) is not None


def _clause(words: str, place: int) -> str:
    nearest = max(0, place - _LONGEST_CLAUSE)
    begin = max(words.rfind(mark, nearest, place) for mark in "。;\n(")
    return words[max(begin + 1, nearest) : place]


def _outside(text: str, kept: list[Heading]) -> list[Span]:
    """Return the stretches of text that belong to no row: before the first, and chapters behind the items."""
    stretches = []
    place = 0
    for heading, following in zip(kept, [*kept[1:], None], strict=True):
        if place < heading.lines.start:
            stretches.append(Span(place, heading.lines.start))
        stop = following.lines.start if following is not None else len(text)
        place = max(place, min(heading.end, stop))
    if place < len(text):
        stretches.append(Span(place, len(text)))
    return stretches
