"""Score sheets written in many styles are read back with every number, none lost and none invented."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.documents.model import Cell, Document, RepairedText, Table
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.prose import read_prose
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.provenance import Span

HAN = "〇一二三四五六七八九"


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones or not tens else "")


@dataclass(frozen=True, slots=True)
class Item:
    """An item to be written: its name, points and note."""

    name: str
    full: Decimal
    own: Decimal
    note: str
    parts: tuple["Item", ...] = ()


NOTES = (
    "全年专题研究教育工作9次，投入1.25亿元。",
    "建成幼儿园3所（其中公办2所），新增学位810个。",
    "主要做法：\n①明确责任；\n②定期通报。",
    "2022年比2021年增长11.3%；中考体育满分60分。",
    "印发《关于做好学校安全工作的通知》（青教发〔2022〕15号）。",
    "做到三个到位：一是组织到位，二是人员到位，三是经费到位。",
    "",
)
NAMES = (
    "组织领导",
    "经费投入保障情况",
    "教师队伍建设",
    "校园安全工作",
    "“双减”工作推进情况",
    "学前教育普及普惠",
    "控辍保学",
    "特殊教育发展",
)
points = st.integers(1, 120).map(lambda tenths: Decimal(tenths) / 10)


@st.composite
def leaves(draw: st.DrawFn) -> Item:
    full = draw(st.integers(1, 12)) * Decimal(1)
    own = min(full, draw(points))
    return Item(draw(st.sampled_from(NAMES)), full, own, draw(st.sampled_from(NOTES)))


def group(name: str, parts: list[Item]) -> Item:
    full = sum((part.full for part in parts), Decimal(0))
    return Item(name, full, sum((part.own for part in parts), Decimal(0)), "", tuple(parts))


@st.composite
def sections(draw: st.DrawFn, *, depth: int) -> list[Item]:
    def below(level: int) -> Item:
        if level == depth:
            return draw(leaves())
        return group(draw(st.sampled_from(NAMES)), [below(level + 1) for _ in range(draw(st.integers(1, 4)))])

    return [below(1) for _ in range(draw(st.integers(2, 4)))]


def expected(items: list[Item]) -> list[tuple[int, Decimal, Decimal]]:
    found = []

    def visit(item: Item, level: int) -> None:
        found.append((level, item.full, item.own))
        for part in item.parts:
            visit(part, level + 1)

    for item in items:
        visit(item, 1)
    return found


def read(sheet: ScoreSheet | None) -> list[tuple[int, Decimal | None, Decimal | None]]:
    assert sheet is not None
    return [(row.level, row.full_points, row.self_points) for row in sheet.rows]


Number = Callable[[int], str]
NUMBERINGS: dict[str, tuple[Number, ...]] = {
    "chapters": (lambda n: f"（{han(n)}）", lambda n: f"{n}.", lambda n: f"（{n}）"),
    "plain chapters": (lambda n: f"{han(n)}、", lambda n: f"（{han(n)}）", lambda n: f"{n}．"),
    "han then digits": (lambda n: f"{han(n)}、", lambda n: f"{n}、", lambda n: f"({n})"),
    "parts": (lambda n: f"第{han(n)}部分 ", lambda n: f"{han(n)}、", lambda n: f"（{han(n)}）"),
    "circled leaves": (lambda n: f"（{han(n)}）", lambda n: f"{n}. ", lambda n: "①②③④⑤"[n - 1]),
}
POINTS: dict[str, Callable[[Item], str]] = {
    "（5分，自评分4.8分）": lambda item: f"（{item.full}分，自评分{item.own}分）",
    "(5分,自评得分4.8分)": lambda item: f"({item.full}分,自评得分{item.own}分)",
    "。（5分）自评得分：4.8分": lambda item: f"。（{item.full}分）自评得分：{item.own}分",
    "（分值5分，自评4.8分）": lambda item: f"（分值{item.full}分，自评{item.own}分）",
    "[5分]（自评4.8分）": lambda item: f"[{item.full}分]（自评{item.own}分）",
    "【满分5分，自查得分4.8分】": lambda item: f"【满分{item.full}分，自查得分{item.own}分】",
    "（标准分：5；自评分：4.8）": lambda item: f"（标准分：{item.full}；自评分：{item.own}）",
    "（5分，得4.8分）。": lambda item: f"（{item.full}分，得{item.own}分）。",
    "（5分，扣0.2分）": lambda item: f"（{item.full}分，扣{item.full - item.own}分）",
    "\n自评得分：4.8分": lambda item: f"（{item.full}分）\n自评得分：{item.own}分",
}


def prose(items: list[Item], numbering: str, style: str) -> str:
    lines = ["青松市人民政府履行教育职责自评报告", "按照方案要求，我市于2023年9月逐项自查。", ""]

    def write(item: Item, level: int, number: int) -> None:
        lines.append(f"{NUMBERINGS[numbering][level](number)}{item.name}{POINTS[style](item)}")
        if item.note:
            lines.append(item.note)
        for place, part in enumerate(item.parts, start=1):
            write(part, level + 1, place)

    for place, item in enumerate(items, start=1):
        write(item, 0, place)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("numbering", NUMBERINGS)
@pytest.mark.parametrize("style", POINTS)
@settings(max_examples=6)
@given(items=sections(depth=3))
def test_prose_in_any_style_is_read_back(numbering: str, style: str, items: list[Item]) -> None:
    assert read(read_prose(prose(items, numbering, style))) == expected(items)


class Sheet:
    """Builds a table whose text is its cells, one after another."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.text = ""
        self.cells: list[Cell] = []
        self.rows = 0

    def put(self, row: int, column: int, words: str, *, rows: int = 1, columns: int = 1) -> None:
        start = len(self.text)
        self.text += words
        self.cells.append(Cell(row, column, Span(start, len(self.text)), words, rows, columns))
        self.text += "\t"
        self.rows = max(self.rows, row + rows)

    def document(self) -> Document:
        table = Table(Span(0, len(self.text)), self.rows, self.columns, tuple(self.cells))
        repaired = RepairedText(self.text, (0,), (0,))
        return Document("自评表.docx", "0" * 64, "docx", self.text, (), (table,), repaired)


