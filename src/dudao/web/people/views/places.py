"""地区与部门: the tree of regions, the departments of each, districts added by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dudao.web.people.access import administers_people, requires, subject
from dudao.web.people.actions import departments, districts
from dudao.web.people.forms import DepartmentChangeForm, DepartmentForm, DistrictForm
from dudao.web.people.models import Region
from dudao.web.people.queries import administered_regions, visible_departments
from dudao.web.people.views.people import status_of
from dudao.web.people.views.signing_in import person
from dudao.web.refusals import InvalidValueError, NotAllowedError

_FOUND = 100


@requires(administers_people)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """List the uppermost regions within reach, or those that match what is searched for."""
    holder = subject(request)
    words = request.GET.get("words", "").strip()
    former = bool(request.GET.get("former"))
    within = administered_regions(holder)
    if words:
        found = within.filter(name__contains=words) | within.filter(code__startswith=words)
    else:
        tops = [held.path for held in holder.held]
        found = within.filter(path__in=tops)
    if not former:
        found = found.filter(valid_to__isnull=True)
    rows = list(found.order_by("code")[: _FOUND + 1])
    context = {"rows": rows[:_FOUND], "more": len(rows) > _FOUND, "words": words, "former": former}
    return render(request, "people/regions.html", context)


@requires(administers_people)
@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show a region: what lies below it, and its departments."""
    return _page(request, _find(request, code))


def _find(request: HttpRequest, code: str) -> Region:
    found: Region = get_object_or_404(administered_regions(subject(request)), code=code)
    return found


def _page(request: HttpRequest, place: Region, status: int = 200, **bound: Any) -> HttpResponse:
    former = bool(request.GET.get("former"))
    within = administered_regions(subject(request))
    steps = [place.path[:end] for end in range(4, len(place.path), 4)]
    below = within.filter(path__startswith=place.path, depth=place.depth + 1)
    former_count = below.filter(valid_to__isnull=False).count()
    if not former:
        below = below.filter(valid_to__isnull=True)
    rows = [
        (row, DepartmentChangeForm(initial=_values(row), prefix=f"department-{row.pk}"))
        for row in visible_departments(subject(request)).filter(region=place).order_by("-active", "position", "name")
    ]
    context = {
        "place": place,
        "above": within.filter(path__in=steps).order_by("depth"),
        "below": list(below),
        "former": former,
        "former_count": former_count,
        "departments": rows,
        "department_form": DepartmentForm(prefix="new"),
        "district_form": DistrictForm(prefix="district"),
        "may_add_below": place.level in {"province", "city"} and place.valid_to is None,
        **bound,
    }
    return render(request, "people/region.html", context, status=status)


def _values(row: Any) -> dict[str, Any]:
    return {"name": row.name, "short_name": row.short_name, "position": row.position, "active": row.active}


@requires(administers_people)
@require_POST
def add_department(request: HttpRequest, code: str) -> HttpResponse:
    """Add a department to a region."""
    place, form = _find(request, code), DepartmentForm(request.POST, prefix="new")
    if not form.is_valid():
        return _page(request, place, 422, department_form=form)
    try:
        departments.add_department(by=person(request), region=place, **form.cleaned_data)
    except (InvalidValueError, NotAllowedError) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, place, status_of(refusal), department_form=form)
    messages.success(request, _("已增加部门。"))
    return redirect("people:region", code=code)


@requires(administers_people)
@require_POST
def change_department(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Rename a department, move it in the list, close it or open it again."""
    place = _find(request, code)
    row = get_object_or_404(visible_departments(subject(request)), pk=key, region=place)
    form = DepartmentChangeForm(request.POST, prefix=f"department-{key}")
    refusal: InvalidValueError | NotAllowedError | None = None
    if form.is_valid():
        try:
            departments.change_department(by=person(request), department=row, **form.cleaned_data)
        except (InvalidValueError, NotAllowedError) as refused:
            refusal = refused
        else:
            messages.success(request, _("已保存。"))
            return redirect("people:region", code=code)
    said = str(refusal) if refusal else " ".join(str(error) for each in form.errors.values() for error in each)
    return _page(request, place, status_of(refusal) if refusal else 422, refusal=f"{row}：{said}", opened=form)


@requires(administers_people)
@require_POST
def add_district(request: HttpRequest, code: str) -> HttpResponse:
    """Add a functional district below a region."""
    place, form = _find(request, code), DistrictForm(request.POST, prefix="district")
    if not form.is_valid():
        return _page(request, place, 422, district_form=form)
    data = form.cleaned_data
    try:
        made = districts.add_district(
            by=person(request), parent=place, code=data["code"], name=data["name"], reason=data["reason"]
        )
    except (InvalidValueError, NotAllowedError) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, place, status_of(refusal), district_form=form)
    messages.success(request, _("已添加地区。"))
    return redirect("people:region", code=made.code)
