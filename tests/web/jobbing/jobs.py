"""Jobs that tests watch: each notes what it does in the session table, where a row of a name stands once."""

import os
import signal
import time
from pathlib import Path

from django.contrib.sessions.models import Session
from django.utils import timezone

from dudao.errors import DudaoError
from dudao.web.background.registry import QUICK, job
from dudao.web.background.run import Conclusion, Run


def written() -> list[str]:
    """The results that stand, in order."""
    return list(Session.objects.order_by("session_key").values_list("session_key", flat=True))


@job(kind="tests.write", title="写一行", retries=2)
def write(run: Run, *, name: str) -> None:
    with run.conclude() as conclusion:
        Session.objects.create(session_key=name, session_data="", expire_date=timezone.now())
        conclusion.words, conclusion.url = f"写好了{name}", "/"


@job(kind="tests.count", title="数数", retries=2)
def count(run: Run, *, steps: int, pause: float = 0.0, name: str = "counted") -> None:
    for step in range(steps):
        run.progress(step, steps, f"第 {step + 1} 步")
        time.sleep(pause)
    write(run, name=name)


@job(kind="tests.held", title="等开门", retries=3)
def held(run: Run, *, gate: str, name: str) -> None:
    """Be under way until the gate is opened: a file of this name is there."""
    while not Path(gate).exists():
        run.progress(0, 1, "等")
        time.sleep(0.05)
    write(run, name=name)


@job(kind="tests.die_once", title="死一次", retries=2)
def die_once(run: Run, *, mark: str, inside: bool) -> None:
    """Be killed in the first attempt: before the results are written, or while they are."""
    first = not Path(mark).exists()
    Path(mark).touch()
    if first and not inside:
        os.kill(os.getpid(), signal.SIGKILL)
    with run.conclude():
        Session.objects.create(session_key="survived", session_data="", expire_date=timezone.now())
        if first:
            os.kill(os.getpid(), signal.SIGKILL)


@job(kind="tests.deadly", title="总是致命", retries=1)
def deadly(run: Run) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@job(kind="tests.break", title="出错", retries=2)
def breaks(run: Run) -> None:
    raise RuntimeError("not a sentence for users")


@job(kind="tests.refuse", title="输入有误", retries=2, lane=QUICK)
def refuses(run: Run) -> None:
    raise DudaoError("第 14 行不是数字。", advice="请改正后重新上传。")


@job(kind="tests.result", title="有结果")
def with_result(run: Run) -> Conclusion:
    return Conclusion("算好了", "/jobs/", {"points": "9.8"})


@job(kind="tests.broken_tail", title="结尾出错")
def broken_tail(run: Run) -> None:
    write(run, name="before-the-tail")
    raise RuntimeError("too late to matter")
