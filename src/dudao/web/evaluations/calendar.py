"""Deadlines: which one holds for a department, and how many working days are left."""

from datetime import date, timedelta

import chinese_calendar
from django.utils.translation import gettext as _

from dudao.web.evaluations.models import Assessment, DepartmentExtension, Stage

_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def is_working_day(day: date) -> bool:
    """Return whether offices work that day: by the official calendar where it is known, else Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_days_between(today: date, due: date) -> int:
    """Return the working days from tomorrow up to and including the deadline; negative once it has passed."""
    if due < today:
        return -working_days_between(due, today)
    return sum(is_working_day(today + timedelta(days=step)) for step in range(1, (due - today).days + 1))


def after_working_days(start: date, days: int) -> date:
    """Return the day that ends a span of working days: the first working day after the start counts as one."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def last_working_day(day: date) -> date:
    """Return the day itself when offices work, else the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def not_working_warning(title: str, day: date) -> str:
    """Return what to tell of a deadline on a day without office hours; empty on working days."""
    if is_working_day(day):
        return ""
    earlier = last_working_day(day)
    return _("“%(title)s”的截止日期 %(day)s（%(n)s）不是工作日，此前最后一个工作日是 %(earlier)s。") % {
        "title": title,
        "day": day,
        "n": _(_WEEKDAYS[day.weekday()]),
        "earlier": earlier,
    }


def deadline(assessment: Assessment, kind: str, department_id: int | None = None) -> date | None:
    """Return the day a stage ends: for a department the latest extension given to it; None without such a stage."""
    stage = next((each for each in assessment.round.stages.all() if each.kind == kind), None)
    if stage is None:
        return None
    if department_id is None:
        return stage.due
    given = DepartmentExtension.objects.filter(assessment=assessment, department_id=department_id)
    latest = given.order_by("-due").values_list("due", flat=True).first()
    return max(stage.due, latest) if latest else stage.due


def stage_titles() -> dict[str, str]:
    """Return the Chinese names of the stages by kind."""
    return dict(Stage.KINDS)
