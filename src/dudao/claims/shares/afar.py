"""Shares whose part or whole is told by its name in a sentence or chapter before."""

import re
from collections.abc import Iterator

from dudao.claims.arithmetic import step
from dudao.claims.fractions import (
    share_of,
)
from dudao.claims.likeness import core_noun, is_amount, is_level, own_subject, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage
from dudao.claims.proposals import WEAK, Proposal
from dudao.claims.shares.parts import PART_REACH, SHORT, subject_of
from dudao.claims.slips import share_one_slip_away
from dudao.claims.wholes import (
    WHOLE_REACH,
    far_generals,
    whole_noun,
)

NAMES_REACH = 24
"""How many figures back in its paragraph part and whole may be told by name."""
_OF_ALL_THERE = re.compile(r"占(?P<all>全[国省市县区州旗])总(?:数|量|人数)的(?:约)?$")
_TREASURY = re.compile(r"一般公共预算(?=[收支])|公共财政(?=[收支])")
_ALL_SPENT = re.compile(r"(?:支出|生产总值|总收入|总投入|GDP)$")


def of_whole_beside(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 一般公共预算支出5632.40亿元，一般公共预算教育经费所占比例为18.14%.

    The whole is all that was spent or made, told right before; the part is told by its name in a chapter before.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    subject = subject_of(share).removesuffix("所")
    whole = mentions[place - 1] if place else None
    if whole is None or len(subject) <= SHORT or whole_noun(share)[1]:
        return None
    beside = share.clause_number - whole.clause_number == 1 and whole.sentence == share.sentence
    alone = place < 2 or mentions[place - 2].sentence != share.sentence
    spent = whole.level and whole.amount and _ALL_SPENT.search(core_noun(whole.noun)) is not None
    if not (beside and alone and spent):
        return None
    named = [
        one
        for one in mentions[max(place - WHOLE_REACH, 0) : place - 1]
        if is_level(one) and same_unit(one, whole) and own_subject(core_noun(one.noun)) == subject and not one.each
    ]
    plain = named and len({one.quantity.value for one in named}) == 1
    return (named[-1], whole) if plain and named[-1].quantity.value < whole.quantity.value else None


def of_all_there(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 全国共有留守儿童697万人。…7省留守儿童总人数为484.4万，占全国总数的69.5%.

    The whole is told of the same 全国 and by the name of the part, the only such figure before it.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    said = _OF_ALL_THERE.search(share.lead)
    part = mentions[place - 1] if place else None
    if said is None or part is None or not (part.level and part.amount) or part.each or part.depth != share.depth:
        return None
    name = core_noun(part.noun)
    beside = share.clause_number - part.clause_number == 1 and share.sentence == part.sentence
    told = [
        one
        for one in mentions[max(place - NAMES_REACH, 0) : place - 1]
        if is_level(one) and is_amount(one) and same_unit(one, part) and not one.each and said["all"] in one.clause
    ]
    told = [one for one in told if len(core_noun(one.noun)) > SHORT and name.endswith(core_noun(one.noun))]
    alone = len({one.quantity.value for one in told}) == 1
    return (part, told[-1]) if beside and alone and told[-1].quantity.value > part.quantity.value else None


def of_noted_whole(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 教育支出占一般公共预算支出（74.35亿元）的20.0%: the part is told before by its name.

    The amount may stand without a parenthesis: 教育经费占财政支出74.35亿元的比例为20.0%.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    whole = mentions[place - 1] if place else None
    if whole is None or whole.sentence != share.sentence or not whole.amount or whole.each:
        return None
    if whole.depth > share.depth:
        opened = passage.text[max(whole.parenthesis - 1 - LEAD_LIMIT, 0) : max(whole.parenthesis - 1, 0)]
        beside = not whole.lead
    else:
        opened = whole.lead
        beside = whole.depth == share.depth and whole.level and share.lead.startswith("的")
    subject = own_subject(core_noun(share.clause.partition("占")[0]))
    if "占" not in opened or not beside or whole.slack is None or len(subject) <= SHORT:
        return None
    if any(one.clause_number == share.clause_number and one is not whole for one in mentions[place - 2 : place]):
        return None
    named = [
        one
        for one in mentions[max(place - WHOLE_REACH, 0) : place - 1]
        if is_level(one) and same_unit(one, whole) and own_subject(core_noun(one.noun)) == subject and not one.each
    ]
    plain = named and len({one.quantity.value for one in named}) == 1
    return (named[-1], whole) if plain and named[-1].quantity.value < whole.quantity.value else None


def of_names_told(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 第一产业增加值占生产总值的比重为23.8% where the paragraph told each by its name once.

    Where they do not make the share, one slip must explain it.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    subject, whole_name = _bare(share.lead.partition("占")[0]), _bare(whole_noun(share)[1])
    if len(subject) <= SHORT or not whole_name or not share.quantity.decimals:
        return None
    told = [
        one
        for one in mentions[max(place - NAMES_REACH, 0) : place]
        if one.paragraph == share.paragraph and is_level(one) and is_amount(one) and not one.each
    ]
    found = []
    for name in (subject, whole_name):
        named = [one for one in told if _bare(one.noun) == name]
        if len(named) != 1 or named[0].slack is None or named[0].quantity.value <= 0:
            return None
        found.append(named[0])
    part, whole = found
    if not same_unit(part, whole) or part.quantity.value >= whole.quantity.value:
        return None
    missed = abs(part.quantity.value * 100 / whole.quantity.value - share.quantity.value)
    near = missed <= step(share.quantity) or share_one_slip_away(share.quantity, part.quantity, whole.quantity)
    return (part, whole) if near else None


def _bare(words: str) -> str:
    """Return a name without what says nothing of it, the treasury's income by its short name: 财政收入."""
    return core_noun(_TREASURY.sub("财政", words.rpartition("中的")[2])).replace("完成", "")


def named_afar(passage: Passage, place: int, subject: str) -> Iterator[Proposal]:
    """Yield 公办园在园幼儿占比52.46% where part and whole stand far before by their names; only when it fits.

    The whole may be named too, and the part be that of a chapter before: 预算支出512.37亿元，教育经费占预算支出18.82%.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    if len(subject) <= SHORT or not share.quantity.decimals:
        return
    named = [
        number
        for number in range(max(place - WHOLE_REACH, 0), place)
        if is_level(mentions[number])
        and is_amount(mentions[number])
        and own_subject(core_noun(mentions[number].noun)) == subject
    ]
    for number in reversed(named[-2:]):
        part = mentions[number]
        for whole in (*_named_near(mentions, place), *far_generals(mentions, number)):
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _named_near(mentions: tuple[Mention, ...], place: int) -> Iterator[Mention]:
    """Yield the amounts just before a share that bear the name behind 占."""
    _, noun = whole_noun(mentions[place])
    for one in mentions[max(place - PART_REACH, 0) : place][::-1]:
        if noun and is_level(one) and is_amount(one) and not one.each and core_noun(one.noun).endswith(noun):
            yield one
