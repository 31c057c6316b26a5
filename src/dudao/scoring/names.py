"""How alike two names of items are: characters in pairs, without marks and words that every name carries."""

import re
from functools import lru_cache

_MARKS = re.compile(r"[\W_]|情况|工作|落实|推进|建设")


def likeness(one: str, other: str) -> float:
    """Return 0 for names without a common pair of characters, 1 for the same name (Dice over pairs)."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return float(bool(one) and _MARKS.sub("", one) == _MARKS.sub("", other))
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=4096)
def _pairs(name: str) -> frozenset[str]:
    words = _MARKS.sub("", name)
    return frozenset(words[place : place + 2] for place in range(len(words) - 1))
