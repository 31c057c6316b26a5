"""The claim that a total is the sum of its parts, and which stretch of figures makes it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from dudao.claims.arithmetic import add, step
from dudao.claims.likeness import counts_what_is_within
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import (
    Proposal,
    Wording,
    joined,
    propose,
)
from dudao.claims.wholes import adds_up

CHANCE = 50
"""A weak sum must be at least so many times unlikelier than not to fit by chance."""
FAR_OFF = 10
"""By more than a tenth of its total figures that are open to one side miss what they do not make."""
_ANYTHING = Decimal(10) ** 18


def shortfall(total: Mention, parts: Sequence[Mention]) -> Decimal:
    """Return by how much a total is more than its parts, in its own base unit; negative where they are more."""
    return total.quantity.value - sum((one.quantity.value for one in parts), Decimal(0))


def stretches(
    total: Mention, parts: Sequence[Mention], *, from_first: bool, bounded: bool = False
) -> Iterator[Sequence[Mention]]:
    """Yield the stretches of two or more parts that make the total, the longest first.

    They begin with the first part or, without `from_first`, end with the last. Running sums leave few to be judged.
    With `bounded`, no figure may be open to one side (3400余人), as such figures would make any total.
    """
    ordered = parts if from_first else parts[::-1]
    sums = [*accumulate((one.quantity.value for one in ordered), initial=Decimal(0))]
    slacks = [*accumulate((_open(one.slack) for one in ordered), initial=_open(total.slack))]
    for length in range(len(ordered), 1, -1):
        if bounded and slacks[length] >= _ANYTHING:
            continue
        if abs(sums[length] - total.quantity.value) <= slacks[length]:
            chosen = ordered[:length] if from_first else ordered[:length][::-1]
            small = any(0 < one.quantity.value <= _open(total.slack) for one in chosen if total.slack is not None)
            # 控制在限额3826亿元以内 bounds something and is no part of anything.
            bounds = any(one.quantity.interval.low is None for one in chosen)
            if not small and not bounds and adds_up(total, chosen):
                yield chosen


def surely(total: Mention, parts: Sequence[Mention], tried: int) -> bool:
    """Return whether a sum that no word announces fits so closely that chance does not explain it.

    Of `tried` stretches of figures of this size, fewer than one in a hundred texts would have one that fits.
    """
    if any(one.quantity.value <= _open(total.slack) for one in parts):
        return False
    room = _open(total.slack) + sum((_open(one.slack) for one in parts), Decimal(0))
    unit = max(room, step(total.quantity))
    return tried * unit * CHANCE <= total.quantity.value


def _open(slack: Decimal | None) -> Decimal:
    return _ANYTHING if slack is None else slack


def sum_of(
    passage: Passage, total: Mention, parts: Sequence[Mention], strength: int, *, relation: str = "parts_and_total"
) -> Iterator[Proposal]:
    """Yield the claim that a total is the sum of its parts; nothing when weak wording does not fit."""
    if any(counts_what_is_within(total, part) for part in parts):
        return
    rough = any(one.slack is None for one in (total, *parts))
    if rough and abs(shortfall(total, parts)) * FAR_OFF > total.quantity.value:
        return  # 986.19亿元，其中高校突破500亿元，高中108.69亿元: what is open to one side makes any total
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    wording = Wording(
        relation=relation,
        type=ClaimType.SUM,
        formula="total = " + " + ".join(names),
        spoken=joined([part.quantity for part in parts]),
    )
    proposal = propose(passage, wording, ("total", total), names, add, strength, derived=False)
    if proposal is not None:
        yield proposal
