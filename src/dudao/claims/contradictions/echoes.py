"""The figures of a text with the words that say what they are: what names each, what its sentence says, where, when.

Two places that speak of one thing seldom name it alike: 随迁子女在公办学校就读比例93.7% here, 随迁子女11423人，其中
10703人在公办学校就读，占93.7% there. So each figure keeps more words than its own name; `echo_pairs` holds them against
each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dudao.claims.chapters import Chapter, is_of_part, part_of_year
from dudao.claims.context import Context
from dudao.claims.contradictions.aims import is_state
from dudao.claims.contradictions.dealt_names import dealt_names
from dudao.claims.contradictions.differences import digits_of
from dudao.claims.contradictions.echo_names import Grown, changed_unit, is_rate, name_of, since_last_year
from dudao.claims.contradictions.echo_slips import written
from dudao.claims.contradictions.echo_words import (
    plain,
)
from dudao.claims.contradictions.facts import TOLD, prose_cells, prose_facts, unit_of
from dudao.claims.contradictions.rare_words import near_words
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.rectified import BEFORE, found_before
from dudao.claims.contradictions.refer_words import refers, told_as_done
from dudao.claims.contradictions.scopes import is_of_some
from dudao.claims.mentions import Mention, Role
from dudao.claims.places_named import NUMBERED_PART, own_place
from dudao.claims.series import starts_series
from dudao.quantities.model import Kind, Quantity
from dudao.records import pickled_by_fields

GROWN = changed_unit("%")
"""The unit of rates of growth, which are held against each other only under one name."""
_KINDS = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.AREA})
_COEFFICIENT = "系数"
_TAKEN_OFF = re.compile("扣(?:了|除)?$")
"""因音体美教师缺额扣7分: the points lost are told of their reason."""
_ROLES = frozenset({Role.LEVEL, Role.TO, Role.SHARE, Role.FROM, Role.PREVIOUS})
_EARLIER = frozenset({Role.FROM, Role.PREVIOUS})
_BEFORE = 90
_BEHIND = 16
_HEADING = 24
_TITLE = 80
_TITLE_KINDS = re.compile("学前教育|学前|特殊教育|职业教育")
_OPENING = 30
"""A short sentence that opens its paragraph (三是高等教育进入普及化阶段。) says what the next one speaks of."""
_MARKS = re.compile("[，。；！？\n]|^[、和及]")
EACH = re.compile("[生人师校园]均|每[生人师校园]")
_EVERY = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:全部|全员|均|都|一律)")
_THEN = re.compile(
    r"(?:反馈|督[导查]|检查|评估|验收|摸[底排]|自查|审计|通报)时|(?<![与和同比较])整改前|当时|(?<!围绕)(?<!按照)(?<!根据)[年期]初(?!确定|制定|计划|提出|下达|安排)|此前|原先"
)
_ROSE_FROM = re.compile(r"[由从](?:19|20)\d\d年(?:(?!(?:19|20)\d\d年)[^。；])*$")
_ROSE_REACH = 160
_SCHOOL_YEAR = re.compile(r"((?:19|20)\d\d)/(?:19|20)\d\d学年$")
"""What is counted at the beginning of a school year is of the year in which it begins."""
_NAMES_A_YEAR = re.compile(r"20\d\d年")
"""What there is when a plan is made is not of the year that its heading names."""
_ADDED = re.compile(r"[\u4e00-\u9fff]{2,8}(?:增加|新增|增设|增配)了?")
_AGAINST = re.compile("[比较]|同[比期]|上年|去年")
_FLOWS = re.compile("投|扩充|新增|增|新建|建|改|招|补|培训|发放|争取|拨|引进|交流|资助|惠|认定|创建|化解|消除|下达")
"""What is done in a year, and adds up over years."""
_FLOWS_BEHIND = 4
_WITH_SOME = re.compile("[（(](?:不?含|不?包括)[^（）()，。；]{0,16}[）)](?=[^，；]*[，；])")
"""What a clause before counts with others says nothing of the figure."""
_RUNNING = re.compile(r"累计|[近前]?[两三四五]年(?:来|间|共)?|以来|“?十[三四五]五”?(?:期间|以来)|历年")


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Echo:
    """A figure with the words that say what it is.

    Attributes:
        quantity: the figure; its span counts characters of the repaired text.
        unit, place, period: as in `facts.Fact`; the period is empty where nothing tells it.
        own: the words that name it.
        wide: those words with all that its sentence says before and shortly behind.
        sentence: the number of its sentence.
        beside: the other figures of its sentence, as unit and value.
        some: whether it is told of some schools or one part of the place only.
        running: whether it adds up several years.
        each: whether it is an amount per head or school.
        every: whether the words behind say that all of them do something: 57所幼儿园全部.
        near: the words right around it, see `rare_words`.
        nameless: whether nothing before it in its row names it: the second of 分别为4862人、3105人.
        refers: how it speaks of what is told elsewhere, see `referring`; empty for most.
        aim: whether it stands among aims, so that only what `refers` may be held against what is told.
        set_before: whether its sentence tells what a plan sets, which a later place may take up: 规划安排的36个项目.
    """

    quantity: Quantity
    unit: str
    place: str
    period: str
    own: str
    wide: str
    sentence: int
    beside: frozenset[tuple[str, Decimal]]
    some: bool
    running: bool
    each: bool
    every: bool = False
    near: str = ""
    nameless: bool = False
    refers: str = ""
    aim: bool = False
    set_before: bool = False


def echoes_of(reading: Reading, reported: str) -> list[Echo]:
    """Return the figures of a text that may be held against others, in reading order."""
    return reading.once(
        f"echoes {reported}", lambda: [one for one in echoes_and_aims(reading, reported) if not one.aim]
    )


def echoes_and_aims(reading: Reading, reported: str) -> list[Echo]:
    """Return the figures of a text that may be held against others, with those of plans that name what there is."""
    return reading.once(
        f"echoes and aims {reported}", lambda: [one for one in all_echoes(reading, reported) if not one.set_before]
    )


def all_echoes(reading: Reading, reported: str) -> list[Echo]:
    """Return those figures with what the sentences of a report say that a plan sets."""
    return reading.once(f"all echoes {reported}", lambda: list(_echoes_of(reading, reported)))


_BARE_RATE = re.compile(r"[\u4e00-\u9fff]{2}率")
_RATE_NAME = re.compile(r"[\u4e00-\u9fff]{2}率$")
_STAGE_SCHOOLS = re.compile(r"(?<=[学中园])学校$")
"""The column 学校 of a row 小学 counts 小学."""


def table_echoes(reading: Reading, reported: str) -> list[Echo]:
    """Return the figures of the tables of a text under the fullest name that their labels give."""
    found = []
    for told in reading.table_facts:
        if told.quantity.kind not in _KINDS or reading.passage.in_doubt(told.quantity):
            continue
        name = _STAGE_SCHOOLS.sub("", told.measures[0])
        unit, number = unit_of(told.quantity), -1 - told.table
        period = told.period or reported
        where = "" if told.place.startswith("全") else told.place
        each = EACH.search(name) is not None
        several = _is_stretch(period)
        found.append(
            Echo(told.quantity, unit, where, period, name, name, number, frozenset(), False, several, each, near=name)
        )
    return found


def _echoes_of(reading: Reading, reported: str) -> Iterator[Echo]:
    measures = {fact.quantity.span.start: fact for fact, _ in prose_facts(reading, reported)}
    contexts: dict[int, Context] = reading.worked_out.get(TOLD, {})
    tables = [table.span for table in reading.tables]
    cells = prose_cells(reading)
    own = own_place(reading.text)
    place = 0
    beside = _figures_of_sentences(reading)
    grown = Grown()
    since = (-1, "")
    rates = (-1, "")
    dealt = dealt_names(reading.passage)
    for number, (context, mention) in enumerate(zip(reading.contexts, reading.passage.mentions, strict=True)):
        span = mention.quantity.span
        while place < len(tables) and tables[place].end <= span.start:
            place += 1
        in_table = place < len(tables) and tables[place].start <= span.start
        if in_table and not any(cell.start <= span.start < cell.end for cell in cells):
            continue
        fact = measures.get(span.start)
        subject = grown.subject_of(mention, fact.measure if fact else "")
        context = contexts.get(span.start, context)
        dated = (bool(context.period) and not context.inherited) or (fact is not None and fact.dated)
        if mention.role in _EARLIER:
            # 由2022年的93.6%提高到94.7%，公办园占比由50.8%提高到53.1%: what follows rises from the same year
            if dated:
                since = (mention.sentence, fact.period if fact else context.period)
            elif since[0] == mention.sentence:
                context, dated = replace(context, period=since[1], inherited=False), True
            elif mention.role is Role.FROM and reported and (began := _began(reading, context, mention, reported)):
                measure = fact.measure if fact else context.measure
                yield _echo(reading, began, mention, measure, own, reported, beside, aim=True)
        aim = not _may_echo(reading, context, mention, dated=dated)
        if aim and not _may_echo(reading, told_as_done(context), mention, dated=True):
            continue
        set_before = aim and not refers(context.chapter, mention)
        if set_before and context.chapter is Chapter.PLANS:
            continue
        if fact is not None and fact.aim and not aim and not is_state(reading.text, mention):
            continue
        if fact is not None and fact.dated:
            context = replace(context, period=fact.period, inherited=False)
        if mention.role is Role.CHANGE and not subject and not is_rate(mention) and not _was_added(mention):
            continue
        told = _echo(reading, context, mention, fact.measure if fact else "", own, reported, beside)
        if dealt_name := dealt.get(span.start):
            told = replace(told, own=dealt_name, near=dealt_name)
        elif not plain(told.own) and starts_series(reading.passage, number):
            told = replace(told, nameless=True)
        elif (rate := _BARE_RATE.fullmatch(told.own)) and rates[0] == mention.clause_number and rates[1]:
            told = replace(told, own=f"{rates[1]}{told.own}")  # 体质健康合格率95.8%、优良率49.7%
        if told.unit == "%" and (rate := _RATE_NAME.search(told.own)):
            rates = mention.clause_number, told.own[: rate.start()]
        told = replace(told, refers=refers(context.chapter, mention), aim=aim, set_before=set_before)
        yield told if not subject else replace(told, own=subject, unit=changed_unit(told.unit))


def _began(reading: Reading, context: Context, mention: Mention, reported: str) -> Context | None:
    """Return the context of what a figure rose from, with no year named: that of the year before the report."""
    began = replace(context, period=str(int(reported) - 1), inherited=False)
    return began if _may_echo(reading, told_as_done(began), mention, dated=True) else None


def _figures_of_sentences(reading: Reading) -> dict[int, frozenset[tuple[str, Decimal]]]:
    """Return the figures of each sentence that two digits at least make unlikely to be met by chance."""
    found: dict[int, set[tuple[str, Decimal]]] = defaultdict(set)
    for mention in reading.passage.mentions:
        if len(digits_of(mention.quantity)) > 1 and mention.quantity.upper is None:
            found[mention.sentence].add((unit_of(mention.quantity), mention.quantity.value))
    return {sentence: frozenset(figures) for sentence, figures in found.items()}


def _may_echo(reading: Reading, context: Context, mention: Mention, *, dated: bool) -> bool:
    quantity = mention.quantity
    told = quantity.kind in _KINDS or (quantity.kind is Kind.OTHER and _COEFFICIENT in mention.clause)
    told = told or (quantity.kind is Kind.SCORE and _TAKEN_OFF.search(mention.lead) is not None)
    changed = mention.role is Role.CHANGE and (
        quantity.kind is Kind.PERCENT or _was_added(mention) or since_last_year(mention)
    )
    if not told or not (mention.role in _ROLES or changed) or quantity.upper is not None:
        return False
    if quantity.approximation is not None or not written(quantity) or context.place == "?":
        return False
    if context.chapter is Chapter.PLANS:  # 由76.2%提高到80%: a plan begins with what is
        return (mention.role in _EARLIER or is_state(reading.text, mention)) and not reading.passage.in_doubt(quantity)
    if not dated if mention.role in _EARLIER else context.aim:
        return False
    return not reading.passage.in_doubt(quantity)


def _echo(
    reading: Reading,
    context: Context,
    mention: Mention,
    measure: str,
    own: str,
    reported: str,
    beside: dict[int, frozenset[tuple[str, Decimal]]],
    *,
    aim: bool = False,
) -> Echo:
    span, text = mention.quantity.span, reading.text
    sentence = reading.passage.segmentation.sentences.span(mention.sentence)
    part = reading.passage.segmentation.parts.span(mention.part)
    if NUMBERED_PART.match(text, part.start):
        sentence = part  # 三是……；四是……: each tells another thing
    heading = reading.chapters.heading_at(span.start)
    name = name_of(text, measure, mention)
    before = _WITH_SOME.sub("", text[max(sentence.start, span.start - _BEFORE) : span.start])
    line = text.rfind("\n", max(0, sentence.start - _OPENING - 1), sentence.start) + 1
    opening = text[line : sentence.start] if line else ""
    in_plans = context.chapter is Chapter.PLANS
    above = heading if len(heading) <= _HEADING and not (in_plans and _NAMES_A_YEAR.search(heading)) else ""
    behind = _MARKS.split(text[span.end : min(sentence.end, span.end + _BEHIND)], maxsplit=1)[0]
    wide = f"{_kind_of_title(text)}{above}，{opening}，{before}，{behind}"
    if found_before(reading, mention):
        wide = f"{BEFORE}{wide}"
    wide = wide.replace(own, "") if own else wide
    dated = context.period if not context.inherited and (not in_plans or mention.role in _EARLIER) else ""
    if mention.role not in _EARLIER and _ROSE_FROM.search(
        text, max(sentence.start, span.start - _ROSE_REACH), span.start
    ):
        dated = ""  # 由2022年的56个减少到27个，占2.8%: what follows is of the year of the report
    dated = _SCHOOL_YEAR.sub(r"\1", dated)
    if in_plans and dated > reported:
        dated = ""  # 力争2025年满意度由90.6%提升到93% begins with what there is
    running = _is_stretch(dated)
    if _adds_up(mention, name, mention.clause):
        dated, running = ("" if not running else dated), True  # 2023年经费8.93亿元，近三年累计投入3.47亿元
    of_years = context.inherited and _is_stretch(context.period) and _FLOWS.search(f"{mention.lead}{name}") is not None
    running = running or (not dated and (of_years or _adds_up(mention, name, before)))
    # 在29个集团的基础上 under the heading 2025年工作计划 is what there is when the report is written
    period = dated or ("" if in_plans else reading.chapters.time_at(span.start)) or reported
    if period.isdigit() and not is_of_part(reading.text.lstrip()[:_TITLE].split("\n")[0]):
        period = part_of_year(period, before)  # 1—6月支出22.64亿元, in a report of years
    return Echo(
        mention.quantity,
        unit_of(mention.quantity),
        "" if context.place.startswith("全") or context.place == own else context.place,
        period,
        name.replace(own, "") if own else name,
        f"{wide}，{name}",
        mention.sentence,
        beside.get(mention.sentence, frozenset()),
        is_of_some(reading, mention, listed=True),
        running,
        mention.each or EACH.search(name) is not None,
        _EVERY.match(mention.tail) is not None and "其中" not in mention.lead,  # 其中41所学校每项指标均达标
        near_words(mention),
        aim=aim,
    )


@lru_cache(maxsize=8)
def _kind_of(title: str) -> str:
    kinds = {one.removesuffix("教育") for one in _TITLE_KINDS.findall(title.replace("幼儿园", "学前"))}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of_title(text: str) -> str:
    """Return the kind of school that the whole text is about by its title, so that no figure need say so: 学前."""
    return _kind_of(text.lstrip()[:_TITLE].split("\n")[0])


def _was_added(mention: Mention) -> bool:
    """Return whether a change tells what was added, named right before it and against no other year: 床位增加2180张."""
    counted = mention.quantity.kind is Kind.COUNT and mention.direction > 0 and not _AGAINST.search(mention.clause)
    return counted and _ADDED.fullmatch(mention.lead) is not None


def _is_stretch(period: str) -> bool:
    """Return whether a period is of several years: 2021~ for 2021年以来, 2021/2023."""
    return period.endswith("~") or "/" in period


def _adds_up(mention: Mention, name: str, before: str) -> bool:
    """Return whether a figure adds up what was done in several years."""
    flows = (
        mention.quantity.kind is not Kind.PERCENT
        and mention.role is not Role.TO
        and _FLOWS.search(f"{mention.lead}{name}{mention.tail[:_FLOWS_BEHIND]}")
    )
    return bool(flows) and _RUNNING.search(before) is not None


def same_time(one: Echo, other: Echo) -> bool:
    """Return whether two figures may be of one time; several years not named agree with those that are.

    What was found when others looked (反馈时、摸底时) is of another time than what is told without.
    """
    if _then(one.wide) != _then(other.wide):
        return False
    if one.period == other.period or not one.period or not other.period:
        return True
    if one.running and other.running:
        return not (_is_stretch(one.period) and _is_stretch(other.period)) or one.period[:4] == other.period[:4]
    return False


@lru_cache(maxsize=8192)
def _then(words: str) -> bool:
    return _THEN.search(words) is not None
