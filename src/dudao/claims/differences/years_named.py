"""Changes between two years named anew: 2022年8935万元、2023年10285万元，2023年比2022年增长15.1%."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.quantities.model import Kind

REACH = 12
"""How many figures back the figures of both years may stand."""
_COMPARED = re.compile(r"(?P<later>(?:19|20)\d\d)年(?:度|末|底)?(?:比|较|与|同)(?P<earlier>(?:19|20)\d\d)年")
_OWN_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度|末|底)?[^，。；、\d]{0,8}$")
_NOT_LEVELS = frozenset({Role.CHANGE, Role.EXCESS, Role.SHARE})


def years_named(passage: Passage) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Yield the levels of both years, the later first, and the change told of them.

    Each year must have one figure only in the sentence of the change and the one before it.
    """
    mentions = passage.mentions
    for place, change in enumerate(mentions):
        said = _COMPARED.search(change.clause) if change.role is Role.CHANGE else None
        if said is None:
            continue
        told: dict[str, list[Mention]] = {}
        for one in mentions[max(place - REACH, 0) : place]:
            own = _OWN_YEAR.search(one.lead)
            near = one.paragraph == change.paragraph and change.sentence - one.sentence <= 1
            if own is not None and near and one.role not in _NOT_LEVELS and one.depth <= change.depth:
                told.setdefault(own["year"], []).append(one)
        later, earlier = told.get(said["later"], []), told.get(said["earlier"], [])
        if len(later) == 1 == len(earlier) and same_unit(later[0], earlier[0]) and later[0].each == earlier[0].each:
            alike = same_unit(change, later[0]) or change.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT)
            if alike and said["later"] != said["earlier"]:
                yield later[0], earlier[0], change
