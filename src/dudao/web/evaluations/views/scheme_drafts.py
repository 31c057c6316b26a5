"""Drafts of schemes: begin one from a file or from nothing, settle what is undecided, edit line by line."""

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dudao.errors import UnreadableInputError
from dudao.scheme.edit_pack import EditablePack, facts_text, files_of, read_editable
from dudao.scheme.import_table import ImportWishes
from dudao.scheme.model import GovernmentLevel
from dudao.scheme.summary import summarise
from dudao.scheme.write_pack import Plain, Value, mapping_text
from dudao.web.evaluations import draft_tree as tree
from dudao.web.evaluations.actions import schemes as actions
from dudao.web.evaluations.convert import check_files, scheme_of
from dudao.web.evaluations.draft_form import NOT_APPLICABLE, RULE_TITLES, SOURCE_FIELDS, shown, take, take_head
from dudao.web.evaluations.draft_outcome import grades_text, outcome_text
from dudao.web.evaluations.models import PublishedScheme, SchemeOriginal
from dudao.web.evaluations.originals import original_page
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.evaluations.scheme_files import recognise
from dudao.web.evaluations.views.answering import person, tells_refusals
from dudao.web.evaluations.views.schemes import find_scheme, own_regions_query
from dudao.web.people.access import publishes_schemes, requires
from dudao.web.people.models import Region
from dudao.web.uploads.inspection import inspect, join_chunks, safe_name

LEVELS = PublishedScheme._meta.get_field("level").choices
_SCHEME_LIMIT = 30 * 1024 * 1024
_MOST_FIELD = 20_000


def find_draft(request: HttpRequest, slug: str, version: int) -> PublishedScheme:
    """Return a draft that the subject keeps; else 404.

    Raises:
        NotPossibleError: it was published or withdrawn meanwhile.
    """
    row = find_scheme(request, slug, version)
    if not own_regions_query(request).filter(pk=row.region_id).exists():
        raise Http404
    if row.state != "draft":
        raise NotPossibleError(
            _("“%(row)s”%(state)s，不能修改。") % {"row": row, "state": _(row.get_state_display())},
            advice=_("如需修改，请另存为新版本。"),
        )
    return row


def editable(row: PublishedScheme) -> EditablePack:
    """Return the entries of a draft.

    Raises:
        NotPossibleError: its files are beyond what the form can show.
    """
    try:
        return read_editable(row.files)
    except UnreadableInputError as unreadable:
        raise NotPossibleError(
            _("草稿无法在表单里打开：%(message)s") % {"message": unreadable.message}, advice=unreadable.advice
        ) from unreadable


def _slug(request: HttpRequest, region: Region, level: str, year: int | None) -> str:
    """Return what the scheme is called in addresses: what was typed, else a name nobody has yet."""
    slug = request.POST.get("slug", "").strip()
    if not slug:
        named = "-".join(part for part in (region.code, level or "scheme", str(year or timezone.localdate().year)))
        taken = set(PublishedScheme.objects.filter(slug__startswith=named).values_list("slug", flat=True))
        return next(each for each in (named, *(f"{named}-{n}" for n in range(2, 1000))) if each not in taken)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{2,60}", slug):
        raise InvalidValueError(
            _("方案标识“%(slug)s”不合规则。") % {"slug": slug},
            advice=_("只用小写字母、数字和短横，如 liaoning-city-2024。"),
        )
    if PublishedScheme.objects.filter(slug=slug).exists():
        raise InvalidValueError(
            _("方案标识“%(slug)s”已有方案使用。") % {"slug": slug}, advice=_("请换一个；改已有方案请用“另存为新版本”。")
        )
    return slug


def _year(request: HttpRequest, *, needed: bool) -> int | None:
    text = request.POST.get("year", "").strip()
    if not text and not needed:
        return None
    if not re.fullmatch(r"(19[89]\d|20\d\d)", text):
        raise InvalidValueError(
            _("年度“%(text)s”不像是年份。") % {"text": text or _("（空）")}, advice=_("请填四位年份，如 2024。")
        )
    return int(text)


