"""A rate against that of another, named by its stage or place: 小学…比例78.4%；初中…比例94.7%，较小学高16.3个百分点."""

import re
from collections.abc import Iterator

from dudao.claims.formulas import minus
from dudao.claims.likeness import core_noun
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
_YEAR = re.compile(r"年|期|上|计划|目标|标准|要求|规定|平均|水平|预")
_RATES = frozenset({Role.LEVEL, Role.SHARE, Role.TO})


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a rate is so many points above or below that of another, told before by its name."""
    for place, by in enumerate(passage.mentions):
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
