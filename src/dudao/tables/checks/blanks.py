"""Figures that a school needs and did not report: pupils above all, then teachers and resources of what it runs."""

from collections.abc import Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import report_rows, untold
from dudao.tables.checks.sections import TYPE_SECTIONS
from dudao.tables.columns import SECTION_TITLES, TableKind
from dudao.tables.problems import Problems

TEACHERS = ("full_time_teachers", "above_degree_teachers", "mid_title_teachers", "backbone_teachers", "pe_art_teachers")
SHARED = ("teaching_area", "sports_area", "equipment_value", "computers", "books", "multimedia_rooms")
MOSTLY = 0.5
"""A column that fewer schools than this share filled in is one the office does not collect: no blank of it is told."""

REMEDY = "请补填；确实没有的填0，不要留空。"


def pupils_told(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report schools without pupils: none told, or 0 where nothing can be divided by."""
    names = [name for name in ("pupils", *(f"pupils_{section}" for section in SECTION_TITLES)) if name in frame.columns]
    if kind.name != "schools" or not names or frame.is_empty():
        return
    heading = headings.get(names[0], names[0])
    pupil_headings = [headings.get(name, name) for name in names]
    told = pl.max_horizontal(names)
    for condition, code, sentence, remedy in (
        (told.is_null(), "tables.no_pupils", "没有可用的在校生数，各项指标都无法计算", "请填写在校生数。"),
        (told == 0, "tables.zero_pupils", "在校生数为0，没有分母", "已停办的学校请从表中删去；否则请填实际在校生数。"),
    ):
        report_rows(
            untold(frame.filter(condition & _compulsory(frame)), problems, *pupil_headings),
            problems,
            level=Level.ERROR,
            code=code,
            sentence=f"“{{value}}”{sentence}",
            remedy=remedy,
            heading=heading,
            value="school_name" if "school_name" in frame.columns else names[0],
        )
    combined = [code for code, runs in TYPE_SECTIONS.items() if len(runs) > 1]
    if names == ["pupils"] and "school_type" in frame.columns:
        report_rows(
            untold(frame.filter(pl.col("school_type").is_in(combined) & (told > 0)), problems, heading),
            problems,
            level=Level.WARNING,
            code="tables.no_pupils_by_section",
            sentence="“{value}”不止一个学段，表里没有分学段的在校生数，这些学段的差异系数无法计算",
            remedy="请加上“小学在校生数”“初中在校生数”两列，至少填写这样的学校。",
            heading=heading,
            value="school_name" if "school_name" in frame.columns else names[0],
        )
    if len(names) < 3:
        return
    for section, title in SECTION_TITLES.items():
        name = f"pupils_{section}"
        both = [code for code in combined if section in TYPE_SECTIONS[code]]
        if name in frame.columns and "school_type" in frame.columns:
            heading = headings.get(name, name)
            lacking = frame.filter(pl.col("school_type").is_in(both) & pl.col(name).is_null() & told.is_not_null())
            report_rows(
                untold(lacking, problems, heading),
                problems,
                level=Level.ERROR,
                code="tables.no_pupils",
                sentence=f"“{{value}}”办有{title}，但没有可用的“{heading}”，不能按学段折算",
                remedy=f"请补填{title}在校生数；已不办{title}的请填0或改办学类型。",
                heading=heading,
                value="school_name" if "school_name" in frame.columns else name,
            )


def figures_told(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report blanks in the columns that indicators are computed from, where most schools filled them in."""
    if kind.name != "schools" or frame.is_empty():
        return
    for name in SHARED:
        if name in frame.columns:
            _report(frame, _compulsory(frame), name, headings, problems)
    for group in TEACHERS:
        parts = [f"{group}_{section}" for section in SECTION_TITLES if f"{group}_{section}" in frame.columns]
        if not parts and group in frame.columns:
            _report(frame, _compulsory(frame), group, headings, problems)
        for section in SECTION_TITLES:
            name = f"{group}_{section}"
            if name in frame.columns:
                alone = pl.col(group).is_not_null() & _runs_alone(section) if group in frame.columns else pl.lit(False)
                _report(frame, _runs(frame, section) & ~alone, name, headings, problems)


def _compulsory(frame: pl.DataFrame) -> pl.Expr:
    """Return whether a school may have primary or junior pupils: its type says so, or it has none."""
    if "school_type" not in frame.columns:
        return pl.lit(value=True)
    codes = [code for code, runs in TYPE_SECTIONS.items() if runs != ("senior",)]
    return (pl.col("school_type").is_in(codes) | pl.col("school_type").is_null()).fill_null(True)


def _runs(frame: pl.DataFrame, section: str) -> pl.Expr:
    pupils = pl.col(f"pupils_{section}") if f"pupils_{section}" in frame.columns else pl.lit(None, dtype=pl.Float64)
    typed = pl.lit(value=False)
    if "school_type" in frame.columns:
        codes = [code for code, runs in TYPE_SECTIONS.items() if section in runs]
        typed = pl.col("school_type").is_in(codes).fill_null(False)
    return pl.when(pupils.is_not_null()).then(pupils > 0).otherwise(typed)


def _runs_alone(section: str) -> pl.Expr:
    codes = [code for code, runs in TYPE_SECTIONS.items() if runs == (section,)]
    return pl.col("school_type").is_in(codes).fill_null(False)


def _report(frame: pl.DataFrame, expected: pl.Expr, name: str, headings: Mapping[str, str], problems: Problems) -> None:
    blank = frame.filter(expected & pl.col(name).is_null())
    if blank.is_empty() or len(blank) > frame.select(expected.sum()).item() * MOSTLY:
        return
    heading = headings.get(name, name)
    report_rows(
        untold(blank, problems, heading),
        problems,
        level=Level.WARNING,
        code="tables.blank_figure",
        sentence=f"“{{value}}”的“{heading}”没有数值，有关指标无法计算",
        remedy=REMEDY,
        heading=heading,
        value="school_name" if "school_name" in frame.columns else name,
    )
