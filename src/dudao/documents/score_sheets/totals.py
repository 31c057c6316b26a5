"""The total of a score sheet: as printed in a sentence or row, or added up where it is not printed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.documents.score_sheets.points import NUMBER, SELF_EVALUATION, SELF_WORDS, number, plain
from dudao.provenance import Span


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """The total as printed; None where it is not. `span` is the place of the self points."""

    full_points: Decimal | None = None
    self_points: Decimal | None = None
    span: Span | None = None


_NOT_A_PART = r"(?!之|别|钟|值)"
_TOTAL_OWN = re.compile(
    rf"(?:{SELF_EVALUATION}[^\d。;,]{{0,8}}?(?:总得分|总评分|总分数?|总计|合计|共计|总成绩)(?:数|值)?"
    rf"|总得分|总评分|总自评分|合计得分|综合得分|综合评分|总体得分|最终得分|共计?得分?|合计得|累计得分?)"
    rf"\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分{_NOT_A_PART}"
)
_PLAIN_OWN = re.compile(
    rf"{SELF_EVALUATION}(?:[^\d。;,(]{{0,6}}?(?:得分|结果|评分|成绩|为|得|分))?\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分{_NOT_A_PART}"
)
_TOTAL_FULL = re.compile(rf"(?:满分|总分值?|总分数)\s{{0,3}}[:为是共]?\s{{0,3}}{NUMBER}\s{{0,3}}分{_NOT_A_PART}")
_FULL_BEHIND = re.compile(
    rf"{SELF_EVALUATION}[^。;()]{{0,16}}分\s{{0,3}}\((?:总分|满分)\s{{0,3}}[:为]?\s{{0,3}}{NUMBER}\s{{0,3}}分?\)"
)
_TOTAL_LINE = re.compile(
    rf"^[ \t]*(?:自评)?(?:总计|合计|总分)(?:得分)?[ :为]*(?:{NUMBER} ?分?[ ,;、(]+)?"
    rf"{SELF_WORDS}[ :为]*{NUMBER} ?分?\)?[ 。;]*$",
    re.MULTILINE,
)
_TOTAL_OF_FULL = re.compile(
    rf"^[ \t]*(?:自评)?(?:总计|合计|总分|总得分)(?:得分)?[ :为]*{NUMBER} ?分?/{NUMBER} ?分?[ 。;]*$", re.MULTILINE
)
_OTHER_YEAR = re.compile(r"去年|上年|上一年|往年|上年度|上次|比上")
_SENTENCE = re.compile(r"[^。;\n]+")


def printed_total(text: str, outside: Iterable[Span]) -> PrintedTotal:
    """Return the total that the text prints; `outside` are the stretches that belong to no item.

    Words that name a total are believed outside the items; a bare 自评得分 is believed where it is the only one.
    """
    words = plain(text)
    sentences = [
        Span(stretch.start + match.start(), stretch.start + match.end())
        for stretch in outside
        for match in _SENTENCE.finditer(words[stretch.start : stretch.end])
    ]
    current = [s for s in sentences if not _OTHER_YEAR.search(words[s.start : s.end])]
    full = _full_points(words, current)
    if match := _TOTAL_OF_FULL.search(words):
        return PrintedTotal(number(match[2]), number(match[1]), Span(*match.span()))
    if match := _TOTAL_LINE.search(words):
        printed = number(match[1]) if match[1] else full
        return PrintedTotal(printed, number(match[2]), Span(*match.span()))
    for sentence in current:
        if match := _TOTAL_OWN.search(words, sentence.start, sentence.end):
            return PrintedTotal(full, number(match[1]), Span(*match.span()))
    whole = [match for s in current for match in _PLAIN_OWN.finditer(words, s.start, s.end)]
    if len(whole) == 1:
        return PrintedTotal(full, number(whole[0][1]), Span(*whole[0].span()))
    if match := re.search(
        rf"{SELF_EVALUATION}(?:总得分|总分|合计得?分?)\s{{0,3}}[:为是]?\s{{0,3}}{NUMBER}\s{{0,3}}分?", words
    ):
        return PrintedTotal(full, number(match[1]), Span(*match.span()))
    return PrintedTotal(full)


def completed(rows: tuple[ScoreRow, ...], total: PrintedTotal) -> ScoreSheet:
    """Return the sheet of the rows; a total that is not printed is added up from the top rows."""
    full, own = total.full_points, total.self_points
    return ScoreSheet(
        rows=rows,
        full_points=_added_up(rows, lambda row: row.full_points) if full is None else full,
        self_points=_added_up(rows, lambda row: row.self_points) if own is None else own,
        total_span=total.span,
        full_points_printed=full is not None,
        self_points_printed=own is not None,
    )


def _full_points(words: str, sentences: list[Span]) -> Decimal | None:
    """Return the full points of the whole, where a sentence prints them beside the self points or as 满分."""
    for sentence in sentences:
        if match := _FULL_BEHIND.search(words, sentence.start, sentence.end):
            return number(match[1])
        match = _TOTAL_FULL.search(words, sentence.start, sentence.end)
        if match and (
            _PLAIN_OWN.search(words, match.end(), sentence.end) or _TOTAL_OWN.search(words, match.end(), sentence.end)
        ):
            return number(match[1])
    return None


def _added_up(rows: tuple[ScoreRow, ...], points: Callable[[ScoreRow], Decimal | None]) -> Decimal | None:
    """Return the sum of the top rows, a row without points of its own counting as its parts; None when one is unknown.

    A row that takes points off (减分项) prints no full points to be had, and adds nothing to them.
    """
    below: dict[str | None, list[ScoreRow]] = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row)

    def of(parent: str | None) -> Decimal | None:
        values = [_own_or(points(row), row) for row in below.get(parent, [])]
        known = [value for value in values if value is not None]
        return sum(known, Decimal(0)) if values and len(known) == len(values) else None

    def _own_or(value: Decimal | None, row: ScoreRow) -> Decimal | None:
        if value is not None:
            return value
        if row.full_points is None and row.self_points is not None and row.self_points < 0:
            return Decimal(0)
        return of(row.id)

    return of(None)
