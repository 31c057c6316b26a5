"""Characters that nobody sees: soft hyphens, zero-width marks, marks of direction; and gaps of odd widths.

Seen in text copied out of web pages and mail into Word, within figures too: 12\u200b345人, 44.42\u202f亿元.
"""

import re
from collections.abc import Iterator

from dudao.documents.repairs.mending import Edit

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ODD_GAPS = "\u2000-\u200a\u202f\u205f"
_FOUND = re.compile(f"(?P<unseen>[{_UNSEEN}]+)|[{_ODD_GAPS}]+")


def unseen_characters(text: str) -> Iterator[Edit]:
    """Yield a deletion for what has no width, and a plain space for each gap of an odd width."""
    for match in _FOUND.finditer(text):
        yield Edit(match.start(), match.end(), "" if match["unseen"] else " " * len(match[0]))
