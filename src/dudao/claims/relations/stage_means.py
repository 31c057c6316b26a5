"""Means of one stage, chapter by chapter over the pupils told once: 小学教室398间，每百名学生2.61间.

A monitoring report tells the pupils of a stage at its beginning and then mean after mean over them. One mean alone may
be over other pupils than those told; where several agree on the pupils, the one that does not is a slip. Where all
agree on a number of pupils that is one digit from the one told, that number is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dudao.claims.arithmetic import divide, judge, multiply, scale
from dudao.claims.likeness import core_noun
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.slips import digits_of, slipped_within
from dudao.claims.stage_names import stage_of
from dudao.claims.stages_told import IN_SCHOOL, STAGE, sizes_of_stages
from dudao.quantities.model import Interval, Kind

AGREEING = 2
"""So many means must be those of the pupils told before one that is not is called wrong."""
ALL_AGAINST = 3
"""So many means must ask for the same other number of pupils before that number is called wrong."""
TOLD_LIMIT = 40
"""So many tellings of the pupils of one stage are looked at; a report tells them a few times."""
_PUPILS = re.compile(
    r"(?:义务教育)?(?:普通)?(?:小学|初中|高中|中职|幼儿园)?(?:阶段|教育)?(?:在校|在园|在读)?(?:学|幼)?(?:生|儿)(?:数)?"
)
_MEAN = re.compile(r"^(?:生均|每(?P<many>百|千|万)名?(?:在校)?(?:学生|幼儿)(?:拥有|配备|有)?)[^，。；、\d]{0,14}$")
_MANY = {None: 1, "百": 100, "千": 1000, "万": 10_000}
_MEANT = (Kind.AREA, Kind.COUNT, Kind.OTHER, Kind.MONEY)
_VALUE = re.compile(r"总?值|仪器|设备")
"""Money paid per pupil is told of other pupils than those of the day; the value of what a school owns is not."""

_FOR_SOME = re.compile(r"宿舍|住宿|寄宿|床|食堂|就?餐|留守|随迁|残疾")
"""What is there for boarders is told per boarder."""


@dataclass(frozen=True, slots=True)
class _Mean:
    """An amount and what it makes per pupil, or per so many."""

    per: Mention
    amount: Mention
    many: int


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the means of each stage over its pupils: those that fit, and those that the others put in the wrong."""
    told: dict[int, list[_Mean]] = {}
    last: tuple[int, int | None] = (-1, None)
    for place, per in enumerate(passage.mentions):
        mean = _mean(passage, place) if per.each else None
        stage = stage_of(mean.amount) if mean is not None else None
        if mean is not None:
            # 幼儿园占地面积…；图书27.8万册，生均12.0册: what names no stage is told of that of the paragraph.
            stage = last[1] if stage is None and last[0] == per.paragraph else stage
            last = per.paragraph, stage
        if mean is not None and stage is not None:
            told.setdefault(stage, []).append(mean)
    pupils = _pupils(passage)
    yield from sizes_of_stages(passage)
    for stage, means in told.items():
        heads = [one for one in pupils.get(stage, []) if one.index < means[0].amount.index]
        if len({one.quantity.value for one in heads}) == 1:
            yield from _over(passage, heads[0], means)


def _mean(passage: Passage, place: int) -> _Mean | None:
    """Return the mean a figure tells of the amount right before it."""
    per, amount = passage.mentions[place], passage.mentions[place - 1] if place else None
    said = _MEAN.match(per.lead)
    if said is None or amount is None or per.quantity.kind not in _MEANT or per.quantity.upper is not None:
        return None
    beside = amount.part == per.part and per.clause_number - amount.clause_number == 1 and amount.depth == per.depth
    alike = amount.quantity.unit == per.quantity.unit and amount.slack is not None
    money = per.quantity.kind is Kind.MONEY and not _VALUE.search(amount.lead + per.lead)
    if not (beside and alike and amount.level) or amount.each or money or _FOR_SOME.search(amount.lead + per.lead):
        return None
    return _Mean(per, amount, _MANY[said["many"]])


def _pupils(passage: Passage) -> dict[int, list[Mention]]:
    """Return by stage the figures that count all its pupils, exactly."""
    found: dict[int, list[Mention]] = {}
    for one in passage.mentions:
        if one.family != "人" or not one.level or one.each or one.slack != 0 or one.quantity.value <= 0:
            continue
        listed = STAGE.fullmatch(one.noun) is not None and IN_SCHOOL.search(one.topic) is not None
        stage = stage_of(one) if listed or _PUPILS.fullmatch(core_noun(one.noun)) else None
        if stage is not None and len(found.setdefault(stage, [])) < TOLD_LIMIT:
            found[stage].append(one)
    return found


def _over(passage: Passage, head: Mention, means: Sequence[_Mean]) -> Iterator[Proposal]:
    holding = [one for one in means if _fits(one, head)]
    others = [one for one in means if one not in holding]
    for one in holding:
        yield from _claim(passage, one, head, WEAK)
    if len(holding) >= AGREEING and len(others) < len(holding):
        for one in others:
            if _is_slip(one, head):
                yield from _claim(passage, one, head, STRUCTURAL)
    elif not holding and len(means) >= ALL_AGAINST and _agree_on_slip(head, means):
        yield from _claim(passage, means[0], head, STRUCTURAL)


def _fits(one: _Mean, head: Mention) -> bool:
    return judge(one.per.quantity, lambda v: _quotient(v, one.many), [one.amount.quantity, head.quantity]).holds


def _quotient(values: Sequence[Interval], many: int) -> Interval:
    return scale(divide(values[0], values[1]), Decimal(many))


def _is_slip(one: _Mean, head: Mention) -> bool:
    """Return whether one digit of the amount or of the mean keeps it from being that of these pupils."""
    per, amount = one.per.quantity, one.amount.quantity
    over = head.quantity.interval
    wanted = scale(multiply(per.interval, over), 1 / Decimal(one.many))
    made = _quotient([amount.interval, over], one.many)
    for figure, should in ((amount, wanted), (per, made)):
        digits = digits_of(figure)
        if digits is None or should.low is None or should.high is None:
            continue
        room = Decimal("0.51") if figure is per else Decimal("0.01")
        low, high = should.low / digits.unit - room, should.high / digits.unit + room
        if slipped_within(digits.number, float(low), float(high)) is not None:
            return True
    return False


def _agree_on_slip(head: Mention, means: Sequence[_Mean]) -> bool:
    """Return whether all means ask for one number of pupils, one digit away from the one told."""
    digits = digits_of(head.quantity)
    if digits is None:
        return False
    low, high = Decimal(0), Decimal("Infinity")
    for one in means:
        asked = _quotient([one.amount.quantity.interval, one.per.quantity.interval], one.many)
        low = max(low, asked.low or Decimal(0))
        high = min(high, asked.high if asked.high is not None else high)
    return low <= high and slipped_within(digits.number, float(low), float(high)) is not None


def _claim(passage: Passage, one: _Mean, head: Mention, strength: int) -> Iterator[Proposal]:
    times = f"×{one.many}" if one.many > 1 else ""
    formula = "per = total / n" + (f" * {one.many}" if one.many > 1 else "")
    spoken = f"{text_of(one.amount)}÷{text_of(head)}{times}"
    wording = Wording("stage_means", ClaimType.PER_CAPITA, formula, spoken)
    operands = {"total": one.amount, "n": head}
    found = propose(passage, wording, ("per", one.per), operands, lambda v: _quotient(v, one.many), strength)
    if found is not None:
        yield found
