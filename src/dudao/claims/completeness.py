"""Whether a list of parts must add up to its total, or may leave something out.

其中 often names only the main parts, so a gap alone is no contradiction. A list must add up when its names divide the
whole (公办, 民办), when it names the rest (其他), when the parts exceed the whole, or when one mistyped digit would
explain the gap between figures written to the last digit.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import step
from dudao.claims.dividing_names import CROSSING
from dudao.claims.divisions import FUNDERS, YEAR, classed, divides, named_by_place
from dudao.claims.mentions import Mention
from dudao.claims.proposals import digits_written
from dudao.claims.slips import one_slip_away
from dudao.claims.stage_names import MANY_STAGES, RARE, named_by_stage, of_other_stages, stages_of
from dudao.quantities.model import Kind, Quantity

OPEN_LIST = re.compile(
    r"(?<![高中初同平均优上下甲乙丙])等(?!\d{1,3}个?[县区市州乡镇旗]|级|次|专|教育|其他|其它|职业|(?:方式|渠道|途径|形式)分别|(?:学科|科目|项目|费用|工种|岗位|专业|方面)[^，。；、\d]{0,4}\d)|主要|大部分|多数|重点是|之一"
)
_EXPLAINED = re.compile(
    r"[，（](?:[^，。；（\d]{0,8})?主要(?:是由于|是因为?|是|原因|由于|因为?|受|用于)[^；。\d]*(?=[；。])"
)
"""本级支出1566亿元，增长43.1%，主要是交通运输等支出增加；: why it grew leaves no part untold."""
_REST = re.compile(r"其他|其它|其余|余下|剩余|另外|^(?:尚|仍)有$")
_REST_OF = re.compile(
    r"(?:其他|其它|其余|余下|剩余)\d{1,3}(?:个[县区市乡镇州旗]{1,2}|[所宗个项家处块名人类])(?:共有?|合计|占地|用地|面积|投资|投入){0,2}$"
)
"""其余6个县共21个; 其余6宗占地114.3亩."""
_DIVIDED = re.compile(r"分别为|分别是|各年|分布[在于]|由.{0,20}(?:组成|构成)|分为")
_GOES_ON = re.compile(r"升入|升学|考入|考取|就读|录取|就业")
"""毕业生3127人，升入普通高中、中职的分别为2143人、912人: not everybody goes on."""
_PAID_FOR = frozenset({"寄宿", "住宿", "贫困", "困难", "残疾", "留守", "随迁"})
"""Whom money is paid for divides it: 免费教科书、公用经费、寄宿生生活补助, though boarders and all pupils overlap."""
_CROSSING_COUNTS = re.compile(r"国家级|省级|市级|县级|区级|校级")
_GONE = re.compile(r"撤[并销]|停办|关停|裁撤|退休|辞职|调出|转出|核减|减员|离职|流失")
_NEW = re.compile(r"新[建增设开聘招]|增设|招聘|调入|转入|补充|核增")
_LARGE = 100
"""A smaller total is one slip away from too much."""
_FAR_OVER = 12
"""Parts that exceed their whole by more than one in so many exceed it by far."""
_HONOURS = re.compile(r"骨干|名师|带头人|示范|称号|奖|模范|先进|荣誉|课题|特色|能手|工作室|基地|园丁|表彰|督学")
"""What is given at several levels: a 国家级 one may be counted among those 省级."""
_DIGITS_NEEDED = 4
NAMED_APART = 3
_COMES, _GOES = re.compile(r"收入$"), re.compile(r"支出$")
_OPENS_WITHIN = 2
_LEFT_OUT = Decimal("0.4")
"""Three parts side by side that leave so much of a total, one wrong digit away, were meant to make it."""
_COVERED = Decimal("0.5")
_DUE = re.compile("应配|应有|需配|应到|核定")
_AT_HAND = re.compile("在编|编外|聘用|实有|现有")
_PLANNED = re.compile("总投资|规划|计划|概算|估算|预算|任务|目标|总规模")
_CARRIED_OUT = re.compile("完成|支付|支出|到位|拨付|下达|落实|建成|竣工|开工|新增|已")
_PLANNED_LAST = re.compile(r"(?:预算|计划|概算|总投资)(?:总?[数额]|调整|调增|安排|规模|为|到|达|约)*$")
PLANNED_LEFT = 10
"""What leaves more than a tenth of a plan open is still to be done."""
_TOO_LITTLE = 20
"""What makes less than a twentieth of an amount was never meant to make all of it."""
_SPARE = 1000
"""Figures named only by what opens their row may leave less than a thousandth to nobody."""
_TOO_MUCH = 3
"""Nor were parts of the next sentence that make three times an amount."""
_TOO_MUCH_APART = Decimal("1.5")
"""Nor those of the next paragraph that make half as much again."""
_SCALES = (Decimal(10) ** 4, Decimal(10) ** 8)
"""Unless 万 or 亿 was forgotten."""
_OF_SOME = re.compile(
    r"(?:其中)?(?:(?:已|未|尚|正在)[^，。；、\d]{1,10}的|[^，。；、\d]{2,}的(?:有|是|包括))[^，。；、\d的]{2,}$"
)
_EXTREME = re.compile(r"最[大小高低多少远长]")
"""其中最大的一所1486人，最小的仅27人: examples, no parts."""
_STAGE_WORD = re.compile("幼儿|学前|小学|初中|高中|中职|义务教育|高等|特殊教育|特教|职业")
_SCHOOLING = re.compile("小学|中学|初中|高中")
_SCHOOLS_NAMED = re.compile("中小学|义务教育|中学|普通|高中")
_ABOVE = (
    (frozenset({2, 3, 4, 5, 11}), "义务教育|中小学"),
    (frozenset({6, 7}), "高中阶段|高中"),
    (frozenset({3, 5, 6, 11}), "中学"),
)
"""The names of wholes whose parts are the stages with these numbers."""
_PLACES_IN = (re.compile("幼儿|学前"), re.compile("小学|初中|义务教育"), re.compile("高中|中职|职业"))

_ROW_NAME = re.compile(r"[，：:]?(?P<name>[^，。；：:\d其]{2,16})\d")
_CHOSEN = re.compile(r"抽查|抽取|走访|参评|受检|访谈|问卷|(?:实地)?(?:查看|督导|督查|检查|核查)")
"""实地查看学校81所，其中幼儿园23所…: whoever chose them tells them all."""
_OWNERS = re.compile(r"(?<![\d.])(?P<count>\d{1,2})[所个家][^，。；、\d]{0,16}(?:合计|共计|总计)[^，。；、\d]{0,4}$")
"""3所公办园欠款合计1430万元，一园610万元，二园480万元，三园340万元: one part for each of those counted."""
_SET_RIGHT = re.compile("追回|收回|盘活|上缴|归还|加快|调账|促进|挽回|清退")
"""整改金额6.87亿元，其中追回…、盘活…、加快拨付…: the ways of setting right that are worth telling."""


def must_add_up(total: Mention, parts: Sequence[Mention], between: str, *, announced: bool) -> bool:
    """Return whether the wording leaves no room for parts that are not named.

    Args:
        total: the whole.
        parts: the parts in their order.
        between: the text from behind the total to the end of the last part.
        announced: whether 其中 or a parenthesis opens the list.
    """
    rows = _named_by_rows(total, parts)
    parts = rows or parts
    if leaves_open(between) or of_other_side(total, parts) or _beside(total, parts) or of_other_stages(total, parts):
        return False
    if goes_both_ways(parts) or told_of_some(parts):
        return False  # 招聘1043人，调入96人，退休612人，调出及其他减员168人
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
    if rows and abs(gap) * _SPARE < total.quantity.value:
        # 学校1264所，教师8452人，其中公办1186所，7987人；民办78所，462人: others may have these few.
        return False
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
    large = total.quantity.value >= _LARGE
    far_over = -gap * (_FAR_OVER if large else 2) > total.quantity.value and not divides(total, parts)
    if far_over and not (large and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)):
        # 12种组合中，甲校开设11种、乙校开设9种: so much more than all is no slip, unless one digit makes it.
        return False
    left = gap * PLANNED_LEFT > total.quantity.value
    if left and done_of_planned(total, parts) and not divides(total, parts):
        return False
    if announced and _successive(parts) and abs(gap) * 2 <= total.quantity.value:
        return True
    larger = any(one.quantity.value >= total.quantity.value for one in parts)
    if larger and announced and _one_digit_too_much(total, parts):
        return True
    sure = divides(total, parts) or (
        announced and (named_by_stage(parts) or names_apart(parts)) and _side_by_side(parts)
    )
    if larger and not sure:
        return False
    if larger and not divides(total, parts) and not named_by_stage(parts):
        # 机构24个，其中卫生院28个，疾控中心1个: no part is more than all, and one digit explains it.
        return not crossing(total, parts) and one_slip_away(total.quantity, [one.quantity for one in parts])
    if announced and classed(parts) and abs(gap) * 3 <= total.quantity.value:
        return True
    if gap > 0 and some_go_on(parts):
        return False
    units = len({one.quantity.unit for one in parts})
    if gap > 0 and total.quantity.kind is Kind.COUNT and units > 1 and not named_by_stage(parts):
        return False  # 项目28个，其中改扩建学校9所，新建运动场6个
    if divides(total, parts):
        # Money for 义务教育 also goes to special education and boarding: 小学 and 初中 need not be all of it.
        if gap > 0 and _may_leave_stages(total, parts) and not _slipped(total, parts):
            return False
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
    if rows and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True):
        return len(parts) >= NAMED_APART and abs(gap) * 2 <= total.quantity.value
    if gap < 0:
        return _side_by_side(parts) or -gap * 5 <= total.quantity.value
    return _mistyped(total, gap, parts) or _nearly_covered(total, parts, gap)


def _named_by_rows(total: Mention, parts: Sequence[Mention]) -> Sequence[Mention]:
    """Return parts by the names that open their part of the sentence when their own are all one: 图书1.9万册，价值….

    Nothing where they have names of their own.
    """
    if parts[0].part == total.part and "其中" not in parts[0].topic:
        return ()  # 高中助学金2846人次、284.6万元，免学费2210人次、176.8万元；中职…: in the row of the total itself
    opened = [_ROW_NAME.match(one.topic.rpartition("其中")[2]) for one in parts]
    names = [one["name"] for one in opened if one is not None]
    follow = all(right.part - left.part == 1 for left, right in pairwise(parts))
    if len({one.noun for one in parts}) > 1 or not follow or len({*names}) < len(parts):
        return ()
    return [replace(one, noun=name, lead=name) for one, name in zip(parts, names, strict=True)]


def leaves_open(between: str) -> bool:
    """Return whether words in a list say that not all is named (等, 主要), apart from those that explain a change."""
    return OPEN_LIST.search(_EXPLAINED.sub("", between)) is not None


def told_of_some(parts: Sequence[Mention]) -> bool:
    """Return whether a list opens with what sets some of a whole apart: 316所，已投用的有新建157所，改扩建59所."""
    return _OF_SOME.match(parts[0].lead) is not None and not any("的" in one.lead for one in parts[1:])


def of_other_side(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts tell where money went and their total whence it came, or the other way round."""
    named = parts[0].lead
    return any(
        one.search(total.noun) is not None and other.search(named) is not None and one.search(named) is None
        for one, other in ((_COMES, _GOES), (_GOES, _COMES))
    )


