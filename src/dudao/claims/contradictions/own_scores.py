"""The score a place gives itself for the whole year, as title, summary and end of a report tell it."""

import re

from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention
from dudao.documents.headings import heading_end
from dudao.quantities.model import Kind

OWN_SCORE = "自评总分"
_SCORE = re.compile(
    r"(?:总得分|总分|总评分|总成绩|自评得分|自评分数?|自查得分|得分|自[评查]得?)(?:合计|共计?|为|是|达到?|：|:)*$"
)
_BY_ITSELF = re.compile(r"自[评查测]")
_OF_THE_WHOLE = re.compile(r"总|[我本全][省市县区旗州]|综上|综合|合计|对照|(?:19|20)\d\d年度?(?=自[评查测])")
_OF_A_PART = re.compile(
    r"指标|其中|满分|应得|标准分|扣|加分|分别|上年|去年|复核|核查|评定|初评|省评|第[一二三四五六七八九十\d]+[项部章]|[A-Z]\d"
)
_CLAUSE = re.compile(r"[，。；（(]")
_NOTE = re.compile(r"[（(][^（）()]{0,40}[）)]")
_ITEM_POINTS = re.compile(
    r"[（(](?:满分|分值)?[\d.]{1,6}分[）)]\s*自[评查测][^，。；]{0,4}$"
    r"|(?:^|[，。；：、])(?![^，。；：、\d]*(?:总|满)分)[^，。；：、\d]{2,12}\d{1,2}(?:\.\d)?分[、，]自[评查测][^，。；]{0,4}$"
)
"""党的领导（15分）自评15分, “发展规划”12分、自评11.6分 score one item; 总分（100分）自评94分 does not."""
_FULL_POINTS = re.compile(r"总分(?:值)?为?$")
_OF_ALL_POINTS = re.compile(r"[（(，]满分(?:为)?(?:[1-9]\d\d|1000)分")
"""得分191.6分（满分200分）: so many points has no single item."""
_OWN_BEHIND = re.compile(r"[，、；]?[^，。；\d]{0,6}(?:自[评查测]|得分|实得)")
_TITLE_LENGTH = 120


def is_own_score(reading: Reading, mention: Mention) -> bool:
    """Return whether a figure is the score the place gives itself for all indicators together."""
    quantity = mention.quantity
    if quantity.kind is not Kind.SCORE or quantity.upper is not None or mention.depth > 1:
        return False
    line = reading.text.rfind("\n", 0, quantity.span.start) + 1
    start = max(line, reading.passage.segmentation.sentences.span(mention.sentence).start)
    before = reading.text[start : quantity.span.start]
    clause = _CLAUSE.split(_NOTE.sub("", before))[-1]
    if not _BY_ITSELF.search(before) or not _SCORE.search(before) or _OF_A_PART.search(clause):
        return False
    if (
        _FULL_POINTS.search(clause)
        and not _BY_ITSELF.search(clause)
        and _OWN_BEHIND.match(reading.text, quantity.span.end)
    ):
        return False  # 逐项自评，总分100分，自评得分95.8分
    if _ITEM_POINTS.search(before) and not _OF_THE_WHOLE.search(clause):
        return False
    if quantity.span.start < _TITLE_LENGTH and line == 0:
        return True
    words = reading.text[line : quantity.span.end + _TITLE_LENGTH].split("\n")[0]
    level, end = heading_end(words)
    if level and line + end >= quantity.span.start and "。" not in words:
        return False
    whole = _OF_THE_WHOLE.search(before) or _OF_ALL_POINTS.match(reading.text, quantity.span.end)
    return mention.depth == 0 and whole is not None
