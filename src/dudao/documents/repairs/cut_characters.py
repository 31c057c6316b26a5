"""A character whose bytes were torn apart by a line or page end, so that decoding shows U+FFFD twice.

Seen in text files that were wrapped by counting bytes. The halves are put together again; a half whose other
half is lost stays U+FFFD, because leaving it out could turn one number into another.
"""

import re
from collections.abc import Iterator

from dudao.documents.repairs.mending import Edit

_BETWEEN = re.compile(r"[ \r\n]{0,4}")


def cut_characters(text: str, cut_bytes: tuple[tuple[int, bytes], ...], encoding: str | None) -> Iterator[Edit]:
    """Yield the edits that rejoin halves of one character; `cut_bytes` are the undecoded bytes by place."""
    position = 0
    while position < len(cut_bytes):
        start, whole = cut_bytes[position]
        end, taken, character = start + 1, 1, ""
        for place, missing in cut_bytes[position + 1 : position + 4]:
            if not _BETWEEN.fullmatch(text, end, place):
                break
            whole, end, taken = whole + missing, place + 1, taken + 1
            character = _one_character(whole, encoding)
            if character:
                break
        if character:
            yield Edit(start, start + 1, character)
            yield Edit(start + 1, end)
            position += taken
        else:
            position += 1


def _one_character(whole: bytes, encoding: str | None) -> str:
    """Return the single Chinese character the bytes make, else nothing."""
    try:
        text = whole.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        return ""
    return text if len(text) == 1 and "\u3000" <= text <= "\uffef" and not text.isdigit() else ""
