"""JSON piece by piece, indented: a long list that is handed in as an iterator needs the memory of one entry."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from dudao.quantities.decimals import decimal_text

_INDENT = "  "
_FLAT = frozenset({str, int, float, bool, type(None)})


def json_pieces(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the pieces of a value as JSON: keys in their order, Chinese unescaped, decimals as text.

    Args:
        value: mappings, sequences, and iterators, which are written as lists; their leaves text, numbers, None.
        depth: how many levels the value stands within others.

    Raises:
        TypeError: something in it has no form in JSON.
    """
    gap = "\n" + _INDENT * (depth + 1)
    if isinstance(value, Iterator):
        before = "["
        for one in value:
            yield f"{before}{gap}{_whole(one, depth + 1)}"
            before = ","
        yield "[]" if before == "[" else f"{gap[: -len(_INDENT)]}]"
    elif isinstance(value, Mapping):
        before = "{"
        for key, one in value.items():
            yield f"{before}{gap}{_leaf(str(key))}: "
            yield from json_pieces(one, depth + 1)
            before = ","
        yield "{}" if before == "{" else f"{gap[: -len(_INDENT)]}}}"
    else:
        yield _whole(value, depth)


def _whole(value: object, depth: int) -> str:
    pieces: list[str] = []
    _add(value, "\n" + _INDENT * depth, pieces)
    return "".join(pieces)


def _add(value: object, gap: str, pieces: list[str]) -> None:
    """Add the pieces of a value; `gap` parts it from what stands beside it."""
    within = gap + _INDENT
    if isinstance(value, Mapping):
        if value and all(type(one) in _FLAT for one in value.values()):
            pieces.append(f"{{{within}{_flat(within).encode(value)[1:-1]}{gap}}}")
            return
        before = "{"
        for key, one in value.items():
            pieces.append(f"{before}{within}{_leaf(str(key))}: ")
            _add(one, within, pieces)
            before = ","
        pieces.append("{}" if before == "{" else f"{gap}}}")
    elif isinstance(value, list | tuple | Iterator):
        before = "["
        for one in value:
            pieces.append(f"{before}{within}")
            _add(one, within, pieces)
            before = ","
        pieces.append("[]" if before == "[" else f"{gap}]")
    else:
        pieces.append(_leaf(value))


@lru_cache(maxsize=32)
def _flat(gap: str) -> json.JSONEncoder:
    """Return an encoder that parts the entries of a flat mapping by a gap; it is fast without indent."""
    return json.JSONEncoder(ensure_ascii=False, separators=("," + gap, ": "))


_LEAVES = json.JSONEncoder(ensure_ascii=False, default=lambda value: _as_json(value))


def _leaf(value: object) -> str:
    return _LEAVES.encode(value)


def _as_json(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_text(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
