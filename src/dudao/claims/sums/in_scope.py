"""Lists of later parts of a sentence that opens with what it is about: 专任教师中，男…；高级、中级、初级分别为…."""

from collections.abc import Iterator
from dataclasses import replace

from dudao.claims.completeness import OPEN_LIST, crossing
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal
from dudao.claims.sentence_scope import scope_of_sentence
from dudao.claims.series import row_at
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.lists import AMONG_PARTS, PARTS_LIMIT, in_one_list
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up


def divided_in_scope(passage: Passage) -> Iterator[Proposal]:
    """Yield the whole a sentence opens with as the sum of each list that begins behind ； in it.

    One that is a slip away is called wrong where 分别 or 依次 deals it to names that cannot overlap.
    """
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        before = mentions[place - 1] if place else None
        if before is None or before.sentence != first.sentence or before.part == first.part or not first.amount:
            continue
        whole = scope_of_sentence(passage, place)
        parts = _list(passage, place) if whole is not None else []
        if whole is None or len(parts) < AMONG_PARTS:
            continue
        between = passage.text[max(first.quantity.span.start - LEAD_LIMIT, 0) : parts[-1].quantity.span.end]
        dealt = "分别" in first.lead or "依次" in first.lead
        if adds_up(whole, parts):
            strength = EXPLICIT if dealt else WEAK
        elif (
            dealt
            and not OPEN_LIST.search(between)
            and not crossing(whole, parts)
            and one_slip_away(whole.quantity, [one.quantity for one in parts], rounded=True)
        ):
            strength = EXPLICIT
        else:
            continue
        for one in sum_of(passage, whole, parts, strength):
            # The whole is divided otherwise as well: what is explained are the parts.
            yield replace(one, stated=first.index)


def _list(passage: Passage, place: int) -> list[Mention]:
    row = row_at(passage, place)
    return [*row] if len(row) > 1 else [*in_one_list(passage, passage.mentions[place : place + PARTS_LIMIT])]
