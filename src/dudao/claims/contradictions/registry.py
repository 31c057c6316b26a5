"""All kinds of contradictions, in the order they are reported; and the way from a document to findings."""

from collections.abc import Callable
from dataclasses import replace

from dudao.claims.contradictions import (
    aim_years,
    aims_twice,
    averages,
    base_told,
    bounds,
    changes_told,
    changing_base,
    cited_numbers,
    coverage_with_exception,
    dated_events,
    day_events,
    echo_pairs,
    few_digits,
    graded_table,
    left_over,
    lost_points,
    milestones,
    noughts,
    opposite_changes,
    plan_missed,
    quoted_cells,
    rankings,
    referring,
    results_against_problems,
    retold,
    rows_told,
    same_measure,
    score_sheet,
    short_of,
    table_told,
    taken_up,
    trends,
    turned_changes,
    worded_shares,
)
from dudao.claims.contradictions.reading import Reading, read_report
from dudao.claims.model import Finding
from dudao.documents.model import Document

KINDS: tuple[Callable[[Reading], list[Finding]], ...] = (
    same_measure.find,
    base_told.find,
    changes_told.find,
    results_against_problems.find,
    changing_base.find,
    coverage_with_exception.find,
    rankings.find,
    dated_events.find,
    day_events.find,
    milestones.find,
    cited_numbers.find,
    aim_years.find,
    aims_twice.find,
    graded_table.find,
    left_over.find,
    score_sheet.find,
    lost_points.find,
    table_told.find,
    bounds.find,
    short_of.find,
    noughts.find,
    trends.find,
    turned_changes.find,
    opposite_changes.find,
    plan_missed.find,
    averages.find,
    echo_pairs.find,
    retold.find,
    few_digits.find,
    referring.find,
    taken_up.find,
    quoted_cells.find,
    rows_told.find,
    worded_shares.find,
)
_TOLD_BEFORE = frozenset(
    {
        milestones.CODE,
        opposite_changes.CODE,
        echo_pairs.CODE,
        retold.CODE,
        few_digits.CODE,
        referring.CODE,
        taken_up.CODE,
        quoted_cells.CODE,
        rows_told.CODE,
        worded_shares.CODE,
    }
)
"""Echoes come last: what a kind before has told is not told again."""


def find_contradictions(document: Document, reading: Reading | None = None) -> list[Finding]:
    """Return what a document says in two places that cannot both be true; spans count characters of its own text.

    `reading` is the document's repaired text as read already, if it was.
    """
    reading = reading or read_report(document)
    place = document.repaired.source_span
    return [
        replace(finding, span=place(finding.span), related=tuple(place(span) for span in finding.related))
        for finding in contradictions_of(reading)
    ]


def contradictions_of(reading: Reading) -> list[Finding]:
    """Return the contradictions of one text, in the order of their places."""
    found: list[Finding] = []
    for kind in KINDS:
        told = {span for finding in found for span in (finding.span, *finding.related)}
        dated = [
            span for finding in found if finding.code == milestones.CODE for span in (finding.span, *finding.related)
        ]
        found.extend(
            one
            for one in kind(reading)
            if (one.code not in _TOLD_BEFORE or not {one.span, *one.related} & told)
            and not (kind is milestones.find and any(one.span.overlaps(span) for span in dated))
        )
    return sorted(found, key=lambda finding: (finding.span.start, finding.code))
