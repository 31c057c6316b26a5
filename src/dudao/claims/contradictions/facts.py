"""The facts of a report that can be held against one another: what, where, when, how much; from prose and tables."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dudao.claims.chapters import Chapter
from dudao.claims.context import KEPT_SHORT, Context, measure_of, title_year
from dudao.claims.contradictions.aims import BAR_OF_AIMS, aim_told, is_plan, says_reached
from dudao.claims.contradictions.differences import SLIP_DIGITS, Bar, digits_of, reaches, stricter
from dudao.claims.contradictions.measure_keys import broad_key_of, key_of
from dudao.claims.contradictions.own_scores import OWN_SCORE, is_own_score
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.rectified import found_before
from dudao.claims.contradictions.scopes import is_of_some, narrowed
from dudao.claims.contradictions.told import Teller, Told
from dudao.claims.mentions import Mention, Role
from dudao.claims.places_named import own_place
from dudao.provenance import Span
from dudao.quantities.model import Kind, Quantity

_COMPARABLE = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA, Kind.RATIO})
_STATED = frozenset({Role.LEVEL, Role.TO, Role.SHARE})
_EARLIER = frozenset({Role.FROM, Role.PREVIOUS})
_SCOPES = re.compile(
    r"民办|公办|农村|乡村|城区|城镇|寄宿|集团|特殊教育|特教|职业|中职|高职|高中|初中|小学|(?<!其)中小学|学前|幼儿|义务教育|高等|高校|普惠|市直|直属|县域|城乡"
)
_SLOGANS = re.compile("(?:普及|公益)普惠")
"""What a heading calls for, not a kind of kindergarten."""
_SPECIAL = re.compile("随班就读|特殊教育|特教|送教上门|残疾")
_RATE = re.compile(r"(?:率|占比|比例|比重)$|占")
# Counts of doings (会议3次, 培训200人, 印发7个文件) may be told of different occasions in the same words.
_DOINGS = re.compile(
    r"会议|培训(?!机构)|活动|检查|督查|排查|组织|开展|举办|召开|印发|制定|出台|下发|发放|查处|整改|参与(?!率)|参加|选派|招聘|投入|安排|下达|拨付|争取|新增|新建|"
    r"改扩建|改造|建设|打造|培养|选取|推荐|购置|补充|追加|追加|完成|资助|惠及|受益|认定|增加|配套|奖励|补助|报名|录取|收到|接收|同比|按照|通过|利用|用于|"
    r"分别|不足|每|最|超|首|第"
)
_LONGEST = 24
_SLIP_MEASURE = 4
_LONG_MEASURE = 8
_ONE_UNIT = {"名": "人", "位": "人", "家": "所", "个": "所", "校": "所", "园": "所"}
"""Units that may stand for one another: 52340人 and 52340名."""
_YEAR_END = re.compile(r"((?:19|20)\d\d)-12(?:-31)?")
_PROSE_CELL = re.compile(r"[\u4e00-\u9fff]{3}[^\d]*\d")
_SHORTEST_PROSE = 8
_SHORTEST_BROAD = 4
_FULL_RATE = 6
_WIDE_SCOPES = frozenset({"中小学", "义务教育", "城乡"})
_ALL_SCHOOLS = frozenset({"中小学", "城乡"})
_STAGE_ALONE = re.compile(
    r"(?:普通|农村|乡村|城市|城镇|城区|公办|民办)*(?:幼儿园|小学|初中|初级中学|高中|中学|中小学|中职|(?:中等)?职业学校|特殊教育学校)"
)
_MEASURED_OTHERWISE = frozenset({Kind.MONEY, Kind.AREA, Kind.PERCENT})
"""What 全市普通小学为12905.14元 measures stands in a heading, and another heading tells another figure of it."""
TOLD = "told contexts"
"""Where a reading keeps the contexts of its figures with what words farther off give, by the places of the figures."""
_STAGE_SCOPES = frozenset({"小学", "初中", "普通高中"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that states a fact.

    Attributes:
        measure: what is measured, in the words of the text.
        core: the name under which two facts are of the same measure and scope.
        unit: its unit, one for those that mean the same (人 for 名).
        place: a named place, empty for the document's own.
        period: a year, date or stretch; the year of the report where none is written.
        dated: whether its own sentence, header or caption names the period.
        quantity: the figure; its span counts characters of the repaired text.
        heading: the nearest heading above it, or the caption of its table.
        bar: how much two values must differ for words as clear as these.
        table: the number of the table it stands in, -1 in prose.
        broad: a wider name, under which only values that look like a slip are held against each other; may be empty.
        said: how the figure came about where it is not written but worked out, else empty.
        aim: whether it is what a plan sets for its year.
        done: whether the words behind it say that an aim was reached.
    """

    measure: str
    core: str
    unit: str
    place: str
    period: str
    dated: bool
    quantity: Quantity
    heading: str
    bar: Bar = Bar.ANY
    table: int = -1
    broad: str = ""
    said: str = ""
    aim: bool = False
    done: bool = False


