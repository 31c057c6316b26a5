"""Spaces broken into a sentence by conversion: 教 育, 2020 年, 21.09 亿 元, 44 .42, 党组   织.

Seen in text taken from pdf and in tables copied out of Word. Spaces are taken out only within running sentences,
and between two digits only where a unit shows that they are one number: 11 ,204人, 23 816人, 8.5 3%.
"""

import re
from collections.abc import Iterator

from dudao.documents.repairs.mending import Edit

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff"
_SENTENCE_MARK = re.compile(r"[，。；、,;]")
_THREE = r"[0-9]{3}[ \u00a0]?(?:[人名位元所家个件册套间份]|[万亿][元人]?|平方米)"
_GAP = re.compile(
    rf"(?<=[{_HAN}])[ \u00a0]{{1,4}}(?=[{_HAN}])"  # 党组  织
    rf"|(?<=[0-9％%])[ \u00a0\u3000]{{1,2}}(?=[{_HAN}％%‰])"  # 2020 年
    rf"|(?<=[{_HAN}])[ \u00a0\u3000]{{1,2}}(?=[0-9])"  # 年底 273
    rf"|(?<=[0-9])[ \u00a0](?=[.．][0-9]+[ \u00a0]?[%％万亿元人平])"  # 44 .42亿元
    rf"|(?<=[0-9][.．])[ \u00a0](?=[0-9]{{1,4}}[ \u00a0]?[%％万亿])"  # 44. 42亿元
    rf"|(?<=[0-9])[ \u00a0]{{1,2}}(?=[,，][ \u00a0]?{_THREE})"  # 11 ,204人
    rf"|(?<=[0-9],)[ \u00a0]{{1,2}}(?={_THREE})"  # 1, 823人
    rf"|(?<=[0-9][ \u00a0],)[ \u00a0]{{1,2}}(?={_THREE})"  # 1 , 823人
    rf"|(?:(?<=[^0-9.．][0-9])|(?<=[^0-9.．][0-9]{{2}})|(?<=[^0-9.．][0-9]{{3}}))[ \u00a0](?={_THREE})"  # 23 816人
    rf"|(?<=[0-9])[ \u00a0](?=[.．][ \u00a0][0-9]{{1,4}}[ \u00a0]?[%％万亿])"  # 6 . 87亿元
    rf"|(?<=[0-9][ \u00a0][.．])[ \u00a0](?=[0-9]{{1,4}}[ \u00a0]?[%％万亿])"
    rf"|(?<=[0-9][.．][0-9])[ \u00a0](?=[0-9][ \u00a0]?[%％万亿])"  # 8.5 3%
    r"|(?<=[^0-9\s])[ \u00a0]{1,2}(?=[，。；：、）（])"  # 人 ，其中
    r"|(?<=[0-9])[ \u00a0]{1,2}(?=[，。；：、）（][ \u00a0]?[^0-9\s])"
    r"|(?<=[，。；：、（）“])[ \u00a0]{1,2}(?=[^0-9\s])"  # ， 其中
    r"|(?:(?<=[^0-9\s][，。；：、（])|(?<=[^0-9\s][ \u00a0][，。；：、（]))[ \u00a0]{1,2}(?=[0-9])"  # 人， 12
)
_ANY_GAP = re.compile(r"[ \u00a0\u3000]")
_CLAUSE_MARK = re.compile(r"[，。；;]|,(?![0-9])")
_BARE_FIGURES = re.compile(r"(?:[ \u00a0\u3000]+[-－]?[0-9][0-9,.]*[%％]?(?![^ \u00a0\u3000])){2}")
_NUMBER_AT_START = re.compile(r"\s*[（(]?[0-9]{1,2}[.．、)）][ \u00a0]?")


def is_row(line: str) -> bool:
    """Return whether a line is a row of a table printed as text: figures between gaps, no marks of a clause."""
    return _CLAUSE_MARK.search(line) is None and _BARE_FIGURES.search(line) is not None


def broken_spaces(text: str) -> Iterator[Edit]:
    """Yield a deletion for each gap inside a running sentence; lines without sentence marks are left as they are."""
    for line in re.finditer(r"[^\n\t]+", text):
        written = line[0]
        if not _ANY_GAP.search(written):
            continue
        if len(written) < 15 or not _SENTENCE_MARK.search(written) or is_row(written):
            continue
        marker = _NUMBER_AT_START.match(written)
        for gap in _GAP.finditer(written, marker.end() if marker else 0):
            yield Edit(line.start() + gap.start(), line.start() + gap.end())
