"""Templates are read back as what they are; last year fills in names, not figures."""

from pathlib import Path

import openpyxl
import pytest

from dudao.tables.catalogue import KINDS
from dudao.tables.grids import read_grids
from dudao.tables.header import find_header
from dudao.tables.kinds.schools import SCHOOLS
from dudao.tables.read import read_table
from dudao.tables.template import write_template
from tests.tables.sheets import Cell, write_xlsx


@pytest.mark.parametrize("name", list(KINDS))
def test_every_heading_of_a_template_is_understood(tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    write_template(kind, tmp_path / "a.xlsx")
    header = find_header(kind, next(iter(read_grids(tmp_path / "a.xlsx"))))
    assert header is not None
    assert [header.matches[index].column.name for index in sorted(header.matches)] == list(kind.names())


def test_last_year_fills_in_names_and_keeps_figures_apart(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["年份", "学校标识码", "学校名称", "县区", "办学类型", "办别", "在校生数"],
        [2023, "2121000001", "甲小学", "甲县", "小学", "公办", 300],
    ]
    last = read_table(write_xlsx(tmp_path / "last.xlsx", rows))
    assert write_template(SCHOOLS, tmp_path / "a.xlsx", last=last) == 1
    table = read_table(tmp_path / "a.xlsx")
    names = ("year", "school_id", "school_name", "region", "school_type", "ownership", "pupils")
    assert table.frame.select(names).rows() == [(2024, "2121000001", "甲小学", "甲县", "211", "public", None)]
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["上年数据（参考）"]
    assert 300 in [cell.value for cell in page[2]]
