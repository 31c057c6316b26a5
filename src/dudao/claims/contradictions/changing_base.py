"""A share whose base is not named, and does not fit the number of schools the same text gives elsewhere."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.facts import facts_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span
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
_DISTRICTS = re.compile(
    r"(?:全[省市州盟县区旗]|[所下现]?辖)(?P<number>[1-9]\d?)个?(?P<kind>县市区|县[（(][市区、]+[）)]|县市|市县|县区|区县|旗县市?区?|乡镇|镇街)"
    r"(?=均|全部|都|已全部|实现|每个|[、和]\d{1,2}个(?:街道|镇|乡|民族乡)[^，。；\n]{0,4}?(?:均|全部|都|实现))"
    r"|覆盖(?:了)?(?:全[省市州盟县区旗]|[所下现]?辖)(?P<covered>[1-9]\d?)个?(?P<of>县市区|县[（(][市区、]+[）)]|县市|市县|县区|区县|旗县市?区?|乡镇|镇街)(?=[，。；、\n])"
)
_REACHED = re.compile(r"(?:达标|合格|建成|创建成?功?|完成|通过|覆盖|配备|共?有|已|的)+$")
_OF_CHILDREN = re.compile(r"普惠性?(?:民办)?(?:幼儿)?园(?:共有|达|共|有)?\s*$")
"""普惠性幼儿园538所，覆盖率90.8%: the share is of the children, not of the kindergartens."""
_LEAD = 20
_BETWEEN = 14
_SHORTEST = 4
_BESIDE = 6
"""How many figures before or behind a part the base of its share may stand in its sentence."""
_KINDERGARTEN = "幼儿园"
_UNITS = frozenset({"所", "个", "家"})


def find(reading: Reading) -> list[Finding]:
    """Return a note where count and share give a whole that differs from the only whole the text names."""
    return [*_of_schools(reading), *_of_named(reading), *_of_districts(reading)]


def _of_named(reading: Reading) -> list[Finding]:
    """Return a note where a share of all of a kind fits no number of them that is told elsewhere."""
    parts = list(_parts_with_share(reading))
    if not parts:
        return []
    wholes = [
        fact
        for fact in facts_of(reading)
        if fact.unit == "所" and fact.bar in (Bar.ANY, Bar.NEAR) and len(fact.measure) >= _SHORTEST
    ]
    found: list[Finding] = []
    for part, share in parts:
        lead = _REACHED.sub("", reading.text[max(0, part.span.start - _LEAD) : part.span.start].strip())
        sizes = _sizes(part, share)
        alike = [fact for fact in wholes if lead.endswith(fact.measure) and fact.quantity.span != part.span]
        if not alike or sizes is None or _ALL_BEFORE.search(lead):
            continue
        if _told_beside(reading, part, sizes):
            continue
        if not any(sizes[0] <= fact.quantity.value <= sizes[1] for fact in alike):
            found.append(_finding(part, share, alike[0].quantity, *sizes))
    return found


def _of_districts(reading: Reading) -> list[Finding]:
    """Return a warning where all counties or towns of the place are told to be as many here and others there."""
    first: dict[str, re.Match[str]] = {}
    found: list[Finding] = []
    for match in _DISTRICTS.finditer(reading.text):
        kind = match["kind"] or match["of"]
        known = first.setdefault(kind, match)
        here, there = (Span(*one.span("number" if one["number"] else "covered")) for one in (match, known))
        number, before = (reading.text[span.start : span.end] for span in (here, there))
        if before != number:
            found.append(
                Finding(
                    CODE,
                    Level.WARNING,
                    here,
                    f"此处称全部{number}个{kind}，前文写的是{before}个。",
                    related=(there,),
                    remedy="请核实个数，前后写法一致；口径不同的（如是否含开发区）请注明。",
                )
            )
            break
    return found


def _of_schools(reading: Reading) -> list[Finding]:
    """Return a note where count and share give a whole that differs from the only number of schools named."""
    wholes = _wholes(reading)
    if not wholes:
        return []
    found: list[Finding] = []
    for part, share in _parts_with_share(reading):
        lead = reading.text[max(0, part.span.start - 10) : part.span.start].strip()
        named = _SCHOOLS_BEFORE.search(lead)
        if named is None:
            continue
        alike = [whole for kind, whole in wholes if (kind == _KINDERGARTEN) == (named[0] == _KINDERGARTEN)]
        if not alike:
            continue
        sizes = _sizes(part, share)
        if sizes is None or any(sizes[0] <= whole.value <= sizes[1] for whole in alike):
            continue
        if _told_beside(reading, part, sizes):
            continue
        found.append(_finding(part, share, alike[0], *sizes))
    return found


def _told_beside(reading: Reading, part: Quantity, sizes: tuple[Decimal, Decimal]) -> bool:
    """Return whether the sentence tells the base itself, before or behind: 学校339所，达标的287所，达标率84.7%."""
    quantities = reading.passage.quantities
    place = bisect_left(quantities, part.span.start, key=lambda one: one.span.start)
    sentence = reading.passage.segmentation.sentences.span_at(part.span.start)
    return any(
        one.unit in _UNITS and sizes[0] <= one.value <= sizes[1] and sentence.start <= one.span.start < sentence.end
        for one in (*quantities[max(place - _BESIDE, 0) : place], *quantities[place + 1 : place + 1 + _BESIDE])
    )


def _parts_with_share(reading: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield each number of schools with the share of all that stands right behind it: 91所，达标率94.8%."""
    for part, share in pairwise(reading.passage.quantities):
        if part.kind is not Kind.COUNT or part.unit not in _UNITS or share.kind is not Kind.PERCENT:
            continue
        if part.approximation or share.approximation or not Decimal(0) < share.value < Decimal(100):
            continue
        between = reading.text[part.span.end : share.span.start].replace(" ", "")
        if "覆盖率" in between and _OF_CHILDREN.search(reading.text, max(0, part.span.start - 12), part.span.start):
            continue
        if len(between) <= _BETWEEN and _SHARE_OF_ALL.match(between):
            yield part, share


def _sizes(part: Quantity, share: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return the least and greatest whole that a part and its share allow."""
    low, high = share.interval.low, share.interval.high
    if low is None or high is None or low <= 0:
        return None
    return part.value * 100 / high, part.value * 100 / low


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
