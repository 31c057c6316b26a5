"""School table → county → cheapest plan that meets the standard, with limits and prices written by people."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import polars as pl

from dudao.balance.optimise.model import Bound, County, Freedom, Goal, Plan
from dudao.balance.optimise.prepare import prepare_county
from dudao.balance.optimise.solve import Progress, optimise
from dudao.balance.standard import BalanceStandard, Method
from dudao.errors import WrongUseError
from dudao.issues import Issue
from dudao.pipelines.balance_selection import select_county
from dudao.tables.headings import match_heading
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.read import read_table

ASSUMED_PRICES: Mapping[str, float] = MappingProxyType(
    {
        "teaching_area": 3000.0,
        "sports_area": 400.0,
        "equipment_value": 1.0,
        "multimedia_rooms": 40000.0,
        "computers": 4500.0,
        "books": 20.0,
    }
)
"""Yuan for one unit, assumed so that a first plan can be made; no document sets them, every office has its own."""

_EVERY = "*"


def optimise_file(
    path: Path,
    standard: BalanceStandard,
    freedom: Freedom,
    *,
    region: str = "",
    year: int | None = None,
    method: Method | None = None,
    indicators: Sequence[str] = (),
    limits: Sequence[str] = (),
    forbidden: Sequence[str] = (),
    solver: str = "",
    tell: Callable[[Progress], None] | None = None,
) -> tuple[County, Freedom, Plan, tuple[Issue, ...]]:
    """Return the county as read, the freedom with limits and forbidden pairs, the plan, what reading found."""
    table = read_table(path)
    schools = select_county(table.frame, region=region, year=year)
    county, complete, plan = optimise_schools(
        schools,
        standard,
        freedom,
        method=method,
        indicators=indicators,
        limits=limits,
        forbidden=forbidden,
        solver=solver,
        tell=tell,
    )
    return county, complete, plan, table.issues


def optimise_schools(
    schools: pl.DataFrame,
    standard: BalanceStandard,
    freedom: Freedom,
    *,
    method: Method | None = None,
    indicators: Sequence[str] = (),
    limits: Sequence[str] = (),
    forbidden: Sequence[str] = (),
    solver: str = "",
    tell: Callable[[Progress], None] | None = None,
) -> tuple[County, Freedom, Plan]:
    """Return the county, the freedom with limits and forbidden pairs as written, and the plan, for one year's schools.

    Raises:
        WrongUseError: a limit or pair cannot be read, or the schools cannot be judged.
    """
    county = prepare_county(schools, standard, method=method, indicators=indicators)
    within = limited(schools, freedom, limits, forbidden)
    complete = replace(within, weighted=(method or standard.method) is Method.WEIGHTED)
    return county, complete, optimise(county, complete, solver=solver, tell=tell)


def limited(schools: pl.DataFrame, freedom: Freedom, limits: Sequence[str], forbidden: Sequence[str]) -> Freedom:
    """Return the freedom with limits and forbidden pairs as written, of the schools of one year.

    Raises:
        WrongUseError: a limit or pair cannot be read, or names a school or column that is not there.
    """
    names = _school_names(schools)
    bounds, every = parse_limits(limits, names)
    pairs = frozenset(_pair(text, names) for text in forbidden)
    return replace(freedom, bounds=bounds, every_school=every, forbidden=pairs)


def parse_order(text: str) -> tuple[Goal, ...]:
    """Return the goals written as `added,moved,yuan`; those not named follow in their usual order.

    Raises:
        WrongUseError: a word is no goal, or one is named twice.
    """
    words = [word.strip() for word in re.split(r"[,，、]", text) if word.strip()]
    unknown = [word for word in words if word not in set(Goal)]
    if unknown or len(words) != len(set(words)):
        raise WrongUseError(
            f"目标顺序“{text}”不对。",
            advice="可用 added（新增教师）、moved（调配教师）、yuan（投入），用逗号隔开，各写一次。",
        )
    named = [Goal(word) for word in words]
    return (*named, *(goal for goal in Goal if goal not in named))


def parse_prices(texts: Sequence[str]) -> dict[str, float]:
    """Return yuan by resource from texts like 教学及辅助用房面积=3200, on top of the assumed prices.

    Raises:
        WrongUseError: no such column, or the price is no positive number.
    """
    prices = dict(ASSUMED_PRICES)
    for text in texts:
        heading, equals, value = text.partition("=")
        if not equals or not re.fullmatch(r"\d+(\.\d+)?", value.strip()) or float(value) <= 0:
            raise WrongUseError(f"看不懂单价“{text}”。", advice="写成：列名=每单位多少元，如 教学及辅助用房面积=3200。")
        prices[_column(heading)] = float(value)
    return prices


def parse_limits(
    texts: Sequence[str], names: Mapping[str, str]
) -> tuple[dict[tuple[str, str], Bound], dict[str, Bound]]:
    """Return limits by (school, resource) and limits of every school from texts like 第一小学/骨干教师/调出=2.

    Raises:
        WrongUseError: a text is not of this form, or names an unknown school or column.
    """
    bounds: dict[tuple[str, str], Bound] = {}
    every: dict[str, Bound] = {}
    fields = {"增加": "most_added", "调出": "most_out", "调入": "most_in"}
    for text in texts:
        found = re.fullmatch(r"(.+)/([^/]+)/(增加|调出|调入)\s*=\s*(\d+(?:\.\d+)?)", text.strip())
        if found is None:
            raise WrongUseError(
                f"看不懂限制“{text}”。",
                advice="写成：学校/列名/增加=数（或调出、调入）；学校写 * 表示每所。如 第一小学/骨干教师/调出=2。",
            )
        school, resource, value = found[1].strip(), _column(found[2]), float(found[4])
        if school == _EVERY:
            every[resource] = _with(every.get(resource, Bound()), fields[found[3]], value)
        else:
            key = (_school(school, names), resource)
            bounds[key] = _with(bounds.get(key, Bound()), fields[found[3]], value)
    # a school of its own limits keeps those of every school where it names none
    for (school, resource), own in bounds.items():
        common = every.get(resource, Bound())
        bounds[school, resource] = Bound(
            common.most_added if own.most_added is None else own.most_added,
            common.most_out if own.most_out is None else own.most_out,
            common.most_in if own.most_in is None else own.most_in,
        )
    return bounds, every


def _with(bound: Bound, name: str, value: float) -> Bound:
    return Bound(
        value if name == "most_added" else bound.most_added,
        int(value) if name == "most_out" else bound.most_out,
        int(value) if name == "most_in" else bound.most_in,
    )


def _pair(text: str, names: Mapping[str, str]) -> tuple[str, str]:
    giver, arrow, receiver = text.replace("→", "->").partition("->")
    if not arrow:
        raise WrongUseError(f"看不懂“{text}”。", advice="写成：调出学校->调入学校。")
    return _school(giver.strip(), names), _school(receiver.strip(), names)


def _column(heading: str) -> str:
    heading = heading.strip()
    if heading in SCHOOLS.names():
        return heading
    match = match_heading(SCHOOLS, [heading])
    if match is None:
        raise WrongUseError(f"学校表没有“{heading}”这一列。", advice="列名与 dudao balance template 写出的表头相同。")
    return match.column.whole or match.column.name


def _school(wanted: str, names: Mapping[str, str]) -> str:
    if wanted in names:
        return wanted
    found = [school for school, name in names.items() if name == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongUseError(f"有 {len(found)} 所学校叫“{wanted}”。", advice="请改用学校标识码。")
    raise WrongUseError(f"表里没有学校“{wanted}”。", advice="请核对名称或改用学校标识码。")


def _school_names(schools: pl.DataFrame) -> dict[str, str]:
    columns = [name for name in ("school_id", "school_name") if name in schools.columns]
    found = {}
    for row in schools.select(columns).iter_rows(named=True):
        name = str(row.get("school_name") or "")
        found[str(row.get("school_id") or name)] = name
    return found
