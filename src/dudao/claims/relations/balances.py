"""What is left at the end: 年初结转1204万元，当年收入8630万元，支出8912万元，年末结余922万元.

Opening balance, what came in, what went out and the closing balance, told clause after clause; and the money at hand
that 加上年初结转 leads to, whose two parts stand in the sentences before.
"""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import add, subtract
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Interval, Kind

REACH = 12
"""How many figures before the closing balance the others may stand."""
CARRIED_REACH = 20
"""How many figures back the balance may stand that was carried over."""
_OPENING = re.compile(
    r"(?:年初|期初|上年|上年度|去年|上学年|以前年度|20\d\d年(?:末|底)?)[^，。；、]{0,8}(?:结转|结余|结存|余额)"
)
_CLOSING = re.compile(
    r"(?:年末|期末|年底|年终|期终|累计|滚存|20\d\d年底)[^，。；、]{0,6}(?:结转|结余|结存|余额)|结转(?:到|至)?(?:下年|下一?年度|20\d\d年|次年)"
)
_IN = re.compile(r"收入|安排|到位|下达|筹集|筹措|新增|增加|拨入|举借|借入|发行")
_OUT = re.compile(r"支出|使用|支付|偿还|归还|化解|拨付|还本|减少")
_ADJUSTED = re.compile(r"(?:调整(?:后)?(?:的)?(?:全年)?预算|预算调整为|调整后)(?:数|总额|额)?(?:为|达|是)?$")
_PLANNED = re.compile(r"年初(?:的)?[^，。；、]{0,10}(?:预算|安排|批复|批准)|原预算|批准预算")
_ADDED = re.compile(r"追加|调增|增加|新增|调入|上年结转")
_TAKEN = re.compile(r"调减|追减|核减|减少|压减|收回")
_RATE = (Kind.PERCENT, Kind.PERCENTAGE_POINT)
_CARRIED = re.compile(r"加上?(?:年初|上年|上年度|以前年度)(?:的)?(?:结转|结余|结存)[^，。；\d]{0,6}，")
_AT_HAND = re.compile(r"可用|可支配|可供|总计|总量|合计|共计|来源")
_CARRY = re.compile(r"结转|结余|结存")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a closing balance, or the money at hand, is what the figures before it make."""
    for place, one in enumerate(passage.mentions):
        if not (one.level and one.amount) or one.each or one.quantity.upper is not None:
            continue
        if _CLOSING.search(one.lead):
            yield from _closing(passage, place)
        elif _ADJUSTED.search(one.lead):
            yield from _adjusted(passage, place)
        elif _AT_HAND.search(one.lead):
            yield from _at_hand(passage, place)


def _closing(passage: Passage, place: int) -> Iterator[Proposal]:
    mentions, end = passage.mentions, passage.mentions[place]
    near: list[Mention] = []
    for one in mentions[max(place - REACH, 0) : place][::-1]:
        if one.sentence != end.sentence or one.depth < end.depth:
            break
        if one.quantity.kind in _RATE or one.depth > end.depth:
            continue
        if not (one.amount and same_unit(one, end)) or one.each:
            return
        near.insert(0, one)
        if _OPENING.search(one.lead):
            break
    if len(near) < 3 or not _OPENING.search(near[0].lead) or _CLOSING.search(near[0].lead):
        return
    flows = [_direction(one) for one in near[1:]]
    if 0 in flows or {*flows} != {1, -1}:
        return
    in_order = all(
        right.clause_number - left.clause_number <= 2 for left, right in zip(near, [*near[1:], end], strict=True)
    )
    sure = in_order and len(near) == 3
    came = [near[0], *(one for one, flow in zip(near[1:], flows, strict=True) if flow > 0)]
    went = [one for one, flow in zip(near[1:], flows, strict=True) if flow < 0]
    yield from _balance(passage, end, came, went, EXPLICIT if sure else WEAK)


def _adjusted(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 年初安排41280万元，执行中追加1935万元，调整预算数43215万元: the plan of January and what changed it."""
    mentions, total = passage.mentions, passage.mentions[place]
    changes: list[Mention] = []
    for one in mentions[max(place - REACH, 0) : place][::-1]:
        beside = one.sentence == total.sentence and one.depth == total.depth and not one.each
        if not (beside and one.amount and same_unit(one, total)) or one.quantity.upper is not None:
            return
        if _PLANNED.search(one.lead):
            came = [one, *(each for each in changes if _ADDED.search(each.lead))]
            went = [each for each in changes if not _ADDED.search(each.lead)]
            if changes:
                yield from _balance(passage, total, came, went, EXPLICIT)
            return
        if not (_ADDED.search(one.lead) or _TAKEN.search(one.lead)):
            return
        changes.insert(0, one)


def _direction(one: Mention) -> int:
    """Return 1 for what comes in, -1 for what goes out, 0 where the words do not say or say both."""
    words = one.lead
    return bool(_IN.search(words)) - bool(_OUT.search(words))


def _balance(
    passage: Passage, end: Mention, came: Sequence[Mention], went: Sequence[Mention], strength: int
) -> Iterator[Proposal]:
    names = {f"p{number}": one for number, one in enumerate((*came, *went), 1)}
    count = len(came)

    def formula(values: Sequence[Interval]) -> Interval:
        return subtract(add(values[:count]), add(values[count:]))

    signs = ["＋"] * (count - 1) + ["－"] * len(went)
    spoken = text_of(came[0]) + "".join(
        f"{sign}{text_of(one)}" for sign, one in zip(signs, (*came[1:], *went), strict=True)
    )
    keys = [*names]
    written = " + ".join(keys[:count]) + "".join(f" - {key}" for key in keys[count:])
    wording = Wording("balances", ClaimType.SUM, f"end = {written}", spoken)
    found = propose(passage, wording, ("end", end), names, formula, strength, derived=False)
    if found is not None:
        yield found


def _at_hand(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 年初结转3186万元。当年安排61274万元，其中…。加上年初结转，可用资金64460万元."""
    mentions, total = passage.mentions, passage.mentions[place]
    sentence = passage.segmentation.sentences.span(total.sentence)
    start = max(sentence.start, mentions[place - 1].quantity.span.end if place else 0)
    if _CARRIED.search(passage.text, start, total.quantity.span.start) is None:
        return
    before = [
        one
        for one in mentions[max(place - CARRIED_REACH, 0) : place]
        if total.paragraph - one.paragraph <= 1
        and one.level
        and one.amount
        and same_unit(one, total)
        and not one.each
        and one.depth == total.depth
    ]
    carried = [one for one in before if _OPENING.search(one.lead) or (_CARRY.search(one.lead) and "年初" in one.clause)]
    heads = [
        one
        for one in before
        if one not in carried
        and not any(one.sentence == other.sentence and other.index < one.index for other in before)
    ]
    if not carried:
        return
    for head in reversed(heads):
        if adds_up(total, [carried[-1], head]):
            yield from sum_of(passage, total, [carried[-1], head], EXPLICIT)
            return
    if len({one.quantity.value for one in carried}) == 1 and len(heads) == 1:
        yield from sum_of(passage, total, [carried[-1], heads[0]], EXPLICIT)
