"""Who goes from where to where: matching schools that give teachers with schools that receive them."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matching:
    """Persons by (giver, receiver), and the givers from whom not everybody can leave (empty when all can)."""

    persons: Mapping[tuple[int, int], int]
    stuck: frozenset[int]


def match(giving: Mapping[int, int], receiving: Mapping[int, int], allowed: Callable[[int, int], bool]) -> Matching:
    """Return a matching of all persons, or the set of givers whose allowed receivers do not take enough.

    Pairs are filled from the largest amounts on, so that few pairs are needed; where a pair is not allowed,
    persons are rerouted along alternating paths. When some stay unplaced, `stuck` is a set of givers that
    together give more than all their allowed receivers take (Hall's condition fails for it).
    """
    left, room = dict(giving), dict(receiving)
    persons: dict[tuple[int, int], int] = {}
    for giver in sorted(left, key=lambda number: (-left[number], number)):
        for receiver in sorted(room, key=lambda number: (-room[number], number)):
            count = min(left[giver], room[receiver])
            if count > 0 and allowed(giver, receiver):
                persons[giver, receiver] = persons.get((giver, receiver), 0) + count
                left[giver] -= count
                room[receiver] -= count
    while any(left.values()):
        start = next(giver for giver in sorted(left) if left[giver] > 0)
        reached, path = _search(start, persons, room, giving, allowed)
        if path is None:
            return Matching({}, frozenset(reached))
        _reroute(path, left, room, persons)
    return Matching({pair: count for pair, count in persons.items() if count > 0}, frozenset())


def _search(
    start: int,
    persons: Mapping[tuple[int, int], int],
    room: Mapping[int, int],
    giving: Mapping[int, int],
    allowed: Callable[[int, int], bool],
) -> tuple[set[int], list[int] | None]:
    # breadth first: giver → any allowed receiver; receiver → any giver that already sends somebody there
    reached, seen = {start}, set()
    paths = deque([[start]])
    while paths:
        path = paths.popleft()
        for receiver in sorted(room):
            if receiver in seen or not allowed(path[-1], receiver):
                continue
            seen.add(receiver)
            if room[receiver] > 0:
                return reached, [*path, receiver]
            for giver in sorted(giving):
                if giver not in reached and persons.get((giver, receiver), 0) > 0:
                    reached.add(giver)
                    paths.append([*path, receiver, giver])
    return reached, None


def _reroute(path: list[int], left: dict[int, int], room: dict[int, int], persons: dict[tuple[int, int], int]) -> None:
    # the path alternates giver, receiver, giver, …: forward pairs gain a person, backward pairs lose one
    forward = list(zip(path[::2], path[1::2], strict=True))
    backward = list(zip(path[2::2], path[1::2], strict=False))
    count = min([left[path[0]], room[path[-1]], *(persons[pair] for pair in backward)])
    for pair in forward:
        persons[pair] = persons.get(pair, 0) + count
    for pair in backward:
        persons[pair] -= count
    left[path[0]] -= count
    room[path[-1]] -= count
