"""A share whose base is not named, and does not fit the number of schools the same text gives elsewhere."""

import re
from decimal import Decimal
from itertools import pairwise

from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Kind, Quantity

CODE = "claims.contradiction.changing_base"
_SHARE_OF_ALL = re.compile(
    r"^[，,]?(?:覆盖率|占比|比例|创建率|达标率|建成率|普及率|完成率|通过率)(?:已|均|也)?(?:达到?了?|为|是)?$"
)
_ALL_SCHOOLS = re.compile(r"(?:全[市县区省旗州]|市域|县域|辖区|共有|现有)[^，。；\n]{0,12}$")
_SCHOOLS_BEHIND = re.compile(
    r"^(?:中小学校?|各级各类学校|学校|幼儿园|校园)(?P<list>[、和及](?:中小学校?|幼儿园|学校))?"
)
_SCHOOLS_BEFORE = re.compile(r"(?:校园|学校|中小学校?|幼儿园)$")
_ALL_BEFORE = re.compile(
    r"(?:全[市县区省旗州]|[我本][市县区旗州]|辖区)(?:目前)?(?:共有|现有|有|拥有)?(?:各级各类)?"
    r"(?P<kind>中小学校?[、和及]幼儿园|中小学校?|学校|幼儿园)(?:总数)?(?:共有|共计|共|达|为)*$"
)
_KINDERGARTEN = "幼儿园"
_UNITS = frozenset({"所", "个", "家"})


def find(reading: Reading) -> list[Finding]:
    """Return a note where count and share give a whole that differs from the only whole the text names."""
    wholes = _wholes(reading)
    if not wholes:
        return []
    found: list[Finding] = []
    quantities = reading.passage.quantities
    for part, share in pairwise(quantities):
        if part.kind is not Kind.COUNT or part.unit not in _UNITS or share.kind is not Kind.PERCENT:
            continue
        if part.approximation or share.approximation or not Decimal(0) < share.value < Decimal(100):
            continue
        between = reading.text[part.span.end : share.span.start].replace(" ", "")
        if len(between) > 14 or not _SHARE_OF_ALL.match(between):
            continue
        lead = reading.text[max(0, part.span.start - 10) : part.span.start].strip()
        named = _SCHOOLS_BEFORE.search(lead)
        if named is None:
            continue
        alike = [whole for kind, whole in wholes if (kind == _KINDERGARTEN) == (named[0] == _KINDERGARTEN)]
        if not alike:
            continue
        low, high = share.interval.low, share.interval.high
        if low is None or high is None or low <= 0:
            continue
        smallest, largest = part.value * 100 / high, part.value * 100 / low
        if any(smallest <= whole.value <= largest for whole in alike):
            continue
        found.append(_finding(part, share, alike[0], smallest, largest))
    return found


def _wholes(reading: Reading) -> list[tuple[str, Quantity]]:
    """Return the numbers of all schools or kindergartens of the place, where the words say so, each with its kind."""
    found = []
    for quantity in reading.passage.quantities:
        if quantity.kind is not Kind.COUNT or quantity.unit not in _UNITS or quantity.approximation:
            continue
        before = reading.text[max(0, quantity.span.start - 24) : quantity.span.start].replace(" ", "")
        if match := _ALL_BEFORE.search(before):
            found.append((match["kind"], quantity))
            continue
        behind = reading.text[quantity.span.end : quantity.span.end + 14]
        if _ALL_SCHOOLS.search(before[-16:]) and (schools := _SCHOOLS_BEHIND.match(behind.lstrip())):
            found.append((schools[0], quantity))
    return found


def _finding(part: Quantity, share: Quantity, whole: Quantity, smallest: Decimal, largest: Decimal) -> Finding:
    low, high = int(smallest.to_integral_value()), int(largest.to_integral_value())
    size = f"约{low}" if low == high else f"{low}至{high}"
    return Finding(
        CODE,
        Level.NOTE,
        share.span,
        f"{part.text}占{share.text}，对应的总数为{size}{part.unit}，而文中另一处写的是{whole.text}；基数的范围似有变化。",
        related=(part.span, whole.span),
        remedy="请写明这一比例以哪些学校为基数。",
    )
