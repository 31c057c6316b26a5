"""The result of a check as rows: the parts of the text with their marks, the findings and claims, the summary."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dudao.documents.model import BlockKind, Document
from dudao.documents.parts import Part, parts_of, stored
from dudao.documents.structure import place_in_repaired
from dudao.pipelines.check import CheckedDocument
from dudao.pipelines.dismissals import finding_key, sentence_at
from dudao.provenance import Span
from dudao.quantities.decimals import decimal_text
from dudao.reporting.annotated.document_html import Mark, marks_of
from dudao.reporting.annotated.entries import Entry as ShownEntry
from dudao.reporting.annotated.entries import State, entries
from dudao.web.document_checks.kept_ties import kept_ties, kept_words
from dudao.web.document_checks.models import Entry, Leaf, Version
from dudao.web.document_checks.references import Difference, OtherPlace, References

LOOKS = {State.UNCHECKED: "not_checkable", State.ROUNDED: "consistent_if_rounded"}
"""What a state of the annotated page is called among the states of the platform; the others are called the same."""

_HEADING = 120
_OUTLINE_LEVELS = 3
_OUTLINE = 400


@dataclass(frozen=True, slots=True)
class Result:
    """What is kept of one check, not yet saved."""

    leaves: tuple[Leaf, ...]
    entries: tuple[Entry, ...]
    summary: dict[str, Any]
    ties: list[list[Any]]
    words: dict[str, Any]
    characters: int

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all findings."""
        return frozenset(entry.key for entry in self.entries if entry.number)


def result_of(checked: CheckedDocument, references: References, version: Version) -> Result:
    """Return the rows of a check of a version: findings of the document, and where it differs from its references."""
    document = checked.document
    differences = references.differences(document, checked.tie_figures, checked.tie_words)
    by_finding = {id(one.finding): one for one in differences}
    shown = entries(document, checked.report, [*checked.findings, *(one.finding for one in differences)], ())
    parts = parts_of(document)
    places = _Places(document, parts)
    marks = marks_of(shown)
    rows = tuple(
        _entry(version, position, one, checked, places, by_finding.get(id(one.finding)))
        for position, one in enumerate(shown, start=1)
    )
    kept = {row.place: row for row in rows}
    starts = [mark.span.start for mark in marks]
    leaves = []
    for number, part in enumerate(parts):
        first = max(bisect_right(starts, part.start) - 1, 0)
        last = bisect_right(starts, part.end)
        leaves.append(_leaf(version, number, part, marks[first:last], kept))
    return Result(
        tuple(leaves),
        rows,
        _summary(checked, references, places, rows),
        kept_ties(checked.tie_figures),
        kept_words(checked.tie_words),
        len(document.text),
    )


class _Places:
    """Where positions of the text lie: part, page, the heading above."""

    def __init__(self, document: Document, parts: list[Part]) -> None:
        self.document = document
        self.starts = [part.start for part in parts]
        self.blocks = [block.span.start for block in document.blocks]
        self.headings = [
            (number, block) for number, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING
        ]
        self.heading_starts = [block.span.start for _, block in self.headings]

    def leaf(self, position: int) -> int:
        return max(bisect_right(self.starts, position) - 1, 0)

    def page(self, position: int) -> int | None:
        index = bisect_right(self.blocks, position) - 1
        return self.document.blocks[index].page if index >= 0 else None

    def heading(self, position: int) -> str:
        index = bisect_right(self.heading_starts, position) - 1
        return self.words(self.headings[index][1].span)[:_HEADING] if index >= 0 else ""

    def words(self, span: Span) -> str:
        """Return the mended words of a stretch in one line."""
        repaired = self.document.repaired
        start, end = (place_in_repaired(repaired, place) for place in (span.start, span.end))
        return " ".join(repaired.text[start:end].split())


