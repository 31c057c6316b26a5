"""Digits made narrow and punctuation made wide, as Chinese is printed: \uff11\uff12 → 12, 54所,其中 → 54所，其中.

Seen in reports typed with an English keyboard, in scans, and in whole texts turned wide. A mark between two digits
belongs to the number and becomes narrow, a mark beside Chinese belongs to the sentence and becomes wide.
"""

import re
from collections.abc import Iterator

from dudao.documents.repairs.mending import Edit

_DIGIT = "[0-9０-９]"
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff"
_SPEECH = rf"{_HAN}％%‰）》”’"
_NARROWED = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９％．：／－，"}
_WIDENED = str.maketrans(",;:!?()､｡﹐﹑﹔﹕", "，；：！？（）、。，、；：")
_LISTED = re.compile(r"(?:分别|依次|各(?![类级项地种县市区州旗乡镇村校园学阶部单方界科民]))[^。；\n]{0,60}$")
_NUMBER_MARK = re.compile(
    rf"[０-９％]|(?<={_DIGIT})[．：／－](?={_DIGIT})"
    # 12，345人: no clause ends with a bare number and goes on with another
    rf"|(?<![0-9０-９.．，,、])(?P<thousands>{_DIGIT}{{1,3}}(?:，{_DIGIT}{{3}})+)"
    rf"(?=[.．]{_DIGIT}|[ \u3000]?[{_HAN}％%])"
)
_SENTENCE_MARK = re.compile(
    rf"[､｡﹐﹑﹔﹕]|(?<=[{_SPEECH}])[,;:!?]|(?<=[{_SPEECH}][ \u00a0])[,;:](?=[ \u00a0{_HAN}0-9])"
    rf"|[,;:](?=[ \u00a0]?[{_HAN}（“《])|\([^()\n]{{0,40}}[{_HAN}％%][^()\n]{{0,40}}\)"
)


def wide_figures(text: str) -> Iterator[Edit]:
    """Yield an edit for each wide digit, and for each wide mark within a number."""
    for match in _NUMBER_MARK.finditer(text):
        written = match[0]
        if match["thousands"] and _LISTED.search(text, max(match.start() - 70, 0), match.start()):
            written = written.replace("，", "\0")
        narrow = written.translate(_NARROWED).replace("\0", "，")
        if narrow != match[0]:
            yield Edit(match.start(), match.end(), narrow)


def narrow_marks(text: str) -> Iterator[Edit]:
    """Yield an edit for each comma, colon, semicolon or parenthesis in ASCII that stands in a Chinese sentence."""
    for match in _SENTENCE_MARK.finditer(text):
        start, end = match.span()
        if end - start == 1:
            yield Edit(start, end, match[0].translate(_WIDENED))
            continue
        yield Edit(start, start + 1, "（")
        yield from (
            Edit(start + inner.start(), start + inner.end(), inner[0].translate(_WIDENED))
            for inner in _SENTENCE_MARK.finditer(match[0], 1, len(match[0]) - 1)
        )
        yield Edit(end - 1, end, "）")
