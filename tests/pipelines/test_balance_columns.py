"""A column that a standard needs and a table has not is told once, with what it may be called in the table."""

from pathlib import Path

from dudao.pipelines.balance import balance_file
from dudao.pipelines.balance_standards import load_standard
from tests.tables.office_layout_list import plain
from tests.tables.office_layouts import county
from tests.tables.sheets import Cell, write_xlsx


def test_a_lacking_column_is_named_with_those_not_used(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["县区", "学校名称", "办学类型", "在校生数", "教学及辅助用房面积", "操场和馆"],
        ["甲县", "甲小学", "小学", 300, 2000, 3000],
    ]
    result = balance_file(write_xlsx(tmp_path / "表.xlsx", rows), load_standard("quality-2017"))
    told = [issue for issue in result.issues if issue.code == "balance.column_lacking"]
    [sports] = [issue for issue in told if "体育运动场馆面积" in issue.message]
    assert "生均体育运动场馆面积" in sports.message
    assert "“操场和馆”" in sports.remedy
    assert not [issue for issue in told if "教学及辅助用房面积" in issue.message]


def test_a_complete_table_lacks_nothing(tmp_path: Path) -> None:
    result = balance_file(plain(county(), tmp_path).path, load_standard("quality-2017"))
    assert not [issue for issue in result.issues if issue.code == "balance.column_lacking"]
