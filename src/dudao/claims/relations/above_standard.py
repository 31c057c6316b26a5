"""A figure against a standard: 16477.24元，超出省定12000元标准37.3%; 比850元的标准高61.75元."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import (
    Formula,
    fall_of_decrease,
    growth,
    growth_of_increase,
    point,
    scale,
    subtract,
)
from dudao.claims.formulas import as_said
from dudao.claims.growths_compared import growth_behind
from dudao.claims.likeness import core_noun, is_amount, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.series import all_series, starts_series
from dudao.claims.stage_names import stage_in, stage_of
from dudao.claims.wholes import head_of_closed_list
from dudao.quantities.model import Interval, Kind

REACH = 8
"""How many figures back the measured figure may stand."""
NAMED_REACH = 8
"""How many figures back it may stand when the comparison names it: 小学比7.5平方米的标准低1.09平方米."""
BETWEEN = 80
"""How many characters before the standard are looked at for another subject."""
ALIKE = 0.6
_OVER = ("超额完成", "超额", "超出", "超过", "高于", "高出", "超", "高", "多")
_EXCEEDS = ("超出", "超过", "高于", "高出", "超")
_UNDER = ("低于", "不足", "低", "少于", "少", "差")
_STANDARD = (
    "标准",
    "定额",
    "基准",
    "平均",
    "目标",
    "要求",
    "规定",
    "底线",
    "水平",
    "增幅",
    "增速",
    "增长率",
    "增长幅度",
    "增长速度",
    "上限",
    "下限",
    "限额",
)

_COMPARED = re.compile(r"(?P<over>高于|超过|超出|多于|大于)|低于|少于|小于|控制在")
_AGAINST = re.compile(
    r"(?:(?P<over>高于|高出|超过|超出|多于|优于)|低于|少于|小于)[^，。；：、\d]{0,10}"
    r"(?:标准|定额|基准|平均(?:[^，。；：、（(\d]{2,6})?|目标|目标值|要求|规定|底线|水平|规模|容量|编制|限额|上限|下限|增幅|增速|增长率|增长幅度|增长速度)"
    r"(?:值|数|线)?$"
)
_SO_MANY = re.compile(r"的(?:共|仅|还)?有?$")
"""增幅超过平均水平的有4个：城关区8.3%: how many they are, and no standard."""
_THAN_OTHERS = re.compile(r"(?:^|[，；：])[^，。；：、\d]{0,6}?(?:比|较)[^，。；：、\d]{2,10}$")
"""年均工资13.84万元，较公务员（13.52万元）高0.32万元; 比计划（25000人次）多1480人次."""
_OF_OTHERS = re.compile(r"(?:(?P<over>高于|高出|超过|超出)|低于|少于)[^，。；：、\d]{2,12}$")
"""占91.41%，高于小学（71.84%）19.57个百分点; 低于全省平均进度（74.2%）3.6个百分点: whoever the other one is."""
_BEYOND_PLAN = re.compile(r"超额完成[^，。；：、\d]{0,8}(?:计划|任务|目标)$")
"""超额完成计划（1800名）76名."""
_CLOSES_THEN = re.compile(r"\s*[）)]\s*(?P<word>高出?|多出?|超出?|低|少)(?:了|约|近)*\s*")
_DISTANT = re.compile(r"(?:距离?|离|与)[^，。；：、]{0,12}(?:标准|目标|目标值|要求|规定|水平|平均值?)(?:值|数|线)?$")
_FAR_FROM = re.compile(r"(?:距离?|离|与)[^，。；：、]{0,10}$")
"""距离50%的年度目标还差5.7个百分点."""
_SHORT_OF = re.compile(r"\s*[）)]\s*(?:还|尚|仍)?(?:有|差|存在|相差|低)(?:约|了)?\s*")
"""距离规划目标（90%）还有3.6个百分点的差距."""
_THAN = re.compile(
    r"(?:比|较)[^，。；：、]{0,16}"
    r"(?:标准|定额|基准|平均|目标|目标值|要求|规定|底线|水平|增幅|增速|增长率|增长幅度|增长速度)(?:值|数|线)?$"
)
"""比省定2023年目标（95%）高2.2个百分点."""
_TAKEN_OFF = re.compile(r"(?:扣|扣除|扣减|扣掉|失)了?$")
_OTHER_BASE = re.compile(r"比(?![例重率值])|较")
_AS_RATE = re.compile(r"^(?:即|也就是)?(?:高出|高|超出|超过|超|多|低|少)(?:了|约)*$")
_CLOSES = re.compile(r"\s*[）)]\s*(?:约|近|了)?\s*")
"""低于标准（33平方米）1.6平方米: the standard stands in a parenthesis."""
_THEN_BY = re.compile(
    r"(?:以内|之内|以下|的(?:增长)?(?:幅度|增幅|速度|增速|率))?，(?:仍|还|已)?(?:高出|超出|高|低于?|多|少|相差|差)(?:限额|上限|标准|定额|目标)?(?:了|约)?\s*"
)
"""仍高于省定目标46%，高出2.6个百分点: the comparison first, then by how much."""
_WHO = re.compile(r"^(?P<who>[^，。；：、]{2,14}?)(?:均|也|仍|却|还)?(?:比|较|[高低]于|超[过出]|高出)")
_NAMED_ANEW = re.compile(
    r"[，；](?P<who>[^，。；：、\d（）比较]{2,20}?)(?:虽然?|仍|还|也|均|已)*(?:比[^例重率值]|较|同比|有所)[^，。；：、\d]{0,12}，"
)
_TAKES_UP = re.compile("[前后]者")
_BY_SO_MUCH = re.compile(r"(?:高出?|低于?|多|少|差|超过?|超出|高于|少于|不足)(?:约|近|了)*$")
_RATE_OF_GROWTH = re.compile(r"(?:增幅|增速|增长率|增长幅度|增长速度|涨幅|升幅)$")
_GROWTHS = re.compile(r"[高低]于[^，。；：、\d]{2,16}(?:增幅|增速|增长率|增长幅度|增长速度)$")
"""高于财政经常性收入增幅1.07个百分点: by how much, though 增幅 stands right before it."""
_IN_THE_YEAR = re.compile(r"^(?:当年|同年|同期|本年|(?:19|20)\d\d年)")
_THAT_IS = re.compile(r"(?:平均(?:值|水平|分)?)?(?:仅|约)?(?:为|是)$")
_ROW_ON = re.compile(r"和|及|与|以及|")
_BEYOND = re.compile(
    r"(?:(?P<over>高于|高出|超过|超出|多于|优于)|低于|少于)(?P<what>[^，。；：、\d]{2,16})$"
    r"|(?:比|较)(?P<than>[^，。；：、\d]{2,16}?)(?:(?P<more>高出|高|多|超)|低|少)$"
)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a figure exceeds or misses a standard by so much or so many per cent."""
    mentions = passage.mentions
    for place in range(1, len(mentions)):
        by, standard = mentions[place], mentions[place - 1]
        if _may_lead(mentions, place):
            yield from _told_behind(passage, place)
        if standard.sentence != by.sentence or by.clause_number - standard.clause_number > 1:
            continue
        found = _worded(passage, standard, by)
        if found is None:
            continue
        rises, strength = found
        if _TAKES_UP.match(by.clause):
            continue  # 前者超标准（7.5平方米）0.33平方米，后者比标准（10.2平方米）低0.24平方米
        measured = _named_before(mentions, place - 1) or _measured(passage, place - 1)
        if measured is not None and _of_another_stage(standard, measured):
            continue
        if measured is not None and starts_series(passage, place):
            for level, over in _in_rows(passage, measured, place):
                proposal = _propose(passage, level, standard, over, rises, strength)
                if proposal is not None:
                    yield proposal
        elif measured is not None:
            proposal = _propose(passage, measured, standard, by, rises, strength)
            if proposal is not None and not proposal.holds and _may_be_excess(measured, standard, by):
                proposal = _of_excess(passage, measured, standard, by, rises)
            if proposal is not None and not proposal.holds and (whole := _divided(mentions, measured)) is not None:
                of_whole = _propose(passage, whole, standard, by, rises, strength)
                proposal = of_whole if of_whole is not None and of_whole.holds else proposal
            if proposal is not None:
                yield proposal
            if by.amount and place + 1 < len(mentions) and _goes_on(by, mentions[place + 1]):
                # 比平均数13322元高出524元，高3.9%
                rate = _propose(passage, measured, standard, mentions[place + 1], rises, strength)
                if rate is not None:
                    yield rate


