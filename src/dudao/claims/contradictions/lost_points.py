"""The points a place says it lost, against the score it gives itself: 自评得分94.6分 leaves 5.4 of 100, and not 6.4."""

import re
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.own_scores import is_own_score
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.retold import told_otherwise
from dudao.claims.mentions import Mention
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Kind

CODE = "claims.contradiction.lost_points"
_LOST = re.compile(r"(?:失分|失去|失掉|丢掉|丢失|扣掉|扣除|扣分|自[评查](?:共)?扣了?|共扣了?)的?$")
_FULL = re.compile(r"(?:满分(?:值|为)?(?=[1-9]\d\d)|(?:满分|总分)(?:值|为)?(?=1000?分))(?P<full>\d{3,4})分")
_PART = re.compile(r"其中|指标|[A-Z]\d")
_WHOLE_SCORE = re.compile(r"(?:自[评查]总?(?:得)?分|(?:综合|总)得分|自评综合得分)(?:为|在|是)?$")
_NAMED_BEHIND = re.compile("的(?:自[评查](?:总|得|总得)?分|综合得分|总得分)")
"""以95.8分的自评得分为新起点."""
_FROM_THERE = re.compile("的?基础上|反映|所对应|对应")
_CHAPTERS = frozenset({Chapter.PROBLEMS, Chapter.PLANS})
_MOST = 3


def find(reading: Reading) -> list[Finding]:
    """Return a warning for the points lost that do not fill up the one score told to what can be had."""
    scores = [one for one in reading.passage.mentions if one.quantity.kind is Kind.SCORE]
    lost = [one for one in scores if _is_lost(reading, one)]
    again = [one for one in scores if _is_taken_up(reading, one)]
    if not (lost or again) or max(len(lost), len(again)) > _MOST:
        return []
    own = {one.quantity.value: one for one in scores if is_own_score(reading, one) and one not in again}
    if len(own) != 1:
        return []
    value, score = next(iter(own.items()))
    named = _FULL.search(reading.text)
    full = Decimal(named["full"]) if named else Decimal(100)
    rest = full - value
    if rest <= 0:
        return []
    found = [_finding(score, one, full, rest) for one in lost if one.quantity.value != rest]
    return found + [told_otherwise(CODE, score.quantity, one.quantity) for one in again if one.quantity.value != value]


def _is_lost(reading: Reading, mention: Mention) -> bool:
    told = reading.chapters.at(mention.quantity.span.start) in _CHAPTERS and mention.quantity.upper is None
    return told and _LOST.search(mention.lead) is not None and _PART.search(mention.clause) is None


def _is_taken_up(reading: Reading, mention: Mention) -> bool:
    """Return whether plans begin with the score there is: 在自评总分95.8分的基础上, 针对综合得分93.6分反映的弱项."""
    if reading.chapters.at(mention.quantity.span.start) not in _CHAPTERS or _PART.search(mention.clause):
        return False
    behind = _FROM_THERE.match(reading.text, mention.quantity.span.end)
    if mention.lead.endswith("以") and _NAMED_BEHIND.match(reading.text, mention.quantity.span.end):
        return True
    return behind is not None and _WHOLE_SCORE.search(mention.lead) is not None


def _finding(score: Mention, lost: Mention, full: Decimal, rest: Decimal) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        lost.quantity.span,
        f"自评得分{score.quantity.text}，满分{full}分，应失{rest}分，此处写的是{lost.quantity.text}。",
        related=(score.quantity.span,),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
