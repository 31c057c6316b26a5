"""The path of `dudao check`: document → text → quantities → relations → verdicts, and the audit of its score sheet."""

import gc
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dudao.claims.check import check_passage
from dudao.claims.contradictions.quoted_cells import is_reckoned
from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.reckoned import both_reckoned
from dudao.claims.contradictions.registry import find_contradictions
from dudao.claims.model import Claim, ClaimReport, Finding, Verdict
from dudao.claims.ties.figures import TieFigure, tie_figures
from dudao.claims.ties.told_again import TieWords, tie_words
from dudao.documents.model import Document
from dudao.documents.reading import read_document, read_stream
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.errors import UnreadableInputError
from dudao.pipelines.dismissals import Dismissal

if TYPE_CHECKING:
    from dudao.scoring.sheet_alignment import SheetAlignment


FROM_STANDARD_INPUT = Path("-")
"""What stands for the standard input among files."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was understood: quantities read, those in claims, those recomputed, those that could not be."""

    quantities: int
    in_claims: int
    checked: int
    not_checkable: int


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """One document with all that was read and judged; spans count characters of `document.text`."""

    document: Document
    report: ClaimReport
    sheet: ScoreSheet | None
    alignment: "SheetAlignment | None"
    findings: tuple[Finding, ...]
    coverage: Coverage
    dismissed: tuple[tuple[Finding, Dismissal], ...] = ()
    stale_dismissals: int = 0
    tie_figures: tuple[TieFigure, ...] = ()
    tie_words: TieWords | None = None


@dataclass(frozen=True, slots=True)
class UnreadableDocument:
    """A file that could not be read, among others that could."""

    file: str
    message: str
    advice: str


def check_file(path: Path, *, scheme: str = "") -> CheckedDocument:
    """Return what is found in one file (`-` is the standard input).

    `scheme` is the id of a pack, empty to find one that fits.

    Raises:
        UnreadableInputError: the file cannot be read as a document, or there is no sound pack with this id.
    """
    document = read_stream(sys.stdin.buffer) if path == FROM_STANDARD_INPUT else read_document(path)
    return check_document(document, scheme=scheme)


def check_document(document: Document, *, scheme: str = "") -> CheckedDocument:
    """Return what is found in a document."""
    reading = read_report(document)
    sheet = read_score_sheet(document)
    report = check_passage(document, reading.passage, sheet)
    alignment, audited = _audited(document, sheet, scheme, report)
    contradictions = [
        one
        for one in find_contradictions(document, reading)
        if not (is_reckoned(one, report) or both_reckoned(one, report))
    ]
    findings = sorted([*report.findings, *contradictions, *audited], key=lambda finding: (finding.span, finding.code))
    return CheckedDocument(
        document,
        report,
        sheet,
        alignment,
        tuple(findings),
        coverage_of(report),
        tie_figures=tuple(tie_figures(document, reading, sheet)),
        tie_words=tie_words(document, reading),
    )


def _audited(
    document: Document, sheet: ScoreSheet | None, scheme: str, report: ClaimReport
) -> tuple["SheetAlignment | None", list[Finding]]:
    """Return the scheme that a score sheet answers and what its audit finds; nothing for a report without sheet."""
    if sheet is None and not scheme:
        return None, []
    # Schemes and their rules take longer to load than a report to check, and most reports have no sheet.
    from dudao.pipelines.score_sheet import alignment_of, audit

    alignment = alignment_of(sheet, scheme)
    return alignment, audit(document, sheet, alignment, report) if sheet is not None else []


def coverage_of(report: ClaimReport) -> Coverage:
    """Return how many of the quantities take part in a claim, and in one that could be recomputed."""
    in_claims = _operands(report.claims)
    checked = _operands(claim for claim in report.claims if claim.verdict is not Verdict.NOT_CHECKABLE)
    return Coverage(len(report.quantities), len(in_claims), len(checked), len(in_claims - checked))


def _operands(claims: Iterable[Claim]) -> set[int]:
    return {index for claim in claims for index in claim.operands.values()}


def check_files(
    paths: list[Path], *, scheme: str = "", processes: int = 1
) -> Iterator[CheckedDocument | UnreadableDocument]:
    """Yield the result of each file in the order given, one at a time, so that memory stays flat."""
    check_one = partial(_check_one, scheme=scheme)
    # Another process has no standard input.
    if processes <= 1 or len(paths) <= 1 or FROM_STANDARD_INPUT in paths:
        yield from map(check_one, paths)
        return
    import multiprocessing

    # A fresh interpreter for each worker: forking a process that shows progress from a thread can hang.
    with multiprocessing.get_context("spawn").Pool(processes, initializer=_look_for_garbage_less_often) as pool:
        yield from pool.imap(check_one, paths, chunksize=2)


def _look_for_garbage_less_often() -> None:
    """Spare a process that does nothing but check: a report makes many objects, nearly all of which go with it."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _check_one(path: Path, *, scheme: str) -> CheckedDocument | UnreadableDocument:
    try:
        return check_file(path, scheme=scheme)
    except UnreadableInputError as error:
        return UnreadableDocument(str(path), error.message, error.advice)
