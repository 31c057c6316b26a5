"""A version checked and its result saved, whole or not at all; in a request or in the background."""

import time
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from dudao.documents.pdf import has_scanned_pages
from dudao.errors import DudaoError
from dudao.pipelines.check import CheckedDocument, check_document
from dudao.web.document_checks.models import Entry, Handling, Leaf, Report, Version
from dudao.web.document_checks.queries import former, recount
from dudao.web.document_checks.reading import document_in
from dudao.web.document_checks.references import references_of
from dudao.web.document_checks.results import Result, result_of
from dudao.web.document_checks.standing import set_standing
from dudao.web.evidence.models import StoredFile
from dudao.web.evidence.personal import personal_data

_ROWS = 500
_TEXT_LIMIT = 500_000
_QUICK = 3 * 1024 * 1024
_SLOW_MEDIA = ("image/", "application/x-ole-storage", "application/rtf", "application/xml")


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked document and how long reading and checking took."""

    document: CheckedDocument
    seconds: float


def takes_long(media: str, content: bytes) -> bool:
    """Return whether a file is for the background: scans, pictures and old formats, and whatever is large."""
    size = len(content)
    if media.startswith(_SLOW_MEDIA) or size > (_QUICK // 10 if media == "text/plain" else _QUICK):
        return True
    return media == "application/pdf" and has_scanned_pages(content)


def check_content(content: bytes, name: str) -> Checked:
    """Return the check of a file's bytes.

    Raises:
        InvalidValueError: the file cannot be read as a document; says why.
    """
    began = time.monotonic()
    checked = check_document(document_in(content, name))
    return Checked(checked, time.monotonic() - began)


def mark_failed(version: Version, refusal: DudaoError) -> None:
    """Say of a kept version why it could not be checked."""
    version.state, version.problem = "failed", f"{refusal.message} {refusal.advice}".strip()
    version.save(update_fields=["state", "problem"])


@transaction.atomic
def save_result(version: Version, checked: Checked) -> Version:
    """Write the result of a check in the place of an earlier one, and what the report stands at now."""
    report = (
        Report.objects.select_for_update(no_key=True, of=("self",))
        .select_related("assessment__region", "assessment__round__scheme", "current")
        .defer("assessment__round__scheme__files")
        .get(pk=version.report_id)
    )
    version.report = report
    result = result_of(checked.document, references_of(report.assessment, report), version)
    _compare(version, result)
    Leaf.objects.filter(version=version).delete()
    Entry.objects.filter(version=version).delete()
    Leaf.objects.bulk_create(result.leaves, batch_size=_ROWS)
    Entry.objects.bulk_create(result.entries, batch_size=_ROWS)
    version.state, version.problem = "done", ""
    version.seconds, version.characters = round(checked.seconds, 2), result.characters
    version.summary, version.ties, version.words = result.summary, result.ties, result.words
    version.checked_at = timezone.now()
    version.save()
    _remember_text(version, checked.document.document.text)
    if report.current is None or report.current.number <= version.number:
        report.current = version
        report.save(update_fields=["current"])
        _carry_from_draft(report, result)
    recount(report)
    return version


def _compare(version: Version, result: Result) -> None:
    before = former(version)
    if before is None:
        return
    older = Entry.objects.filter(version__report_id=version.report_id, version__number__lt=version.number, number__gt=0)
    rows = list(Entry.objects.filter(version=before, number__gt=0))
    set_standing(result.entries, rows, frozenset(older.values_list("key", flat=True)))


def _carry_from_draft(report: Report, result: Result) -> None:
    """Take over what was set aside with a reason in the draft of the self-evaluation, for the same words and figures.

    What was accepted there is not taken over: accepting says that the text will be mended, and here it was not.
    """
    known = set(report.handlings.values_list("key", flat=True))
    region = report.assessment.region
    set_aside = Handling.objects.filter(region=region, report=None, state="dismissed").exclude(key__in=known)
    keys = result.keys
    Handling.objects.bulk_create(
        Handling(
            region=region, report=report, key=row.key, state=row.state, reason=row.reason, by_id=row.by_id, at=row.at
        )
        for row in set_aside
        if row.key in keys
    )


def _remember_text(version: Version, text: str) -> None:
    """Keep the text beside the file for search, where reading the file for something else has not done so."""
    kept = text[:_TEXT_LIMIT].replace("\x00", "")
    found = personal_data(kept)
    StoredFile.objects.filter(pk=version.file_id, text="").update(
        text=kept, id_numbers=found.id_numbers, phones=found.phones
    )
