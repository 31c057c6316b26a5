"""Lists that tell two figures of each part, of which one column makes its total and the other misses by a slip.

学前3164人次、158.2万元，义教8627人次、623.8万元，高中2445人次、286.4万元: where the money adds up to the sum told
beside them, the list is complete, and so are the heads, though no word says so.
"""

from collections.abc import Iterator, Sequence

from dudao.claims.mentions import Mention, Passage
from dudao.claims.slipped.trials import plain_amount
from dudao.claims.slips import one_slip_away
from dudao.claims.wholes import adds_up

WIDTH = 2
FEWEST = 2
"""How many parts a list has at least."""
PARTS_LIMIT = 12
BESIDE = 4
"""How many figures before or behind the list its totals may stand."""


def slipped_columns(passage: Passage) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield the total and the parts of a column that one slip keeps from adding up, though its neighbour does."""
    mentions = passage.mentions
    place = 0
    while place < len(mentions) - WIDTH * FEWEST + 1:
        length = _length(mentions, place)
        if length < FEWEST:
            place += 1
            continue
        end = place + WIDTH * length
        columns = [list(mentions[place + number : end : WIDTH]) for number in range(WIDTH)]
        around = (*mentions[max(place - BESIDE, 0) : place], *mentions[end : end + BESIDE])
        yield from _slipped(columns, around)
        place = end


def _length(mentions: Sequence[Mention], place: int) -> int:
    """Return how many parts told by two units in turn begin at a place."""
    head = mentions[place : place + WIDTH]
    units = [one.quantity.unit for one in head]
    if len({*units}) < WIDTH or not all(units):
        return 0
    length = 0
    while length < PARTS_LIMIT:
        row = mentions[place + WIDTH * length : place + WIDTH * (length + 1)]
        alike = len(row) == WIDTH and [one.quantity.unit for one in row] == units
        if not alike or any(not _usable(one) or one.depth != head[0].depth for one in row):
            break
        before = mentions[place + WIDTH * length - 1] if length else row[0]
        if row[0].sentence != head[0].sentence or row[0].clause_number - before.clause_number > 1:
            break
        if row[1].clause_number != row[0].clause_number and row[1].lead:
            break
        length += 1
    return length


def _usable(one: Mention) -> bool:
    return plain_amount(one) and one.level and not one.each


def _slipped(columns: Sequence[list[Mention]], around: Sequence[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    first = columns[0][0]
    near = [one for one in around if _usable(one) and abs(one.sentence - first.sentence) <= 1]
    totals = [[one for one in near if one.quantity.unit == column[0].quantity.unit] for column in columns]
    fitting = [
        next((one for one in told if adds_up(one, column)), None) for told, column in zip(totals, columns, strict=True)
    ]
    for number, column in enumerate(columns):
        held = fitting[1 - number]
        if fitting[number] is not None or held is None:
            continue
        beside = [one for one in totals[number] if abs(one.clause_number - held.clause_number) <= 1]
        beside = beside or [one for one in totals[number] if one.sentence == first.sentence]
        if len(beside) == 1 and one_slip_away(beside[0].quantity, [one.quantity for one in column], rounded=True):
            yield beside[0], column
