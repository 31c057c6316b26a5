"""Figures told in turn: 资助5875人次，发放235万元，其中春季资助3350人次，资助金额134万元；秋季….

A head of two to four amounts, then parts that each tell as many, unit for unit: every figure of the head is the sum of
its own column. No word says so for the later columns, whose figures bear the same name in every part; that one column
makes its figure is what says it for the others, of which one that misses by a slip of a digit is wrong. The head may
stand behind its parts (全县学生总数…，教职工总数…).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from dudao.claims.arithmetic import add, step
from dudao.claims.completeness import OPEN_LIST
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, Wording, digits_written, joined, propose
from dudao.claims.slips import KINDS_OF_SLIP, one_slip_away
from dudao.claims.wholes import adds_up

NAME = "told_in_turn"
WIDEST = 4
"""How many figures at most are told of each part."""
ROWS_LIMIT = 12
FEWEST = 2
SKIPPED = 3
"""How many other figures may stand between a head and its parts."""
CHANCE = 800
"""A column must be so many times unlikelier than not to make its head by chance."""
ANNOUNCED = 40
"""The same where 其中 stands between the head and its parts."""
SLIPS_APART = 4
"""So many times rarer than the slips there are must chance be where the column that holds has few digits."""
LEFT_OUT = 1000
"""By less than a thousandth of its head a column may miss it without a slip."""
NEAR = 0.05
"""By so much of its head at most a column may miss it at first sight."""
PARAGRAPHS = 2
_OPENS = re.compile(r"其中|分别|包括|[：:]")
_ENDS = re.compile(r"[；;。]")
_HEADS = frozenset({"人", "人次", "名"})
"""Whoever is counted once or each time: 资助7280人次，其中春季资助3680人."""

_COUNTED = _HEADS | {""}
"""642.3万人次，其中402.6万学生享受免学费: what is counted may stand where its unit would."""

Rows = list[tuple[Mention, ...]]


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that each figure of a head is the sum of its column."""
    plain = [one for one in passage.mentions if _plain(one)]
    yield from _in_turn(passage, plain)
    outer = [one for one in plain if not one.depth]
    if len(outer) < len(plain):
        # 幼儿园83所（公办52所，民办31所），在园幼儿11312人，其中…: what parentheses tell stands aside.
        yield from _in_turn(passage, outer)


def _in_turn(passage: Passage, plain: Sequence[Mention]) -> Iterator[Proposal]:
    values = [float(one.quantity.value) for one in plain]
    place = 0
    while place < len(plain):
        for width in range(WIDEST, 1, -1):
            likely = _may_have_rows(plain, place, width) and _may_have_head(values, place, width)
            found = _from(passage, plain, place, width) if likely else None
            if found is not None:
                claims, place = found
                yield from claims
                break
        else:
            place += 1


def _may_have_rows(plain: Sequence[Mention], place: int, width: int) -> bool:
    """Return whether the second row at a place opens and ends as the first does."""
    behind = place + width * FEWEST
    if behind > len(plain):
        return False
    last, first = plain[place + width - 1], plain[place + width]
    if first.sentence != plain[behind - 1].sentence or plain[place].sentence != last.sentence:
        return False
    return _same_unit(plain[place], first) and _same_unit(last, plain[behind - 1])


def _may_have_head(values: Sequence[float], place: int, width: int) -> bool:
    """Return whether a figure beside parts that begin at a place is large enough to be the sum of the first two."""
    behind = place + width * FEWEST
    if behind > len(values):
        return False
    least = [(1 - NEAR) * sum(values[place + number : behind : width]) for number in range(width)]
    ends = range(behind, min(behind + width * (ROWS_LIMIT - 1), len(values) - width + 1), width)
    starts = (*range(max(place - width - SKIPPED, 0), place - width + 1), *ends)
    return any(values[start + number] >= least[number] for start in starts for number in range(width))


