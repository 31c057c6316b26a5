"""A figure that reaches a standard, a target or an average: 91.3%、90.42%，均高于全国88.1%、87.8%; 首次超过3万亿元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from dudao.claims.growths_compared import growths_compared
from dudao.claims.likeness import core_noun, is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Interval, Kind

REACH = 12
"""How many figures back the measured ones may stand."""

_ADVERBS = (
    r"(?:均|都|已经|已|全部|首次|也|并|且|远远|远|明显|分别|依次|提前|率先|大幅|一举|成功|历史性|各项|再次|"
    r"总体|整体|仍)*+"
)
_COMPARES = re.compile(
    rf"(?:^|[，“](?:(?:到|至)20\d\d年(?:底|末)?)?)(?P<adverbs>{_ADVERBS})"
    r"(?P<word>超额完成|控制在|达到了|达到|高于|超过了|超过|突破了|突破|超出了|不低于|不少于|优于|大于|低于|少于|小于|不高于|不超过|未达到|达)"
    r"(?P<what>[^，。；]{0,40})$"
)
_UPWARD = ("超额完成", "达到", "达", "高于", "超过", "突破", "超出", "不低于", "不少于", "优于", "大于")
_STRICT = ("超额完成", "高于", "超过", "突破", "超出", "优于", "大于", "低于", "少于", "小于", "未达到")
_STANDARD = re.compile(r"控制线|红线|上限|下限|标准|目标|要求|基准|定额|底线|规定|指标|任务|限额")
_AVERAGE = re.compile(r"平均|水平|全国|全省|全市")
_BOUNDS = ("不低于", "不少于", "不高于", "不超过", "控制在", "超额完成")
"""Words of a floor or a ceiling: what is said to keep within it is a threshold kept."""
SIZES = 3
"""How many times a figure is at most what it is compared with when no word calls that a standard."""
_PLAINLY = ("高于", "低于", "大于", "小于", "不低于", "不少于", "不高于", "不超过", "控制在")
_OF_SOMEBODY = re.compile(r"[^，。；、\d]{2,10}的")
"""教师年人均工资10.86万元，高于公务员的10.64万元."""
_EACH_BELOW = re.compile(r"差异系数[^。]{0,50}均(?:低于|小于|不高于|不超过)$")
_FIRST = re.compile(r"首次|突破|大关")
_STAGES = re.compile(r"小学|初中|中学|高中|中职|幼儿园|学前|特殊教育|特教|寄宿|高职|高校")
_STANDARD_IS = re.compile(r"(?:标准|定额|基准|要求|目标)(?:均|分别)?(?:为|是|不低于)?$")
_REALLY = re.compile(r"实际|实拨|拨付|落实|实有|达到|现为")
_SAYS_MET = re.compile(r"[，、](?:均|已|全部|已经)*(?:达标|达到标准|达到要求|符合标准|符合要求|足额)")
_MET = re.compile(r"达标|达到|高于|超过|不低于|落实")

_OF_THOSE = re.compile(r"的(?:[^，。；、\d]{0,2}(?:[县区市州旗盟]|学校|乡镇|幼儿园))?(?:有|共|为|是|仅|达)*$")
"""低于平均水平的5个: the figure counts those that are lower."""
_BETTER = "优于"
_FROM = re.compile("[距离与]")
_LACKS = re.compile(r"[”’]?的?[^，。；、\d]{0,8}?(?:还|仍|尚|有|相)*(?:差|差距|距离|低)")
_BOUND_WITHIN = re.compile(
    r"(?:^|、)(?:小学|初中|中学|高中|幼儿园)?(?P<word>小于|低于|少于|不高于|不超过|大于|高于|超过|不低于|不少于)(?:[^、]*)$"
)
_BUT = re.compile("[但却]|不过|然而")
_BY_HOW_MUCH = re.compile(r"(?:标准|平均|水平|要求|目标|均值|底线|限额|上限|定额|控制数)(?:约|近)?$")
"""低于国家标准0.08: the figure right behind the standard's name may be the distance from it."""
_ONE_TO = re.compile(r"1\s*[:：∶]")
"""A ratio 1:n is called higher when n is smaller, and also when it is larger."""
_TO_ONE = re.compile(r"[:：∶]\s*1$")
"""A ratio 14.5:1 is compared by what stands first, whatever side is the better one."""


