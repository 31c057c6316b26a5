"""An uploaded file → the rows that may be taken, every problem, and how its columns were understood."""

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from dudao.tables.catalogue import KINDS
from dudao.tables.problems import Problems
from dudao.tables.read import read_table, with_region
from dudao.tables.table import Doubt, SheetColumn, Table
from dudao.web.refusals import InvalidValueError
from dudao.web.schools.problem_report import report_of
from dudao.web.schools.units import Asked, placed
from dudao.web.uploads.inspection import TITLES

SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/x-ole-storage": ".xls",
    "text/plain": ".csv",
}
"""The kinds of content that can hold a table, and what a reader calls them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file.

    Attributes:
        frame: the rows that may be taken, under codes and names of their regions and the asked year.
        columns: the columns of the sheets, used or not.
        report: every problem, as `problem_report` keeps it.
        obstacles: why nothing can be taken, in words; empty when it can.
        parts: rows by code of their region.
        doubts: rows that make their region unsure.
    """

    frame: pl.DataFrame
    columns: tuple[SheetColumn, ...]
    report: list[dict[str, Any]]
    obstacles: tuple[str, ...]
    parts: Mapping[str, int]
    doubts: tuple[Doubt, ...]


def require_table(media: str, name: str) -> None:
    """Let pass only content that can hold a table.

    Raises:
        InvalidValueError: it is a document or a picture; says what can be uploaded.
    """
    if media not in SUFFIXES:
        raise InvalidValueError(
            _("“%(name)s”是%(media)s，不是数据表。") % {"name": name, "media": TITLES.get(media, _("其他类型的文件"))},
            advice=_("请上传 xlsx、xls 或 csv 文件。"),
        )


def read_upload(content: bytes, media: str, name: str, kind: str, asked: Asked, assigned: Mapping[str, str]) -> Reading:
    """Return what an uploaded file holds for a region and year.

    Raises:
        UnreadableInputError: the file cannot be opened, or no sheet has the headings of this kind of table.
    """
    with tempfile.TemporaryDirectory(prefix="dudao-table-") as folder:
        path = Path(folder) / _readable(name, media)
        path.write_bytes(content)
        table = read_table(path, KINDS[kind], assigned=assigned)
    problems = Problems(name)
    frame = table.frame
    if "region" not in frame.columns:
        frame = with_region(frame, dict(table.headings or {}), problems)
    kept = placed(frame, asked, table.headings or {}, problems)
    counts = kept.group_by("region").len().sort("region").rows() if kept.height else []
    return Reading(
        frame=kept,
        columns=table.columns,
        report=report_of((*table.groups, *problems.groups.values()), table.remarks),
        obstacles=tuple(_obstacles(table, kept, asked)),
        parts=dict(counts),
        doubts=table.doubts,
    )


def _readable(name: str, media: str) -> str:
    """Return a file name whose ending says what the content is, whatever it was called."""
    stem = Path(name).stem[:80] or "数据表"
    suffix = SUFFIXES[media]
    own = Path(name).suffix.lower()
    return stem + (own if media == "text/plain" and own == ".tsv" else suffix)


def _obstacles(table: Table, kept: pl.DataFrame, asked: Asked) -> Iterable[str]:
    read = {column.meaning for column in table.columns}
    for column in table.kind.columns:
        if column.required and column.name not in read:
            yield _("缺少“%(title)s”列，请在“列名对应”中指定，或补上这一列后重新上传") % {"title": column.title}
    nameless = not {"region_code", "region_name"} & set(table.frame.columns)
    if nameless and len(asked.units) != 1:
        yield _("%(name)s有多个县区，表中没有“县区”列，不知道各行属于哪个县区") % {"name": asked.region.name}
    elif kept.is_empty():
        yield _("没有可以入库的行")


def headings_hash(columns: Iterable[SheetColumn]) -> str:
    """Return the hash of a set of headings, whatever their order."""
    words = sorted({column.heading for column in columns})
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
