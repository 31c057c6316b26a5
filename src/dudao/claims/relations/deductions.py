"""Full points, what was taken off, and what is left: 满分100分，扣3.5分，自评得分96.5分."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from dudao.claims.arithmetic import subtract
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval, Kind

CLAUSES = 3
"""How many clauses they may stand apart: 总分1000分，经逐项对标，自评得975分，失分25分."""
REACH = 2
"""How many figures before and behind a deduction the points may stand."""
_DEDUCTED = re.compile(r"(?:^|[，、])(?:共|合计|累计|应|自评)*(?:扣(?:除|减)?|失分?)(?:了|分|共|计|：|:)*$")
_OWN = re.compile(r"(?:得分?|评分|自评|总分|余分?)(?:数|值)?(?:为|是|共|：|:)*$")
_FULL = re.compile(r"^$|(?:满分|总分值?|分值|应得分?|标准分|指标分|共)(?:为|是|共|计|：|:)*$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that own points are the full points less what was taken off."""
    mentions = passage.mentions
    for place, off in enumerate(mentions):
        if off.quantity.kind is not Kind.SCORE or not _DEDUCTED.search(off.lead):
            continue
        near = [
            one
            for one in mentions[max(place - REACH, 0) : place + 1 + REACH]
            if one is not off and _beside(one, off) and not _DEDUCTED.search(one.lead)
        ]
        pair = next(((full, own) for full, own in permutations(near, 2) if _full_and_own(full, own, off)), None)
        if pair is None:
            continue
        full, own = pair
        spoken = f"{text_of(full)}－{text_of(off)}"
        wording = Wording("deductions", ClaimType.SCORE_SUM, "own = full - off", spoken, "影响自评得分")
        operands = {"full": full, "off": off}
        proposal = propose(passage, wording, ("own", own), operands, _minus, EXPLICIT, derived=False)
        if proposal is not None:
            yield proposal


def _beside(one: Mention, off: Mention) -> bool:
    """Return whether points are told in one breath with a deduction: in its sentence, or in its parenthesis."""
    near = abs(one.clause_number - off.clause_number) <= CLAUSES and one.parenthesis == off.parenthesis
    return one.quantity.kind is Kind.SCORE and one.sentence == off.sentence and near


def _full_and_own(full: Mention, own: Mention, off: Mention) -> bool:
    """Return whether full points come first, the own ones behind them, all three clause after clause."""
    ordered = full.index < min(own.index, off.index) and max(own.index, off.index) - full.index == REACH
    return ordered and _OWN.search(own.lead) is not None and _FULL.search(full.lead) is not None


def _minus(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])