def names_apart(parts: Sequence[Mention]) -> bool:
    """Return whether three or more parts all bear names of their own."""
    nouns = {one.noun for one in parts}
    return len(parts) == len(nouns) >= 3 and "" not in nouns


def some_go_on(parts: Sequence[Mention]) -> bool:
    """Return whether parts tell where leavers went, as not all do: 毕业生5874人，升入普高2896人，升入中职2519人."""
    return all(_GOES_ON.search(one.lead) for one in parts) and not names_rest(parts)


def _may_leave_stages(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether 中学 and 小学 may not be all that a total holds, as its name leaves kindergartens and others in.

    幼儿园65所…；专任教师4011人，其中中学1757人，小学1920人: those of the kindergartens are not told.
    """
    by_school = all(_SCHOOLING.search(one.noun or one.lead) for one in parts)
    return by_school and _SCHOOLS_NAMED.search(total.lead) is None


def _slipped(total: Mention, parts: Sequence[Mention]) -> bool:
    return one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)


def done_of_planned(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts are what was done of what is planned: 总投资28.4亿元，其中2021年完成4.12亿元、…."""
    planned = _PLANNED_LAST.search(total.lead) is not None or (
        _PLANNED.search(total.lead) is not None and _CARRIED_OUT.search(total.lead) is None
    )
    return planned and all(_CARRIED_OUT.search(one.lead) for one in parts)


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


def _one_digit_too_much(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether three named parts side by side, one of them over the whole, make it but for one digit."""
    if len(parts) < NAMED_APART or total.quantity.value < _LARGE or not _side_by_side(parts) or crossing(total, parts):
        return False
    named = {one.noun for one in parts} - {""}
    return len(named) == len(parts) and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)


def _is_mean(one: Mention) -> bool:
    """Return whether a count has decimals, so that it is an average."""
    return bool(one.quantity.decimals) and one.quantity.scale == 1


def names_rest(parts: Sequence[Mention]) -> bool:
    """Return whether the last part is what the others leave: 其他11所."""
    return _REST.search(parts[-1].lead) is not None or _REST_OF.match(parts[-1].clause) is not None


def _successive(parts: Sequence[Mention]) -> bool:
    """Return whether three or more parts are those of years one after another: 2021年…、2022年…、2023年…."""
    years = [int(found[0][:4]) for one in parts if (found := YEAR.search(one.lead)) is not None]
    return len(years) == len(parts) >= 3 and all(right - left == 1 for left, right in pairwise(years))


def _side_by_side(parts: Sequence[Mention]) -> bool:
    """Return whether part follows part with nothing else told between them."""
    reach = 2 if named_by_stage(parts) else 1
    return all(right.clause_number - left.clause_number <= reach for left, right in pairwise(parts))


def _nearly_covered(total: Mention, parts: Sequence[Mention], gap: Decimal) -> bool:
    """Return whether so much is named that nothing can have been left out on purpose."""
    missing = gap / total.quantity.value
    stages = stages_of(parts) or []
    if len(parts) >= 3 and _CHOSEN.search(total.lead) and _side_by_side(parts):
        return missing <= Decimal("0.3")
    if len(stages) >= 3 and not RARE.isdisjoint(stages):
        return missing <= Decimal("0.45" if len(stages) >= MANY_STAGES else "0.3")
    if total.noun.endswith("学位") and all(any(one.search(part.lead) for part in parts) for one in _PLACES_IN):
        # 新增学位4.26万个: no places are made but in these stages.
        return missing <= Decimal("0.25")
    if len(parts) >= 3 and total.quantity.kind is Kind.MONEY and all(FUNDERS.search(one.noun) for one in parts):
        return missing <= Decimal("0.3")
    if len(parts) >= 3 and len(stages) == 0 and missing <= Decimal("0.1"):
        # 使用9.42亿元，其中维修3.18亿元、设备2.64亿元、职教2.93亿元: what is left may be any other use.
        return one_slip_away(total.quantity, [one.quantity for one in parts])
    listed = len(parts) >= 3 and _side_by_side(parts) and parts[0].clause_number - total.clause_number <= _OPENS_WITHIN
    alike = all(one.quantity.unit == total.quantity.unit for one in parts)
    left = listed and alike and missing <= _LEFT_OUT
    return left and one_slip_away(total.quantity, [one.quantity for one in parts])


def _beside(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the total is a stage of its own beside the parts: 小学生12000人，初中生6000人，高中生2000人."""
    stages = stages_of(parts)
    if stages is None or not _STAGE_WORD.search(total.noun):
        return False
    above = next((words for members, words in _ABOVE if members.issuperset(stages)), "各级各类|学历教育|中小学|普通")
    return not re.search(above, total.noun)


_TAKEN_OVER = re.compile(r"结转|续建|跨年")
_ENDED = re.compile(r"竣工|完工|建成|投用|投入使用|交付|验收")


def crossing(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts may overlap: 女教师, 高级教师 and 骨干教师 are not apart from one another."""
    money = total.quantity.kind is Kind.MONEY
    if total.quantity.kind is Kind.SCORE:
        return False
    if any(
        match[0] not in total.noun and not (money and match[0] in _PAID_FOR)
        for one in parts
        for match in CROSSING.finditer(one.noun)
    ):
        # 寄宿学生13826人，其中小学寄宿生、初中寄宿生: what the whole is told by too divides nothing.
        return True
    if any(_TAKEN_OVER.search(one.lead) and _ENDED.search(other.lead) for one, other in pairwise(parts)):
        # 实施项目39个，其中上年结转8个，竣工34个: whatever was begun the year before may be ended too.
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


_PASSING = re.compile(r"招生|在校|毕业")


def goes_both_ways(parts: Sequence[Mention]) -> bool:
    """Return whether some parts are gone and some are new: 撤并小学21所、新建小学3所 make no number of schools.

    Nor do those who come, are there and leave make a number of pupils: 招生1864人，在校生5236人，毕业生1702人.
    """
    flows = {found[0] for one in parts if (found := _PASSING.search(one.lead)) is not None}
    return len(flows) > 1 or (
        any(_GONE.search(one.lead) for one in parts) and any(_NEW.search(one.lead) for one in parts)
    )
