"""One change told as a rise here and as a fall there: 在园幼儿比上年减少3569人, 在园幼儿比去年增加3569人.

That both tell the very same amount makes it sure that they tell one thing, so that its name may be worded otherwise.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import digits_of
from dudao.claims.contradictions.echo_names import changed_unit
from dudao.claims.contradictions.echo_words import WEAK, letters_within, no_other_sort, pairs
from dudao.claims.contradictions.echoes import Echo, echoes_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level

CODE = "claims.contradiction.opposite_changes"
_WAY = re.compile("(?:增长|下降)$")
_LEAST_DIGITS = 3
_FULL_NAME = 8
"""Under so full a name (一般公共预算教育支出) two digits are enough."""
_ALIKE = 0.6
_MOST = 8
"""So many changes of one amount are held against each other."""


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each change that an earlier place tells with its amount and the other way."""
    told = echoes_of(reading, title_year(reading.text))
    return [_finding(earlier, later) for earlier, later in turned(told, told)]


def turned(earlier: Iterable[Echo], later: Iterable[Echo]) -> Iterator[tuple[Echo, Echo]]:
    """Yield the changes told one way among the first figures and the other way among the second."""
    known: dict[tuple[str, Decimal], list[Echo]] = defaultdict(list)
    for one in earlier:
        if _is_change(one) and len(held := known[one.unit, one.quantity.value]) < _MOST:
            held.append(one)
    for other in later:
        for one in known.get((other.unit, other.quantity.value), ()) if _is_change(other) else ():
            if one.sentence != other.sentence and _before(one, other, earlier is later) and _are_turned(one, other):
                yield one, other
                break


def _before(one: Echo, other: Echo, one_text: bool) -> bool:
    return not one_text or one.quantity.span.start < other.quantity.span.start


def _is_change(echo: Echo) -> bool:
    change = echo.unit.endswith(changed_unit("")) and _WAY.search(echo.own) is not None
    named = len(_WAY.sub("", echo.own)) >= _FULL_NAME
    return change and len(digits_of(echo.quantity)) >= (_LEAST_DIGITS - named)


def _are_turned(one: Echo, other: Echo) -> bool:
    ways = [_WAY.search(told.own) for told in (one, other)]
    if ways[0] is None or ways[1] is None or ways[0][0] == ways[1][0]:
        return False
    if one.place != other.place or one.period != other.period or not no_other_sort(one.own, other.own):
        return False
    names = [_WAY.sub("", told.own) for told in (one, other)]
    alike = max(letters_within(*names), letters_within(*reversed(names)))
    return alike >= _ALIKE and bool((pairs(names[0]) & pairs(names[1])) - WEAK)


def _finding(earlier: Echo, later: Echo) -> Finding:
    name = _WAY.sub("", later.own)
    return Finding(
        CODE,
        Level.WARNING,
        later.quantity.span,
        f"“{name}”增减{later.quantity.text}，前后两处方向相反：一处为增加，一处为减少。",
        related=(earlier.quantity.span,),
        remedy="请核对两年数字，统一增减方向。",
    )
