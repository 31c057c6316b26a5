"""What is said of all and does not hold of a part: 培训率100%, 乡村教师培训率83.2%; 不超过5所, 个别达到8所.

A rate of 100% of the whole leaves no part below it, a rate of nought none above it, and what each keeps to nobody
passes. Only what the chapters of problems tell of a part counts: elsewhere a lower rate may be that of other schools.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from dudao.claims.chapters import Chapter
from dudao.claims.context import measure_of
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.subjects import shared_words
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Kind, Quantity

CODE = "claims.contradiction.beyond_bound"
_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,20}?(?:率|比例|占比))(?:均|都|已|为|仅|只有|达到?|是|保持|稳定|实现|不足)*$"
)
_ALL, _NONE = Decimal(100), Decimal(0)
_AT_MOST = re.compile(r"(?:均|都|全部|每[^，。；]{1,10}?)[^，。；]{0,10}?(?:不超过|不多于|不突破|控制在)(?:规定的)?$")
_AT_LEAST = re.compile(r"(?:均|都|全部)[^，。；]{0,6}?(?:达到?|不低于|不少于|超过|在)$")
_SHORT_OF = re.compile(r"(?:不足|低于|少于|不到|未达到|达不到|没有达到)$")
_OVER = re.compile(r"(?:超过|超出|多于|突破|高于)(?:了)?$")
_EDGES = re.compile(
    r"^(?:每[名个所位校人]?|所有|全[市县区旗州])+"
    r"|(?:(?:均|都|全部)[^，。；]{0,6}?)?(?:不超过|不多于|不突破|控制在|达到?|不低于|不少于|超过|在)(?:规定的)?$"
)
_NOT_NOW = re.compile(r"力争|计划|目标|争取|拟|要求|应|确保|规定|标准|必须|不得|到20\d\d年")
_OTHER_SCHOOLS = re.compile(r"高中|中职|职业|幼儿|学前|特殊教育|民办|高校|校外")
_MOST = 120
_SHORTEST = 4
_NOUN = 4


@dataclass(frozen=True, slots=True)
class _Bound:
    mention: Mention
    name: str
    words: str


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each part of which problems tell what the bound set for all does not allow."""
    chapters = reading.chapters
    if Chapter.PROBLEMS not in chapters.kinds:
        return []
    told = [one for one in reading.passage.mentions if chapters.at(one.quantity.span.start) is Chapter.PROBLEMS]
    said = [
        one
        for one in reading.passage.mentions
        if chapters.at(one.quantity.span.start) in (Chapter.RESULTS, Chapter.OTHER)
    ]
    parts = [*islice((one for one in told if not is_past(reading, one.quantity.span)), _MOST)]
    found = [*_of_rates(said, parts), *_of_limits(said, parts)]
    return [finding for finding in found if not reading.passage.has_torn(finding.span)]


def _of_rates(said: list[Mention], parts: list[Mention]) -> Iterator[Finding]:
    """Yield the parts whose rate is below 100% where that of all is 100%, or above nought where all have none."""
    bounds = [*islice((one for mention in said if (one := _full_rate(mention)) is not None), _MOST)]
    for mention in parts:
        rate = _RATE.search(mention.clause)
        if mention.quantity.kind is not Kind.PERCENT or rate is None or mention.role not in (Role.LEVEL, Role.SHARE):
            continue
        value, name = mention.quantity.value, rate["name"]
        for bound in bounds:
            beyond = value < _ALL if bound.mention.quantity.value == _ALL else value > _NONE
            if beyond and _ends_alike(bound.name, name) and _of_same_schools(bound.words, mention.topic):
                yield _finding(bound.mention, mention, name)
                break


def _full_rate(mention: Mention) -> _Bound | None:
    """Return the rate of all there are, if a figure says that it is 100% or nought."""
    quantity = mention.quantity
    if quantity.kind is not Kind.PERCENT or quantity.value not in (_ALL, _NONE) or mention.role is Role.CHANGE:
        return None
    rate = _RATE.search(mention.clause)
    if rate is None or mention.depth or _NOT_NOW.search(mention.topic):
        return None
    return _Bound(mention, rate["name"], mention.topic)


def _ends_alike(whole: str, part: str) -> bool:
    """Return whether two rates have one name, so far as the narrower words of the part leave it: 教师全员培训率."""
    whole = measure_of(whole) or whole
    short = whole[-min(len(whole), 6) :]
    return len(short) >= _SHORTEST and part.endswith(short)


def _of_same_schools(whole: str, part: str) -> bool:
    return set(_OTHER_SCHOOLS.findall(part)) <= set(_OTHER_SCHOOLS.findall(whole))


def _of_limits(said: list[Mention], parts: list[Mention]) -> Iterator[Finding]:
    """Yield the figures that pass what all are said to keep to, in the same words: 责任督学联系学校."""
    bounds = [
        _Bound(one, _EDGES.sub("", one.clause), one.topic)
        for one in said
        if one.amount
        and (_AT_MOST.search(one.clause) or _AT_LEAST.search(one.clause))
        and not _NOT_NOW.search(one.clause)
    ]
    for mention in parts:
        for bound in bounds[:_MOST]:
            limit = bound.mention.quantity
            if mention.family != bound.mention.family or mention.family is None or not mention.level:
                continue
            least = _AT_MOST.search(bound.mention.clause) is None
            if not (_falls_short(limit, mention) if least else _passes(limit, mention)):
                continue
            named = (_SHORT_OF.sub("", mention.clause) if least else _OVER.sub("", mention.clause)).rstrip(
                "达到有为了已只仅"
            )
            words = shared_words(bound.name, mention.clause)
            if not words and _same_letters(bound.name, named):
                words = bound.name  # 宿舍生均面积, 生均宿舍面积
            if words and (words == bound.name or named.endswith(bound.name[-_NOUN:])):
                yield _finding(bound.mention, mention, words)
                break


def _same_letters(name: str, clause: str) -> bool:
    """Return whether a clause ends in the characters of a name in another order."""
    return len(name) >= _SHORTEST and sorted(name) == sorted(clause[-len(name) :])


def _passes(limit: Quantity, mention: Mention) -> bool:
    if _OVER.search(mention.clause) and mention.quantity.value >= limit.value:
        return True
    high, low = limit.interval.high, mention.quantity.interval.low
    return high is not None and low is not None and low > high


def _falls_short(limit: Quantity, mention: Mention) -> bool:
    """Return whether a figure, or what is said to be less than it, lies below a limit."""
    if _SHORT_OF.search(mention.clause):
        return mention.quantity.value <= limit.value
    low, high = limit.interval.low, mention.quantity.interval.high
    return high is not None and low is not None and high < low


def _finding(bound: Mention, part: Mention, words: str) -> Finding:
    limit, passed = bound.quantity, part.quantity
    return Finding(
        CODE,
        Level.WARNING,
        passed.span,
        f"前文称“{bound.clause[-24:]}{limit.text}”，此处却写“{part.clause[-24:]}{passed.text}”，“{words}”的说法与此不合。",
        related=(limit.span,),
        remedy="请核实情况：前文说的只是部分学校的，请写明范围；此处的数有误的，请改正。",
    )
