"""The draft under way held against the region's own figures and last year's report, as an uploaded report is."""

from dataclasses import replace
from functools import lru_cache

from dudao.claims.contradictions.reading import read_report
from dudao.claims.ties.figures import TieFigure, tie_figures
from dudao.claims.ties.told_again import TieWords, tie_words
from dudao.documents.model import Document
from dudao.pipelines.check_typed import typed_document
from dudao.provenance import Span
from dudao.web.document_checks.fact_sheet import first_line
from dudao.web.document_checks.references import Difference, references_for
from dudao.web.evaluations.models import Assessment
from dudao.web.people.access import Subject


def ties_in_draft(subject: Subject, assessment: Assessment, text: str) -> tuple[Difference, ...]:
    """Return where a text of the draft differs from what was filled in or from last year's report.

    The text of an item need not name the region, as a report does at its beginning: it is put before it. Spans count
    the characters of the text; nothing is held against what the subject may not read.
    """
    if not text.strip():
        return ()
    head = f"{first_line(assessment.region.name)}\n"
    document, figures, words = _figures(head, text)
    if not figures and (words is None or not words.echoes):
        return ()
    found = references_for(subject, assessment).differences(document, figures, words)
    return tuple(replace(one, finding=replace(one.finding, span=_moved(one.finding.span, -len(head)))) for one in found)


@lru_cache(maxsize=256)
def _figures(head: str, text: str) -> tuple[Document, tuple[TieFigure, ...], TieWords | None]:
    document = typed_document(head + text)
    reading = read_report(document)
    figures = tuple(each for each in tie_figures(document, reading) if each.where.span.start >= len(head))
    return document, figures, tie_words(document, reading)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
