"""What a checked report is handed out as: a page that needs nothing else, the docx with comments, the list."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from dudao.claims.model import Finding
from dudao.documents.model import Document
from dudao.documents.parts import joined, restored
from dudao.issues import Level
from dudao.provenance import Span
from dudao.reporting.annotated.entries import Entry as ShownEntry
from dudao.reporting.annotated.entries import State
from dudao.reporting.annotated.recomputed import Recomputed
from dudao.reporting.annotated_page import page_of
from dudao.reporting.commented_docx import commented_docx
from dudao.reporting.findings_list import FindingLine, findings_workbook
from dudao.web.document_checks.models import Entry, Handling, Version
from dudao.web.document_checks.results import LOOKS
from dudao.web.evaluations.refusals import NotPossibleError
from dudao.web.evidence.storage import content_of
from dudao.web.states import recorded_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AUTHOR = "督导核验"
_STATES = {name: state for state, name in LOOKS.items()}
_LEVELS = {"error": "错误", "warning": "提醒", "note": "说明"}


def as_page(version: Version, entries: Iterable[Entry], handlings: dict[str, Handling]) -> bytes:
    """Return the report as one html page with its marks and findings, as it stands now."""
    document = _document(version)
    found = _in_order([_shown(entry, handlings.get(entry.key)) for entry in entries])
    report = version.report
    place = f"{report.assessment.region} {report.assessment.round.year}年度"
    made = f"第 {version.number} 稿 · {_moment(version)}核验 · {place}"
    figures = int(version.summary.get("quantities", 0))
    return page_of(document, found, figures=figures, summary=_summary(version), made=made).encode()


def as_commented_docx(version: Version, entries: Iterable[Entry], handlings: dict[str, Handling]) -> bytes:
    """Return the docx as it was uploaded with a comment at each finding that was not set aside.

    Raises:
        NotPossibleError: the report is no docx.
    """
    if version.file.media != WORD:
        raise NotPossibleError(
            _("“%(name)s”不是 docx，不能在原处加批注。") % {"name": version.name},
            advice=_("可导出网页或意见清单；旧格式请另存为 docx 后重新上传。"),
        )
    findings = [
        Finding(entry.code, Level(entry.level), Span(entry.start, entry.end), _comment(entry), remedy=entry.remedy)
        for entry in entries
        if entry.number and not _set_aside(handlings.get(entry.key))
    ]
    date = f"{version.checked_at or timezone.now():%Y-%m-%dT%H:%M:%SZ}"
    return commented_docx(content_of(version.file_id), version.name, findings, author=AUTHOR, date=date)


def as_list(version: Version, entries: Iterable[Entry], handlings: dict[str, Handling]) -> bytes:
    """Return the findings as a workbook."""
    report = version.report
    lines = [_line(entry, handlings.get(entry.key)) for entry in entries if entry.number]
    note = (
        f"{report.assessment.region} {report.assessment.round.year}年度　第 {version.number} 稿　{version.name}　"
        f"校验码 {version.file_id[:12]}　{_moment(version)}核验　共 {len(lines)} 处"
    )
    return findings_workbook(f"{report.title} 核验意见", note, lines)


def _document(version: Version) -> Document:
    leaves = version.leaves.order_by("number")
    media = version.file.media
    return joined(restored(leaf.content, file=version.name, sha256=version.file_id, media=media) for leaf in leaves)


def _shown(entry: Entry, handling: Handling | None) -> ShownEntry:
    """Return an entry as the annotated page lists it."""
    state = _STATES.get(entry.look) or State(entry.look)
    reason = str(entry.detail.get("reason", ""))
    if handling is not None:
        told = f"{handling.by}，{timezone.localtime(handling.at):%Y-%m-%d}"
        reason = f"{handling.reason} {handling.get_state_display()}{_whom(handling)}（{told}）".strip()
        state = State.DISMISSED if handling.state == "dismissed" else state
    worked = entry.detail.get("worked")
    marks = tuple(Span(start, end) for start, end in entry.detail.get("marks", ()))
    related = tuple(Span(start, end) for start, end in entry.detail.get("related", ()))
    return ShownEntry(
        entry.place,
        entry.number,
        state,
        Level(entry.level) if entry.level else None,
        entry.kind,
        entry.quote,
        entry.message,
        entry.remedy,
        entry.code,
        Recomputed(**{**worked, "figures": tuple((text, means) for text, means in worked["figures"])})
        if worked
        else None,
        marks,
        related,
        Span(entry.start, entry.end),
        reason,
    )


def _in_order(found: list[ShownEntry]) -> list[ShownEntry]:
    """Return the entries with those set aside behind the findings that stand, so that marks of these win."""
    return sorted(found, key=lambda one: (one.number == 0, one.state is State.DISMISSED))


def _set_aside(handling: Handling | None) -> bool:
    return handling is not None and handling.state == "dismissed"


def _whom(handling: Handling) -> str:
    return f"给{handling.department}" if handling.department is not None else ""


def _comment(entry: Entry) -> str:
    worked = entry.detail.get("worked") or {}
    interval = f"\n可取区间：{worked['interval']}" if worked.get("interval") and worked.get("fits") else ""
    return f"{entry.number}. {entry.message}{interval}"


def _line(entry: Entry, handling: Handling | None) -> FindingLine:
    worked = entry.detail.get("worked") or {}
    other = entry.detail.get("other") or {}
    places = entry.detail.get("places") or []
    elsewhere = f"{other['file']}：{other['text']}" if other else "；".join(place["quote"] for place in places[1:])
    return FindingLine(
        number=str(entry.number),
        verdict=recorded_word("finding", entry.look),
        level=_LEVELS.get(entry.level, ""),
        heading=entry.heading,
        page="" if entry.page is None else str(entry.page),
        quote=entry.sentence or entry.quote,
        message=entry.message,
        interval=worked.get("interval", ""),
        fits=worked.get("fits", ""),
        remedy=entry.remedy,
        other=elsewhere,
        standing=recorded_word("standing", entry.standing) if entry.standing else "",
        handling=f"{handling.get_state_display()}{_whom(handling)}" if handling else "待处理",
        reason=handling.reason if handling else "",
        by=str(handling.by) if handling else "",
        at=f"{timezone.localtime(handling.at):%Y-%m-%d %H:%M}" if handling else "",
    )


def _moment(version: Version) -> str:
    return f"{timezone.localtime(version.checked_at):%Y-%m-%d %H:%M}" if version.checked_at else ""


def _summary(version: Version) -> list[str]:
    sheet = version.summary.get("sheet")
    if not sheet:
        return ["没有自评表"]
    return [f"自评表 {sheet['rows']} 项，满分 {sheet['full'] or '未印'}，自评 {sheet['own'] or '未印'}"]
