"""A change told by its amount one way and by its rate the other: 较上年减少0.65亿元，增长4.0%."""

import re
from itertools import pairwise

from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Kind

CODE = "claims.contradiction.turned_changes"
_RISES = re.compile(r"增长|增加|提高|上升|增幅")
_FALLS = re.compile(r"下降|减少|降低|降幅|下滑")
_BARE = re.compile(rf"(?:{_RISES.pattern}|{_FALLS.pattern})(?:了|为|达到?)?")
_GOES_UP = re.compile("提高|提升|上升|增加|增长")
_WAY = re.compile(r"(?:提高|提升|上升|增加|增长|下降|减少|降低|压减)[到至为]$")
_AMOUNTS = (Kind.MONEY, Kind.COUNT, Kind.AREA)


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each amount of change whose rate, right behind it, goes the other way."""
    found = []
    for left, right in pairwise(reading.passage.mentions):
        if _is_rate_of(left, right) and bool(_RISES.match(left_words(left))) != bool(_RISES.match(right.lead)):
            found.append(_finding(left, right))
        elif _goes_the_other_way(left, right) and not reading.passage.in_doubt(right.quantity):
            found.append(_of_way(left, right))
    return found


def left_words(mention: Mention) -> str:
    """Return the word of change right before an amount: 较上年减少."""
    found = list(_BARE.finditer(mention.lead))
    return found[-1][0] if found and found[-1].end() == len(mention.lead) else ""


def _is_rate_of(left: Mention, right: Mention) -> bool:
    """Return whether the second figure is nothing but the rate by which the first changed."""
    if left.role is not Role.CHANGE or right.role is not Role.CHANGE or left.quantity.kind not in _AMOUNTS:
        return False
    if right.quantity.kind is not Kind.PERCENT or left.sentence != right.sentence or left.depth != right.depth:
        return False
    beside = right.clause_number - left.clause_number == 1 and not left.tail
    return beside and bool(left_words(left)) and _BARE.fullmatch(right.lead) is not None


def _goes_the_other_way(left: Mention, right: Mention) -> bool:
    """Return whether two figures move against the words between them: 由51.8%下降到52.9%."""
    if left.role is not Role.FROM or right.role is not Role.TO or left.sentence != right.sentence:
        return False
    way = _WAY.search(right.lead)
    if right.quantity.kind not in (Kind.PERCENT, *_AMOUNTS):
        return False
    if way is None or left.quantity.unit != right.quantity.unit or right.clause_number != left.clause_number:
        return False
    least, most = left.quantity.interval.low, left.quantity.interval.high
    low, high = right.quantity.interval.low, right.quantity.interval.high
    if least is None or most is None or low is None or high is None:
        return False
    return high < least if _GOES_UP.match(way[0]) else low > most


def _of_way(began: Mention, reached: Mention) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        reached.quantity.span,
        f"“{reached.lead}{reached.quantity.text}”与起点{began.quantity.text}方向相反。",
        related=(began.quantity.span,),
        remedy="请核对前后两个数和增减的说法。",
    )


def _finding(amount: Mention, rate: Mention) -> Finding:
    said = f"{left_words(amount)}{amount.quantity.text}"
    return Finding(
        CODE,
        Level.WARNING,
        rate.quantity.span,
        f"前面写“{said}”，紧接着写“{rate.lead}{rate.quantity.text}”，增减方向相反。",
        related=(amount.quantity.span,),
        remedy="请核对是增是减，统一两处说法。",
    )
