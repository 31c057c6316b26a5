"""What parts of a figure measure: the years that a sum is dealt out over, and bare shares of what was just counted."""

import re
from dataclasses import replace

from dudao.claims.context import Context
from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Kind

_YEAR_OF_LIST = re.compile(r"(?:其中)?[:：，,]?(?P<year>(?:19|20)\d\d)年(?:度|为|达到?|是)*")
_SUM_OF_YEARS = re.compile(
    r"^(?:[近过]去?[两三四五]年来?|(?:19|20)\d\d年以来|[“\"]?十[三四五]五[”\"]?(?:期间|以来)?)+|(?:累计|总共|共计|合计|共)(?:达到?|为)?$|累计|共计"
)
_ADDS_UP = re.compile(r"累计|[近前过]去?[两三四五]年|[两三四五]年[来间]|以来|合计|共")
_BARE_SHARE = re.compile(r"(?:所)?占(?:比|比例|比重|总数|全部|总量)?(?:的|为|达到?|是)*")
_SHORTEST = 3


def year_of_list(measure: str, context: Context, mention: Mention, left: Mention) -> Context | None:
    """Return the context of one year of a sum of years: 三年投入186亿元，其中2021年58亿元、2022年62亿元."""
    match = _YEAR_OF_LIST.fullmatch(mention.lead)
    if match is None or mention.role is not Role.LEVEL or mention.quantity.unit != left.quantity.unit:
        return None
    if not _ADDS_UP.search(mention.topic):
        return None  # 中心园42所，其中2021年6所: those built then
    of = _SUM_OF_YEARS.sub("", measure)
    if len(of) < _SHORTEST:
        return None
    return replace(context, measure=of, partial=False, period=match["year"], inherited=False)


def bare_share(measure: str, context: Context, mention: Mention, left: Mention) -> Context | None:
    """Return the context of a share that names nothing itself: 公办园幼儿7213人，占58.3%."""
    if mention.quantity.kind is not Kind.PERCENT or _BARE_SHARE.fullmatch(mention.lead) is None:
        return None
    behind = mention.sentence == left.sentence and mention.clause_number == left.clause_number + 1
    if not behind or not left.level or not left.amount or len(measure) < _SHORTEST:
        return None
    return replace(context, measure=f"{measure}占比", partial=False)
