"""部门职责清单: the matrix and its views, changes by click, Excel in and out, 任务书 to print."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dudao.errors import DudaoError
from dudao.reporting.duty_list import DutyLine, duty_workbook
from dudao.web.evaluations.actions import duties as actions
from dudao.web.evaluations.duty_list import WORDS, DutyMatrix, duty_matrix, task_sheets
from dudao.web.evaluations.duty_table import WantedDuty, changes, read_duties
from dudao.web.evaluations.in_view import find_assessment
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.people.access import reads_content, requires, runs_rounds, subject
from dudao.web.people.models import Department
from dudao.web.uploads.inspection import inspect, join_chunks, safe_name
from dudao.workflow.machine import Role
from dudao.workflow.transitions import ASSESSMENT

VIEWS = (("departments", "按部门"), ("items", "按指标"), ("without", "无人负责"), ("several", "多头牵头"))
_RUNNERS = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR})
_TABLE_LIMIT = 5 * 1024 * 1024
_SALT = "dudao.duties"


def only_departments(request: HttpRequest, assessment: Assessment) -> frozenset[int] | None:
    """Return the departments an officer is confined to; None for those who see all."""
    if subject(request).roles_at(assessment.region.path) - {Role.DEPARTMENT_OFFICER, Role.SCHOOL_SUPERVISOR}:
        return None
    return subject(request).departments()


def _may_change(request: HttpRequest, assessment: Assessment) -> bool:
    roles = subject(request).roles_at(assessment.region.path)
    is_open = ASSESSMENT.state(assessment.state).editors and not assessment.round.closed_at
    return bool(roles & _RUNNERS and is_open)


@requires(reads_content)
@require_safe
def duties(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Show the duty list; with `?print=1` the 任务书 of one department or all."""
    assessment = find_assessment(request, year, region, task)
    matrix = duty_matrix(assessment, only_departments(request, assessment))
    if request.GET.get("print"):
        wanted = request.GET.get("department", "")
        departments = [each for each in matrix.departments if not wanted or str(each.pk) == wanted]
        sheets = task_sheets(assessment, matrix, departments)
        return render(request, "evaluations/duties_print.html", {"assessment": assessment, "sheets": sheets})
    return _page(request, assessment, matrix, request.GET.get("view", ""))


