"""Pupils for each school or class: 小学96所，…。在校生40704人，…。校均规模424人, told sentences behind both."""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.slipped.shapes import MEAN, Shape

REACH = 16
"""How many figures back the pupils and their schools may stand."""
_MEAN = re.compile(r"(?P<place>校|园|班)均(?:规模|人数|学生数?|在校生数?|幼儿数?)?(?:为|达|是)?$")
_PUPILS = re.compile(r"(?:在校|在园)(?:学?生|幼儿|人)?(?:总?数|总?人数|规模)?$|^(?:学生|幼儿)(?:总?数|总人数)?$")
_PLACE = {"校": re.compile("学校|小学|初中|中学|高中|中职"), "园": re.compile("幼儿园|园"), "班": re.compile("班")}


def pupils_per_school(passage: Passage, place: int) -> Iterator[tuple[Shape, Mention, Mention]]:
    """Yield the pupils and the schools of a mean where the paragraph tells one number of either before it."""
    one = passage.mentions[place]
    said = _MEAN.search(one.lead)
    if said is None or one.quantity.unit.partition("/")[0] != "人":
        return
    told = [
        other
        for other in passage.mentions[max(place - REACH, 0) : place]
        if other.paragraph == one.paragraph and other.depth == one.depth and other.role is Role.LEVEL
        if other.level and other.amount and not other.each and other.quantity.approximation is None
    ]
    pupils = [other for other in told if other.family == "人" and _PUPILS.search(other.noun)]
    places = [other for other in told if other.family == "所" and _PLACE[said["place"]].search(other.noun + other.tail)]
    if len(pupils) == 1 == len(places) and places[0].index < pupils[0].index:
        yield MEAN, pupils[0], places[0]
