"""Amounts of every kind of what was told before: 教育经费总投入8.5亿元…。学前教育经费总投入…，其他教育经费总投入….

No 其中 opens them, and the total may stand a paragraph above. That each bears its whole name with a kind before it, and
that the last is of all others, says that they are its parts and leave nothing out.
"""

from collections.abc import Iterator, Sequence

from dudao.claims.completeness import OPEN_LIST
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.claims.sums.lists import PARTS_LIMIT, in_one_list
from dudao.claims.sums.proposing import sum_of

FEWEST = 3
REACH = 24
"""How many figures back the total may stand, and how long its name is at least."""
NAME = 4
PARAGRAPHS = 1
OTHERS = ("其他", "其它", "其余")


def by_kind(passage: Passage) -> Iterator[Proposal]:
    """Yield the sum of the amounts of all kinds, the last of which is that of the others."""
    mentions = passage.mentions
    for place, last in enumerate(mentions):
        if place < FEWEST or not (last.level and last.amount and last.noun.startswith(OTHERS)):
            continue
        name = core_noun(last.noun)
        name = next((name.removeprefix(word) for word in OTHERS if name.startswith(word)), name)
        first = place
        while first and place - first < PARTS_LIMIT and _beside(mentions[first - 1], mentions[first], name):
            first -= 1
        parts = [*in_one_list(passage, mentions[first : place + 1])]
        total = _named(mentions[max(first - REACH, 0) : first], name, last)
        if len(name) < NAME or total is None or not FEWEST <= len(parts) == place - first + 1:
            continue
        if len({one.noun for one in parts}) < len(parts):
            continue
        if not OPEN_LIST.search(passage.text, parts[0].quantity.span.end, last.quantity.span.start):
            yield from sum_of(passage, total, parts, EXPLICIT)


def _beside(one: Mention, following: Mention, name: str) -> bool:
    own = core_noun(one.noun)
    return one.sentence == following.sentence and own.endswith(name) and own != name


def _named(before: Sequence[Mention], name: str, last: Mention) -> Mention | None:
    """Return the nearest amount before that bears just the name."""
    for one in before[::-1]:
        near = last.paragraph - one.paragraph <= PARAGRAPHS
        if near and one.level and one.amount and not one.each and same_unit(one, last) and core_noun(one.noun) == name:
            return one
    return None
