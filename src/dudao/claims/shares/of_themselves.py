"""Shares that leave nothing over, of the sum of their own parts: 食堂供餐8462人，占92.3%；企业供餐706人，占7.7%.

Where shares make a hundred their parts are all there is, whether or not the text tells how many that are; so every part
over the sum of them makes its share, and one slip in a part or a share shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.arithmetic import step
from dudao.claims.fractions import share_of_grades
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import Proposal
from dudao.claims.slips import digits_of, slips_within
from dudao.quantities.model import Quantity

FEWEST = 2
PARTS_LIMIT = 8
_ALL = 100.0
_Pair = tuple[Mention, Mention]


def shares_of_their_sum(passage: Passage, pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    """Yield that each part over the sum of all makes its share; of those that do not, the one that a slip explains."""
    told = FEWEST <= len(pairs) <= PARTS_LIMIT and all(share.quantity.decimals for _, share in pairs)
    if not told or any(part.slack is None or part.quantity.value <= 0 for part, _ in pairs):
        return
    parts = [float(part.quantity.value) for part, _ in pairs]
    shares = [float(share.quantity.value) for _, share in pairs]
    rooms = [_room(share.quantity) for _, share in pairs]
    if all(_fit(parts, shares, rooms)):
        wrong: Sequence[int] = range(len(pairs))
    else:
        slip = _slipped(pairs, parts, shares, rooms)
        wrong = () if slip is None else (slip,)
    for place in wrong:
        others = [part for number, (part, _) in enumerate(pairs) if number != place]
        found = share_of_grades(passage, [pairs[place][0]], others, pairs[place][1])
        if found is not None:
            yield replace(found, claim=replace(found.claim, relation="filled_shares"))


def _room(share: Quantity) -> float:
    return float(step(share)) * 0.501


def _fit(parts: Sequence[float], shares: Sequence[float], rooms: Sequence[float]) -> list[bool]:
    together = sum(parts)
    return [abs(part / together * _ALL - share) <= room for part, share, room in zip(parts, shares, rooms, strict=True)]


def _slipped(
    pairs: Sequence[_Pair], parts: Sequence[float], shares: Sequence[float], rooms: Sequence[float]
) -> int | None:
    """Return which pair holds a slip that alone keeps all shares from being true; None where none does."""
    together = sum(parts)
    fitting = _fit(parts, shares, rooms)
    if fitting.count(False) == 1:
        place = fitting.index(False)
        made = parts[place] / together * _ALL
        return place if _one_away(pairs[place][1].quantity, made, rooms[place]) is not None else None
    if abs(sum(shares) - _ALL) > sum(rooms):
        return None
    for place, (part, _) in enumerate(pairs):
        if shares[place] + rooms[place] >= _ALL:
            continue
        rest = together - parts[place]
        wanted = rest * shares[place] / (_ALL - shares[place])
        room = rest * _ALL / (_ALL - shares[place]) ** 2 * rooms[place] * 1.1
        right = _one_away(part.quantity, wanted, room)
        if right is not None and all(_fit([*parts[:place], right, *parts[place + 1 :]], shares, rooms)):
            return place
    return None


def _one_away(figure: Quantity, wanted: float, room: float) -> float | None:
    """Return the figure put right by one digit where that lies about what is wanted."""
    own = digits_of(figure)
    if own is None:
        return None
    unit = float(own.unit)
    right = next(slips_within(own.number, (wanted - room) / unit, (wanted + room) / unit), None)
    return None if right is None else right * unit
