"""A rate or growth against that of another, told by its name: 小学…78.4%；初中…94.7%，较小学高16.3个百分点."""

import re
from collections.abc import Iterator

from dudao.claims.formulas import minus
from dudao.claims.likeness import core_noun, own_subject
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.quantities.model import Kind

REACH = 16
"""How many figures back the rate of the other may stand."""
ENDING = 2
"""So many characters at the end of two names say that they measure the same."""
_AGAINST = re.compile(
    r"(?:(?:比|较)(?P<than>[^，。；、\d]{2,8}?)(?P<word>高|低|多|少)(?:出|了|约)*"
    r"|(?P<above>高于|高出|低于)(?P<other>[^，。；、\d]{2,8}?))(?:约|近)?$"
)
_GROWTH = r"的?(?:增长率?|增幅|增速|增加)(?:幅度|速度|比例|率)?"
_GROWTHS = re.compile(
    rf"(?P<own>[^，。；、\d]{{2,16}}?){_GROWTH}"
    rf"(?:(?P<above>高于|高出|超过|低于)(?P<other>[^，。；、\d]{{2,16}}?)(?:{_GROWTH})?"
    rf"|(?:比|较)(?P<than>[^，。；、\d]{{2,16}}?)(?:{_GROWTH})?(?P<word>高|低)(?:出|了)?)(?:约|近)?"
)
"""教育支出增长高于财政经常性收入增长5.3个百分点: the growths of two things, each told with its name."""
GROWTHS = 2
"""So many growths at most are told with a name that is looked for."""
_YEAR = re.compile(r"年|期|上|计划|目标|标准|要求|规定|平均|水平|预")
_RATES = frozenset({Role.LEVEL, Role.SHARE, Role.TO})


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a rate is so many points above or below that of another, told before by its name."""
    for place, by in enumerate(passage.mentions):
        yield from _of_growths(passage, place)
        if by.quantity.kind is not Kind.PERCENTAGE_POINT or by.quantity.upper is not None or not place:
            continue
        said = _AGAINST.fullmatch(by.lead)
        own = passage.mentions[place - 1]
        if said is None or not _is_rate(own) or by.clause_number - own.clause_number != 1 or own.depth != by.depth:
            continue
        name = said["than"] or said["other"]
        if _YEAR.search(name) or name in own.topic:
            continue
        other = _rate_of(passage, place - 1, name)
        if other is None:
            continue
        more = (said["word"] or said["above"])[0] in "高多"
        high, low = (own, other) if more else (other, own)
        wording = Wording("named_others", ClaimType.DIFFERENCE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
        found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, STRUCTURAL, derived=False)
        if found is not None:
            yield found


def _of_growths(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教育支出增长15.2%，…收入增长2.2%，教育支出增长高于…收入增长13.0个百分点: each growth found by its name."""
    by = passage.mentions[place]
    if by.quantity.kind not in (Kind.PERCENTAGE_POINT, Kind.PERCENT) or by.quantity.upper is not None:
        return
    said = _GROWTHS.fullmatch(by.lead)
    if said is None:
        return
    own = _growths_of(passage, place, said["own"])
    other = _growths_of(passage, place, said["other"] or said["than"])
    if len(own) != 1 or len(other) != 1 or own[0] is other[0]:
        return
    more = (said["word"] or said["above"]) not in ("低", "低于")
    high, low = (own[0], other[0]) if more else (other[0], own[0])
    wording = Wording("named_others", ClaimType.DIFFERENCE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
    found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, STRUCTURAL, derived=False)
    if found is not None:
        yield found


def _growths_of(passage: Passage, place: int, name: str) -> list[Mention]:
    """Return the growths told before, in its paragraph, of what bears a name."""
    found: list[Mention] = []
    mentions, by = passage.mentions, passage.mentions[place]
    for number in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[number]
        if one.paragraph != by.paragraph:
            break
        if one.role is not Role.CHANGE or one.quantity.kind is not Kind.PERCENT or one.quantity.upper is not None:
            continue
        level = mentions[number - 1] if number else None
        beside = level is not None and level.level and level.part == one.part and not level.depth
        if name in one.lead or (level is not None and beside and name in level.lead and not own_subject(one.lead)):
            found.append(one)
    return found if len(found) < GROWTHS else []


def _is_rate(one: Mention) -> bool:
    return one.quantity.kind is Kind.PERCENT and one.role in _RATES and one.quantity.upper is None


def _rate_of(passage: Passage, place: int, name: str) -> Mention | None:
    """Return the nearest rate before another that measures the same of someone with a name."""
    own = passage.mentions[place]
    ending = core_noun(own.noun)[-ENDING:]
    if len(ending) < ENDING:
        return None
    for one in passage.mentions[max(place - REACH, 0) : place][::-1]:
        if one.paragraph != own.paragraph:
            return None
        if _is_rate(one) and name in one.topic and core_noun(one.noun).endswith(ending):
            return one
    return None
