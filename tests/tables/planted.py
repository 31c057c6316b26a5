"""Tables with planted errors, read and judged: what was pointed at, by row and heading, with what remedy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dudao.balance.result import BalanceResult
from dudao.issues import Issue, Level
from dudao.pipelines.balance import balance_table
from dudao.pipelines.balance_standards import load_standard
from dudao.tables.read import read_table
from tests.tables.office_layout_list import Layout
from tests.tables.office_layouts import Written, county
from tests.tables.planted_errors import ERRORS, Error


@dataclass(frozen=True, slots=True)
class Trial:
    """A table with one error, and where the school stands that has it."""

    written: Written
    places: tuple[tuple[str, int], ...]
    result: BalanceResult


def read_sound(layout: Layout, folder: Path) -> tuple[Written, BalanceResult]:
    """Return the table without errors as it was read."""
    written = layout(county(), folder)
    return written, balance_table(read_table(written.path), load_standard("quality-2017"))


def false_alarms(result: BalanceResult) -> list[str]:
    """Return every error and warning told of a sound table, and what could not be computed."""
    told = [
        f"{issue.code} {issue.location} {issue.message}" for issue in result.issues if issue.level is not Level.NOTE
    ]
    return told + [each.reason for one in result.counties for each in one.incomplete]


def trials(layout: Layout, folder: Path) -> Iterator[tuple[Error, Trial]]:
    """Yield each error that the layout can hold, planted and read."""
    for error in ERRORS:
        if layout.__name__ in error.not_in:
            continue
        yield error, trial(error, layout, folder)


def trial(error: Error, layout: Layout, folder: Path) -> Trial:
    """Return a table of one layout with one error, read and judged."""
    schools = county()
    school = [each for each in schools if each.kind == error.school][1]
    error.plant(schools, school)
    written = layout(schools, folder)
    result = balance_table(read_table(written.path), load_standard("quality-2017"))
    return Trial(written, tuple(written.rows[school.name]), result)


def found(error: Error, trial: Trial) -> bool:
    """Return whether a finding names the row, the heading and a remedy."""
    return any(_tells(issue, error, trial) for issue in trial.result.issues)


def _tells(issue: Issue, error: Error, trial: Trial) -> bool:
    if issue.level is Level.NOTE or (error.level == "error" and issue.level is not Level.ERROR):
        return False
    words = re.sub(r"\s", "", f"{issue.location.column} {issue.message}")
    named = any(heading in words for heading in error.headings)
    spots = [issue.location, *issue.related]
    return named and bool(issue.remedy) and any((spot.sheet, spot.row) in trial.places for spot in spots)
