"""A job under way, as its function sees it: progress, whether to stop, and the end that counts once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from dudao.errors import DudaoError
from dudao.web.background.marks import finish
from dudao.web.background.models import DONE, RUNNING, Job
from dudao.web.people.models import Region, User


class StoppedError(Exception):
    """The job must not go on; raised out of `Run.progress` and `Run.conclude`. Do not catch it."""


class CancelledError(StoppedError):
    """Somebody asked to cancel it."""


class HandedBackError(StoppedError):
    """The worker is shutting down; another one starts the job again."""


class TakenOverError(StoppedError):
    """Another worker took the job up because this one seemed gone; what this one has must not be kept."""


class LaterError(DudaoError):
    """Trouble that may pass by itself; tried again like any other, and its sentence is shown meanwhile."""


@dataclass(slots=True)
class Conclusion:
    """What is shown of a job that is done: words, the page of the result, and figures for the page that asked."""

    words: str = ""
    url: str = ""
    result: dict[str, Any] = field(default_factory=dict)


class Run:
    """One attempt at a job.

    Args:
        job: its row as it stood when the attempt began.
    """

    def __init__(self, job: Job) -> None:
        self.job_id: UUID = job.pk
        self.task_id: UUID | None = job.task_id
        self.attempt = job.attempts
        self.shown: tuple[int, int | None, str] = (0, None, "")
        self.written: tuple[int, int | None, str] = self.shown
        self.watched = False
        self.cancel_asked = self.handing_back = self.taken_over = self.concluded = False
        self._by_id, self._region_id = job.by_id, job.region_id

    @property
    def key(self) -> str:
        """A name that stays the same over all attempts: for files and rows that must not be made twice."""
        return str(self.job_id)

    @property
    def by(self) -> User | None:
        """The person who asked for it; None for the system itself. Read anew."""
        return User.objects.get(pk=self._by_id) if self._by_id is not None else None

    @property
    def region(self) -> Region | None:
        """The region it is about."""
        return Region.objects.get(pk=self._region_id) if self._region_id is not None else None

    def progress(self, done: int | None = None, total: int | None = None, words: str = "") -> None:
        """Say how far it is, and stop here if it must not go on. Cheap: call it as often as there are steps.

        Args:
            done: steps done so far; None leaves the figure.
            total: steps there are; None leaves the figure.
            words: what is being done, in Chinese; empty leaves the words.

        Raises:
            StoppedError: the job was cancelled, handed back or taken over.
        """
        before = self.shown
        self.shown = (
            before[0] if done is None else done,
            before[1] if total is None else total,
            words[:200] or before[2],
        )
        if not self.watched:  # no worker's housekeeping beside it: it writes for itself
            beat(self)
        self.check()

    def check(self) -> None:
        """Stop here if the job must not go on.

        Raises:
            StoppedError: the job was cancelled, handed back or taken over.
        """
        if self.taken_over:
            raise TakenOverError
        if self.cancel_asked:
            raise CancelledError
        if self.handing_back:
            raise HandedBackError

    @contextmanager
    def conclude(self) -> Iterator[Conclusion]:
        """Write the results: what is written inside and the mark "done" are one transaction, so they stand once.

        Raises:
            StoppedError: the job is cancelled or another worker has it; nothing is written.
        """
        conclusion = Conclusion()
        with transaction.atomic():
            row = (
                Job.objects.select_for_update(no_key=True)
                .filter(pk=self.job_id, task_id=self.task_id, state=RUNNING)
                .first()
            )
            if row is None:
                raise TakenOverError
            if row.cancel_asked_at is not None:
                raise CancelledError
            yield conclusion
            row.done, row.total, row.words = self.shown
            row.result_words, row.result_url = conclusion.words[:300], conclusion.url
            row.result = conclusion.result
            finish(row, DONE)
        self.concluded = True


def beat(run: Run) -> None:
    """Show that a run is alive, write its progress, and learn whether it was cancelled or taken over."""
    done, total, words = shown = run.shown
    mine = Job.objects.filter(pk=run.job_id, task_id=run.task_id, state=RUNNING)
    moved = mine.update(beat=F("beat") + 1, done=done, total=total, words=words)
    run.written = shown
    if not moved:
        run.taken_over = not run.concluded
        return
    run.cancel_asked = mine.filter(cancel_asked_at__isnull=False).exists()
