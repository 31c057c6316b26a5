"""Whether a list of parts must add up to its total, or may leave something out.

其中 often names only the main parts, so a gap alone is no contradiction. A list must add up when its names divide the
whole (公办, 民办), when it names the rest (其他), when the parts exceed the whole, or when one mistyped digit would
explain the gap between figures written to the last digit.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from dudao.claims.arithmetic import step
from dudao.claims.mentions import Mention
from dudao.claims.proposals import digits_written
from dudao.claims.slips import one_slip_away
from dudao.quantities.model import Kind, Quantity

OPEN_LIST = re.compile(
    r"(?<![高中初同平均优上下甲乙丙])等(?!级|次|专|教育|其他|其它|职业|(?:方式|渠道|途径|形式)分别|(?:学科|科目|项目|费用|工种|岗位|专业|方面)[^，。；、\d]{0,4}\d)|主要|大部分|多数|重点是|之一"
)
_REST = re.compile(r"其他|其它|其余|余下|剩余|另外|^(?:尚|仍)有$")
_REST_OF = re.compile(
    r"(?:其他|其它|其余|余下|剩余)\d{1,3}(?:个[县区市乡镇州旗]{1,2}|[所宗个项家处块名人类])(?:共有?|合计|占地|用地|面积|投资|投入){0,2}$"
)
"""其余6个县共21个; 其余6宗占地114.3亩."""
_DIVIDED = re.compile(r"分别为|分别是|各年|分布[在于]|由.{0,20}(?:组成|构成)|分为")
_GOES_ON = re.compile(r"升入|升学|考入|考取|就读|录取|就业")
"""毕业生3127人，升入普通高中、中职的分别为2143人、912人: not everybody goes on."""
_CROSSING = re.compile(
    r"新增|增加|女|高级(?!中学)|中级|正高|副高|骨干|名师|特级|党员|学历|岁|贫困|困难|寄宿|留守|随迁|残疾|民族|专任|双语|"
    r"示范|达标|普惠|优质|星级|优秀|先进|合格|住宿|住校|班主任|支教|轮岗|交流"
)
_PAID_FOR = frozenset({"寄宿", "住宿", "贫困", "困难", "残疾", "留守", "随迁"})
"""Whom money is paid for divides it: 免费教科书、公用经费、寄宿生生活补助, though boarders and all pupils overlap."""
_CROSSING_COUNTS = re.compile(r"国家级|省级|市级|县级|区级|校级")
_HONOURS = re.compile(r"骨干|名师|带头人|示范|称号|奖|模范|先进|荣誉|课题|特色|能手|工作室|基地|园丁|表彰|督学")
"""What is given at several levels: a 国家级 one may be counted among those 省级."""
_DIGITS_NEEDED = 4
_OPENS_WITHIN = 2
_LEFT_OUT = Decimal("0.4")
"""Three parts side by side that leave so much of a total, one wrong digit away, were meant to make it."""
_COVERED = Decimal("0.5")
_DUE = re.compile("应配|应有|需配|应到|核定")
_AT_HAND = re.compile("在编|编外|聘用|实有|现有")
_TOO_LITTLE = 20
"""What makes less than a twentieth of an amount was never meant to make all of it."""
_TOO_MUCH = 3
"""Nor were parts of the next sentence that make three times an amount."""
_TOO_MUCH_APART = Decimal("1.5")
"""Nor those of the next paragraph that make half as much again."""
_SCALES = (Decimal(10) ** 4, Decimal(10) ** 8)
"""Unless 万 or 亿 was forgotten."""

_COMPLETE = tuple(
    frozenset(words.split())
    for words in (
        "公办 民办",
        "公立 民办",
        "公办 普惠性民办 非普惠",
        "城市 农村",
        "城镇 农村",
        "城镇 乡村",
        "城区 农村",
        "县城 农村",
        "县城 乡镇",
        "城区 乡镇",
        "城区 镇区 乡村",
        "城市 县镇 农村",
        "男 女",
        "本科 专科",
        "在职 退休",
        "在职 离退休",
        "物理 历史",
        "理科 文科",
        "进口 出口",
        "一般债 专项债",
        "收入 支出",
        "中学 小学",
        "初中 高中",
        "普通高中 中职",
        "在编 编外",
        "新建 改扩建",
        "必修 选修",
        "注销 转型",
        "达标 未达标",
        "城镇 村级",
        "中央 地方",
        "高职 中职",
        "公办 民办 民办普惠",
        "公办 普惠 营利",
        "在编 聘",
        "在编 临时",
        "在编 合同",
        "党委 党总支 党支部",
        "市本级 县",
        "市属 县属",
        "省属 市属",
        "市直 县",
        "上级 本级",
        "新建 改建 扩建",
        "研究生 本科 专科",
        "研究生 本科 专科 中师",
        "研究生 本科 专科 中专",
        "本科 专科 中师",
        "东部 中部 西部",
        "纪检 公安",
        "固定 流动",
        "住校 走读",
        "寄宿 走读",
        "高级 中级 初级",
        "正高 副高 中级 初级",
        "已完成 正在",
        "优秀 合格",
        "优秀 良好 及格 不及格",
        "优秀 良好 合格 不合格",
        "税收 非税",
        "中心校 村小",
        "中心校 教学点",
        "专职 兼职",
        "小班 中班 大班",
        "城镇 乡村",
        "线上 线下",
        "人员 公用 项目",
        "人员 公用 基建",
        "基本支出 项目支出",
        "优 良 中",
        "优 良 中 差",
        "优秀 良好 合格",
        "优秀 良好 一般",
        "约束性 预期性",
        "本金 利息",
        "新建 改扩建 维修",
        "新建 改扩建 修缮",
        "国培 省培 市",
        "国培 省培 县",
        "公办 普惠性民办",
        "人员支出 公用支出",
        "市本级 区",
        "货物 工程 服务",
        "增长 下降",
        "国家级 省级 市级 县级",
        "应届 往届",
        "户籍 随迁",
        "户籍 非户籍",
        "省级补助 自筹",
        "上级 自筹",
        "争取 自筹",
        "人员经费 公用经费",
        "个人部分 公用部分",
        "事业性经费 基本建设",
        "已开工 未开工",
        "开工 未开工",
        "已完工 未完工",
        "已投用 未投用",
        "竣工 在建",
        "完工 在建",
        "建成 在建",
        "完工 在建 未开工",
        "竣工 在建 未开工",
        "建成 在建 未开工",
        "独立 联合",
        "单独 联合",
        "自主 委托",
        "自营 委托",
        "当场 限期",
        "现场 限期",
        "立即 限期",
        "上学期 下学期",
        "分设 一肩挑",
        "通过 退回",
        "通过 未通过",
        "校长 教师",
        "公益性岗位 自聘",
        "财政 自聘",
        "报名 放弃",
        "参加 缺考",
        "参考 缺考",
        "统招 自主招生 指标",
        "特殊教育学校 随班就读 送教",
        "特教学校 随班就读 送教",
    )
)
_EXTREME = re.compile(r"最[大小高低多少远长]")
"""其中最大的一所1486人，最小的仅27人: examples, no parts."""
_RUN_BY = re.compile(r"办(?:的|园|校|幼儿园|学校)?$")
"""教育部门办和集体办的41所，民办23所: whoever else runs schools, 民办 is the rest."""
_NAME_MARK = re.compile(r"[、和及与]")
_STAGES = (
    "幼儿园|在园幼儿|学前|园",
    "教学点",
    "小学",
    "初中|初级中学",
    "九年一贯|九年制|(?<!十二年)一贯制",
    "十二年一贯",
    "普高|普通高中|高级中学|(?<!职业)高中",
    "(?<![高初])中职|职高|职业|(?<![高初])中专|职教|技工",
    "特殊教育|特教|特校",
    "专门学校|工读",
    "高校|高等|大学",
    "完全中学|完中",
)
_STAGE = tuple(re.compile(one) for one in _STAGES)
_STAGE_WORD = re.compile("幼儿|学前|小学|初中|高中|中职|义务教育|高等|特殊教育|特教|职业")
_ABOVE = (
    (frozenset({2, 3, 4, 5, 11}), "义务教育|中小学"),
    (frozenset({6, 7}), "高中阶段|高中"),
    (frozenset({3, 5, 6, 11}), "中学"),
)
"""The names of wholes whose parts are the stages with these numbers."""
_WHOLE_STAGES = {
    frozenset({2, 3}): "义务教育|中小学|随迁|留守|复学|辍学",
    frozenset({2, 3, 4}): "义务教育|中小学",
    frozenset({2, 3, 4, 5}): "义务教育|中小学",
    frozenset({2, 3, 4, 11}): "义务教育|中小学",
    frozenset({2, 3, 4, 5, 11}): "义务教育|中小学",
    frozenset({2, 3, 4, 6}): "中小学",
    frozenset({2, 3, 4, 5, 6}): "中小学",
    frozenset({2, 3, 4, 6, 11}): "中小学",
    frozenset({2, 3, 4, 5, 6, 11}): "中小学",
    frozenset({6, 7}): "高中阶段",
}
"""The stages that make up a whole of this name."""
_PLACES_IN = (re.compile("幼儿|学前"), re.compile("小学|初中|义务教育"), re.compile("高中|中职|职业"))
MANY_STAGES = 5
"""A list of so many stages, a rare one among them, is one of all schools, however much one wrong digit makes of it."""
_MEASURED = re.compile("招生|毕业|教师|教职工|寄宿|学位|面积|图书")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_YEARS = re.compile(r"(?P<count>[两二三四五六])年")
_YEARS_SINCE = re.compile(r"(?P<count>[两二三四五六])年(?:来|间)，")
_YEAR_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s?[-—–~～至到]+\s?(?P<last>(?:19|20)\d\d)")
_MIDDLE = (frozenset({2, 3}), frozenset({2, 3, 4, 5, 6, 11}))
"""中小学 is divided by stages that hold the first set and lie within the second."""
_RARE = frozenset({1, 8, 9})
"""Stages so small that a list which names one names all."""
_FUNDERS = re.compile("中央|省|市|县|区|本级|上级|自筹|社会|地方|债券|彩票|配套|镇|乡")
_BY_WAYS = re.compile(r"^(?:通过|采取|以|经).*(?:方式|渠道|途径|形式)$")
_OUTCOMES = re.compile(
    "注销|转型|转为|转|关停|停办|取缔|压减|保留|整改|撤并|撤销|终止|改办|营转非|完工|竣工|在建|开工|建成|未建|续建|督办|办结|销号|立行立改|限期|查处|立案|"
    "纠正|移交|约谈|退回|核销|更换|报废|停用|劝返|复学|休学|送教"
)

_OWNS = re.compile(r"(?:其中)?[^，。；、\d]{2,12}?(?:有|为)?")
_LEVELS_COUNTED = re.compile(r"(?P<count>[两三四])级")
_LEVEL = re.compile(r"(?:国家|中央|[省市州县区旗镇])(?:级|本级|财政|里)?")

_CHOSEN = re.compile(r"抽查|抽取|走访|参评|受检|访谈|问卷|(?:实地)?(?:查看|督导|督查|检查|核查)")
"""实地查看学校81所，其中幼儿园23所…: whoever chose them tells them all."""
_PLACE_NAMED = re.compile(r"[^，。；、\d]{1,6}(?:[县区市旗乡镇]|街道)(?:共?有)?")
"""共37个班，松阳县16个，河东区12个，云岭县9个: shared out among places by name."""
_OWNERS = re.compile(r"(?<![\d.])(?P<count>\d{1,2})[所个家][^，。；、\d]{0,16}(?:合计|共计|总计)[^，。；、\d]{0,4}$")
"""3所公办园欠款合计1430万元，一园610万元，二园480万元，三园340万元: one part for each of those counted."""
_DONE = re.compile("整改|完成|办结|解决|销号|落实|立[行查知整]立改|完工|竣工")
_LEFT_OVER = re.compile("^未.{1,6}$|序时进度|限期|尚未|未完成|未整改|未办结|未解决|未销号|未启动|余下|剩余|其余|长期")
_SET_RIGHT = re.compile("追回|收回|盘活|上缴|归还|加快|调账|促进|挽回|清退")
"""整改金额6.87亿元，其中追回…、盘活…、加快拨付…: the ways of setting right that are worth telling."""
_STILL_OPEN = re.compile(f"{_LEFT_OVER.pattern}|正在|推进|在建|未开工|在办")
"""What is left of a whole: the second of two parts must say that nothing else is, the last of three need not."""


def must_add_up(total: Mention, parts: Sequence[Mention], between: str, *, announced: bool) -> bool:
    """Return whether the wording leaves no room for parts that are not named.

    Args:
        total: the whole.
        parts: the parts in their order.
        between: the text from behind the total to the end of the last part.
        announced: whether 其中 or a parenthesis opens the list.
    """
    if OPEN_LIST.search(between) or _beside(total, parts):
        return False
    if any(_EXTREME.search(one.lead) or one.lead.endswith("各") for one in parts):
        # 高中和职校各1所 counts twice.
        return False
    if _DUE.search(total.lead) and _AT_HAND.search("".join(one.lead for one in parts)) and not names_rest(parts):
        # 应配教师5286人，在编教师4571人，编外聘用1067人: what there is need not be what there should be.
        return False
    if total.quantity.kind is Kind.COUNT and not total.quantity.decimals and any(_is_mean(one) for one in parts):
        # 7项指标县均达标数居前的是一市（6.4项）、二市（6.1项）: whole things have no parts with decimals.
        return False
    together = sum((one.quantity.value for one in parts), Decimal(0))
    gap = total.quantity.value - together
    forgotten = any(together * one == total.quantity.value for one in _SCALES)
    if together * _TOO_LITTLE < total.quantity.value and not forgotten:
        # 1162万元，分三档，每月分别为300元、500元、800元: rates, and no parts.
        return False
    if not announced and gap * 2 > total.quantity.value:
        return False
    too_much = _TOO_MUCH if parts[0].paragraph == total.paragraph else _TOO_MUCH_APART
    if together > total.quantity.value * too_much and parts[0].sentence > total.sentence:
        # 应配588名。从职称看，正高级147人、副高级6208人…: the parts of some other whole.
        return False
    if announced and _successive(parts) and abs(gap) * 2 <= total.quantity.value:
        return True
    larger = any(one.quantity.value >= total.quantity.value for one in parts)
    if larger and not (divides(total, parts) or (announced and named_by_stage(parts) and _side_by_side(parts))):
        return False
    if announced and classed(parts) and abs(gap) * 3 <= total.quantity.value:
        return True
    if divides(total, parts):
        # Money for 义务教育 also goes to special education and boarding: 小学 and 初中 need not be all of it.
        partly = total.quantity.kind is Kind.MONEY and named_by_stage(parts)
        return not partly or gap < 0 or _mistyped(total, gap, parts)
    if _shared_out(total, parts) and abs(gap) * 4 <= total.quantity.value:
        return True
    if not announced:
        return False
    dealt = _DIVIDED.search(between[:40]) and not (gap > 0 and _GOES_ON.search(parts[0].clause))
    if names_rest(parts) or (dealt and gap * 2 <= total.quantity.value):
        # 资源1.9万条，被国家、省级采用的分别为214条和1087条: so little is not all of it.
        return True
    if len(parts) >= 3 and all("岁" in one.lead for one in parts):
        return abs(gap) * 5 <= total.quantity.value
    if crossing(total, parts):
        return False
    if gap > 0 and sum(_SET_RIGHT.search(one.lead) is not None for one in parts) > 1:
        return False
    named = {one.noun for one in parts}
    if (len(named) < len(parts) or "" in named) and not named_by_stage(parts):
        return False
    if gap < 0:
        return _side_by_side(parts) or -gap * 5 <= total.quantity.value
    return _mistyped(total, gap, parts) or _nearly_covered(total, parts, gap)


def _shared_out(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a total is shared out among places by name, or what was chosen among kinds, one after another."""
    at_once = parts[0].clause_number - total.clause_number <= 2 and _side_by_side(parts)
    if total.total and named_by_place(parts) and len(parts) >= 3:
        return at_once
    apart = len({one.noun for one in parts} - {""}) == len(parts)
    owners = _OWNERS.search(total.clause) if total.summing else None
    if owners is not None and apart and len(parts) >= 3 and int(owners["count"]) == len(parts):
        return at_once
    return at_once and _CHOSEN.search(total.clause) is not None and apart and (len(parts) >= 3 or named_by_stage(parts))


