"""Random tables of schools, with combined schools, gaps and every type."""

import random
from typing import Any

import polars as pl

SECTIONS = {
    "211": ("primary",),
    "218": ("primary",),
    "311": ("junior",),
    "312": ("primary", "junior"),
    "341": ("junior", "senior"),
    "345": ("primary", "junior", "senior"),
    "342": ("senior",),
    "514": (),
}
TEACHERS = ("full_time_teachers", "above_degree_teachers", "mid_title_teachers", "backbone_teachers", "pe_art_teachers")
AREAS = ("teaching_area", "indoor_sports_area", "sports_area")
SHARED = (*AREAS, "equipment_value", "computers", "books", "multimedia_rooms")

SCHEMA = {
    "year": pl.Int64,
    **dict.fromkeys(
        ("region_code", "region_name", "school_id", "school_name", "school_type", "urban_rural", "ownership"), pl.String
    ),
    **dict.fromkeys(
        (
            "pupils",
            *(f"pupils_{section}" for section in ("primary", "junior", "senior")),
            *TEACHERS,
            *(f"{name}_{section}" for name in TEACHERS for section in ("primary", "junior", "senior")),
            *SHARED,
        ),
        pl.Float64,
    ),
}


def random_schools(*, seed: int, schools: int, counties: int, missing: float = 0.0) -> pl.DataFrame:
    """Return a table of schools; a share of the figures is missing."""
    source = random.Random(seed)
    rows = [_school(source, number, counties, missing) for number in range(schools)]
    return pl.DataFrame(rows, schema=SCHEMA)


def _school(source: random.Random, number: int, counties: int, missing: float) -> dict[str, Any]:
    kind = source.choices(list(SECTIONS), weights=[50, 6, 20, 12, 4, 3, 2, 2])[0]
    county = source.randrange(counties)
    row: dict[str, Any] = {
        "year": 2023,
        "region_code": str(210100 + county),
        "region_name": f"第{county}县",
        "school_id": f"2121{number:06d}",
        "school_name": f"第{number}学校",
        "school_type": kind,
        "urban_rural": source.choice(["111", "121", "220", None]),
        "ownership": source.choices(["public", "private"], weights=[9, 1])[0],
    }
    sections = SECTIONS[kind]
    pupils = {section: source.choice([0, 12, source.randrange(30, 1500)]) for section in sections}

    def told(value: float) -> float | None:
        return None if source.random() < missing else value

    row["pupils"] = told(float(sum(pupils.values())))
    for section, count in pupils.items():
        if len(sections) > 1 or source.random() < 0.5:
            row[f"pupils_{section}"] = told(float(count))
        for name in TEACHERS:
            figure = told(float(source.randrange(0, 3 + count // 12)))
            row[f"{name}_{section}" if len(sections) > 1 or source.random() < 0.5 else name] = figure
    for name in SHARED:
        row[name] = told(round(source.uniform(0.5, 20) * (1 + sum(pupils.values())), 1))
    if row["indoor_sports_area"] is not None:
        row["indoor_sports_area"] = source.choice([0.0, 0.01]) * row["indoor_sports_area"]
    return row
