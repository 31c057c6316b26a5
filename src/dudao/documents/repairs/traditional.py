"""Traditional characters in a simplified text (pages 教育督導體制 of an Yangquan report), or a whole such text.

Seen in reports taken from pdf with a foreign font, and in web pages converted on the way. OpenCC knows which
simplified character each one is; it is loaded only when the text holds a character outside GB 2312, which
covers nearly all of simplified Chinese.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from dudao.documents.repairs.mending import Edit

_MOSTLY = 0.08  # share of traditional-only characters above which a line is taken to be traditional throughout
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _converter() -> _Converter:
    from opencc import OpenCC  # loading the dictionaries takes time that simplified texts need not pay

    converter: _Converter = OpenCC("t2s")
    return converter


def traditional_characters(text: str) -> Iterator[Edit]:
    """Yield an edit for each stretch of characters that simplified Chinese writes otherwise.

    Characters correspond one to one. In a line with few traditional characters only these are replaced; in a
    line full of them words decide (乾燥 → 干燥, 乾坤 stays).
    """
    strange = {character for character in set(text) if _HAN.match(character) and not _in_gb2312(character)}
    simple = {character: _converter().convert(character) for character in strange}
    known = {character for character, other in simple.items() if len(other) == 1 and other != character}
    if not known:
        return
    finder = re.compile("[" + "".join(sorted(known)) + "]")
    for line in re.finditer(r"[^\n]+", text):
        written = line[0]
        found = len(finder.findall(written))
        if not found:
            continue
        converted = _converter().convert(written)
        if len(converted) != len(written):
            converted = "".join(simple.get(character, character) for character in written)
        throughout = found >= _MOSTLY * len(_HAN.findall(written))
        yield from _differences(written, converted, line.start(), known if not throughout else None)


def _differences(written: str, converted: str, offset: int, only: set[str] | None) -> Iterator[Edit]:
    for index, (before, after) in enumerate(zip(written, converted, strict=True)):
        if before != after and (only is None or before in only) and _HAN.match(before):
            yield Edit(offset + index, offset + index + 1, after)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