def named_by_place(parts: Sequence[Mention]) -> bool:
    """Return whether every part bears the name of another place: 松阳县16个，河东区12个."""
    return all(_PLACE_NAMED.fullmatch(one.lead) for one in parts) and len({one.lead for one in parts}) == len(parts)


def _is_mean(one: Mention) -> bool:
    """Return whether a count has decimals, so that it is an average."""
    return bool(one.quantity.decimals) and one.quantity.scale == 1


def names_rest(parts: Sequence[Mention]) -> bool:
    """Return whether the last part is what the others leave: 其他11所."""
    return _REST.search(parts[-1].lead) is not None or _REST_OF.match(parts[-1].clause) is not None


def _successive(parts: Sequence[Mention]) -> bool:
    """Return whether three or more parts are those of years one after another: 2021年…、2022年…、2023年…."""
    years = [int(found[0][:4]) for one in parts if (found := _YEAR.search(one.lead)) is not None]
    return len(years) == len(parts) >= 3 and all(right - left == 1 for left, right in pairwise(years))


def _side_by_side(parts: Sequence[Mention]) -> bool:
    """Return whether part follows part with nothing else told between them."""
    reach = 2 if named_by_stage(parts) else 1
    return all(right.clause_number - left.clause_number <= reach for left, right in pairwise(parts))


