"""The figures of a report under the names of `index_names`, from prose and from cells that carry no unit.

Of each only what is told of the whole place is read, not what a rule sets, one school has or an index lies between.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from dudao.claims.chapters import Chapter
from dudao.claims.context import Context
from dudao.claims.contradictions.facts import TOLD, Fact, prose_facts
from dudao.claims.contradictions.index_names import (
    NAMED,
    SEVERAL,
    STAGE,
    IndexName,
    index_in,
    index_of_label,
    narrowed_to,
    stages_in,
    what_of,
)
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.rectified import found_before
from dudao.claims.contradictions.scopes import is_of_some
from dudao.claims.mentions import Mention, Role
from dudao.quantities.model import Interval, Kind, Quantity

UNIT = "index"
_KINDS = {
    "差异系数": frozenset({Kind.OTHER}),
    "生师比": frozenset({Kind.RATIO, Kind.OTHER}),
    "平均班额": frozenset({Kind.COUNT}),
}
_RATIO = re.compile(r"(?P<pupils>\d{1,2}(?:\.\d{1,3})?)(?:\s*[:：∶]\s*1)?")
_BETWEEN = re.compile(r"[为是达到至由从降低减少提升高优化扩大调整仅均已则也约的分别依次和、（）()\d.:：∶人，]*")
"""What stands between a name and its figure; 不高于0.50 and 最高为0.43 tell no value of it."""
_DEALT = re.compile("分别|依次")
_CONTINUED = re.compile(rf"(?:{STAGE})(?:[为是达到则]|降[至到])*")
_THEN = re.compile(r"反馈|督导|评估时|整改前|此前|原[来先]|摸底")
_BOUND = re.compile(r"标准|上限|规定|要求")
_FIGURES = re.compile(r"\d[\d.]*(?:\s*[:：∶]\s*\d[\d.]*)?")
_ROW_OF_STAGES = re.compile(rf"(?:{STAGE})(?:阶段|学校)?(?:[、和与及](?:{STAGE})(?:阶段|学校)?)+")
_STAGES = re.compile(STAGE)
_LOOK_BACK = 200
_STATED = frozenset({Role.LEVEL, Role.TO, Role.FROM, Role.PREVIOUS})
_EARLIER = frozenset({Role.FROM, Role.PREVIOUS})


def index_facts(reading: Reading, reported: str) -> tuple[Fact, ...]:
    """Return the indices that a text tells of its place, in the order of their places; `reported` is its year."""
    return reading.once(
        f"index facts {reported}",
        lambda: tuple(
            sorted([*_in_prose(reading, reported), *_in_tables(reading, reported)], key=lambda fact: fact.quantity.span)
        ),
    )


def _in_tables(reading: Reading, reported: str) -> Iterator[Fact]:
    for told in reading.table_facts:
        name = index_of_label(told.measures[0], told.caption)
        if name is None or told.quantity.kind not in _KINDS[name.index] | {Kind.OTHER}:
            continue
        if (quantity := _valued(told.quantity)) is not None:
            yield _fact(
                name, told.place, told.period or reported, quantity, told.caption, told.table, told.period != ""
            )


def _in_prose(reading: Reading, reported: str) -> Iterator[Fact]:
    if index_in(reading.text) == "":
        return
    prose_facts(reading, reported)  # leaves the contexts with the years that 上年 and the like mean
    contexts: dict[int, Context] = reading.worked_out.get(TOLD, {})
    before: tuple[IndexName, Mention] | None = None
    for mention in reading.passage.mentions:
        context = contexts.get(mention.quantity.span.start)
        name = None if context is None else _name(reading, mention, before)
        if name is None or context is None:
            continue
        before = (name, mention)
        period = context.period or reported
        if mention.role in _EARLIER and (context.inherited or not context.period):
            continue
        if context.aim or context.place == "?" or context.chapter is Chapter.PLANS:
            continue
        if found_before(reading, mention) or is_of_some(reading, mention) or reading.passage.in_doubt(mention.quantity):
            continue
        quantity = _valued(mention.quantity)
        if quantity is not None and mention.quantity.approximation is None:
            heading = reading.chapters.heading_at(mention.quantity.span.start)
            dated = bool(context.period) and not context.inherited
            yield _fact(name, context.place, period, quantity, heading, -1, dated)


def _fact(name: IndexName, place: str, period: str, quantity: Quantity, heading: str, table: int, dated: bool) -> Fact:
    return Fact(name.words, name.key, UNIT, place, period, dated, quantity, heading, table=table)


def _valued(quantity: Quantity) -> Quantity | None:
    """Return a figure as pupils to one teacher, or as it is; None for one that is no such value."""
    text = quantity.text.strip().removesuffix("人")
    match = _RATIO.fullmatch(text)
    if match is None or quantity.upper is not None:
        return None
    value = Decimal(match["pupils"])
    decimals = len(match["pupils"].partition(".")[2])
    half = Decimal(5).scaleb(-decimals - 1)
    interval = Interval(value - half, value + half)
    return replace(quantity, value=value, interval=interval, decimals=decimals, scale=Decimal(1))


def _name(reading: Reading, mention: Mention, before: tuple[IndexName, Mention] | None) -> IndexName | None:
    """Return the index that a figure tells by the words before it, None for any other figure."""
    if mention.role not in _STATED or mention.depth:
        return None
    clause = mention.clause
    index = index_in(clause)
    if not index:
        return _continued(mention, before)
    if mention.quantity.kind not in _KINDS[index] or _BOUND.search(clause) or _THEN.search(mention.topic):
        return None
    stages = stages_in(_FIGURES.sub("，", clause))
    if stages is None:
        return None
    *_, last = NAMED.finditer(clause)
    if not _BETWEEN.fullmatch(clause, last.end()):
        return None
    stage = _stage(reading, mention, stages)
    if not stage:
        return None
    of = ""
    if index == "差异系数":
        of = what_of(clause) or what_of(mention.topic)
    above = reading.chapters.heading_at(mention.quantity.span.start)
    return IndexName(index, of, stage, narrowed_to(f"{above}，{mention.topic}"))


def _stage(reading: Reading, mention: Mention, stages: list[str]) -> str:
    """Return of which kind of school a figure is, by the words before it or the heading; empty where that is open."""
    kinds = list(dict.fromkeys(stages))
    if _DEALT.search(mention.clause):
        row = _row(reading, mention)
        return kinds[row.index(mention)] if len(row) == len(kinds) else ""
    end = mention.quantity.span.start
    if not kinds:
        start = max(reading.passage.segmentation.sentences.starts[mention.sentence], end - _LOOK_BACK)
        kinds = stages_in(_FIGURES.sub("，", reading.text[start:end])) or []
    if len(kinds) > 1 and _names_together(reading.text[max(end - _LOOK_BACK, 0) : end]):
        return ""  # 小学、初中在校生共33676人，专任教师共2085人，生师比16.2:1: of both as one
    if not kinds:
        above = set(stages_in(reading.chapters.heading_at(end)) or []) - SEVERAL
        return above.pop() if len(above) == 1 else ""
    return kinds[-1]


def _names_together(words: str) -> bool:
    """Return whether the kinds of school that words name last are named as one: 小学、初中."""
    last = max((match.start() for match in _STAGES.finditer(words)), default=0)
    return any(row.start() < last < row.end() for row in _ROW_OF_STAGES.finditer(words))


def _row(reading: Reading, mention: Mention) -> list[Mention]:
    first, last = reading.passage.sentences[mention.sentence]
    return [
        one
        for one in reading.passage.mentions[first : min(last, first + 40)]
        if one.clause_number == mention.clause_number
    ]


def _continued(mention: Mention, before: tuple[IndexName, Mention] | None) -> IndexName | None:
    """Return the index that was named before and is told of another kind of school: 小学差异系数0.386，初中0.342."""
    if before is None or not _CONTINUED.fullmatch(mention.lead):
        return None
    name, left = before
    follows = mention.sentence == left.sentence and mention.clause_number == left.clause_number + 1
    if not follows or mention.quantity.kind is not left.quantity.kind:
        return None
    stages = stages_in(mention.lead)
    return replace(name, stage=stages[0]) if stages else None
