"""Whether what seems a total is an item of a list itself, and which figures of a list are of one sort."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from dudao.claims.fractions import has_own_share
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage
from dudao.claims.sums.lists import AMONG_PARTS, PARTS_LIMIT, opens_list
from dudao.quantities.model import Kind

_HEADLESS = re.compile(r"(?:^|[。\n])\s*其中[：:，,]?[^，。；：、\d]{0,16}$")
_AMONG_OTHERS = re.compile(r"[^，。；：、\d]{1,10}(?:当中|之中|中)[，,]")
"""学生中，: those told behind are some of them, side by side."""
SENTENCES = 2
"""How many sentences before a part its whole may be told, 其中： at the end of a line being one."""
STEM = 2
"""How many characters at the end of their names the items of a list share: 在校生."""
_DIVIDING = re.compile("其中|分别|包括|含|均")
"""What opens the parts of a figure, whatever mark stands before."""
_OWN_POINTS = re.compile(r"(?:实际|自评|评价|评估)?(?:得|自评|得分|扣分?|实得)(?:分|为|：)*$")

_OWN_TOTAL = re.compile("自评|得分|实得|评分")


def full_points(total: Mention, run: list[Mention]) -> list[Mention]:
    """Return the full points of a list that tells own points as well: 其中甲类80分，自评75分；乙类20分，自评18分."""
    if total.quantity.kind is not Kind.SCORE or _OWN_POINTS.search(total.lead):
        return run
    own = [one for one in run if _OWN_POINTS.match(one.lead)]
    if _OWN_TOTAL.search(total.lead) and len(own) >= 2 and len(own) * 2 == len(run):
        # 自评总分95.2分，其中执行率10分得9.5分，产出50分得47.8分: a total of own points is made of own points.
        return own
    full = [one for one in run if not _OWN_POINTS.match(one.lead)]
    return full if len(full) >= 2 else run


def is_listed_itself(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether an amount is an item of a list that goes on behind it, and so no total of what follows.

    小学61所、初级中学17所、高级中学2所; 小学在校生45230人；初中在校生21806人；高中在校生12418人.
    """
    total, text = passage.mentions[place], passage.text
    before = passage.mentions[place - 1] if place else None
    if before is not None and same_unit(before, total) and before.sentence == total.sentence:
        within = text.startswith("、", before.quantity.span.end)
        if within and text.startswith("、", total.quantity.span.end) and "其中" not in run[0].lead:
            return True
    if _heads_row(text, total, run):
        return True
    if total.part != run[0].part and (_of_opened_list(passage, place, run) or _of_headless_list(passage, place)):
        return True
    if _shared_among(passage, total, run[0]):
        return True
    apart = [total.part, *(one.part for one in run)]
    alike = all(core_noun(one.noun).endswith(core_noun(total.noun)[-STEM:]) for one in run[:AMONG_PARTS])
    return len({*apart}) == len(apart) and len(run) >= AMONG_PARTS and len(total.noun) >= STEM and alike


def _heads_row(text: str, total: Mention, run: Sequence[Mention]) -> bool:
    """Return whether an amount is the first item of a row told in one breath: 甲楼9840平方米、乙楼8120平方米、丙楼…."""
    first = run[0]
    named = first.lead != "" and not _DIVIDING.search(first.lead)
    return named and len(run) > 1 and all(text.startswith("、", one.quantity.span.end) for one in (total, first))


def _of_headless_list(passage: Passage, place: int) -> bool:
    """Return whether the sentence of a figure opens with a list whose head is told elsewhere: 其中：学前1124人次；…."""
    total = passage.mentions[place]
    begin, _ = passage.sentences[total.sentence]
    first = passage.mentions[begin]
    start = first.quantity.span.start
    before = passage.text[max(start - LEAD_LIMIT, 0) : start]
    return first.part < total.part and _HEADLESS.search(before) is not None


def _shared_among(passage: Passage, total: Mention, following: Mention) -> bool:
    """Return whether a figure with a share is told of some among others: 学生中，留守儿童1224人，占42%，寄宿生376人."""
    clause = passage.segmentation.clauses.span(total.clause_number)
    before = passage.segmentation.clauses.span_at(max(clause.start - 1, 0))
    among = _AMONG_OTHERS.search(passage.text, before.start, clause.start) or _AMONG_OTHERS.match(total.lead)
    return among is not None and has_own_share(passage, total, following)


def _of_opened_list(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether a figure and those behind it are parts of one before: 其中…，非寄宿生2874人次；高中…；中职…."""
    total = passage.mentions[place]
    together = total.quantity.value + sum((one.quantity.value for one in run), Decimal(0))
    before = [
        one
        for one in passage.mentions[max(place - 2 * PARTS_LIMIT, 0) : place]
        if one.sentence >= total.sentence - SENTENCES and one.level and same_unit(one, total) and not one.each
    ]
    return any(
        first.sentence == total.sentence and head.quantity.value >= together and opens_list(passage, head, first)
        for head, first in pairwise(before)
    )
