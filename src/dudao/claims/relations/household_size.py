"""How many live in a household: 家庭户172869户，家庭户人口501694人，平均每个家庭户的人口为2.90人."""

import re
from collections.abc import Iterator

from dudao.claims.formulas import quotient
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, propose, text_of

NAME = "household_size"
REACH = 8
"""How many figures before the mean people and households may stand."""
HOUSEHOLDS = "户"
_MEAN = re.compile(r"平均每(?:个)?家庭户的?(?:人口|规模|人数)?(?:为|是|达到?)?$")
_PEOPLE = re.compile(r"家庭户(?:的)?(?:总)?人口(?:数)?(?:为|是|有)?$")
_HOMES = re.compile(r"家庭户(?:户数|数)?(?:为|是|有|共)?$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that such a mean is the people of households over the households."""
    for place, mean in enumerate(passage.mentions):
        if mean.family != "人" or mean.role not in (Role.LEVEL, Role.TO) or not _MEAN.search(mean.lead):
            continue
        people = _nearest(passage, place, _PEOPLE, "人")
        homes = _nearest(passage, place, _HOMES, HOUSEHOLDS)
        if people is None or homes is None:
            continue
        wording = Wording(NAME, ClaimType.PER_CAPITA, "per = people / homes", f"{text_of(people)}÷{text_of(homes)}")
        operands = {"people": people, "homes": homes}
        found = propose(passage, wording, ("per", mean), operands, quotient, EXPLICIT)
        if found is not None:
            yield found


def _nearest(passage: Passage, place: int, name: re.Pattern[str], unit: str) -> Mention | None:
    """Return the nearest amount of a name and unit before a mean, in its paragraph."""
    mean = passage.mentions[place]
    for one in passage.mentions[max(place - REACH, 0) : place][::-1]:
        if one.paragraph != mean.paragraph:
            return None
        counted = one.family == unit or (unit == HOUSEHOLDS and one.quantity.unit == unit)
        if counted and one.level and one.quantity.value > 0 and name.search(one.lead):
            return one
    return None