def _plain(one: Mention) -> bool:
    exact = one.quantity.upper is None and one.quantity.value > 0 and one.family is not None
    return exact and one.amount and one.level and one.role is Role.LEVEL and not (one.each or one.base)


def _from(passage: Passage, plain: Sequence[Mention], place: int, width: int) -> tuple[list[Proposal], int] | None:
    """Return the claims of parts that begin at a place, and the place behind them; None where none begin."""
    rows = _rows(plain, place, width)
    if len(rows) < FEWEST:
        return None
    slipped: tuple[list[Proposal], int] | None = None
    reached = [[*accumulate(float(row[number].quantity.value) for row in rows)] for number in range(width)]
    for length in range(len(rows), FEWEST - 1, -1):
        end = place + width * length
        for first in (*range(place - width, max(place - width - SKIPPED, 0) - 1, -1), end):
            head = plain[max(first, 0) : max(first, 0) + width]
            made = (
                abs(float(one.quantity.value) / column[length - 1] - 1)
                for one, column in zip(head, reached, strict=False)
            )
            if first < 0 or min(made, default=1) > NEAR or not _heads(head, rows[:length], behind=first >= end):
                continue
            claims = _claims(passage, head, rows[:length])
            if claims and all(one.holds for one in claims):
                return claims, max(end, first + width)
            if claims and slipped is None:
                # 按阶段分…；按行业分，6个…: fewer rows of which all columns hold are the list, and more only a slip's.
                slipped = claims, max(end, first + width)
    return slipped


def _rows(plain: Sequence[Mention], place: int, width: int) -> Rows:
    """Return the parts told alike from a place on, one row of figures for each."""
    rows: Rows = []
    first = tuple(plain[place : place + width])
    for start in range(place, place + width * ROWS_LIMIT, width):
        row = tuple(plain[start : start + width])
        if len(row) < width or not _alike(row, first):
            break
        if rows and row[0].paragraph - rows[-1][-1].paragraph > 1:
            break
        rows.append(row)
    return rows


def _alike(row: Sequence[Mention], other: Sequence[Mention]) -> bool:
    together = row[0].sentence == row[-1].sentence
    units = all(_same_unit(one, two) and one.depth == two.depth for one, two in zip(row, other, strict=True))
    return together and units


def _nesting(row: Sequence[Mention]) -> tuple[int, ...]:
    """Return how much deeper in parentheses each figure stands: 教职工6448人（专任教师6276人）."""
    return tuple(one.depth - row[0].depth for one in row)


def _parted(passage: Passage, row: Sequence[Mention]) -> tuple[bool, ...]:
    """Return where 其中 stands between the figures of a row."""
    return tuple("其中" in words for words in _between(passage, row))


def _goes_on(passage: Passage, row: Sequence[Mention]) -> bool:
    """Return whether a row goes on behind ；, where two parts may meet as well as the two figures of one."""
    return any(_ENDS.search(words) for words in _between(passage, row))


def _between(passage: Passage, row: Sequence[Mention]) -> Iterator[str]:
    return (passage.text[one.quantity.span.end : two.quantity.span.start] for one, two in pairwise(row))


def _same_unit(one: Mention, other: Mention) -> bool:
    if one.quantity.unit == other.quantity.unit:
        return True
    units = {one.quantity.unit, other.quantity.unit}
    return units <= _HEADS or ("" in units and (same_unit(one, other) or units <= _COUNTED))


def _heads(head: Sequence[Mention], rows: Rows, *, behind: bool) -> bool:
    """Return whether figures may be the sums of the columns beside them."""
    if len(head) < len(rows[0]):
        return False
    last, first = (rows[-1][-1], head[0]) if behind else (head[-1], rows[0][0])
    if first.paragraph - last.paragraph > PARAGRAPHS:
        return False
    if head[0].sentence != head[-1].sentence or _nesting(head) != _nesting(rows[0]):
        return False
    if behind and not any(one.total for one in head):
        return False
    return all(_same_unit(one, part) and one.depth <= part.depth for one, part in zip(head, rows[0], strict=True))


