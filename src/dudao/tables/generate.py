"""School tables that look real and name nobody: for measuring, for demonstrations, for trying things out.

Everything is drawn from a seed, county group by county group, so that twenty million rows need no more memory
than one group. Names are systematic and codes have city numbers from 60 to 89, which no place of the country has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dudao.errors import WrongUseError
from dudao.tables.codes import PROVINCES

_GROUP_ROWS = 250_000
_COUNTY_LIMIT = 80_000

_TYPES = ("211", "218", "311", "312", "341", "345")
_TYPE_SHARES = {True: (0.56, 0.02, 0.24, 0.09, 0.07, 0.02), False: (0.42, 0.33, 0.13, 0.08, 0.03, 0.01)}
_TYPE_NAMES = ("小学", "教学点", "初级中学", "九年一贯制学校", "完全中学", "十二年一贯制学校")
_TYPE_SECTIONS = ((1, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0), (0, 1, 1), (1, 1, 1))
_SETTINGS = ("111", "112", "121", "122", "210", "220")
_SETTING_SHARES = (0.16, 0.06, 0.2, 0.1, 0.13, 0.35)
_SETTING_SIZES = (1450.0, 900.0, 1000.0, 600.0, 300.0, 150.0)
_SECTIONS = ("primary", "junior", "senior")

_TEACHERS = (
    # column, what a level usually has for 100 pupils (primary, junior, senior)
    ("full_time_teachers", (6.1, 7.9, 8.2)),
    ("above_degree_teachers", (5.6, 6.9, 1.1)),
    ("mid_title_teachers", (2.9, 4.0, 4.2)),
    ("backbone_teachers", (1.35, 1.5, 1.6)),
    ("pe_art_teachers", (1.15, 1.2, 0.8)),
)
_GOODS = (
    # column, for one pupil, spread between schools, decimals
    ("teaching_area", 6.6, 0.30, 1),
    ("sports_area", 11.5, 0.42, 1),
    ("equipment_value", 2900.0, 0.34, 0),
    ("computers", 0.17, 0.33, 0),
    ("books", 31.0, 0.30, 0),
    ("multimedia_rooms", 0.034, 0.25, 0),
)
_MISSING = 0.0008
_PROVINCE_COUNT = 31
_ID_CATEGORIES = ("21", "21", "31", "31", "34", "34")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NationSize:
    """How large the made-up nation is: schools in each year, counties, years up to `last_year`, and the seed."""

    schools: int
    counties: int
    years: int = 1
    seed: int = 1
    last_year: int = 2024

    def __post_init__(self) -> None:
        if not 1 <= self.counties <= min(self.schools, _COUNTY_LIMIT):
            raise WrongUseError(
                f"县区数 {self.counties} 不合适：至少 1 个，不多于学校数 {self.schools}，不多于 {_COUNTY_LIMIT}。"
            )
        if not 1 <= self.years <= 30:
            raise WrongUseError(f"年数 {self.years} 不合适：请在 1 到 30 之间选。")


def generate_schools(size: NationSize) -> Iterator[pl.DataFrame]:
    """Yield the schools of one group of counties after the other, all their years, in canonical columns."""
    counts = _schools_by_county(size)
    first_of = np.concatenate(([0], np.cumsum(counts)))
    group: list[int] = []
    rows = 0
    for county in range(size.counties):
        group.append(county)
        rows += int(counts[county]) * size.years
        if rows >= _GROUP_ROWS or county == size.counties - 1:
            yield _group(size, group, counts, first_of)
            group, rows = [], 0


def write_schools(size: NationSize, path: Path) -> int:
    """Write the nation to a parquet file group by group and return the number of rows."""
    import pyarrow.parquet as pq

    rows = 0
    writer = None
    try:
        for frame in generate_schools(size):
            table = frame.to_arrow()
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
            rows += frame.height
    finally:
        if writer is not None:
            writer.close()
    return rows


def _schools_by_county(size: NationSize) -> NDArray[np.int64]:
    random = np.random.default_rng([size.seed, 0])
    weights = random.lognormal(0.0, 0.55, size.counties)
    spare = size.schools - size.counties
    exact = weights / weights.sum() * spare
    counts = np.floor(exact).astype(np.int64)
    rest = spare - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:rest]] += 1
    return np.asarray(counts + 1, dtype=np.int64)


def _group(
    size: NationSize, counties: list[int], counts: NDArray[np.int64], first_of: NDArray[np.int64]
) -> pl.DataFrame:
    random = np.random.default_rng([size.seed, 1, counties[0]])
    county = np.repeat(np.array(counties), counts[counties])
    number = np.concatenate([np.arange(1, counts[each] + 1) for each in counties])
    serial = first_of[county] + number
    schools = len(county)
    wealth = random.normal(0.0, 0.12, max(counties) + 1)[county]
    setting = random.choice(len(_SETTINGS), schools, p=_SETTING_SHARES)
    urban = setting < 4
    kind = np.where(
        urban,
        random.choice(len(_TYPES), schools, p=_TYPE_SHARES[True]),
        random.choice(len(_TYPES), schools, p=_TYPE_SHARES[False]),
    )
    pupils = _pupils(random, kind, setting)
    private = random.random(schools) < np.where(urban, 0.05, 0.01)
    drift = np.where(urban, 0.012, -0.03) + random.normal(0.0, 0.02, schools)
    resources = _Resources(random, pupils, setting, wealth)
    codes = [_region_code(each, size.counties) for each in county.tolist()]
    ids = [
        f"{_ID_CATEGORIES[k]}{code[:2]}{each % 1_000_000:06d}"
        for k, code, each in zip(kind.tolist(), codes, serial.tolist(), strict=True)
    ]
    frames = []
    for year in range(size.last_year - size.years + 1, size.last_year + 1):
        past = size.last_year - year
        now = np.maximum(np.rint(pupils * (1.0 - drift[:, None]) ** past), np.where(pupils > 0, 3, 0))
        columns: dict[str, object] = {
            "year": np.full(schools, year, dtype=np.int64),
            "region": codes,
            "region_code": codes,
            "region_name": [f"第{each + 1:04d}县" for each in county],
            "school_id": ids,
            "school_name": [
                f"第{c + 1:04d}县第{n:03d}{_TYPE_NAMES[k]}" for c, n, k in zip(county, number, kind, strict=True)
            ],
            "school_type": [_TYPES[each] for each in kind],
            "urban_rural": [_SETTINGS[each] for each in setting],
            "ownership": np.where(private, "private", "public").tolist(),
            "pupils": now.sum(axis=1),
        }
        columns.update({f"pupils_{section}": now[:, place] for place, section in enumerate(_SECTIONS)})
        columns.update(resources.in_year(random, now, past))
        columns["largest_class"] = np.rint(np.clip(24 + 0.018 * now.sum(axis=1) + random.normal(0, 5, schools), 1, 75))
        columns["rural_small"] = ~urban & (now.sum(axis=1) < 100)
        frames.append(pl.DataFrame(columns))
    return pl.concat(frames)


def _region_code(county: int, counties: int) -> str:
    """Return a code of the usual shape: provinces hold neighbouring counties, city numbers from 60 on."""
    provinces = sorted(PROVINCES)[:_PROVINCE_COUNT]
    place = county * len(provinces) // counties
    first = -(-place * counties // len(provinces))
    city, number = divmod(county - first, 99)
    return f"{provinces[place]}{60 + city:02d}{number + 1:02d}"


def _pupils(random: np.random.Generator, kind: NDArray[np.int64], setting: NDArray[np.int64]) -> Numbers:
    """Return pupils by section: lognormal around what the setting usually has, teaching points small."""
    sections = np.array(_TYPE_SECTIONS, dtype=float)[kind]
    usual = np.array(_SETTING_SIZES)[setting]
    size = usual * random.lognormal(0.0, 0.5, len(kind))
    size = np.where(kind == 1, np.minimum(size * 0.3, random.lognormal(3.4, 0.6, len(kind))), size)
    shares = sections * random.uniform(0.7, 1.3, sections.shape) * np.array([1.0, 0.75, 0.8])
    together = np.where(sections.sum(axis=1) > 1, 1.35, 1.0)
    size = np.clip(size, 6, 5200) * together
    spread = np.rint(size[:, None] * shares / shares.sum(axis=1, keepdims=True))
    return np.asarray(np.maximum(spread, sections * 3), dtype=np.float64)


class _Resources:
    """What each school has, kept over the years: fixed abilities drawn once, amounts following the pupils slowly."""

    def __init__(
        self, random: np.random.Generator, pupils: Numbers, setting: NDArray[np.int64], wealth: Numbers
    ) -> None:
        self.pupils = pupils
        total = pupils.sum(axis=1)
        # small rural schools have more of everything for each pupil, crowded ones in towns less
        self.crowding = np.clip((np.maximum(total, 20) / 700.0) ** -0.16, 0.78, 1.75)
        self.wealth = np.exp(wealth)
        self.teachers = {name: random.lognormal(0.0, 0.2, len(total)) for name, _ in _TEACHERS}
        self.goods = {name: random.lognormal(0.0, spread, len(total)) for name, _, spread, _ in _GOODS}
        self.rural = (setting >= 4).astype(float)

    def in_year(self, random: np.random.Generator, now: Numbers, past: int) -> dict[str, Numbers | pl.Series]:
        found: dict[str, Numbers | pl.Series] = {}
        sections = self.pupils > 0
        combined = sections.sum(axis=1) > 1
        slow = 0.5 * (now + self.pupils)
        full_time = np.zeros_like(now)
        for name, usual in _TEACHERS:
            factor = self.teachers[name] * self.crowding * self.wealth * 0.985**past
            factor = factor * (1.0 - 0.12 * self.rural) if name == "backbone_teachers" else factor
            amounts = np.rint(slow * np.array(usual) / 100.0 * factor[:, None])
            amounts = np.where(sections, amounts, 0.0)
            if name == "full_time_teachers":
                full_time = amounts = np.where(sections, np.maximum(amounts, 1.0), 0.0)
            amounts = np.minimum(amounts, full_time)
            lost = (random.random(amounts.shape) < _MISSING) & sections
            found[name] = _blank(amounts.sum(axis=1), np.asarray(lost.any(axis=1)))
            for place, section in enumerate(_SECTIONS):
                absent = lost[:, place] | ~(combined & sections[:, place])
                found[f"{name}_{section}"] = _blank(amounts[:, place], absent)
        total = slow @ np.array([1.0, 1.15, 1.3])
        for name, usual_good, _, decimals in _GOODS:
            grown = 0.97**past if name in ("equipment_value", "computers", "multimedia_rooms") else 0.995**past
            amount = total * usual_good * self.goods[name] * self.crowding * self.wealth * grown
            found[name] = _with_missing(random, np.round(amount, decimals))
        return found


def _with_missing(random: np.random.Generator, amounts: Numbers) -> pl.Series:
    return _blank(amounts, random.random(len(amounts)) < _MISSING)


def _blank(amounts: Numbers, absent: NDArray[np.bool_]) -> pl.Series:
    return pl.Series(np.where(absent, np.nan, amounts)).fill_nan(None)
