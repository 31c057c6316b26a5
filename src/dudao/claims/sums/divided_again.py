"""Parts of a whole told earlier that is taken up again: 教职工中…; 按学段分，…; 截至6月底，已完工…."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from dudao.claims.completeness import OPEN_LIST, crossing, names_rest
from dudao.claims.divisions import divides, outcomes_divide
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import LEAD_LIMIT, TOPIC_LIMIT, Mention, Passage
from dudao.claims.proposals import (
    EXPLICIT,
    STRUCTURAL,
    Proposal,
)
from dudao.claims.series import all_series, names_before
from dudao.claims.sums.lists import (
    AMONG_PARTS,
    BASE_REACH,
    LOOKED_AT,
    OUTCOMES_AHEAD,
    PARTS_LIMIT,
    VIEWED_WHO,
    in_one_list,
    told_with,
)
from dudao.claims.sums.proposing import shortfall, sum_of
from dudao.claims.wholes import adds_up, named_among

_BUILT = re.compile(r"(?:已|全部)(?:完工|竣工|建成|投用)$|^(?:完工|竣工|建成投用)$")
_UNBUILT = re.compile(r"(?:未开工|未动工|尚未开工|未启动|待开工)$")
_BUILDING = re.compile(r"完工|竣工|建成|投用|在建|开工|动工|启动|推进|实施")
_BARELY_DEALT = re.compile(r"(?:分别|依次)(?:为|是|有)?")
_AS_OF = re.compile(r"截至|截止|目前|到目前")


def viewed_again(passage: Passage) -> Iterator[Proposal]:
    """Yield 学校17所，其中城区5所、农村12所；按学段分，小学9所、初中8所: the head of the sentence divided again."""
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        before = mentions[place - 1] if place else None
        if before is None or before.sentence != first.sentence or not first.amount or first.family is None:
            continue
        start = max(before.quantity.span.end, first.quantity.span.start - LEAD_LIMIT)
        between = passage.text[start : first.quantity.span.start]
        viewed = VIEWED_WHO.search(between)
        if viewed is None:
            continue
        parts = [*in_one_list(passage, mentions[place : place + PARTS_LIMIT])]
        told = [one for one in mentions[max(place - PARTS_LIMIT, 0) : place] if told_with(one, first)]
        who = core_noun(viewed["who"])
        head = next((one for one in told if not who or core_noun(one.noun) == who), None)
        if head is None or len(parts) < 2 or not head.amount or OPEN_LIST.search(between):
            continue
        near = abs(shortfall(head, parts)) * 5 <= head.quantity.value and len(parts) >= AMONG_PARTS
        if adds_up(head, parts) or (near and not crossing(head, parts)):
            for one in sum_of(passage, head, parts, EXPLICIT):
                # The total was divided otherwise before: what is explained are the parts.
                yield replace(one, stated=first.index)


def divided_again(passage: Passage) -> Iterator[Proposal]:
    """Yield 幼儿园268所，其中城区41所、镇区96所、乡村131所；公办园203所，民办园65所: names divide it again."""
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        before = mentions[place - 1] if place else None
        if before is None or before.sentence != first.sentence or before.part == first.part:
            continue
        if not (first.amount and first.level and same_unit(before, first)):
            continue
        parts = [*in_one_list(passage, mentions[place : place + PARTS_LIMIT])]
        told = [one for one in mentions[max(place - PARTS_LIMIT, 0) : place] if told_with(one, first)]
        if len(parts) < 2 or len(told) < AMONG_PARTS or told[0].depth != first.depth:
            continue
        head = told[0]
        alike = all(one.noun[-1:] == head.noun[-1:] and one.quantity.unit == head.quantity.unit for one in parts)
        near = abs(shortfall(head, parts)) * 5 <= head.quantity.value
        if alike and divides(head, parts) and near and not crossing(head, parts) and adds_up(head, told[1:]):
            for one in sum_of(passage, head, parts, EXPLICIT):
                yield replace(one, stated=first.index)


def stages_of_building(passage: Passage) -> Iterator[Proposal]:
    """Yield 安排项目46个，总投资12.8亿元。已完工29个，在建12个，未开工5个: the projects of the sentence before."""
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        if not first.amount or _BUILT.search(first.lead) is None:
            continue
        parts = [*in_one_list(passage, mentions[place : place + OUTCOMES_AHEAD])]
        if (
            len(parts) < 2
            or not _UNBUILT.search(parts[-1].lead)
            or not all(_BUILDING.search(one.lead) for one in parts)
        ):
            continue
        back = mentions[max(place - PARTS_LIMIT, 0) : place]
        if any(one.sentence == first.sentence and same_unit(one, first) for one in back):
            continue
        told = [one for one in back if one.sentence == first.sentence - 1 and one.quantity.unit == first.quantity.unit]
        near = [one for one in told if one.level and abs(shortfall(one, parts)) * 5 <= one.quantity.value]
        if len(told) == 1 == len(near) and near[0].paragraph == first.paragraph:
            yield from sum_of(passage, near[0], parts, EXPLICIT)


def of_those(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教职工5403名。教职工中专任教师2406人、保育员1198人、其他1799人: the whole is named again."""
    mentions, first = passage.mentions, passage.mentions[place]
    among = "中" in first.lead or _behind_among(passage, first)
    whole = named_among(passage, place) if among else None
    if whole is None:
        return
    behind = mentions[place + 1 : place + PARTS_LIMIT]
    parts = [first, *takewhile(lambda one: one.clause_number - first.clause_number < PARTS_LIMIT, behind)]
    parts = [*in_one_list(passage, parts)]
    if len(parts) >= 2 and (names_rest(parts) or divides(whole, parts)):
        yield from sum_of(passage, whole, parts, EXPLICIT)