def _in_rows(passage: Passage, last: Mention, place: int) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pairs of 分别为1.42人和1.76人，高于1人的标准0.42人、0.76人; nothing when the rows are not as long."""
    by = passage.mentions[place]
    rows = [row.members for row in all_series(passage) if row.members[0] is by or row.members[-1] is last]
    if len(rows) == 2 and len(rows[0]) == len(rows[1]):
        yield from zip(*rows, strict=True)


def _goes_on(by: Mention, rate: Mention) -> bool:
    """Return whether a percentage says once more by how much a standard is exceeded."""
    next_clause = rate.clause_number - by.clause_number == 1 and rate.part == by.part
    return next_clause and rate.quantity.kind is Kind.PERCENT and _AS_RATE.match(rate.lead) is not None


def _worded(passage: Passage, standard: Mention, by: Mention) -> tuple[bool, int] | None:
    """Return whether 超出…标准x or 比…标准高x is said, upward or downward."""
    before, between = standard.lead, passage.words_between(standard, by)
    if _SO_MANY.search(before) and standard.amount and by.quantity.kind is Kind.PERCENT:
        return None
    if _THEN_BY.fullmatch(between) and (said := _COMPARED.search(before)) is not None:
        return said["over"] is not None, EXPLICIT
    if standard.depth > by.depth:
        opened = passage.text[max(standard.parenthesis - 21, 0) : standard.parenthesis - 1]
        if _CLOSES.fullmatch(between) and _BEYOND_PLAN.search(opened):
            return True, EXPLICIT
        if (said := _CLOSES_THEN.fullmatch(between)) is not None and _THAN.search(opened) is not None:
            return said["word"][0] in "高多超", EXPLICIT
        if said is not None and _THAN_OTHERS.search(opened) is not None and not standard.lead:
            return said["word"][0] in "高多超", EXPLICIT
        if _SHORT_OF.fullmatch(between) and _DISTANT.search(opened):
            return False, EXPLICIT
        against = (_AGAINST.search(opened) or _OF_OTHERS.search(opened)) if _CLOSES.fullmatch(between) else None
        return (against["over"] is not None, EXPLICIT) if against is not None else None
    if any(mark in between for mark in "，。；") or len(between) > 24:
        return None
    within = by.depth > 0 and passage.text.startswith(by.quantity.text, by.parenthesis)
    if within and by.parenthesis != standard.parenthesis:
        return None  # 高于全国平均水平（91.8%）和全省平均水平（94.1%）
    if between.lstrip().startswith(("、", "和", "及", "与")):
        # 较均分分别高0.8分、低0.3分: each is said of a level of its own.
        return None
    if by.depth > standard.depth and not _BY_SO_MUCH.search(by.lead):
        return None  # 低于平均分0.5分（全市89.1分）: the parenthesis tells the mean itself
    tail = between.rstrip("了约近达 ")
    if tail.endswith(_OVER) or tail.endswith(_UNDER):
        if not before.startswith(("比", "较", "与")) and "比" not in before and "较" not in before:
            return None
        return tail.endswith(_OVER), EXPLICIT
    if not _named(passage, standard, by):
        return None
    if _FAR_FROM.search(before) and tail.endswith(("差", "低", "有", "存在", "缺")):
        return False, EXPLICIT
    if any(word in before for word in _EXCEEDS):
        return True, EXPLICIT if any(word in between for word in _STANDARD) else STRUCTURAL
    if any(word in before for word in _UNDER[:2]):
        return False, EXPLICIT if any(word in between for word in _STANDARD) else STRUCTURAL
    return None


def _named(passage: Passage, standard: Mention, by: Mention) -> bool:
    """Return whether the figure compared with is called a standard, target or average."""
    words = (standard.lead or standard.noun) + passage.words_between(standard, by)
    return any(word in words for word in _STANDARD)


def _named_before(mentions: tuple[Mention, ...], standard_place: int) -> Mention | None:
    """Return the level the comparison names: 小学6.41平方米、初中8.73平方米，小学比7.5平方米的标准低1.09平方米."""
    standard = mentions[standard_place]
    said = _WHO.search(standard.lead)
    name = core_noun(own_subject(said["who"])) if said is not None else ""
    if len(name) < 2:
        return None
    for one in mentions[max(standard_place - NAMED_REACH, 0) : standard_place][::-1]:
        if one.sentence != standard.sentence:
            return None
        plain = one.level and one.role is not Role.PREVIOUS and _alike(one, standard)
        if plain and (name in core_noun(one.lead) or name in core_noun(one.noun)) and not _BY_SO_MUCH.search(one.lead):
            return one
    return None


def _of_another_stage(standard: Mention, measured: Mention) -> bool:
    """Return whether a comparison names a stage that the figure before it is not of: 初中1.12人，小学低于1人的标准."""
    said = _WHO.search(standard.lead)
    named = stage_in(said["who"]) if said is not None else None
    own = stage_of(measured)
    return named is not None and own is not None and named != own


def _measured(passage: Passage, standard_place: int) -> Mention | None:
    """Return the nearest level before a standard; a growth when the standard is one: 增长3.26%，高于…增幅（2.81%）."""
    mentions, standard = passage.mentions, passage.mentions[standard_place]
    opened = passage.text[max(standard.parenthesis - 9, 0) : max(standard.parenthesis - 1, 0)]
    grows = _RATE_OF_GROWTH.search(opened or standard.lead) is not None
    grows = grows or growth_behind(passage.text, standard.quantity.span.end)
    for other in range(standard_place - 1, max(standard_place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != standard.sentence:
            return None
        if grows and one.role is Role.CHANGE and one.quantity.kind is standard.quantity.kind:
            return one
        level = one.level and one.role is not Role.PREVIOUS and not _BY_SO_MUCH.search(one.lead)
        if _OTHER_BASE.match(one.lead) and one.depth <= standard.depth:
            # 比第1名的区16230元少2384元，比平均数13322元高524元: what else it is compared with is not measured.
            continue
        if level and not grows and _alike(one, standard):
            if _TAKEN_OFF.search(one.lead):
                continue  # 自评得分94.3分，扣5.7分，比上年自评92.9分提高1.4分
            head = head_of_closed_list(mentions, other) if standard.role is Role.PREVIOUS else None
            return None if _of_another_measure(passage, one, standard) else head or one
    return None


def _divided(mentions: tuple[Mention, ...], last: Mention) -> Mention | None:
    """Return the rate that a list behind 其中 tells by its parts: 满意度96.3%，其中城区95.1%、乡镇97.2%，高于标准.

    Of amounts it is the one that the parts make: 债务36.8亿元，其中一般15.1亿元、专项21.7亿元，低于限额1.4亿元.
    """
    place = bisect_left(mentions, last.index, key=lambda one: one.index)
    if last.amount:
        return head_of_closed_list(mentions, place)
    for other in range(place, max(place - REACH, 0), -1):
        one, before = mentions[other], mentions[other - 1]
        if one.quantity.kind is not last.quantity.kind or one.part != last.part or not one.level:
            return None
        if one.lead.startswith("其中"):
            return before if before.level and before.part == last.part and _alike(before, last) else None
    return None


def _of_another_measure(passage: Passage, measured: Mention, standard: Mention) -> bool:
    """Return whether another subject is named between: 自给率20.0%，教育支出占比虽比上年提高，但仍比…低."""
    between = passage.text[measured.quantity.span.end : standard.quantity.span.start][-BETWEEN:]
    for said in _NAMED_ANEW.finditer(between):
        name = own_subject(said["who"])
        if len(core_noun(name)) > 1 and likeness(name, measured.noun) < ALIKE:
            return True
    return False


def _alike(one: Mention, standard: Mention) -> bool:
    """Return whether two figures can be compared, per head or not."""
    units = {one.quantity.unit.partition("/")[0], standard.quantity.unit.partition("/")[0]}
    return same_unit(one, standard) or len(units) == 1


def _may_lead(mentions: tuple[Mention, ...], place: int) -> bool:
    """Return whether a parenthesis or a row begins behind a figure; behind most figures none does."""
    by, following = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    beyond = (
        by.role is Role.EXCESS or by.amount or (by.quantity.kind is Kind.PERCENTAGE_POINT and _GROWTHS.search(by.lead))
    )
    if following is None or not beyond:
        return False
    if _in_clause_behind(by, following):
        return True
    return following.depth > by.depth or _ROW_ON.fullmatch(following.lead) is not None


_DEALT = re.compile("分别|依次")


def _told_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 高于全州平均水平0.8个百分点（全州98.4%）; 分别超过标准0.3米和0.4米（标准为4.5米和5.8米）."""
    mentions, head = passage.mentions, passage.mentions[place]
    said = _BEYOND.search(re.sub("(?:分别|各)+$", "", head.lead))
    if said is None:
        return
    length = 1
    while (
        place + length < len(mentions)
        and starts_series(passage, place + length)
        and _ROW_ON.fullmatch(mentions[place + length].lead)
    ):
        length += 1
    behind = mentions[place + length : place + 2 * length]
    if len(behind) < length or (length == 1 and _DEALT.search(head.lead) is not None):
        return  # 分别高出300元（省定750元）和320元（省定980元) is read as a row
    apart = length == 1 and _in_clause_behind(head, behind[0])
    if not apart and not _in_parenthesis_behind(passage, mentions[place + length - 1], behind):
        return
    named = _THAT_IS.sub("", _IN_THE_YEAR.sub("", behind[0].lead))
    against = said["what"] or said["than"]
    both = any(word in named for word in _STANDARD) and any(word in against for word in _STANDARD)
    bare = not named and any(word in against for word in _STANDARD)  # 高于中期目标0.6个百分点（93%）
    if not (both or bare) and (len(named) < 2 or named[:2] not in against):
        return
    grows = behind[0].quantity.kind is Kind.PERCENT and _RATE_OF_GROWTH.search(against) is not None
    before = [
        one
        for one in mentions[max(place - NAMED_REACH, 0) : place]
        if one.sentence == head.sentence
        and one.depth == head.depth
        and (one.role is Role.CHANGE if grows else one.level and one.role is not Role.PREVIOUS)
        and _alike(one, behind[0])
        and (grows or not _BY_SO_MUCH.search(one.lead))
    ]
    if length == 1 and (who := _WHO.search(head.lead)) is not None:
        # 占比依次为71.6%、92.4%，小学低于全省平均水平3.2个百分点（全省74.8%）
        name = core_noun(own_subject(who["who"]))
        bearing = [one for one in before if len(name) > 1 and name in core_noun(one.noun + one.lead)]
        before = bearing or [one for one in before if not _of_another_stage(head, one)]
    if len(before) < length:
        return
    rises = bool(said["over"] or said["more"])
    for measured, standard, by in zip(before[-length:], behind, mentions[place : place + length], strict=True):
        proposal = _propose(passage, measured, standard, by, rises, EXPLICIT)
        if proposal is not None and not proposal.holds and length == 1:
            # 人均8.92万元，其中基本工资4.61万元、绩效4.31万元，比县城高0.45万元（8.47万元）: the whole is compared
            whole = _divided(mentions, measured)
            of_whole = _propose(passage, whole, standard, by, rises, EXPLICIT) if whole is not None else None
            proposal = of_whole or proposal
        if proposal is not None:
            yield proposal


