"""The make-up of a whole as a proportion of several terms: 三次产业结构为11.6:54.3:34.1 against the three amounts.

The amounts are known by their names (第一产业, 第二产业, 第三产业) and stand before the proportion. Terms that are made
to add up to a hundred may miss by one unit of their last digit.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, order_claim, text_of

NAME = "structure_ratio"
REACH = 40
"""How many figures before the proportion the amounts may stand."""
PARAGRAPHS = 3
"""How many paragraphs before it, captions of drawings among them."""
APART = 16
"""How many figures may stand between the first amount and the last."""
_NAMED = re.compile(r"(?:三次|三个?|一、?二、?三次?)产业|产业(?:结构|比例|比重)")
_PARTS = tuple(re.compile(f"第?{number}(?:次)?产业") for number in ("一", "二", "三"))
_OTHERS = re.compile("贡献|拉动|税|投资|从业|就业|增速|用电")
"""What is told of the three besides what they add."""
_PAIRS = ((0, 1), (0, 2), (1, 2))
_TERM = re.compile(r"\d+(?:\.\d+)?")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: "."}
_ALL = Decimal(100)
_SLIPPED = Decimal(60)
"""Terms of which one is mistyped may miss a hundred by so much."""
_ROUNDED = Decimal("1.05")
"""By so many units of its last digit a term may miss that was made to fit a hundred."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that such a proportion is what the amounts before it make."""
    for place, ratio in enumerate(passage.mentions):
        said = ratio.clause[-60:]
        if ratio.role not in (Role.LEVEL, Role.TO, Role.SHARE) or not _NAMED.search(said) or _OTHERS.search(said):
            continue
        terms = _terms(ratio.quantity.text)
        if len(terms) != len(_PARTS) or min(terms) <= 0 or abs(sum(terms) - _ALL) > _SLIPPED:
            continue
        amounts = _amounts(passage, place)
        if amounts is not None:
            yield from _claim(passage, ratio, terms, amounts)


def _terms(written: str) -> list[Decimal]:
    plain = written.translate(_HALF_WIDTH)
    return [Decimal(one) for one in _TERM.findall(plain)] if re.search("[:：∶]", plain) else []


def _amounts(passage: Passage, place: int) -> list[Mention] | None:
    """Return the nearest amount of each name before a proportion; None where one is missing or they stand apart."""
    ratio = passage.mentions[place]
    found: list[Mention] = []
    for name in _PARTS:
        near = (
            one
            for one in passage.mentions[max(place - REACH, 0) : place][::-1]
            if ratio.paragraph - one.paragraph <= PARAGRAPHS
            and name.search(one.lead)
            and not _OTHERS.search(one.lead)
            and one.level
            and one.amount
            and not one.each
            and one.slack is not None
            and one.quantity.value > 0
        )
        part = next(near, None)
        if part is None or (found and not same_unit(found[0], part)):
            return None
        found.append(part)
    in_order = found[0].index < found[1].index < found[2].index
    return found if in_order and found[2].index - found[0].index <= APART else None


def _agree(one: Mention, other: Mention, left: Decimal, right: Decimal, unit: Decimal) -> bool:
    """Return whether two amounts stand to each other as their terms do, so that only the third is in doubt."""
    half = unit * _ROUNDED
    made = one.quantity.value / other.quantity.value
    return (left - half) / (right + half) <= made <= (left + half) / max(right - half, unit / 10)


def _claim(
    passage: Passage, ratio: Mention, terms: Sequence[Decimal], amounts: Sequence[Mention]
) -> Iterator[Proposal]:
    whole = sum((one.quantity.value for one in amounts), Decimal(0))
    made = [one.quantity.value * _ALL / whole for one in amounts]
    units = [max(Decimal(1).scaleb(int(one.as_tuple().exponent)) for one in terms)] * len(terms)
    loose = max(one.slack or Decimal(0) for one in amounts) * _ALL / whole
    misses = [(abs(term - value) - loose) / unit for term, value, unit in zip(terms, made, units, strict=True)]
    if max(misses) <= Decimal("0.5"):
        verdict = Verdict.CONSISTENT
    elif max(misses) <= _ROUNDED:
        verdict = Verdict.CONSISTENT_IF_ROUNDED
    elif any(_agree(amounts[one], amounts[other], terms[one], terms[other], units[one]) for one, other in _PAIRS):
        verdict = Verdict.INCONSISTENT
    else:
        return  # no two terms of it fit: of another year or another place
    places = max(-int(one.as_tuple().exponent) for one in terms) + 1
    shown = ":".join(f"{one:.{places}f}" for one in made)
    spoken = f"{'、'.join(map(text_of, amounts))}之比按百分数计为{shown}，文中写“{text_of(ratio)}”"
    wording = Wording(NAME, ClaimType.RATIO, "structure = p1 : p2 : p3", spoken)
    operands = {"structure": ratio} | {f"p{number}": one for number, one in enumerate(amounts, 1)}
    yield order_claim(passage, wording, operands, verdict, EXPLICIT)
