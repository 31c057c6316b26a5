"""Results that nothing explains, and figures nearby that would make them exactly but for one slip of a digit.

支出27.19亿元，结余1.15亿元 of 28.64亿元 raised: no word says 28.64 − 27.19, and near_fits is silent because it does not
fit. It is one digit away from fitting (1.45), and chance does not come so near with so many digits: a slip. Figures
that hold together with others elsewhere are taken as right, so that only those that nothing confirms can be the slip.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import (
    Formula,
    add,
    divide,
    fall_of_decrease,
    growth,
    growth_of_increase,
    judge,
    percent,
    point,
    step,
    subtract,
)
from dudao.claims.completeness import crossing
from dudao.claims.likeness import core_noun, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, joined, propose, shown, text_of
from dudao.claims.rates import is_rate_of
from dudao.claims.relations.compound_growth import YEARLY
from dudao.claims.relations.near_fits import amounts_in_a_row, announced, levels_of
from dudao.claims.relations.stage_sums import candidates
from dudao.claims.slips import KINDS_OF_SLIP, Digits, corrected, digits_of, slipped_within
from dudao.claims.wholes import NAMED, adds_up, whole_noun
from dudao.quantities.model import Interval, Kind

NAME = "near_slips"
REACH = 14
"""How many figures back the operands may stand."""
WHOLES_REACH = 40
"""How many figures back a whole may stand that the words name."""
PARTS_TRIED = 2
CLAUSES = 3
"""How many clauses before its share a part may stand."""
KEPT = 5
"""How many operands of a kind are tried."""
TRIALS = 8
HEADS_NAMED = 2
"""How many characters of the name of the heads an amount must bear: 教师."""
SUBJECT = 4
"""How many characters the name of a part has at least that is looked for far before."""
NAMES_REACH = 120
"""How many figures back it may stand."""
PARAGRAPHS = 1
SEARCHES = 2000
"""So many figures of one text are searched for."""
UNLIKELY = 2.0
"""What is tried must be so many times too little for one slip to fit by chance."""
LEFT_OUT = 20.0
"""The same for a list whose parts make less than the total."""
PERCENTS = 50.0
"""Over how many points the percentages are spread that figures make by chance."""
POINTS = 20.0
"""The same for the differences of percentages."""
LEAD = 12
"""How many characters before the clause of its first part a list may be opened."""
TOTALS = 12
"""How many figures back the total of a list may stand."""
BREATH = 3
"""How many parts a list of one breath has at least."""
FAR = 4
"""So many times unlikelier than otherwise must chance be where whole and part stand sentences apart."""
EXPLAINING = 3
"""A claim of fewer figures compares sizes and confirms no digit."""

_Numbers = Sequence[float]
_Solver = Callable[[_Numbers], float]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A relation between a result and its operands: `solved[k]` gives what figure k should be from all the others."""

    type: ClaimType
    formula: str
    spoken: str
    names: tuple[str, str]
    rule: Formula
    solved: tuple[_Solver, _Solver, _Solver]
    derived: bool = True


def _percent(values: Sequence[Interval]) -> Interval:
    return percent(values[0], values[1])


def _minus(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])


def _over(values: Sequence[Interval]) -> Interval:
    return divide(values[0], values[1])


def _grown(values: Sequence[Interval]) -> Interval:
    return growth(values[0], values[1])


def _shrunk(values: Sequence[Interval]) -> Interval:
    return subtract(point(Decimal(0)), growth(values[0], values[1]))


def _risen(values: Sequence[Interval]) -> Interval:
    return growth_of_increase(values[0], values[1])


def _fallen(values: Sequence[Interval]) -> Interval:
    return fall_of_decrease(values[0], values[1])


