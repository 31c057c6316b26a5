"""One count named twice: 会同34个部门 … 明确了34个组成部门."""

from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Kind

SMALLEST = 10
"""Smaller counts agree too often by chance."""
_TAIL = 6


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a count repeats an earlier one of the same things."""
    seen: dict[tuple[object, str], list[Mention]] = {}
    for one in passage.mentions:
        quantity = one.quantity
        if quantity.kind is not Kind.COUNT or quantity.value < SMALLEST or quantity.approximation is not None:
            continue
        name = one.tail[:_TAIL]
        if len(name) < 2:
            continue
        earlier = seen.setdefault((quantity.value, quantity.unit), [])
        for other in reversed(earlier[-6:]):
            if other.sentence != one.sentence and _alike(other.tail[:_TAIL], name):
                wording = Wording(
                    "equal_counts", ClaimType.OTHER, "a == b", f"前文{text_of(other)}与后文{text_of(one)}"
                )
                yield order_claim(passage, wording, {"a": other, "b": one}, Verdict.CONSISTENT, WEAK)
                break
        earlier.append(one)


def _alike(left: str, right: str) -> bool:
    """Return whether one begins with what the other contains: 部门, 组成部门."""
    return left[:2] in right or right[:2] in left
