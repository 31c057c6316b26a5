"""均衡监测: the overview of a county or of everything below a region, its schools, the arithmetic, the years."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dudao.balance.standard import LEVEL_NAMES, LEVELS, Method
from dudao.pipelines.balance_standards import STANDARDS
from dudao.reporting.balance_chart_svg import coefficient_svg
from dudao.reporting.balance_charts import coefficient_chart
from dudao.reporting.balance_worksheet_html import arithmetic
from dudao.web.evaluations.views.answering import tells_refusals
from dudao.web.people.access import Subject, reads_balance, requires, subject
from dudao.web.people.models import Region
from dudao.web.phrase_book import told_markup
from dudao.web.schools import queries
from dudao.web.schools.balance_page import (
    METHOD_TITLES,
    Choice,
    basis_words,
    choice_of,
    county_page,
    county_years,
    is_unit,
    school_line,
    subtree_page,
    year_lines,
)
from dudao.web.schools.models import InUse
from dudao.web.schools.permissions import may_plan, may_read_balance, reads_every_import
from dudao.web.schools.results import full_county, standard_of, summary_county

PAGE = 100
VERDICTS = ("met", "not_met", "incomplete")


def frame_of_pages(holder: Subject, place: Region, year: int, choice: Choice) -> dict[str, Any]:
    """Return what every balance page of a region shows around its content."""
    above = [
        region
        for region in Region.objects.filter(path__in=[place.path[:end] for end in range(4, len(place.path), 4)])
        if may_read_balance(holder, region)
    ]
    used = InUse.objects.filter(kind="schools", region__path__startswith=place.path)
    years_with_data = set(used.values_list("year", flat=True))
    return {
        "place": place,
        "year": year,
        "choice": choice,
        "unit": is_unit(place),
        "above": sorted(above, key=lambda region: region.path),
        "years_known": sorted(years_with_data | {year}, reverse=True),
        "has_data": year in years_with_data,
        "standards": [(name, standard_of(name).name) for name in STANDARDS],
        "standard": standard_of(choice.standard),
        "methods": [(str(method), title) for method, title in METHOD_TITLES.items()],
        "may_plan": may_plan(holder, place),
        "may_see_imports": reads_every_import(holder, place),
    }


@requires(reads_balance)
@require_safe
@tells_refusals
def overview(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Show how balanced a county is, or every county below a city or province; `print=1` for paper."""
    holder = subject(request)
    place = queries.region_to_read(holder, region)
    choice = choice_of(request.GET)
    context = frame_of_pages(holder, place, year, choice) | {"basis": basis_words(choice)}
    if is_unit(place):
        context |= county_page(place, year, choice)
        name = "county_print" if request.GET.get("print") == "1" and context["county"] else "county"
        return render(request, f"schools/{name}.html", context)
    level = request.GET.get("level", "")
    context |= subtree_page(place, year, choice, level if level in LEVELS else LEVELS[0])
    shown = [line.region for line in context["lines"]] + [parent for parent, _ in context["groups"] if parent]
    context["opened"] = {each.code for each in shown if may_read_balance(holder, each)}
    name = "subtree_print" if request.GET.get("print") == "1" else "subtree"
    return render(request, f"schools/{name}.html", context)


@requires(reads_balance)
@require_safe
@tells_refusals
def school_list(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """List the judged sections of a county with their values; found by level, verdict and name."""
    holder = subject(request)
    place = queries.region_to_read(holder, region)
    choice = choice_of(request.GET)
    county = _county(place, year, choice)
    if county is None:
        return redirect("schools:balance", year, region)
    level, verdict, words = (request.GET.get(name, "").strip() for name in ("level", "verdict", "q"))
    schools = [
        school
        for school in county.schools
        if (level not in LEVELS or school.level == level)
        and (verdict not in VERDICTS or str(school.verdict) == verdict)
        and (not words or words in school.school_name or words in school.school_id)
    ]
    standard = standard_of(choice.standard)
    page = Paginator(schools, PAGE).get_page(request.GET.get("page"))
    context = frame_of_pages(holder, place, year, choice) | {
        "county": county,
        "page": page,
        "lines": [school_line(school, standard) for school in page.object_list],
        "indicators": standard.indicators,
        "levels": [(name, gettext(LEVEL_NAMES[name])) for name in LEVELS],
        "level": level,
        "verdict": verdict,
        "verdicts": VERDICTS,
        "words": words,
        "tab": "schools",
    }
    return render(request, "schools/school_list.html", context)


@requires(reads_balance)
@require_safe
@tells_refusals
def hand_worksheet(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Show the arithmetic of every indicator of a level, to be redone with a calculator."""
    holder = subject(request)
    place = queries.region_to_read(holder, region)
    choice = choice_of(request.GET)
    county = _county(place, year, choice)
    if county is None:
        return redirect("schools:balance", year, region)
    wanted = request.GET.get("level", "")
    level = wanted if wanted in county.levels else next(iter(county.levels), "")
    blocks = ""
    if level:
        schools = list(county.schools_of(level))
        parts = arithmetic(county.levels[level], schools, standard_of(choice.standard), Method(choice.method))
        blocks = mark_safe(told_markup("".join(parts)))
    context = frame_of_pages(holder, place, year, choice) | {
        "county": county,
        "blocks": blocks,
        "level": level,
        "levels": [(name, gettext(LEVEL_NAMES[name])) for name in county.levels],
        "tab": "hand",
    }
    return render(request, "schools/hand.html", context)


@requires(reads_balance)
@require_safe
@tells_refusals
def years(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Show the coefficients of a county through the years, as a picture and as a table."""
    holder = subject(request)
    place = queries.region_to_read(holder, region)
    choice = choice_of(request.GET)
    rows = county_years(place, year, choice)
    if not rows:
        return redirect("schools:balance", year, region)
    counties = [summary_county(row) for row in rows]
    standard = standard_of(choice.standard)
    context = frame_of_pages(holder, place, year, choice) | {
        "counties": counties,
        "svg": mark_safe(told_markup(coefficient_svg(coefficient_chart(counties, standard), width=1040))),
        "tables": [
            (gettext(LEVEL_NAMES[level]), year_lines(counties, standard, level)) for level in counties[-1].levels
        ],
        "tab": "years",
    }
    return render(request, "schools/years.html", context)


def _county(place: Region, year: int, choice: Choice) -> Any:
    row = next((row for row in county_years(place, year, choice) if row.snapshot.year == year), None)
    return full_county(row) if row else None