def _in_clause_behind(by: Mention, other: Mention) -> bool:
    """Return whether the next clause tells what a figure is compared with: 高于全市平均值1.9个百分点，全市为54.3%."""
    beside = other.part == by.part and other.clause_number - by.clause_number == 1 and other.depth == by.depth
    return beside and other.level and _THAT_IS.search(other.lead) is not None


def _in_parenthesis_behind(passage: Passage, last: Mention, behind: Sequence[Mention]) -> bool:
    """Return whether a parenthesis that opens right behind a figure begins with others and holds no more than them."""
    first = behind[0]
    if first.parenthesis != last.quantity.span.end + 1 or any(one.parenthesis != first.parenthesis for one in behind):
        return False
    following = passage.text[behind[-1].quantity.span.end : behind[-1].quantity.span.end + 1]
    return following in ("）", ")")


def _propose(
    passage: Passage, measured: Mention, standard: Mention, by: Mention, rises: bool, strength: int
) -> Proposal | None:
    if _named(passage, standard, by):
        standard = as_said(standard)
    if standard.each and not measured.each and "每" in standard.lead and is_amount(by):
        return None  # 教师7名，与每校至少2名的要求还差3名
    operands = {"a": measured, "std": standard}
    a, b = text_of(measured), text_of(standard)
    effect = "影响是否达标的结论"
    kind = by.quantity.kind
    if kind is Kind.PERCENT and measured.quantity.kind is not Kind.PERCENT:
        spoken = f"（{a}÷{b}－1）×100%" if rises else f"（1－{a}÷{b}）×100%"
        wording = Wording("above_standard", ClaimType.EXCEEDS_STANDARD, "rate = a / std - 1", spoken, effect)
        return propose(passage, wording, ("rate", by), operands, _rate(rises, Decimal(1)), strength)
    if kind is Kind.RATIO and by.quantity.unit == "倍":
        wording = Wording("above_standard", ClaimType.EXCEEDS_STANDARD, "rate = a / std - 1", f"{a}÷{b}－1", effect)
        return propose(passage, wording, ("rate", by), operands, _rate(rises, Decimal("0.01")), strength)
    points = kind in (Kind.PERCENTAGE_POINT, Kind.PERCENT) and measured.quantity.kind is Kind.PERCENT
    if points or (is_amount(by) and by.quantity.unit == standard.quantity.unit.partition("/")[0]):
        spoken = f"{a}－{b}" if rises else f"{b}－{a}"
        named = _named(passage, standard, by)
        kind_of_claim = ClaimType.EXCEEDS_STANDARD if named else ClaimType.DIFFERENCE
        wording = Wording("above_standard", kind_of_claim, "diff = a - std", spoken, effect if named else "")
        return propose(passage, wording, ("diff", by), operands, _difference(rises), strength, derived=False)
    return None