def _behind_among(passage: Passage, first: Mention) -> bool:
    """Return whether the clause right before a figure names a whole: 在编教师中，正高级18人."""
    start = passage.segmentation.clauses.starts[first.clause_number]
    return passage.text.startswith(("中，", "中,", "里，"), max(start - 2, 0))


def divided_otherwise(passage: Passage) -> Iterator[Proposal]:
    """Yield the parts that names are dealt to: 教师1346名…；从岗位看，小学、初中、高中分别招聘504名、318名、524名.

    The total may have been divided otherwise before, so what is explained are the parts.
    """
    mentions = passage.mentions
    for row in all_series(passage):
        head = row.members[0]
        if not (row.dealt and head.level and head.amount) or len(row) < AMONG_PARTS or head.each:
            continue
        start = max(passage.segmentation.sentences.starts[head.sentence], head.quantity.span.start - TOPIC_LIMIT)
        words = passage.text[start : head.quantity.span.start]
        viewed = [*LOOKED_AT.finditer(words)]
        if not viewed or len(names_before(words[viewed[-1].end() :])) != len(row):
            continue
        first = next(
            (one for one in mentions[max(row.first - PARTS_LIMIT, 0) : row.first] if told_with(one, head)), None
        )
        if first is not None and abs(shortfall(first, row.members)) * 5 <= first.quantity.value:
            for one in sum_of(passage, first, row.members, EXPLICIT):
                # The total may have been divided otherwise before: what is explained are the parts.
                yield replace(one, stated=head.index)


def dealt_to_counted(passage: Passage) -> Iterator[Proposal]:
    """Yield 大班额34个，涉及甲、乙、丙、丁等4所学校，分别为12个、9个、6个、7个: as many parts as are counted."""
    mentions = passage.mentions
    for row in all_series(passage):
        head, count = row.members[0], mentions[row.first - 1] if row.first else None
        if not (row.dealt and head.level and head.amount) or head.each or len(row) < AMONG_PARTS or count is None:
            continue
        counted = count.quantity.value == len(row) and count.family == "所" and count.level
        beside = count.sentence == head.sentence and head.clause_number - count.clause_number == 1
        total = mentions[row.first - 2] if row.first > 1 else None
        if not (counted and beside and _BARELY_DEALT.fullmatch(head.lead)) or total is None:
            continue
        usable = total.level and total.amount and not total.each and total.sentence == head.sentence
        near = usable and same_unit(total, head) and total.quantity.unit == head.quantity.unit
        if near and abs(shortfall(total, row.members)) * 4 <= total.quantity.value:
            yield from sum_of(passage, total, row.members, EXPLICIT)


def outcomes_after(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 项目64个。截至6月底，已完工21个，在建29个，尚未开工14个: what became of all, told a sentence later."""
    mentions, first = passage.mentions, passage.mentions[place]
    start = passage.segmentation.sentences.starts[first.sentence]
    if first.sentence == 0 or not _AS_OF.match(passage.text, start) or first.index != _first_of(passage, first).index:
        return
    behind = mentions[place : place + PARTS_LIMIT]
    parts = [*in_one_list(passage, behind)]
    if len(parts) < AMONG_PARTS:
        return
    before = [one for one in mentions[max(place - BASE_REACH, 0) : place] if one.sentence == first.sentence - 1]
    wholes = [one for one in before if one.level and same_unit(one, first) and not one.each]
    if wholes and wholes[-1].paragraph == first.paragraph and outcomes_divide(wholes[-1], parts):
        yield from sum_of(passage, wholes[-1], parts, STRUCTURAL)


def _first_of(passage: Passage, one: Mention) -> Mention:
    return passage.mentions[passage.sentences[one.sentence][0]]
