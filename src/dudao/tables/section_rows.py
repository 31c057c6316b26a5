"""Sections of a combined school in rows of their own: 小学部, 初中部 below the school, or told by a 学段 column.

Such rows are the sections themselves; the row of the whole school beside them would count their pupils twice.
"""

import re
from dataclasses import replace

import polars as pl

from dudao.issues import Issue, Level, Location
from dudao.tables.columns import SECTION_TITLES, SECTIONS
from dudao.tables.grids import Grid
from dudao.tables.header import Header
from dudao.tables.headings import TOTAL_WORDS, compact
from dudao.tables.problems import Problems

SECTION_TYPES = {"primary": "211", "junior": "311", "senior": "342"}
"""The type that a section is judged as."""

COMBINED = ("312", "341", "345")
LONGEST = 200_000
_WORDS = {word: section for section, words in SECTIONS.items() for word in words}
_ALTERNATIVES = "|".join(sorted(_WORDS, key=len, reverse=True))
_BARE = re.compile(rf"(?:其中)?({_ALTERNATIVES})")
_ENDING = re.compile(rf"^(.+?)(?:[（(【]({_ALTERNATIVES})[)）】]|[-—－·. ]({_ALTERNATIVES})|({_ALTERNATIVES}))$")
_MAYBE = rf"[（(【\-—－·. ](?:{_ALTERNATIVES})[)）】]?$|[部段]$"
"""What a name with a section ends in, looked for in all rows at once."""

_NAMES_OF_SCHOOLS = ("小学", "初中", "高中", "普通高中", "普通初中")
"""Words that end the name of a whole school (实验小学) unless they stand in brackets or behind a dash."""


def name_section_rows(grid: Grid, header: Header) -> Grid:
    """Return the grid with rows named no more than 小学部 or 其中：初中部 given the name of the school above.

    The row of the whole school above becomes a total; what it says of type and county holds for its sections.
    """
    names = [index for index, match in header.matches.items() if match.column.name == "school_name"]
    if not names or len(grid.frame) > LONGEST:
        return grid
    name = f"c{names[0]}"
    cells = grid.frame[name].to_list()
    bare = {
        row: found[1]
        for row, text in enumerate(cells)
        if row > header.last and text and (found := _BARE.fullmatch(compact(text))) is not None
    }
    if not bare:
        return grid
    words = [f"c{index}" for index, match in header.matches.items() if not match.column.is_numeric]
    columns = {column: grid.frame[column].to_list() for column in words}
    ids = [f"c{index}" for index, match in header.matches.items() if match.column.name == "school_id"]
    wholes: dict[int, str] = {}
    above = -1
    for row in range(header.last + 1, len(cells)):
        if row not in bare:
            above = row if cells[row] else above
            continue
        if above < 0:
            continue
        for column in words:
            columns[column][row] = columns[column][row] or columns[column][above]
        columns[name][row] = f"{cells[above]}（{SECTION_TITLES[_WORDS[bare[row]]]}部）"
        wholes[above] = f"{cells[above]}合计"
    for row, title in wholes.items():
        columns[name][row] = title
        for column in ids:
            columns[column][row] = ""
    frame = grid.frame.with_columns(pl.Series(column, values, dtype=pl.String) for column, values in columns.items())
    return replace(grid, frame=frame)


def with_section_types(frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Return the schools where rows of one section are typed as that section; `by_section` marks them."""
    if "school_name" not in frame.columns or frame.is_empty():
        return frame
    if "section" not in frame.columns and not frame["school_name"].str.contains(_MAYBE).any():
        return frame
    told = frame["section"].to_list() if "section" in frame.columns else [None] * len(frame)
    names = frame["school_name"].to_list()
    types = frame["school_type"].to_list() if "school_type" in frame.columns else [None] * len(frame)
    sections = [_section(word, name) for word, name in zip(told, names, strict=True)]
    if not any(sections):
        return frame.drop("section", strict=False)
    shared = _shared(frame, sections)
    marks = [
        bool(section) and (types[row] is None or types[row] in COMBINED or row in shared)
        for row, section in enumerate(sections)
    ]
    for row, section in enumerate(sections):
        if marks[row]:
            types[row] = SECTION_TYPES[section]
            if row in shared and not _ENDING.match(names[row] or ""):
                names[row] = f"{names[row]}（{SECTION_TITLES[section]}部）"
    wholes = [compact(str(word or "")) in TOTAL_WORDS and not mark for word, mark in zip(told, marks, strict=True)]
    frame = frame.with_columns(
        pl.Series("school_type", types, dtype=pl.String),
        pl.Series("school_name", names, dtype=pl.String),
        pl.Series("by_section", marks, dtype=pl.Boolean),
    )
    if any(marks):
        message = f"{sum(marks)}行按学段（如“{names[marks.index(True)]}”）当作独立的小学或初中计算"
        location = Location(file=problems.file, sheet=str(frame["sheet"][0]))
        problems.tell(Issue(Level.NOTE, "tables.section_rows", message, location, "如不是分学段填报，请改学段列。"))
    if any(wholes):
        message = f"学段为“合计”的{sum(wholes)}行是全校数，没有再算一次"
        location = Location(file=problems.file, sheet=str(frame["sheet"][0]))
        problems.tell(Issue(Level.NOTE, "tables.rows_not_schools", message, location))
        frame = frame.filter(~pl.Series(wholes))
    return frame.drop("section", strict=False)


def _section(told: str | None, name: str | None) -> str:
    word = re.sub(r"\s", "", told or "")
    if word in _WORDS:
        return _WORDS[word]
    if word:
        return ""
    found = _ENDING.match(name or "")
    ending = next((group for group in found.groups()[1:] if group), "") if found else ""
    apart = found is not None and (found[2] or found[3])
    return _WORDS[ending] if ending and (apart or ending not in _NAMES_OF_SCHOOLS) else ""


def _shared(frame: pl.DataFrame, sections: list[str]) -> set[int]:
    """Return the rows that share identifier or bare name with a row of another section."""
    groups: dict[tuple[object, object], set[str]] = {}
    keys = []
    ids = frame["school_id"].to_list() if "school_id" in frame.columns else [None] * len(frame)
    years = frame["year"].to_list() if "year" in frame.columns else [None] * len(frame)
    for row, (id_, year, name) in enumerate(zip(ids, years, frame["school_name"].to_list(), strict=True)):
        found = _ENDING.match(name or "")
        keys.append((year, id_ or (found[1] if found and _section(None, name) else name)))
        groups.setdefault(keys[row], set()).add(sections[row])
    return {row for row, key in enumerate(keys) if sections[row] and len(groups[key] - {""}) > 1}
