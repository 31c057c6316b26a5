"""Figures that words announce as a result, and figures nearby that make them exactly, whatever the sentence between.

Sentences tell a share, a growth, a shortage or a mean in more ways than the other relations know. Where the words say
what kind of result a figure is and nothing else explains it, the amounts nearby are tried, the nearest first; what
fits, and is unlikely to fit by chance, is confirmed. What does not fit is no claim.
"""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from dudao.claims.mentions import Passage
from dudao.claims.nearby.announced import announced
from dudao.claims.nearby.both import both_before, of_both
from dudao.claims.nearby.changes import changes
from dudao.claims.nearby.quotients import means, ratios
from dudao.claims.nearby.rules import NAME, SHARE
from dudao.claims.nearby.runs import lists
from dudao.claims.nearby.shares import shares
from dudao.claims.proposals import WEAK, Proposal
from dudao.claims.slipped.known_wholes import shares_of_known

__all__ = ["NAME", "find"]

SEARCHES = 6000
"""So many figures of one text are searched for; a report of 20 pages has some 200."""

_SEARCHES: dict[str, Callable[[Passage, int], Iterator[Proposal]]] = {
    "change": changes,
    "share": shares,
    "ratio": ratios,
    "per_capita": means,
}

_Explained = AbstractSet[tuple[int, str]]


def find(passage: Passage, explained: _Explained) -> Iterator[Proposal]:
    """Yield what fits for the results that no other relation explains.

    Args:
        passage: the text as the relations read it.
        explained: the numbers of the figures that are explained, each with what it is explained as: change, share,
            or the type of the claim.
    """
    searched = 0
    for place, one in enumerate(passage.mentions):
        if one.quantity.upper is not None or one.quantity.approximation is not None or one.quantity.value <= 0:
            continue
        how = announced(one)
        if not how or (one.index, how) in explained or (how == "share" and (one.index, "change") in explained):
            continue
        searched += 1
        if searched > SEARCHES:
            return
        if (pair := both_before(passage, place)) is not None:
            yield from of_both(passage, place, *pair)
            continue
        told = [*_SEARCHES[how](passage, place)]
        yield from told or (_of_known(passage, place) if how == "share" else ())
    yield from lists(passage)


def _of_known(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the share of the one whole of its kind, however far before: 在园幼儿中，公办园8317人，公办率52.4%."""
    for _, part, whole in shares_of_known(passage, place):
        found = SHARE.proposed(passage, passage.mentions[place], (part, whole), WEAK, derived=True)
        if found is not None:
            yield found
            return