def _nearly_covered(total: Mention, parts: Sequence[Mention], gap: Decimal) -> bool:
    """Return whether so much is named that nothing can have been left out on purpose."""
    missing = gap / total.quantity.value
    stages = _stages(parts) or []
    if len(parts) >= 3 and _CHOSEN.search(total.lead) and _side_by_side(parts):
        return missing <= Decimal("0.3")
    if len(stages) >= 3 and not _RARE.isdisjoint(stages):
        return missing <= Decimal("0.45" if len(stages) >= MANY_STAGES else "0.3")
    if total.noun.endswith("学位") and all(any(one.search(part.lead) for part in parts) for one in _PLACES_IN):
        # 新增学位4.26万个: no places are made but in these stages.
        return missing <= Decimal("0.25")
    if len(parts) >= 3 and total.quantity.kind is Kind.MONEY and all(_FUNDERS.search(one.noun) for one in parts):
        return missing <= Decimal("0.3")
    if len(parts) >= 3 and len(stages) == 0 and missing <= Decimal("0.1"):
        return True
    listed = len(parts) >= 3 and _side_by_side(parts) and parts[0].clause_number - total.clause_number <= _OPENS_WITHIN
    alike = all(one.quantity.unit == total.quantity.unit for one in parts)
    left = listed and alike and missing <= _LEFT_OUT
    return left and one_slip_away(total.quantity, [one.quantity for one in parts])


