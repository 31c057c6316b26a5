"""What a plan sets for a year, and whether a report says that it was reached."""

import re
from dataclasses import replace

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.told import Told
from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Kind

_PLAN = re.compile(r"(?:计划|工作要点|(?:实施|行动|工作)方案|行动计划|任务清单|工作安排)(?:》|的通知|（[^（）]*）)?$")
_NO_PLAN = re.compile(r"总结|执行|完成|情况|报告|评估")
_SETS = re.compile(r"^(?:计划|力争|目标|拟|预计|确保|争取|实现|规划到?|要)+|(?:的?(?:计划|目标|任务)(?:数|值)?)$")
_REACHED = re.compile(
    r"[，,（]?(?:已)?(?:超额|全面|提前|圆满|如期|顺利|全部)*完成了?"
    r"(?:年度|年初|全年|当年|本年|预定|既定|确定|制定|计划|工作|的|[\d.]+万?[个人名所亿元]{1,2})*(?:目标|任务|计划)(?:任务)?(?=[，。；）])"
)
"""The aim must be one's own: 完成省定任务 says nothing of the plan of a county."""
_UNTIL = re.compile(r"到(?:19|20)\d\d年")
_ON_THAT = re.compile(r"[^，。；\d]{0,16}(?:基础上|成果|优势|(?:态势|势头)(?!良好))")
_THERE_IS = re.compile(
    r"现有|已[有经建完]|已达到?$|[一二两三四五几]年(?:来|(?:共|累计)?(?:新增|增加|投入|建成)的$)|[用管守]好|盯紧|依托|巩固(?!率)|完善|针对|发挥|全面落实|抓好|深化|做强|[对把将用]$|^在全[市县区州旗]$|[由从]$|(?:新增|惠及|受益|享受|建成|完成|保留|引进|招聘)的$"
)
_IN_USE = re.compile(r"(?:继续|切实|[一二三四五六七八九十]是)?[用管守]好")
_TO_BE = re.compile(r"力争|确保|(?<!已)达到|提高到|扩大到|新增(?!的)|计划|拟|年内|再")
_STATED = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA})
_SHORTEST = 4


def is_plan(text: str) -> bool:
    """Return whether the title of a document says that it sets aims and does not tell what was done."""
    title = text.lstrip()[:120].split("\n")[0].strip()
    return bool(_PLAN.search(title)) and not _NO_PLAN.search(title)


def aim_told(told: Told, mention: Mention, *, plan: bool) -> Told | None:
    """Return what a figure sets as an aim, its measure without the words of aiming; None for no plain aim.

    Only in a `plan` may the year be left unsaid.
    """
    context, quantity = told.context, mention.quantity
    if not (context.aim or plan or context.chapter is Chapter.PLANS):
        return None
    if quantity.kind not in _KINDS or quantity.upper is not None or mention.depth or context.role not in _STATED:
        return None
    measure = _SETS.sub("", context.measure)
    dated = context.period.isdigit() or (plan and not context.period)
    if len(measure) < _SHORTEST or context.partial or context.place == "?" or not dated:
        return None
    if quantity.kind is not Kind.PERCENT and _UNTIL.search(mention.topic):
        return None  # 到2025年新增学位12万个 adds up years, 2025年新增学位2.1万个 does not
    return replace(told, context=replace(context, measure=measure))


def says_reached(text: str, mention: Mention) -> bool:
    """Return whether the words right behind a figure say that an aim was reached with it: 2160个，超额完成目标任务."""
    return _REACHED.match(text, mention.quantity.span.end) is not None


BAR_OF_AIMS = Bar.SLIP
"""Aims may be set anew within a year; only those that look like a slip of one another are called different."""


def is_state(text: str, mention: Mention) -> bool:
    """Return whether a plan speaks of what there is already: 在现有91.2%的基础上, 对46752名学生."""
    if _ON_THAT.match(text, mention.quantity.span.end):
        return True
    if _IN_USE.match(mention.lead):
        return True
    return _THERE_IS.search(mention.lead) is not None and not _TO_BE.search(mention.clause)