_SHARE = _Shape(
    ClaimType.SHARE,
    "share = part / whole",
    "{0}÷{1}×100%",
    ("part", "whole"),
    _percent,
    (lambda v: 100 * v[1] / v[2], lambda v: v[0] * v[2] / 100, lambda v: 100 * v[1] / v[0]),
)
_DIFFERENCE = _Shape(
    ClaimType.DIFFERENCE,
    "diff = a - b",
    "{0}－{1}",
    ("a", "b"),
    _minus,
    (lambda v: v[1] - v[2], lambda v: v[0] + v[2], lambda v: v[1] - v[0]),
    derived=False,
)
_MEAN = _Shape(
    ClaimType.PER_CAPITA,
    "per = total / n",
    "{0}÷{1}",
    ("total", "n"),
    _over,
    (lambda v: v[1] / v[2], lambda v: v[0] * v[2], lambda v: v[1] / v[0]),
)
_GROWTH = _Shape(
    ClaimType.TWO_LEVEL_CHANGE,
    "growth = new / old - 1",
    "（{0}÷{1}－1）×100%",
    ("new", "old"),
    _grown,
    (
        lambda v: 100 * v[1] / v[2] - 100,
        lambda v: v[2] * (1 + v[0] / 100),
        lambda v: v[1] / (1 + v[0] / 100),
    ),
)
_FALL = replace(
    _GROWTH,
    spoken="（1－{0}÷{1}）×100%",
    rule=_shrunk,
    solved=(
        lambda v: 100 - 100 * v[1] / v[2],
        lambda v: v[2] * (1 - v[0] / 100),
        lambda v: v[1] / (1 - v[0] / 100),
    ),
)
_RISE_BY = _Shape(
    ClaimType.LEVEL_DELTA_GROWTH,
    "growth = delta / (level - delta)",
    "{1}÷（{0}－{1}）×100%",
    ("level", "delta"),
    _risen,
    (
        lambda v: 100 * v[2] / (v[1] - v[2]),
        lambda v: v[2] * (1 + 100 / v[0]),
        lambda v: v[0] * v[1] / (100 + v[0]),
    ),
)
_FALL_BY = replace(
    _RISE_BY,
    formula="growth = delta / (level + delta)",
    spoken="{1}÷（{0}＋{1}）×100%",
    rule=_fallen,
    solved=(
        lambda v: 100 * v[2] / (v[1] + v[2]),
        lambda v: v[2] * (100 / v[0] - 1),
        lambda v: v[0] * v[1] / (100 - v[0]),
    ),
)

_CHANGED = frozenset({Role.CHANGE, Role.EXCESS})
_BASES = frozenset({Role.PREVIOUS, Role.FROM})
_NAMED_HIGH = re.compile(r"高中|高职|高校|高等|多媒体")
_DEALT = re.compile(r"分别|依次|各自")
_LISTED = re.compile(r"其中|包括|[：:（(]|分为|由|按|看[，,]|用于|中[，,]")
_Trial = tuple[_Shape, Mention, Mention]


