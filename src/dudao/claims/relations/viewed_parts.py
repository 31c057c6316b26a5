"""What a total told before is made of, seen by its kinds: 收入按部门分：税务部门1431万元，…；财政部门289万元.

Plans, rates and growths stand between the parts, so the parts are the first amounts of what stands between semicolons.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.completeness import OPEN_LIST, crossing, names_rest
from dudao.claims.divisions import divides
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.proposing import sum_of, surely
from dudao.claims.wholes import adds_up

NAME = "viewed_parts"
REACH = 24
"""How many figures before the first part the total may stand."""
PARAGRAPHS = 3
PARTS_LIMIT = 8
_VIEWED = re.compile(
    r"[（(一二三四五六七八九十）)、.．\d\s]{0,6}(?:[^，。；：:\d]{1,6}方面[，,])?[^，。；：:\d]{0,12}?(?:按|分|从)[^，。；：:\d]{1,10}?"
    r"(?:看|分|划分|统计|情况)(?:为|是)?[，：,:]"
)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of such parts; called wrong only where their names divide the one total a slip away."""
    for number in range(1, len(passage.sentences)):
        first, last = passage.sentences[number]
        if last - first < 2 or _VIEWED.match(passage.text, passage.segmentation.sentences.starts[number]) is None:
            continue
        parts = _heads(passage.mentions[first:last])
        if not 2 <= len(parts) <= PARTS_LIMIT:
            continue
        between = passage.text[parts[0].quantity.span.end : parts[-1].quantity.span.start]
        if OPEN_LIST.search(between):
            continue
        yield from _of_total(passage, first, parts)


def _heads(told: Sequence[Mention]) -> list[Mention]:
    """Return the first amount of each part of a sentence; nothing where one part has none like the others."""
    heads: list[Mention] = []
    for one in told:
        if heads and one.part == heads[-1].part:
            continue
        plain = one.level and one.amount and not (one.each or one.base) and one.depth == 0
        if not plain or one.slack is None or (heads and not same_unit(heads[0], one)):
            return []
        heads.append(one)
    return heads


def _of_total(passage: Passage, first: int, parts: Sequence[Mention]) -> Iterator[Proposal]:
    told = [
        one
        for one in passage.mentions[max(first - REACH, 0) : first][::-1]
        if parts[0].paragraph - one.paragraph <= PARAGRAPHS
        and one.level
        and one.amount
        and not (one.each or one.base)
        and one.slack is not None
        and same_unit(one, parts[0])
        and one.quantity.value > max(part.quantity.value for part in parts) / 2
    ]
    for number, total in enumerate(told, 1):
        if adds_up(total, parts) and surely(total, parts, number):
            yield from _sum(passage, total, parts)
            return
    slipped = [
        total
        for total in told
        if (divides(total, parts) or (names_rest(parts) and len(parts) > 2))
        and not crossing(total, parts)
        and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)
    ]
    if len({one.quantity.value for one in slipped}) == 1:
        yield from _sum(passage, slipped[0], parts)


def _sum(passage: Passage, total: Mention, parts: Sequence[Mention]) -> Iterator[Proposal]:
    for one in sum_of(passage, total, parts, STRUCTURAL, relation=NAME):
        # The total may have been divided otherwise before: what is explained are the parts.
        yield replace(one, stated=parts[0].index)
