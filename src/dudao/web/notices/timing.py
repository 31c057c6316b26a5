"""When mail may go out: pure questions about times, with the clock as an argument."""

from datetime import date, datetime, time, timedelta

from dudao.web.evaluations.calendar import is_working_day


def is_quiet(moment: time, start: time | None, end: time | None) -> bool:
    """Return whether a time of day lies in the quiet hours; never without both ends or when they are the same."""
    if start is None or end is None or start == end:
        return False
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end


def last_digest(now: datetime, at: time) -> datetime:
    """Return the last moment up to now at which a digest was to go out: that time of day, on a working day.

    Args:
        now: local time with its zone.
        at: the time of day of the digest.
    """
    day: date = now.date() if now.time() >= at else now.date() - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, at, tzinfo=now.tzinfo)
