"""The same measure, place and period with two values that no rounding joins, in prose and tables."""

import re
from collections import defaultdict

from dudao.claims.context import title_year
from dudao.claims.contradictions.differences import Bar, digits_of, fitting, is_near, is_unit_slip
from dudao.claims.contradictions.facts import Fact, differ, differ_broadly, facts_of
from dudao.claims.contradictions.index_facts import index_facts
from dudao.claims.contradictions.reading import Reading
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.quantities.model import Quantity

CODE = "claims.contradiction.same_measure"
_APART = 12
"""Two figures nearer than so many characters stand in one phrase."""
_COMPARED = re.compile(r"[，,]?(?:[较比]|相较|相比)[^，。；：\n]{0,16}")
_HELD = 6
"""Each fact is held against so many earlier ones of its measure, so that the work stays linear."""


def find(reading: Reading) -> list[Finding]:
    """Return a finding for the first later value of a measure that cannot be an earlier one."""
    groups: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    wider: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in (*facts_of(reading), *index_facts(reading, title_year(reading.text))):
        groups[fact.core, own_or_named(fact.place), fact.period, fact.unit].append(fact)
        if fact.broad:
            wider[fact.broad, own_or_named(fact.place), fact.period, fact.unit].append(fact)
    found: dict[int, Finding] = {}
    for facts in groups.values():
        pair = _first_difference(reading.text, facts)
        if pair is not None and pair[1].quantity.span.start not in found:
            found[pair[1].quantity.span.start] = _finding(*pair)
    told = {span.start for finding in found.values() for span in (finding.span, *finding.related)}
    for facts in wider.values():
        pair = _first_slip(facts)
        if pair is not None and not told & {fact.quantity.span.start for fact in pair}:
            found[pair[1].quantity.span.start] = _finding(*pair)
    return list(found.values())


def own_or_named(place: str) -> str:
    """Return one name for the document's own level, written or not."""
    return "" if place.startswith("全") else place


def _first_difference(text: str, facts: list[Fact]) -> tuple[Fact, Fact] | None:
    for number, later in enumerate(facts):
        for earlier in facts[max(0, number - _HELD) : number]:
            apart = later.quantity.span.start - earlier.quantity.span.start >= _APART
            if apart and differ(earlier, later) and not _compared(text, earlier, later):
                return earlier, later
    return None


def _compared(text: str, earlier: Fact, later: Fact) -> bool:
    """Return whether one phrase holds two values against each other: 79.9%，较2020年的75.4%提高4.5个百分点."""
    return _COMPARED.fullmatch(text[earlier.quantity.span.end : later.quantity.span.start]) is not None


def _first_slip(facts: list[Fact]) -> tuple[Fact, Fact] | None:
    """Return two facts of one wider name that differ as by a slip, where no third place confirms either of them."""
    for number, later in enumerate(facts):
        for earlier in facts[max(0, number - _HELD) : number]:
            apart = later.quantity.span.start - earlier.quantity.span.start >= _APART
            if apart and differ_broadly(earlier, later) and not _is_confirmed(facts, earlier, later):
                return earlier, later
    return None


def _is_confirmed(facts: list[Fact], earlier: Fact, later: Fact) -> bool:
    """Return whether the words of one fact have the value of the other, so that both are true of different things."""
    words = {earlier.core: later, later.core: earlier}
    return any(
        fact.core in words and fact.quantity.interval.meets(words[fact.core].quantity.interval) for fact in facts
    )


def level_of(one: Quantity, other: Quantity, *, sure: bool) -> Level:
    """Return how much a difference weighs: far apart, two figures rather differ in scope than by a slip.

    A value ten, a hundred or ten thousand times the other is a slip of the unit, and no difference of scope.
    """
    near = is_near(one, other) or sorted(digits_of(one)) == sorted(digits_of(other))
    if is_unit_slip(one, other):
        return Level.WARNING
    if not near:
        return Level.NOTE
    return Level.ERROR if sure else Level.WARNING


def _finding(earlier: Fact, later: Fact) -> Finding:
    when = f"（{later.period.rstrip('~')}）" if later.period else ""
    sure = earlier.dated and later.dated and earlier.bar is later.bar is Bar.ANY
    return Finding(
        CODE,
        level_of(earlier.quantity, later.quantity, sure=sure),
        later.quantity.span,
        f"“{later.measure}”{when}前后两处不同：此处为{later.quantity.text}，{_where(earlier)}为{earlier.quantity.text}，"
        f"四舍五入也不能相合。{_why_one(earlier, later)}"
        f"如{_where(earlier)}无误，此处应为{fitting(earlier.quantity, later.quantity)}。",
        related=(earlier.quantity.span,),
        remedy="请核对原始数据，统一两处数字；如口径不同，请在文中分别注明。",
    )


def _why_one(earlier: Fact, later: Fact) -> str:
    """Return why two figures in different words are taken for one measure; empty where the words are the same."""
    if earlier.measure == later.measure:
        return ""
    return f"两处分别称“{earlier.measure}”和“{later.measure}”，地区、时间和单位相同。"


def _where(fact: Fact) -> str:
    return "前文表中" if fact.table >= 0 else "前文"
