"""How many men there are to a hundred women: 男性72334万人，女性68844万人，总人口性别比为105.07."""

import re
from collections.abc import Iterator
from decimal import Decimal

from dudao.claims.formulas import share_in_percent
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, propose, text_of
from dudao.quantities.model import Kind

NAME = "sex_ratio"
REACH = 16
"""How many figures before the ratio the two amounts may stand."""
PARAGRAPHS = 1
BESIDE = 4
"""How many figures the two may stand apart."""
_SAID = re.compile(r"(?<!出生)(?<!出生人口)(?<!婴儿)性别比")
_MALE, _FEMALE = re.compile("男"), re.compile("女")
_LEAST, _MOST = Decimal(60), Decimal(200)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that such a ratio is what the men and the women told before it make."""
    for place, one in enumerate(passage.mentions):
        figure = one.quantity
        bare = not figure.unit and figure.upper is None and figure.kind in (Kind.OTHER, Kind.COUNT)
        if not bare or not _LEAST <= figure.value <= _MOST or one.role not in (Role.LEVEL, Role.TO):
            continue
        if not _SAID.search(one.clause[-60:]):
            continue
        men, women = _nearest(passage, place, _MALE), _nearest(passage, place, _FEMALE)
        if men is None or women is None or not same_unit(men, women) or abs(men.index - women.index) > BESIDE:
            continue
        spoken = f"{text_of(men)}÷{text_of(women)}×100"
        wording = Wording(NAME, ClaimType.RATIO, "ratio = men / women * 100", spoken)
        found = propose(passage, wording, ("ratio", one), {"men": men, "women": women}, share_in_percent, EXPLICIT)
        if found is not None:
            yield found


def _nearest(passage: Passage, place: int, sex: re.Pattern[str]) -> Mention | None:
    """Return the nearest amount of one sex before a figure, in its paragraph or the one before."""
    one = passage.mentions[place]
    for other in passage.mentions[max(place - REACH, 0) : place][::-1]:
        if one.paragraph - other.paragraph > PARAGRAPHS:
            return None
        if other.level and other.family == "人" and other.quantity.value > 0 and sex.search(other.noun):
            return other
    return None
