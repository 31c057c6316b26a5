"""Files that go out: templates, the file as uploaded, its marked copy, the worksheet, the report."""

import tempfile
from pathlib import Path
from urllib.parse import quote

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dudao.balance.standard import Method
from dudao.reporting.balance_page import balance_page
from dudao.reporting.balance_worksheet import write_balance_worksheet
from dudao.tables.catalogue import KINDS
from dudao.tables.mark import write_marked_copy
from dudao.tables.table import Table
from dudao.tables.template import write_template
from dudao.web.evaluations.views.answering import tells_refusals
from dudao.web.people.access import brings_tables, reads_balance, reads_imports, requires, subject
from dudao.web.people.models import Region
from dudao.web.refusals import NotPossibleError
from dudao.web.schools import queries
from dudao.web.schools.balance_page import Choice, choice_of, county_years
from dudao.web.schools.files import content_of, json_of
from dudao.web.schools.models import CountyBalance, Import
from dudao.web.schools.permissions import reads_every_import
from dudao.web.schools.problem_report import marked_places, problems_of
from dudao.web.schools.reading import SUFFIXES
from dudao.web.schools.results import as_result, full_county, standard_of, summary_county
from dudao.web.schools.units import units_of
from dudao.web.schools.views.imports import find_import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_answer(content: bytes, name: str, media: str) -> HttpResponse:
    """Return a file to be saved, never opened in place or kept on the way."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires(brings_tables)
@require_safe
@tells_refusals
def template(request: HttpRequest, year: int, region: str, kind: str) -> HttpResponse:
    """Hand out a blank table of a kind, with the schools of last year filled in where there are any."""
    place = queries.region_of_imports(subject(request), region)
    if kind not in KINDS:
        raise Http404
    rows = pl.DataFrame()
    if reads_every_import(subject(request), place):
        rows = queries.rows_in_use(units_of(place, year - 1), kind, year - 1)
    last = Table(KINDS[kind], rows, ()) if rows.height else None
    with tempfile.TemporaryDirectory(prefix="dudao-template-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(KINDS[kind], path, last=last)
        return file_answer(path.read_bytes(), f"{place.name}{year}年{KINDS[kind].title}模板.xlsx", XLSX)


@requires(reads_imports)
@require_safe
@tells_refusals
def original(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Hand out the file as it was uploaded."""
    row = find_import(request, year, region, pk)
    return file_answer(content_of(row.source), row.name, row.media)


@requires(reads_imports)
@require_safe
@tells_refusals
def marked(request: HttpRequest, year: int, region: str, pk: int) -> HttpResponse:
    """Hand out a copy of the uploaded workbook with the cells of all problems marked."""
    row = find_import(request, year, region, pk)
    if SUFFIXES.get(row.media) != ".xlsx" or not row.report:
        raise NotPossibleError(_("只有读取过的 xlsx 文件可以加标记。"), advice=_("请另存为 xlsx 后重新上传。"))
    return file_answer(_marked_copy(row), f"{Path(row.name).stem}（标注问题）.xlsx", XLSX)


def _marked_copy(row: Import) -> bytes:
    places = marked_places(problems_of(json_of(row.report)))
    with tempfile.TemporaryDirectory(prefix="dudao-marked-") as folder:
        source, target = Path(folder) / "source.xlsx", Path(folder) / "marked.xlsx"
        source.write_bytes(content_of(row.source))
        write_marked_copy(source, Table(KINDS[row.kind], pl.DataFrame(), (), places), target)
        return target.read_bytes()


@requires(reads_balance)
@require_safe
@tells_refusals
def worksheet(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Hand out the worksheet of a county with live formulas."""
    place, choice = _place(request, region)
    county = full_county(_latest(place, year, choice))
    method = Method(choice.method)
    with tempfile.TemporaryDirectory(prefix="dudao-worksheet-") as folder:
        path = Path(folder) / "worksheet.xlsx"
        write_balance_worksheet(path, [county], standard_of(choice.standard), method)
        return file_answer(path.read_bytes(), f"{place.name}{year}年均衡计算表.xlsx", XLSX)


@requires(reads_balance)
@require_safe
@tells_refusals
def report(request: HttpRequest, year: int, region: str) -> HttpResponse:
    """Hand out the report of a county as one HTML file that needs nothing else."""
    place, choice = _place(request, region)
    rows = county_years(place, year, choice)
    latest = _latest(place, year, choice)
    counties = [full_county(row) if row.pk == latest.pk else summary_county(row) for row in rows]
    page = balance_page(as_result(counties, choice.standard, Method(choice.method)))
    return file_answer(page.encode(), f"{place.name}{year}年均衡测算报告.html", "text/html; charset=utf-8")


def _place(request: HttpRequest, region: str) -> tuple[Region, Choice]:
    return queries.region_to_read(subject(request), region), choice_of(request.GET)


def _latest(place: Region, year: int, choice: Choice) -> CountyBalance:
    rows = [row for row in county_years(place, year, choice) if row.snapshot.year == year]
    if not rows:
        raise NotPossibleError(
            _("%(name)s%(year)s年没有学校数据，不能生成文件。") % {"name": place.name, "year": year},
            advice=_("请先导入学校基本情况表；市和省请到各县区下载。"),
        )
    return rows[-1]
