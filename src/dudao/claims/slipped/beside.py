"""Operands that stand right beside a result, where hardly anything else can be meant.

`trials` asks for names that lead to the operands. In true texts what stands in these places makes the result nearly
always, so that a slip is likelier than two figures that have nothing to do with it: the whole told between 占 and 的
(占全市未支出资金11308万元的31.4%), the whole and the part clause after clause before their rate, the two levels right
before what lies between them, and the heads counted by the unit a mean names (建设智慧教室486间，平均每间6.67万元).
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from dudao.claims.differences.flows import NET_LOSS, WENT, flows_on
from dudao.claims.fractions import in_one_row
from dudao.claims.likeness import core_noun, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.rate_names import DENIED, OVER_ALL, name_of_rate, takes_up
from dudao.claims.relations.ratio import named_pairs
from dudao.claims.slipped.known_wholes import means_of_stage
from dudao.claims.slipped.priced import prices_beside
from dudao.claims.slipped.shapes import DIFFERENCE, FALL, FALL_BY, GROWTH, MEAN, RATIO, RISE_BY, SHARE
from dudao.claims.slipped.trials import RATIO_NAME, Trial, plain_amount
from dudao.claims.stage_names import stage_in, stage_of
from dudao.claims.wholes import whole_noun
from dudao.quantities.model import Kind

REACH = 4
"""How many figures back the part of a whole told within its share may stand."""
WHOLES = 8
"""How many figures back what was more may stand."""
HEADS = 10
"""How many figures back the heads of a mean may stand."""
NAMED_REACH = 24
"""How many figures back a whole may stand whose name stands behind 占."""
PARAGRAPHS = 2
NAMED = 0.6
"""How much of the name behind 占 the words before its whole must bear."""
_LEFT = re.compile(
    r"(?:净[增减]|净(?:增加|减少)|剩余|余下|还有|尚有|仍有|结余|结转|未支[出付]|空[编缺]|尚余|尚缺)[^，。；、\d]{0,4}$"
)
CLAUSES = 2
"""How many clauses before what is left the amount may stand that was taken."""
LEVEL_NAME = 2
"""So many characters name a level that its change is told of in a later sentence."""
LEVELS_REACH = 12
SUBJECT = 2
"""So many characters may still name what a change is said of: 每餐少0.38元."""
_SHARED_OUT = re.compile(r"(?:占|相当于|达到?|完成|覆盖|为|是)[^，。；、\d]*$")
_NOTED = re.compile(r"\s*[)）](?:\s|总[数量额]|人数)*的\s*(?:比例|比重)?(?:为|达|是)?\s*(?=\d)")
_NAMED_OUT = re.compile(r"(?:占|相当于|是|及|为)[^，。；：、\d（）()]{2,}$")
NOTED_NAME = 24
"""How many characters before a parenthesis the name of the whole in it may stand."""
_OF = re.compile(r"(?:[^，。；、\d]{0,10}的)+(?:比例|比重)?(?:为|达|是)?$")
_RATED = re.compile(r"^按|应[安提计补缴拨]|计[算提]|不低于|不少于|不超过|至少|要求")
"""按教师工资总额4.1亿元的1.5%应安排615万元: a rate to go by."""
_AIM = re.compile(r"计划|任务|目标")
_ALL_TOLD = re.compile(r"共|总|合计|累计")
_PROGRESS = re.compile(r"(?:进度|分配比例|执行率|完成率|兑现率|拨付率|巩固率|开工率)(?:为|达到?|已达)?$")
_LESSER = re.compile(
    r"金额|资金|投资|总额|总数|人数|经费|规模|数额|数|额|的|已|总|全[省市县区州旗]|我[省市县区]|本[省市县区]"
)
"""Words of the name of a whole that tell it from no other."""
_PAST = re.compile(r"(?:比|较|同)(?:上|去|前|同|20|[一二三四五]|反馈|整改|年初|期初)|同比|环比|上年|去年|同期")
_BEFORE = re.compile(r"上年|去年|前年|同期|20\d\d年|[一二三四五]年前|反馈时|整改前|对照")
_BASES = frozenset({Role.PREVIOUS, Role.FROM})
_EACH_UNIT = re.compile(
    r"每(?P<unit>人次|[间套册张栋幢辆台件亩班校园所名人生])|(?P<told>人次|[间套张栋班校园人生])均|均(?P<size>班)额"
)
_UNITS = {"班": ("个", "班", "个班"), "校": ("所", "家"), "园": ("所", "家"), "生": ("人", "名"), "人": ("人", "名")}
_UNITS["名"] = _UNITS["人"]
_CLASSES = re.compile("班")
_HEAD_COUNT = re.compile(
    r"(?:全[市县区省校]|小学|初中|高中|中职)?(?:在校|在园|折合)(?:学|幼)?(?:生|儿|人)?(?:总?数|人数)?"
)


def shares_beside(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the part and the whole that stand right before their share."""
    one = passage.mentions[place]
    if one.quantity.kind is not Kind.PERCENT or not place:
        return
    for search in (_within, _named, _in_a_row, _of_one_name):
        found = search(passage, place)
        if found:
            yield from found
            return


