"""Several figures told of each part: 分类别看：学前14个，投资1亿元；小学19个，投资3亿元: each column has a total.

The parts stand between semicolons and are told alike, so that the first figures of all of them make one column, the
second ones another. A column that adds up confirms its total; the words say that the others must add up as well.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add
from dudao.claims.completeness import OPEN_LIST, crossing, names_rest
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, joined, propose
from dudao.claims.sums.lists import VIEWED
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Kind

NAME = "parallel_columns"
PARTS = 3
"""How many parts at least are told alike."""
PARTS_LIMIT = 12
WIDTH = 3
"""How many figures at most are told of each part."""
TOTALS = 12
"""How many figures back the totals may stand."""
APART = 5
"""A total that a column misses by more than a fifth is none of it."""
LABEL = 2
"""How many characters the figures of one column share before them: 自评, 完成."""
_FULL_POINTS = (Decimal(100), Decimal(1000))
_OPENS = re.compile(rf"(?:其中|{VIEWED})[：:，,]?")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that the columns of parts told alike add up to the totals before them."""
    mentions = passage.mentions
    place = 0
    while place < len(mentions):
        rows = _rows(passage, place)
        if rows is None:
            place += 1
            continue
        yield from _columns(passage, place, rows)
        place += len(rows) * len(rows[0])


def _rows(passage: Passage, place: int) -> list[tuple[Mention, ...]] | None:
    """Return the parts that begin with a figure, one row of figures for each; None where no such list begins."""
    head = passage.mentions[place]
    begin = passage.segmentation.parts.starts[head.part]
    if place and passage.mentions[place - 1].part == head.part and passage.mentions[place - 1].depth <= head.depth:
        before = passage.text[passage.mentions[place - 1].quantity.span.end : head.quantity.span.start]
        if not _OPENS.search(before[:40]):
            return None
    elif _OPENS.match(passage.text, begin) is None:
        return None
    rows: list[tuple[Mention, ...]] = []
    behind = passage.mentions[place : place + (WIDTH + 1) * PARTS_LIMIT]
    for one in behind:
        if one.sentence != head.sentence or one.part > head.part + PARTS_LIMIT:
            break
        if one.part == head.part + len(rows):
            rows.append((one,))
        elif rows and one.part == rows[-1][0].part:
            rows[-1] = (*rows[-1], one)
        else:
            break
    if len(rows) < PARTS or not 2 <= len(rows[0]) <= WIDTH:
        return None
    alike = all(_told_alike(row, rows[0]) for row in rows)
    return rows if alike else None


def _told_alike(row: Sequence[Mention], first: Sequence[Mention]) -> bool:
    """Return whether two parts are told by figures of the same kinds in the same order."""
    if len(row) != len(first):
        return False
    usable = all(one.level and one.amount and not one.each and one.family is not None for one in row)
    return usable and all(one.quantity.unit == other.quantity.unit for one, other in zip(row, first, strict=True))


def _columns(passage: Passage, place: int, rows: Sequence[Sequence[Mention]]) -> Iterator[Proposal]:
    mentions, head = passage.mentions, rows[0][0]
    between = passage.text[head.quantity.span.start : rows[-1][-1].quantity.span.end]
    if OPEN_LIST.search(between):
        return
    before = mentions[max(place - TOTALS, 0) : place]
    totals = [
        one
        for one in before
        if one.paragraph >= head.paragraph - 1 and one.level and one.amount and not one.each and one.depth <= head.depth
    ]
    columns = [[row[number] for row in rows] for number in range(len(rows[0]))]
    found: list[tuple[list[Mention], Mention | None, list[Mention]]] = []
    for column in columns:
        unit, depth = column[0].quantity.unit, column[0].depth
        nearby = [one for one in totals if one.quantity.unit == unit and one.depth == depth]
        fitting = next((one for one in reversed(nearby) if adds_up(one, column)), None)
        found.append((column, fitting, _likely(nearby, column, columns)))
    sure = any(fitting is not None or _makes_full(column) for column, fitting, _ in found)
    for column, fitting, likely in found:
        if fitting is not None:
            yield from _sum(passage, fitting, column, EXPLICIT)
        elif len(likely) == 1 and not crossing(likely[0], column) and (sure or names_rest([rows[-1][0]])):
            yield from _sum(passage, likely[0], column, EXPLICIT)


def _makes_full(column: Sequence[Mention]) -> bool:
    """Return whether points make a hundred or a thousand, so that no part of the whole is left out."""
    points = all(one.quantity.kind is Kind.SCORE for one in column)
    return points and sum((one.quantity.value for one in column), Decimal(0)) in _FULL_POINTS


def _likely(
    nearby: Sequence[Mention], column: Sequence[Mention], columns: Sequence[Sequence[Mention]]
) -> list[Mention]:
    """Return the totals that a column may be meant to make: near enough in size, and labelled as the column is."""
    reached = sum((one.quantity.value for one in column), Decimal(0))
    near = [one for one in nearby if abs(one.quantity.value - reached) * APART <= one.quantity.value]
    label = _label(column)
    if label:
        return [one for one in near if label in one.clause]
    others = [said for other in columns if other is not column and (said := _label(other))]
    return [one for one in near if not any(said in one.clause for said in others)]


def _label(column: Sequence[Mention]) -> str:
    """Return what all figures of a column are called; empty when they have no name in common."""
    label = column[0].lead[:LABEL]
    return label if len(label) == LABEL and all(one.lead.startswith(label) for one in column) else ""


def _sum(passage: Passage, total: Mention, parts: Sequence[Mention], strength: int) -> Iterator[Proposal]:
    scores = total.quantity.kind is Kind.SCORE
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    wording = Wording(
        NAME,
        ClaimType.SCORE_SUM if scores else ClaimType.SUM,
        "total = " + " + ".join(names),
        joined([part.quantity for part in parts]),
        "影响自评得分" if scores else "",
    )
    found = propose(passage, wording, ("total", total), names, add, strength, derived=False)
    if found is not None:
        yield found
