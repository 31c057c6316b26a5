"""What a table is made of: columns with their Chinese headings, types, units, ranges and statistics tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """What a cell holds; `COUNT` is a whole number, `FLAG` a yes or no (是/否)."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    YEAR = "year"
    FLAG = "flag"


class Timing(StrEnum):
    """What time a value tells of: the state on 1 September, a school year, a fiscal year, or no time at all."""

    POINT = "1 September"
    SCHOOL_YEAR = "school year"
    FISCAL_YEAR = "fiscal year"
    STANDING = "standing"


SECTIONS: Mapping[str, tuple[str, ...]] = {
    "primary": ("小学", "小学部", "小学段", "小学阶段", "小学学段"),
    "junior": ("初中", "初中部", "初中段", "初中阶段", "初中学段", "普通初中"),
    "senior": ("高中", "高中部", "高中段", "高中阶段", "高中学段", "普通高中", "普高"),
}
"""The sections (学段) of a combined school, with the words that offices use for them."""

SECTION_TITLES: Mapping[str, str] = {"primary": "小学", "junior": "初中", "senior": "高中"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table kind.

    Attributes:
        name: the canonical name in frames (`pupils_primary`).
        title: the heading written in templates and messages.
        headings: further headings accepted, written without spaces, units or brackets.
        type: what a cell holds.
        unit: the base unit, in which frames hold the value (`元`, never `万元`).
        low: the least value that can be; None is open.
        high: the greatest value that can be.
        required: whether a table without this column cannot be used.
        form: the national statistics table the value comes from (`教基3112`), empty when there is none.
        timing: what time the value tells of.
        section: `primary`, `junior` or `senior` when the column tells of one section.
        whole: the column of the whole school that this section column is a part of.
    """

    name: str
    title: str
    headings: tuple[str, ...] = ()
    type: ColumnType = ColumnType.TEXT
    unit: str = ""
    low: float | None = None
    high: float | None = None
    required: bool = False
    form: str = ""
    timing: Timing = Timing.POINT
    section: str = ""
    whole: str = ""

    @property
    def is_numeric(self) -> bool:
        """Return whether cells are numbers that are counted or measured."""
        return self.type in (ColumnType.COUNT, ColumnType.NUMBER)


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: its columns in the order of the template, and what makes a row unique.

    `key` names the columns that together may occur only once; `subject` is the word for one row (所学校).
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    subject: str = "所学校"

    def column(self, name: str) -> Column:
        """Return the column of that canonical name.

        Raises:
            KeyError: the kind has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def names(self) -> tuple[str, ...]:
        """Return the canonical names in order."""
        return tuple(column.name for column in self.columns)

    def sections_of(self, whole: str) -> Iterator[Column]:
        """Yield the section columns that add up to a column of the whole school."""
        return (column for column in self.columns if column.whole == whole)


def with_sections(whole: Column) -> tuple[Column, ...]:
    """Return a column of the whole school followed by the same column for each section."""
    parts = []
    for section, words in SECTIONS.items():
        bases = (whole.title, *whole.headings)
        title = SECTION_TITLES[section] + whole.title
        headings = tuple(word + base for word in words for base in bases if word + base != title)
        headings += tuple(base + word for word in words for base in bases)
        parts.append(
            Column(
                name=f"{whole.name}_{section}",
                title=title,
                headings=headings,
                type=whole.type,
                unit=whole.unit,
                low=whole.low,
                high=whole.high,
                form=whole.form,
                timing=whole.timing,
                section=section,
                whole=whole.name,
            )
        )
    return (whole, *parts)
