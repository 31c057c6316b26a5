"""The table of pupils by grade (分年级学生数): what forecasts of places begin from."""

from dudao.tables.columns import Column, ColumnType, TableKind
from dudao.tables.kinds.schools import REGION_CODE, REGION_NAME, SCHOOL_ID, SCHOOL_NAME, YEAR

GRADE_WORDS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
GRADE_COUNT = len(GRADE_WORDS)
_JUNIOR = ("初一", "初二", "初三")


def _grade(number: int) -> Column:
    word = GRADE_WORDS[number - 1]
    names = [f"{word}年级", f"{number}年级", *([_JUNIOR[number - 7]] if number >= 7 else [])]
    titles = [f"{name}{suffix}" for name in names for suffix in ("在校生数", "学生数", "在校学生数", "人数", "")]
    headings = tuple(title for title in titles if title != f"{word}年级在校生数")
    return Column(
        f"grade_{number}",
        f"{word}年级在校生数",
        headings,
        ColumnType.COUNT,
        "人",
        low=0,
        high=5000,
        form="教基3112/3115",
    )


def _classes(number: int) -> Column:
    word = GRADE_WORDS[number - 1]
    names = [f"{word}年级", f"{number}年级", *([_JUNIOR[number - 7]] if number >= 7 else [])]
    titles = [f"{name}{suffix}" for name in names for suffix in ("班数", "班级数", "班级个数")]
    headings = tuple(title for title in titles if title != f"{word}年级班数")
    return Column(
        f"classes_{number}", f"{word}年级班数", headings, ColumnType.COUNT, "个", low=0, high=100, form="教基2106/2107"
    )


GRADES = TableKind(
    name="grades",
    title="分年级学生数和班数表",
    key=("year", "school_id"),
    columns=(
        YEAR,
        REGION_CODE,
        REGION_NAME,
        SCHOOL_ID,
        SCHOOL_NAME,
        *(_grade(number) for number in range(1, GRADE_COUNT + 1)),
        *(_classes(number) for number in range(1, GRADE_COUNT + 1)),
    ),
)
"""Grades 7 to 9 are 初一 to 初三; where primary school has five years (五四学制), grade 6 is the first of 初中."""
