"""Decisions on the findings of a report, and notes of the review; each with its audit event."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from dudao.web.audit.actions import record
from dudao.web.document_checks.actions.reports import tell
from dudao.web.document_checks.models import Entry, Handling, Note, Report
from dudao.web.document_checks.permissions import require_note, require_work
from dudao.web.document_checks.queries import recount
from dudao.web.document_checks.report_page import address_of
from dudao.web.evaluations.concerned import officers_of
from dudao.web.evaluations.happenings import Kind
from dudao.web.evaluations.happenings import tell as tell_concerned
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.people.access import subject_of
from dudao.web.people.models import Department, User
from dudao.workflow.machine import Role

_REASON = 5
_LONGEST = 500
_WORDS = {"accepted": "采纳", "dismissed": "不采纳", "passed_on": "转交", "open": "重新打开"}


@transaction.atomic
def decide(
    *, by: User, report: Report, key: str, state: str, reason: str = "", department: Department | None = None
) -> Handling | None:
    """Keep how a finding of a report was handled; `open` takes an earlier decision back.

    Args:
        key: of a finding of the current version.
        department: to whom it is passed on; of the report's own region.

    Raises:
        InvalidValueError: no such way, a dismissal without a reason, or nobody to pass it to.
        NotAllowedError: the person does not work on the region's reports.
        NotPossibleError: the current version has no such finding, or the report was removed.
    """
    require_work(by, report.assessment)
    if state not in _WORDS:
        raise InvalidValueError(gettext("请选择“采纳”“不采纳”或“转交”。"))
    why = reason.strip()
    if state == "dismissed" and len(why) < _REASON:
        raise InvalidValueError(
            gettext("不采纳须说明理由（至少 %(reason)s 个字）。") % {"reason": _REASON},
            advice=gettext("例如：已核对统计年鉴，原数无误。"),
        )
    if len(why) > _LONGEST:
        raise InvalidValueError(
            gettext("理由超过 %(longest)s 字。") % {"longest": _LONGEST}, advice=gettext("请缩短后保存。")
        )
    if state == "passed_on" and (department is None or department.region_id != report.assessment.region_id):
        raise InvalidValueError(gettext("请选择转交给哪个部门。"))
    held = (
        Report.objects.select_for_update(no_key=True, of=("self",))
        .select_related("assessment__region", "assessment__round", "current")
        .get(pk=report.pk)
    )
    entry = Entry.objects.filter(version=held.current, number__gt=0, key=key).first()
    if entry is None or held.removed_at is not None:
        raise NotPossibleError(gettext("最新一稿里已没有这处发现。"), advice=gettext("请刷新页面查看最新的核验结果。"))
    before = Handling.objects.filter(report=held, key=key).first()
    told = {"state": before.state, "reason": before.reason} if before else {}
    row: Handling | None = None
    if state == "open":
        if before is not None:
            before.delete()
    else:
        to = department if state == "passed_on" else None
        values = {"state": state, "reason": why, "department": to, "by": by, "at": timezone.now()}
        row, _ = Handling.objects.update_or_create(
            report=held, key=key, defaults={**values, "region": held.assessment.region}
        )
    recount(held)
    report.counts = held.counts
    whom = f"给{department.name}" if department is not None and state == "passed_on" else ""
    tell(
        held,
        by,
        state,
        f"{_WORDS[state]}{whom}核验发现：{entry.quote[:60]}（{held.title}）",
        reason=why,
        department=department.name if whom and department else "",
        before=told,
        after={} if state == "open" else {"state": state, "reason": why},
    )
    if row is not None and row.department is not None:
        _tell_department(by, held, entry, row.department, why)
    return row


def _tell_department(by: User, report: Report, entry: Entry, department: Department, words: str) -> None:
    page = reverse("document_checks:report", args=(*address_of(report.assessment), report.pk))
    tell_concerned(
        Kind.FINDING_PASSED_ON,
        report.assessment,
        f"“{report.title}”的一处核验发现转交{department}：{entry.quote[:60]}",
        key=f"finding:{report.pk}:{entry.key}:{department.pk}:{timezone.now().isoformat()}",
        told=lambda: officers_of([department.pk]).values_list("pk", flat=True),
        by=by,
        words=words,
        page=f"{page}?finding={entry.number}",
    )


@transaction.atomic
def note(*, by: User, report: Report, key: str, text: str) -> Note | None:
    """Keep what a reviewer notes about a finding; an empty text takes the note back.

    Raises:
        InvalidValueError: the note is too long.
        NotAllowedError: the person is no reviewer above the region.
        NotPossibleError: the current version has no such finding.
    """
    require_note(by, report)
    words = text.strip()
    if len(words) > _LONGEST:
        raise InvalidValueError(
            gettext("笔记超过 %(longest)s 字。") % {"longest": _LONGEST}, advice=gettext("请缩短后保存。")
        )
    if not Entry.objects.filter(version=report.current, number__gt=0, key=key).exists():
        raise NotPossibleError(gettext("最新一稿里已没有这处发现。"), advice=gettext("请刷新页面查看最新的核验结果。"))
    row: Note | None = None
    if words:
        row, _ = Note.objects.update_or_create(
            report=report, key=key, by=by, defaults={"text": words, "at": timezone.now()}
        )
    else:
        Note.objects.filter(report=report, key=key, by=by).delete()
    # Told at the reviewer's own place: the region reads its trail, and notes are for the level above alone.
    path = report.assessment.region.path
    place = next(held for held in subject_of(by).held if held.role is Role.REVIEWER and path.startswith(held.path))
    record(
        by=by,
        action="document_checks.report.note",
        summary=f"{report.assessment.region}“{report.title}”的复核笔记",
        object_type="report",
        object_id=report.pk,
        region=place.region_code,
        after={"key": key, "text": words},
    )
    return row
