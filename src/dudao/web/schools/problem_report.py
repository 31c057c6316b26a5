"""The problems of an import as a plain report: groups by kind and column, each with its places; found and paged."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dudao.issues import Issue, Level
from dudao.tables.problems import Group, Place

_VALUE = re.compile(r"(，?这里是)?“?\{value\}”?")
_WEIGHT = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a problem stands: sheet, row as people see it, and what stands there."""

    sheet: str
    row: int | None
    value: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Problems of one kind in one column: `cells` holds as many places as were kept, `count` counts all."""

    level: str
    code: str
    sentence: str
    remedy: str
    heading: str
    count: int
    cells: tuple[Cell, ...]

    def told(self, cell: Cell | None) -> str:
        """Return the sentence with what stands in a cell; of the first one when none is given."""
        value = cell.value if cell else self.cells[0].value if self.cells else ""
        return self.sentence.replace("{value}", value)

    @property
    def message(self) -> str:
        """Return the sentence as told of all cells together."""
        return self.told(None) if self.count == 1 else _VALUE.sub("", self.sentence)


def report_of(groups: Iterable[Group], remarks: Iterable[Issue]) -> list[dict[str, Any]]:
    """Return groups and single remarks as plain values, errors first, then what occurs most."""
    rows = [
        {
            "level": str(group.level),
            "code": group.code,
            "sentence": group.sentence,
            "remedy": group.remedy,
            "heading": group.heading,
            "count": group.count,
            "cells": [[place.sheet, place.row or None, place.value] for place in group.places],
        }
        for group in groups
    ]
    rows += [_remark(issue) for issue in remarks]
    return sorted(rows, key=lambda row: (_WEIGHT[str(row["level"])], -int(str(row["count"]))))


def _remark(issue: Issue) -> dict[str, Any]:
    place = issue.location
    known = bool(place.sheet or place.row)
    return {
        "level": str(issue.level),
        "code": issue.code,
        "sentence": issue.message,
        "remedy": issue.remedy,
        "heading": place.column,
        "count": 1,
        "cells": [[place.sheet, place.row, ""]] if known else [],
    }


def problems_of(report: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """Return a kept report as it was made."""
    return tuple(
        Problem(
            row["level"],
            row["code"],
            row["sentence"],
            row["remedy"],
            row["heading"],
            row["count"],
            tuple(Cell(*cell) for cell in row["cells"]),
        )
        for row in report
    )


def counted(report: list[dict[str, Any]], level: Level) -> int:
    """Return how many problems of a level a report counts."""
    return sum(row["count"] for row in report if row["level"] == str(level))


def marked_places(problems: Iterable[Problem]) -> tuple[tuple[Place, str], ...]:
    """Return the cells of all problems with their sentences and remedies, for marking them in a copy."""
    return tuple(
        (Place(cell.sheet, cell.row, problem.heading, cell.value), f"{problem.told(cell)}。{problem.remedy}")
        for problem in problems
        for cell in problem.cells
        if cell.row
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One problem in one cell, or one of the whole file (`cell` None)."""

    problem: Problem
    cell: Cell | None

    @property
    def message(self) -> str:
        """Return the sentence of this cell."""
        return self.problem.told(self.cell)


def lines(problems: Iterable[Problem], *, level: str = "", kind: str = "", words: str = "") -> list[Line]:
    """Return the problems cell by cell, narrowed to a level, a group (`code|heading`) and words in it."""
    return [
        line
        for problem in problems
        if (not level or problem.level == level) and (not kind or kind == key_of(problem))
        for line in _lines(problem)
        if not words or words in _searched(line)
    ]


def key_of(problem: Problem) -> str:
    """Return what names a group of problems in an address."""
    return f"{problem.code}|{problem.heading}"


def _lines(problem: Problem) -> Iterator[Line]:
    if not problem.cells:
        yield Line(problem, None)
    for cell in problem.cells:
        yield Line(problem, cell)


def _searched(line: Line) -> str:
    cell = line.cell
    place = f"{cell.sheet} 第{cell.row}行 {cell.value}" if cell else ""
    return f"{line.problem.heading} {place} {line.message}"
