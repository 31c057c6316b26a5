"""The tree of regions from the codes of GB/T 2260, as the build wrote them beside this file, with former codes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import F

from dudao.web.people.former_regions import dated_codes
from dudao.web.people.models import Region

DATA = Path(__file__).parent / "data" / "regions.json"
_LEVELS = ("nation", "province", "city", "county")
# Headings of the tables of codes, no places: nobody governs them and no school belongs to them.
COLLECTIVE = frozenset(
    {
        "市辖区",
        "县",
        "省直辖县级行政区划",
        "自治区直辖县级行政区划",
        "省直辖县级行政单位",
        "省直辖行政单位",
    }
)


@dataclass(frozen=True, slots=True)
class RegionCode:
    """A region of the standard: its code, name, level, the code of the region it belongs to (empty at the top),
    and the dates of the revisions between which the code stood; None is open.
    """

    code: str
    name: str
    level: str
    parent: str
    valid_from: date | None = None
    valid_to: date | None = None


def built_regions() -> tuple[RegionCode, ...]:
    """Return the regions the build wrote; empty when the assets were not built."""
    if not DATA.exists():
        return ()
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(RegionCode(row["code"], row["name"], row["level"], row["parent"]) for row in rows)


def dated_regions() -> tuple[RegionCode, ...]:
    """Return the regions in force and the former ones, each with its dates.

    A former code belongs to the city or province its digits name. A code that the newest revision lists and the
    build does not was given up at a date that neither says: its `valid_to` is that of the newest revision.
    """
    dated = dated_codes()
    newest = max(row.last for row in dated.values() if row.last)
    current = {row.code: row for row in built_regions()}
    rows = {
        code: RegionCode(code, row.name, row.level, row.parent, dated[code].first if code in dated else None)
        for code, row in current.items()
    }
    for code, row in sorted(dated.items(), key=lambda pair: (_level(pair[0]) != "province", pair[0])):
        if code in rows or row.name in COLLECTIVE:
            continue
        level = _level(code)
        last = row.last or (newest if current else None)
        rows[code] = RegionCode(code, row.name, level, "", row.first, last)
    return tuple(
        row if row.parent or row.level == "province" else _placed(row, rows)
        for row in sorted(rows.values(), key=lambda each: each.code)
        if row.level == "province" or row.parent or row.code[:2] + "0000" in rows
    )


def _placed(row: RegionCode, rows: dict[str, RegionCode]) -> RegionCode:
    city = row.code[:4] + "00"
    parent = city if row.level == "county" and city in rows else row.code[:2] + "0000"
    return RegionCode(row.code, row.name, row.level, parent, row.valid_from, row.valid_to)


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


@transaction.atomic
def add_regions(rows: Iterable[RegionCode]) -> int:
    """Add the regions that are not there yet, parents before children, and return how many were added.

    Codes never move: a region that is there keeps its row and its name; only dates that it lacks are filled in.
    """
    wanted = {row.code: row for row in rows}
    known = {region.code: region for region in Region.objects.all()}
    _date(wanted, known)
    return _lay_out([row for code, row in wanted.items() if code not in known], known)


def _date(wanted: dict[str, RegionCode], known: dict[str, Region]) -> None:
    dated = []
    for code, region in known.items():
        row = wanted.get(code)
        if row and (region.valid_from, region.valid_to) == (None, None) and (row.valid_from or row.valid_to):
            region.valid_from, region.valid_to = row.valid_from, row.valid_to
            dated.append(region)
    Region.objects.bulk_update(dated, ["valid_from", "valid_to"], batch_size=500)


def _lay_out(rows: list[RegionCode], known: dict[str, Region]) -> int:
    """Write all new nodes at once: paths follow those of the siblings that are there."""
    last_step: dict[str, int] = {}
    for region in known.values():
        parent, step = region.path[:-4], Region._str2int(region.path[-4:])
        last_step[parent] = max(last_step.get(parent, 0), step)
    made: dict[str, Region] = {}
    more_children: dict[int, int] = {}
    for row in sorted(rows, key=lambda each: (_LEVELS.index(each.level), each.code)):
        parent_node = made.get(row.parent) or known.get(row.parent)
        if row.parent and parent_node is None:
            raise ValueError(f"region {row.code} belongs to {row.parent}, which is not there")
        above = parent_node.path if parent_node else ""
        last_step[above] = last_step.get(above, 0) + 1
        made[row.code] = Region(
            path=Region._get_path(above, len(above) // 4 + 1, last_step[above]),
            depth=len(above) // 4 + 1,
            code=row.code,
            name=row.name,
            level=row.level,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        if parent_node is None:
            continue
        if parent_node.pk is None:
            parent_node.numchild += 1
        else:
            more_children[parent_node.pk] = more_children.get(parent_node.pk, 0) + 1
    Region.objects.bulk_create(made.values(), batch_size=1000)
    for key, count in more_children.items():
        Region.objects.filter(pk=key).update(numchild=F("numchild") + count)
    return len(made)