def facts_of(reading: Reading, year: str = "", prose: Sequence[tuple[Fact, Mention]] | None = None) -> list[Fact]:
    """Return the facts of a text in the order of their places; a figure read in doubt is none.

    `year` is that of the report where its first lines name none; `prose` what its sentences state, if read already.
    """
    reported = title_year(reading.text) or year
    if prose is None:
        prose = prose_facts(reading, reported)
    stated = [*(fact for fact, _ in prose if not fact.aim), *_in_tables(reading, reported)]
    found = [fact for fact in stated if not reading.passage.in_doubt(fact.quantity)]
    return sorted(found, key=lambda fact: fact.quantity.span)


def differ(one: Fact, other: Fact) -> bool:
    """Return whether two facts of one core, place, period and unit cannot both be true."""
    if one.table == other.table >= 0 or not reaches(stricter(one.bar, other.bar), one.quantity, other.quantity):
        return False
    return same_scope(f"{one.measure}{scope_of(one.core)}", one.heading, other.heading)


def differ_broadly(one: Fact, other: Fact) -> bool:
    """Return whether two facts of one wider name look like the same figure with a slip in one of them."""
    if one.core == other.core or one.table == other.table >= 0:
        return False
    if not reaches(stricter(Bar.CLOSE, stricter(one.bar, other.bar)), one.quantity, other.quantity):
        return False
    return same_scope(f"{one.measure}{other.measure}", one.heading, other.heading)


def scope_of(core: str) -> str:
    """Return the kinds of school and people that narrow a measure, which the name it is compared by holds."""
    return core.removeprefix("计划:").partition("/")[2]


def same_scope(measure: str, one: str, other: str) -> bool:
    """Return whether neither of two headings narrows the measure to a kind of school it does not name."""
    left, right = (set(_SCOPES.findall(_SLOGANS.sub("", heading))) for heading in (one, other))
    named = set(_SCOPES.findall(measure))
    if "园" in measure or "幼儿" in measure:
        named.add("学前")  # 普惠性幼儿园覆盖率 under a heading 学前教育 is not narrowed by it
    if named & {"小学", "初中"}:
        named |= {"义务教育", "中小学"}
    if _SPECIAL.search(measure):
        named |= {"特殊教育", "特教", "义务教育"}
    return left == right or (left <= named and right <= named)


def unit_of(quantity: Quantity) -> str:
    """Return the unit under which two figures are of one measure."""
    return _ONE_UNIT.get(quantity.unit, quantity.unit)


def prose_facts(reading: Reading, reported: str) -> Sequence[tuple[Fact, Mention]]:
    """Return the facts and aims that the sentences of a text state, each with the figure as its words tell it."""
    return reading.once(f"prose facts {reported}", lambda: tuple(_prose_facts(reading, reported)))


def _prose_facts(reading: Reading, reported: str) -> list[tuple[Fact, Mention]]:
    tables = [table.span for table in reading.tables]
    cells = prose_cells(reading)
    starts = [span.start for span in cells]
    found: list[tuple[Fact, Mention]] = []
    place, last_cell = 0, -1
    teller, plan = Teller(reading, reported), is_plan(reading.text)
    own = own_place(reading.text)
    contexts: dict[int, Context] = reading.worked_out.setdefault(TOLD, {})
    for context, mention in zip(reading.contexts, reading.passage.mentions, strict=True):
        span = mention.quantity.span
        while place < len(tables) and tables[place].end <= span.start:
            place += 1
        if place < len(tables) and tables[place].start <= span.start:
            cell = bisect_right(starts, span.start) - 1
            if cell < 0 or cells[cell].end <= span.start:
                continue
            if cell != last_cell:
                teller.skip()
                context = _opening(reading, context, mention, cells[cell])
            last_cell = cell
        told = teller.tell(context, mention)
        placeless = _without_place(told.context, own)
        if placeless is not told.context:
            told = replace(told, context=placeless)
        contexts[span.start] = told.context
        bar = bar_of(reading, told, mention)
        if bar is not None:
            fact = _fact(reading, told, mention, reported, bar)
            if plan and fact.period == reported:
                fact = _as_aim(fact)
            elif says_reached(reading.text, mention):
                fact = replace(fact, done=True)
            found.append((fact, mention))
        elif (aim := aim_told(told, mention, plan=plan)) is not None:
            found.append((_as_aim(_fact(reading, aim, mention, reported, BAR_OF_AIMS)), mention))
        elif is_own_score(reading, mention):
            found.append((_own_score(reading, context, mention, reported), mention))
        elif found and (score := _score_before(*found[-1], told.context, mention)) is not None:
            found.append((score, mention))
    return found


