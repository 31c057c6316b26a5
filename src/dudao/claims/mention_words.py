"""What the words beside a figure say of it: its role, its name, whether it is a total, of what family it is."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Kind, Quantity

ADDED_UP = r"[合加算](?:起来|在一起|到一起|在一块|拢)"
"""What people say for 合计 where they talk: 两项合在一起4080万元."""
_WORDS_KEPT = 8192
"""The same few words stand before most figures; what they say is worked out once."""

_UP = (
    "增加率|增长率|递增率|增高|长高|增多|多招收|多招|多(?:支出|投入|安排|拨付|征收)|增加(?!值)|增长|增幅|增速|增(?!加值)|提高|上升|提升|上涨|攀升|扩大|净增|多出|多|涨幅|升幅|提幅|涨|升|上浮|增收|增支|增产|"
    "增量|递增"
)
_DOWN = (
    "减收|短收|减支|减产|压减率|压减比例|压缩比例|减少比例|压缩率|缩减率|减少率|下降率|少招收|少招|少(?:支出|投入|安排|征收)|减少|下降|降低|降幅|减幅|下滑|回落|缩减|压减|压缩|下跌|跌幅|"
    "缩小|缩短|减轻|减小|负增长|递减|减|少|降|跌"
)
_FILL = (
    r"(?:了|又|约为|约|大约|近|将近|接近|超过|超|逾|突破|高达|多达|达到|达|为|是|均|各|分别|依次|只有|仅|共|也|已|"
    r"幅度|幅|数|额|量|值|：|:|\s)*+"
)
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_FILL}$")
_MORE_THAN = re.compile(
    r"(?:比|较|同)(?:(?:19|20)\d\d年|上年|去年|上学年|上一年|前年|同期|年初|上期)[^，。；、]{0,6}?"
    rf"(?:(?P<up>多)|(?P<down>少))[^，。；、到至达为\d]{{1,3}}?{_FILL}$"
)
"""比上年少收507人, 较去年多聘12名: any verb behind 多 or 少 makes a change."""
_OVER_LAST_YEAR = re.compile(r"(?:(?P<up>[高多]出)|(?P<down>[低少]出))(?:上年|去年|上学年|前年)(?:同期)?$")
"""一共130人，高出上年22人: by so much more than the year before."""
_NOT_CHANGE = re.compile(
    r"(?:至少|最少|不少|许多|最多|不多|大多|众多|差不多|多达|新增|少年|减至|增加值)(?:完成|实现)?(?:约|了|达|为|近)*+$"
)
"""增加值 is what an industry adds, and no increase: 第二产业增加值65.6亿元."""
_NAMED_CHANGE = re.compile(r"(?:质量|能力|素质|品质|内涵|条件|环境|水平|信息化|均衡)(?:提升|提高|扩大|增强)$")
"""Names of works and programmes that sound like changes: 职业教育质量提升4100万元."""
_TO = re.compile(
    rf"(?:{_UP}|{_DOWN}|调整|[上下]?调|提|拉|跃|发展|扩建|恢复|改|变|优化|跃升|拓展|延长|缩短|收窄|扩充|扩|整合|合并|归并)(?:到了?|至|为|成|达到)"
    r"(?:(?:19|20)\d\d年(?:底|末|初)?的?)?(?:目前|现在|今年|当前)?的?"
    r"(?:(?:小学|初中|高中|普通高中|中职|幼儿园|特教|公办园|民办园)生?均?)?(?:了|约|近|每.|\s)*+$"
)
_WEAK_TO = re.compile(r"(?:幅|速|量|率|额)(?:度)?为$")
_BARE_TO = re.compile(r"(?:^|[^达直])(?:到|至)(?:\d{4}年)?(?:底|末|的)*(?:约|近|了)*+$")
_STARTS_FROM = re.compile(r"(?:由|从)(?:(?:19|20)\d\d年(?:底|末|初)?|上年|去年|原来|最初|年初)?的?$")
_FROM = re.compile(r"(?:由|从|自)(?:[^，。；：、]{0,24})$")
_PREVIOUS = re.compile(
    r"(?:(?:比|较|与|同|和|跟|相比)[^，。；]{0,14}?)?"
    r"(?:上年|去年|上一年|前一年|上年度|上学年|上一学年|前年|上期|年初|建市初|[^，。；]{0,4}基期|(?:[两三四五六七八十]|\d)年前"
    r"|(?:比|较|与|同|跟)[^，。；]{0,10}?(?:年(?:度|底|末|初)?|\d月(?:底|末|份|初)?|五[”’]?(?:时期|期间|末)|\d届))(?:同期|同月|年末|年底|末|底|初)?(?:(?:第.次)?(?:全国)?人口普查)?"
    r"(?:预算|决算|执行|完成|实际)?(?:数|额|水平)?"
    r"(?:(?:这一|该|此|同一)(?:比例|比重|占比|比率|指标|数字|数据|数))?(?:的|为|是|仅|只有|仅有|分别|依次|各|：)*+$"
)
_THAN_THEN = re.compile(r"(?:比(?![例重率值])|较|同|与)[^，。；、\d]{1,12}?的?$")
_WITH_THEN = re.compile(
    r"[与和同较](?:(?!标准|计划|预算|目标|平均)[^，。；、])*(?:(?:19|20)\d\d年|普查|上年|去年|同期)[^，。；、]*$"
)
_CHANGED_NEXT = re.compile(r"(?:净|又|再|共|已)?(?:提高|提升|上升|增加|增长|下降|降低|减少|回落|压减|压缩)")
_NO_TIME = re.compile(r"标准|要求|目标|平均|规定|计划|预算|水平|[省市县国]定|核定|应|[县区市省校园镇乡]的?$")
"""What a standard, a plan or another place has is no earlier value."""
_BUDGET_OF_YEAR = re.compile(r"^(?!.*[比较与同跟]).*年初(?:预算|计划|目标|核定)(?:数|额)?(?:的|为|是|仅|共|：)*$")
"""年初预算120万元，实际支出113.4万元: the budget of the year is no figure of an earlier one."""
_SHARE = re.compile(
    r"(?:占[^，。；]*|占比(?:率|重)?|比例|比重|份额)(?:的|为|达到|达|是|约为|约|近|超过|超|高达|已|仅|均|也|分别|依次|到|比|：|:|\s)*+$"
)
_EXCESS = re.compile(
    r"(?:(?P<up>高于|高出|超出|超过|高过|超(?![市级大编前声])|多于|优于|(?<![提增拔普职最])高(?!比例|[到至中等级职考校一二三质龄新层标水素效品原压端铁速]|[\u4e00-\u9fff]{1,2}[市县区旗镇](?:[^域级直内外]|$)))"
    r"|(?P<down>低于|(?<![降最])低(?![到至保收年幼段龄碳压效])|少于|不及|落后于?|低出))"
    r"(?P<what>[^，。；：、]{0,24}?)(?:约|近|了|达|分别|依次|各)*+$"
)
_EACH = re.compile(
    r"人均|生均|师均|校均|园均|班均|户均|[次件场项亩村镇家台床册]均|每生|每人|每名|每位|每校|每所|每班|每园|平均每|套均|每个|每百|每万|每千|每十万|平均班额|均达到每|[折约]合每|每百名|车均|每辆|每平方米|平均工资|平均年?收入"
)
_BY_MEAN = re.compile(r"均[^，。；、]{2,20}(?:达标|不足|偏[低小]|超标|合格|符合(?:标准|要求))的[^，。；、]{1,8}$")
"""生均占地面积不达标的学校共26所: the mean only says which schools are counted."""
_EACH_OF_THOSE = re.compile(
    r"每[^，。；、]{1,16}(?:达标|合格|以上|以下|不足|达到|符合)[^，。；、]{0,6}的"
    r"(?:学校|小学|初中|中小学|幼儿园|园|班级?|县|乡镇|教师|学生)(?:共|有|为)*$"
)
"""每所学校至少六项达标的学校69所: so many schools, each of which does."""
_TOTAL = re.compile(
    rf"合计|总计|共计|{ADDED_UP}|总数|总量|总额|总值|总人数|总收入|总支出|总投入|总投资|总面积|总规模|总学位|总共|共有|累计|总|(?<![公中])共(?![同享建管产青])|小计|全部|规模"
)
_SUMMING = re.compile(
    rf"(?:合计|总计|共计|总共|一共|小计|合为|{ADDED_UP}|[两二三四五六七八]项(?:合计|相加|之和|共)?|之和|加总|总额|累计|收入总量|(?<![公中])共(?![同享建管产青])|总收入|总支出)[^，。；]{{0,10}}$"
)
_PARENTHESES = re.compile(r"[（(\[【〔][^（）()]*[）)\]】〕]")
OPENED = re.compile(r"[（(\[【〔]")
_HEAD_VERBS = re.compile(
    r"(?:约为|约|近|将近|接近|超过|超|逾|突破|高达|多达|达到|达|共计|总计|合计|累计|共有|现有|拥有|设有|共|有|为|是|仅|只|已|均|各|分别|依次|就|的|了|计|"
    r"完成|实现|安排|投入资金|下达|拨付|增加到|提高到|增长到|增至|降至|升至|提高至|提升至|提升到|减少到|下降到|下降至|减少至|增加至|到|至|建成|在|：|:|，|“|”|\s)++$"
)
_OWNER = re.compile(r"^[^，。；、]{1,10}?(?:现有|共有|拥有|设有|建有)(?=[^，。；、]{2})")
_NOUN_PREFIX = re.compile(
    r"^(?:其中|另有|另外|还有|以及|包括|包含|含|和|与|及(?!格)|并|且|现有|共有|有|全市|全县|全区|全省|全国|我市|我县|我区|我省|目前|截至|截止|年末|年底|今年|当年|全年|"
    r"\d{2,4}年(?:底|末|初)?|\d{1,2}月(?:底|末|份)?|\d{1,2}日|\d{4}[-—–至]\d{4}学年|：|:|，|的|“|”)++"
)
_AMONG_NAMED = re.compile(r"(?P<noun>[^中]{2,8})(?<![高初集其])中(?![等小学心央职考级高国有]|专(?!任|职|业)).")
"""15项指标中达标13项: what the first figure counts is 指标."""


class Said(NamedTuple):
    """What the words before a figure call it: a total, one that was added up, an amount per head or school."""

    total: bool
    summing: bool
    each: bool


@lru_cache(maxsize=_WORDS_KEPT)
def said_of(lead: str) -> Said:
    """Return what the words before a figure call it."""
    return Said(
        bool(_TOTAL.search(lead)),
        bool(_SUMMING.search(lead)),
        bool(_EACH.search(lead))
        and not lead.endswith("的")
        and not (_BY_MEAN.search(lead) or _EACH_OF_THOSE.search(lead)),
    )


def plain_words(text: str) -> str:
    """Return words without parentheses and gaps."""
    if OPENED.search(text) is not None:
        text = _PARENTHESES.sub("", text)
    return "".join(text.split())


_INSTITUTIONS = frozenset({"所", "家", "个", "个班", "处", "园", "校", "座", "学校"})
_PEOPLE = frozenset({"人", "名", "位", "师生"})
_NOTHING = Decimal(0)


_POSTS = re.compile(r"编制(?!类)|空编|缺编|超编|满编|岗位")


def family_of(quantity: Quantity, lead: str) -> str | None:
    """Return the name of the units this one can be added to."""
    if quantity.upper is not None:
        return None
    if quantity.unit in _INSTITUTIONS:
        # A post is filled by a person: 编制5260个，实有5021人.
        return "人" if quantity.unit == "个" and _POSTS.search(lead) else "所"
    return "人" if quantity.unit in _PEOPLE else quantity.unit


def slack_of(quantity: Quantity) -> Decimal | None:
    """Return how far the true value may lie from the written one, cut off or rounded."""
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None:
        return None
    if low == quantity.value == high:
        return _NOTHING
    return max(high - quantity.value, quantity.value - low) * 2


_RELATIVE = (Kind.PERCENT, Kind.PERCENTAGE_POINT)
SAID_OF_CLAUSE = frozenset({*_RELATIVE, Kind.RATIO})


@lru_cache(maxsize=_WORDS_KEPT)
def role_of(kind: Kind, lead: str, clause: str) -> tuple[Role, int]:
    """Return what a figure is in its sentence, and the direction when it is a change.

    `clause` is needed for the kinds of `SAID_OF_CLAUSE` only, and empty for all others.
    """
    ending = lead[-24:]
    if _TO.search(ending) and not _WEAK_TO.search(ending):
        return Role.TO, 0
    change = _CHANGE.search(ending) or _MORE_THAN.search(ending) or _OVER_LAST_YEAR.search(ending)
    named = kind not in SAID_OF_CLAUSE and _NAMED_CHANGE.search(ending)
    if change and not _NOT_CHANGE.search(ending) and not named:
        return Role.CHANGE, 1 if change["up"] else -1
    if kind is Kind.PERCENTAGE_POINT:
        direction = -1 if re.search("低|降|少|减", ending) else 1
        return Role.CHANGE if not _EXCESS.search(ending) else Role.EXCESS, direction
    if ending.endswith("同比") and kind not in SAID_OF_CLAUSE:
        # 同比5.24亿元增支0.62亿元: what it was a year before.
        return Role.PREVIOUS, 0
    if _PREVIOUS.search(ending) and not _BUDGET_OF_YEAR.search(ending) and not _STARTS_FROM.search(ending):
        return Role.PREVIOUS, 0
    excess = _EXCESS.search(clause[-40:]) if kind in (*_RELATIVE, Kind.RATIO) else None
    if excess and not excess["what"]:
        excess = None if kind is Kind.PERCENT else excess
    if excess:
        return Role.EXCESS, 1 if excess["up"] else -1
    if _STARTS_FROM.search(ending):
        return Role.FROM, 0
    if kind is Kind.PERCENT and _SHARE.search(clause[-60:]):
        return Role.SHARE, 0
    if _BARE_TO.search(ending):
        return Role.TO, 0
    if _FROM.search(ending):
        return Role.FROM, 0
    return Role.LEVEL, 0


def is_compared_from(one: Mention) -> bool:
    """Return whether what a figure is compared with is changed by the next: 较反馈时的66.9%提高6.7个百分点."""
    if one.role is Role.LEVEL and one.amount and one.tail.startswith("相比") and _WITH_THEN.search(one.clause):
        return True  # 与2010年第六次全国人口普查的396120人相比
    if one.role is not Role.LEVEL or not _CHANGED_NEXT.match(one.tail):
        return False
    return _THAN_THEN.match(one.lead) is not None and _NO_TIME.search(one.lead) is None


@lru_cache(maxsize=_WORDS_KEPT)
def noun_of(lead: str, tail: str, role: Role) -> str:
    """Return the words that name what a figure counts."""
    if role is Role.CHANGE:
        return ""
    words = _HEAD_VERBS.sub("", _NOUN_PREFIX.sub("", _OWNER.sub("", lead)))
    if len(words) >= 2 or not tail:
        return words[-24:]
    if (among := _AMONG_NAMED.match(tail)) is not None:
        return among["noun"]
    return tail.removesuffix("中")[:14]


_TWO_POINTS = re.compile(r"\d\.\d+\.\d{1,8}[万亿千]?[元人名所个%％吨公平]")
_TWO_POINTS_LIMIT = 10


def runs_together(text: str, start: int, end: int) -> bool:
    """Return whether a figure is part of two that run into one another: 余额为16.4713.36亿元 tells neither."""
    return _TWO_POINTS.search(text, max(start - _TWO_POINTS_LIMIT, 0), end) is not None