LAYOUTS: dict[str, tuple[str, ...]] = {
    "points in names": ("一级指标", "二级指标", "自评说明", "自评得分"),
    "full points last": ("一级指标", "二级指标", "自评情况", "自评得分", "分值"),
    "numbers first": ("序号", "标准分", "自查得分", "项目", "评价内容", "评分说明"),
    "standards beside": ("A级指标", "B级指标", "评分标准", "权重", "自评分", "扣分原因", "复核得分"),
    "reviewed beside": ("指标类别", "考核指标", "满分", "得分", "市级评分", "完成情况", "责任单位"),
}


def table(items: list[Item], layout: tuple[str, ...], *, merged: bool, total: bool) -> Document:
    sheet = Sheet(len(layout))
    names = [place for place, heading in enumerate(layout) if heading.endswith(("指标", "项目", "类别", "内容"))]
    full = next((p for p, h in enumerate(layout) if h in {"分值", "标准分", "权重", "满分"}), None)
    own = next(p for p, h in enumerate(layout) if h in {"自评得分", "自查得分", "自评分", "得分"})
    notes = [p for p, h in enumerate(layout) if h in {"自评说明", "自评情况", "评分说明", "扣分原因", "完成情况"}]
    others = [p for p, h in enumerate(layout) if h in {"评分标准", "复核得分", "市级评分", "责任单位"}]
    for place, heading in enumerate(layout):
        sheet.put(0, place, heading)
    row = 1
    for number, item in enumerate(items, start=1):
        for place, part in enumerate(item.parts, start=1):
            words = {names[1]: f"{place}.{part.name}", own: str(part.own)}
            if full is None:
                words[names[1]] += f"（{part.full}分）"
            else:
                words[full] = str(part.full)
            words |= dict.fromkeys(notes, part.note) | dict.fromkeys(others, "每少1项扣0.5分") | {}
            if place == 1:
                words[names[0]] = f"{han(number)}、{item.name}（{item.full}分）"
            for column in range(len(layout)):
                if column == names[0] and place > 1 and merged:
                    continue
                span = len(item.parts) if column == names[0] and merged else 1
                sheet.put(row, column, words.get(column, ""), rows=span)
            row += 1
    if total:
        sheet.put(row, 0, "自评总分", columns=own if own > 0 else 1)
        sheet.put(row, own, str(sum((item.own for item in items), Decimal(0))))
    return sheet.document()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("merged", [True, False], ids=["merged", "blank"])
@settings(max_examples=8)
@given(items=sections(depth=2), total=st.booleans())
def test_tables_in_any_layout_are_read_back(layout: str, merged: bool, items: list[Item], total: bool) -> None:
    sheet = read_score_sheet(table(items, LAYOUTS[layout], merged=merged, total=total))
    assert sheet is not None
    found = [(row.level, row.full_points, row.self_points) for row in sheet.rows]
    wanted = [(level, full, None if level == 1 else own) for level, full, own in expected(items)]
    assert found == wanted
    assert sheet.self_points_printed is total
    assert sheet.self_points == sum((item.own for item in items), Decimal(0))
