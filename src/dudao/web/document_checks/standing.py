"""A version against the versions before it: what is new, still there, changed in its figures only, or back again."""

import re
from collections.abc import Iterable, Mapping, Sequence

from dudao.web.document_checks.models import Entry

_FIGURES = re.compile(r"[0-9０-９][0-9０-９.,，．]*")
_BLANK = re.compile(r"\s+")


def words_without_figures(entry: Entry) -> tuple[str, str]:
    """Return by what a finding is recognised when only its figures were edited."""
    return entry.code, _BLANK.sub("", _FIGURES.sub("＿", entry.sentence))


def set_standing(entries: Iterable[Entry], before: Sequence[Entry] | None, older_keys: frozenset[str]) -> None:
    """Set the standing of each finding of a new version.

    Args:
        entries: the findings of the new version, not yet saved; claims are left alone.
        before: the findings of the checked version before it; None when it is the first.
        older_keys: the keys of all earlier versions.
    """
    if before is None:
        return
    rows = [entry for entry in entries if entry.number]
    last = {entry.key for entry in before}
    now = {entry.key for entry in rows}
    gone: dict[tuple[str, str], list[str]] = {}
    for entry in before:
        if entry.key not in now:
            gone.setdefault(words_without_figures(entry), []).append(entry.key)
    for entry in rows:
        entry.standing, was = _standing(entry, last, older_keys, gone)
        if was:
            entry.detail = {**entry.detail, "was": was}


def _standing(
    entry: Entry, last: set[str], older: frozenset[str], gone: Mapping[tuple[str, str], list[str]]
) -> tuple[str, str]:
    if entry.key in last:
        return "same", ""
    if entry.key in older:
        return "reappeared", ""
    candidates = gone.get(words_without_figures(entry))
    if candidates:
        return "changed", candidates.pop(0)
    return "new", ""
