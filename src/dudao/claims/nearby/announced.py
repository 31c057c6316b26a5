"""What kind of result the words call a figure: a change, a share, a mean, a ratio."""

import re

from dudao.claims.mentions import Mention, Role
from dudao.claims.rate_names import OF_MEAN_POPULATION
from dudao.quantities.model import Kind

_RATE = re.compile(
    r"(?:率|度|面|占|占比|比例|比重|的|进度|为)(?:分别|各|仅|只|还|已|也|高)*"
    r"(?:(?:降低?|升|提高|提升|上升|下降|回落|增加?|压减|减少)[到至]|为|达到|达|是|约|近|超过|已|仅|只有|均|：|:)*$"
)
_RATE_OF = re.compile(r"(?:率|占比|比例|比重)(?:由|从)")
"""覆盖率由79.6%提高到87.1%（在园幼儿总数12486人）: the share that was reached."""
_LEFT = re.compile(
    r"(?:高于|低于|高出|超出|超过|多于|少于|大于|小于|(?<![提增拔最普职])高(?!的|层次|水平|质量|级|校|考|新|中|职|等|效|标准|素质|学历|端|龄)|(?<![降减最])低(?!的|保|收入|年级|龄)|"
    r"多(?!的|媒体|元|功能|种|样)|(?<![青减])少(?!的|年|儿|先|数)|缺口|缺额|结转|结存|缺编|空编|空余|短缺|缺少|短收|超收|超支|少列|多列|缺(?!席|陷|点)|差(?!异|旅|评|别)|(?<!业)余|剩余|尚有|仍有|还有|"
    r"未(?!来)[^，。；、]{1,8}|需[^，。；、]{1,8}|净(?:增加?|减少?|流[入出]|[转调][入出])|即[^，。；、]{1,6}|走读生|男[^，。；、]{0,4}|其余[^，。；、]{0,8}|较上年.{1,6})"
    r"[^，。；、\d]{0,10}$"
    r"|超[容期员编支额](?:约|达|了)*$|(?:闲置|沉淀|滞留|消除|化解|销号|清退|腾退|撤并|分流|转移|富余|欠账)(?:约|了)*$"
)
_MEAN = "均"
_BOTH = re.compile(
    r"(?:前者(?:是|为|相当于|占)?后者|后者(?:是|为|相当于|占)前者)的?(?:约)?$|[二两]者(?:相差|之差|差额?)(?:为|达|约)?$|前者比后者[多高少低]$|前者(?:高于|低于|高出|超过|多于|少于)后者(?:约)?$|[前后]者(?:要|还|反而)?[多高少低]出?(?:了|约)?$"
)
_OTHERS = re.compile(r"其余[^，。；、]{0,12}$")


def announced(one: Mention) -> str:
    """Return what kind of result the words call a figure; empty when they do not say."""
    kind = one.quantity.kind
    if kind is Kind.PERCENTAGE_POINT:
        return "change"
    if kind is Kind.PERCENT:
        if one.role in (Role.CHANGE, Role.EXCESS):
            return "change"
        if OF_MEAN_POPULATION.search(one.lead):
            return ""
        reached = one.role is Role.TO and _RATE_OF.search(one.clause) is not None
        return "share" if reached or one.role is Role.SHARE or _RATE.search(one.lead) else ""
    if kind is Kind.RATIO:
        # Of 六分之一 no digit says how near it is meant.
        return "" if "分之" in one.quantity.text else "ratio"
    if not one.amount or one.family is None:
        return ""
    if one.role is Role.CHANGE or names_both(one) or _LEFT.search(one.lead):
        return "change"
    if "其余" in one.clause and _OTHERS.search(one.clause):
        return "change"
    return "per_capita" if one.each or _MEAN in one.lead else ""


def names_both(one: Mention) -> bool:
    """Return whether the words take up two figures told just before: 二者相差, 前者是后者的."""
    return "者" in one.clause and _BOTH.search(one.clause) is not None
