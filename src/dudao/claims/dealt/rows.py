"""What the searches for lists that belong together share: how near two are, and whether a list fits as a whole."""

from dudao.claims.proposals import Proposal
from dudao.claims.series import Series


def near_to(row: Series, other: Series, sentences: int = 3) -> bool:
    """Return whether a row follows another one in so many sentences."""
    return row.members[0].sentence - other.members[0].sentence <= sentences


def mostly_hold(proposals: list[Proposal]) -> bool:
    """Return whether all shares fit, or all but one: then the whole is the one that is meant."""
    wrong = sum(not one.holds for one in proposals)
    return bool(proposals) and (wrong == 0 or (wrong == 1 and len(proposals) >= 2))