def _entry(
    version: Version,
    position: int,
    one: ShownEntry,
    checked: CheckedDocument,
    places: _Places,
    difference: Difference | None,
) -> Entry:
    span = one.span
    key = difference.key if difference else finding_key(checked.document, one.finding) if one.finding else ""
    first = one.marks[0].start if one.marks else span.start
    return Entry(
        version=version,
        position=position,
        place=one.key,
        number=one.number,
        key=key,
        look=LOOKS.get(one.state, str(one.state)),
        level=str(one.level or ""),
        kind=one.kind,
        code=one.code,
        quote=one.quote,
        sentence=sentence_at(checked.document, span) if one.number else "",
        message=one.message,
        remedy=one.remedy,
        heading=places.heading(first),
        page=places.page(first),
        start=span.start,
        end=span.end,
        leaf=places.leaf(first),
        detail=_detail(one, checked, places, difference.other if difference else None),
    )


def _detail(one: ShownEntry, checked: CheckedDocument, places: _Places, other: OtherPlace | None) -> dict[str, Any]:
    told: dict[str, Any] = {"marks": [[span.start, span.end] for span in one.marks]}
    if one.worked is not None:
        told["worked"] = asdict(one.worked)
    if one.reason:
        told["reason"] = one.reason
    if one.related:
        told["related"] = [[span.start, span.end] for span in one.related]
        told["places"] = [
            {
                "quote": sentence_at(checked.document, span)[:160],
                "heading": places.heading(span.start),
                "start": span.start,
                "leaf": places.leaf(span.start),
            }
            for span in (one.marks[0] if one.marks else one.span, *one.related[:6])
        ]
    if other is not None:
        told["other"] = {
            "file": other.file,
            "text": other.text,
            "item": other.item,
            "version": other.version,
            "start": other.start,
        }
    return told


def _leaf(version: Version, number: int, part: Part, marks: list[Mark], entries_by_place: Mapping[str, Entry]) -> Leaf:
    own = [mark for mark in marks if mark.span.end > part.start and mark.span.start < part.end]
    told = {}
    for mark in own:
        row = entries_by_place[mark.key]
        told[mark.key] = [mark.number, str(mark.state), row.key]
    return Leaf(
        version=version,
        number=number,
        content=stored(part),
        marks=[
            [
                max(mark.span.start - part.start, 0),
                min(mark.span.end, part.end) - part.start,
                mark.key,
                mark.first and mark.span.start >= part.start,
                mark.last,
            ]
            for mark in own
        ],
        entries=told,
    )


def _summary(
    checked: CheckedDocument, references: References, places: _Places, rows: Iterable[Entry]
) -> dict[str, Any]:
    looks: dict[str, int] = {}
    for row in rows:
        looks[row.look] = looks.get(row.look, 0) + 1
    sheet = checked.sheet
    return {
        "looks": looks,
        "quantities": len(checked.report.quantities),
        "issues": [f"{issue.message} {issue.remedy}".strip() for issue in checked.document.issues][:20],
        "sheet": None
        if sheet is None
        else {
            "rows": len(sheet.rows),
            "full": decimal_text(sheet.full_points),
            "own": decimal_text(sheet.self_points),
            "problems": sum(row.code.endswith("_total_does_not_add_up") for row in rows),
        },
        "references": references.told,
        "outline": _outline(places, rows),
    }


def _outline(places: _Places, rows: Iterable[Entry]) -> list[list[Any]]:
    """Return each heading: its block, level, words, part, how many entries stand under it, the keys of findings."""
    wanted = [(number, block) for number, block in places.headings if block.level <= _OUTLINE_LEVELS][:_OUTLINE]
    if not wanted:
        return []
    starts = [block.span.start for _, block in wanted]
    shallowest = min(block.level for _, block in wanted)
    lines: list[list[Any]] = [
        [number, block.level - shallowest, places.words(block.span)[:60], places.leaf(block.span.start), 0, []]
        for number, block in wanted
    ]
    for row in rows:
        index = bisect_right(starts, row.start) - 1
        if index >= 0:
            lines[index][4] += 1
            if row.number:
                lines[index][5].append(row.key)
    return lines
