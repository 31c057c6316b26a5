"""Results that a sentence reckons from a table: 表1 …; 其中中等职业学校增加224.36万元，增长5.4%.

The sentence names a row or a column, sometimes two, and says what it makes of them; the figures it reckons with stand
in the table alone. The cells of the lines named are tried, the likeliest first. What fits and is unlikely to fit by
chance is confirmed; what fits but for one slip of a digit is wrong where the words leave no choice of cells.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from dudao.claims.cells.groups import TOGETHER, both_stages, columns_from, ends_of, groups_of, merged_rows
from dudao.claims.cells.judging import fitting_trial
from dudao.claims.cells.lines import Cell, Line, lines_of
from dudao.claims.cells.model import Told
from dudao.claims.cells.naming import Named, named_lines, speaks_of_all
from dudao.claims.cells.trials import TRIALS
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.nearby.announced import announced
from dudao.claims.proposals import WEAK, Proposal
from dudao.claims.slipped.standing import NAME as NEAR_SLIPS
from dudao.documents.model import Table
from dudao.provenance import Span
from dudao.quantities.model import Quantity

BEFORE = 160
"""So many characters of a sentence before a figure are read for the lines it is of."""
WORK_LIMIT = 100_000
"""So many pairs of a figure and a line are looked at: 500 figures beside 200 lines."""
PROSE = 30
"""A cell of so many characters holds sentences."""
NEAR = 20
"""So many figures on either side of one in its sentence are looked at."""
_JOINT = re.compile(r"[个人所名元万亿项平方米%％百分点]{0,6}[、和及与，][^，。；、\d]{0,2}")
_MEAN_OF_ALL = re.compile(r"(?:全[省市县区旗州]|全部[^，。；\d]{0,4}|总体|各[县校园])的?平均(?:水平|数|值)?|平均水平")
_COMPARED = "比较同与于出过"
_OF_STAGES = re.compile(r"义务教育")
_OF_SEVERAL = re.compile(rf"{TOGETHER.pattern}|{_OF_STAGES.pattern}")
_BASE = re.compile(r"[比较与同]((?:19|20)\d\d)年")
_DEALT = re.compile(r"分别[^，。；]{0,12}$|依次[^，。；]{0,12}$")
_LISTED = re.compile(r"[（(][^（）()\d]{2,12}[、和][^（）()\d]{2,12}[）)][^，。；（）\d]{0,14}$")
"""义务教育阶段（小学、初中）在编教职工5289名: the sum of those in the parenthesis."""
_MARKS = re.compile("[，；。：！？]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|[—–至-])")
_OTHER_TIME = re.compile(r"年均|累计|[一二三四五六七八九十两\d]年|以来|期间|预算|计划|目标|年初|期初|近|同期")
_DEDUCTED = re.compile(r"(?:扣|失)(?:分|掉|了)*$")
_SEVERAL = re.compile(r"(?P<number>[两二三四五六七八九])(?:年|项|者|类|个|县|所|校|镇|区|级|部分|方面)[^，。；]{0,8}$")
_SUMMED = re.compile(r"[合共总]计|[共总]|之和|相加|加起来")
_NUMBERS = {one: number for number, one in enumerate("二三四五六七八九", 2)} | {"两": 2}
_GROUPS = {
    ClaimType.LEVEL_DELTA_GROWTH: "change",
    ClaimType.TWO_LEVEL_CHANGE: "change",
    ClaimType.DIFFERENCE: "change",
    ClaimType.EXCEEDS_STANDARD: "change",
    ClaimType.SHARE: "share",
    ClaimType.PER_CAPITA: "ratio",
    ClaimType.RATIO: "ratio",
    ClaimType.SUM: "sum",
    ClaimType.SCORE_SUM: "sum",
}


def find(
    passage: Passage,
    text: str,
    tables: Sequence[Table],
    quantities: Sequence[Quantity],
    found: Sequence[Proposal],
    place: Callable[[Span], Span],
) -> Iterator[Proposal]:
    """Yield what sentences reckon from tables.

    Args:
        passage: the text as the relations read it.
        text: the document's own text, where the tables lie.
        tables: all tables of the text.
        quantities: the figures with their places in the document's own text.
        found: what all other relations found.
        place: gives for a place of the passage that in the document's own text.
    """
    lines = lines_of(text, tables, quantities)
    if not lines:
        return
    # What fails by the sentence's own figures is not put right by cells: the figure miswritten may be one of its own.
    explained = {(one.stated, _GROUPS.get(one.claim.type, "")) for one in found if not _loosely(one)}
    standing = {index for one in found if one.holds for index in one.claim.operands.values()}
    in_tables = sorted(one.span for one in tables)
    in_prose = sorted(cell.span for one in tables for cell in one.cells if _is_prose(cell.text))
    room = WORK_LIMIT // len(lines)
    parted = any(ends_of(lines))
    for one in passage.mentions:
        if one.quantity.value <= 0:
            continue
        wanted = _ways(one) or (["sum"] if (parted and _of_all(passage, one)) or _of_rows(one, lines) else [])
        ways = [how for how in wanted if (one.index, how) not in explained]
        if not ways or passage.in_doubt(one.quantity):
            continue
        span = place(one.quantity.span)
        if _inside(span, in_tables) and not _inside(span, in_prose):
            continue
        room -= 1
        if room < 0:
            return
        told = _told(passage, one, lines)
        if told is not None:
            trials = chain.from_iterable(TRIALS[how](told) for how in ways)
            yield from fitting_trial(one, quantities, trials, accuse=one.index not in standing)


def _of_all(passage: Passage, one: Mention) -> bool:
    """Return whether the words of a sentence up to an amount speak of the whole that several tables divide."""
    start = passage.segmentation.sentences.span(one.sentence).start
    end = one.quantity.span.start
    return one.amount and one.level and speaks_of_all(passage.text[max(start, end - BEFORE) : end])


def _of_rows(one: Mention, lines: Sequence[Line]) -> bool:
    """Return whether the clause of an amount or the one before names a cell that goes over several rows."""
    return one.amount and one.level and any(merged_rows(_last_two(one.topic), lines))


def _last_two(words: str) -> str:
    return "，".join(_MARKS.split(words)[-2:])


def _loosely(one: Proposal) -> bool:
    """Return whether only nearness suggests a reading, and only rounding or the change of a digit makes it fit."""
    if not one.holds:
        return one.claim.relation == NEAR_SLIPS
    return one.strength <= WEAK and one.claim.verdict is Verdict.CONSISTENT_IF_ROUNDED


def _ways(one: Mention) -> list[str]:
    """Return what kinds of result a figure may be by its words; none for one that is written roughly."""
    figure = one.quantity
    if figure.upper is not None or figure.approximation is not None:
        return []
    how = announced(one)
    summed = (
        one.summing
        or one.total
        or _SUMMED.search(one.clause[-12:])
        or _LISTED.search(one.clause)
        or any(_OF_SEVERAL.search(clause) for clause in (one.clause, *_MARKS.split(one.topic)[-2:]))
    )
    if not how and one.amount and _DEDUCTED.search(one.clause):
        how = "change"
    found = [how] if how in TRIALS else []
    if not one.amount or not summed or how == "per_capita":
        return found
    if one.role is Role.CHANGE and _SEVERAL.search(one.clause) is None:
        return [*found, "sum"]
    return ["sum", *found]


def _is_prose(words: str) -> bool:
    """Return whether a cell holds sentences, as the last row of a sheet does."""
    return len(words) >= PROSE and "。" in words


def _inside(span: Span, tables: Sequence[Span]) -> bool:
    return any(one.start <= span.start < one.end for one in tables)


def _told(passage: Passage, one: Mention, lines: Sequence[Line]) -> Told | None:
    start = passage.segmentation.sentences.span(one.sentence).start
    before = passage.text[max(start, one.quantity.span.start - BEFORE) : one.quantity.span.start]
    named = named_lines(before, lines)
    if (dealt := _dealt(passage, one)) is not None:
        head, number, count = dealt
        before = before[: max(0, len(before) - (one.quantity.span.start - head))]
        named = _one_of(named_lines(before, lines), number, count)
        if not named:
            return None
    totals = [line for line in lines if line.total]
    if (whole := _MEAN_OF_ALL.search(before)) is not None:
        compared = before[max(whole.start() - 1, 0) : whole.start()] in _COMPARED
        named += [Named(line, whole.end(), 1, whole=True, compared=compared) for line in totals if not line.turned]
        named.sort(key=lambda other: other.end, reverse=True)
    several = _SEVERAL.search(before)
    grouped = tuple(merged_rows(_last_two(before), lines))
    if not (named or grouped) and not (totals and (several is not None or speaks_of_all(before))):
        return None
    clause = _MARKS.split(before)[-1]
    years = frozenset(_YEAR.findall(before.rpartition("；")[2]))
    held = {cell.index for other in named for cell in other.line.cells.values()}
    near = _beside_it(passage, one)
    values = {other.quantity.value / other.quantity.scale for other in near}
    quoted = {
        cell.index
        for other in named
        for cell in other.line.cells.values()
        if cell.quantity.value / cell.quantity.scale in values
    }
    return Told(
        tuple(_of_both_ways(named)),
        tuple(totals),
        clause,
        before,
        years,
        frozenset(_BASE.findall(clause)),
        _OTHER_TIME.search(clause) is None,
        frozenset(quoted & held),
        one.direction,
        one.quantity.kind,
        one.amount,
        _NUMBERS[several["number"]] if several else 0,
        tuple(_beside(passage, one)),
        frozenset(name for other in named for name in other.line.names[-1:] if other.line.turned),
        tuple(both_stages(clause, lines)) if _OF_STAGES.search(before) else (),
        _alone(passage, one, named, before, clause),
        tuple(_together(before, named, lines)),
        (*ends_of(lines), *grouped, *columns_from(clause, lines)),
    )


def _together(before: str, named: Sequence[Named], lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines that the clause before a figure, or the one before that, means together by kind and number."""
    for clause in _MARKS.split(before)[-2:][::-1]:
        if TOGETHER.search(clause) is not None:
            yield from groups_of(clause, named, lines)
            return


