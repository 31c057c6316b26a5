"""Full points, what was taken off, and what is left: 满分100分，扣3.5分，自评得分96.5分."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import permutations

from dudao.claims.arithmetic import add, subtract
from dudao.claims.completeness import OPEN_LIST
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, joined, propose, text_of
from dudao.claims.slips import one_slip_away
from dudao.quantities.model import Interval, Kind

CLAUSES = 3
"""How many clauses they may stand apart: 总分1000分，经逐项对标，自评得975分，失分25分."""
REACH = 2
"""How many figures before and behind a deduction the points may stand."""
_DEDUCTED = re.compile(
    r"(?:^|[，、])(?:[^，。；、\d]{0,8}(?=共))?(?:共|合计|累计|应|自评)*"
    r"(?:扣(?:除|减)?|失分?)(?:了|分|共|计|：|:)*$"
)
_ITEMS = re.compile(r"(?:扣分|失分)(?:项目|指标|情况|原因|点|项|主要)*(?:为|有|是|如下)?[：:]")
_DEALT = re.compile(r"[，、；][^，。；、\d]{0,12}?(?:依次|分别|各)(?:扣|失)(?:除|减)?分?(?:为|是)?(?=[\d０-９])")
"""共扣6.6分，五个方面依次扣0.5分、2.8分: what was taken off, dealt out."""
_JOINED = frozenset({"", "和", "及", "与"})
_ITEM = re.compile(r"扣(?:除|减)?$")
ITEMS_LIMIT = 16
TOTAL_REACH = 4
"""How many figures before its items the sum of what was taken off may stand."""
_OFF = re.compile(r"(?:扣(?:除|减)?|失分?)(?:了|分|共|计|：|:)*$")
_GOT = re.compile(r"^(?:自评|实际?|最终|应)?得(?:分|到)?(?:为|：|:)?$")
_FULL_NAMED = re.compile(r"(?:满分|(?<![自得实评])总分|应得分?|标准分|分值)(?:值)?(?:为|是|共|计|：|:)*$")
HEADING_REACH = 12
"""How many figures before a deduction the full points of its item may stand, in its heading."""
_OWN = re.compile(r"(?:得分?|评分|自评|总分|余分?)(?:数|值)?(?:合计|为|是|共|：|:)*$")
_FULL = re.compile(r"^$|(?:满分|总分值?|分值|应得分?|标准分|指标分|共)(?:为|是|共|计|：|:)*$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that own points are the full points less what was taken off."""
    mentions = passage.mentions
    for place, off in enumerate(mentions):
        if off.quantity.kind is not Kind.SCORE or not _OFF.search(off.lead):
            continue
        pair = _in_order(passage, place) or _named(passage, place) or _full_in_heading(passage, place)
        if pair is None:
            continue
        full, own = pair
        spoken = f"{text_of(full)}－{text_of(off)}"
        wording = Wording("deductions", ClaimType.SCORE_SUM, "own = full - off", spoken, "影响自评得分")
        operands = {"full": full, "off": off}
        strength = _strength(full, off, own)
        proposal = propose(passage, wording, ("own", own), operands, _minus, strength, derived=False)
        if proposal is not None:
            yield proposal
    yield from _lists(passage)


def _lists(passage: Passage) -> Iterator[Proposal]:
    """Yield 扣36.5分。扣分项目：财政投入扣20.5分，教师编制扣16分: all that was taken off, item by item."""
    mentions = passage.mentions
    for opened in merge(_ITEMS.finditer(passage.text), _DEALT.finditer(passage.text), key=lambda one: one.start()):
        first = bisect_left(mentions, opened.end(), key=lambda one: one.quantity.span.start)
        items = [*_items(mentions[first : first + ITEMS_LIMIT], dealt=opened.re is _DEALT)]
        if len(items) < 2:
            continue
        before = [one for one in mentions[max(first - TOTAL_REACH, 0) : first] if one.paragraph == items[0].paragraph]
        total = next((one for one in reversed(before) if _taken_off(one)), None)
        words = passage.text[opened.end() : items[-1].quantity.span.end + len("等")]
        if total is None or items[0].sentence - total.sentence > 1 or OPEN_LIST.search(words):
            continue
        names = {f"p{number}": one for number, one in enumerate(items, 1)}
        spoken = joined([one.quantity for one in items])
        formula = "off = " + " + ".join(names)
        wording = Wording("deductions", ClaimType.SCORE_SUM, formula, spoken, "影响自评得分")
        found = propose(passage, wording, ("off", total), names, add, EXPLICIT, derived=False)
        if found is not None:
            yield found


