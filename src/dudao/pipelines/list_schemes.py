"""Packs → the list of schemes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dudao.issues import Issue, has_errors
from dudao.packs.find import find_packs
from dudao.scheme.load import load_scheme
from dudao.scheme.summary import SchemeSummary, summarise


@dataclass(frozen=True, slots=True)
class SchemeList:
    """One line for each scheme, ordered by id, and what keeps other packs from being read."""

    schemes: tuple[SchemeSummary, ...]
    issues: tuple[Issue, ...]


def list_schemes(folders: Sequence[Path] = ()) -> SchemeList:
    """Return the shipped packs and those in the folders; a pack that cannot be read does not hide the others.

    Raises:
        UnreadableInputError: a folder does not exist.
    """
    summaries: list[SchemeSummary] = []
    problems: list[Issue] = []
    for entry in find_packs(folders):
        scheme, issues = load_scheme(entry.folder)
        if scheme is None or has_errors(issues):
            problems.extend(issues)
        else:
            summaries.append(summarise(scheme))
    return SchemeList(tuple(summaries), tuple(problems))