def _within(passage: Passage, place: int) -> list[Trial]:
    """Return 未支出3998万元，占全市未支出资金11308万元的31.4%: the whole within the words of the share."""
    one, whole = passage.mentions[place], passage.mentions[place - 1]
    noted = _noted(passage, one, whole)
    told = whole.clause_number == one.clause_number and whole.depth == one.depth and _OF.fullmatch(one.lead)
    if not plain_amount(whole) or not (told or noted) or _RATED.search(whole.clause + one.tail):
        return []
    if not noted and not _SHARED_OUT.search(whole.lead):
        return []
    found = []
    for part in passage.mentions[max(place - 1 - REACH, 0) : place - 1][::-1]:
        near = whole.sentence - part.sentence <= 1 and part.paragraph == one.paragraph
        counted = plain_amount(part) and part.level and part.each == whole.each
        if near and counted and same_unit(part, whole) and part.depth <= one.depth:
            found.append((SHARE, part, whole))
    return found


def _noted(passage: Passage, one: Mention, whole: Mention) -> bool:
    """Return whether a parenthesis in the words of a share tells its whole alone: 占在校生（36653人）的14.8%."""
    if whole.depth != one.depth + 1 or not _NOTED.match(passage.text, whole.quantity.span.end):
        return False
    before = passage.text[max(whole.parenthesis - NOTED_NAME, 0) : whole.parenthesis]
    return _NAMED_OUT.search(before) is not None and not DENIED.search(whole.lead)


def _named(passage: Passage, place: int) -> list[Trial]:
    """Return 到位债券2.6亿元，…完成投资1.09亿元，占到位资金的41.9%: the nearest amount that bears the name."""
    one, part = passage.mentions[place], passage.mentions[place - 1]
    name = _LESSER.sub("", whole_noun(one)[0])
    if len(name) < len("到位") or not _right_before(part, one):
        return []
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    for whole in passage.mentions[max(place - NAMED_REACH, 0) : place - 1][::-1]:
        if one.paragraph - whole.paragraph > PARAGRAPHS:
            break
        words = whole.lead + whole.noun
        if not (_level(whole) and same_unit(whole, part)) or whole.depth > part.depth:
            continue
        if sum(pair in words for pair in pairs) >= NAMED * len(pairs) and not DENIED.search(whole.lead):
            return [(SHARE, part, whole)]
    return []


def _in_a_row(passage: Passage, place: int) -> list[Trial]:
    """Return 下达3856万元，支出3003万元，进度77.9%: whole, part and rate clause after clause."""
    one, part = passage.mentions[place], passage.mentions[place - 1]
    whole = passage.mentions[place - 2] if place > 1 else None
    if whole is None or not _right_before(part, one) or not (_level(whole) and same_unit(whole, part)):
        return []
    beside = (
        whole.part == part.part and 0 <= part.clause_number - whole.clause_number <= 1 and whole.depth == part.depth
    )
    if not beside or in_one_row(passage, part, whole) or whole_noun(one)[0] or DENIED.search(part.lead):
        return []
    if OVER_ALL.match(one.lead) and not _ALL_TOLD.search(whole.lead):
        return []
    if stage_of(whole) is not None and stage_of(part) is not None and stage_of(whole) != stage_of(part):
        # 小学入学7124人，初中入学7386人，九年义务教育巩固率98.2%: one stage is no part of the other.
        return []
    if not (_AIM.search(whole.lead) or _begins(passage, place - 2)):
        # 已完工36个，在建5个，未开工1个，完工率85.7%: the last of a list is no part of the one before.
        return []
    stem = name_of_rate(one)
    taken_up = _PROGRESS.search(one.lead) or (stem is not None and takes_up(stem, part))
    return [(SHARE, part, whole)] if taken_up else []


