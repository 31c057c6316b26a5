"""Figures that several names each have: 高中、职校各1所 are two schools wherever lists are added up."""

import re
from dataclasses import replace
from functools import lru_cache

from dudao.claims.mentions import Mention, Passage
from dudao.quantities.model import Interval, Kind, Quantity

_EACH = re.compile(r"各(?:有|为|是|建|设)?$")
_NAMES = re.compile(r"[、和与及]")
_LIST = re.compile(r"[^，。；：:,;（）()\d]*$")
MOST = 6
"""So many names of a list are still those of single things."""


@lru_cache(maxsize=1)
def with_each_counted(passage: Passage) -> Passage:
    """Return the passage with each such figure as many times as names share it; the same where none is shared."""
    told = [(place, times) for place, one in enumerate(passage.mentions) if (times := _names(passage, one)) > 1]
    if not told:
        return passage
    mentions = [*passage.mentions]
    for place, times in told:
        one = mentions[place]
        mentions[place] = replace(one, quantity=_multiplied(one.quantity, times), lead=_EACH.sub("", one.lead))
    return replace(passage, mentions=tuple(mentions))


def _names(passage: Passage, one: Mention) -> int:
    """Return how many names share a count; 1 for any other figure and where the list of names may be another."""
    if not _EACH.search(one.lead) or not one.level or one.quantity.kind is not Kind.COUNT or one.quantity.upper:
        return 1
    start = one.quantity.span.start
    named = _LIST.search(_EACH.sub("", passage.text[max(start - 60, 0) : start]))
    names = _NAMES.split(named[0]) if named is not None else []
    return len(names) if len(names) <= MOST and all(len(name) > 1 for name in names) else 1


def _multiplied(figure: Quantity, times: int) -> Quantity:
    low, high = figure.interval.low, figure.interval.high
    interval = Interval(None if low is None else low * times, None if high is None else high * times)
    return replace(figure, value=figure.value * times, interval=interval, text=f"{figure.text}×{times}")
