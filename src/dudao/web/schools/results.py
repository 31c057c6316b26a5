"""The balance of the regions of a snapshot: computed once for each standard and method, then read."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from dudao.balance.model import CountyResult
from dudao.balance.result import KeptResult
from dudao.balance.standard import BalanceStandard, Method
from dudao.pipelines.balance import balance_table
from dudao.pipelines.balance_standards import STANDARDS, load_standard
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.table import Doubt, Table
from dudao.web.people.models import Region
from dudao.web.schools.county_json import county_of, detail_of, summary_of
from dudao.web.schools.files import content_of, frame_of, keep
from dudao.web.schools.models import CountyBalance, InUse, Snapshot

DEFAULT_STANDARD = "quality-2017"
MOST_YEARS = 10
"""So many years are looked back at in a trend."""


@lru_cache(maxsize=8)
def standard_of(name: str) -> BalanceStandard:
    """Return a national standard by its name, read once.

    Raises:
        WrongUseError: there is no such standard.
    """
    return load_standard(name)


@lru_cache(maxsize=8)
def basis_of(name: str) -> str:
    """Return what results by a standard rest on: its text and the program; another one means computing again."""
    try:
        program = version("dudao")
    except PackageNotFoundError:
        program = "source"
    text = STANDARDS[name].read_bytes()
    return hashlib.sha256(program.encode() + b"\0" + text).hexdigest()[:16]


def compute(snapshot: Snapshot, standard: str, method: Method) -> None:
    """Compute the balance of every region of a snapshot and keep it; what is there already is left alone."""
    found = balance_table(_table(snapshot), standard_of(standard), method=method, detail=True)
    regions = dict(Region.objects.filter(snapshot_parts__snapshot=snapshot).values_list("code", "pk"))
    chunks: list[bytes] = []
    rows: list[CountyBalance] = []
    offset = 0
    for county in found.counties:
        chunk = json.dumps(detail_of(county), ensure_ascii=False, separators=(",", ":")).encode()
        rows.append(
            CountyBalance(
                snapshot=snapshot,
                region_id=regions[county.region],
                standard=standard,
                method=str(method),
                basis=basis_of(standard),
                verdict=str(county.verdict),
                summary=summary_of(county),
                offset=offset,
                length=len(chunk),
            )
        )
        chunks.append(chunk)
        offset += len(chunk)
    detail = keep(b"".join(chunks))
    for row in rows:
        row.detail = detail
    CountyBalance.objects.bulk_create(rows, ignore_conflicts=True)


def _table(snapshot: Snapshot) -> Table:
    doubts = tuple(Doubt(*row) for row in snapshot.doubts)
    return Table(SCHOOLS, frame_of(snapshot.frame), (), doubts=doubts)


def balances(
    regions: Iterable[Region], years: Sequence[int], standard: str, method: Method
) -> dict[tuple[str, int], CountyBalance]:
    """Return the results of what is in use, by code and year; snapshots without results are computed now.

    The number of queries does not grow with regions and years once the results are there.
    """
    wanted = list(
        InUse.objects.filter(kind="schools", region__in=list(regions), year__in=list(years)).select_related("region")
    )
    known = _known(wanted, standard, method)
    lacking = {each.snapshot_id for each in wanted if (each.snapshot_id, each.region_id) not in known}
    for snapshot in Snapshot.objects.filter(pk__in=lacking):
        compute(snapshot, standard, method)
    if lacking:
        known = _known(wanted, standard, method)
    return {
        (each.region.code, each.year): known[each.snapshot_id, each.region_id]
        for each in wanted
        if (each.snapshot_id, each.region_id) in known
    }


def _known(wanted: Iterable[InUse], standard: str, method: Method) -> dict[tuple[int, int], CountyBalance]:
    rows = CountyBalance.objects.filter(
        snapshot__in={each.snapshot_id for each in wanted},
        standard=standard,
        method=str(method),
        basis=basis_of(standard),
    ).select_related("snapshot")
    return {(row.snapshot_id, row.region_id): row for row in rows}


def summary_county(row: CountyBalance) -> CountyResult:
    """Return the result of a region without its schools."""
    return county_of(row.summary)


def full_county(row: CountyBalance) -> CountyResult:
    """Return the result of a region with its schools.

    Raises:
        MissingTableError: the file of the details is gone or was changed.
    """
    content = content_of(row.detail)
    return county_of(row.summary, json.loads(content[row.offset : row.offset + row.length]))


def as_result(counties: Iterable[CountyResult], standard: str, method: Method) -> KeptResult:
    """Return counties as one result, for worksheets, pages and pictures."""
    return KeptResult(standard_of(standard), method, tuple(counties))
