"""Ways into school data: from the menu, which names no place, and from addresses that name a task."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dudao.web.people.access import Subject, reads_balance, reads_imports, requires, subject
from dudao.web.people.models import Region
from dudao.web.schools.models import InUse
from dudao.web.schools.permissions import is_officer_of, may_read_balance, reads_every_import
from dudao.web.schools.queries import region_of_imports, region_to_read


def _place(holder: Subject, *, imports: bool) -> tuple[int, str] | None:
    """Return the newest year with data and the first region that the subject has a page of; None without one."""
    codes = [held.region_code for held in holder.held]
    regions = {region.code: region for region in Region.objects.filter(code__in=codes).exclude(level="nation")}
    for code in codes:
        region = regions.get(code)
        if region is None:
            continue
        open_to = (
            reads_every_import(holder, region) or is_officer_of(holder, region)
            if imports
            else may_read_balance(holder, region)
        )
        if open_to:
            newest = InUse.objects.filter(region__path__startswith=region.path).order_by("-year").first()
            return (newest.year if newest else timezone.localdate().year, code)
    return None


@requires(reads_imports)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Lead on to the imports of the subject's own region."""
    place = _place(subject(request), imports=True)
    return redirect("schools:imports", *place) if place else render(request, "schools/none.html")


@requires(reads_balance)
@require_safe
def balance(request: HttpRequest) -> HttpResponse:
    """Lead on to the balance of the subject's own region."""
    place = _place(subject(request), imports=False)
    return redirect("schools:balance", *place) if place else render(request, "schools/none.html")


@requires(reads_imports)
@require_safe
def imports_of_task(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Lead from the address of a task to the imports of its region and year."""
    return redirect("schools:imports", year, region_of_imports(subject(request), region).code)


@requires(reads_balance)
@require_safe
def balance_of_task(request: HttpRequest, year: int, region: str, task: str) -> HttpResponse:
    """Lead from the address of a task to the balance of its region and year."""
    return redirect("schools:balance", year, region_to_read(subject(request), region).code)
