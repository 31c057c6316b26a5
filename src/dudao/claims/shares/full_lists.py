"""Shares told without their amounts that leave nothing of their whole: 优秀占12.3%、合格占85.7%、不合格占2.0%.

No figure tells the whole, for it is the hundred. A list that makes a hundred is confirmed; one that does not is called
wrong only where its names leave no room for others and one digit put right would make it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import step
from dudao.claims.completeness import names_rest
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, joined, order_claim
from dudao.claims.slips import digits_of, slipped_within
from dudao.quantities.model import Kind

FEWEST = 2
LIMIT = 12
CLAUSES = 2
"""How far apart two shares stand at most, a change of the first between them."""
_ALL = Decimal(100)
_PAIRS = (("男", "女"), ("公办", "民办"), ("城镇", "乡村"), ("城镇", "农村"))
"""Two names that leave nobody out."""
_SECTORS = ("第一产业", "第二产业", "第三产业")


def full_lists(passage: Passage, relation: str) -> Iterator[Proposal]:
    """Yield the claims that such lists make a hundred per cent."""
    for first, last in passage.sentences:
        place = first
        while place < last:
            shares = _full(_list_from(passage, place, last))
            if FEWEST <= len(shares) <= LIMIT:
                yield from _claim(passage, shares, relation)
            place += max(len(shares), 1)


def _list_from(passage: Passage, place: int, last: int) -> list[Mention]:
    """Return the shares that follow one another from a place on, clause after clause, each with a name of its own."""
    mentions = passage.mentions
    shares: list[Mention] = []
    for one in mentions[place:last]:
        if shares and one.role is Role.CHANGE and one.clause_number - shares[-1].clause_number == 1:
            continue  # 满意的占77.3%，比上年提高1.8个百分点；一般的占21.9%
        bare = one.quantity.kind is Kind.PERCENT and one.depth == 0 and one.quantity.approximation is None
        told = one.role is Role.SHARE or (one.role is Role.LEVEL and one.tail.startswith("是"))
        told = told or (bool(shares) and one.role is Role.LEVEL and one.lead == "" and one.tail != "")
        near = not shares or one.clause_number - shares[-1].clause_number <= CLAUSES
        if not (bare and told and near and one.quantity.upper is None and one.slack is not None):
            break
        shares.append(one)
    before = mentions[place - 1] if place else None
    # 教师1346人，本科占64.1%，专科占35.9%: with an amount beside it a share is read as that of a figure.
    beside = before is not None and shares and before.amount and before.clause_number == shares[0].clause_number
    return [] if beside else shares


def _full(shares: list[Mention]) -> list[Mention]:
    """Return shares up to where they make a hundred: 幼儿占21.7%，小学占67.4%，初中占10.9%，小学以下共占89.1%."""
    together, room = Decimal(0), Decimal(0)
    for number, one in enumerate(shares, 1):
        together += one.quantity.value
        room += step(one.quantity) / 2
        if number > FEWEST and abs(together - _ALL) < room:
            return shares[:number]
    return shares


def _claim(passage: Passage, shares: Sequence[Mention], relation: str) -> Iterator[Proposal]:
    together = sum((one.quantity.value for one in shares), Decimal(0))
    room = sum((step(one.quantity) for one in shares), Decimal(0)) / 2
    holds = abs(together - _ALL) < room
    if holds and len({one.lead + one.tail for one in shares}) < len(shares):
        return
    if not holds and not (_names_all(shares) and _one_digit_from(together, shares, room)):
        return
    if holds and len(shares) == FEWEST and not (_names_all(shares) or shares[0].quantity.decimals):
        return
    verdict = Verdict.CONSISTENT if together == _ALL else Verdict.CONSISTENT_IF_ROUNDED
    operands = {chr(ord("a") + number): one for number, one in enumerate(shares)}
    spoken = f"{joined([one.quantity for one in shares])}＝{together}%，各部分占比之和为100%"
    wording = Wording(relation, ClaimType.SUM, " + ".join(operands) + " = 100", spoken)
    yield order_claim(passage, wording, operands, verdict if holds else Verdict.INCONSISTENT, STRUCTURAL)


def _names_all(shares: Sequence[Mention]) -> bool:
    """Return whether the names of shares leave nothing out: 男 and 女, or 其余 at their end."""
    if len(shares) == FEWEST:
        words = [one.lead + one.tail for one in shares]
        return any(
            all(word.count(own) == 1 and other not in word for word, (own, other) in zip(words, order, strict=True))
            for pair in _PAIRS
            for order in (((pair[0], pair[1]), (pair[1], pair[0])), ((pair[1], pair[0]), (pair[0], pair[1])))
        )
    if len(shares) == len(_SECTORS) and all(word in one.lead for word, one in zip(_SECTORS, shares, strict=True)):
        return True
    return names_rest(shares) and all(right.part == left.part for left, right in pairwise(shares))


def _one_digit_from(together: Decimal, shares: Sequence[Mention], room: Decimal) -> bool:
    """Return whether one digit of one share, put right, makes the list a hundred."""
    for one in shares:
        own = digits_of(one.quantity)
        if own is None:
            continue
        wanted = (one.quantity.value + _ALL - together) / own.unit
        slack = room / own.unit
        if slipped_within(own.number, float(wanted - slack), float(wanted + slack)) is not None:
            return True
    return False
