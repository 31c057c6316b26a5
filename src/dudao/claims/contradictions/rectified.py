"""What an account of rectification tells of before and after: 反馈问题：…占38.6%。整改情况：…降至35.9%."""

import re

from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention

_OPENING = (
    r"[ \u3000\t]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?[ ]*)?"
    r"(?:[^，。；：\n\d]{0,6}?)(?:%s)(?:[（(][^（）()]{0,12}[）)])?[：:]"
)
_BEFORE = re.compile(
    _OPENING % r"反馈(?:的)?(?:问题|意见|情况)|存在(?:的)?问题|问题(?:表现|描述|清单|内容|情况)?|整改前(?:情况)?"
)
BEFORE = "反馈时，"
"""What is put before the words around a figure that was found when others looked."""


def found_before(reading: Reading, mention: Mention) -> bool:
    """Return whether the paragraph of a figure begins with words that say it tells what was found, not what is."""
    start = reading.passage.segmentation.paragraphs.span(mention.paragraph).start
    return _BEFORE.match(reading.text, start) is not None
