"""Ages told in bands that leave none out: 35岁及以下272人，36岁至54岁751人，55岁及以上266人.

The first band is open below, the last open above, and each begins where the one before it ended: whatever was told of
the whole before (其中女性609人), they make it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

NAME = "age_bands"
FEWEST = 3
REACH = 8
"""How many figures before the first band the whole may stand."""
PARAGRAPHS = 1
FIGURES = 30
"""Among how many figures, shares and changes among them, the bands may stand."""
_BELOW = re.compile(r"(?P<last>\d{1,3})(?:周?岁)?(?:及|\(含\)|（含）)?(?:以下|及?以内)")
_FROM_BIRTH = re.compile(r"0\s?[-—–~～至到]+\s?(?P<last>\d{1,3})(?:周?岁)")
_BETWEEN = re.compile(r"(?P<first>\d{1,3})(?:周?岁)?\s?[-—–~～至到]+\s?(?P<last>\d{1,3})(?:周?岁)")
_ABOVE = re.compile(r"(?P<first>\d{1,3})(?:周?岁)(?:及|\(含\)|（含）)?以上")
_CLAUSE_MARK = re.compile(r"[，。；、,;\n]")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_AGES = frozenset({"岁", "周岁"})
_WORDS = 24
"""How many characters before a figure its band may stand."""
_Band = tuple[int, int]
_OLDEST = 200


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of such bands; called wrong only where one slip keeps them from making the whole."""
    place = 0
    while place < len(passage.mentions):
        bands = _bands(passage, place)
        if len(bands) < FEWEST:
            place += 1
            continue
        yield from _of_whole(passage, place, bands)
        place += len(bands)


def _bands(passage: Passage, place: int) -> list[Mention]:
    """Return the amounts from a place on whose bands follow one another from the lowest to the highest."""
    found: list[Mention] = []
    ended = -1
    for one in passage.mentions[place : place + FIGURES]:
        if found and one.sentence != found[0].sentence:
            break
        aside = found and (one.role in (Role.SHARE, Role.CHANGE) or not one.amount)
        if aside or one.quantity.unit in _AGES:
            continue
        band = _band(passage, one)
        if band is None or not (one.level and one.amount) or (found and not same_unit(found[0], one)):
            break
        if band[0] != (ended + 1 if found else 0) and not (found and band[0] == ended):
            break
        found.append(one)
        ended = band[1]
        if ended == _OLDEST:
            return found
    return []


def _band(passage: Passage, one: Mention) -> _Band | None:
    start = one.quantity.span.start
    words = passage.text[max(start - _WORDS, 0) : start].translate(_HALF_WIDTH)
    words = _CLAUSE_MARK.split(words)[-1]
    if (said := _FROM_BIRTH.search(words) or _BELOW.search(words)) is not None:
        return 0, int(said["last"])
    if (said := _BETWEEN.search(words)) is not None:
        return int(said["first"]), int(said["last"])
    said = _ABOVE.search(words)
    return (int(said["first"]), _OLDEST) if said is not None else None


def _of_whole(passage: Passage, place: int, bands: Sequence[Mention]) -> Iterator[Proposal]:
    told = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place][::-1]
        if bands[0].paragraph - one.paragraph <= PARAGRAPHS
        and one.level
        and one.amount
        and one.slack is not None
        and same_unit(one, bands[0])
        and not one.each
    ]
    for whole in told:
        if adds_up(whole, bands) or one_slip_away(whole.quantity, [one.quantity for one in bands], rounded=True):
            for one in sum_of(passage, whole, bands, STRUCTURAL, relation=NAME):
                # The whole may have been divided otherwise before: what is explained are the parts.
                yield replace(one, stated=bands[0].index)
            return