NAMED = 12
"""How many characters before a parenthesis say what it tells the value of."""
_IN_PARENTHESIS = re.compile(
    rf"^[^，。；、\d（）()]{{0,2}}[，；）)]*{_ADVERBS}(?:略|稍|基本)?"
    r"(?P<word>超额完成|未完成|完成|实现|达到了?|高于|超过了?|超出|不低于|优于|大于|低于|少于|小于|不高于|不超过|未达到)"
    r"(?P<what>[^，。；、\d（）()]{2,18})$"
)
"""9.47万元，高于当地公务员平均工资收入水平（9.38万元）; （9.87万元）略高于公务员（9.83万元）."""
_AIMS = ("完成", "未完成", "实现", "超额完成")
_AS = {"完成": "达到", "实现": "达到", "未完成": "未达到"}
_NO_NAME = re.compile(r"比(?![例重率值])|较|标准|目标|要求|平均|水平|上年|去年|全[国省市]|规定|年[^均级]")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that figures reach, exceed or miss what they are compared with."""
    mentions = passage.mentions
    place = 0
    while place < len(mentions):
        length = _row(passage, place)
        match = _compares(passage, place)
        if match is not None:
            yield from _compared(passage, place, length, match)
        yield from growths_compared(passage, place)
        place += length
    yield from _by_stage(passage)
    yield from _paid(passage)
    yield from _told_in_parentheses(passage)


def _row(passage: Passage, place: int) -> int:
    """Return how many figures stand in a row from here on."""
    mentions = passage.mentions
    end = place + 1
    while end < len(mentions) and mentions[end].quantity.unit == mentions[place].quantity.unit:
        between = passage.text[mentions[end - 1].quantity.span.end : mentions[end].quantity.span.start].strip()
        if between not in ("、", "和", "，", "及"):
            break
        end += 1
    return end - place


def _compares(passage: Passage, place: int) -> re.Match[str] | None:
    """Return the comparison that leads to a figure, when its own clause names nothing else that is compared."""
    mention = passage.mentions[place]
    if mention.role is Role.CHANGE or mention.quantity.upper is not None or _ONE_TO.match(mention.quantity.text):
        return None
    match = _COMPARES.search(mention.clause)
    if match is not None and _BUT.search(match["what"]):
        # 未达到标准但不低于85%即0.765人: what is said last of the figure is another comparison
        return None
    end = mention.quantity.span.end
    if match is not None and _FROM.search(mention.clause[: match.start()]) and _LACKS.match(passage.text, end):
        return None  # 占43.34%，与省定“不低于50%”的要求还差6.66个百分点
    if match is not None and place and _in_parenthesis(passage, passage.mentions[place - 1], mention):
        return None
    counted = match is not None and mention.quantity.kind is Kind.COUNT and _OF_THOSE.search(match["what"])
    return None if counted else match


def _in_parenthesis(passage: Passage, before: Mention, mention: Mention) -> bool:
    """Return whether a parenthesis right before a figure names the standard, so that the figure says by how much."""
    if before.depth <= mention.depth or not same_unit(before, mention):
        return False
    return passage.text[before.quantity.span.end : mention.quantity.span.start].strip() in ("）", ")")


def _compared(passage: Passage, place: int, length: int, match: re.Match[str]) -> Iterator[Proposal]:
    mentions = passage.mentions
    row = mentions[place : place + length]
    end = row[-1].quantity.span.end
    # 空编率最高，达到11.6%，比全市平均水平高: what 达到 is said of stands in its own clause.
    stop = "，" if match["word"].startswith("达") else "。"
    around = match["what"] + row[-1].tail + passage.text[end : end + 14].partition(stop)[0]
    standard, average = bool(_STANDARD.search(around)), bool(_AVERAGE.search(around))
    first = bool(_FIRST.search(match["adverbs"] + match["word"] + around))
    measured = _measured(passage, place, length)
    if length == 1 and (stage := _last_stage(match["what"])) and not any(stage in one.noun for one in measured):
        # 系数分别为0.412和0.387，达到小学不高于0.50、初中不高于0.45的要求: each is held against that of its stage.
        nearest = mentions[max(place - REACH, 0) : place][::-1]
        alike = (one for one in nearest if one.sentence == mentions[place].sentence and is_level(one))
        measured = [one for one in alike if stage in one.noun and same_unit(one, mentions[place]) and one.noun][:1]
    if not (standard or average or first or _bare(match, measured, row)) and not _EACH_BELOW.search(
        passage.text, max(row[0].quantity.span.start - 60, 0), row[0].quantity.span.start
    ):
        return
    word = match["word"].removesuffix("了")
    if word in ("达到", "达") and (bound := _BOUND_WITHIN.search(match["what"])) is not None:
        word = bound["word"]  # 差异系数0.427，达到小于0.50的标准
    elif word in ("达到", "达") and row[-1].tail.startswith(("以内", "以下", "之内")):
        word = "不超过"
    if word in _STRICT and _BY_HOW_MUCH.search(match["what"]) and _may_be_distances(measured, row):
        return
    if len(measured) == length:
        kind = _kind(word, standard=standard, average=average)
        told = length > 1 or measured[0].clause_number >= row[0].clause_number - 3
        if measured[0].part != row[0].part and length == 1 and "均" not in match["adverbs"]:
            told = False  # 农村仅占31.5%；近视率虽比上年下降，仍高于53%的目标
        strength = EXPLICIT if told else WEAK
        for one, other in zip(measured, row, strict=True):
            yield from _claim(passage, one, other, word, kind, strength)
        if length == 1 and "均" in match["adverbs"]:
            for one in _alike_before(passage, place, measured[0]):
                yield from _claim(passage, one, row[0], word, kind, STRUCTURAL)
    elif row[0].quantity.kind is Kind.PERCENT and length == 1 and standard and word in ("达到", "达"):
        yield from _part_of_whole(passage, place)


def _told_in_parentheses(passage: Passage) -> Iterator[Proposal]:
    """Yield what is compared with a name whose value a parenthesis tells: 占比51.6%，…，完成规划目标（50%）."""
    mentions = passage.mentions
    for place, bound in enumerate(mentions):
        opened = bound.parenthesis
        if opened < 0 or bound.lead or not place or _ONE_TO.match(bound.quantity.text):
            continue
        closed = bound.quantity.span.end
        if not passage.text.startswith(("）", ")"), closed) or passage.text[closed + 1 : closed + 2].isdecimal():
            continue  # 低于标准（29平方米）1.4平方米 says by how much
        beside = mentions[place - 1]
        match = _IN_PARENTHESIS.match(passage.text[beside.quantity.span.end : opened - 1].strip())
        if match is None or (match["word"] in _AIMS and _STANDARD.search(match["what"]) is None):
            continue
        near = (one for one in mentions[max(place - 4, 0) : place][::-1] if one.sentence == bound.sentence)
        levels = (one for one in near if one.role not in (Role.CHANGE, Role.PREVIOUS, Role.FROM, Role.EXCESS))
        one = next((one for one in levels if one.quantity.kind is bound.quantity.kind and same_unit(one, bound)), None)
        if one is not None:
            word = match["word"].removesuffix("了")
            kind = _kind(word, standard=bool(_STANDARD.search(match["what"])), average="平均" in match["what"])
            sure = one is beside and bound.clause_number - one.clause_number <= 1 and _of_one_size(one, bound)
            yield from _claim(passage, one, bound, _AS.get(word, word), kind, EXPLICIT if sure else WEAK)


def _bare(match: re.Match[str], measured: Sequence[Mention], row: Sequence[Mention]) -> bool:
    """Return whether a figure is compared with nothing but another one, clause behind clause: 23.7%，高于20%."""
    if len(row) != 1 or not measured or match["word"].removesuffix("了") not in _PLAINLY:
        return False
    if match["what"] and _OF_SOMEBODY.fullmatch(match["what"]) is None:
        return False
    one, other = measured[-1], row[0]
    beside = other.clause_number - one.clause_number == 1 and one.quantity.unit == other.quantity.unit
    return beside and other.tail in ("", "以内", "之内") and one.depth == other.depth and _of_one_size(one, other)


def _of_one_size(one: Mention, other: Mention) -> bool:
    return one.quantity.value < other.quantity.value * SIZES and other.quantity.value < one.quantity.value * SIZES


def _may_be_distances(measured: Sequence[Mention], row: Sequence[Mention]) -> bool:
    """Return whether the figures compared with are so small that they may say by how much, not what."""
    return any(other.quantity.value * 2 < one.quantity.value for one, other in zip(measured, row, strict=False))


def _kind(word: str, *, standard: bool, average: bool) -> ClaimType:
    """Return the type of a comparison: a floor or ceiling kept, a standard reached, or but another figure."""
    if standard and word in _BOUNDS:
        return ClaimType.THRESHOLD
    return ClaimType.EXCEEDS_STANDARD if standard or not average else ClaimType.OTHER


def _alike_before(passage: Passage, place: int, head: Mention) -> list[Mention]:
    """Return the further figures of the same name that 均 speaks of: 差异系数0.38 …差异系数0.41，均低于0.5."""
    mentions = passage.mentions
    found: list[Mention] = []
    name = core_noun(head.noun)
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != head.sentence or len(name) < 2:
            break
        same = one is not head and one.quantity.kind is head.quantity.kind and same_unit(one, head)
        if same and is_level(one) and core_noun(one.noun) == name and not _COMPARES.search(one.clause):
            found.append(one)
    return found


def _stands_for_name(passage: Passage, other: int, head: Mention) -> bool:
    """Return whether a parenthesis tells the value of the name before it: 学生近视率（55.2%）…，仍高于53%的目标."""
    one, before = passage.mentions[other], passage.mentions[other - 1] if other else None
    opened = one.parenthesis
    alone = passage.text[opened : one.quantity.span.start].strip() == ""
    if not (alone and one.part == head.part and one.quantity.kind is head.quantity.kind is Kind.PERCENT):
        return False
    if before is not None and before.quantity.span.end == opened - 1:
        return False
    name = passage.text[max(opened - NAMED, 0) : opened - 1]
    return name.endswith(("率", "占比", "比例", "比重")) and _NO_NAME.search(name) is None


def _measured(passage: Passage, place: int, length: int) -> list[Mention]:
    """Return the figures that are compared: the nearest ones before that are of the same unit and no standards."""
    mentions, head = passage.mentions, passage.mentions[place]
    found: list[Mention] = []
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != head.sentence:
            break
        if length == 1 and one.depth == head.depth + 1 and _stands_for_name(passage, other, head):
            return [one]
        if one.depth > head.depth or one.role in (Role.CHANGE, Role.PREVIOUS, Role.FROM, Role.EXCESS):
            continue
        if one.quantity.kind is not head.quantity.kind or not same_unit(one, head):
            if length == 1 and is_amount(one) == is_amount(head):
                break
            continue
        if _COMPARES.search(one.clause) or (found and _belongs_to_row(mentions, other, length)):
            continue
        found.insert(0, one)
        if len(found) == length:
            break
    return found


def _belongs_to_row(mentions: tuple[Mention, ...], place: int, length: int) -> bool:
    return (
        length > 1 and mentions[place].lead == "" and place > 0 and bool(_COMPARES.search(mentions[place - 1].clause))
    )


def _claim(
    passage: Passage, one: Mention, other: Mention, word: str, kind: ClaimType, strength: int
) -> Iterator[Proposal]:
    if _TO_ONE.search(one.quantity.text) and _TO_ONE.search(other.quantity.text):
        one, other, strength = _by_first(one), _by_first(other), WEAK
    upward, strict = word in _UPWARD, word in _STRICT
    if word == _BETTER and one.quantity.value < other.quantity.value:
        upward = False  # 差异系数0.31，优于0.40: of some measures less is better
    sign = {(True, True): ">", (True, False): ">=", (False, True): "<", (False, False): "<="}[upward, strict]
    verdict = _order(one, other.quantity.value, upward=upward, strict=strict)
    if verdict is Verdict.INCONSISTENT and strength == WEAK:
        return
    effect = "影响是否达标的结论" if kind is not ClaimType.OTHER else "改变比较的结论"
    spoken = f"{text_of(one)}{word}{text_of(other)}"
    wording = Wording("meets_standard", kind, f"a {sign} b", spoken, effect)
    yield order_claim(passage, wording, {"a": one, "b": other}, verdict, strength)


def _by_first(one: Mention) -> Mention:
    """Return a ratio 14.5:1 as the 14.5 that is compared."""
    value = 1 / one.quantity.value
    return replace(one, quantity=replace(one.quantity, value=value, interval=Interval(value, value)))


def _order(one: Mention, bound: Decimal, *, upward: bool, strict: bool) -> Verdict:
    """Return whether a figure lies on the stated side of a bound, which is meant exactly as written."""
    value, interval = one.quantity.value, one.quantity.interval
    far = interval.high if upward else interval.low
    gap = value - bound if upward else bound - value
    if gap > 0 or (gap == 0 and not strict):
        return Verdict.CONSISTENT
    if far is None or (far > bound if upward else far < bound) or (not strict and far == bound):
        return Verdict.CONSISTENT_IF_ROUNDED
    return Verdict.INCONSISTENT


def _part_of_whole(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield that a part of a whole reaches a share: 支部19个…配备10个，已达到50%标准; only when it does."""
    mentions, standard = passage.mentions, passage.mentions[place]
    counts = [
        one
        for one in mentions[max(place - 8, 0) : place]
        if one.sentence == standard.sentence and is_level(one) and one.quantity.kind is Kind.COUNT
    ]
    if len(counts) < 2:
        return
    part = counts[-1]
    whole = next((one for one in counts if same_unit(one, part) and one.quantity.value > part.quantity.value), None)
    if whole is None or part.quantity.value * 100 < standard.quantity.value * whole.quantity.value:
        return
    spoken = f"{text_of(part)}÷{text_of(whole)}×100%达到{text_of(standard)}"
    wording = Wording("meets_standard", ClaimType.EXCEEDS_STANDARD, "part / whole >= std", spoken)
    operands = {"part": part, "whole": whole, "std": standard}
    yield order_claim(passage, wording, operands, Verdict.CONSISTENT, WEAK)


