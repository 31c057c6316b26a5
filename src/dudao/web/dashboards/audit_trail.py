"""审计日志: search, read, export, prove."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dudao.reporting.cell_text import harmless
from dudao.web.audit.chain import GENESIS
from dudao.web.audit.models import Event
from dudao.web.audit.queries import prove
from dudao.web.dashboards.audit_events import FILTERS, MASKED, events_for, note_reading
from dudao.web.people.access import reads_audit, requires, subject
from dudao.web.people.models import User

PAGE = 50
EXPORTED = 50_000
PROVED_AT_ONCE = 5_000
_PROOF_SALT = "audit.proof"


def _asked(request: HttpRequest) -> dict[str, str]:
    return _plain(request.GET)


def _plain(given: QueryDict) -> dict[str, str]:
    return {name: given.get(name, "").replace("\x00", "").strip()[:200] for name in FILTERS}


def _note(request: HttpRequest, action: str, summary: str, asked: dict[str, str]) -> None:
    by = request.user if isinstance(request.user, User) else None
    note_reading(by, subject(request), action, summary, asked)


@requires(reads_audit)
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """List events, newest first, paged by their number; opening the list is itself an event, turning pages is not."""
    asked = _asked(request)
    before = request.GET.get("before", "")
    if not before.isascii() or not before.isdigit() or len(before) > 18:
        before = ""
        _note(request, "audit.read", "查看审计日志", asked)
    events = events_for(subject(request), asked)
    page = list((events.filter(sequence__lt=int(before)) if before else events)[: PAGE + 1])
    more = len(page) > PAGE
    page = page[:PAGE]
    filters = {name: value for name, value in asked.items() if value}
    context = {
        "events": [(event, _link(event)) for event in page],
        "asked": asked,
        "filters": urlencode(filters),
        "filtered": bool(filters),
        "older": urlencode({**filters, "before": page[-1].sequence}) if more else "",
        "turned": bool(before),
    }
    return render(request, "dashboards/audit_trail.html", context)


def _link(event: Event) -> str:
    """Return the address of what an event is about, where it has a page that readers of the trail may open."""
    if event.object_type == "user" and event.object_id.isdigit():
        return reverse("people:person", args=[int(event.object_id)])
    if event.object_type in {"region", "department"} and event.region:
        return reverse("people:region", args=[event.region])
    return ""


@requires(reads_audit)
@require_POST
def prove_trail(request: HttpRequest) -> HttpResponse:
    """Prove the next stretch of the chain and say how far it holds."""
    after, broken = (0, GENESIS), 0
    if request.POST.get("from"):
        try:
            sequence, digest, broken = signing.loads(request.POST["from"], salt=_PROOF_SALT, max_age=86400)
            after = (int(sequence), str(digest))
        except signing.BadSignature:
            after, broken = (0, GENESIS), 0
    if after[0] == 0:
        _note(request, "audit.verify", "校验审计日志", {})
    proof = prove(after, most=PROVED_AT_ONCE)
    broken += len(proof.breaks)
    context: dict[str, Any] = {
        "proof": proof,
        "broken": broken,
        "breaks": proof.breaks[:20],
        "goes_on": "" if proof.finished else signing.dumps((proof.sequence, proof.hash, broken), salt=_PROOF_SALT),
        "last": Event.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0,
    }
    return render(request, "dashboards/audit_proof.html", context)


class _Echo:
    """A file that hands back what is written to it, line by line."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


@requires(reads_audit)  # type: ignore[arg-type]  # the answer is streamed
@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Answer what the filters show as csv, at most the newest fifty thousand events."""
    asked = _plain(request.POST)
    _note(request, "audit.export", "导出审计日志", asked)
    answer = StreamingHttpResponse(_lines(events_for(subject(request), asked)[:EXPORTED]), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y%m%d}.csv"'
    return answer


def _lines(events: QuerySet[Event]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["序号", "时间", "人员", "动作", "内容", "地区", "部门", "理由", "地址", "校验码"])
    for event in events.iterator(chunk_size=1000):
        hidden = event.hidden  # type: ignore[attr-defined]  # annotated
        row = (
            event.sequence,
            f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
            event.actor,
            event.action,
            MASKED if hidden else event.summary,
            event.region,
            event.department,
            "" if hidden else event.reason,
            event.address,
            event.hash,
        )
        yield writer.writerow([harmless(cell) for cell in row])
