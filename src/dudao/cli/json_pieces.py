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
    if isinstance(value, Mapping):
        if value and all(type(one) in _FLAT for one in value.values()):
            yield f"{{{gap}{_flat(depth).encode(value)[1:-1]}{gap[: -len(_INDENT)]}}}"
            return
        before = "{"
        for key, one in value.items():
            yield f"{before}{gap}{_leaf(str(key))}: "
            yield from json_pieces(one, depth + 1)
            before = ","
        yield "{}" if before == "{" else f"{gap[: -len(_INDENT)]}}}"
    elif isinstance(value, list | tuple | Iterator):
        before = "["
        for one in value:
            yield f"{before}{gap}"
            yield from json_pieces(one, depth + 1)
            before = ","
        yield "[]" if before == "[" else f"{gap[: -len(_INDENT)]}]"
    else:
        yield _leaf(value)


@lru_cache(maxsize=32)
def _flat(depth: int) -> json.JSONEncoder:
    """Return an encoder that parts the entries of a flat mapping by the gap of its level; it is fast without indent."""
    return json.JSONEncoder(ensure_ascii=False, separators=(",\n" + _INDENT * (depth + 1), ": "))


def _leaf(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_json)


def _as_json(value: object) -> object:
    if isinstance(value, Decimal):
        return decimal_text(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