@requires(publishes_schemes)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft: from an uploaded file, or empty to be written by hand."""
    context: dict[str, Any] = {"regions": own_regions_query(request).order_by("path"), "levels": LEVELS}
    if request.method != "POST":
        return render(request, "evaluations/scheme_new.html", context)
    region = get_object_or_404(own_regions_query(request), code=request.POST.get("region", ""))
    try:
        row = _imported(request, region) if request.POST.get("way") == "file" else _blank(request, region)
    except (InvalidValueError, NotPossibleError) as refusal:
        context |= {"refusal": refusal, "given": request.POST}
        return render(request, "evaluations/scheme_new.html", context, status=422)
    if row.undecided:
        messages.warning(
            request,
            ngettext(
                "已存为草稿，有 %(n)s 处未能判定，请逐处确认。",
                "已存为草稿，有 %(n)s 处未能判定，请逐处确认。",
                len(row.undecided),
            )
            % {"n": len(row.undecided)},
        )
    else:
        messages.success(request, _("已存为草稿。"))
    if open_points := summarise(scheme_of(row)).without_rule:
        told = ngettext(
            "%(n)s 个测评点还没有写成规则：取自评得分，不自动测算。逐项打开可写规则。",
            "%(n)s 个测评点还没有写成规则：取自评得分，不自动测算。逐项打开可写规则。",
            open_points,
        )
        messages.info(request, told % {"n": open_points})
    return redirect("evaluations:edit_scheme", slug=row.slug, version=row.version)


def _imported(request: HttpRequest, region: Region) -> PublishedScheme:
    upload = request.FILES.get("file")
    if upload is None or not upload.name:
        raise InvalidValueError(_("请选择文件。"))
    level, year = request.POST.get("level", ""), _year(request, needed=False)
    slug = _slug(request, region, level if level in set(GovernmentLevel) else "", year)
    name = safe_name(upload.name)
    raw = join_chunks(upload.chunks(), limit=_SCHEME_LIMIT, name=name)
    inspected = inspect(raw, name, limit=_SCHEME_LIMIT, scanner=getattr(settings, "UPLOAD_SCANNER", ""))
    wishes = ImportWishes(
        id=slug,
        name=request.POST.get("name", "").strip()[:200],
        region=region.code,
        region_name=region.name,
        level=GovernmentLevel(level) if level in set(GovernmentLevel) else None,
        year=year,
    )
    seen = recognise(inspected, name, wishes=wishes, this_year=timezone.localdate().year)
    files = files_of(read_editable(seen.files))
    return actions.keep_draft(
        by=person(request),
        region=region,
        files=files,
        undecided=seen.undecided,
        original=seen.original,
        reason=f"由“{name}”导入",
    )


def _blank(request: HttpRequest, region: Region) -> PublishedScheme:
    year = _year(request, needed=True)
    name, level = request.POST.get("name", "").strip()[:200], request.POST.get("level", "")
    if not name:
        raise InvalidValueError(_("请填方案名称。"))
    if level not in set(GovernmentLevel):
        raise InvalidValueError(_("请选择评价对象。"))
    slug = _slug(request, region, level, year)
    head: dict[str, Value] = {
        "id": Plain(slug),
        "name": name,
        "region": region.code,
        "region_name": region.name,
        "level": Plain(level),
        "year": Plain(str(year)),
        "full_points": Plain("100"),
        "source": {"document": name, "status": Plain("unconfirmed")},
    }
    return actions.keep_draft(by=person(request), region=region, files={"pack.yaml": mapping_text(head)})


def _edit_address(row: PublishedScheme, path: str | None = None) -> str:
    address = reverse("evaluations:edit_scheme", kwargs={"slug": row.slug, "version": row.version})
    return address if path is None else f"{address}?{urlencode({'line': path})}#line-form"


@requires(publishes_schemes)
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def edit(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Show a draft as a tree beside the form of one line (`?line=0.2`) or of the whole; save what was typed."""
    row = find_draft(request, slug, version)
    pack = editable(row)
    path = request.GET.get("line", "")
    problems: dict[str, list[str]] = {}
    refusal: NotPossibleError | None = None
    if request.method == "POST":
        problems, refusal = _save(request, row, pack, path)
        if not problems and refusal is None:
            return redirect(_edit_address(row, request.POST.get("moved") or path))
        pack = editable(row)
    status = 409 if refusal else 422 if problems else 200
    context = _page(request, row, pack, path, problems) | {"refusal": refusal}
    return render(request, "evaluations/scheme_edit.html", context, status=status)


def _save(
    request: HttpRequest, row: PublishedScheme, pack: EditablePack, path: str
) -> tuple[dict[str, list[str]], NotPossibleError | None]:
    """Save what was typed of a line or of the whole; return the problems by field, or why it cannot be."""
    given = request.POST
    long = [key for key, value in given.items() if len(str(value)) > _MOST_FIELD]
    if long:
        return {key: [_("内容超过 %(most_field)s 字。") % {"most_field": _MOST_FIELD}] for key in long}, None
    ids: dict[str, str | None]
    try:
        if not path:
            problems, what, ids = take_head(pack, given), "方案信息", {}
        else:
            problems, what, ids = _take_line(row, pack, path, given)
        if problems:
            return problems, None
        actions.replace_draft(
            by=person(request),
            row=row,
            files=files_of(pack),
            undecided=row.undecided,
            seen=given.get("seen", ""),
            what=what,
            ids=ids,
        )
    except InvalidValueError as refused:
        return {"parent": [str(refused)]}, None
    except NotPossibleError as refused:
        row.refresh_from_db()
        return {}, refused
    return {}, None


