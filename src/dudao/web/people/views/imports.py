"""从 Excel 导入: upload, preview with what is wrong in each row, confirm."""

from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dudao.web.people.access import administers_people, requires, subject
from dudao.web.people.actions import accounts, departments, invitations
from dudao.web.people.imports import (
    DEPARTMENTS,
    KINDS,
    PEOPLE,
    ImportKind,
    ImportRow,
    PlannedDepartment,
    PlannedPerson,
    ReadImport,
    plan_departments,
    plan_people,
    read_import,
    template,
)
from dudao.web.people.views.signing_in import person
from dudao.web.refusals import InvalidValueError, NotAllowedError

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEPT_SECONDS = 3600


@requires(administers_people)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Offer the templates and take a file."""
    return render(request, "people/imports.html", {"kinds": KINDS.values()})


@requires(administers_people)
@require_safe
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer an empty workbook to fill in."""
    answer = HttpResponse(template(_kind(kind)), content_type=_SHEET)
    answer["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return answer


def _kind(name: str) -> ImportKind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


@never_cache
@requires(administers_people)
@require_http_methods(["POST"])
def run_import(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what a file would do; with `rows` of such a preview, do it."""
    chosen = _kind(kind)
    try:
        if "rows" in request.POST:
            return _carry_out(request, chosen)
        upload = request.FILES.get("file")
        if upload is None:
            raise InvalidValueError(_("请选择文件。"))
        read = read_import(chosen, upload.read(), upload.name or "")
    except (InvalidValueError, NotAllowedError) as refusal:
        context = {"kinds": KINDS.values(), "refusal": refusal}
        return render(request, "people/imports.html", context, status=422)
    return _preview(request, chosen, read)


def _plan(request: HttpRequest, kind: ImportKind, rows: list[ImportRow]) -> list[PlannedPerson | PlannedDepartment]:
    holder = subject(request)
    return [*(plan_people(holder, rows) if kind is PEOPLE else plan_departments(holder, rows))]


def _preview(request: HttpRequest, kind: ImportKind, read: ReadImport, status: int = 200) -> HttpResponse:
    _plan(request, kind, read.rows)
    kept = signing.dumps([(row.number, row.values) for row in read.rows], salt=_salt(request, kind), compress=True)
    lines = [(row, [row.values[title] for title in kind.columns]) for row in read.rows]
    context = {"kind": kind, "read": read, "lines": lines, "kept": kept}
    return render(request, "people/import_preview.html", context, status=422 if read.faulty else status)


def _salt(request: HttpRequest, kind: ImportKind) -> str:
    return f"people.import.{kind.name}.{person(request).pk}"


def _carry_out(request: HttpRequest, kind: ImportKind) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["rows"], salt=_salt(request, kind), max_age=_KEPT_SECONDS)
    except signing.BadSignature as error:
        raise InvalidValueError(_("预览已过期，请重新上传文件。")) from error
    rows = [ImportRow(number, values) for number, values in kept]
    reason = request.POST.get("reason", "")
    made: list[tuple[str, str, str]] = []
    with transaction.atomic():
        planned = _plan(request, kind, rows)
        if any(row.errors for row in rows):
            return _preview(request, kind, ReadImport([ImportRow(row.number, row.values) for row in rows]))
        made.extend(_make(request, one, reason) for one in planned)
    if kind is DEPARTMENTS:
        made = [(title, where, "") for title, where, _link in made]
    return render(request, "people/imported.html", {"kind": kind, "made": made})


def _make(request: HttpRequest, one: PlannedPerson | PlannedDepartment, reason: str) -> tuple[str, str, str]:
    by = person(request)
    if isinstance(one, PlannedDepartment):
        departments.add_department(
            by=by, region=one.region, name=one.name, short_name=one.short_name, position=one.position, reason=reason
        )
        return one.name, one.region.name, ""
    user = accounts.create_person(
        by=by,
        username=one.username,
        name=one.name,
        email=one.email,
        phone=one.phone,
        role=one.role,
        reason=reason,
    )
    invited, secret = invitations.invite(by=by, user=user, reason=reason)
    link = request.build_absolute_uri(invitations.address_of(secret))
    expires = f"{timezone.localtime(invited.expires_at):%Y-%m-%d %H:%M}"
    transaction.on_commit(lambda: invitations.mail_invitation(user=user, link=link, expires=expires) and None)
    return user.name, user.username, link
