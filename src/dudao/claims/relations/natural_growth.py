"""How fast a population grows by itself: 出生率9.85‰，死亡率6.90‰，自然增长率2.95‰."""

import re
from collections.abc import Iterator

from dudao.claims.formulas import minus
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, propose, text_of

NAME = "natural_growth"
REACH = 8
"""How many figures before the growth births and deaths may stand."""
PERMILLE = "‰"
_GROWTH = re.compile(r"自然增长率(?:为|是|达|达到)?$")
_BIRTHS = re.compile(r"出生率(?:为|是|达|达到)?$")
_DEATHS = re.compile(r"死亡率(?:为|是|达|达到)?$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that such a growth is births less deaths, all in the same thousandths."""
    for place, growth in enumerate(passage.mentions):
        if PERMILLE not in growth.quantity.text or not _GROWTH.search(growth.lead):
            continue
        births = _nearest(passage, place, _BIRTHS)
        deaths = _nearest(passage, place, _DEATHS)
        if births is None or deaths is None or births.quantity.value < deaths.quantity.value:
            continue
        spoken = f"{text_of(births)}－{text_of(deaths)}"
        wording = Wording(NAME, ClaimType.DIFFERENCE, "growth = births - deaths", spoken)
        operands = {"births": births, "deaths": deaths}
        found = propose(passage, wording, ("growth", growth), operands, minus, EXPLICIT)
        if found is not None:
            yield found


def _nearest(passage: Passage, place: int, name: re.Pattern[str]) -> Mention | None:
    """Return the nearest rate of a name before a growth, in its paragraph."""
    growth = passage.mentions[place]
    for one in passage.mentions[max(place - REACH, 0) : place][::-1]:
        if one.paragraph != growth.paragraph:
            return None
        if PERMILLE in one.quantity.text and name.search(one.lead):
            return one
    return None
