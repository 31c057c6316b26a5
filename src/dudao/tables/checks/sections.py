"""What a school reports for its sections against what it reports for the whole, and type against sections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows
from dudao.tables.columns import SECTION_TITLES, TableKind
from dudao.tables.problems import Problems


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A total and its sections in one frame; `wrong` says for each row whether they differ, `total` the sum."""

    whole: str
    parts: tuple[str, ...]
    total: pl.Expr
    wrong: pl.Expr

    def holds(self, row: Mapping[str, object]) -> bool:
        """Return whether total and sections of one row differ."""
        given = [value for name in self.parts if isinstance(value := row.get(name), int | float)]
        whole = row.get(self.whole)
        if not isinstance(whole, int | float) or not given:
            return False
        runs = TYPE_SECTIONS.get(str(row.get("school_type") or ""), ())
        open_ = any(row.get(name) is None and name.rpartition("_")[2] in runs for name in self.parts)
        return sum(given) - whole > SLACK or (not open_ and whole - sum(given) > SLACK)


SLACK = 0.5


def contradictions(frame: pl.DataFrame, kind: TableKind) -> Iterator[Contradiction]:
    """Yield what is told both whole and by section.

    A blank beside reported sections counts as none, but not where the school runs that section by its type: what it
    has there is not known, so that only sections above the whole contradict it.
    """
    typed = "school_type" in frame.columns
    for whole in {column.whole: None for column in kind.columns if column.whole}:
        parts = tuple(column.name for column in kind.sections_of(whole) if column.name in frame.columns)
        if whole not in frame.columns or len(parts) < 2:
            continue
        total = pl.sum_horizontal(pl.col(name).fill_null(0) for name in parts)
        given = pl.any_horizontal(pl.col(name).is_not_null() for name in parts)
        open_ = [pl.col(name).is_null() & pl.col("school_type").is_in(types_with(name)) for name in parts if typed]
        below = (pl.col(whole) - total > SLACK) & ~pl.any_horizontal(*open_, pl.lit(value=False)).fill_null(value=False)
        wrong = given & ((total - pl.col(whole) > SLACK) | below)
        yield Contradiction(whole, parts, total, wrong.fill_null(value=False))


def types_with(column: str) -> list[str]:
    """Return the school types that run the section a column tells of."""
    return [code for code, runs in TYPE_SECTIONS.items() if column.rpartition("_")[2] in runs]


def sections_sum_to_school(
    frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems
) -> None:
    """Report schools whose sections do not add up to the whole."""
    for found in contradictions(frame, kind):
        heading = headings.get(found.whole, found.whole)
        words = "、".join(headings.get(name, name) for name in found.parts)
        wrong = frame.filter(found.wrong).with_columns(
            pl.format("{}，各学段之和为{}", pl.col(found.whole).cast(pl.Int64), found.total.cast(pl.Int64)).alias(
                "shown"
            )
        )
        report_rows(
            wrong,
            problems,
            level=Level.ERROR,
            code="tables.sections_do_not_add_up",
            sentence=f"“{heading}”为{{value}}，两者不等",
            remedy=f"请核对“{heading}”与{words}。",
            heading=heading,
            value="shown",
        )


TYPE_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "211": ("primary",),
    "218": ("primary",),
    "311": ("junior",),
    "312": ("primary", "junior"),
    "341": ("junior", "senior"),
    "342": ("senior",),
    "345": ("primary", "junior", "senior"),
}


def type_fits_sections(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report pupils in a section that a school of that type does not run."""
    if not present(frame, "school_type"):
        return
    heading = headings.get("school_type", "办学类型")
    for section, title in SECTION_TITLES.items():
        name = f"pupils_{section}"
        if name not in frame.columns:
            continue
        strange = {code: runs for code, runs in TYPE_SECTIONS.items() if section not in runs}
        senior = [code for code, runs in strange.items() if runs == ("senior",)]
        others = [code for code in strange if code not in senior]
        for codes, told in ((others, f"已把{title}段计入"), (senior, "普通高中不在评估范围的，整校不计入")):
            report_rows(
                frame.filter(pl.col("school_type").is_in(codes) & (pl.col(name) > 0)),
                problems,
                level=Level.WARNING,
                code="tables.type_and_sections_differ",
                sentence=f"“{heading}”为{{value}}，却填了{title}在校生，{told}",
                remedy="请核对办学类型和分学段在校生数。",
                heading=heading,
                value="school_type",
            )