def outcomes_divide(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts say what became of the whole: 64家，已注销58家，转为非学科类4家，转为非营利性2家."""
    if _done_and_open(total, parts):
        return True
    if not all(_OUTCOMES.search(one.lead) for one in parts) or _OUTCOMES.search(total.lead):
        return False
    gap = total.quantity.value - sum((one.quantity.value for one in parts), Decimal(0))
    return abs(gap) * 5 <= total.quantity.value


def _done_and_open(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts are what is done and what is left: 1326处，当场整改1109处，限期整改217处."""
    apart = all(right.clause_number - left.clause_number <= 2 for left, right in pairwise(parts))
    said = [one.lead + one.tail for one in parts]
    if not apart or not _DONE.search(said[0]) or _DONE.search(total.lead):
        return False
    left = _LEFT_OVER if len(parts) == 2 else _STILL_OPEN
    if not left.search(said[-1]) or not all(_DONE.search(one) or _STILL_OPEN.search(one) for one in said[1:-1]):
        return False
    gap = total.quantity.value - sum((one.quantity.value for one in parts), Decimal(0))
    return abs(gap) * 5 <= total.quantity.value


def divides(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the names of the parts divide the whole: 公办 and 民办, 本科 and 专科."""
    stages = frozenset(_stages(parts) or ())
    if _MIDDLE[0] <= stages <= _MIDDLE[1] and len(stages) > 2 and "中小学" in total.noun:
        return True
    if _named_ahead(total, parts) or _of_levels_counted(total, parts) or _from_above(total, parts):
        return True
    if stages in _WHOLE_STAGES and re.search(_WHOLE_STAGES[stages], total.lead) and _alike_measured(total, parts):
        return True
    if all(_YEAR.search(one.lead) for one in parts) and _years_spanned(total) == len(parts):
        return True
    if _spans_follow(parts) or _dealt_to_years(total, parts):
        return True
    if _funders_dealt(parts):
        return True
    return _names_divide(total.noun, tuple(one.noun or one.lead for one in parts))


def classed(parts: Sequence[Mention]) -> bool:
    """Return whether three or more parts are classes of their own: 消防类23处、食品类16处、设施类18处."""
    nouns = {one.noun for one in parts}
    return len(parts) == len(nouns) >= 3 and all(noun.endswith(("类", "方面")) for noun in nouns)


def _named_ahead(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the owners of the parts open the total: 区一中、区二中共27个，其中区一中16个，区二中11个."""
    nouns = [one.noun for one in parts]
    if len({*nouns}) < len(nouns) or not all(nouns) or not all(_OWNS.fullmatch(one.lead) for one in parts):
        return False
    listed = _NAME_MARK.split(total.clause, maxsplit=len(nouns))
    return len(listed) == len(nouns) and all(
        named.endswith(noun) if number < len(nouns) - 1 else named.startswith(noun)
        for number, (named, noun) in enumerate(zip(listed, nouns, strict=True))
    )


def _of_levels_counted(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether as many levels are told as are spoken of: 省、市两级反馈问题34个，其中省级12个、市级22个."""
    counted = _LEVELS_COUNTED.search(total.clause)
    if counted is None or "两三四".index(counted["count"]) + 2 != len(parts):
        return False
    return all(_LEVEL.match(one.noun) for one in parts) and len({one.noun[:1] for one in parts}) == len(parts)


def _from_above(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether money from above is told by those who gave it: 上级补助463万元，其中中央387万元，省级76万元."""
    if total.quantity.kind is not Kind.MONEY or "上级" not in total.noun or len(parts) < 2:
        return False
    return parts[0].noun.startswith("中央") and all(_LEVEL.match(one.noun) for one in parts[1:])


def _funders_dealt(parts: Sequence[Mention]) -> bool:
    """Return whether money is dealt out to all who bear it: 中央、省、市县分别承担30966万元、7395万元、7857万元.

    So are people to the ways they came: 通过公开招聘、定向培养、人才引进等方式分别补充226人、167人、25人.
    """
    said, dealt, _ = parts[0].clause.partition("分别")
    names = _NAME_MARK.split(said)
    if not dealt or len(names) != len(parts) or len(parts) < 3:
        return False
    return all(_FUNDERS.match(one) for one in names) or _BY_WAYS.search(said) is not None


@lru_cache(maxsize=4096)
def _names_divide(whole: str, names: tuple[str, ...]) -> bool:
    if len(names) == 2 and all(_RUN_BY.search(name) for name in names) and not whole.endswith("办"):
        return names[0] != names[1] and any("民办" in name for name in names) and not any(map(_CROSSING.search, names))
    for family in _COMPLETE:
        if len(names) != len(family) or whole.endswith(tuple(family)):
            continue
        if all(any(word in name for name in names) for word in family) and all(
            any(word in name for word in family) for name in names
        ):
            own = [_without(name, family) for name in names]
            return not any(_CROSSING.search(name) for name in own) or bool(_CROSSING.search(whole))
    return False


def _spans_follow(parts: Sequence[Mention]) -> bool:
    """Return whether spans of years follow one another: 2021年至2022年完成17.5亿元，2023年至2025年完成23.8亿元."""
    spans = [_YEAR_SPAN.search(one.clause) for one in parts]
    told = [(int(one["first"]), int(one["last"])) for one in spans if one is not None]
    return len(told) == len(parts) >= 2 and all(right[0] - left[1] == 1 for left, right in pairwise(told))


def _dealt_to_years(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether years in a row are dealt out: 三年投入3.42亿元，2021年、2022年、2023年分别投入0.96亿元、…."""
    said, dealt, _ = parts[0].clause.partition("分别")
    years = [int(one[:4]) for one in _YEAR.findall(said)]
    follow = len(years) == len(parts) and all(right - left == 1 for left, right in pairwise(years))
    return bool(dealt) and follow and _years_spanned(total) == len(parts)


def _years_spanned(total: Mention) -> int:
    """Return how many years a total is said to span: 三年累计, 2020—2022年; 0 when its clause does not say."""
    if (counted := _YEARS.search(total.clause) or _YEARS_SINCE.search(total.topic)) is not None:
        return "一两三四五六".index(counted["count"].replace("二", "两")) + 1
    span = _YEAR_SPAN.search(total.clause) or _YEAR_SPAN.search(total.topic)
    return int(span["last"]) - int(span["first"]) + 1 if span is not None else 0


def _alike_measured(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether whole and parts count the same: 在校生 is not made up of 招生."""
    counted = set(_MEASURED.findall(total.noun))
    return all(set(_MEASURED.findall(one.noun)) <= counted for one in parts)


def _without(name: str, words: frozenset[str]) -> str:
    """Return a name without the words that divide the whole."""
    for word in sorted(words, key=len, reverse=True):
        name = name.replace(word, "")
    return name


def named_by_stage(parts: Sequence[Mention]) -> bool:
    """Return whether every part bears the name of another stage or type of school."""
    return _stages(parts) is not None


def names_all_stages(parts: Sequence[Mention]) -> bool:
    """Return whether a list goes from stage to stage down to the rare ones, and needs no 其中 to be one of all."""
    stages = _stages(parts) or []
    return len(stages) >= MANY_STAGES and not _RARE.isdisjoint(stages)


def _stages(parts: Sequence[Mention]) -> list[int] | None:
    """Return the school stages the parts are named by; None when one has none or two share one."""
    found: list[int] = []
    for part in parts:
        stage = stage_of(part)
        if stage is None or stage in found:
            return None
        found.append(stage)
    return found


def stage_of(mention: Mention) -> int | None:
    """Return the number of the stage a figure is told of: by its own noun, else by the last one its part names."""
    stage = _stage(mention.noun)
    return _last_stage(mention.topic) if stage is None else stage


def stage_in(words: str) -> int | None:
    """Return the number of the last stage that words name; None where they name none."""
    return _last_stage(words)


@lru_cache(maxsize=4096)
def _stage(noun: str) -> int | None:
    return next((number for number, one in enumerate(_STAGE) if one.search(noun)), None)


@lru_cache(maxsize=4096)
def _last_stage(topic: str) -> int | None:
    named = [(match.end(), number) for number, one in enumerate(_STAGE) for match in one.finditer(topic)]
    return max(named)[1] if named else None


def _beside(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the total is a stage of its own beside the parts: 小学生12000人，初中生6000人，高中生2000人."""
    stages = _stages(parts)
    if stages is None or not _STAGE_WORD.search(total.noun):
        return False
    above = next((words for members, words in _ABOVE if members.issuperset(stages)), "各级各类|学历教育|中小学|普通")
    return not re.search(above, total.noun)


def crossing(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts may overlap: 女教师, 高级教师 and 骨干教师 are not apart from one another."""
    money = total.quantity.kind is Kind.MONEY
    if any(
        match[0] not in total.noun and not (money and match[0] in _PAID_FOR)
        for one in parts
        for match in _CROSSING.finditer(one.noun)
    ):
        # 寄宿学生13826人，其中小学寄宿生、初中寄宿生: what the whole is told by too divides nothing.
        return True
    honours = total.quantity.kind is not Kind.MONEY and _HONOURS.search(total.clause) is not None
    return honours and any(_CROSSING_COUNTS.search(one.noun) for one in parts)


def _figures(figure: Quantity) -> int:
    """Return how many digits a figure is known to: all of an exact count, the significant ones of another."""
    if figure.interval.low == figure.interval.high:
        return len(f"{figure.value:f}".partition(".")[0])
    return digits_written(figure)


def _mistyped(total: Mention, gap: Decimal, parts: Sequence[Mention]) -> bool:
    """Return whether one wrong digit, or two exchanged, would explain a gap between figures written to the last digit.

    A part left out would be as exact as the others; a gap like 3000 or 4500 between such figures is a slip, but not
    between figures that are all as round as the gap.
    """
    figure = total.quantity
    if _figures(figure) < _DIGITS_NEEDED - (len(parts) >= _DIGITS_NEEDED) or gap > figure.value * (1 - _COVERED):
        return False
    number = abs(gap) / step(figure)
    if number != int(number) or number < 10:
        return False
    digits = str(int(number))
    plain = digits.rstrip("0")
    round_to = step(figure).scaleb(len(digits) - len(plain))
    if len(plain) < len(digits) and all(one.quantity.value % round_to == 0 for one in (total, *parts)):
        return False
    return len(plain) == 1 or (len(digits) > len(plain) and int(plain) % 9 == 0 and int(plain) < 90)
