"""Which assessment a person is looking at: named by the address, else the last one, else the newest."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dudao.web.evaluations.in_view import assessment_of, choices
from dudao.web.evaluations.models import Assessment

_KEPT = "assessment"
TASK_TITLES = {"province": "省级自评", "city": "市级自评", "county": "县级自评"}


def current(request: HttpRequest) -> Assessment | None:
    """Return the assessment in view, None when there is none to see; what an address names is remembered."""
    rows = choices(request)
    match = request.resolver_match
    named = (match.kwargs.get("year"), match.kwargs.get("region"), match.kwargs.get("task")) if match else ()
    kept = request.session.get(_KEPT)
    chosen = next((row for row in rows if row.address == named), None)
    if chosen is None:
        chosen = next((row for row in rows if row.pk == kept), rows[0] if rows else None)
    elif kept != chosen.pk:
        request.session[_KEPT] = chosen.pk
    return assessment_of(request, chosen) if chosen else None


def task_title(level: str, title: str) -> str:
    """Return the short name of a task for the top bar.

    Args:
        level: whose task it is: province, city or county.
        title: what the round is called, for any other level.
    """
    short = TASK_TITLES.get(level)
    return _(short) if short else title
