"""The whole that the first words of a sentence say all of it is about: 专任教师中，男…；党员1107人，占42.7%."""

import re

from dudao.claims.likeness import core_noun, is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage

REACH = 16
"""How many figures back the whole may stand."""
NAME = 3
"""How many characters the name of a whole has at least that only its name leads to."""
_OPENED = re.compile(r"(?P<whole>[^，。；：、\d]{2,12})(?:当中|之中|中|里)[，,：:]")


def scope_of_sentence(passage: Passage, part_place: int) -> Mention | None:
    """Return the whole of an earlier sentence that the sentence of a part takes up first; None where none is named."""
    mentions, part = passage.mentions, passage.mentions[part_place]
    opened = _OPENED.match(passage.text, passage.segmentation.sentences.starts[part.sentence])
    name = core_noun(opened["whole"]) if opened is not None else ""
    if len(name) < NAME:
        return None
    for whole in mentions[max(part_place - REACH, 0) : part_place][::-1]:
        amount = is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each
        if amount and whole.sentence < part.sentence and core_noun(whole.noun) == name:
            return whole if whole.quantity.value >= part.quantity.value else None
    return None
