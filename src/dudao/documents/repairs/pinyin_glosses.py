"""Pinyin in brackets behind characters: 區(qū), 職責(zé), 領(lǐng)導(dǎo).

Seen on web pages that were converted to traditional characters, where each ambiguous character got its reading
(a report of Shuangtaizi district). The gloss is taken out, the character stays.
"""

import re
from collections.abc import Iterator

from dudao.documents.repairs.mending import Edit

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_GLOSS = re.compile(rf"(?<=[{_HAN}])[(（]([a-zü\u0300\u0301\u0304\u030c\u0308{_TONED}]{{1,9}})[)）]")
_TONE = re.compile(rf"[{_TONED}\u0300\u0301\u0304\u030c]")
_MARKS = re.compile("[\u0300-\u0304\u0308\u030c]")


def pinyin_glosses(text: str) -> Iterator[Edit]:
    """Yield a deletion for each bracketed syllable with a tone mark directly behind a Chinese character."""
    for match in _GLOSS.finditer(text):
        if _TONE.search(match[1]) and len(_MARKS.sub("", match[1])) <= 6:
            yield Edit(match.start(), match.end())