def _claims(passage: Passage, head: Sequence[Mention], rows: Rows) -> list[Proposal]:
    """Return what the columns make when at least one surely makes its head; nothing otherwise."""
    columns = [[row[number] for row in rows] for number in range(len(head))]
    ends = sorted((head[0].quantity.span.end, rows[-1][-1].quantity.span.end, rows[0][0].quantity.span.start))
    if OPEN_LIST.search(passage.text, ends[0], ends[-1]):
        return []
    announced = _OPENS.search(passage.text, head[-1].quantity.span.end, max(rows[0][0].quantity.span.start, 0))
    unlikely = ANNOUNCED if announced is not None else CHANCE * len(rows)
    if len({_parted(passage, row) for row in (head, *rows)}) > 1:
        return []
    held = [adds_up(total, column) for total, column in zip(head, columns, strict=True)]
    sure, surest = (
        [holds and _surely(total, column, rare) for holds, total, column in zip(held, head, columns, strict=True)]
        for rare in (unlikely, CHANCE * len(rows))
    )
    missed = [not holds and _missed(total, column) for holds, total, column in zip(held, head, columns, strict=True)]
    named = announced is not None and any(held) and _named_alike(head, rows)
    alone = any(surest) and not any(_goes_on(passage, row) for row in (head, *rows))
    telling = [slipped and _tells(total, column) for slipped, total, column in zip(missed, head, columns, strict=True)]
    if not named and (not any(sure) or not (alone or sum(held) + sum(telling) > 1)):
        return []
    claims = []
    for total, column, holds, slipped in zip(head, columns, held, missed, strict=True):
        if holds:
            claims.append(_sum(passage, total, column, STRUCTURAL))
        elif slipped:
            claims.append(_sum(passage, total, column, EXPLICIT))
    return [one for one in claims if one is not None]


def _named_alike(head: Sequence[Mention], rows: Rows) -> bool:
    """Return whether each column is named behind its figures: 9个省份136个县，其中中部2个省份39个县，西部7个省份97个县.

    Where such parts have all of one, they have all of the other.
    """
    for total, *parts in zip(head, *rows, strict=True):
        names = [one.tail.removesuffix("的") for one in parts]
        if not names[0] or len({*names}) > 1 or not total.tail.startswith(names[0]):
            return False
    return len({one.tail for one in rows[0]}) == len(head) and rows[0][0].sentence == head[0].sentence


def _surely(total: Mention, parts: Sequence[Mention], unlikely: int) -> bool:
    """Return whether a column fits so closely that chance does not explain it."""
    if total.slack is None or any(one.slack is None for one in parts):
        return False
    room = max(total.slack + sum((one.slack or Decimal(0) for one in parts), Decimal(0)), step(total.quantity))
    return unlikely * room <= total.quantity.value


def _missed(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether one slip keeps a column from making its head."""
    if any(one.quantity.approximation is not None for one in (total, *parts)):
        return False
    if (
        abs(total.quantity.value - sum((one.quantity.value for one in parts), Decimal(0))) * LEFT_OUT
        < total.quantity.value
    ):
        return False  # 专任教师8452人，其中公办7987人，民办462人: so few may belong to neither
    return one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)


def _tells(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether chance hardly brings a column within one slip of its head: the slips there are, of so many."""
    digits = sum(digits_written(one.quantity) for one in (total, *parts))
    return digits * KINDS_OF_SLIP * SLIPS_APART * step(total.quantity) <= total.quantity.value


def _sum(passage: Passage, total: Mention, parts: Sequence[Mention], strength: int) -> Proposal | None:
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    spoken = joined([part.quantity for part in parts])
    wording = Wording(NAME, ClaimType.SUM, "total = " + " + ".join(names), spoken)
    return propose(passage, wording, ("total", total), names, add, strength, derived=False)