def _take_line(
    row: PublishedScheme, pack: EditablePack, path: str, given: QueryDict
) -> tuple[dict[str, list[str]], str, dict[str, str | None]]:
    """Write what was typed of a line; return the problems, what was changed in words, and the ids that changed."""
    node = tree.node_at(pack, path)
    lines = tree.tree_lines(pack)
    line = next(each for each in lines if each.path == path)
    facts = {fact.name: fact for fact in scheme_of(row).facts}
    others = {each.id for each in lines if each.path != path}
    problems = take(node, given, is_group=line.is_group, facts=facts, others=others)
    parent = given.get("parent", line.parent).strip()
    if not problems and parent != line.parent:
        tree.move_below(pack, path, parent)
    now = tree.text_of(node, "id")
    return problems, f"第 {given.get('id', '')} 项", {line.id: now} if now != line.id else {}


def _page(
    request: HttpRequest, row: PublishedScheme, pack: EditablePack, path: str, problems: dict[str, list[str]]
) -> dict[str, Any]:
    issues = check_files(row.files).issues
    lines = tree.tree_lines(pack, row.undecided, issues)
    line = next((each for each in lines if each.path == path), None)
    kept = SchemeOriginal.objects.filter(scheme=row).first()
    original = original_page(kept, lines, row.undecided, path, request.GET.get("at", "")) if kept else None
    values: dict[str, Any] = shown(tree.node_at(pack, path) if line else pack.head)
    if line is None:
        head = pack.head
        values |= {key: tree.text_of(head, key) for key in ("year", "level", "region_name")}
        values["facts"] = facts_text(pack)
        values["grades"], values["outcome_rules"] = grades_text(head), outcome_text(head)
        values["unscored"] = tree.text_of(head, "scored") == "false"
    else:
        values["parent"] = line.parent
    if request.method == "POST":
        flags = ("bonus", "provisional", "confirmed", "unscored")
        values |= {key: request.POST.get(key, "") for key in values if key not in flags}
        values |= {key: bool(request.POST.get(key)) for key in flags}
    return {
        "row": row,
        "lines": lines,
        "line": line,
        "original": original,
        "undecided": [(text, original.doubts.get(text, "") if original else "") for text in row.undecided],
        "values": values,
        "problems": problems,
        "issues": issues,
        "doubtful": sum(bool(each.doubts) for each in lines),
        "parents": [each for each in lines if each.is_group],
        "rule_titles": RULE_TITLES,
        "not_applicable": NOT_APPLICABLE,
        "source_fields": [(key, title, values.get(f"source_{key}", "")) for key, title in SOURCE_FIELDS],
        "levels": LEVELS,
    }


@requires(publishes_schemes)
@require_POST
@tells_refusals
def change_line(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Add below a line, move it up or down, or take it out."""
    row = find_draft(request, slug, version)
    pack = editable(row)
    event, _colon, path = request.POST.get("event", "").partition(":")
    ids: dict[str, str | None] = {}
    if event in {"group", "point"}:
        target, what = tree.add_below(pack, path, group=event == "group"), "新增一项"
    elif event in {"up", "down"}:
        target, what = tree.shift(pack, path, -1 if event == "up" else 1), "调整次序"
    elif event == "remove":
        gone = tree.text_of(tree.node_at(pack, path), "id")
        ids = {line.id: None for line in tree.tree_lines(pack) if f"{line.path}.".startswith(f"{path}.")}
        tree.remove(pack, path)
        target, what = "", f"删除第 {gone} 项"
    else:
        raise InvalidValueError(_("没有这种操作。"))
    seen = request.POST.get("seen", "")
    files = files_of(pack)
    by, still = person(request), row.undecided
    actions.replace_draft(by=by, row=row, files=files, undecided=still, seen=seen, what=what, ids=ids)
    return redirect(_edit_address(row, target))


@requires(publishes_schemes)
@require_POST
@tells_refusals
def settle(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Settle one thing that the import left undecided."""
    row = find_draft(request, slug, version)
    actions.settle(by=person(request), row=row, line=request.POST.get("settled", ""))
    return redirect(_edit_address(row, request.POST.get("line") or None))


@requires(publishes_schemes)
@require_POST
@tells_refusals
def new_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Keep a published scheme as the draft of its next version."""
    row = find_scheme(request, slug, version)
    made = actions.new_version(by=person(request), row=row, reason=request.POST.get("reason", ""))
    messages.success(request, _("已另存为第 %(n)s 版草稿。") % {"n": made.version})
    return redirect("evaluations:edit_scheme", slug=made.slug, version=made.version)
