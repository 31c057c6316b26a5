"""The wholes a share may mean, the likeliest first, and what earlier shares say about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK
from dudao.claims.rate_wholes import asked_by_name
from dudao.claims.sentence_scope import scope_of_sentence
from dudao.claims.shares.parallel import beside_siblings, head_of_own_list, mirrored, only_of_kind, opens_with_those
from dudao.claims.shares.parts import SHORT, subject_of
from dudao.claims.wholes import (
    NAMED,
    WHOLE_REACH,
    adds_up,
    enclosing_list,
    far_generals,
    general_before,
    is_half_of,
    larger_in_sentence,
    named_among,
    named_wholes,
    of_previous,
    one_in_other,
    opens_sentence,
    stands_beside,
    whole_noun,
)

_ATTRIBUTE = re.compile(r"学历|职称|周?岁|资格|骨干|(?<!子)女|少数民族|专业|寄宿|留守|毕业")
"""What a part of a count of persons is told by; it divides nothing else than the count before it."""
_DUE_TO = re.compile("应|符合|需|拟|可")
_BARE_SHARE = re.compile(r"(?:仅|只|也|均|约|共)*占")
"""46岁以上占42.4% says of whom it is the share."""


@dataclass(slots=True)
class Standing:
    """What earlier shares say about the whole of a later one: （下同）, the last that fitted, and all that fitted.

    `fitted` holds, per paragraph and whole, the numbers of the bare shares that fitted; `open` are shares that fitted
    nothing.
    `sibling` is the last share that fitted, with its part and whole.
    """

    below: Mention | None = None
    last: Mention | None = None
    fitted: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    open: list[tuple[Mention, Mention]] = field(default_factory=list)
    sibling: tuple[Mention, Mention, Mention] | None = None


def whole_of_sibling(mentions: tuple[Mention, ...], part_place: int, standing: Standing) -> Mention | None:
    """Return the whole of the share just before, when part follows part: …占总数的74.9%；高级职称1227人，占18.0%."""
    part = mentions[part_place]
    if standing.sibling is None or part_place == 0:
        return None
    earlier, whole, share = standing.sibling
    before = part_place - 1
    while before > 0 and mentions[before].each:
        before -= 1
    if mentions[before] is not share or not same_unit(part, whole) or part.paragraph != earlier.paragraph:
        return None
    near = part.sentence == earlier.sentence or (
        part.sentence == earlier.sentence + 1 and len(part.noun) >= 2 and part.noun[-2:] == earlier.noun[-2:]
    )
    return whole if near and part.quantity.value <= whole.quantity.value else None


def parts_of_one(mentions: tuple[Mention, ...], part_place: int) -> bool:
    """Return whether a figure and the one before it are told of the one before both: 7个县中，6个实现，1个未实现."""
    if part_place < len("两个"):
        return False
    whole, first, second = mentions[part_place - 2 : part_place + 1]
    near = whole.sentence == second.sentence and same_unit(whole, first) and same_unit(first, second)
    return near and whole.level and adds_up(whole, [first, second])


def _is_total_of(one: Mention, part: Mention, share: Mention) -> bool:
    """Return whether a total stands between a part and its share: 代课教师198名，教师总量4301名，代课占比4.6%."""
    beside = share.clause_number - one.clause_number == 1 and one.depth == share.depth
    return beside and one.total and one.level and same_unit(one, part) and one.quantity.value >= part.quantity.value


def candidate_wholes(
    passage: Passage, part_place: int, place: int, standing: Standing
) -> Iterator[tuple[Mention, int]]:
    """Yield the wholes a share may mean, the likeliest first, and how plainly the words mean them."""
    mentions = passage.mentions
    part, share = mentions[part_place], mentions[place]
    words, noun = whole_noun(share)
    if noun:
        if (told := beside_siblings(mentions, part, noun, standing)) is not None:
            yield told, STRUCTURAL
        yield from named_wholes(passage, part_place, place, words, noun)
        head = enclosing_list(passage, part_place)
        if head is not None:
            # 交流校长、教师3126人，其中骨干842人，占交流总数的26.9%: the name stands in the clause of the head.
            named = likeness(noun, head.noun) >= NAMED or one_in_other(noun, head.noun) or noun in head.clause
            named = named and not is_half_of(noun, head)
            # 实际交流136名，…，其中骨干教师41名，占交流教师的30.1%: what was done is what those are called by.
            done = part.lead.startswith("其中") and not head.base and _DUE_TO.search(head.lead) is None
            named = named or (done and core_noun(head.noun).endswith(noun[:2]))
            yield head, STRUCTURAL if named else WEAK
        return
    if place - 1 > part_place and _is_total_of(mentions[place - 1], part, share):
        yield mentions[place - 1], STRUCTURAL
    enclosing = enclosing_list(passage, part_place)
    if enclosing is not None:
        yield enclosing, EXPLICIT
    elif (among := named_among(passage, part_place)) is not None:
        yield among, STRUCTURAL
    elif (scope := scope_of_sentence(passage, part_place)) is not None:
        yield scope, STRUCTURAL
    general = general_before(mentions, part_place)
    if general is not None:
        yield general, STRUCTURAL
    previous = mentions[part_place - 1] if part_place else None
    if previous is not None and enclosing is None and of_previous(previous, part, share):
        yield previous, STRUCTURAL
    beside = whole_of_sibling(mentions, part_place, standing)
    if beside is not None and standing.sibling is not None and standing.sibling[0].sentence == part.sentence:
        yield beside, STRUCTURAL
    if _ATTRIBUTE.search(part.lead):
        larger = larger_in_sentence(mentions, part_place)
        alike = [one for one in larger if len(one.noun) >= SHORT and one.noun[-2:] == part.noun[-2:]]
        if len(alone := larger if len(larger) == 1 else alike) == 1:
            yield alone[0], STRUCTURAL
    if enclosing is None and (asked := asked_by_name(mentions, part_place, share)) is not None:
        yield asked, STRUCTURAL
    says_no_more = _BARE_SHARE.match(share.lead) is not None and enclosing is None
    if says_no_more and (head := opens_sentence(passage, part_place)) is not None:
        yield head, STRUCTURAL
    if enclosing is None and (head := head_of_own_list(mentions, part_place, place)) is not None:
        yield head, STRUCTURAL
    if enclosing is None and (head := opens_with_those(passage, part_place)) is not None:
        yield head, STRUCTURAL
    due = _of_those_due(mentions, part_place)
    if says_no_more and not due and (kind := only_of_kind(mentions, part_place)) is not None:
        yield kind, STRUCTURAL
    if enclosing is None and (alike_before := mirrored(mentions, part_place, standing)) is not None:
        yield alike_before, STRUCTURAL
    if standing.below is not None:
        yield standing.below, WEAK
    if general is None and enclosing is None:
        far = far_generals(mentions, part_place)
        for whole in far:
            plain = (
                len(far) == 1
                and not subject_of(share)
                and not due
                and not stands_beside(passage, whole, part)
                and (_telling(whole) or part.sentence - whole.sentence <= 2)
            )
            yield whole, STRUCTURAL if plain else WEAK
    if standing.last is not None:
        yield _nearest_same(mentions, part_place, standing.last), WEAK
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        whole = mentions[other]
        if is_level(whole) and is_amount(whole) and not whole.each and whole.quantity.value > part.quantity.value:
            yield whole, WEAK


def _of_those_due(mentions: tuple[Mention, ...], part_place: int) -> bool:
    """Return whether the share before is one of those due: 占应参与学生数的96.2%；参与教师2980人，占93.5%."""
    before = mentions[part_place - 1] if part_place else None
    same = before is not None and before.sentence == mentions[part_place].sentence and before.role is Role.SHARE
    return same and before is not None and "占应" in before.lead


def _telling(whole: Mention) -> bool:
    """Return whether a name is so particular that the same one far behind means the same figure: 在园幼儿, not 教师."""
    return len(core_noun(whole.noun)) > SHORT


def _nearest_same(mentions: tuple[Mention, ...], part_place: int, whole: Mention) -> Mention:
    """Return the last mention before a part of the very amount that an earlier share was taken of."""
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        one = mentions[other]
        same = one.quantity.value == whole.quantity.value and one.quantity.unit == whole.quantity.unit
        if one is whole or (same and one.level and not one.each):
            return one
    return whole
