"""Personal data in a text: citizens' ID numbers and mobile phone numbers that should be covered before keeping."""

import re
from dataclasses import dataclass
from datetime import date

_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{6})(\d{4})(\d{2})(\d{2})\d{3}[\dXx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z]|\.\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How many different ID numbers and phone numbers a text holds."""

    id_numbers: int
    phones: int


def personal_data(text: str) -> PersonalData:
    """Return what a text holds; an ID number counts only when its birthday and check digit are right (GB 11643)."""
    numbers = {found.group().upper() for found in _ID_NUMBER.finditer(text) if _is_id_number(found)}
    return PersonalData(len(numbers), len({found.group() for found in _PHONE.finditer(text)}))


def _is_id_number(found: re.Match[str]) -> bool:
    digits = found.group().upper()
    try:
        born = date(int(found.group(2)), int(found.group(3)), int(found.group(4)))
    except ValueError:
        return False
    if born.year < 1900:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[-1]
