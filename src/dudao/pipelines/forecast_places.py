"""Table of pupils by grade → forecast of places, with entrants and rates written by people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from dudao.errors import UnreadableInputError, WrongUseError
from dudao.issues import Issue
from dudao.pipelines.duties.limits import LimitsInForce
from dudao.planning.facts import forecast_facts
from dudao.planning.forecast import Assumptions, Forecast, SchoolGrades, forecast_places, observed_promotion
from dudao.tables.kinds.grades import GRADE_COUNT, GRADES
from dudao.tables.read import read_table

SCHOOL_AGE = 6
"""Years from the year of birth to the year of entering primary school."""

YearFigures = Mapping[str, Mapping[int, float]]
EVERY_REGION = "*"


@dataclass(frozen=True, slots=True)
class ForecastRequest:
    """What a forecast is asked with: entrants by region and year, and rates, size and class limits.

    Limits of None are those in force on 1 September of the year that is looked ahead from.
    """

    years: int
    entrants: YearFigures
    promotion: tuple[float, ...] | None
    primary_grades: int = 6
    class_limits: tuple[int, int] | None = None
    size_limits: tuple[int, int, int] | None = None


def forecast_file(
    path: Path, request: ForecastRequest, *, region: str = ""
) -> tuple[Forecast, Assumptions, tuple[Issue, ...]]:
    """Return the forecast from the latest year in a table of pupils by grade.

    Promotion rates not given are observed between the two latest years when the table has them, else 1.

    Raises:
        UnreadableInputError: the file has no such table.
        WrongUseError: entrants are missing for a region and year, or the region is not in the table.
    """
    table = read_table(path, GRADES)
    by_year = _schools_by_year(table.frame)
    if region:
        by_year = {year: [school for school in schools if school.region == region] for year, schools in by_year.items()}
    latest = max(by_year)
    schools = by_year[latest]
    if not schools:
        raise WrongUseError(f"{latest} 年的表里没有县区“{region}”的学校。", advice="请核对 --region。")
    start = latest or 0
    if not start:
        raise WrongUseError("表里没有“年份”列，不知道从哪一年起预测。", advice="请在表中加“年份”列。")
    promotion = request.promotion
    if promotion is None:
        earlier = by_year.get(latest - 1)
        promotion = observed_promotion(earlier, schools) if earlier else (1.0,) * (GRADE_COUNT - 1)
    regions = dict.fromkeys(school.region for school in schools)
    in_force = LimitsInForce(date(start, 9, 1))
    assumptions = Assumptions(
        _entrants_of(request.entrants, regions),
        promotion,
        request.primary_grades,
        request.class_limits or _class_limits(in_force),
        request.size_limits or _size_limits(in_force),
    )
    found = forecast_places(schools, assumptions, start=start, years=request.years)
    return found, assumptions, (*table.issues, *in_force.issues)


def _class_limits(limits: LimitsInForce) -> tuple[int, int]:
    primary, junior = limits.whole("class_size_standard_primary"), limits.whole("class_size_standard_junior")
    if primary is None or junior is None:
        raise WrongUseError("那一年没有已知的班额标准。", advice="请用 --class-limits 写明，如 45,50。")
    return primary, junior


def _size_limits(limits: LimitsInForce) -> tuple[int, int, int]:
    single, combined = limits.whole("school_size_compulsory"), limits.whole("school_size_combined")
    if single is None or combined is None:
        raise WrongUseError("那一年没有已知的学校规模上限。", advice="请用 --size-limits 写明，如 2000,2000,2500。")
    return single, single, combined


def _entrants_of(entrants: YearFigures, regions: Mapping[str, None]) -> YearFigures:
    if EVERY_REGION not in entrants:
        return entrants
    if len(regions) > 1:
        raise WrongUseError(
            f"表里有 {len(regions)} 个县区，招生数要分县区给出。", advice="请用带“县区、年份、招生数”三列的 csv 文件。"
        )
    return {next(iter(regions)): entrants[EVERY_REGION]}


def _schools_by_year(frame: pl.DataFrame) -> dict[int, list[SchoolGrades]]:
    found: dict[int, list[SchoolGrades]] = {}
    for row in frame.iter_rows(named=True):
        name = str(row.get("school_name") or row.get("school_id") or "")
        school = SchoolGrades(
            str(row.get("school_id") or name),
            name,
            str(row.get("region_name") or row.get("region_code") or ""),
            tuple(_run(row.get(f"grade_{grade}"), row.get(f"classes_{grade}")) for grade in range(1, GRADE_COUNT + 1)),
            tuple(_number(row.get(f"classes_{grade}")) for grade in range(1, GRADE_COUNT + 1)),
        )
        if any(each is not None for each in school.pupils):
            found.setdefault(int(row.get("year") or 0), []).append(school)
    if not found:
        raise UnreadableInputError("表里没有任何年级的学生数。", advice="表头应有“一年级在校生数”等列。")
    return found


def _run(pupils: object, classes: object) -> float | None:
    """Return the pupils of a grade; no pupils and no classes is a grade that the school does not run."""
    count, rooms = _number(pupils), _number(classes)
    return None if not count and not rooms else count


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def parse_year_figures(text: str, name: str) -> YearFigures:
    """Return figures by region and year from `2025=1200,2026=1150`, or from a csv file with 年份 and a number.

    Raises:
        WrongUseError: the text is neither.
        UnreadableInputError: the csv lacks the columns or holds what is no number.
    """
    if Path(text).suffix.lower() == ".csv":
        return _figures_of_csv(Path(text))
    figures = {}
    for part in re.split(r"[,，;；]", text):
        found = re.fullmatch(r"\s*(\d{4})\s*=\s*(\d+(?:\.\d+)?)\s*", part)
        if found is None:
            raise WrongUseError(
                f"看不懂 {name} 的“{part.strip()}”。", advice="写成 2025=1200,2026=1150，或给出 csv 文件。"
            )
        figures[int(found[1])] = float(found[2])
    return {EVERY_REGION: figures}


def _figures_of_csv(path: Path) -> YearFigures:
    content = _text(path)
    lines = [line.split(",") for line in content.splitlines() if line.strip()]
    heads = [head.strip().strip('"') for head in lines[0]] if lines else []
    year = next((n for n, head in enumerate(heads) if head in ("年份", "年度")), None)
    region = next((n for n, head in enumerate(heads) if head in ("县区", "区县", "县区名称")), None)
    amount = next((n for n, head in enumerate(heads) if re.search(r"招生|入学|出生|新生|人数", head)), None)
    if year is None or amount is None:
        raise UnreadableInputError(f"{path.name} 缺少“年份”或“招生数”列。", advice="表头写成：县区,年份,招生数。")
    found: dict[str, dict[int, float]] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = [cell.strip().strip('"') for cell in line]
        try:
            count = float(cells[amount])
            when = int(cells[year].removesuffix("年"))
        except (ValueError, IndexError) as error:
            raise UnreadableInputError(
                f"{path.name} 第 {number} 行不是“年份、人数”。", advice="请改正后再试。"
            ) from error
        if count < 0:
            raise UnreadableInputError(f"{path.name} 第 {number} 行的人数 {count:g} 小于 0。")
        found.setdefault(cells[region] if region is not None else EVERY_REGION, {})[when] = count
    return found


def _text(path: Path) -> str:
    if not path.is_file():
        raise UnreadableInputError(f"找不到文件 {path}。", advice="请检查路径和文件名。")
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableInputError(f"{path.name} 的文字编码无法识别。", advice="请另存为 UTF-8 的 csv。")


def entrants_of_births(births: YearFigures, rate: float) -> YearFigures:
    """Return entrants by year: those born six years earlier, times the share of them that enters here."""
    return {
        region: {year + SCHOOL_AGE: count * rate for year, count in years.items()} for region, years in births.items()
    }


def parse_numbers(text: str, count: int, name: str) -> tuple[float, ...]:
    """Return so many numbers written with commas.

    Raises:
        WrongUseError: there are more or fewer, or one is no number.
    """
    parts = [part.strip() for part in re.split(r"[,，]", text)]
    if len(parts) != count or not all(re.fullmatch(r"\d+(\.\d+)?", part) for part in parts):
        raise WrongUseError(f"{name} 要写 {count} 个数，用逗号隔开，现在是“{text}”。")
    return tuple(map(float, parts))


def forecast_payload(found: Forecast, assumptions: Sequence[str]) -> dict[str, object]:
    """Return the forecast as the JSON of the command line; pupils are rounded to whole persons."""
    last = found.years[-1]
    return {
        "years": list(found.years),
        "assumptions": list(assumptions),
        "balances": [
            {
                "year": each.year,
                "region": each.region,
                "level": each.level,
                "pupils": round(each.pupils),
                "places": None if each.places is None else round(each.places),
                "missing": None if each.missing is None else round(each.missing),
                "schools_short": each.schools_short,
            }
            for each in found.balances
        ],
        "excesses": [
            {
                "kind": str(each.kind),
                "year": each.year,
                "region": each.region,
                "school_id": each.school_id,
                "school_name": each.school_name,
                "grade": each.grade,
                "value": round(each.value, 1),
                "limit": each.limit,
            }
            for each in found.excesses
        ],
        "facts": [
            {
                "name": each.name,
                "region": each.place,
                "period": each.period,
                "part": each.part,
                "value": None if each.value is None else int(Decimal(str(each.value))),
                "unit": each.unit,
                "method": each.source.method,
                "note": each.source.note,
            }
            for each in forecast_facts(found)
        ],
        "schools": [
            {
                "school_id": school.id,
                "name": school.name,
                "region": school.region,
                "pupils": {str(year): round(found.schools[year][place].total) for year in found.years},
            }
            for place, school in enumerate(found.schools[last])
        ],
    }