def _may_be_excess(measured: Mention, excess: Mention, by: Mention) -> bool:
    """Return whether 高于全省平均2725元，高出16.8% may say by how much, not what the average is."""
    apart = excess.clause_number < by.clause_number and excess.role is Role.LEVEL and is_amount(excess)
    return apart and by.quantity.kind is Kind.PERCENT and excess.quantity.value < measured.quantity.value


def _of_excess(passage: Passage, measured: Mention, excess: Mention, by: Mention, rises: bool) -> Proposal | None:
    """Return 18933元，高于平均2725元，高出16.8%: of what is left when the excess is taken away; only when it fits."""
    a, b = text_of(measured), text_of(excess)
    spoken = f"{b}÷（{a}{'－' if rises else '＋'}{b}）×100%"
    wording = Wording("above_standard", ClaimType.LEVEL_DELTA_GROWTH, "rate = delta / (a - delta)", spoken)
    return propose(
        passage,
        wording,
        ("rate", by),
        {"a": measured, "delta": excess},
        lambda values: (growth_of_increase if rises else fall_of_decrease)(values[0], values[1]),
        WEAK,
    )


def _rate(rises: bool, factor: Decimal) -> Formula:
    def formula(values: Sequence[Interval]) -> Interval:
        result = growth(values[0], values[1])
        return scale(result if rises else subtract(point(Decimal(0)), result), factor)

    return formula


def _difference(rises: bool) -> Formula:
    def formula(values: Sequence[Interval]) -> Interval:
        return subtract(values[0], values[1]) if rises else subtract(values[1], values[0])

    return formula
