"""An amount, the heads it is spread over, and the amount per head: 10140人，9,245,154.23元，911.75元/生."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import divide
from dudao.claims.completeness import stage_of
from dudao.claims.likeness import is_level
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, digits_written, propose, text_of
from dudao.quantities.model import Interval, Kind

REACH = 6
"""How many figures back the amount and the heads may stand."""
FAR = 120
"""How many figures back the heads may stand when the stage ties them to the mean."""
DIGITS_NEEDED = 3
_HEADS = frozenset({"人", "名", "位", "所", "个", "班", "校", "园", "家", "户", "人次", "平方米"})
_GROUPS = frozenset({"所", "个", "班", "校", "园", "家"})
_BARE = re.compile(
    r"(?:年)?(?:平均班额|平均工资(?:收入)?|平均年?收入|人均|生均|师均|校均|园均|班均|户均|(?:平均|折合|约合)?每(?:平方米|公里|[人生名校园班所位户件起次册亩]))[^，]{0,4}?(?:为|达|达到|约|近)*$"
)
_BY_AREA = re.compile(r"每平方米|/平方米")
_AMOUNTS = (Kind.MONEY, Kind.AREA, Kind.COUNT, Kind.OTHER)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that an amount per head is the amount over the heads."""
    for place, per in enumerate(passage.mentions):
        if not per.each or per.quantity.upper is not None or per.quantity.kind not in _AMOUNTS:
            continue
        if not is_level(per):
            continue
        yield from _quotients(passage, place)


def _quotients(passage: Passage, place: int) -> Iterator[Proposal]:
    mentions, per = passage.mentions, passage.mentions[place]
    unit = per.quantity.unit.partition("/")[0]
    near: list[Mention] = []
    other_mean = -1
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != per.sentence:
            break
        if one.each:
            other_mean = max(other_mean, one.index)
        elif is_level(one):
            near.append(one)
    amounts = [one for one in near if one.quantity.unit == unit and one.quantity.upper is None]
    counted = (Kind.COUNT, Kind.AREA) if _BY_AREA.search(per.lead + per.quantity.unit) else (Kind.COUNT,)
    heads = [one for one in near if one.quantity.unit in _HEADS and one.quantity.kind in counted]
    for amount in amounts[:3]:
        for head in heads[:3]:
            if head is amount or head.quantity.value <= 0 or amount.quantity.value < head.quantity.value / 100:
                continue
            divided = min(amount.index, head.index) < other_mean < max(amount.index, head.index)
            strength = WEAK if divided else _strength(per, amount, head, near)
            proposal = _propose(passage, per, amount, head, strength)
            if proposal is not None:
                yield proposal
                if proposal.holds:
                    return
    if not heads and amounts and digits_written(per.quantity) >= DIGITS_NEEDED:
        yield from _heads_afar(passage, place, amounts[0])


def _heads_afar(passage: Passage, place: int, amount: Mention) -> Iterator[Proposal]:
    """Yield 面积301.4万平方米，生均9.08平方米 over the pupils of the stage told far before; only when it fits."""
    mentions, per = passage.mentions, passage.mentions[place]
    stage = stage_of(per)
    for other in range(place - 1, max(place - FAR, -1), -1):
        head = mentions[other]
        if head.family not in ("人", "班") or not is_level(head) or head.each or head.quantity.value <= 0:
            continue
        if stage is not None and stage_of(head) == stage:
            proposal = _propose(passage, per, amount, head, WEAK)
            if proposal is not None:
                yield proposal
                return


def _strength(per: Mention, amount: Mention, head: Mention, near: list[Mention]) -> int:
    """Return how plainly the three belong together: side by side, the mean last, and nothing else said of it."""
    beside = {id(one) for one in near[:2]} == {id(amount), id(head)}
    if not beside:
        return WEAK
    if per.quantity.kind is Kind.COUNT:
        return STRUCTURAL if _BARE.match(per.lead) and head.quantity.unit in _GROUPS else WEAK
    if _BARE.match(per.lead):
        return EXPLICIT
    return STRUCTURAL if "/" in per.quantity.unit else WEAK


def _propose(passage: Passage, per: Mention, amount: Mention, head: Mention, strength: int) -> Proposal | None:
    wording = Wording("per_capita", ClaimType.PER_CAPITA, "per = total / n", f"{text_of(amount)}÷{text_of(head)}")
    operands = {"total": amount, "n": head}
    return propose(passage, wording, ("per", per), operands, _quotient, strength)


def _quotient(values: Sequence[Interval]) -> Interval:
    return divide(values[0], values[1])