def _by_stage(passage: Passage) -> Iterator[Proposal]:
    """Yield that amounts per pupil reach the standard given for their stage: 小学生均850元 … 小学911.75元/生."""
    standards: dict[tuple[str, str], Mention] = {}
    for place, one in enumerate(passage.mentions):
        if not one.each or not is_level(one) or one.quantity.kind is not Kind.MONEY:
            continue
        stage = _stage(one)
        if not stage:
            continue
        key = (stage, one.quantity.unit.partition("/")[0])
        sentence = passage.segmentation.sentences.span(one.sentence)
        before = passage.text[max(sentence.start, one.quantity.span.start - 60) : one.quantity.span.start]
        if _STANDARD.search(before):
            standards[key] = one
            continue
        standard = standards.get(key)
        if standard is None or one.paragraph - standard.paragraph > 1 or one.sentence == standard.sentence:
            continue
        behind = passage.text[one.quantity.span.end : one.quantity.span.end + 60]
        strength = STRUCTURAL if _MET.search(behind) and place else WEAK
        yield from _claim(passage, one, standard, "不低于", ClaimType.EXCEEDS_STANDARD, strength)


def _paid(passage: Passage) -> Iterator[Proposal]:
    """Yield 标准为850元，实际拨付1064.29元，已达标: what was paid against the standard right before it."""
    for standard, paid in pairwise(passage.mentions):
        if not (_STANDARD_IS.search(standard.lead) and _REALLY.search(paid.lead)):
            continue
        units = {standard.quantity.unit.partition("/")[0], paid.quantity.unit.partition("/")[0]}
        behind = passage.text[paid.quantity.span.end : paid.quantity.span.end + 12]
        if len(units) == 1 and paid.clause_number - standard.clause_number == 1 and _SAYS_MET.match(behind):
            yield from _claim(passage, paid, standard, "不低于", ClaimType.THRESHOLD, STRUCTURAL)


def _stage(mention: Mention) -> str:
    return _last_stage(mention.lead)


def _last_stage(words: str) -> str:
    """Return the stage that words name last; empty without one."""
    found = _STAGES.findall(words)
    return {"中学": "初中", "学前": "幼儿园", "特教": "特殊教育"}.get(found[-1], found[-1]) if found else ""
