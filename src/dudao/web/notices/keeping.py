"""Keeping notices: what happens is kept for those it concerns, in the transaction in which it happens."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dudao.web.audit.actions import record
from dudao.web.background.models import DONE, Job
from dudao.web.evaluations.happenings import Happening
from dudao.web.notices.kinds import ALWAYS, CAN_BE_MUTED, JOB_DONE, JOB_FAILED, TITLES
from dudao.web.notices.models import Notice, Preference
from dudao.web.notices.visibility import readers_among
from dudao.web.people.access import subjects_of
from dudao.web.people.models import User
from dudao.web.people.queries import region_code_of

_WRITTEN_AT_ONCE = 500
_WORTH_TELLING = 10  # seconds: who waited less has seen the end of a job


def keep(happenings: Sequence[Happening]) -> None:
    """Keep a notice of what happened for everybody it concerns who may read it; told twice, it is kept once."""
    subjects = subjects_of({person for happening in happenings for person in happening.told})
    _keep([(readers_among(subjects, happening), _notice_of(happening)) for happening in happenings])


def keep_finished_job(job: Job) -> None:
    """Keep a notice of a job that failed or took longer than anybody watches, for the person who asked for it."""
    if job.by_id is None or job.finished_at is None:
        return
    kind = JOB_DONE if job.state == DONE else JOB_FAILED
    if kind == JOB_DONE and (job.finished_at - job.created_at).total_seconds() < _WORTH_TELLING:
        return
    sentence = f"“{job.title}”{'已完成' if kind == JOB_DONE else '未成功'}"
    notice = Notice(
        kind=kind,
        sentence=sentence[:300],
        words=job.result_words if kind == JOB_DONE else job.error,
        address=job.result_url if kind == JOB_DONE and job.result_url else reverse("background:job", args=[job.pk]),
        region=job.region,
        key=f"job:{job.pk}:{job.finished_at.isoformat()}",
    )
    _keep([({job.by_id}, notice)])


def _notice_of(happening: Happening) -> Notice:
    return Notice(
        kind=happening.kind.value,
        sentence=happening.sentence[:300],
        words=happening.words,
        address=happening.address,
        by=happening.by,
        region=happening.assessment.region,
        assessment=happening.assessment,
        answer=happening.answer,
        key=happening.key[:200],
    )


def _keep(addressed: Iterable[tuple[set[int], Notice]]) -> None:
    """Write notices for people who did not mute their kind; mail waits for those with an address who want it."""
    wanted = _without_muted([(people, notice) for people, notice in addressed if people])
    everybody = {person for people, _ in wanted for person in people}
    if not everybody:
        return
    mailed: set[int] = set()
    if settings.MAIL_SENT:
        with_address = User.objects.filter(pk__in=everybody).exclude(email="")
        mailed = set(with_address.exclude(notice_preference__mail="none").values_list("pk", flat=True))
    now = timezone.now()
    own = {"id", "person_id", "mail", "at"}
    names = [field.attname for field in Notice._meta.concrete_fields if field.attname not in own]
    rows = []
    for people, notice in wanted:
        same = {name: getattr(notice, name) for name in names}
        rows += [
            Notice(**same, at=now, person_id=person, mail="waiting" if person in mailed else "none")
            for person in sorted(people)
        ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_WRITTEN_AT_ONCE)


def _without_muted(addressed: list[tuple[set[int], Notice]]) -> list[tuple[set[int], Notice]]:
    can_be_muted = {person for people, notice in addressed if notice.kind not in ALWAYS for person in people}
    if not can_be_muted:
        return addressed
    rows = Preference.objects.filter(person__in=can_be_muted).values_list("person", "muted")
    muted = {(person, kind) for person, kinds in rows for kind in kinds if kind not in ALWAYS}
    return [
        ({person for person in people if (person, notice.kind) not in muted}, notice) for people, notice in addressed
    ]


def mark_read(*, by: User, notices: Iterable[int] | None = None) -> int:
    """Mark the own notices as read, all of them or those of some ids; return how many were unread."""
    unread = Notice.objects.filter(person=by, read_at__isnull=True)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=timezone.now())


@transaction.atomic
def set_preference(*, by: User, preference: Preference) -> None:
    """Keep how the person wants to be told; what cannot be muted stays."""
    preference.person = by
    preference.muted = [kind for kind in CAN_BE_MUTED if kind in preference.muted]
    preference.save()
    record(
        by=by,
        action="people.notices.set",
        summary=f"{by} 修改消息设置",
        object_type="user",
        object_id=by.pk,
        region=region_code_of(by),
        after={
            "mail": preference.mail,
            "digest_at": preference.digest_at,
            "quiet": [preference.quiet_from, preference.quiet_to],
            "muted": [TITLES[kind] for kind in preference.muted],
        },
    )
