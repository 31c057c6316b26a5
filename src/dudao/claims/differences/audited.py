"""What an audit cut off: 送审金额704万元，审定金额678万元，审减金额26万元，审减率3.7%."""

import re
from collections.abc import Iterator

from dudao.claims.arithmetic import percent
from dudao.claims.differences.claim import less
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.quantities.model import Kind

REACH = 5
"""How many figures before what was cut off the two amounts may stand."""
CUT = re.compile(r"(?:审减|核减|审核减少|多计|多结算|虚报)[^，。；、\d率]{0,8}$")
CUT_RATE = re.compile(r"(?:审减|核减)(?:率|比例|幅度)(?:为|达|是)?$")
_SUBMITTED = re.compile(r"送审|报审|申报|上报|结算价")
_APPROVED = re.compile(r"审定|审核(?:认定|价|确认|金额|后)|认定|确定|核定")


def audited(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield what was cut off as the difference of what was submitted and approved, and its rate of the former."""
    cut = passage.mentions[place]
    pair = _pair(passage, place)
    if CUT.search(cut.lead) and pair is not None:
        yield from less(passage, cut, *pair, EXPLICIT)
        yield from _rate(passage, place, pair[0])
    elif CUT.search(cut.lead) and place and _just_submitted(passage.mentions[place - 1], cut):
        yield from _rate(passage, place, passage.mentions[place - 1])


def _pair(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    mentions, cut = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == cut.sentence and one.depth == cut.depth and one.level and one.amount and same_unit(one, cut)
    ]
    submitted = [one for one in near if _SUBMITTED.search(one.lead) and not _APPROVED.search(one.lead)]
    approved = [one for one in near if _APPROVED.search(one.lead) and not _SUBMITTED.search(one.lead)]
    if len(submitted) != 1 or len(approved) != 1 or submitted[0].index > approved[0].index:
        return None
    return submitted[0], approved[0]


def _just_submitted(before: Mention, cut: Mention) -> bool:
    """Return whether what was submitted stands right before what was cut off of it: 送审造价980万元，核减118万元."""
    alike = before.level and before.amount and same_unit(before, cut) and before.depth == cut.depth
    beside = before.sentence == cut.sentence and cut.clause_number - before.clause_number == 1
    larger = before.quantity.value > cut.quantity.value
    return alike and beside and larger and _SUBMITTED.search(before.lead) is not None


def _rate(passage: Passage, place: int, submitted: Mention) -> Iterator[Proposal]:
    cut, rate = passage.mentions[place], passage.mentions[place + 1] if place + 1 < len(passage.mentions) else None
    if rate is None or rate.quantity.kind is not Kind.PERCENT or not CUT_RATE.search(rate.lead):
        return
    if rate.clause_number - cut.clause_number > 1 or rate.sentence != cut.sentence or submitted.quantity.value <= 0:
        return
    spoken = f"{text_of(cut)}÷{text_of(submitted)}×100%"
    wording = Wording("difference", ClaimType.SHARE, "share = part / whole", spoken)
    operands = {"part": cut, "whole": submitted}
    found = propose(passage, wording, ("share", rate), operands, lambda one: percent(one[0], one[1]), STRUCTURAL)
    if found is not None:
        yield found
