"""The facts of a report that can be held against one another: what, where, when, how much; from prose and tables."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.context import KEPT_SHORT, Context, measure_of, title_year
from dudao.claims.contradictions.reading import Reading
from dudao.claims.likeness import core_noun, relative_year_of
from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Kind, Quantity

_COMPARABLE = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA, Kind.RATIO})
_UNIT_SLIPS = frozenset({Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000), Decimal(10) ** 8})
_STATED = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_SCOPES = re.compile(
    r"民办|公办|农村|乡村|城区|城镇|寄宿|集团|特殊教育|特教|职业|中职|高职|高中|初中|小学|中小学|学前|幼儿|义务教育|高等|高校|普惠|市直|直属|县域|城乡"
)
_RATE = re.compile(r"(?:率|占比|比例|比重)$")
# Counts of doings (会议3次, 培训200人, 印发7个文件) may be told of different occasions in the same words.
_DOINGS = re.compile(
    r"会议|培训(?!机构)|活动|检查|督查|排查|组织|开展|举办|召开|印发|制定|出台|下发|发放|查处|整改|参与|参加|选派|招聘|投入|安排|下达|拨付|争取|新增|新建|"
    r"改扩建|改造|建设|打造|培养|选取|推荐|购置|补充|追加|追加|完成|资助|惠及|受益|认定|增加|配套|奖励|补助|报名|录取|收到|接收|同比|按照|通过|利用|用于|"
    r"分别|不足|每|最|超|首|第"
)
_PAID = re.compile(r"^(?:共|总)?(?:投入|安排|拨付|下达|落实)|(?:总?投入|投资)$")
_LONGEST = 24
_SLIP_DIGITS = 3
"""With fewer digits, two figures are the same digits in another order too often by chance."""
_SLIP_MEASURE = 4

_STAGES = (
    "普通高中|高中|初中|小学|幼儿园|公办幼儿园|民办幼儿园|特殊教育学校|中等职业学校|中职学校|完全中学|教学点|"
    "在校学生|在校生|教职工"
)
_ONE_UNIT = {"名": "人", "位": "人", "家": "所", "个": "所", "校": "所", "园": "所"}
"""Units that may stand for one another: 52340人 and 52340名."""
_WHOLE_STAGE = re.compile(
    rf"(?:全[市县区旗州]|[我本][市县区旗州])(?:目前|现|共|总)*(?:有|拥有|设有)?(?:各级)?(?P<name>{_STAGES})(?:总数|共有|共|为|达到?|有)*$"
)
_NEXT_STAGE = re.compile(rf"(?P<name>{_STAGES})(?:共|有)?")
_ALL_OF_THEM = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,14}?)(?:全部|全员|均已?|都已?|无一|一律)")
_BARE_LEAD = re.compile(r"(?:全[市县区旗州]|[我本][市县区旗州]|目前|现有|共有|[、和及])*")


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that states a fact.

    Attributes:
        measure: what is measured, in the words of the text.
        core: the name under which two facts are of the same measure.
        unit: its unit, one for those that mean the same (人 for 名).
        place: a named place, empty for the document's own.
        period: a year, date or stretch; the year of the report where none is written.
        dated: whether its own sentence, header or caption names the period.
        quantity: the figure; its span counts characters of the repaired text.
        heading: the nearest heading above it, or the caption of its table.
        by_slip: whether its words are too loose for more than a slip of digits or unit to be told by them.
        table: the number of the table it stands in, -1 in prose.
    """

    measure: str
    core: str
    unit: str
    place: str
    period: str
    dated: bool
    quantity: Quantity
    heading: str
    by_slip: bool = False
    table: int = -1


def facts_of(reading: Reading) -> list[Fact]:
    """Return the facts of a text in the order of their places; a figure read in doubt is none."""
    reported = title_year(reading.text)
    stated = [*_in_prose(reading, reported), *_in_tables(reading, reported)]
    found = [fact for fact in stated if not reading.passage.in_doubt(fact.quantity)]
    return sorted(found, key=lambda fact: fact.quantity.span)


def differ(one: Fact, other: Fact) -> bool:
    """Return whether two facts of one core, place, period and unit cannot both be true."""
    if one.quantity.interval.meets(other.quantity.interval) or (one.table == other.table >= 0):
        return False
    if (one.by_slip or other.by_slip) and not is_slip(one.quantity, other.quantity):
        return False
    return same_scope(one.measure, one.heading, other.heading)