def _of_one_name(passage: Passage, place: int) -> list[Trial]:
    """Return 在园幼儿21436人；普惠性幼儿园81所，在园幼儿19572人，普惠率91.30%: two of one name."""
    one, part = passage.mentions[place], passage.mentions[place - 1]
    stem, name = name_of_rate(one), core_noun(part.noun)
    if stem is None or not _right_before(part, one) or len(name) < len("在园") or whole_noun(one)[0]:
        return []
    first = passage.sentences[one.sentence][0]
    for whole in passage.mentions[first : place - 1]:
        if core_noun(whole.noun) == name and same_unit(whole, part):
            largest = _level(whole) and whole.depth == part.depth and stem[-2:] in passage.words_between(whole, part)
            return [(SHARE, part, whole)] if largest else []
    return []


def _begins(passage: Passage, place: int) -> bool:
    """Return whether an amount is the first of its unit in its part of the sentence, or behind a colon."""
    one, before = passage.mentions[place], passage.mentions[place - 1] if place else None
    if before is None or before.part != one.part or not same_unit(before, one):
        return True
    return any(mark in passage.words_between(before, one) for mark in ("：", ":"))


def _right_before(part: Mention, one: Mention) -> bool:
    near = part.sentence == one.sentence and one.clause_number - part.clause_number <= 1
    return near and part.depth == one.depth and _level(part)


def _level(one: Mention) -> bool:
    return plain_amount(one) and one.level and not one.each


