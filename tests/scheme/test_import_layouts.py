"""Random schemes in random layouts come out as they were: the table is built here, so the truth is known."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dudao.scheme.checks.every import check_scheme
from dudao.scheme.import_table import ImportedScheme, ImportWishes, import_tables
from dudao.scheme.table_import.grid import PlainTable, TableCell

SUBJECTS = ["组织领导", "议事协调", "经费投入", "教师待遇", "校园安全", "学前教育", "均衡发展", "职业教育", "督导体制"]
ASPECTS = [
    "制度建设",
    "落实情况",
    "工作成效",
    "经费保障",
    "队伍配备",
    "问题整改",
    "3—6岁普及程度",
    "“双减”推进",
    "100人以下学校",
]
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉"
HAN = "一二三四五六七八九十"


@dataclass
class Leaf:
    path: tuple[str, ...]
    points: Decimal


@dataclass
class Layout:
    fill: str  # merged, blank, repeated
    points: str  # column, names, both
    brackets: str
    numbers: bool
    total: bool
    header: tuple[str, ...]
    extra: bool
    pages: int
    repeat_header: bool


layouts = st.builds(
    Layout,
    fill=st.sampled_from(["merged", "blank", "repeated"]),
    points=st.sampled_from(["column", "names", "both"]),
    brackets=st.sampled_from(["（{}分）", "({}分)", "\n（{} 分）", "（满分{}分）", "（计{}分）"]),
    numbers=st.booleans(),
    total=st.booleans(),
    header=st.sampled_from(
        [("一级指标", "二级指标", "三级指标"), ("A级指标", "B级指标", "C级指标"), ("评价维度", "评价项目", "评价要点")]
    ),
    extra=st.booleans(),
    pages=st.integers(1, 3),
    repeat_header=st.booleans(),
)
whole_points = st.integers(1, 12).map(Decimal)
half_points = st.integers(1, 24).map(lambda half: Decimal(half) / 2)


@st.composite
def trees(draw: st.DrawFn) -> list[Leaf]:
    depth = draw(st.sampled_from([2, 3]))
    names = count(1)
    leaves: list[Leaf] = []

    def name(words: list[str]) -> str:
        number = next(names)
        return f"{words[number % len(words)]}{STEMS[number // 10 % 10]}{BRANCHES[number % 10]}"

    points = draw(st.sampled_from([whole_points, half_points]))
    for _ in range(draw(st.integers(1, 4))):
        first = name(SUBJECTS)
        for _ in range(draw(st.integers(1, 3))):
            second = name(ASPECTS)
            if depth == 2:
                leaves.append(Leaf((first, second), draw(points)))
            else:
                leaves.extend(
                    Leaf((first, second, name(ASPECTS)), draw(points)) for _ in range(draw(st.integers(1, 3)))
                )
    return leaves


def shown(points: Decimal) -> str:
    return format(points.normalize(), "f")


def printed(leaves: list[Leaf], layout: Layout) -> tuple[list[list[str]], list[list[int]]]:
    """Rows of texts, and for each row the number of rows that its first columns' cells still run."""
    depth = len(leaves[0].path)
    rows, spans = [], []
    counters = [0] * depth
    previous: tuple[str, ...] = ()
    for index, leaf in enumerate(leaves):
        row, runs = [], []
        for level in range(depth):
            new = leaf.path[: level + 1] != previous[: level + 1]
            run = sum(1 for other in leaves[index:] if other.path[: level + 1] == leaf.path[: level + 1])
            if new:
                counters[level] += 1
            if new and level == 0:
                counters[1:] = [0] * (depth - 1)
            total = sum((o.points for o in leaves if o.path[: level + 1] == leaf.path[: level + 1]), Decimal(0))
            styles = (f"{HAN[counters[0] - 1]}、", f"{counters[1]}.", f"（{counters[-1]}）")
            number = styles[level] if layout.numbers else ""
            with_points = layout.points in {"names", "both"}
            text = number + leaf.path[level] + (layout.brackets.format(shown(total)) if with_points else "")
            row.append(text if new or layout.fill == "repeated" else "")
            runs.append(run if new else 0)
        if layout.points in {"column", "both"}:
            row.append(shown(leaf.points))
        if layout.extra:
            row += ["未落实的扣1分，扣完为止。", "教育局、财政局"]
        rows.append(row)
        spans.append(runs)
        previous = leaf.path
    return rows, spans


def tables(leaves: list[Leaf], layout: Layout) -> list[PlainTable]:
    depth = len(leaves[0].path)
    rows, spans = printed(leaves, layout)
    header = list(layout.header[:depth])
    header += ["分值"] if layout.points in {"column", "both"} else []
    header += ["评分标准", "责任单位"] if layout.extra else []
    if len(header) == depth and layout.points == "names":
        header.append("备注")
        rows = [[*row, ""] for row in rows]
    size = -(-len(rows) // layout.pages)
    made = []
    for start in range(0, len(rows), size):
        page, runs = rows[start : start + size], spans[start : start + size]
        cells: list[TableCell] = []
        shift = 1 if start == 0 or layout.repeat_header else 0
        if shift:
            cells += [TableCell(text, 0, column) for column, text in enumerate(header)]
        for r, row in enumerate(page):
            for c, text in enumerate(row):
                if layout.fill == "merged" and c < depth - 1:
                    run = runs[r][c]
                    if run:
                        cells.append(TableCell(text, r + shift, c, min(run, len(page) - r)))
                    elif r == 0:  # the merged cell of the page before goes on, empty
                        rest = next((n for n in range(1, len(page)) if runs[n][c]), len(page))
                        cells.append(TableCell("", r + shift, c, rest))
                else:
                    cells.append(TableCell(text, r + shift, c))
        last = start + size >= len(rows)
        height = len(page) + shift
        if last and layout.total:
            total = shown(sum((leaf.points for leaf in leaves), Decimal(0)))
            column = header.index("分值") if "分值" in header else 1
            cells += [TableCell("合计", height, 0), TableCell(total, height, column)]
            height += 1
        made.append(PlainTable(height, len(header), tuple(cells)))
    return made


def imported(leaves: list[Leaf], layout: Layout) -> ImportedScheme:
    return import_tables(
        tables(leaves, layout),
        file="table.docx",
        surrounding_text="江南省2024年对设区的市级人民政府履行教育职责评价指标",
        wishes=ImportWishes(),
        this_year=2026,
    )


@given(trees(), layouts)
@settings(deadline=None, max_examples=150)
def test_a_scheme_comes_out_of_its_table_as_it_went_in(leaves: list[Leaf], layout: Layout) -> None:
    if layout.header[-1] == "评价要点" and len(leaves[0].path) == 3:
        # With one 评价要点 for each 评价项目 nobody can tell a level from a column of explanations.
        assume(len({leaf.path[:2] for leaf in leaves}) < len(leaves))
    found = imported(leaves, layout)
    assert found.scheme is not None
    assert [(point.name, point.full_points) for point in found.scheme.points()] == [
        (leaf.path[-1], leaf.points) for leaf in leaves
    ]
    names = {group.id: group.name for group in found.scheme.groups()}
    for point, leaf in zip(found.scheme.points(), leaves, strict=True):
        above = point.id.rsplit(".", 1)[0]
        assert names[above] == leaf.path[-2]
        assert names[above.split(".")[0]] == leaf.path[0]
    assert found.scheme.full_points == sum(leaf.points for leaf in leaves)
    assert check_scheme(found.scheme) == []
    doubtful = {issue.code for issue in found.issues} - {"import.provisional_id", "import.rules_as_text"}
    assert doubtful <= {"import.total_not_printed"}
