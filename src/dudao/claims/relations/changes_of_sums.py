"""What a total changed by, where its parts and their changes are told: 小学增加12398人；初中增加10511人."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, subtract
from dudao.claims.likeness import own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, propose, text_of
from dudao.quantities.model import Interval

NAME = "changes_of_sums"
_BASE = re.compile(r"上年度?|去年|上一年|同期|上学年|上月|上季|(?:19|20)\d\d年|“?十[一二三四]五”?|年初|上次")
_SAME = str.maketrans({"去": "上"})


def find(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the sums of the changes told right behind the total and behind each part of a sum that holds.

    The changes of parts make that of the whole as surely as the parts make the whole; but all must be told, and be
    told against the same time.
    """
    done: set[int] = set()
    for one in found:
        if not one.holds or one.claim.type is not ClaimType.SUM or one.claim.relation == NAME:
            continue
        names = one.claim.operands
        if "total" not in names:
            continue
        total = _change_of(passage, names["total"])
        if total is None or total.index in done:
            continue
        parts = [_change_of(passage, index) for name, index in names.items() if name != "total"]
        told = [part for part in parts if part is not None]
        if len(told) < len(parts) or not _alike((total, *told)):
            continue
        done.add(total.index)
        yield from _sum(passage, total, told)


def _change_of(passage: Passage, index: int) -> Mention | None:
    """Return the amount by which a level changed, told in the clause behind it and of nothing else."""
    mentions = passage.mentions
    place = bisect_left(mentions, index, key=lambda one: one.index)
    if place + 1 >= len(mentions) or mentions[place].index != index:
        return None
    level, change = mentions[place : place + 2]
    near = change.part == level.part and change.depth >= level.depth and change.clause_number - level.clause_number <= 1
    exact = change.quantity.upper is None and change.quantity.approximation is None
    if change.role is not Role.CHANGE or not (near and exact and change.amount and same_unit(change, level)):
        return None
    following = mentions[place + 2] if place + 2 < len(mentions) else None
    if following is not None and following.clause_number == change.clause_number and same_unit(following, change):
        return None  # 207518人、199847人和192260人，逐年减少6788人、7671人、7587人: the changes of a row
    return change if change.direction and not own_subject(change.lead) else None


def _alike(changes: Sequence[Mention]) -> bool:
    """Return whether changes are told against the same time."""
    bases = {found[0].translate(_SAME).removesuffix("度") for one in changes if (found := _BASE.search(one.lead))}
    return len(bases) <= 1 and len({one.index for one in changes}) == len(changes)


def _sum(passage: Passage, total: Mention, parts: Sequence[Mention]) -> Iterator[Proposal]:
    came = [one for one in parts if one.direction == total.direction]
    went = [one for one in parts if one.direction != total.direction]
    if not came:
        return
    names = {f"p{number}": one for number, one in enumerate((*came, *went), 1)}
    count = len(came)

    def formula(values: Sequence[Interval]) -> Interval:
        made = add(values[:count])
        return subtract(made, add(values[count:])) if went else made

    keys = [*names]
    written = " + ".join(keys[:count]) + "".join(f" - {key}" for key in keys[count:])
    spoken = "＋".join(map(text_of, came)) + "".join(f"－{text_of(one)}" for one in went)
    wording = Wording(NAME, ClaimType.SUM, f"total = {written}", spoken)
    proposal = propose(passage, wording, ("total", total), names, formula, EXPLICIT, derived=False)
    if proposal is not None and (proposal.holds or not _rounded_twice(total, proposal)):
        yield proposal


def _rounded_twice(total: Mention, proposal: Proposal) -> bool:
    """Return whether changes that were taken of rounded levels explain a sum that is off in its last digit.

    各增加0.93万册和0.43万册, 共增加1.34万册: each change is the difference of two rounded levels, and twice as rough.
    """
    made, said = proposal.claim.computed, total.quantity.interval
    if made is None or None in (made.interval.low, made.interval.high, said.low, said.high):
        return False
    low, high = made.interval.low or Decimal(0), made.interval.high or Decimal(0)
    apart = max((said.low or Decimal(0)) - high, low - (said.high or Decimal(0)))
    return apart <= ((high - low) + (said.high or Decimal(0)) - (said.low or Decimal(0))) / 2
