"""What the figures of wages say against the chapter of problems: 教师8.95万元，公务员8.90万元, yet 低于公务员."""

from collections.abc import Sequence
from itertools import pairwise

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.pasts import is_past
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention
from dudao.provenance import Span
from dudao.quantities.model import Kind

_WAGES = ("工资", "收入")


def wages_denied(reading: Reading, admitted: Sequence[Span]) -> tuple[Span, Span] | None:
    """Return where the wages of teachers are told to be no lower than those of officials, and where it is denied."""
    denied = next((one for one in admitted if not is_past(reading, one)), None)
    if denied is None:
        return None
    told = [_pair(left, right) for left, right in pairwise(reading.passage.mentions) if _both(reading, left, right)]
    if len(told) != 1 or told[0] is None:
        return None
    return told[0], denied


def _both(reading: Reading, left: Mention, right: Mention) -> bool:
    """Return whether two figures are of the wages of teachers and of officials, outside the chapter of problems."""
    if left.sentence != right.sentence or left.quantity.kind is not Kind.MONEY is not right.quantity.kind:
        return False
    if reading.chapters.at(left.quantity.span.start) not in (Chapter.RESULTS, Chapter.OTHER):
        return False
    teachers = "教师" in left.clause and any(word in left.clause for word in _WAGES)
    return teachers and "公务员" in right.lead and right.clause_number - left.clause_number <= 1


def _pair(left: Mention, right: Mention) -> Span | None:
    """Return the two figures as one stretch where the first is no lower than the second."""
    low, high = left.quantity.interval.low, right.quantity.interval.high
    if low is None or high is None or left.quantity.value < right.quantity.value:
        return None
    return Span(left.quantity.span.start, right.quantity.span.end)
