"""校园安全: guards that a school needs by pupils and boarders, staff in charge of safety, the four 100 %."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import ceil, floor

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, exact, fact, ratio
from dudao.provenance import ClauseSource, SourceStatus

SOURCE = ClauseSource(document="专职保安员配备标准", number="公治〔2015〕168号", status=SourceStatus.UNCONFIRMED)


class Steps(StrEnum):
    """How steps of 500 pupils or 300 boarders count: only whole ones (the literal reading), or begun ones."""

    WHOLE = "whole"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class GuardedSchool:
    """One school and what it has; None where not reported."""

    name: str
    pupils: Number
    boarders: Number = 0
    guards: Number = None
    safety_staff: Number = None
    closed_campus: bool | None = None
    alarm_and_video: bool | None = None
    guarded_crossing: bool | None = None


@dataclass(frozen=True, slots=True)
class GuardScale:
    """The guards asked for: `small` below 100 pupils, `whole` up to 1000, one more for each further `step` pupils.

    A boarding school needs at least `boarding`, and one more for each `boarding_step` boarders beyond the first so
    many. None where no rule was in force.
    """

    small: int | None
    whole: int | None
    step: int | None
    boarding: int | None
    boarding_step: int | None


SMALL, LARGE = 100, 1000
"""Where the steps of the scale begin; its words name these sizes, its values are parameters."""


def guards_needed(pupils: Number, boarders: Number, scale: GuardScale, steps: Steps = Steps.WHOLE) -> int | None:
    """Return the guards a school needs; None when its figures or the rule are not known."""
    number, boarding = exact(pupils), exact(boarders)
    least = scale.small if number is not None and number < SMALL else scale.whole
    if number is None or boarding is None or least is None:
        return None
    count = floor if steps is Steps.WHOLE else ceil
    needed = least
    if number > LARGE:
        if scale.step is None:
            return None
        needed += count((number - LARGE) / Decimal(scale.step))
    if boarding > 0:
        if scale.boarding is None or scale.boarding_step is None:
            return None
        beyond = max(Decimal(0), boarding - scale.boarding_step)
        needed = max(needed, scale.boarding + count(beyond / Decimal(scale.boarding_step)))
    return needed


def safety(
    place: str,
    period: str,
    schools: Iterable[GuardedSchool],
    *,
    scale: GuardScale,
    least_staff: int | None,
    steps: Steps = Steps.WHOLE,
) -> tuple[Fact, ...]:
    """Return the schools with too few guards or safety staff, and the shares of the four 100 %.

    `least_staff` is how many people each school must have in charge of safety, None where no rule is known.
    """
    where = Where(place, period)
    every = list(schools)
    enough = [_enough(exact(each.guards), guards_needed(each.pupils, each.boarders, scale, steps)) for each in every]
    staffed = [_enough(exact(each.safety_staff), least_staff) for each in every]
    guarded = [None if each.guards is None else (exact(each.guards) or Decimal(0)) >= 1 for each in every]
    method = f"按学生数和寄宿生数配备（每满一级{'整级' if steps is Steps.WHOLE else '含不足一级'}计）"
    staff_rule = "没有当时当地的规定" if least_staff is None else f"安全管理人员不少于{least_staff}人"
    shares = {
        "closed_campus_share": [each.closed_campus for each in every],
        "full_time_guards_share": guarded,
        "alarm_and_video_share": [each.alarm_and_video for each in every],
        "guarded_crossing_share": [each.guarded_crossing for each in every],
    }
    facts = [
        _short(where, "schools_short_of_guards", every, enough, method),
        _short(where, "schools_short_of_safety_staff", every, staffed, staff_rule),
    ]
    for name, verdicts in shares.items():
        known = bool(verdicts) and None not in verdicts
        value = ratio(sum(verdict is True for verdict in verdicts), len(verdicts), 100) if known else None
        facts.append(fact(where, name, value, unit="%", method="达到的学校÷学校", source=SOURCE))
    return tuple(facts)


def _enough(has: Decimal | None, needs: int | None) -> bool | None:
    return None if has is None or needs is None else has >= needs


def _short(where: Where, name: str, every: list[GuardedSchool], verdicts: list[bool | None], method: str) -> Fact:
    short = [each.name for each, verdict in zip(every, verdicts, strict=True) if verdict is False]
    value = None if not verdicts or None in verdicts else len(short)
    return fact(where, name, value, unit="所", method=method, source=SOURCE, note="、".join(short[:20]))
