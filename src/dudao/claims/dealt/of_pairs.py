"""Changes dealt to names that each told from what to what: 小学从11937元提到12286元，初中从…，各自增加349元、584元."""

from collections.abc import Iterator, Sequence

from dudao.claims.dealt.rows import mostly_hold
from dudao.claims.formulas import grown, minus, shrunk
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.series import Series
from dudao.quantities.model import Kind

_PERCENTAGES = (Kind.PERCENT, Kind.PERCENTAGE_POINT)


def changes_of_pairs(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield each change of a row against the pair, from what to what, that stands in its place before the row."""
    pairs = _pairs_before(passage, row)
    found = [
        one
        for pair, change in zip(pairs, row.members, strict=False)
        for one in change_of(passage, change, *pair, change.direction)
    ]
    if len(pairs) == len(row) and mostly_hold(found):
        yield from found


def _pairs_before(passage: Passage, row: Series) -> list[tuple[Mention, Mention]]:
    """Return as many pairs of 从 and 到 as a row is long; rows of other changes may stand between."""
    mentions, head = passage.mentions, row.members[0]
    end = row.first
    while end and mentions[end - 1].sentence == head.sentence and _passed_over(mentions[end - 1], len(row)):
        end -= 1
    others = [one for one in mentions[end : row.first] if one.role is Role.CHANGE]
    told: Sequence[Mention] = mentions[max(end - 2 * len(row), 0) : end]
    pairs = list(zip(told[::2], told[1::2], strict=False))
    if len(others) % len(row) or len(told) < 2 * len(row):
        return []
    in_turn = all(old.role is Role.FROM and new.role is Role.TO and same_unit(old, new) for old, new in pairs)
    beside = all(one.sentence == head.sentence and one.depth == head.depth for one in told)
    return pairs if in_turn and beside else []


def _passed_over(one: Mention, size: int) -> bool:
    """Return whether a figure may stand between the pairs and a row: another change, or 三个 in 三个学段各自增加."""
    return one.role is Role.CHANGE or (one.level and one.quantity.kind is Kind.COUNT and one.quantity.value == size)


def change_of(passage: Passage, change: Mention, old: Mention, new: Mention, direction: int) -> Iterator[Proposal]:
    """Yield the claim that a change, an amount, points or a percentage, leads from an old figure to a new one."""
    kind = change.quantity.kind
    high, low = (new, old) if direction >= 0 else (old, new)
    apart = kind is Kind.PERCENTAGE_POINT or kind is new.quantity.kind is not Kind.PERCENT
    if apart and (kind is Kind.PERCENTAGE_POINT) == (new.quantity.kind is Kind.PERCENT):
        wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
        found = propose(passage, wording, ("diff", change), {"a": high, "b": low}, minus, STRUCTURAL, derived=False)
    elif kind is Kind.PERCENT and new.quantity.kind not in _PERCENTAGES:
        spoken = f"（{text_of(new)}÷{text_of(old)}－1）×100%"
        wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
        formula = grown if direction >= 0 else shrunk
        found = propose(passage, wording, ("growth", change), {"new": new, "old": old}, formula, STRUCTURAL)
    else:
        return
    if found is not None:
        yield found