def _without_place(context: Context, own: str) -> Context:
    """Return the context with a measure that does not begin with the name of its place: 青禾县毛入园率."""
    for name in (own, context.place):
        if (
            len(name) > 2
            and name[-1] in "省市州盟县区旗镇乡"
            and context.measure.startswith(name)
            and len(context.measure) > len(name) + 1
        ):
            return replace(context, measure=context.measure.removeprefix(name))
    return context


def prose_cells(reading: Reading) -> list[Span]:
    """Return the cells of tables that hold sentences, such as the reasons a score sheet gives, in reading order."""
    return sorted(
        cell.span
        for table in reading.tables
        for cell in table.cells
        if len(cell.text) >= _SHORTEST_PROSE and _PROSE_CELL.search(cell.text)
    )


def _opening(reading: Reading, context: Context, mention: Mention, cell: Span) -> Context:
    """Return the context of the first figure of a cell, to which the cells before it do not belong."""
    words = reading.text[cell.start : mention.quantity.span.start]
    clause = re.split(r"[，。；：\n]", words)[-1]
    return replace(context, measure=measure_of("".join(clause.split())), partial="其中" in clause)


def _fact(reading: Reading, told: Told, mention: Mention, reported: str, bar: Bar) -> Fact:
    context = told.context
    unit = unit_of(mention.quantity)
    measure, scope = context.measure, narrowed(reading, mention, context.measure)
    if scope in _STAGE_SCOPES:  # 小学72所，在校生38412人 counts what a table calls 小学在校生
        measure, scope = f"{scope}{measure}", ""
    core, broad = key_of(measure, unit), broad_name(measure, unit)
    if unit == "%":  # what is said of all schools is no narrower rate
        scope = "/".join(one for one in scope.split("/") if one not in _ALL_SCHOOLS)
    if scope:
        narrow = "/".join(one for one in scope.split("/") if one not in _WIDE_SCOPES)
        core, broad = f"{core}/{scope}", broad and (f"{broad}/{narrow}" if narrow else broad)
    dated = bool(context.period) and not context.inherited
    heading = reading.chapters.heading_at(mention.quantity.span.start)
    period = _YEAR_END.sub(r"\1", context.period or reported)
    if found_before(reading, mention):
        core, broad = "found before: " + core, ""
    return Fact(measure, core, unit, context.place, period, dated, mention.quantity, heading, bar, broad=broad)


def _as_aim(fact: Fact) -> Fact:
    """Return a fact as what a plan sets, to be held against other aims only."""
    return replace(fact, core=aim_key(fact.core), broad="", bar=stricter(fact.bar, BAR_OF_AIMS), aim=True)


def aim_key(core: str) -> str:
    """Return the name under which the aim of a measure is compared."""
    return f"计划:{core}"


def broad_name(measure: str, unit: str) -> str:
    """Return the wider name of a measure, empty where too little is left of it to say what it is."""
    broad = broad_key_of(measure, unit)
    return broad if len(broad) >= _SHORTEST_BROAD else ""


def _own_score(reading: Reading, context: Context, mention: Mention, reported: str) -> Fact:
    dated = bool(context.period) and not context.inherited
    period = context.period if dated and context.period.isdigit() else reported
    return Fact(OWN_SCORE, OWN_SCORE, "分", "", period, dated, mention.quantity, "")


