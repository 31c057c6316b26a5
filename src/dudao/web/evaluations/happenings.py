"""What happens in a round and whom it concerns: apps above register a listener and keep or send their notices.

A listener runs inside the transaction of what happened, so that a notice is kept if and only if the thing itself
is; whatever leaves the machine (mail) belongs into `transaction.on_commit`. An error of a listener undoes the
whole action.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.people.models import User


class Kind(StrEnum):
    """What can happen; the value is kept with a notice and never changes."""

    ROUND_OPENED = "round_opened"
    MENTIONED = "mentioned"
    REMARKED = "remarked"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ASSESSMENT_SUBMITTED = "assessment_submitted"
    ASSESSMENT_SENT_BACK = "assessment_sent_back"
    ASSESSMENT_CONFIRMED = "assessment_confirmed"
    DEADLINE_EXTENDED = "deadline_extended"
    DEADLINE_MOVED = "deadline_moved"
    DEADLINE_NEAR = "deadline_near"
    OVERDUE = "overdue"
    FINDING_PASSED_ON = "finding_passed_on"


KIND_TITLES = {
    Kind.ROUND_OPENED: "任务下发",
    Kind.MENTIONED: "有人提到您",
    Kind.REMARKED: "新的意见",
    Kind.SUBMITTED: "部门提交",
    Kind.WITHDRAWN: "部门撤回",
    Kind.RETURNED: "退回",
    Kind.ACCEPTED: "接受",
    Kind.ASSESSMENT_SUBMITTED: "自评报送",
    Kind.ASSESSMENT_SENT_BACK: "上级退回",
    Kind.ASSESSMENT_CONFIRMED: "上级确认",
    Kind.DEADLINE_EXTENDED: "延期",
    Kind.DEADLINE_MOVED: "期限调整",
    Kind.DEADLINE_NEAR: "临近截止",
    Kind.OVERDUE: "逾期",
    Kind.FINDING_PASSED_ON: "转交核验发现",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened.

    Attributes:
        assessment: the assessment it happened in, with its round and region loaded.
        told: whom it concerns, by id in no order; never the person who caused it, may be empty.
        sentence: what happened, one Chinese sentence without a full stop.
        key: names the thing: the same thing told twice has the same key, so a listener can keep it once.
        answer: the item it is about, None where it is about the whole.
        by: who caused it, None for the calendar.
        words: what the person wrote: the remark or the reason; empty without.
        page: the address of a page of an app above; empty for the page of the item or the assessment.
    """

    kind: Kind
    assessment: Assessment
    told: frozenset[int]
    sentence: str
    key: str
    answer: Answer | None = None
    by: User | None = None
    words: str = ""
    page: str = ""

    @property
    def address(self) -> str:
        """The page where it is to be dealt with."""
        if self.page:
            return self.page
        args = (self.assessment.round.year, self.assessment.region.code, self.assessment.round.slug)
        if self.answer is None:
            return reverse("evaluations:progress", args=args)
        tab = "?tab=remarks" if self.kind in {Kind.MENTIONED, Kind.REMARKED} else ""
        return reverse("evaluations:self", args=(*args, self.answer.item)) + tab


Listener = Callable[[Sequence[Happening]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have a listener told of everything that happens from now on; once only."""
    if listener not in _listeners:
        _listeners.append(listener)


def forget(listener: Listener) -> None:
    """Tell a listener nothing any more."""
    if listener in _listeners:
        _listeners.remove(listener)


def tell(
    kind: Kind,
    assessment: Assessment,
    sentence: str,
    *,
    key: str,
    told: Callable[[], Iterable[int]],
    answer: Answer | None = None,
    by: User | None = None,
    words: str = "",
    page: str = "",
) -> None:
    """Tell the listeners; whom it concerns is asked only when somebody listens."""
    if not _listeners:
        return
    people = frozenset(told()) - ({by.pk} if by else set())
    tell_all([Happening(kind, assessment, people, sentence, key, answer, by, words, page)])


def tell_all(happenings: Sequence[Happening]) -> None:
    """Tell the listeners of several things at once; what one of them cannot keep undoes all."""
    for listener in tuple(_listeners):
        listener(happenings)
