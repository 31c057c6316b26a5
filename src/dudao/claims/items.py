"""Items that 一是, 二是, 三是 count off in one sentence: each tells another thing."""

import re

from dudao.claims.mentions import Mention, Passage
from dudao.claims.places_named import NUMBERED_PART

REACH = 200
"""How many characters before a figure its item may begin."""
_ITEM = re.compile(r"[：:，,。；;\s][一二三四五六七八九十]是")


def in_other_item(passage: Passage, one: Mention, later: Mention) -> bool:
    """Return whether two figures stand in two items: 一是286所中41所没有设施；三是137所门前拥堵."""
    starts = passage.segmentation.parts.starts
    if one.part == later.part or NUMBERED_PART.match(passage.text, starts[later.part]) is None:
        return False
    begin, end = starts[one.part], one.quantity.span.start
    opened = NUMBERED_PART.match(passage.text, begin) is not None
    return opened or _ITEM.search(passage.text, max(begin, end - REACH), end) is not None
