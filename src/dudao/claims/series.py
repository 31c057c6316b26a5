"""Figures that stand in a row: 65%、67%、63%, and the names that 分别 or 依次 deals them to."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dudao.claims.mentions import Mention, Passage

_JOINT = re.compile(r"\s*(?:、|，|,|和|及|与|以及|；)\s*")
_DEALT = re.compile(r"分别|依次|各自|先后|逐年|分年度")
_NAMES = re.compile(r"[、，]|和|及|与|以及")
SERIES_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Series:
    """Two or more figures of one unit in a row; `first` is the place of the first among the mentions.

    `dealt` says whether 分别 or 依次 stands before them.
    """

    first: int
    members: tuple[Mention, ...]
    dealt: bool

    def __len__(self) -> int:
        return len(self.members)


@lru_cache(maxsize=1)
def all_series(passage: Passage) -> tuple[Series, ...]:
    """Return every row of figures of the text, in reading order; several relations ask for them one after another."""
    found: list[Series] = []
    place = 0
    while place < len(passage.mentions):
        length = _length(passage, place)
        if length >= 2:
            members = passage.mentions[place : place + length]
            found.append(Series(place, members, bool(_DEALT.search(members[0].clause[-40:]))))
        place += length
    return tuple(found)


@lru_cache(maxsize=1)
def _rows(passage: Passage) -> dict[int, tuple[Mention, ...]]:
    return {one.first: one.members for one in all_series(passage)}


def row_at(passage: Passage, place: int) -> tuple[Mention, ...]:
    """Return the row of figures that begins at a place; that figure alone where none does."""
    return _rows(passage).get(place) or passage.mentions[place : place + 1]


def starts_series(passage: Passage, place: int) -> bool:
    """Return whether the figure is one of a row of dealt-out figures, which is read as a whole elsewhere."""
    mentions = passage.mentions
    if place + 1 < len(mentions) and _joined(passage, mentions[place], mentions[place + 1]):
        return True
    return place > 0 and _joined(passage, mentions[place - 1], mentions[place])


def _length(passage: Passage, place: int) -> int:
    mentions = passage.mentions
    end = place + 1
    while end < len(mentions) and end - place < SERIES_LIMIT and _joined(passage, mentions[end - 1], mentions[end]):
        end += 1
    return end - place


def _joined(passage: Passage, left: Mention, right: Mention) -> bool:
    if left.sentence != right.sentence or left.quantity.unit != right.quantity.unit:
        return False
    between = passage.text[left.quantity.span.end : right.quantity.span.start]
    return len(between) <= 4 and _JOINT.fullmatch(between) is not None


def names_before(words: str) -> list[str]:
    """Return the names that stand before 分别 in a stretch of words: 甲、乙和丙型销售量分别占 → 甲, 乙, 丙型销售量."""
    dealt = list(_DEALT.finditer(words))
    if not dealt:
        return []
    return [name.strip() for name in _NAMES.split(words[: dealt[-1].start()]) if name.strip()]
