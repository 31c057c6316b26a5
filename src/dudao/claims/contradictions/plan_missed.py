"""What is told to have met a plan that is larger than it: 招聘教师316名，完成年初确定的320名招聘计划."""

import re
from itertools import pairwise

from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention
from dudao.claims.model import Finding
from dudao.issues import Level

CODE = "claims.contradiction.plan_missed"
_MEETS = re.compile(
    r"(?:已|均|全部|全面|圆满|如期|提前|超额|顺利)*完成了?(?:年初|年度|全年|[省市县区]定?|上级|既定|原定)?"
    r"(?:确定|下达|计划|安排|制定|核定|分配)?的?(?:计划)?"
)
_PLAN = re.compile(r"(?:的)?[\u4e00-\u9fff]{0,6}(?:计划|目标|任务)(?![^，。；]{0,4}的\d)")
_LESS_IS_BETTER = re.compile("减少|压减|下降|控制|化解|缺")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure that did not reach the plan its own sentence says it met."""
    return [
        _finding(done, plan)
        for done, plan in pairwise(reading.passage.mentions)
        if _met(reading.text, done, plan) and _falls_short(done, plan) and not reading.passage.in_doubt(plan.quantity)
    ]


def _met(text: str, done: Mention, plan: Mention) -> bool:
    follows = done.sentence == plan.sentence and plan.clause_number == done.clause_number + 1
    told = done.level and done.amount and not done.depth and not plan.depth and done.family == plan.family is not None
    if not follows or not told or _LESS_IS_BETTER.search(done.clause):
        return False
    return _MEETS.fullmatch(plan.lead) is not None and _PLAN.match(text, plan.quantity.span.end) is not None


def _falls_short(done: Mention, plan: Mention) -> bool:
    reached, wanted = done.quantity.interval.high, plan.quantity.interval.low
    return reached is not None and wanted is not None and reached < wanted


def _finding(done: Mention, plan: Mention) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        done.quantity.span,
        f"此处为{done.quantity.text}，紧接着称完成了{plan.quantity.text}的计划，并未达到。",
        related=(plan.quantity.span,),
        remedy="请核对完成数和计划数；没有完成的，请改写。",
    )
