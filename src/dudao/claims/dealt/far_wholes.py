"""The whole of a row of rates that stands sentences before: 96个县…。达标县分别为91个和88个，达标率为94.8%、91.7%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import step
from dudao.claims.dealt.shares import share_at
from dudao.claims.likeness import core_noun, is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal
from dudao.claims.series import Series
from dudao.claims.slips import KINDS_OF_SLIP, digits_of, slipped_within
from dudao.claims.stage_names import stage_in
from dudao.quantities.model import Kind

RATE_OF_ONE = re.compile(r"(?:率|占比|比例|比重|占)(?:分别|依次|各|仅|只|均|已)*(?:为|是|有|达到?)?$")
REACH = 120
"""How many figures back the whole may stand."""
ROW_LIMIT = 6
STAGE_NAME = 6
"""How many characters the name of all of a stage has at most: 小学专任教师."""
CHANCE = 20.0
"""Chance must bring a row so near so many times too seldom."""
PERCENTS = 50.0
"""Over how many points the percentages are spread that figures make by chance."""


def rates_of_one(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 96个县…。达标县分别为91个和88个，达标率为94.8%、91.7%: the one whole of all is told sentences before."""
    parts = _parts(passage, row.first, row.members)
    stages = [stage_in(one.noun) for one in parts]
    staged = None not in stages and len({*stages}) == len(parts) > 1
    if staged and (of_stages := _of_stages(passage, row, parts)):
        yield from of_stages
        return
    whole = _whole(passage, row.first, parts, row.members) if parts else None
    if whole is not None:
        # Rates of 小学 and 初中 are rather each of its own stage than both of one.
        strength = WEAK if staged else STRUCTURAL
        for part, share in zip(parts, row.members, strict=True):
            yield from share_at(passage, share, part, [whole], strength)


def _of_stages(passage: Passage, row: Series, parts: Sequence[Mention]) -> list[Proposal]:
    """Return the shares of 小学本科以上8590人、初中5914人 in 小学9872人，初中6135人, told before by their names.

    One of them must hold; nothing where some stage is not told.
    """
    found: list[Proposal] = []
    for part, share in zip(parts, row.members, strict=True):
        wholes = [
            one
            for one in passage.mentions[max(row.first - REACH, 0) : row.first - len(parts)]
            if one.level and one.amount and not one.each and same_unit(one, part) and one.slack is not None
            if part.paragraph - one.paragraph <= 1
            and stage_in(one.noun) == stage_in(part.noun)
            and len(core_noun(one.noun)) <= STAGE_NAME
            and one.quantity.value * 2 >= part.quantity.value
        ]
        if not wholes:
            return []
        made = list(share_at(passage, share, part, [wholes[-1]], STRUCTURAL))
        if not made[:1] or (not made[0].holds and part.quantity.value > wholes[-1].quantity.value):
            return []  # 小学36所（单元为小学42个）。小学单元41个，达标率97.6%: of more than are counted by that name
        found.extend(made)
    return found if len(found) == len(row) and any(one.holds for one in found) else []


def _parts(passage: Passage, first: int, rates: Sequence[Mention]) -> Sequence[Mention]:
    """Return the amounts right before a row of rates, one for each; none where something else stands there."""
    parts = passage.mentions[max(first - len(rates), 0) : first]
    usable = len(parts) == len(rates) <= ROW_LIMIT and all(
        is_level(one) and is_amount(one) and not one.each and same_unit(one, parts[0]) and one.depth == rates[0].depth
        for one in parts
    )
    beside = usable and parts[0].sentence == rates[0].sentence and rates[0].clause_number - parts[-1].clause_number == 1
    return parts if beside and rates[0].quantity.kind is Kind.PERCENT else ()


def _whole(passage: Passage, first: int, parts: Sequence[Mention], rates: Sequence[Mention]) -> Mention | None:
    """Return the nearest amount before the parts of which all rates are true, or all but one that holds a slip."""
    tried: set[Decimal] = set()
    for whole in _larger_before(passage, first - len(parts), parts):
        if whole.quantity.value in tried:
            continue
        tried.add(whole.quantity.value)
        off = [number for number in range(len(parts)) if not _fits(parts[number], rates[number], whole)]
        if len(off) > 1 or (off and not _slipped(parts[off[0]], rates[off[0]], whole)):
            continue
        if len(tried) * _chance(parts, rates, off) * CHANCE <= 1:
            return whole
    return None


def _larger_before(passage: Passage, place: int, parts: Sequence[Mention]) -> Iterator[Mention]:
    largest = max(one.quantity.value for one in parts)
    for one in passage.mentions[max(place - REACH, 0) : place][::-1]:
        usable = is_level(one) and is_amount(one) and not one.each and one.slack is not None
        if usable and same_unit(one, parts[0]) and one.quantity.value > largest:
            yield one


def _fits(part: Mention, rate: Mention, whole: Mention) -> bool:
    made = part.quantity.value * 100 / whole.quantity.value
    return abs(made - rate.quantity.value) <= step(rate.quantity)


def _slipped(part: Mention, rate: Mention, whole: Mention) -> bool:
    """Return whether one mistyped digit, of the part or of its rate, keeps a rate from being true."""
    made = float(part.quantity.value * 100 / whole.quantity.value)
    for one, wanted in ((rate, made), (part, float(rate.quantity.value * whole.quantity.value / 100))):
        digits = digits_of(one.quantity)
        if digits is None:
            continue
        room = 0.51 if one is rate else 0.51 + float(step(rate.quantity) * whole.quantity.value / 200 / digits.unit)
        if slipped_within(digits.number, wanted / float(digits.unit) - room, wanted / float(digits.unit) + room):
            return True
    return False


def _chance(parts: Sequence[Mention], rates: Sequence[Mention], off: Sequence[int]) -> float:
    """Return how likely a row fits some whole by chance."""
    likely = 1.0
    for number, (part, rate) in enumerate(zip(parts, rates, strict=True)):
        one = 2 * float(step(rate.quantity)) / PERCENTS
        if number in off:
            digits = [digits_of(each.quantity) for each in (part, rate)]
            one *= KINDS_OF_SLIP * sum(len(str(each.number)) for each in digits if each is not None)
        likely *= min(one, 1.0)
    return likely
