"""Results said of two figures just before that words take up together: 二者相差, 前者是后者的."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.nearby.announced import names_both
from dudao.claims.nearby.rules import DIFFERENCE, RATIO, SHARE, is_operand
from dudao.claims.proposals import EXPLICIT, Proposal
from dudao.quantities.model import Kind

_OTHER_WAY = re.compile(r"后者[^前]{1,4}前者")


def both_before(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return the two amounts that 前者 and 后者 or 二者 mean: the two of one unit just before, in this order."""
    mentions, one = passage.mentions, passage.mentions[place]
    if place < 2 or not names_both(one):
        return None
    before = [other for other in mentions[max(place - 4, 0) : place] if not names_both(other)]
    if len(before) < 2:
        return None
    former, latter = before[-2:]
    points = one.quantity.kind is Kind.PERCENTAGE_POINT
    # 增长3.85%；…增长2.11%。前者比后者高1.74个百分点: the two may fill the sentence before.
    next_clause = one.clause_number - latter.clause_number == 1
    beside = former.sentence == latter.sentence and (one.sentence == latter.sentence or next_clause)
    alike = same_unit(former, latter) and (
        former.quantity.kind is latter.quantity.kind is Kind.PERCENT
        if points
        else is_operand(former) and is_operand(latter)
    )
    return (former, latter) if alike and beside else None


def of_both(passage: Passage, place: int, former: Mention, latter: Mention) -> Iterator[Proposal]:
    """Yield 二者相差1485元; 前者是后者的6.87倍; 前者为后者的101.34%."""
    one = passage.mentions[place]
    pair, derived = ((latter, former) if _OTHER_WAY.search(one.clause) else (former, latter)), True
    if (one.amount and same_unit(one, former)) or one.quantity.kind is Kind.PERCENTAGE_POINT:
        rule, derived = DIFFERENCE, False
        pair = (former, latter) if former.quantity.value >= latter.quantity.value else (latter, former)
    elif one.quantity.kind is Kind.PERCENT and one.role is not Role.CHANGE:
        rule = SHARE
    elif one.quantity.kind is Kind.RATIO and one.quantity.unit == "倍":
        rule = RATIO
    else:
        return
    found = rule.proposed(passage, one, pair, EXPLICIT, derived=derived)
    if found is not None:
        yield found