def find(passage: Passage, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield what does not hold because of one slip.

    Args:
        passage: the text as the relations read it.
        found: what all other relations found.
    """
    standing = _Standing(found)
    searched = 0
    for place, one in enumerate(passage.mentions):
        figure = one.quantity
        if figure.approximation is not None or one.index in standing.stated or figure.decimals == 0 == figure.value:
            continue
        how = announced(one)
        if _NAMED_HIGH.search(one.lead) or YEARLY.search(one.lead):
            continue
        if (
            "年均" in one.clause
            or how not in _TRIALS
            or figure.upper is not None
            or figure.value <= 0
            or _DEALT.search(one.clause)
        ):
            continue
        searched += 1
        if searched > SEARCHES:
            return
        yield from _slipped(passage, one, _TRIALS[how](passage, place), standing)
    yield from _lists(passage, standing)
    for total, parts, _ in candidates(passage):
        yield from _stages(passage, total, parts, standing)


class _Standing:
    """What other relations say of the figures: explained as a result, held together with others, called wrong."""

    def __init__(self, found: Sequence[Proposal]) -> None:
        self.stated = {one.stated for one in found if len(one.claim.operands) >= EXPLAINING}
        self.confirmed: set[int] = set()
        self.wrong: set[int] = set()
        for one in found:
            if one.claim.verdict is Verdict.INCONSISTENT:
                self.wrong.update(one.claim.operands.values())
            elif one.holds and len(one.claim.operands) >= EXPLAINING:
                self.confirmed.update(one.claim.operands.values())


def _slipped(passage: Passage, one: Mention, trials: Iterator[_Trial], standing: _Standing) -> Iterator[Proposal]:
    """Yield the first trial that one slip keeps from holding, as long as chance would not bring one so near."""
    likely = 0.0
    # A comparison with others (比公办园高12.1个百分点) often leaves their value untold.
    unlikely = UNLIKELY * (4 if one.quantity.kind is Kind.PERCENTAGE_POINT else 1)
    for number, (shape, left, right) in enumerate(trials):
        figures = (one, left, right)
        if number >= TRIALS or any(other.index in standing.wrong for other in figures):
            return
        digits = [digits_of(other.quantity) for other in figures]
        free = [k for k, other in enumerate(figures) if digits[k] is not None and other.index not in standing.confirmed]
        apart = one.sentence - min(left.sentence, right.sentence) > 1
        likely += _chance(shape, figures, digits, free) * (FAR / UNLIKELY if apart else 1)
        if likely * unlikely > 1:
            return
        k, fitting = _fitting(shape, figures, digits, free)
        if fitting is None:
            continue
        names = dict(zip(shape.names, (left, right), strict=True))
        stated = shape.formula.partition(" ")[0]
        spoken = shape.spoken.format(text_of(left), text_of(right))
        wording = Wording(NAME, shape.type, shape.formula, spoken)
        found = propose(passage, wording, (stated, one), names, shape.rule, STRUCTURAL, derived=shape.derived)
        if found is not None and not found.holds:
            yield replace(found, slip=_said(figures[k], fitting))
        return


def _chance(
    shape: _Shape, figures: tuple[Mention, Mention, Mention], digits: list[Digits | None], free: list[int]
) -> float:
    """Return how likely one of the slips possible makes the trial fit by chance."""
    if digits[0] is None:
        return 1.0
    unit = float(digits[0].unit)
    if not shape.derived:
        # The roundings of a difference add up: each widens what fits.
        unit += sum(float(step(one.quantity)) for one in figures[1:] if one.quantity.decimals)
    if figures[0].quantity.kind is Kind.PERCENTAGE_POINT:
        spread = POINTS
    elif shape.derived and figures[0].quantity.kind is Kind.PERCENT:
        spread = PERCENTS
    else:
        spread = float(max(one.quantity.value for one in (figures if not shape.derived else figures[:1])))
    known = len(str(digits[0].number))
    slips = sum(min(len(str(one.number)), known + 1) for k in free if (one := digits[k]) is not None)
    return KINDS_OF_SLIP * slips * unit / spread


def _fitting(
    shape: _Shape, figures: tuple[Mention, Mention, Mention], digits: list[Digits | None], free: list[int]
) -> tuple[int, Decimal | None]:
    """Return which figure is a slip and its value put right; None when no single slip explains."""
    values = [float(one.quantity.value) for one in figures]
    wide = 1e-9 + sum(float(one.unit) / 2 / value for one, value in zip(digits, values, strict=True) if one is not None)
    for k in free:
        own = digits[k]
        if own is None:
            continue
        try:
            wanted = shape.solved[k](values) / float(own.unit)
        except ZeroDivisionError:
            continue
        room = abs(wanted) * wide * 1.01 + 0.51
        if not shape.derived:
            room = sum(float(one.unit) for one in digits if one is not None) / float(own.unit) + 0.51
        number = slipped_within(own.number, wanted - room, wanted + room) if wanted > 0 else None
        if number is None:
            continue
        right = [one.quantity for one in figures]
        right[k] = corrected(right[k], number, own.unit)
        if judge(right[0], shape.rule, right[1:], derived=shape.derived).holds:
            return k, right[k].value
    return 0, None


def _said(wrong: Mention, value: Decimal) -> str:
    return f"若“{text_of(wrong)}”为“{shown(value, wrong.quantity, more=0)}”之误，各数正好相符"


def _near(passage: Passage, place: int, wanted: Callable[[Mention], bool], reach: int = REACH) -> list[Mention]:
    """Return the figures before a result that may be its operands, the nearest first."""
    one = passage.mentions[place]
    found: list[Mention] = []
    for other in range(place - 1, max(place - 1 - reach, -1), -1):
        candidate = passage.mentions[other]
        if one.paragraph - candidate.paragraph > PARAGRAPHS or len(found) >= (KEPT if reach == REACH else WHOLES_REACH):
            break
        if wanted(candidate):
            found.append(candidate)
    return found


def _amount(one: Mention) -> bool:
    usable = one.quantity.upper is None and one.quantity.value > 0 and one.family is not None
    return usable and one.amount and one.role not in _CHANGED and one.quantity.approximation is None


def _pairs(near: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of figures that can be compared, those nearest to the result first; the later told stands first."""
    pairs = [(i + j, near[i], near[j]) for j in range(1, len(near)) for i in range(j)]
    for _, later, earlier in sorted(pairs, key=lambda pair: pair[0]):
        if same_unit(later, earlier) and later.each == earlier.each:
            yield later, earlier


def _with_base(one: Mention, pairs: Iterator[tuple[Mention, Mention]]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pairs whose words bring them together with the result.

    What a change started from must be named as such: 增长44% alone is said of a figure of the year before that is
    nowhere told. Any other difference is said of figures of its own sentence.
    """
    for later, earlier in pairs:
        near = min(later.sentence, earlier.sentence) == one.sentence and max(later.depth, earlier.depth) <= one.depth
        if near and (one.role is not Role.CHANGE or not _BASES.isdisjoint((later.role, earlier.role))):
            yield later, earlier


def _changes(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    kind = one.quantity.kind
    if kind is Kind.PERCENTAGE_POINT or one.amount:
        yield from _differences(passage, place)
        return
    rises = one.direction >= 0
    near = _near(passage, place, _amount)
    beside = passage.mentions[place - 1 : place]
    for delta in passage.mentions[max(place - 2, 0) : place]:
        if not all(between is delta or same_unit(between, delta) for between in beside):
            # 比上年减少27所，在校学生48.62万人，同比下降1.3%: the growth is that of another amount.
            continue
        if delta.role is Role.CHANGE and delta.amount and delta.sentence == one.sentence and delta.quantity.value > 0:
            for level in near[:2]:
                after = level.role not in _BASES and level.quantity.value > delta.quantity.value
                if after and same_unit(level, delta) and _said_of(delta, level):
                    yield _RISE_BY if rises else _FALL_BY, level, delta
    for later, earlier in _with_base(one, _pairs(near)):
        high, low = (later, earlier) if later.quantity.value >= earlier.quantity.value else (earlier, later)
        yield (_GROWTH, high, low) if rises else (_FALL, low, high)


def _said_of(delta: Mention, level: Mention) -> bool:
    """Return whether a change may be that of a level: 整改81个。问题总数减少19个 names another thing."""
    subject = own_subject(delta.lead)
    return len(core_noun(subject)) < 2 or likeness(subject, level.noun) >= NAMED or core_noun(subject) in level.noun


def _differences(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    points = one.quantity.kind is Kind.PERCENTAGE_POINT

    def wanted(other: Mention) -> bool:
        if points:
            plain = other.quantity.upper is None and other.quantity.approximation is None
            return other.quantity.kind is Kind.PERCENT and other.role is not Role.CHANGE and plain
        return same_unit(other, one) and _amount(other)

    for later, earlier in _with_base(one, _pairs(_near(passage, place, wanted))):
        high, low = (later, earlier) if later.quantity.value >= earlier.quantity.value else (earlier, later)
        yield _DIFFERENCE, high, low


def _shares(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    noun = whole_noun(one)[1]
    near = _near(passage, place, lambda other: _amount(other) and other.level, WHOLES_REACH if noun else REACH)
    parts = [other for other in near if other.sentence == one.sentence and other.depth <= one.depth][:PARTS_TRIED]
    if one.role is not Role.SHARE:
        parts = [other for other in parts if is_rate_of(one, other)]
    subject = own_subject(core_noun(one.clause.partition("占")[0])) if noun else ""
    if len(subject) >= SUBJECT:
        # 预算支出512.37亿元，教育经费占预算支出18.82%: the part is told by its name in a chapter before.
        before = (other for other in reversed(passage.mentions[max(place - NAMES_REACH, 0) : place]) if _amount(other))
        far = next((other for other in before if own_subject(core_noun(other.noun)) == subject and other.level), None)
        for whole in near if far is not None and far not in parts else ():
            inner = whole.clause_number == one.clause_number and "占" in whole.lead
            told = inner or (whole.sentence == one.sentence and core_noun(whole.noun).endswith(noun))
            if far is not None and told and same_unit(far, whole) and far.each == whole.each:
                yield _SHARE, far, whole
    for part in parts:
        if one.clause_number - part.clause_number > CLAUSES:
            continue
        for whole in near:
            if whole.index >= part.index or not same_unit(part, whole) or part.each != whole.each:
                continue
            near_by = whole.sentence == one.sentence or (
                whole.paragraph == one.paragraph and _alone(whole, part, near, noun)
            )
            named = noun and ((near_by and likeness(noun, whole.noun) >= NAMED) or core_noun(whole.noun) == noun)
            heads = one.role is not Role.SHARE and _heads_before(passage, whole, part)
            if named or heads or (not noun and whole.part == part.part == one.part):
                yield _SHARE, part, whole


def _alone(whole: Mention, part: Mention, near: Sequence[Mention], noun: str) -> bool:
    """Return whether no other amount of a paragraph has a name as like the words behind 占."""
    return not any(
        other.paragraph == whole.paragraph
        and other.index < part.index
        and same_unit(other, whole)
        and other.quantity.value != whole.quantity.value
        and likeness(noun, other.noun) >= NAMED
        for other in near
    )


def _heads_before(passage: Passage, whole: Mention, part: Mention) -> bool:
    """Return whether a whole opens the sentence before: 追加资金6840万元，其中…。累计支出6225万元，支出进度91.0%."""
    if whole.sentence != part.sentence - 1 or whole.paragraph != part.paragraph:
        return False
    place = bisect_left(passage.mentions, whole.index, key=lambda one: one.index)
    before = passage.mentions[place - 1] if place else None
    return before is None or before.sentence != whole.sentence


def _means(passage: Passage, place: int) -> Iterator[_Trial]:
    one = passage.mentions[place]
    unit = one.quantity.unit.partition("/")[0]
    near = _near(passage, place, lambda other: _amount(other) and other.level and not other.each)
    far = [other for other in near if other.part != one.part and other.family == "人"]
    near = [other for other in near if other.part == one.part]
    yield from _over_named(one, near, far)
    for amount in [other for other in near if other.quantity.unit == unit][:2]:
        for head in [other for other in near if other.quantity.kind is Kind.COUNT and other is not amount][:3]:
            if amount.index > head.index or "其中" not in head.clause:  # the amount of all, the heads of some
                yield _MEAN, amount, head


def _over_named(one: Mention, near: Sequence[Mention], far: Sequence[Mention]) -> Iterator[_Trial]:
    """Yield 教师3218人。…发放教师绩效工资8688.6万元，人均27000元: the only heads of the paragraph the amount names."""
    unit = one.quantity.unit.partition("/")[0]
    amount = next((other for other in near if other.quantity.unit == unit), None)
    if amount is None or any(other.family == "人" for other in near):
        return
    heads = [
        other
        for other in far
        if other.paragraph == one.paragraph
        and len(core_noun(other.noun)) >= HEADS_NAMED
        and core_noun(other.noun)[-HEADS_NAMED:] in amount.clause
    ]
    if len({other.quantity.value for other in heads}) == 1:
        yield _MEAN, amount, heads[0]


_TRIALS: dict[str, Callable[[Passage, int], Iterator[_Trial]]] = {
    "change": _changes,
    "share": _shares,
    "per_capita": _means,
}


def _lists(passage: Passage, standing: _Standing) -> Iterator[Proposal]:
    """Yield lists of amounts side by side that miss an amount told before by one digit."""
    mentions = passage.mentions
    totals = levels_of(mentions)
    first = 0
    while first < len(mentions):
        run = amounts_in_a_row(mentions, first, totals)
        if len(run) >= 2:
            yield from _list(passage, first, run, standing)
        first += max(len(run), 1)


def _stages(passage: Passage, total: Mention, parts: list[Mention], standing: _Standing) -> Iterator[Proposal]:
    """Yield a whole of stages told paragraphs apart that one slip keeps from being their sum."""
    members = (total, *parts)
    indexes = {one.index for one in members}
    if indexes & standing.wrong or indexes <= standing.confirmed or adds_up(total, parts):
        return
    if _near_by_slip(members, standing.confirmed, FAR, UNLIKELY):
        names = {f"p{number}": part for number, part in enumerate(parts, 1)}
        formula = "total = " + " + ".join(names)
        wording = Wording(NAME, ClaimType.SUM, formula, joined([part.quantity for part in parts]))
        found = propose(passage, wording, ("total", total), names, add, STRUCTURAL, derived=False)
        if found is not None:
            yield found


def _list(passage: Passage, first: int, run: list[Mention], standing: _Standing) -> Iterator[Proposal]:
    tried = 0
    for total, parts in _totals(passage, first, run):
        members = (total, *parts)
        indexes = {one.index for one in members}
        if indexes & standing.wrong:
            return
        if total.quantity.value <= max(one.quantity.value for one in parts) or crossing(total, parts):
            continue
        tried += 1
        if indexes <= standing.confirmed or not _near_by_slip(members, standing.confirmed, tried):
            continue
        names = {f"p{number}": part for number, part in enumerate(parts, 1)}
        formula = "total = " + " + ".join(names)
        wording = Wording(NAME, ClaimType.SUM, formula, joined([part.quantity for part in parts]))
        found = propose(passage, wording, ("total", total), names, add, STRUCTURAL, derived=False)
        if found is not None and not found.holds:
            yield found
        return


def _totals(passage: Passage, first: int, run: list[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield what a list may be the parts of: its own first amount, then amounts told before."""
    for place in range(len(run) - 2):
        if _listed(passage, run[place], run[place + 1]) or _in_one_breath(passage, run[place:]):
            yield run[place], run[place + 1 :]
    if len(run) >= 3 and run[-1].summing:
        yield run[-1], run[:-1]
    for other in passage.mentions[max(first - TOTALS, 0) : first][::-1]:
        if other.paragraph != run[0].paragraph or not (_amount(other) and other.level) or other.each:
            continue
        if other.quantity.unit == run[0].quantity.unit and _listed(passage, other, run[0]):
            yield other, run


def _listed(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether words between a total and what may be its first part open a list."""
    start = passage.segmentation.clauses.span(first.clause_number).start
    words = passage.text[max(total.quantity.span.end, start - LEAD) : first.quantity.span.start]
    return _LISTED.search(words) is not None


def _in_one_breath(passage: Passage, run: Sequence[Mention]) -> bool:
    """Return whether a list of one breath follows an amount: 82417人，幼儿17206人、小学生36154人、初中生17983人."""
    total, *parts = run
    joints = [passage.text[left.quantity.span.end : left.quantity.span.end + 1] for left, right in pairwise(parts)]
    named = len({one.noun for one in parts}) == len(parts)
    begins = passage.text[total.quantity.span.end : total.quantity.span.end + 1] in ("，", ",", "（", "(")
    return len(parts) >= BREATH and begins and named and all(joint in ("、", "和", "及") for joint in joints)


def _near_by_slip(
    members: Sequence[Mention], confirmed: AbstractSet[int], tried: int, left_out: float = LEFT_OUT
) -> bool:
    """Return whether one slip of a figure that nothing confirms would make a sum fit, and chance hardly would."""
    digits = [digits_of(one.quantity) for one in members]
    known = [one for one in digits if one is not None]
    if len(known) < len(members):
        return False
    unit = max(one.unit for one in known)
    room = sum((one.unit for one in known if one.unit != 1), Decimal(0)) / 2
    gap = members[0].quantity.value - sum((one.quantity.value for one in members[1:]), Decimal(0))
    slips = 0
    fits = False
    for place, (one, own) in enumerate(zip(members, known, strict=True)):
        if one.index in confirmed:
            continue
        slips += len(str(own.number))
        wanted = own.number + float((gap if place else -gap) / own.unit)
        spare = float(room / own.unit) + 0.1
        fits = fits or slipped_within(own.number, wanted - spare, wanted + spare) is not None
    likely = tried * KINDS_OF_SLIP * slips * float(unit + 2 * room) / float(members[0].quantity.value)
    # What is missing from a total may be parts that are not named.
    return fits and likely * (UNLIKELY if gap < 0 else left_out) <= 1