def _beside_it(passage: Passage, one: Mention) -> Sequence[Mention]:
    """Return the figures of the same sentence that stand near one."""
    first, last = passage.sentences[one.sentence]
    place = bisect_left(passage.mentions, one.index, lo=first, hi=last, key=lambda other: other.index)
    return passage.mentions[max(first, place - NEAR) : min(last, place + NEAR)]


def _dealt(passage: Passage, one: Mention) -> tuple[int, int, int] | None:
    """Return where a row that 分别 deals begins, the number of a figure in it and how many it has."""
    near = _beside_it(passage, one)
    place = next((at for at, other in enumerate(near) if other.index == one.index), None)
    if place is None:
        return None
    start = end = place
    while start and _JOINT.fullmatch(passage.words_between(near[start - 1], near[start])):
        start -= 1
    while end + 1 < len(near) and _JOINT.fullmatch(passage.words_between(near[end], near[end + 1])):
        end += 1
    head = near[start].quantity.span.start
    if start == end or _DEALT.search(passage.text[max(head - 24, 0) : head]) is None:
        return None
    return head, place - start, end - start + 1


def _one_of(named: Sequence[Named], number: int, count: int) -> list[Named]:
    """Return the line that a figure of a dealt row is of, in each table: of as many named in a row its own."""
    groups: dict[tuple[int, bool], list[Named]] = {}
    for one in named:
        groups.setdefault((one.line.table, one.line.turned), []).append(one)
    found = []
    for group in groups.values():
        row = sorted(group, key=lambda one: one.end)[-count:]
        if len(row) == count:
            found.append(row[number])
    return found


def _alone(passage: Passage, one: Mention, named: Sequence[Named], before: str, clause: str) -> Line | None:
    """Return the line that a clause names with no other figure behind the name: 其中小学占45.6%."""
    inside = [other for other in named if other.end > len(before) - len(clause) and not other.line.turned]
    if len(inside) != 1 or any(character.isdecimal() for character in before[inside[0].end :]):
        return None
    return (
        inside[0].line
        if inside[0].whole
        and one.quantity.span.start - passage.segmentation.sentences.span(one.sentence).start <= BEFORE
        else None
    )


def _beside(passage: Passage, one: Mention) -> Iterator[Cell]:
    """Yield the amount just before a result in its sentence: 两项合计57.45万元，占未整改金额的62.5%."""
    for other in reversed(_beside_it(passage, one)):
        if other.index < one.index and one.clause_number - other.clause_number <= 1:
            if other.amount and other.level and other.quantity.upper is None and other.quantity.unit:
                yield Cell(other.index, other.quantity, True, "", frozenset(), "", -1)
            return


def _of_both_ways(named: Sequence[Named]) -> list[Named]:
    """Return named lines, last those that only say the year by which lines of the other way are crossed."""
    return sorted(named, key=lambda one: bool(one.line.time and not one.line.stem))
