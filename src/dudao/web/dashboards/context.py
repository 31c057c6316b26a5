"""Which assessment a person is looking at: named by the address, else the last one, else the newest."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dudao.web.evaluations.in_view import choices
from dudao.web.evaluations.models import Assessment

_KEPT = "assessment"
TASK_TITLES = {"province": "省级自评", "city": "市级自评", "county": "县级自评"}


def current(request: HttpRequest) -> Assessment | None:
    """Return the assessment in view, None when there is none to see; what an address names is remembered."""
    rows = choices(request)
    match = request.resolver_match
    named = (match.kwargs.get("year"), match.kwargs.get("region"), match.kwargs.get("task")) if match else ()
    for row in rows:
        if (row.round.year, row.region.code, row.round.slug) == named:
            if request.session.get(_KEPT) != row.pk:
                request.session[_KEPT] = row.pk
            return row
    kept = request.session.get(_KEPT)
    return next((row for row in rows if row.pk == kept), rows[0] if rows else None)


def task_title(row: Assessment) -> str:
    """Return the short name of a task for the top bar."""
    title = TASK_TITLES.get(row.region.level)
    return _(title) if title else row.round.title