def _items(behind: Sequence[Mention], *, dealt: bool) -> Iterator[Mention]:
    """Yield the points taken off one behind the other: each told as such, or a row that 依次 deals out."""
    for one in behind:
        told = one is behind[0] or (one.lead in _JOINED if dealt else _ITEM.search(one.lead) is not None)
        if one.quantity.kind is not Kind.SCORE or one.sentence != behind[0].sentence or not told:
            return
        yield one


def _taken_off(one: Mention) -> bool:
    return one.quantity.kind is Kind.SCORE and _DEDUCTED.search(one.lead) is not None


def _beside(one: Mention, off: Mention) -> bool:
    """Return whether points are told in one breath with a deduction: in its sentence, or in its parenthesis."""
    near = abs(one.clause_number - off.clause_number) <= CLAUSES and one.parenthesis == off.parenthesis
    return one.quantity.kind is Kind.SCORE and one.sentence == off.sentence and near


def _in_order(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return full and own points of 满分100分，扣3.5分，自评得分96.5分."""
    off = passage.mentions[place]
    if not _DEDUCTED.search(off.lead):
        return None
    near = [
        one
        for one in passage.mentions[max(place - REACH, 0) : place + 1 + REACH]
        if one is not off and _beside(one, off) and not _DEDUCTED.search(one.lead)
    ]
    return next(((full, own) for full, own in permutations(near, 2) if _full_and_own(full, own, off)), None)


def _named(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return full and own points told by name beside a deduction, in any order: 自评得93.4分（满分100分），扣6.6分."""
    mentions, off = passage.mentions, passage.mentions[place]
    for first in range(max(place - REACH, 0), place + 1):
        trio = mentions[first : first + REACH + 1]
        if len(trio) <= REACH or any(
            one.quantity.kind is not Kind.SCORE or one.sentence != off.sentence for one in trio
        ):
            continue
        if trio[-1].clause_number - trio[0].clause_number > CLAUSES:
            continue
        full = [one for one in trio if one is not off and _FULL_NAMED.search(one.lead)]
        own = [one for one in trio if one is not off and one not in full and _OWN.search(one.lead)]
        if len(full) != 1 or len(own) != 1 or full[0].quantity.value <= own[0].quantity.value:
            continue
        # 按未提比例扣0.8分，得4.2分: what is got behind one deduction is what it leaves; 其中A类扣12分 is not all.
        if _DEDUCTED.search(off.lead) or ("其中" not in off.lead and _got_behind(off, own[0])):
            return full[0], own[0]
    return None


def _full_in_heading(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return full and own points of 4.编制核定（100分）。按标准核定编制6842名，空编291名。扣10分，得90分."""
    mentions, off = passage.mentions, passage.mentions[place]
    own = mentions[place + 1] if place + 1 < len(mentions) else None
    if own is None or own.quantity.kind is not Kind.SCORE or own.sentence != off.sentence or not _got_behind(off, own):
        return None
    before = mentions[max(place - HEADING_REACH, 0) : place][::-1]
    full = next((one for one in before if one.quantity.kind is Kind.SCORE), None)
    if full is None or full.parenthesis < 0 or off.paragraph - full.paragraph > 1:
        return None
    further = mentions[place + 2] if place + 2 < len(mentions) else None
    if further is not None and further.quantity.kind is Kind.SCORE and further.paragraph == off.paragraph:
        return None  # 教师队伍（20分）。编制扣2分，得8分；培训扣1分，得9分
    alone = not full.lead or _FULL_NAMED.search(full.lead) is not None
    return (full, own) if alone and full.quantity.value >= own.quantity.value else None


def _strength(full: Mention, off: Mention, own: Mention) -> int:
    """Return how sure it is that a deduction is one of just these points.

    What a heading gives may be shared out in the paragraphs below it.
    """
    if full.sentence == off.sentence:
        return EXPLICIT
    near = full.paragraph == off.paragraph and one_slip_away(full.quantity, [off.quantity, own.quantity], rounded=True)
    return STRUCTURAL if near else WEAK


def _got_behind(off: Mention, own: Mention) -> bool:
    return own.clause_number - off.clause_number == 1 and own.depth == off.depth and _GOT.match(own.lead) is not None


def _full_and_own(full: Mention, own: Mention, off: Mention) -> bool:
    """Return whether full points come first, the own ones behind them, all three clause after clause."""
    ordered = full.index < min(own.index, off.index) and max(own.index, off.index) - full.index == REACH
    # 9.2分、9.3分，总分94.6分，共扣5.4分: the last of a list is no full points.
    alone = full.lead or full.quantity.value >= own.quantity.value
    return bool(ordered and alone and _OWN.search(own.lead) and _FULL.search(full.lead))


def _minus(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])
