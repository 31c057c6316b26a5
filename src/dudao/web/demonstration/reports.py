"""The reports of the demonstration, checked: one of last year, one of this year in two drafts with decisions on it."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from dudao.reporting.official_page import add_body, add_heading, add_title, official_document
from dudao.web.document_checks.actions.decisions import decide
from dudao.web.document_checks.actions.reports import add_version, receive
from dudao.web.document_checks.models import Entry, Report
from dudao.web.evaluations.models import Assessment
from dudao.web.people.models import Department, User

_DATA = Path(__file__).parent / "data"
_HEADINGS = ((re.compile(r"[一二三四五六七八九十]+、"), 1), (re.compile(r"（[一二三四五六七八九十]+）(?!.*。)"), 2))


def check_reports(*, clerk: User, last: Assessment, now: Assessment, education: Department) -> None:
    """Bring the reports and decide on some findings, so that every state can be looked at."""
    receive(
        by=clerk, assessment=last, raw=_word("yunzhou-2023-report"), name="云州市2023年度自评报告.docx", shared=True
    )
    first = receive(
        by=clerk,
        assessment=now,
        raw=_word("yunzhou-2024-report"),
        name="云州市2024年度自评报告（初稿）.docx",
        title="云州市2024年度履行教育职责自评报告",
    )
    report = Report.objects.select_related("assessment__region", "assessment__round").get(pk=first.report_id)
    found = {entry.quote: entry for entry in first.entries.filter(number__gt=0)}
    _decide(
        clerk,
        report,
        found,
        "0.7个百分点",
        state="passed_on",
        department=education,
        reason="请教育局核对两年的优良率。",
    )
    _decide(clerk, report, found, "4.8%", state="accepted")
    add_version(
        by=clerk, report=report, raw=_word("yunzhou-2024-report-mended"), name="云州市2024年度自评报告（二稿）.docx"
    )


def _decide(
    by: User,
    report: Report,
    found: Mapping[str, Entry],
    words: str,
    *,
    state: str,
    reason: str = "",
    department: Department | None = None,
) -> None:
    entry = next(entry for entry in found.values() if words in entry.message)
    decide(by=by, report=report, key=entry.key, state=state, reason=reason, department=department)


def _word(name: str) -> bytes:
    """Return a text of the demonstration as a Word document on an official page."""
    document = official_document()
    title, *lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    add_title(document, title)
    for line in lines:
        level = next((level for pattern, level in _HEADINGS if pattern.match(line)), 0)
        if level:
            add_heading(document, level, line)
        else:
            add_body(document, line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
