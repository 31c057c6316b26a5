"""Steps that come round again: handed to the queue once per turn, whichever worker sees first that it is time."""

from datetime import datetime

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dudao.errors import DudaoError
from dudao.web.background.actions import enqueue
from dudao.web.background.models import PeriodicStep
from dudao.web.background.registry import QUICK, job, step_of, steps
from dudao.web.background.run import Run

STEP = "background.step"
"""The kind of the jobs that periodic steps are."""


@job(kind=STEP, title="定期步骤", retries=2, lane=QUICK)
def take_step(run: Run, *, name: str, at: str) -> object:
    """Run a periodic step with the time its turn came."""
    step, moment = step_of(name), parse_datetime(at)
    if step is None or moment is None:
        raise DudaoError(_("这个版本的程序没有“%(name)s”这个定期步骤。") % {"name": name})
    return step.function(run, moment)


def hand_out(now: datetime) -> int:
    """Queue every step whose turn has come, or that lies in the future because the clock was set back."""
    handed = 0
    last = dict(PeriodicStep.objects.values_list("name", "last_at"))
    for step in steps():
        before = last.get(step.name)
        if before is None or not before <= now < before + step.every:
            handed += _hand_out_one(step.name, before, now)
    return handed


def _hand_out_one(name: str, before: datetime | None, now: datetime) -> int:
    step = step_of(name)
    if step is None:
        return 0
    with transaction.atomic():
        if before is None:
            won = PeriodicStep.objects.get_or_create(name=name, defaults={"last_at": now})[1]
        else:
            won = bool(PeriodicStep.objects.filter(name=name, last_at=before).update(last_at=now))
        if not won:
            return 0
        enqueue(
            take_step,
            by=None,
            region=None,
            title=step.title,
            arguments={"name": name, "at": now.isoformat()},
            key=f"step:{name}",
        )
    return 1
