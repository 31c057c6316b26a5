"""Parts that divide a whole without a rest: by their names, the years of a plan, who pays, done and open."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from dudao.claims.dividing_names import names_divide
from dudao.claims.mentions import Mention
from dudao.claims.slips import one_slip_away
from dudao.claims.stage_names import stages_of
from dudao.quantities.model import Kind

_NAME_MARK = re.compile(r"[、和及与]")
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
_MEASURED = re.compile("招生|毕业|教师|教职工|寄宿|学位|面积|图书")
YEAR = re.compile(r"(?:19|20)\d\d年")
_HALF = re.compile(r"[春秋]季|[上下]半年")
_YEARS = re.compile(r"(?P<count>[两二三四五六])年")
_YEARS_DEALT = re.compile(r"(?P<count>[两三四五])年(?:分别|依次)")
_YEARS_SINCE = re.compile(r"(?P<count>[两二三四五六])年(?:来|间)，")
_YEAR_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s?[-—–~～至到]+\s?(?P<last>(?:19|20)\d\d)")
_MIDDLE = (frozenset({2, 3}), frozenset({2, 3, 4, 5, 6, 11}))
"""中小学 is divided by stages that hold the first set and lie within the second."""
FUNDERS = re.compile("中央|省|市|县|区|本级|上级|自筹|社会|地方|债券|彩票|配套|镇|乡")
_BY_WAYS = re.compile(r"^(?:通过|采取|以|经).*(?:方式|渠道|途径|形式)$")
_OUTCOMES = re.compile(
    "注销|转型|转为|(?<!结)转|关停|停办|取缔|压减|保留|整改|撤并|撤销|终止|改办|营转非|完工|竣工|在建|开工|建成|未建|续建|督办|办结|销号|立行立改|限期|查处|立案|"
    "纠正|移交|约谈|退回|核销|更换|报废|停用|劝返|复学|休学|送教"
)

STATES = 3
"""So many states of a work (done, nearly done, under way) divide it however small the numbers are."""
_OWNS = re.compile(r"(?:其中)?[^，。；、\d]{2,12}?(?:有|为)?")
_LEVELS_COUNTED = re.compile(r"(?P<count>[两三四])级")
_LEVEL = re.compile(r"(?:国家|中央|[省市州县区旗镇])(?:级|本级|财政|里)?")
_FROM_LEVEL = re.compile(r"(?P<level>省|自治区|市|州|盟|县|区|旗)级(?:及)?以上")
_OF_LEVEL = re.compile(r"(?P<level>国家|省|自治区|市|州|盟|县|区|旗)级")
LEVELS = 3
"""So many levels in a row leave none out, though no word says from which level up."""
_SEVERAL_HONOURS = 10
"""Fewer than so many too much may be those that were counted at two levels."""
_RANKS = ("国家", "省", "市", "县")
_RANK_OF = {"自治区": "省", "州": "市", "盟": "市", "区": "县", "旗": "县"}
_PLACE_NAMED = re.compile(r"[^，。；、\d]{1,6}(?:[县区市旗乡镇]|街道)(?:共?有)?")
"""共37个班，松阳县16个，河东区12个，云岭县9个: shared out among places by name."""
_DONE = re.compile("整改|完成|办结|解决|销号|落实|立[行查知整]立改|完工|竣工")
_LEFT_OVER = re.compile("^未.{1,6}$|序时进度|限期|尚未|未完成|未整改|未办结|未解决|未销号|未启动|余下|剩余|其余|长期")
_STILL_OPEN = re.compile(f"{_LEFT_OVER.pattern}|正在|推进|在建|未开工|在办")
"""What is left of a whole: the second of two parts must say that nothing else is, the last of three need not."""


def named_by_place(parts: Sequence[Mention]) -> bool:
    """Return whether every part bears the name of another place: 松阳县16个，河东区12个."""
    return all(_PLACE_NAMED.fullmatch(one.lead) for one in parts) and len({one.lead for one in parts}) == len(parts)


_OF_PLACES = ("涉及", "分布在", "来自")
"""未完工项目涉及5个乡镇 counts something else."""


def outcomes_divide(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the parts say what became of the whole: 64家，已注销58家，转为非学科类4家，转为非营利性2家."""
    if parts[-1].lead.endswith(_OF_PLACES):
        return False
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
    # 17项问题中已完成整改14项，基本完成2项，正在推进1项: three states leave none over, nor can they be more than all.
    first, *others = (one.quantity for one in parts)
    # 10件实事，教育类3件已完成2件，剩余1件: the first is a whole of its own.
    heads = first.value == sum((one.value for one in others), Decimal(0))
    states = len(parts) >= STATES and not heads and one_slip_away(total.quantity, [first, *others])
    return abs(gap) * (1 if gap < 0 and states else 2 if states else 5) <= total.quantity.value


