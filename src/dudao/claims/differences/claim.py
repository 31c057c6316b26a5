"""A claim that one figure is another less a third."""

from collections.abc import Iterator

from dudao.claims.formulas import minus
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import Proposal, Wording, propose, text_of


def less(passage: Passage, by: Mention, high: Mention, low: Mention, strength: int) -> Iterator[Proposal]:
    """Yield the claim that `by` is what `high` has more than `low`, if it may be said."""
    wording = Wording("difference", ClaimType.DIFFERENCE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
    proposal = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, strength, derived=False)
    if proposal is not None:
        yield proposal
