"""A whole, what is named of it, and the rest: 29所…15所将竣工…其余14所2024年秋季竣工."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import is_amount, is_level
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal
from dudao.claims.relations.parts_and_total import adds_up, sum_of

REACH = 12
"""How many figures back the whole may stand."""

_REST = re.compile(r"^(?:其余|余下|剩余|剩下|其他|其它|还有|另有|另外|尚有|仍有)(?:的|各?类)?[^，。；]{0,8}$")
_CERTAIN = re.compile(r"^(?:其余|余下|剩余|剩下)")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a whole is what was named of it and the rest."""
    mentions = passage.mentions
    for place, rest in enumerate(mentions):
        if not is_amount(rest) or not is_level(rest) or not _REST.search(rest.lead):
            continue
        yield from _wholes(passage, mentions, place)


def _wholes(passage: Passage, mentions: tuple[Mention, ...], place: int) -> Iterator[Proposal]:
    rest = mentions[place]
    named: list[Mention] = []
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.paragraph != rest.paragraph:
            return
        if not (is_amount(one) and is_level(one)) or one.quantity.unit != rest.quantity.unit or one.depth > rest.depth:
            continue
        parts = [*reversed(named), rest]
        if named and adds_up(one, parts):
            yield from sum_of(passage, one, parts, WEAK)
            return
        if len(named) == 1 and _CERTAIN.search(rest.lead) and one.sentence == rest.sentence:
            if one.quantity.value > max(named[0].quantity.value, rest.quantity.value):
                yield from sum_of(passage, one, parts, EXPLICIT)
            return
        named.append(one)
