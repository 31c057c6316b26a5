"""What the columns of a scheme's table are, read from its header of one to three rows."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from dudao.scheme.table_import.grid import Grid
from dudao.scheme.table_import.printed import read_name


class Role(Enum):
    """What a column holds; `CONTENT` turns out to be a level or a requirement once its rows are seen."""

    LEVEL = auto()
    CONTENT = auto()
    POINTS = auto()
    RULE = auto()
    LEAD = auto()
    DEPARTMENT = auto()
    EVIDENCE = auto()
    SERIAL = auto()
    IGNORED = auto()


# In order: the first pattern that is found decides, so the more special ones stand first.
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.SERIAL, r"^(?:序号?|编号|序列|No\.?)$"),
    (Role.CONTENT, r"^(?:指标|项目|内容)(?:说明|解释|释义|内涵|内容|要求)$"),
    (
        Role.RULE,
        r"(?:评分|评价|考核|计分|赋分|打分|扣分|评定|评估|得分|记分|加减分|量化)(?:标准|细则|办法|方法|规则|说明|准则)"
        r"|^计分$|^标准$|^细则$",
    ),
    (Role.LEAD, r"牵头|主责|主办"),
    (Role.DEPARTMENT, r"责任|配合|协办|协同|参与单位|部门|科室|单位"),
    (
        Role.EVIDENCE,
        r"佐证|备查|支撑|印证|证明|材料|资料|台账|查看内容|(?:评价|考核|评估|核查|检查)(?:方式|方法|途径)"
        r"|数据来源|信息来源|评分依据",
    ),
    (
        Role.IGNORED,
        r"自评|自查|得分|扣分|核定|指标(?:类型|性质|属性)|复核|复评|核查|评估结果|备注|说明|省评|市评|县评|完成|记录|评分$|评价结果"
        r"|存在问题|原因",
    ),
    (
        Role.POINTS,
        r"^(?:标准|基本|基础|权重|满|总|应得|配|赋|指标)?(?:分值?|分数)$|^(?:权重|赋分|配分|分值权重|权数)$"
        r"|^[一二三四]级分值$",
    ),
    (
        Role.LEVEL,
        r"[一二三四1-4Ⅰ-Ⅳ]级(?:评价|评估|考核|测评)?(?:指标|项目|内容|要点)?$|^(?:[ABC]|L[1-4])级?(?:指标)?$",
    ),
    (
        Role.CONTENT,
        r"内容|要点|观测点|测评点|考察点|考核点|评价点|要求|内涵|要素|细目|子项|具体指标|目标任务|主要任务|工作任务",
    ),
    (Role.LEVEL, r"指标|项目|方面|类别|板块|模块|维度|重点|领域|分类|部分|事项"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: its first row, the row behind it, and the role of each column."""

    first: int
    behind: int
    roles: tuple[Role | None, ...]
    titles: tuple[str, ...]

    def of(self, *roles: Role) -> tuple[int, ...]:
        """Return the columns with one of the roles, left to right."""
        return tuple(column for column, role in enumerate(self.roles) if role in roles)


@lru_cache(maxsize=2048)
def role_of(text: str) -> Role | None:
    """Return what a header text says its column holds; None when it says nothing known."""
    plain = re.sub(r"[（(\[【].*?[)）\]】]", "", text)
    plain = re.sub(r"[\s:：、/·]+", "", plain)
    if not plain or len(plain) > 14:
        return None
    for role, pattern in _ROLES:
        if re.search(pattern, plain):
            return role
    return None


LAST_HEADER_ROW = 8
MOST_HEADER_ROWS = 3


def find_header(grid: Grid) -> Header | None:
    """Return the header within the first rows; None when no row names at least two different kinds of columns."""
    for row in range(min(grid.rows, LAST_HEADER_ROW)):
        cells = grid.cells_of_row(row)
        roles = {role_of(cell.text) for cell in cells} - {None}
        named = [cell for cell in cells if role_of(cell.text) is not None]
        has_level = roles & {Role.LEVEL, Role.CONTENT}
        if has_level and len(named) >= 2 and len(named) * 2 >= len(cells):
            return _whole_header(grid, row)
    return None


def _whole_header(grid: Grid, first: int) -> Header:
    behind = first + 1
    while behind < grid.rows and behind < first + MOST_HEADER_ROWS and _is_below_header(grid, behind):
        behind += 1
    roles: list[Role | None] = []
    titles: list[str] = []
    for column in range(grid.columns):
        texts = [grid.text(row, column) for row in range(behind - 1, first - 1, -1)]
        known = [role for text in texts if (role := role_of(text)) is not None]
        roles.append(known[0] if known else None)
        titles.append(next((text for text in texts if text), ""))
    return Header(first, behind, tuple(roles), tuple(titles))


def _is_below_header(grid: Grid, row: int) -> bool:
    """Return whether a row still belongs to the header: each own cell names a column, or divides a title above it."""
    own = [cell for cell in grid.cells_of_row(row) if cell.row == row]
    if not own:
        return any(grid.cell(row, column).row < row for column in range(grid.columns))
    if all(role_of(cell.text) is not None and not _is_section(cell.text) for cell in own):
        return True
    return _divides_titles(grid, row)


def _divides_titles(grid: Grid, row: int) -> bool:
    """Return whether a row only divides wide titles (评价维度 into 名称 and 权重) that the others reach past."""
    titles = {column: grid.cell(row - 1, column) for column in range(grid.columns) if grid.text(row, column)}
    divided = {column for column, title in titles.items() if grid.cell(row, column).row == row}
    whole = [title for column, title in titles.items() if column not in divided]
    return (
        len(whole) >= 2
        and all(title.row + title.row_span > row for title in whole)
        and all(titles[column].column_span > 1 and titles[column].text.strip() for column in divided)
    )


def _is_section(text: str) -> bool:
    """Return whether a cell names a group of items (一、基础性指标（90分）) and no column."""
    printed = read_name(text)
    return bool(printed.number) and printed.points is not None


def repeats_header(grid: Grid, row: int, header: Header) -> bool:
    """Return whether a row says the header again, as tables do on each new page."""
    texts = [re.sub(r"\s", "", grid.text(row, column)) for column in range(grid.columns)]
    known = [re.sub(r"\s", "", title) for title in header.titles]
    filled = [text for text in texts if text]
    if len(filled) < 2:
        return False
    if all(text in known for text in filled):
        return True
    named = [text for text in filled if role_of(text) is not None]
    return len(named) == len(filled) and any(text in known for text in filled)
