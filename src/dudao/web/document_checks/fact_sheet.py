"""The figures of an assessment as sentences, so that a report is held against them as against another document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dudao.claims.contradictions.reading import read_report
from dudao.claims.ties.figures import TieFigure, tie_figures
from dudao.claims.ties.told_again import TieWords, tie_words
from dudao.pipelines.check_typed import typed_document
from dudao.scheme.model import FactDeclaration, Scheme
from dudao.web.evaluations.items import items_of

NAME = "填报数据"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A fact of the region as it is filled in: its name, year, part (empty for the whole), value as typed and unit."""

    name: str
    period: str
    part: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The tie figures of facts and their words; `rows` tells for each position of the sheet which fact stands there."""

    figures: tuple[TieFigure, ...]
    rows: tuple[tuple[int, SheetRow], ...]
    words: TieWords | None = None

    def row_at(self, position: int) -> SheetRow | None:
        """Return the fact whose sentence a position lies in."""
        found = None
        for start, row in self.rows:
            if start > position:
                break
            found = row
        return found


def fact_sheet(region_name: str, rows: Iterable[SheetRow], scheme: Scheme) -> FactSheet:
    """Return the facts of a region that can be held against a text: numbers with their unit, place and year.

    Each fact stands under the indicator that asks for it first, as reports are arranged: a heading that speaks of
    kindergartens alone narrows what a figure under it means.

    Args:
        region_name: the name of the region, as a report names it.
        rows: the facts; those without a value, of periods that are no year, yes and no are left out.
        scheme: declares the facts.
    """
    lines = [first_line(region_name)]
    starts: list[tuple[int, SheetRow]] = []
    length = len(lines[0]) + 1
    by_name: dict[str, list[SheetRow]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    for number, (heading, facts) in enumerate(_by_item(scheme), start=1):
        told = [
            (row, line)
            for fact in facts
            for row in by_name.get(fact.name, ())
            if (line := _line(row, fact, region_name))
        ]
        if told:
            lines.append(f"{number}.{heading}")
            length += len(lines[-1]) + 1
        for row, line in told:
            starts.append((length, row))
            lines.append(line)
            length += len(line) + 1
    document = typed_document("\n".join(lines), NAME)
    reading = read_report(document)
    words = tie_words(document, reading)
    if words is not None:  # its sentences state figures of many years; they praise nothing
        words = replace(words, results=(), problems=())
    return FactSheet(tuple(tie_figures(document, reading)), tuple(starts), words)


def first_line(region_name: str) -> str:
    """Return the line that tells a text's reader whose figures follow."""
    return f"{region_name}人民政府教育数据"


def _by_item(scheme: Scheme) -> Iterator[tuple[str, list[FactDeclaration]]]:
    """Yield each indicator with the facts that it is the first to ask for."""
    declared = {fact.name: fact for fact in scheme.facts}
    for item in items_of(scheme):
        yield item.name, [declared.pop(name) for name in item.inputs if name in declared]


def _line(row: SheetRow, fact: FactDeclaration, region_name: str) -> str:
    if fact.kind in ("boolean", "text") or not row.value or not row.period.isdigit():
        return ""
    part = dict(fact.parts).get(row.part, "")
    return f"{row.period}年，全{region_name[-1]}{part}{fact.title}{row.value.strip()}{row.unit}。"
