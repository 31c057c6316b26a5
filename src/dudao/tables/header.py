"""Where the heading of a sheet is, what its columns mean, and what the lines above it say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dudao.tables.columns import SECTION_TITLES, TableKind
from dudao.tables.grids import Grid
from dudao.tables.headings import UNITS, Match, assigned_match, compact, match_heading, section_word

DEEPEST = 4
"""A heading has at most so many rows."""

LEAST_MATCHES = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The heading of one sheet.

    `first` and `last` are its rows from 0; `matches` maps a sheet column to what it means; `texts` to the heading
    as people read it; `title` is the text above.
    """

    first: int
    last: int
    matches: Mapping[int, Match]
    texts: Mapping[int, str]
    title: str

    def text_of(self, name: str) -> str:
        """Return the sheet's own heading of a canonical column."""
        for index, match in self.matches.items():
            if match.column.name == name:
                return self.texts[index]
        return ""


def find_header(kind: TableKind, grid: Grid) -> Header | None:
    """Return the heading of a sheet, or None when no row of it names columns of this kind of table."""
    best: tuple[int, Header] | None = None
    for first in range(len(grid.head)):
        if len({cell for cell in grid.head[first] if cell}) < LEAST_MATCHES:
            continue
        for depth in range(1, DEEPEST + 1):
            last = first + depth - 1
            if last >= len(grid.head) or (depth > 1 and _is_data(grid.head[last])):
                break
            header = _header(kind, grid, first, last)
            matched = len({match.column.name for match in header.matches.values()})
            # of two headings that say as much, the later and shorter one leaves out the titles above
            later = best is not None and first > best[1].first and last == best[1].last
            if matched >= LEAST_MATCHES and (best is None or matched > best[0] or (later and matched == best[0])):
                best = (matched, header)
        if best is not None and first > best[1].last:
            break
    if best is None or not _is_enough(kind, best[1]):
        return None
    return _with_units(kind, grid, best[1])


def with_assigned(kind: TableKind, header: Header, assigned: Mapping[str, str]) -> Header:
    """Return the heading with columns meant as somebody says, whatever they were taken for.

    Args:
        kind: what the sheet holds.
        header: the heading as it was understood.
        assigned: headings of the sheet, as in `texts`, to canonical names; an empty name leaves the column unused.
            A column that is assigned is taken from no other heading. Unknown names are left aside.
    """
    wanted = {text: name for text, name in assigned.items() if not name or name in kind.names()}
    said = {index: wanted[text] for index, text in header.texts.items() if text in wanted}
    if not said:
        return header
    taken = set(said.values())
    matches = {
        index: match for index, match in header.matches.items() if index not in said and match.column.name not in taken
    }
    matches |= {index: assigned_match(kind, name, header.texts[index]) for index, name in said.items() if name}
    return replace(header, matches=dict(sorted(matches.items())))


def _with_units(kind: TableKind, grid: Grid, header: Header) -> Header:
    """Return the heading with the rows below it that name units or number the columns."""
    below = _after_numbering(grid, header.last + 1)
    if below < len(grid.head) and _is_units(grid.head[below]):
        below = _after_numbering(grid, below + 1)
    return _header(kind, grid, header.first, below - 1) if below > header.last + 1 else header


def _after_numbering(grid: Grid, row: int) -> int:
    while row < len(grid.head) and sum(bool(cell) for cell in grid.head[row]) > 1 and _is_numbering(grid.head[row]):
        row += 1
    return row


def _is_units(row: Sequence[str]) -> bool:
    cells = [cell.strip("()（） ") for cell in row if cell and cell not in ("—", "-", "/")]
    return bool(cells) and all(compact(cell) in UNITS for cell in cells)


def _is_enough(kind: TableKind, header: Header) -> bool:
    names = {match.column.name for match in header.matches.values()}
    required = {column.name for column in kind.columns if column.required}
    return bool(names & required) or any(match.column.is_numeric for match in header.matches.values())


