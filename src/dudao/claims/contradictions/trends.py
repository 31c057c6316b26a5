"""What is said to rise or fall year by year, against the figures of those years told elsewhere.

毛入学率连续两年下降 here, 91.2%、92.4%、93.5% for three years in a table there; 教育支出较上年减少 here, 13.82亿元
against 13.34亿元 there. Words beside a figure of their own are left to the checks of that figure.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from dudao.claims.context import measure_of, title_year
from dudao.claims.contradictions.facts import Fact, facts_of, prose_facts
from dudao.claims.contradictions.measure_keys import key_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.contradictions.same_measure import own_or_named
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.issues import Level
from dudao.provenance import Span

CODE = "claims.contradiction.trend"
_MOVED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:(?P<year>20\d\d)年)?(?P<name>[\u4e00-\u9fff]{3,18}?)(?:也|均|都|却|已|仍|呈)?"
    r"(?:连续(?P<years>[两三四五])年|(?P<always>逐年|持续|连年)|(?:[较比同](?:上年|去年|上一年)(?:相比|同期)?|同比))"
    r"(?:有所|略有|小幅|明显|大幅|稳步|不断|呈)*"
    r"(?P<moved>下降|减少|降低|下滑|萎缩|上升|提高|提升|增长|增加)(?:趋势|态势)?(?=[，。；、\n]|$)"
)
_FALLS = frozenset({"下降", "减少", "降低", "下滑", "萎缩"})
_NOT_HERE = re.compile(r"部分|个别|有的|少数|某|民办|农村|城区|乡镇|其中|占比|比重")
_COUNTED = {"两": 2, "三": 3, "四": 4, "五": 5}
_LEAST_ALWAYS = 2
_UNITS = ("%", "元", "人", "所", "平方米", "册")
_MOST = 40
_FULL_NAME = 4
_SHOWN = 30
_SINCE = re.compile(r"(?:[比较同](?:上年|去年|上一年)|同比|增长|增加|下降|减少|提高)")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each measure said to move one way whose figures all move the other way."""
    said = [match for match in _MOVED.finditer(reading.text) if not _NOT_HERE.search(match["name"])][:_MOST]
    if not said:
        return []
    reported = title_year(reading.text)
    told, moved = _by_year(facts_of(reading)), _moved(reading, reported)
    found = []
    for match in said:
        if reading.passage.has_torn(Span(*match.span())):
            continue
        if (pair := _against(match, reported, told)) is not None:
            found.append(_finding(match, *pair))
        elif (change := _changed_against(match, reported, moved)) is not None:
            found.append(_of_change(reading, match, change))
    return found


def _moved(reading: Reading, reported: str) -> Mapping[str, list[tuple[Mention, int]]]:
    """Return by how much measures of the year of the report rose or fell, as told right behind their figures."""
    found: dict[str, list[tuple[Mention, int]]] = defaultdict(list)
    mentions = reading.passage.mentions
    places = {mention.index: place for place, mention in enumerate(mentions)}
    for fact, mention in prose_facts(reading, reported):
        place = places[mention.index]
        if own_or_named(fact.place) or fact.period != reported or fact.aim:
            continue
        if mention.role is Role.TO and place and mentions[place - 1].role is Role.FROM:
            began = mentions[place - 1]
            if began.sentence == mention.sentence and began.quantity.value != mention.quantity.value:
                found[fact.core].append((mention, 1 if mention.quantity.value > began.quantity.value else -1))
        elif place + 1 < len(mentions):
            change = mentions[place + 1]
            near = change.sentence == mention.sentence and change.clause_number == mention.clause_number + 1
            if near and change.role is Role.CHANGE and change.direction and _SINCE.match(change.lead):
                found[fact.core].append((change, 1 if change.direction > 0 else -1))
    return found


def _changed_against(
    match: re.Match[str], reported: str, moved: Mapping[str, list[tuple[Mention, int]]]
) -> Mention | None:
    """Return the change of the measure that the words gainsay, if all changes told of it do; they must be of a year."""
    measure = measure_of(match["name"])
    if match["years"] or match["always"] or match["year"] not in (None, reported) or len(measure) < _FULL_NAME:
        return None
    way = -1 if match["moved"] in _FALLS else 1
    for unit in _UNITS:
        changes = moved.get(key_of(measure, unit), [])
        if changes and all(direction == -way for _, direction in changes):
            return changes[0][0]
    return None


def _of_change(reading: Reading, match: re.Match[str], change: Mention) -> Finding:
    words = "".join(f"{change.clause}{change.quantity.text}".split())[-_SHOWN:]
    return Finding(
        CODE,
        Level.WARNING,
        Span(*match.span()),
        f"此处称“{match[0]}”，另一处却写“{words}”，方向相反。",
        related=(change.quantity.span,),
        remedy="请核对各年数字和此处的说法；说的是另一时期或另一范围的，请写明。",
    )


def _by_year(facts: list[Fact]) -> Mapping[str, dict[int, list[Fact]]]:
    """Return the figures of the whole place by the name they are compared by, and by year."""
    found: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if not own_or_named(fact.place) and fact.period.isdigit():
            found[fact.core][int(fact.period)].append(fact)
    return found


def _against(
    match: re.Match[str], reported: str, told: Mapping[str, dict[int, list[Fact]]]
) -> tuple[Fact, Fact] | None:
    """Return the first and last figure of the years spoken of, if each year moves against the words."""
    year = match["year"] or reported
    measure = measure_of(match["name"])
    if not year.isdigit() or len(measure) < _FULL_NAME:
        return None
    for unit in _UNITS:
        years = told.get(key_of(measure, unit))
        if years and (row := _row(match, int(year), years)) and all(_moves(match, *pair) for pair in _steps(row)):
            return row[0], row[-1]
    return None


def _row(match: re.Match[str], year: int, years: dict[int, list[Fact]]) -> list[Fact]:
    """Return one figure for each year that the words speak of, empty where one is missing or told twice otherwise."""
    since = min(years) if match["always"] else year - _COUNTED.get(match["years"] or "", 1)
    spoken = [one for one in sorted(years) if since <= one <= year]
    if year not in years or since not in years or (match["always"] and len(spoken) <= _LEAST_ALWAYS):
        return []
    if any(not fact.quantity.interval.meets(years[one][0].quantity.interval) for one in spoken for fact in years[one]):
        return []
    return [years[one][0] for one in spoken]


def _steps(row: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    yield from pairwise(row)


def _moves(match: re.Match[str], earlier: Fact, later: Fact) -> bool:
    """Return whether two figures surely move against the words."""
    low, high = (earlier, later) if match["moved"] in _FALLS else (later, earlier)
    most, least = low.quantity.interval.high, high.quantity.interval.low
    return most is not None and least is not None and most < least


def _finding(match: re.Match[str], first: Fact, last: Fact) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        Span(*match.span()),
        f"此处称“{match[0]}”，而文中{first.period}年为{first.quantity.text}，{last.period}年为{last.quantity.text}，"
        "方向相反。",
        related=(first.quantity.span, last.quantity.span),
        remedy="请核对各年数字和此处的说法；说的是另一时期或另一范围的，请写明。",
    )
