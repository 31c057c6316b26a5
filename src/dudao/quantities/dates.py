"""Years, dates, times of day, document numbers: figures that name and do not measure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind, Quantity

_DASH = r" {0,2}(?:[-–—~～]{1,2}|至|到) {0,2}"
_YEAR = r"(?:19|20)[0-9]{2}"

DOCUMENT_NUMBER = re.compile(
    r"[\[〔【(〈﹝] {0,2}(?P<year>" + _YEAR + r") {0,2}[\]〕】)〉﹞] {0,2}(?:第 {0,2})?(?P<serial>[0-9]{1,5}) {0,2}号"
)

_FULL = re.compile(
    r"(?P<year>[0-9]{4}) {0,2}年 {0,2}(?P<month>[0-9]{1,2}) {0,2}月(?: {0,2}(?P<day>[0-9]{1,2}) {0,2}[日号](?!均))?"
)
_ISO = re.compile(
    r"(?P<year>"
    + _YEAR
    + r")(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_MONTH_DAY = re.compile(r"(?P<month>[0-9]{1,2}) {0,2}月 {0,2}(?P<day>[0-9]{1,2}) {0,2}[日号](?!均)")
_MONTHS = re.compile(r"(?P<month>1[0-2]|0?[1-9])" + _DASH + r"(?P<last>1[0-2]|0?[1-9]) {0,2}月")
_MONTH = re.compile(r"(?P<month>1[0-2]|0?[1-9]) {0,2}月(?![均])")
_DAY = re.compile(r"(?P<day>3[01]|[12][0-9]|0?[1-9]) {0,2}日(?![均常益])")
_YEARS = re.compile(
    r"(?P<year>"
    + _YEAR
    + r") {0,2}(?:年度|学年度|学年|年)?"
    + _DASH
    + r"(?P<last>"
    + _YEAR
    + r")(?![0-9]) {0,2}(?P<unit>学年度|学年|年度|年)?(?!级)"
)
_ONE_YEAR = re.compile(r"(?P<year>" + _YEAR + r")(?P<gap> {0,2})(?P<unit>学年度|学年|年度|年|届)(?!级)")
_SPACED_YEAR = re.compile(r"(?P<year>[12] [90] [0-9] [0-9]) {0,2}(?P<unit>年)")
_CLOCK = re.compile(r"(?P<hour>2[0-3]|[01]?[0-9])[:∶](?P<minute>[0-5][0-9])(?:[:∶][0-5][0-9])?(?![0-9.])")
_HOUR = re.compile(r"(?P<hour>2[0-4]|[01]?[0-9]) ?时(?: ?[0-5]?[0-9] ?分)?(?![间期代候段任空])")


@dataclass(frozen=True, slots=True)
class Name:
    """A figure that names a time or a document: where it ends, the number it stands for, its kind and unit."""

    end: int
    value: Decimal
    kind: Kind
    unit: str
    upper: Decimal | None = None


def named(text: str, start: int, name: Name) -> Quantity:
    """Return the quantity of a name that begins at `start`; it stands for itself, or for all from first to last."""
    return Quantity(
        Span(start, name.end),
        text[start : name.end],
        name.value,
        Interval(name.value, name.value if name.upper is None else name.upper),
        name.unit,
        name.kind,
        upper=name.upper,
    )


def name_at(text: str, position: int, mark: str) -> Name | None:
    """Return the year, date or time whose first digits stand at the position of a folded text.

    `mark` is the first character behind these digits, blanks left out; it decides which patterns are tried. The value
    of a date is its year when one is written (2022年6月30日 → 2022), else its month (1月11日 → 1).
    """
    for reading in _READINGS.get(mark, ()):
        if name := reading(text, position):
            return name
    return None


def _full_date(text: str, position: int) -> Name | None:
    if match := _FULL.match(text, position):
        return Name(match.end(), Decimal(match["year"]), Kind.DATE, "年月日" if match["day"] else "年月")
    return None


def _numeric_date(text: str, position: int) -> Name | None:
    if match := _ISO.match(text, position):
        return Name(match.end(), Decimal(match["year"]), Kind.DATE, "年月日")
    return None


def _years(text: str, position: int) -> Name | None:
    if (match := _YEARS.match(text, position)) and int(match["year"]) < int(match["last"]):
        return Name(match.end(), Decimal(match["year"]), Kind.YEAR, "年", Decimal(match["last"]))
    return None


def _year(text: str, position: int) -> Name | None:
    if match := _ONE_YEAR.match(text, position):
        return Name(match.end(), Decimal(match["year"]), Kind.YEAR, "年")
    return None


def _spaced_year(text: str, position: int) -> Name | None:
    if match := _SPACED_YEAR.match(text, position):
        return Name(match.end(), Decimal(match["year"].replace(" ", "")), Kind.YEAR, "年")
    return None


def _months(text: str, position: int) -> Name | None:
    if (match := _MONTHS.match(text, position)) and int(match["month"]) < int(match["last"]):
        return Name(match.end(), Decimal(match["month"]), Kind.DATE, "月", Decimal(match["last"]))
    return None


def _month(text: str, position: int) -> Name | None:
    if match := _MONTH_DAY.match(text, position):
        return Name(match.end(), Decimal(match["month"]), Kind.DATE, "月日")
    if match := _MONTH.match(text, position):
        return Name(match.end(), Decimal(match["month"]), Kind.DATE, "月")
    return None


def _day(text: str, position: int) -> Name | None:
    if match := _DAY.match(text, position):
        return Name(match.end(), Decimal(match["day"]), Kind.DATE, "日")
    return None


def _clock(text: str, position: int) -> Name | None:
    if (match := _CLOCK.match(text, position)) and _tells_time(text, position, match):
        return Name(match.end(), Decimal(match["hour"]), Kind.OTHER, "时")
    return None


def _hour(text: str, position: int) -> Name | None:
    if match := _HOUR.match(text, position):
        return Name(match.end(), Decimal(match["hour"]), Kind.OTHER, "时")
    return None


_READINGS: dict[str, tuple[Callable[[str, int], Name | None], ...]] = {
    "年": (_full_date, _years, _year),
    "学": (_years, _year),
    "届": (_year,),
    "月": (_month,),
    "日": (_day,),
    "时": (_hour,),
    ":": (_clock,),
    "∶": (_clock,),
    "/": (_numeric_date,),
    ".": (_numeric_date,),
    "-": (_numeric_date, _years, _months),
    **dict.fromkeys("–—~～至到", (_years, _months)),
    **dict.fromkeys("0123456789", (_spaced_year,)),
}


def _tells_time(text: str, position: int, match: re.Match[str]) -> bool:
    """Return whether 8:30 is a time of day and not a ratio: 1:15 and 50:50 are ratios."""
    before = text[max(0, position - 3) : position].rstrip()
    if before.endswith(("日", "午", "晨", "晚", "间", "时")) or re.search(
        r"[0-9] $", text[max(0, position - 2) : position]
    ):
        return True
    if before.endswith(("比", "比例", "为", "至", "达")) or match["hour"] in ("1", "2", "3"):
        return False
    return int(match["hour"]) >= 6 or match["hour"].startswith("0")