def _header(kind: TableKind, grid: Grid, first: int, last: int) -> Header:
    rows = [_across(grid, index, last) for index in range(first, last + 1)]
    rows = [
        [f"（{cell.strip('()（） ')}）" if cell else "" for cell in row] if _is_units(row) else row
        for row in rows
        if not _is_numbering(row)
    ]
    matches: dict[int, Match] = {}
    texts: dict[int, str] = {}
    for column in range(grid.width):
        parts = [row[column] for row in rows if row[column]]
        parts = _under_the_whole(list(dict.fromkeys(parts)), matches.get(column - 1))
        match = match_heading(kind, parts)
        texts[column] = "".join(re.sub(r"\s+", "", part) for part in parts)
        if match is not None:
            matches[column] = match
    title = " ".join(cell for row in grid.head[:first] for cell in dict.fromkeys(row) if cell)
    return Header(first, last, matches, texts, title)


def _under_the_whole(parts: list[str], left: Match | None) -> list[str]:
    """Return 其中：小学 as a part of the column to its left, which tells of the whole school."""
    words = [compact(part) for part in parts]
    if not any(word.startswith("其中") for word in words):
        return parts
    section = section_word("".join(words).removeprefix("其中"))
    if not section or left is None:
        return parts
    whole = left.column.whole or left.column.name
    section_above = SECTION_TITLES.get(left.column.section, "")
    title = left.column.title if whole == left.column.name else left.column.title.removeprefix(section_above)
    return [title, section]


def _across(grid: Grid, row: int, last: int) -> list[str]:
    """Return a heading row with cells that are merged across filled in.

    Where merged areas are not known (csv), an upper heading goes on over the blanks to its right as long as
    something stands below them and nothing above has ended it.
    """
    cells = list(grid.head[row])
    cells += [""] * (grid.width - len(cells))
    for (top, left), (bottom, right) in grid.merged:
        if top <= row <= bottom:
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = grid.head[top][left]
    if grid.merged or row >= last:
        return cells
    below = grid.head[row + 1]
    for column in range(1, len(cells)):
        if not cells[column] and cells[column - 1] and column < len(below) and below[column] and below[column - 1]:
            cells[column] = cells[column - 1]
    return cells


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def _is_numbering(row: Sequence[str]) -> bool:
    """Return whether a row numbers its columns (甲, 乙, 1, 2, 3) or holds units alone."""
    cells = [cell for cell in row if cell]
    if not cells:
        return True
    if _is_units(row):
        return False
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    words = [cell for cell in cells if not cell.isdigit()]
    return all(word in "甲乙丙丁戊己庚辛——-栏次" for word in words) and (
        numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else bool(words)
    )


def _is_data(row: Sequence[str]) -> bool:
    """Return whether a row holds figures rather than headings."""
    if _is_numbering(row):
        return False
    return sum(_is_number(cell) for cell in row if cell) >= 2


def title_year(text: str) -> int | None:
    """Return the year that a title names: the first of a school year (2023-2024学年)."""
    match = re.search(r"(?<!\d)((?:19|20)\d{2})\s*(?:[-—–~至/]\s*(?:20\d{2}|\d{2})\s*)?(?:学年|年)", text)
    return int(match[1]) if match else None


_YEARS = re.compile(r"\d{4}(?:\s*[-—–~至/]\s*\d{2,4})?\s*(?:学年度|学年|年度|年)(?:[初末底]|[春秋]季|学期)*")
_PLACE = re.compile(r"[一-鿿]{1,8}?(?:自治县|自治旗|自治州|地区|省|市|盟|县|区|旗)")
_NO_PLACE = re.compile(
    r"义务|教育|学校|小学|中学|均衡|情况|统计|农村|各|区县|县区|市县|县市|辖区|^[全本我该某][县区市旗]|"
    r"^[城镇市郊片地社库]区$|[校学园]区$"
)


def title_region(text: str) -> str:
    """Return the county that a title names, the lowest of places told one after the other; empty when none is."""
    for words in re.findall(r"[一-鿿]+", _YEARS.sub(" ", text)):
        found, at = "", 0
        while (place := _PLACE.match(words, at)) and not _NO_PLACE.search(place[0]):
            at = place.end()
            county = place[0].endswith(("县", "区", "旗", "市")) and not place[0].endswith("地区")
            if county and words[at : at + 1] not in ("域", "级", "属", "内", "外"):
                found = place[0]
        if found:
            return found
    return ""


def title_money_unit(text: str) -> str:
    """Return the unit of money that a line above the heading declares (单位：万元), empty when none."""
    match = re.search(r"单位\s*[:：][^\n]*?(亿元|百万元|万元|千元|元)", text)
    return match[1] if match else ""
