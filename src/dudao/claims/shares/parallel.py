"""Wholes that the structure tells: where the one before stood, beside the one before, the only one of its kind."""

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from dudao.claims.likeness import core_noun, is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.stage_names import stage_in, stage_of
from dudao.claims.wholes import INNER_REACH, head_of_closed_list, whole_noun

if TYPE_CHECKING:
    from dudao.claims.shares.candidates import Standing

PART_REACH = 4
"""How many figures before its part the whole of a clause like the one before may stand."""
KINDS_LIMIT = 8
PARTICULAR = 5
"""So many characters name one whole and no other: 特殊教育在校生, while 在校生 may be those of a stage."""
_ALL_THERE_ARE = re.compile(r"(?:义务教育(?:阶段)?|中小)?学校|(?:小学|初中|高中)?(?:专任)?教师|在园幼儿|幼园")
_KINDS = frozenset({"教师", "幼儿", "学校", "幼园"})
"""Of these a paragraph tells all there are first, and then how many are special."""


def mirrored(mentions: tuple[Mention, ...], part_place: int, standing: "Standing") -> Mention | None:
    """Return the whole that stands where that of the share before stood.

    小学8416个班，大班额29个，占0.34%；初中3862个班，大班额17个，占0.44%.
    """
    part = mentions[part_place]
    if standing.sibling is None:
        return None
    earlier, whole, _ = standing.sibling
    same = core_noun(part.noun) == core_noun(earlier.noun) != ""
    if not same or part.sentence != earlier.sentence or part.part != earlier.part + 1 or whole.part != earlier.part:
        return None
    for one in mentions[max(part_place - PART_REACH + 1, 0) : part_place][::-1]:
        if one.part != part.part:
            return None
        if is_level(one) and is_amount(one) and one.quantity.unit == whole.quantity.unit and not one.each:
            return one if one.quantity.value > part.quantity.value else None
    return None


def beside_siblings(mentions: tuple[Mention, ...], part: Mention, noun: str, standing: "Standing") -> Mention | None:
    """Return the whole named in the sentence that told the one of the share before.

    学校1862所；在校生78.46万人…。民办学校627所，占学校总数的33.7%；在校生11.85万人，占在校生总数的15.1%.
    """
    if standing.sibling is None:
        return None
    earlier, whole, share = standing.sibling
    if earlier.sentence != part.sentence:
        return None
    particular = len(noun) >= PARTICULAR and whole_noun(share)[1] == noun
    particular = particular and (stage_in(noun) is not None or stage_of(earlier) == stage_of(part))
    if particular and same_unit(whole, part) and whole.quantity.value > part.quantity.value:
        return whole  # 附设班占特殊教育在校生的0.48%；随班就读…，占特殊教育在校生的49.47%: of what bears the same name
    if same_unit(whole, part) or whole.sentence == part.sentence:
        return None
    place = bisect_left(mentions, whole.index, key=lambda one: one.index)
    beside = [
        one
        for one in mentions[max(place - INNER_REACH, 0) : place + INNER_REACH]
        if one.sentence == whole.sentence and is_level(one) and is_amount(one) and same_unit(one, part) and not one.each
    ]
    named = [one for one in beside if core_noun(one.noun).endswith(noun) and one.quantity.value > part.quantity.value]
    return named[0] if len(named) == 1 else None


def opens_with_those(passage: Passage, part_place: int) -> Mention | None:
    """Return what the sentence before tells when 其中 opens that of a part: 教职工5874人。其中教师5412人，占92.1%."""
    mentions, part = passage.mentions, passage.mentions[part_place]
    first, _ = passage.sentences[part.sentence]
    if first != part_place or not part.lead.startswith("其中") or part.sentence == 0:
        return None
    # A line end may leave a sentence without figures between the two.
    begin, end = next(
        (
            one
            for one in (passage.sentences[part.sentence - back] for back in (1, 2) if part.sentence >= back)
            if one[0] < one[1]
        ),
        (0, 0),
    )
    told = [
        one for one in mentions[begin:end] if is_level(one) and is_amount(one) and same_unit(one, part) and not one.each
    ]
    return told[0] if len(told) == 1 and told[0].quantity.value > part.quantity.value else None


def head_of_own_list(mentions: tuple[Mention, ...], part_place: int, place: int) -> Mention | None:
    """Return what a list makes in full of which one part is named again: 高级1326人、中级…、初级…，高级占比24.5%."""
    if place - part_place < 2:
        return None
    head = head_of_closed_list(mentions, place - 1)
    inside = head is not None and head.index < mentions[part_place].index
    return head if inside and head is not None and head.quantity.value > mentions[part_place].quantity.value else None


def only_of_kind(mentions: tuple[Mention, ...], part_place: int) -> Mention | None:
    """Return the only larger amount of the paragraph so called: 专任教师4512人，…。骨干教师672人，占14.9%."""
    part = mentions[part_place]
    kind = core_noun(part.noun)[-2:]
    if kind not in _KINDS or "其中" in part.clause:
        return None
    found = []
    for one in mentions[max(part_place - INNER_REACH, 0) : part_place]:
        usable = is_level(one) and is_amount(one) and same_unit(one, part) and not one.each
        larger = usable and one.quantity.value > part.quantity.value
        if one.paragraph == part.paragraph and larger and core_noun(one.noun).endswith(kind):
            found.append(one)
    alone = len(found) == 1 and found[0].depth == part.depth
    # 走访学校40所 says which ones were seen, and not how many there are.
    return found[0] if alone and _ALL_THERE_ARE.fullmatch(core_noun(found[0].noun)) else None


def kinds_joined(passage: Passage, part_place: int) -> list[Mention]:
    """Return the amounts that 、 joins to a part, it last: 初中11所、小学29所全部达标; nothing for one alone."""
    part = passage.mentions[part_place]
    joined = [part]
    for one in passage.mentions[max(part_place - KINDS_LIMIT, 0) : part_place][::-1]:
        beside = one.clause_number == part.clause_number and one.depth == part.depth and same_unit(one, part)
        if not (beside and is_level(one) and is_amount(one) and "、" in passage.words_between(one, joined[0])):
            break
        joined.insert(0, one)
    named = {core_noun(one.noun) for one in joined}
    return joined if len(joined) > 1 and len(named) == len(joined) and "" not in named else []
