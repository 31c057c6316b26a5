"""A value of last year that does not agree with what this year's value and its change say of last year.

教育支出11.83亿元，比上年增加0.46亿元 says 11.37亿元 of last year; 由上年的10.97亿元增加到11.83亿元 elsewhere says
another.
"""

from collections import defaultdict

from dudao.claims.context import title_year
from dudao.claims.contradictions.derived import changes_since, year_before
from dudao.claims.contradictions.differences import is_near, is_slip
from dudao.claims.contradictions.facts import Fact, facts_of, prose_facts, same_scope, scope_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.same_measure import own_or_named
from dudao.claims.model import Finding
from dudao.issues import Level

CODE = "claims.contradiction.year_before"
_HELD = 6
"""Each value told is held against so many that follow from what is told."""


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each value of a year before that a level and its change elsewhere do not leave."""
    derived: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    changes = changes_since(reading.passage)
    sentences = {}
    for fact, told in prose_facts(reading, title_year(reading.text)):
        sentences[fact.quantity.span.start] = told.sentence
        before = None if fact.aim else year_before(fact, changes.get(told.index), growth=True)
        if before is not None and not reading.passage.in_doubt(fact.quantity):
            derived[_key(before)].append(before)
    if not derived:
        return []
    told_of = defaultdict(list)
    for fact in facts_of(reading):
        told_of[_key(fact)].append(fact)
    found = []
    for key, facts in derived.items():
        written = told_of.get(key, [])
        if any(one.quantity.interval.meets(other.quantity.interval) for one in facts for other in written):
            continue  # one place at least agrees: the others are of something else
        for fact in written[:_HELD]:
            other = next((one for one in facts[:_HELD] if _differ(one, fact, sentences)), None)
            if other is not None:
                found.append(_finding(other, fact))
                break
    return found


def _key(fact: Fact) -> tuple[str, str, str, str]:
    return fact.core, own_or_named(fact.place), fact.period, fact.unit


def _differ(one: Fact, other: Fact, sentences: dict[int, int]) -> bool:
    """Return whether a value that follows and one that is told stand apart and are near enough to be of one thing."""
    here, there = (sentences.get(fact.quantity.span.start, -1 - fact.table) for fact in (one, other))
    if here == there or not (is_near(one.quantity, other.quantity) or is_slip(one.quantity, other.quantity)):
        return False
    return same_scope(f"{one.measure}{scope_of(one.core)}", one.heading, other.heading)


def _finding(derived: Fact, written: Fact) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        written.quantity.span,
        f"“{written.measure}”（{written.period}）此处为{written.quantity.text}，"
        f"而另一处{derived.said}，应为{derived.quantity.text}左右，四舍五入也不能相合。",
        related=(derived.quantity.span,),
        remedy="请核对上年数和增减数，统一两处说法；如口径不同，请在文中分别注明。",
    )
