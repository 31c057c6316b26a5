"""Scores told in a report against those of its score sheet: （15分，自评14.8分） here, 14.6 in a row; and the total."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import is_near
from dudao.claims.contradictions.facts import prose_facts
from dudao.claims.contradictions.own_scores import OWN_SCORE
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.documents.model import Cell, Table
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.score_sheet"
_TITLED = re.compile(
    r"(?P<name>[\u4e00-\u9fff、“”（）()]{4,40})[（(](?:满分|分值|权重|标准分)?(?:为|：)?\d{1,3}(?:\.\d{1,2})?分?[，,、；;/]"
    r"(?:自评|自查)(?:得分|评分|分)?(?:为|：|:)?(?P<score>\d{1,3}(?:\.\d{1,2})?)分?[）)]"
)
_OWN = re.compile(r"自[评查](?:得分|评分|分数?)|自评$")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*")
_FILL = re.compile(r"[\s“”（）()、]|\d+分")
_SHORTEST = 4
_TOTALS = ("合计", "总计", "总分", "总得分")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each title whose score is not that of its row in the score sheet."""
    rows: dict[str, list[tuple[Decimal, Span]]] = {}
    for table in reading.tables:
        for name, score, span in _scores(table):
            rows.setdefault(name, []).append((score, span))
    if not rows:
        return []
    found = list(_of_totals(reading, [told for name in _TOTALS for told in rows.get(name, [])]))
    for match in _TITLED.finditer(reading.text):
        if any(table.span.start <= match.start() < table.span.end for table in reading.tables):
            continue
        told = rows.get(_plain(match["name"]), [])
        if len(told) != 1:
            continue
        (score, span), written = told[0], match["score"]
        if Decimal(written) != score:
            found.append(_finding(match["name"], written, score, Span(*match.span("score")), span))
    return found


def _of_totals(reading: Reading, totals: list[tuple[Decimal, Span]]) -> Iterator[Finding]:
    """Yield a warning for each score of the whole year that is not the one total that score sheets print."""
    if len(totals) != 1:
        return
    ((score, span),) = totals
    reported = title_year(reading.text)
    for fact, mention in prose_facts(reading, reported):
        if fact.core != OWN_SCORE or fact.period != reported or reading.passage.in_doubt(mention.quantity):
            continue
        if mention.quantity.value != score and is_near(mention.quantity, replace(mention.quantity, value=score)):
            yield _finding("自评总分", f"{mention.quantity.value}", score, mention.quantity.span, span)


def _scores(table: Table) -> list[tuple[str, Decimal, Span]]:
    """Return the rows of a score sheet, each with its title, its own score and where that stands."""
    columns = {cell.column for cell in table.cells if _OWN.search("".join(cell.text.split())) and len(cell.text) < 12}
    if len(columns) != 1:
        return []
    (column,) = columns
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    found = []
    for cells in rows.values():
        score = next((cell for cell in cells if cell.column == column), None)
        words = "".join(score.text.split()).removesuffix("分") if score else ""
        if score is None or not _NUMBER.fullmatch(words):
            continue
        for cell in cells:
            name = _plain(cell.text)
            if cell.column < column and (len(name) >= _SHORTEST or name in _TOTALS) and not name.isdigit():
                found.append((name, Decimal(words), score.span))
    return found


def _plain(words: str) -> str:
    return _FILL.sub("", _NUMBERED.sub("", words.strip()))


def _finding(name: str, written: str, score: Decimal, span: Span, other: Span) -> Finding:
    title = _plain(name)
    return Finding(
        CODE,
        Level.WARNING,
        span,
        f"“{title}”正文自评{written}分，自评得分表为{score}分，两处不一致。",
        related=(other,),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
