"""Calendar years, school years and dates, as facts name them."""

import re
from datetime import date

_YEAR = re.compile(r"\d{4}")
_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4})")


def is_period(text: str) -> bool:
    """Return whether the text names a year (`2022`), a school year (`2022-2023`) or a date (`2022-06-30`)."""
    if _YEAR.fullmatch(text):
        return True
    if match := _SCHOOL_YEAR.fullmatch(text):
        return int(match[2]) == int(match[1]) + 1
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def previous_year(period: str) -> str:
    """Return the period one year earlier; a date keeps its month and day (29 February becomes 28).

    Raises:
        ValueError: the text names no period.
    """
    if _YEAR.fullmatch(period):
        return str(int(period) - 1)
    if match := _SCHOOL_YEAR.fullmatch(period):
        return f"{int(match[1]) - 1}-{int(match[2]) - 1}"
    day = date.fromisoformat(period)
    if day.month == 2 and day.day == 29:
        return date(day.year - 1, 2, 28).isoformat()
    return day.replace(year=day.year - 1).isoformat()
