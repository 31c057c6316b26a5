"""The words by which a figure speaks of what is told elsewhere: 三年补充的218人, 对5.8万平方米校舍, 用好4872名教师."""

import re
from dataclasses import replace

from dudao.claims.chapters import Chapter
from dudao.claims.context import Context
from dudao.claims.contradictions.echo_slips import written
from dudao.claims.mentions import Mention, Role

_VERB_BEFORE = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2})(?:过?的|(?<=在建|续建))$")
_IN_HAND = re.compile(
    r"(?:优化|推动|统筹|服务|发挥|[办管用守抓做落]好|做[强优大]|依托|带动|辐射|巩固|落实好?|加强|提高|完善|健全|盘活|整合|关爱)(?:全[省市县区旗州])?$"
)
_IN_ALL = re.compile(r"^(?:近|这|过去)?(?P<years>[两三四五]年)(?:来|间)?(?:累计|合计|一共|共)")
_OF_THEM = re.compile(r"[\u4e00-\u9fff]{0,8}中(?=[，有的]|$|[\u4e00-\u9fff]{2,6}[仅只占]有?$)")
"""4条整改措施中有的操作性不强: those of which some are spoken of."""
_BASED_ON = re.compile(r"[\u4e00-\u9fff“”]{2,10}为(?:载体|依托|抓手|平台|支撑|龙头|纽带)")
"""以18个教育集团为载体: all there are."""
_SYSTEM = re.compile(r"(?:[一二三四五六七八九十]是)?(?P<deed>落实|坚持|完善|健全|深化|执行)")
_SYSTEM_BEHIND = re.compile(r"(?:制度|机制|办法|做法)(?=$)")
"""落实41名县级领导联系82所学校制度 speaks of what there is."""
_TAKEN = re.compile(r"(?:这|上述|[把将对从用向]|[把将对]近[两三四五]年)$")
THERE = "有"
"""What a figure that names no deed says: it is there."""
_THOUGH = re.compile("(?:虽然?|尽管)")
"""虽然新建368套周转房 grants what was told before."""
_TO_BE = re.compile(r"力争|确保|达到|提高到|扩大到|新增(?!的)|计划|拟|年内|再|不少于")
_LEAST_OF_AIMS = 4
_CHAPTERS = frozenset({Chapter.PROBLEMS, Chapter.PLANS})


def refers(chapter: Chapter, mention: Mention) -> str:
    """Return the deed by which a figure of problems or plans is named (补充), or `THERE`; empty where it is told anew.

    Problems count what is missing, plans what is to come; but what was done they take from what is told before.
    """
    if chapter not in _CHAPTERS or (mention.role is Role.CHANGE and not _IN_HAND.search(mention.lead)):
        return ""
    if (verb := _VERB_BEFORE.search(mention.lead)) and _TO_BE.search(mention.clause) is None:
        return verb["verb"]
    if _THOUGH.match(mention.lead) and mention.role is not Role.CHANGE:
        return THERE
    if years := _IN_ALL.search(mention.lead):
        return years["years"]
    if mention.lead.endswith("以") and _BASED_ON.match(mention.tail):
        return THERE
    if (kept := _SYSTEM.match(mention.clause)) and _SYSTEM_BEHIND.search(mention.tail):
        return kept["deed"]
    if _TAKEN.search(mention.lead) or _IN_HAND.search(mention.lead) or _OF_THEM.match(mention.tail):
        return THERE
    return THERE if may_refer(mention) else ""


def may_refer(mention: Mention) -> bool:
    """Return whether a figure is too fine for an aim, which is a round one: 用好4872名教师的力量."""
    digits = written(mention.quantity).rstrip("0")
    return len(digits) >= _LEAST_OF_AIMS and _TO_BE.search(mention.clause) is None


def told_as_done(context: Context) -> Context:
    """Return the context of a figure of a plan as that of one which tells what there is."""
    return replace(context, aim=False, chapter=Chapter.OTHER)