def changes_beside(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the two levels that what is told of them lies between."""
    left = [*_left_over(passage, place)]
    yield from left or _between(passage, place)
    yield from _of_level_named(passage, place)


def _of_level_named(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 大班额26.5万个，…。与上年相比，大班额减少10.3万个、减少28.0%: of the level told before by the same name."""
    rate, by = passage.mentions[place], passage.mentions[place - 1] if place else None
    if (
        by is None
        or rate.quantity.kind is not Kind.PERCENT
        or rate.role is not Role.CHANGE
        or by.role is not Role.CHANGE
    ):
        return
    beside = (
        by.sentence == rate.sentence and rate.clause_number - by.clause_number <= 1 and by.direction == rate.direction
    )
    name = core_noun(own_subject(by.lead))
    if not (beside and by.amount) or own_subject(rate.lead) or len(name) < LEVEL_NAME or by.depth != rate.depth:
        return
    levels = [
        one
        for one in passage.mentions[max(place - LEVELS_REACH, 0) : place - 1]
        if one.paragraph == by.paragraph and one.sentence < by.sentence and _level(one) and same_unit(one, by)
    ]
    nouns = [(core_noun(own_subject(one.noun)), one) for one in levels]
    named = {len(noun): one for noun, one in nouns if name.endswith(noun)}
    if named and max(named) >= LEVEL_NAME:
        yield RISE_BY if rate.direction > 0 else FALL_BY, named[max(named)], by


def _left_over(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 招聘573人，…；退休418人，净增155人: the amount right before what is left, less than one told before it."""
    one = passage.mentions[place]
    if not one.amount or not place or not _LEFT.search(one.lead) or _PAST.search(one.lead):
        return
    number = place - 1
    if passage.mentions[number].quantity.kind is Kind.PERCENT:
        # 共发现649个，已销号598个，销号率92.1%，剩余51个
        number -= 1
    gone = passage.mentions[max(number, 0)]
    before = passage.mentions[max(number - 1, 0)]
    if WENT.search(gone.lead) and WENT.search(before.lead) and before.clause_number == gone.clause_number:
        return  # 退休684人、调出213人，净增229人: what is left when both are gone
    if "净" in one.lead and flows_on(passage.mentions, place):
        return  # 招聘412人，退休298人，净增96人，调出18人
    if NET_LOSS.search(one.lead) and WENT.search(gone.lead):
        return  # 招聘127人，退休105人。小学净减28人: a net loss is what came less than what went
    if (stage := stage_in(one.lead)) is not None and stage_in(gone.lead) != stage:
        return  # of one stage among all that were told of
    beside = one.clause_number - gone.clause_number <= CLAUSES and gone.depth == one.depth
    if not (beside and _level(gone) and same_unit(gone, one)):
        return
    for whole in passage.mentions[max(number - WHOLES, 0) : number][::-1]:
        near = whole.paragraph == one.paragraph and one.sentence - whole.sentence <= 1
        if near and _level(whole) and whole.quantity.unit == gone.quantity.unit and _more(whole, gone):
            yield DIFFERENCE, whole, gone


def _more(one: Mention, other: Mention) -> bool:
    return one.quantity.value > other.quantity.value


def _between(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 单价应为5.30元，实际平均4.92元，每餐少0.38元: the two levels right before what lies between them."""
    one = passage.mentions[place]
    if place < 2 or _PAST.search(one.lead):
        return
    earlier, later = passage.mentions[place - 2 : place]
    both = earlier.noun != later.noun and earlier.noun[:2] in one.lead and later.noun[:2] in one.lead
    if not both and len(core_noun(own_subject(one.lead))) > SUBJECT:
        return
    if not (_comparable(earlier, later, one) and earlier.quantity.value != later.quantity.value):
        return
    if max(one.clause_number - later.clause_number, later.clause_number - earlier.clause_number) > 1:
        return
    if earlier.part != later.part:
        # 2022年193人，2023年212人；退休418人，净增155人: a list that is over.
        return
    high, low = (later, earlier) if later.quantity.value > earlier.quantity.value else (earlier, later)
    points = one.quantity.kind is Kind.PERCENTAGE_POINT
    if points or one.amount:
        if same_unit(one, later) or (points and later.quantity.kind is Kind.PERCENT):
            yield DIFFERENCE, high, low
    elif later.amount and any(other.role in _BASES or _BEFORE.search(other.lead) for other in (earlier, later)):
        yield (GROWTH, high, low) if one.direction >= 0 else (FALL, low, high)


def _comparable(earlier: Mention, later: Mention, one: Mention) -> bool:
    alike = same_unit(earlier, later) or earlier.quantity.kind is later.quantity.kind is Kind.PERCENT
    plain = all(
        other.role not in (Role.CHANGE, Role.EXCESS)
        and other.quantity.approximation is None
        and other.quantity.upper is None
        and other.sentence == one.sentence
        and other.depth == one.depth
        for other in (earlier, later)
    )
    return alike and plain and earlier.each == later.each


def means_beside(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 投入3240万元，建设智慧教室486间，平均每间6.67万元: what is counted by the unit that the mean names."""
    one = passage.mentions[place]
    said = _EACH_UNIT.search(one.lead)
    if said is None:
        return
    unit = said["unit"] or said["told"] or said["size"]
    units = _UNITS.get(unit, (unit,))
    before = [
        other
        for other in passage.mentions[max(place - HEADS, 0) : place][::-1]
        if other.sentence == one.sentence and _level(other) and other.depth <= one.depth
    ]
    heads = [other for other in before if other.quantity.unit in units]
    if unit == "班":
        heads = [other for other in heads if _CLASSES.search(other.noun + other.quantity.unit)]
    if not heads and place + 1 < len(passage.mentions):
        # 图书156.8万册、生均37.33册、在校生4.2万人: those it is spread over right behind.
        behind = passage.mentions[place + 1]
        beside = behind.part == one.part and behind.clause_number - one.clause_number <= 1 and behind.depth == one.depth
        if beside and behind.quantity.unit in units and _level(behind) and _HEAD_COUNT.fullmatch(behind.noun):
            heads = [behind]
    base = one.quantity.unit.partition("/")[0]
    amounts = [other for other in before if other.quantity.unit == base or (other.family == one.family == "人")]
    # 新建幼儿园68所，其中城区23所、乡镇45所，增加学位14760个，平均每所217个: of the head of a list as well.
    largest = max(heads, key=lambda other: other.quantity.value, default=None)
    for head in dict.fromkeys([*heads[:1], *([largest] if largest is not None else [])]):
        for amount in [other for other in amounts if other is not head][:2]:
            yield MEAN, amount, head


_TO_ONE = re.compile(r"1\s*[:：∶](?!1$)[\d.]+|[\d.]{2,}\s*[:：∶]\s*1")


def ratios_beside(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 教职工1187人，教职工与幼儿比1:8.5: the pair that a ratio names, one of them told right beside it."""
    one = passage.mentions[place]
    if not _TO_ONE.fullmatch(one.quantity.text):
        return
    near = {other.index for other in passage.mentions[max(place - 1, 0) : place + 2] if other.sentence == one.sentence}
    for left, right, _ in named_pairs(passage, place, one.clause[-RATIO_NAME:]):
        if near & {left.index, right.index} and plain_amount(left) and plain_amount(right):
            # 1:8.5 is how many children there are for one of the staff, 16.7:1 how many pupils for a teacher.
            large, small = (left, right) if left.quantity.value > right.quantity.value else (right, left)
            yield RATIO, large, small
            return


BESIDE: dict[str, Callable[[Passage, int], Iterator[Trial]]] = {
    "share": shares_beside,
    "change": changes_beside,
    "ratio": ratios_beside,
    "per_capita": lambda passage, place: chain(
        means_beside(passage, place), prices_beside(passage, place), means_of_stage(passage, place)
    ),
}
