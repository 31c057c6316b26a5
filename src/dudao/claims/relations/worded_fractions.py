"""Shares and growths said as 三分之一, 八成 or 一半: 41个，其中县城33个，占八成; 由600元提高到800元，增长三分之一.

Such words say about how much: what lies within a tenth of them holds, and what lies far off does not. Between the two
nothing is claimed.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Approximation, Kind

REACH = 6
"""How many figures back part and whole may stand."""
CLAUSES = 2
"""How many clauses behind its part a share may stand."""
_WORDS = re.compile(r"[二三四五六七八九十]分之[一二两三四五六七八九]|[一二两三四五六七八九]成|一半|半数")
_ROOM = Decimal("0.1")
"""Which part of it what is said with such words may lie off."""
_MORE_ROOM = Decimal("0.2")
"""The same on the side that 近, 超过 or 左右 opens."""
_FAR = Decimal("0.3")
"""What lies off by more than this part of it is wrong."""
_GROWTH = re.compile(
    r"(?:增长|增加|提高|提升|上升|上调|增幅|涨幅|下降|减少|降低|降幅|压减)(?:幅度)?(?:达|为|了|约|近)*$"
)
_OF = re.compile(r"占(?P<whole>[^，。；、\d]{2,12}?)(?:总数|总量|总额|人数)?的(?:约|近|大约)?$")
_SHARE = re.compile(r"占|的$|(?:刚好|恰|正好|将近|接近|超过|约|近)+(?:是|为)?$|^(?:只|仅)?(?:占|是|为)$")
_NEARLY = (Approximation.NEARLY, Approximation.UNDER, Approximation.AT_MOST)
_OVER = (Approximation.OVER, Approximation.AT_LEAST)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that one amount is so much of another, or has so much more or less, in words."""
    for place, one in enumerate(passage.mentions):
        if one.quantity.kind not in (Kind.RATIO, Kind.PERCENT) or _WORDS.search(one.quantity.text) is None:
            continue
        if one.role is Role.CHANGE or _GROWTH.search(one.lead):
            yield from _grown(passage, place)
        elif _SHARE.search(one.lead) and "的" not in one.tail[:4]:
            yield from _share(passage, place)


def _grown(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield what the two figures right before grew by: 由30元上调为50元，上调幅度三分之二."""
    one = passage.mentions[place]
    pair = passage.mentions[max(place - 2, 0) : place]
    if len(pair) < 2 or not all(each.amount and each.sentence == one.sentence for each in pair):
        return
    first, second = pair
    if not same_unit(first, second) or one.clause_number - second.clause_number > 1:
        return
    old, new = first.quantity.value, second.quantity.value
    if first.role is Role.FROM and second.role is Role.TO and old > 0:
        words = f"|{text_of(second)}÷{text_of(first)}－1|×100%"
        wording = ("growth = |new / old - 1|", words)
        yield from _judged(passage, one, abs(new / old - 1), ("new", second), ("old", first), wording, sure=True)
    elif first.level and second.role is Role.CHANGE:
        base = old + new if second.direction < 0 else old - new
        sign = "＋" if second.direction < 0 else "－"
        if base > 0:
            words = f"{text_of(second)}÷（{text_of(first)}{sign}{text_of(second)}）×100%"
            wording = ("growth = delta / (level - delta)", words)
            yield from _judged(passage, one, new / base, ("delta", second), ("level", first), wording, sure=True)


def _share(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield what the amount right before is of one told before it."""
    mentions, one = passage.mentions, passage.mentions[place]
    beside = mentions[place - 1] if place else one
    within = beside.clause_number == one.clause_number and beside.lead.endswith("占")
    last = place - 1 if within else place
    near = [
        other
        for other in mentions[max(last - REACH, 0) : last]
        if other.amount and other.level and not other.each and other.paragraph == one.paragraph
    ]
    if not near or one.clause_number - near[-1].clause_number > CLAUSES or near[-1].sentence != one.sentence:
        return
    part = near[-1]
    # 约占122个县的三分之一: the whole stands within the words of the share.
    wholes = [beside] if within else [other for other in near[:-1] if _holds(other, part)]
    said = _OF.search(one.lead)
    named = [other for other in wholes if said is not None and core_noun(said["whole"]) in core_noun(other.noun)]
    for whole in dict.fromkeys([*named[::-1], *wholes[::-1]]):
        if not _holds(whole, part):
            continue
        # 民办园23所，占民办园的一半 beside 公办园71所: an amount alone nearby is no whole yet.
        sure = within or (whole in named and whole.sentence == one.sentence)
        words = f"{text_of(part)}÷{text_of(whole)}×100%"
        made = part.quantity.value / whole.quantity.value
        wording = ("share = part / whole", words)
        found = [*_judged(passage, one, made, ("part", part), ("whole", whole), wording, sure=sure)]
        yield from found
        if found or sure:
            return


def _holds(whole: Mention, part: Mention) -> bool:
    return same_unit(whole, part) and whole.quantity.value > part.quantity.value > 0


def _judged(
    passage: Passage,
    one: Mention,
    made: Decimal,
    first: tuple[str, Mention],
    second: tuple[str, Mention],
    wording: tuple[str, str],
    *,
    sure: bool,
) -> Iterator[Proposal]:
    """Yield the claim that words say so much as two figures make; where they are far off, only if it is `sure`."""
    said = one.quantity.value / (100 if one.quantity.kind is Kind.PERCENT else 1)
    below, above = _ROOM, _ROOM
    if one.quantity.approximation in _NEARLY:
        below, above = _MORE_ROOM, Decimal("0.02")
    elif one.quantity.approximation in _OVER:
        below, above = Decimal("0.02"), _MORE_ROOM
    elif one.quantity.approximation is not None:
        below = above = _MORE_ROOM
    fits = said * (1 - below) <= made <= said * (1 + above)
    if not fits and (not sure or abs(made - said) <= said * _FAR or one.quantity.approximation in _OVER):
        return
    growth = wording[0].startswith("growth")
    kind = ClaimType.SHARE
    if growth:
        kind = ClaimType.LEVEL_DELTA_GROWTH if first[0] == "delta" else ClaimType.TWO_LEVEL_CHANGE
    spoken = f"{wording[1]}＝{made * 100:.1f}%，文中写“{one.quantity.text}”"
    told = Wording("worded_fractions", kind, wording[0], spoken, "改变比较的结论")
    verdict = Verdict.CONSISTENT if fits else Verdict.INCONSISTENT
    name = "growth" if growth else "share"
    operands = {name: one, first[0]: first[1], second[0]: second[1]}
    yield order_claim(passage, told, operands, verdict, STRUCTURAL if sure else WEAK)
