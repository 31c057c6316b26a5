"""Levels of two years in sentences of their own: 2021年，全县幼儿园86所。2022年，全县幼儿园93所，比上年增加7所.

Each sentence begins with its year, and the amount that changed bears the same name in both: what 比上年 compares it
with is told right before, so that no word but the year is needed to find it.
"""

import re
from collections.abc import Iterator

from dudao.claims.likeness import core_noun, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role

SENTENCES_BACK = 3
"""How many sentences back the year before may be told."""
REACH = 24
"""How many figures back its level may stand."""
NAME = 2
_BEGINS = re.compile(r"\s*(?:截至|到)?(?P<year>(?:19|20)\d\d)年(?!以来|至|—|-)")
_LAST_YEAR = re.compile(r"(?:比|较)(?:上年|去年|上一年)(?:同期|末|底)?")


def year_before(passage: Passage) -> Iterator[tuple[Mention, Mention, Mention]]:
    """Yield the level of a year, that of the year before it and the change told of them."""
    mentions = passage.mentions
    for place, change in enumerate(mentions):
        if place == 0 or change.role is not Role.CHANGE or _LAST_YEAR.search(change.lead) is None:
            continue
        newer = mentions[place - 1]
        beside = newer.sentence == change.sentence and change.clause_number - newer.clause_number == 1
        name = core_noun(newer.noun)
        if not (beside and newer.level and newer.amount and len(name) >= NAME) or own_subject(change.lead):
            continue
        year = _year(passage, newer.sentence)
        if year is None:
            continue
        told = [
            one
            for one in mentions[max(place - REACH, 0) : place - 1]
            if newer.paragraph == one.paragraph
            and 0 < newer.sentence - one.sentence <= SENTENCES_BACK
            and _year(passage, one.sentence) == year - 1
            and (one.level and one.amount and same_unit(one, newer) and one.each == newer.each)
            and core_noun(one.noun) == name
        ]
        if len(told) == 1:
            yield newer, told[0], change


def _year(passage: Passage, sentence: int) -> int | None:
    """Return the year that a sentence begins with."""
    begins = _BEGINS.match(passage.text, passage.segmentation.sentences.starts[sentence])
    return int(begins["year"]) if begins is not None else None
