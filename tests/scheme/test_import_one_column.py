"""Tables that name the items of all levels in one column: the style of the number tells the level."""

from decimal import Decimal
from pathlib import Path

import pytest

from dudao.pipelines.import_scheme import import_scheme
from dudao.scheme.checks.every import check_scheme
from dudao.scheme.import_table import ImportWishes
from dudao.scheme.model import Indicator, Point
from tests.scheme.layouts import Sheet, write_docx

LAYOUTS = {
    "a column of numbers in two styles": [
        ["序号", "评估内容", "标准分", "评分办法"],
        ["一", "党的领导", "10", ""],
        ["1", "机构", "4", "健全得4分"],
        ["2", "会议", "6", "少一次扣1分"],
        ["二", "投入", "20", ""],
        ["1", "经费", "20", "每低1个百分点扣2分"],
        ["", "总计", "30", ""],
    ],
    "dotted numbers in the names": [
        ["指标", "分值", "要求"],
        ["1 党的领导", "10", ""],
        ["1.1 机构", "4", "建立"],
        ["1.2 会议", "6", "研究"],
        ["2 投入", "20", ""],
        ["2.1 经费", "20", "增长"],
    ],
    "groups with points in their names right below the header": [
        ["指标", "分值", "指标要求"],
        ["一、党的领导类指标（10分）", "", ""],
        ["1.机构", "4", "建立"],
        ["2.会议", "6", "研究"],
        ["二、投入（20分）", "", ""],
        ["3.经费", "20", "增长"],
    ],
}


def tree(items: tuple[Indicator | Point, ...]) -> list[object]:
    return [
        (item.name, item.full_points, tree(item.children))
        if isinstance(item, Indicator)
        else (item.name, item.full_points)
        for item in items
    ]


@pytest.mark.parametrize("name", LAYOUTS)
def test_levels_are_told_by_the_numbers(tmp_path: Path, name: str) -> None:
    file = write_docx(tmp_path / "指标.docx", Sheet(LAYOUTS[name], [], "某省2024年对县级政府履职评价指标"))
    draft = import_scheme(file, wishes=ImportWishes(), this_year=2024)
    first = "党的领导类指标" if "类指标" in LAYOUTS[name][1][0] else "党的领导"
    assert tree(draft.scheme.indicators) == [
        (first, Decimal(10), [("机构", Decimal(4)), ("会议", Decimal(6))]),
        ("投入", Decimal(20), [("经费", Decimal(20))]),
    ]
    assert draft.scheme.full_points == Decimal(30)
    assert check_scheme(draft.scheme) == []