def _score_before(fact: Fact, told: Mention, context: Context, mention: Mention) -> Fact | None:
    """Return the score of an earlier year that follows one's own score: 自评得分95.8分，比2022年的94.6分有所提高."""
    quantity = mention.quantity
    if fact.core != OWN_SCORE or mention.sentence != told.sentence or quantity.kind is not Kind.SCORE:
        return None
    if mention.role is not Role.PREVIOUS or mention.clause_number != told.clause_number + 1:
        return None
    if not context.period.isdigit() or context.period == fact.period or quantity.upper is not None:
        return None
    return replace(fact, period=context.period, dated=not context.inherited, quantity=quantity)


def bar_of(reading: Reading, told: Told, mention: Mention) -> Bar | None:
    """Return how far two values must differ for the words of a figure to be held against others; None for no fact."""
    context, quantity = told.context, mention.quantity
    if quantity.kind not in _COMPARABLE or quantity.upper is not None:
        return None
    if context.role not in _STATED and not (context.role in _EARLIER and context.period and not context.inherited):
        return None
    if not context.measure or context.aim or context.place == "?" or context.chapter is Chapter.PLANS:
        return None
    if quantity.kind in _MEASURED_OTHERWISE and _STAGE_ALONE.fullmatch(context.measure):
        return None
    if len(context.measure) > _LONGEST or (mention.each and "均" not in context.measure):
        return None
    if is_sure(reading, told, mention):
        return Bar.ANY
    loose = _loose_bar(reading, told, mention)
    if loose is not None:
        return loose
    exact = quantity.approximation is None and len(digits_of(quantity)) >= SLIP_DIGITS
    if exact and not context.partial and len(context.measure) >= _SLIP_MEASURE:
        return Bar.SLIP
    return None


def is_sure(reading: Reading, told: Told, mention: Mention) -> bool:
    """Return whether a figure states a fact in words clear enough to be held against another place."""
    context, quantity = told.context, mention.quantity
    if context.partial or told.every:
        return False
    if context.role in _EARLIER:
        rate = quantity.kind is Kind.PERCENT and len(context.measure) >= _FULL_RATE and _RATE.search(context.measure)
        return bool(rate) and context.role is Role.FROM and context.period.isdigit()
    if len(context.measure) < 4 and context.measure not in KEPT_SHORT and not told.whole:
        return False
    if context.measure in KEPT_SHORT and _said_of_some(reading, mention):
        return False
    if _DOINGS.search(context.measure):
        return False
    if not (context.place or (context.period and not context.inherited)):
        return False  # nothing says that the sentence speaks of the whole place and not of one kind of school
    if quantity.kind is Kind.PERCENT and len(context.measure) >= _FULL_RATE and _RATE.search(context.measure):
        return True
    return told.whole or _opens_its_sentence(reading, mention) or mention.total or context.measure in KEPT_SHORT


def _loose_bar(reading: Reading, told: Told, mention: Mention) -> Bar | None:
    """Return the bar for words that name a measure clearly and leave open whether they speak of the whole place."""
    context, quantity = told.context, mention.quantity
    if context.partial or quantity.approximation is not None or is_of_some(reading, mention, listed=bool(told.of)):
        return None
    if _DOINGS.search(context.measure):
        exact = len(context.measure) >= (_SLIP_MEASURE if len(digits_of(quantity)) >= SLIP_DIGITS else _LONG_MEASURE)
        return Bar.CLOSE if exact else None
    told_where = bool(context.place or (context.period and not context.inherited)) or told.within
    if told.every or told.whole:
        return Bar.NEAR if told_where else Bar.CLOSE
    if len(context.measure) < _SLIP_MEASURE and (
        context.measure not in KEPT_SHORT or quantity.kind is not Kind.PERCENT
    ):
        return None
    rate = quantity.kind is Kind.PERCENT and _RATE.search(context.measure)
    if rate or "均" in context.measure:
        return Bar.NEAR
    return Bar.NEAR if told_where else Bar.CLOSE


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
        if told.quantity.kind not in _COMPARABLE:
            continue
        planned = reading.chapters.at(told.quantity.span.start) is Chapter.PLANS
        if planned and not (told.period.isdigit() and reported.isdigit() and told.period <= reported):
            continue  # a table behind the last chapter may be the annex of the whole report: its years tell
        heading = told.caption or reading.chapters.heading_at(told.quantity.span.start)
        for name in told.measures:
            measure = measure_of(name) or name
            unit = unit_of(told.quantity)
            core = key_of(measure, unit)
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
                    bar=Bar.SLIP if _DOINGS.search(measure) else Bar.ANY,
                    table=told.table,
                    broad=broad_name(measure, unit),
                )
            )
    return found
