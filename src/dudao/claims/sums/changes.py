"""Changes that make one another: 净增1.72万人，其中小学增加0.95万人; 分别增加1.17万人和0.63万人，合计增加1.8万人."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dudao.claims.likeness import own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal
from dudao.claims.sums.lists import AMONG_PARTS, PARTS_LIMIT
from dudao.claims.sums.proposing import sum_of, surely

_MADE_OF = (
    (("小学", "初中"), "义务教育|中小学"),
    (("公办园", "民办园"), "幼儿|园"),
    (("新建园", "改扩建园"), "学位"),
    (("新建学校", "改扩建学校"), "学位"),
    (("新建", "改扩建"), "学位"),
    (("公办", "民办"), "幼儿|园|学校"),
    (("普通高中", "中职"), "高中阶段"),
)
"""The names of all that a whole so called is made of."""
_TOGETHER = re.compile(r"(?:[两三四]项|[两三四]者)?(?:合计|共计|总计|一共|共)")


def changes_within(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 义务教育在校生净增1.72万人，其中小学增加0.95万人，初中增加0.77万人: of all that a whole is made of."""
    mentions, total = passage.mentions, passage.mentions[place]
    behind = mentions[place + 1 : place + 1 + AMONG_PARTS]
    if not behind or "其中" not in behind[0].lead:
        return
    parts = [
        *takewhile(
            lambda one: (
                one.role is Role.CHANGE
                and one.direction == (total.direction or 1)
                and one.amount
                and same_unit(one, total)
                and one.part == total.part
            ),
            behind,
        )
    ]
    names = tuple(own_subject(one.lead.replace("其中", "")) for one in parts)
    whole = passage.text[passage.segmentation.sentences.span(total.sentence).start : total.quantity.span.start]
    if any(set(names) == set(family) and re.search(said, whole) for family, said in _MADE_OF):
        yield from sum_of(passage, total, parts, EXPLICIT)
    elif len(parts) >= 2 and surely(total, parts, len(behind)):
        # 新增学位1530个，其中新建园增加990个，改扩建园增加540个
        yield from sum_of(passage, total, parts, WEAK)


def changes_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 分别增加1.17万人和0.63万人，合计增加1.8万人: the changes of one clause, then all of them."""
    mentions, total = passage.mentions, passage.mentions[place]
    if _TOGETHER.match(total.lead) is None:
        return
    back = mentions[max(place - PARTS_LIMIT, 0) : place][::-1]
    row = [*takewhile(lambda one: one.role is Role.CHANGE and one.clause_number == total.clause_number - 1, back)][::-1]
    alike = all(one.amount and same_unit(one, total) and one.depth == total.depth for one in row)
    if len(row) <= 1:
        row = _changes_in_a_row(total, back)
    elif not (alike and row and row[0].direction == total.direction and "分别" in row[0].lead):
        return
    if len(row) >= 2:
        yield from sum_of(passage, total, row, EXPLICIT)


def _changes_in_a_row(total: Mention, back: Sequence[Mention]) -> list[Mention]:
    """Return the changes told clause after clause before all of them: 市区增加410人，县区增加250人，合计增加660人."""
    row: list[Mention] = []
    clause = total.clause_number
    for one in back:
        alike = one.role is Role.CHANGE and one.amount and same_unit(one, total) and total.depth - one.depth in (0, 1)
        beside = clause - one.clause_number == 1 or (clause == one.clause_number and not row)
        if not (alike and beside and one.part == total.part and own_subject(one.lead)):
            break
        row.insert(0, one)
        clause = one.clause_number
        if "其中" in one.lead:
            break
    return row if all(one.direction == total.direction for one in row) else []