def is_slip(one: Quantity, other: Quantity) -> bool:
    """Return whether two values differ as by a slip: the same digits in another order, or 万 for 亿."""
    if is_unit_slip(one, other):
        return True
    left, right = digits_of(one), digits_of(other)
    return len(left) >= _SLIP_DIGITS and sorted(left) == sorted(right) and one.scale == other.scale


def is_unit_slip(one: Quantity, other: Quantity) -> bool:
    """Return whether one value is ten, a hundred or ten thousand times the other."""
    low, high = sorted((abs(one.value), abs(other.value)))
    return low != 0 and high / low in _UNIT_SLIPS


def digits_of(quantity: Quantity) -> str:
    """Return the digits of a value, so that 29 and 92 are seen to be the same digits in another order."""
    return format(quantity.value, "f").replace(".", "").strip("0")


def same_scope(measure: str, one: str, other: str) -> bool:
    """Return whether neither of two headings narrows the measure to a kind of school it does not name."""
    left, right = set(_SCOPES.findall(one)), set(_SCOPES.findall(other))
    named = set(_SCOPES.findall(measure))
    if "园" in measure or "幼儿" in measure:
        named.add("学前")  # 普惠性幼儿园覆盖率 under a heading 学前教育 is not narrowed by it
    return left == right or (left <= named and right <= named)


def unit_of(quantity: Quantity) -> str:
    """Return the unit under which two figures are of one measure."""
    return _ONE_UNIT.get(quantity.unit, quantity.unit)


def core_of(measure: str, unit: str) -> str:
    """Return the name under which figures are of one measure: 小学学校数 and 小学, 投入资金 and 资金总投入."""
    core = _PAID.sub("", core_noun(_PAID.sub("", measure)))
    if unit == "所" and len(core) >= 4:
        core = core.removesuffix("学校").removesuffix("校")
    return core


def _in_prose(reading: Reading, reported: str) -> list[Fact]:
    tables = [table.span for table in reading.tables]
    found: list[Fact] = []
    listing = False
    place = 0
    before: tuple[Context, Mention] | None = None
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        span = mention.quantity.span
        while place < len(tables) and tables[place].end <= span.start:
            place += 1
        if place < len(tables) and tables[place].start <= span.start:
            continue
        told, whole = _told(reading, context, mention, before, listing=listing)
        listing = whole and told.measure != context.measure and bool(_NEXT_STAGE.fullmatch(told.measure))
        before = (context, mention)
        told = _relative(told, mention, reported)
        sure = is_comparable(reading, told, mention, whole=whole)
        if sure or _by_slip(told, mention):
            found.append(_fact(reading, told, mention.quantity, reported, by_slip=not sure))
    return found


def _fact(reading: Reading, told: Context, quantity: Quantity, reported: str, *, by_slip: bool) -> Fact:
    unit = unit_of(quantity)
    core = core_of(told.measure, unit)
    dated = bool(told.period) and not told.inherited
    heading = reading.chapters.heading_at(quantity.span.start)
    return Fact(told.measure, core, unit, told.place, told.period or reported, dated, quantity, heading, by_slip)


def _told(
    reading: Reading, context: Context, mention: Mention, before: tuple[Context, Mention] | None, *, listing: bool
) -> tuple[Context, bool]:
    """Return the context with the measure that words farther off name, and whether they say it is of the whole."""
    if before is not None and mention.role is Role.TO and before[1].role is Role.FROM:
        earlier, left = before
        if left.sentence == mention.sentence and left.quantity.unit == mention.quantity.unit:
            measure = measure_of(re.sub(r"[由从自].*$", "", left.clause)) or earlier.measure
            return replace(
                context, measure=measure, partial=earlier.partial, place=earlier.place or context.place
            ), True
    if context.measure:
        return context, False
    if (match := _WHOLE_STAGE.search(mention.clause)) and mention.depth == 0:
        return replace(context, measure=match["name"], partial=False), True
    if listing and (match := _NEXT_STAGE.fullmatch(mention.lead)):
        return replace(context, measure=match["name"], partial=False, place=before[0].place if before else ""), True
    if (match := _ALL_OF_THEM.match(mention.tail)) and _BARE_LEAD.fullmatch(mention.lead) and mention.depth == 0:
        return replace(context, measure=measure_of(match["name"]) or match["name"], partial=False), True
    if mention.quantity.kind is Kind.PERCENT and _opens_its_sentence(reading, mention):
        start = reading.passage.segmentation.sentences.span(mention.sentence).start
        words = reading.text[max(start, mention.quantity.span.start - 40) : mention.quantity.span.start]
        measure = measure_of(re.sub(r"\s+", "", words))
        if _RATE.search(measure):
            return replace(context, measure=measure), False
    return context, False


