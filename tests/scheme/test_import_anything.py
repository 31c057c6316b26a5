"""Whatever stands in a table, an import ends with a sound draft or with the reason why there is none."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.issues import Level
from dudao.scheme.checks.every import check_scheme
from dudao.scheme.import_table import ImportWishes, import_tables
from dudao.scheme.load import load_scheme
from dudao.scheme.table_import.grid import PlainTable, TableCell
from dudao.scheme.write_pack import pack_files

HEADERS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "评价内容",
    "分值",
    "评分标准",
    "责任单位",
    "佐证材料",
    "自评得分",
    "备注",
    "",
]
TEXTS = [
    "",
    "一、领导（10分）",
    "（一）经费",
    "1.会议(4分)",
    "1.会议(4分)",
    "2.1 机构",
    "A1 组织 5分",
    "合计",
    "小计",
    "100",
    "5",
    "0",
    "-3",
    "2.5分",
    "酌情",
    "加分项",
    "一票否决",
    "注：说明",
    "教育局、财政局",
    "牵头单位：",
    "一级指标",
    "分值",
    "第二部分 保障",
    '引号"和\\反斜杠: #',
    "- 列表",
    "true",
    "长" * 200,
    "多行\n文字\n（3分）",
    "（）",
    "分",
    "１２．５",
    "\x07控制",
]


@st.composite
def any_table(draw: st.DrawFn) -> PlainTable:
    columns = draw(st.integers(1, 6))
    rows = draw(st.integers(1, 8))
    cells = []
    if draw(st.booleans()):
        cells += [TableCell(draw(st.sampled_from(HEADERS)), 0, column) for column in range(columns)]
    taken = {(cell.row, cell.column) for cell in cells}
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken or draw(st.integers(0, 5)) == 0:
                continue
            down = draw(st.sampled_from([1, 1, 1, 2, 3]))
            across = draw(st.sampled_from([1, 1, 1, 2, 6]))
            covered = {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
            if covered & taken:
                down = across = 1
                covered = {(row, column)}
            taken |= covered
            cells.append(TableCell(draw(st.sampled_from(TEXTS)), row, column, down, across))
    return PlainTable(rows, columns, tuple(cells))


@given(st.lists(any_table(), min_size=1, max_size=3))
@settings(deadline=None, max_examples=200)
def test_an_import_never_breaks_and_its_draft_is_sound(tables: list[PlainTable]) -> None:
    found = import_tables(tables, file="表.docx", surrounding_text="", wishes=ImportWishes(), this_year=2026)
    if found.scheme is None:
        assert [issue.code for issue in found.issues if issue.level is Level.ERROR] == ["import.no_table"]
        return
    assert [issue for issue in check_scheme(found.scheme) if issue.level is Level.ERROR] == []
    with TemporaryDirectory() as folder:
        for name, text in pack_files(found.scheme).items():
            place = Path(folder) / name
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8")
        again, issues = load_scheme(Path(folder))
    assert issues == []
    assert again is not None
    assert [(p.id, p.name, p.full_points, p.bonus) for p in again.points()] == [
        (p.id, p.name, p.full_points, p.bonus) for p in found.scheme.points()
    ]