def divides(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the names of the parts divide the whole: 公办 and 民办, 本科 and 专科."""
    if not parts or names_divide("", tuple(one.noun or one.lead for one in (total, *parts))):
        return False  # 公办园8247人，普惠性民办园4083人，非普惠性民办园656人: the first is one of them
    stages = frozenset(stages_of(parts) or ())
    if _MIDDLE[0] <= stages <= _MIDDLE[1] and len(stages) > 2 and "中小学" in total.noun:
        return True
    if _named_ahead(total, parts) or _of_levels_counted(total, parts) or _from_above(total, parts):
        return True
    if stages in _WHOLE_STAGES and re.search(_WHOLE_STAGES[stages], total.lead) and _alike_measured(total, parts):
        return True
    if all(YEAR.search(one.lead) for one in parts) and _years_spanned(total) == len(parts):
        return True
    if _spans_follow(parts) or _dealt_to_years(total, parts):
        return True
    if _funders_dealt(parts):
        return True
    if _levels_from(total, parts):
        return True
    if _is_and_is_not(parts) or halves_of_year(total, parts):
        return True
    return names_divide(total.noun, tuple(one.noun or one.lead for one in parts))


def halves_of_year(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether what adds up over a year is told for both halves: 资助386万元，其中春季212万元，秋季174万元.

    Persons who are there in both halves are counted in each, unless 人次 are counted.
    """
    adds = total.quantity.kind is Kind.MONEY or total.quantity.unit.endswith("次")
    if not adds or len(parts) != 2 or _HALF.search(total.lead):
        return False
    told = [_HALF.findall(one.topic)[-1:] for one in parts]
    return [*map("".join, told)] in (["春季", "秋季"], ["上半年", "下半年"])


def _is_and_is_not(parts: Sequence[Mention]) -> bool:
    """Return whether one of two parts is all that the other is not: 专用校车68辆、非专用校车18辆."""
    if len(parts) != len("是非"):
        return False
    one, other = sorted((part.noun for part in parts), key=len)
    return len(one) > 1 and other == f"非{one}"


def classed(parts: Sequence[Mention]) -> bool:
    """Return whether three or more parts are classes of their own: 消防类23处、食品类16处、设施类18处."""
    nouns = {one.noun for one in parts}
    return len(parts) == len(nouns) >= 3 and all(noun.endswith(("类", "方面")) for noun in nouns)


def _named_ahead(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether the owners of the parts open the total: 区一中、区二中共27个，其中区一中16个，区二中11个."""
    nouns = [one.noun for one in parts]
    if nouns[0] not in total.clause or len({*nouns}) < len(nouns) or not all(nouns):
        return False
    if not all(_OWNS.fullmatch(one.lead) for one in parts):
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


def _levels_from(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether honours from a level up are told for every level: 市级以上示范校52所，其中省级17所、市级35所.

    Three levels in a row say as much: 骨干教师618人，省级41人，市级186人，区级391人. A few that bear several
    honours may be told at each level, and a few above all levels at none; so the sum must be true but for one slip.
    """
    least = _FROM_LEVEL.search(total.clause)
    if len(parts) < (LEVELS if least is None else 2):
        return False
    levels = [found["level"] for one in parts if (found := _OF_LEVEL.match(one.noun)) is not None]
    ranks = [_RANKS.index(_RANK_OF.get(level, level)) for level in levels]
    if not ranks:
        return False
    lowest = max(ranks) if least is None else _RANKS.index(_RANK_OF.get(least["level"], least["level"]))
    every = len(ranks) == len(parts) and ranks == [*range(lowest - len(parts) + 1, lowest + 1)]
    if not every and ranks != [*range(lowest, lowest - len(parts), -1)]:
        return False
    figures = [one.quantity for one in parts]
    gap = total.quantity.value - sum((one.value for one in figures), Decimal(0))
    few = -_SEVERAL_HONOURS < gap < 0 and not total.quantity.unit.endswith(("次", "项"))
    few = few or (least is None and 0 < gap < _SEVERAL_HONOURS and 0 not in ranks)
    return gap == 0 or (not few and one_slip_away(total.quantity, figures))


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
    return all(FUNDERS.match(one) for one in names) or _BY_WAYS.search(said) is not None


def _spans_follow(parts: Sequence[Mention]) -> bool:
    """Return whether spans of years follow one another: 2021年至2022年完成17.5亿元，2023年至2025年完成23.8亿元."""
    if _YEAR_SPAN.search(parts[0].clause) is None:
        return False
    spans = [_YEAR_SPAN.search(one.clause) for one in parts]
    told = [(int(one["first"]), int(one["last"])) for one in spans if one is not None]
    return len(told) == len(parts) >= 2 and all(right[0] - left[1] == 1 for left, right in pairwise(told))


def _dealt_to_years(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether years in a row are dealt out: 三年投入3.42亿元，2021年、2022年、2023年分别投入0.96亿元、…."""
    if "分别" not in parts[0].clause and "依次" not in parts[0].clause:
        return False
    counted = _YEARS_DEALT.search(parts[0].clause)
    told = counted is not None and f"{counted['count']}年" in total.topic + total.clause
    if counted is not None and told and len(parts) == "两三四五".index(counted["count"]) + 2:
        return True  # 近三年增加学位28470个，三年依次新增8160个、9540个和10770个
    said, dealt, _ = parts[0].clause.partition("分别")
    years = [int(one[:4]) for one in YEAR.findall(said)]
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