def _relative(context: Context, mention: Mention, reported: str) -> Context:
    """Return the context with the year that 上年 means in a report of a known year."""
    if reported and (context.inherited or not context.period) and relative_year_of(mention) == -1:
        return replace(context, period=str(int(reported) - 1), inherited=False)
    return context


def is_comparable(reading: Reading, context: Context, mention: Mention, *, whole: bool = False) -> bool:
    """Return whether a figure states a fact in words clear enough to be held against another place.

    `whole` tells that the words name all there are of a kind, so that a short name is clear.
    """
    quantity = mention.quantity
    if quantity.kind not in _COMPARABLE or quantity.upper is not None or context.role not in _STATED:
        return False
    if not context.measure or context.aim or context.partial or context.place == "?":
        return False
    if context.chapter is Chapter.PLANS:
        return False
    if len(context.measure) < 4 and context.measure not in KEPT_SHORT and not whole:
        return False
    if context.measure in KEPT_SHORT and _said_of_some(reading, mention):
        return False
    if _DOINGS.search(context.measure) or len(context.measure) > _LONGEST:
        return False
    if mention.each and "均" not in context.measure:
        return False
    if not (context.place or (context.period and not context.inherited)):
        return False  # nothing says that the sentence speaks of the whole place and not of one kind of school
    if quantity.kind is Kind.PERCENT and len(context.measure) >= 6 and _RATE.search(context.measure):
        return True
    return whole or _opens_its_sentence(reading, mention) or mention.total or context.measure in KEPT_SHORT


def _by_slip(context: Context, mention: Mention) -> bool:
    """Return whether a figure is told clearly enough for a slip of its digits or unit to be seen."""
    quantity = mention.quantity
    if quantity.kind not in _COMPARABLE or quantity.upper is not None or context.role not in _STATED:
        return False
    if quantity.approximation is not None or context.aim or context.partial or context.place == "?":
        return False
    if context.chapter is Chapter.PLANS or not _SLIP_MEASURE <= len(context.measure) <= _LONGEST:
        return False
    return len(digits_of(quantity)) >= _SLIP_DIGITS and (not mention.each or "均" in context.measure)


def _said_of_some(reading: Reading, mention: Mention) -> bool:
    """Return whether a short name is said of the schools just counted: 普惠性幼儿园151所，在园幼儿35608人."""
    first, last = reading.passage.sentences[mention.sentence]
    before = [one for one in reading.passage.mentions[first:last] if one.index < mention.index]
    return mention.amount and bool(before) and before[-1].family == "所" and before[-1].noun not in ("幼儿园", "学校")


def _opens_its_sentence(reading: Reading, mention: Mention) -> bool:
    first, _ = reading.passage.sentences[mention.sentence]
    return reading.passage.mentions[first].index == mention.index


def _in_tables(reading: Reading, reported: str) -> list[Fact]:
    """Return a fact for each name that the labels of a cell may mean."""
    found = []
    for told in reading.table_facts:
        if told.quantity.kind not in _COMPARABLE or reading.chapters.at(told.quantity.span.start) is Chapter.PLANS:
            continue
        heading = told.caption or reading.chapters.heading_at(told.quantity.span.start)
        for name in told.measures:
            measure = measure_of(name) or name
            unit = unit_of(told.quantity)
            core = core_of(measure, unit)
            if len(core) < 2 or len(measure) > _LONGEST:
                continue
            found.append(
                Fact(
                    measure,
                    core,
                    unit,
                    told.place,
                    told.period or reported,
                    bool(told.period),
                    told.quantity,
                    heading,
                    by_slip=bool(_DOINGS.search(measure)),
                    table=told.table,
                )
            )
    return found