def _page(
    request: HttpRequest,
    assessment: Assessment,
    matrix: DutyMatrix,
    shown: str,
    refusal: DudaoError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the duty list, and with the sentence of a refused change above it."""
    context: dict[str, Any] = {
        "refusal": refusal,
        "assessment": assessment,
        "matrix": matrix,
        "rows": matrix.rows(),
        "view": shown if shown in dict(VIEWS) else "departments",
        "views": VIEWS,
        "without_lead": matrix.without_lead() if only_departments(request, assessment) is None else [],
        "several": matrix.several_named(),
        "may_change": _may_change(request, assessment),
    }
    return render(request, "evaluations/duties.html", context, status=status)


def _back(assessment: Assessment, view: str = "") -> str:
    place = {"year": assessment.round.year, "region": assessment.region.code, "task": assessment.round.slug}
    return reverse("evaluations:duties", kwargs=place) + (f"?view={view}" if view in dict(VIEWS) else "")


@requires(runs_rounds)
@require_POST
@tells_refusals
def set_duty(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Change what one department has to do with one item: `cell` is department:duty:item."""
    assessment = find_assessment(request, year, region, task)
    view = request.POST.get("view", "")
    try:
        _change(request, assessment)
    except (InvalidValueError, NotPossibleError) as refusal:
        status = 409 if isinstance(refusal, NotPossibleError) else 422
        return _page(request, assessment, duty_matrix(assessment), view, refusal, status)
    return redirect(_back(assessment, view))


def _change(request: HttpRequest, assessment: Assessment) -> None:
    key, _colon, rest = request.POST.get("cell", "").partition(":")
    duty, _colon, item = rest.partition(":")
    if duty == "lead" and not key:
        key = request.POST.get(f"lead-{item}", "")
    if not key.isdecimal():
        raise InvalidValueError(_("请选择部门。"))
    department = get_object_or_404(Department, pk=int(key), region_id=assessment.region_id, active=True)
    actions.set_duty(by=person(request), assessment=assessment, item=item, department=department, duty=duty)


@requires(reads_content)
@require_safe
def export(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Send the duty list as a workbook that can be filled in and sent back."""
    assessment = find_assessment(request, year, region, task)
    matrix = duty_matrix(assessment, only_departments(request, assessment))
    content = duty_workbook(
        f"{assessment.region} {assessment.round.title} 部门职责清单",
        _lines(matrix),
        departments=[each.name for each in matrix.departments],
        items={item.id: item.name for item in matrix.items},
    )
    answer = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="duties-{assessment.region.code}-{year}.xlsx"'
    return answer


def _lines(matrix: DutyMatrix) -> list[DutyLine]:
    lines = []
    for item in matrix.items:
        rows = [
            DutyLine(item.id, item.name, each.name, WORDS[matrix.duty(each, item)], kept.text, kept.source)
            for each in matrix.departments
            if (kept := matrix.duties.get((each.pk, item.id))) is not None
        ]
        rows.sort(key=lambda line: line.duty != WORDS["lead"])
        lines += rows or [DutyLine(item.id, item.name)]
    return lines


@requires(runs_rounds)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def take_in(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Read an uploaded duty list and show what it would change; save it once that is confirmed."""
    assessment = find_assessment(request, year, region, task)
    context: dict[str, Any] = {"assessment": assessment}
    if request.method != "POST":
        return render(request, "evaluations/duties_import.html", context)
    if request.POST.get("confirmed"):
        wanted, seen = _unsealed(request.POST["confirmed"], assessment)
        changed = actions.replace_duties(by=person(request), assessment=assessment, wanted=wanted, seen=seen)
        messages.success(
            request, ngettext("已导入，变动 %(n)s 处。", "已导入，变动 %(n)s 处。", changed) % {"n": changed}
        )
        return redirect(_back(assessment))
    upload = request.FILES.get("file")
    try:
        if upload is None or not upload.name:
            raise InvalidValueError(_("请选择文件。"))
        name = safe_name(upload.name)
        raw = join_chunks(upload.chunks(), limit=_TABLE_LIMIT, name=name)
        inspected = inspect(raw, name, limit=_TABLE_LIMIT, scanner=getattr(settings, "UPLOAD_SCANNER", ""))
        matrix = duty_matrix(assessment)
        read = read_duties(inspected, name, matrix)
    except InvalidValueError as refusal:
        return render(request, "evaluations/duties_import.html", context | {"refusal": refusal}, status=422)
    found = changes(read.wanted, matrix)
    context |= {"name": name, "read": read, "changes": found, "names": {item.id: item.name for item in matrix.items}}
    if not read.problems and found:
        context["sealed"] = _sealed(read.wanted, assessment, matrix)
    return render(request, "evaluations/duties_import.html", context, status=422 if read.problems else 200)


def _sealed(wanted: list[WantedDuty], assessment: Assessment, matrix: DutyMatrix) -> str:
    rows = [[each.row, each.item, each.department, each.lead, each.text, each.source] for each in wanted]
    return signing.dumps([assessment.pk, matrix.fingerprint, rows], salt=_SALT, compress=True)


def _unsealed(text: str, assessment: Assessment) -> tuple[list[WantedDuty], str]:
    try:
        key, seen, rows = signing.loads(text, salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise InvalidValueError(_("预览已失效。"), advice=_("请重新上传文件。")) from None
    if key != assessment.pk:
        raise InvalidValueError(_("预览不属于这个任务。"), advice=_("请重新上传文件。"))
    return [WantedDuty(*row) for row in rows], seen
