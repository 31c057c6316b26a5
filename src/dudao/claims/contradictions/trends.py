"""What is said to rise or fall, against the figures of those years or another place that says the opposite.

毛入学率连续两年下降 here, 91.2%、92.4%、93.5% for three years in a table there; 教育支出较上年减少 here,
比上年增加1.24亿元 there. Words beside a figure of their own are left to the checks of that figure.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from dudao.claims.context import title_year
from dudao.claims.contradictions.directions import ALWAYS, Direction, directions_of
from dudao.claims.contradictions.facts import Fact, facts_of, same_scope
from dudao.claims.contradictions.index_facts import index_facts
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.same_measure import own_or_named
from dudao.claims.model import Finding
from dudao.claims.stage_names import stage_in
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.trend"
_LEAST_ALWAYS = 2
_LOOK_BACK = 200
"""How many characters before a place its paragraph may name the stage it is told of."""
_NOTES = re.compile(r"（[^（）]*）")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each measure said to move one way whose figures, or another place, move the other way."""
    reported = title_year(reading.text)
    told = directions_of(reading, reported)
    if not told:
        return []
    years = _by_year([*facts_of(reading), *index_facts(reading, reported)])
    found: list[Finding] = []
    used: set[Direction] = set()
    for one in told:
        if not one.by_figure and (pair := _against(one, years)) is not None:
            used.add(one)
            found.append(_finding(one, *pair))
    for number, later in enumerate(told):
        for earlier in told[:number] if later not in used else ():
            if earlier not in used and are_opposite(earlier, later) and _apart(reading, earlier, later):
                used.update((earlier, later))
                found.append(_of_two(*sorted((earlier, later), key=lambda one: (one.by_figure, one.span))))
                break
    return found


def are_opposite(one: Direction, other: Direction) -> bool:
    """Return whether two places say that one measure moved in opposite ways over the same years, or in one of them."""
    over = one.since == other.since or (one.each and other.each)
    return over and one.year == other.year and one.way != other.way and not one.keys.isdisjoint(other.keys)


def of_one_scope(one: Direction, other: Direction) -> bool:
    """Return whether the headings above two places narrow their measure to no kind of school that it does not name."""
    return same_scope(f"{one.measure}{one.words}{other.measure}{other.words}", one.heading, other.heading)


def _apart(reading: Reading, one: Direction, other: Direction) -> bool:
    """Return whether two places stand in different sentences, under headings that narrow neither."""
    first, second = sorted((one.span, other.span))
    parted = any(mark in reading.text[first.end : second.start] for mark in "。；\n")
    return parted and of_one_scope(one, other) and not _of_two_stages(reading, first, second)


def _of_two_stages(reading: Reading, first: Span, second: Span) -> bool:
    """Return whether the paragraphs of two places speak of different stages: 小学437所。…减少。 初中124所。…增加."""
    stages = []
    for span in (first, second):
        start = max(reading.passage.segmentation.paragraphs.span_at(span.start).start, span.start - _LOOK_BACK)
        stages.append(stage_in(_NOTES.sub("", reading.text[start : span.end])))
    return None not in stages and stages[0] != stages[1]


def _of_two(here: Direction, there: Direction) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        here.span,
        f"此处称“{here.words}”，另一处却写“{there.words}”，方向相反。",
        related=(there.span,),
        remedy="请核对各年数字和此处的说法；说的是另一时期或另一范围的，请写明。",
    )


def _by_year(facts: list[Fact]) -> Mapping[str, dict[int, list[Fact]]]:
    """Return the figures of the whole place by the name they are compared by, and by year."""
    found: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if not own_or_named(fact.place) and fact.period.isdigit():
            found[fact.core][int(fact.period)].append(fact)
    return found


def _against(said: Direction, told: Mapping[str, dict[int, list[Fact]]]) -> tuple[Fact, Fact] | None:
    """Return the first and last figure of the years spoken of, if each year moves against the words."""
    if not said.year.isdigit():
        return None
    for key in sorted(said.keys):
        years = told.get(key)
        row = _row(said, int(said.year), years) if years else []
        if row and all(_moves(said, *pair) for pair in pairwise(row)):
            return row[0], row[-1]
    return None


def _row(said: Direction, year: int, years: dict[int, list[Fact]]) -> list[Fact]:
    """Return one figure for each year that the words speak of, empty where one is missing or told twice otherwise."""
    since = min(years) if said.since == ALWAYS else year - said.since
    spoken = [one for one in sorted(years) if since <= one <= year]
    if year not in years or since not in years or (said.since == ALWAYS and len(spoken) <= _LEAST_ALWAYS):
        return []
    if any(not fact.quantity.interval.meets(years[one][0].quantity.interval) for one in spoken for fact in years[one]):
        return []
    return [years[one][0] for one in spoken]


def _moves(said: Direction, earlier: Fact, later: Fact) -> bool:
    """Return whether two figures surely move against the words."""
    low, high = (earlier, later) if said.way < 0 else (later, earlier)
    most, least = low.quantity.interval.high, high.quantity.interval.low
    return most is not None and least is not None and most < least


def _finding(said: Direction, first: Fact, last: Fact) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        said.span,
        f"此处称“{said.words}”，而文中{first.period}年为{first.quantity.text}，{last.period}年为{last.quantity.text}，"
        "方向相反。",
        related=(first.quantity.span, last.quantity.span),
        remedy="请核对各年数字和此处的说法；说的是另一时期或另一范围的，请写明。",
    )
