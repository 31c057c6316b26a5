"""Background jobs: asked for, worked on, tried again, cancelled, and seen only by those whom they concern."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dudao.web.audit.models import Event
from dudao.web.background import registry
from dudao.web.background.actions import cancel, enqueue, try_again
from dudao.web.background.active import ACTIVE
from dudao.web.background.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job, PeriodicStep
from dudao.web.background.periodic import hand_out, take_step
from dudao.web.background.queries import may_control, visible_jobs
from dudao.web.background.registry import every, job, step_of, when_finished
from dudao.web.background.run import CancelledError, Run, TakenOverError
from dudao.web.background.vanished import Watch
from dudao.web.background.work import put_in_queue, work_on
from dudao.web.background.worker import run_all
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.web.refusals import NotAllowedError, NotPossibleError
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World
from tests.web.jobbing import jobs


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("clerk", Role.SUPERVISION_CLERK, world.city)


def asked(function: Any, by: User | None, world: World, **given: Any) -> Job:
    return enqueue(function, by=by, region=world.city, arguments=given)


def again(row: Job) -> Job:
    row.refresh_from_db()
    return row


def entry_of(row: Job) -> DBTaskResult[Any, Any]:
    assert row.task_id is not None
    return DBTaskResult.objects.get(pk=row.task_id)


def taken(row: Job) -> Job:
    """The job as a worker has it that was then heard of no more."""
    row.refresh_from_db()
    entry_of(row).claim("gone")
    Job.objects.filter(pk=row.pk).update(state=RUNNING, attempts=row.attempts + 1, worker="gone")
    return again(row)


def test_a_job_is_done_with_its_result_and_its_trace(world: World, clerk: User) -> None:
    row = asked(jobs.write, clerk, world, name="one")
    assert (row.state, row.title, jobs.written()) == (WAITING, "写一行", [])
    run_all()
    assert (again(row).state, row.result_words, row.result_url) == (DONE, "写好了one", "/")
    assert row.finished_at is not None
    assert row.attempts == 1
    assert jobs.written() == ["one"]
    trail = Event.objects.filter(object_type="job").order_by("sequence")
    assert [(event.action, event.actor, event.region) for event in trail] == [
        ("background.enqueue", "clerk", "990100"),
        ("background.done", "系统", "990100"),
    ]


def test_what_a_job_returns_is_its_result(world: World, clerk: User) -> None:
    row = asked(jobs.with_result, clerk, world)
    run_all()
    assert (again(row).result_words, row.result_url, row.result) == ("算好了", "/jobs/", {"points": "9.8"})


def test_nothing_is_asked_for_when_the_write_beside_it_fails(world: World, clerk: User) -> None:
    with transaction.atomic():
        asked(jobs.write, clerk, world, name="one")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_unfinished_work_of_a_key_is_not_asked_for_twice(world: World, clerk: User) -> None:
    first, second = (
        enqueue(jobs.write, by=clerk, region=world.city, arguments={"name": "x"}, key="import:7") for _ in range(2)
    )
    assert first.pk == second.pk
    run_all()
    third = enqueue(jobs.write, by=clerk, region=world.city, arguments={"name": "y"}, key="import:7")
    assert third.pk != first.pk


def test_trouble_of_the_input_ends_a_job_with_its_sentence(world: World, clerk: User) -> None:
    row = asked(jobs.refuses, clerk, world)
    run_all()
    assert (again(row).state, row.attempts) == (FAILED, 1)
    assert row.error == "第 14 行不是数字。 请改正后重新上传。"


def test_other_trouble_is_tried_again_after_growing_pauses_and_then_ends(world: World, clerk: User) -> None:
    row = asked(jobs.breaks, clerk, world)
    pauses = []
    for attempt in (1, 2):
        before = timezone.now()
        run_all()
        assert (again(row).state, row.attempts) == (WAITING, attempt)
        assert row.next_try_at is not None
        pauses.append(round((row.next_try_at - before).total_seconds(), -1))
        assert run_all() == 0  # not before its time
        DBTaskResult.objects.filter(pk=entry_of(row).pk).update(run_after=timezone.now())
    run_all()
    assert pauses == [10, 40]
    assert (again(row).state, row.attempts) == (FAILED, 3)
    assert "试了 3 次" in row.error
    assert "E-" in row.error
    assert "not a sentence" not in row.error


def test_a_kind_that_is_gone_is_said_in_words(world: World, clerk: User) -> None:
    row = asked(jobs.write, clerk, world, name="x")
    Job.objects.filter(pk=row.pk).update(kind="tests.gone")
    run_all()
    assert again(row).state == FAILED
    assert "tests.gone" in row.error


def test_what_breaks_after_the_results_stand_undoes_nothing(world: World, clerk: User) -> None:
    row = asked(jobs.broken_tail, clerk, world)
    run_all()
    assert again(row).state == DONE
    assert jobs.written() == ["before-the-tail"]


def test_progress_is_kept(world: World, clerk: User) -> None:
    row = asked(jobs.count, clerk, world, steps=3)
    run_all()
    assert (again(row).done, row.total, row.words) == (2, 3, "第 3 步")


def test_a_waiting_job_is_cancelled_at_once(world: World, clerk: User) -> None:
    row = asked(jobs.write, clerk, world, name="never")
    cancel(by=clerk, job=row)
    assert again(row).state == CANCELLED
    assert run_all() == 0
    assert jobs.written() == []
    with pytest.raises(NotPossibleError, match="已经结束"):
        cancel(by=clerk, job=row)
    assert Event.objects.filter(action="background.cancel", actor="clerk").count() == 1


def test_a_running_job_is_cancelled_at_its_next_step_and_writes_nothing(world: World, clerk: User) -> None:
    steps: list[int] = []

    @job(kind="tests.cancelled_midway", title="半途取消")
    def midway(run: Run) -> None:
        for step in range(5):
            run.progress(step, 5)
            steps.append(step)
            if step == 1:
                cancel(by=clerk, job=Job.objects.get(pk=run.job_id))

    row = asked(midway, clerk, world)
    run_all()
    assert steps == [0, 1]
    assert again(row).state == CANCELLED
    try_again(by=clerk, job=row)
    assert (again(row).state, row.cancel_asked_at, row.attempts) == (WAITING, None, 0)


def test_results_are_not_written_once_cancelling_was_asked(world: World, clerk: User) -> None:
    @job(kind="tests.cancelled_late", title="最后取消")
    def late(run: Run) -> None:
        cancel(by=clerk, job=Job.objects.get(pk=run.job_id))
        with run.conclude():
            Session.objects.create(session_key="late", session_data="", expire_date=timezone.now())

    row = asked(late, clerk, world)
    run_all()
    assert again(row).state == CANCELLED
    assert jobs.written() == []


def test_only_the_entry_of_the_queue_that_holds_a_job_may_work_on_it(world: World, clerk: User) -> None:
    row = asked(jobs.write, clerk, world, name="x")
    old = row.task_id
    assert old is not None
    with transaction.atomic():
        put_in_queue(Job.objects.select_for_update().get(pk=row.pk))
    assert work_on(row.pk, old, "late") == "another's"
    assert jobs.written() == []
    run_all()
    assert jobs.written() == ["x"]


def test_a_worker_that_was_thought_gone_can_no_longer_write(world: World, clerk: User) -> None:
    row = taken(asked(jobs.write, clerk, world, name="x"))
    late = Run(row)
    watch = Watch(patience=60)
    assert watch.look(now=0) == 0
    assert watch.look(now=59) == 0
    assert watch.look(now=60) == 1
    assert again(row).state == WAITING
    with pytest.raises(TakenOverError), late.conclude():
        pytest.fail("nothing may be written")
    with pytest.raises(TakenOverError):
        late.progress(1)
    run_all()
    assert (again(row).state, row.attempts, jobs.written()) == (DONE, 2, ["x"])


def test_a_job_that_beats_is_left_to_its_worker(world: World, clerk: User) -> None:
    row = taken(asked(jobs.write, clerk, world, name="x"))
    alive = Run(row)
    watch = Watch(patience=60)
    for minute in range(10):
        assert watch.look(now=60 * minute) == 0
        alive.progress(minute)
    assert again(row).state == RUNNING


def test_a_job_taken_from_the_queue_but_never_begun_is_found(world: World, clerk: User) -> None:
    row = asked(jobs.write, clerk, world, name="x")
    entry_of(row).claim("gone")
    watch = Watch(patience=60)
    assert [watch.look(now=0), watch.look(now=61)] == [0, 1]
    run_all()
    assert (again(row).state, row.attempts) == (DONE, 1)


def test_a_job_that_kills_its_workers_is_given_up(world: World, clerk: User) -> None:
    row = asked(jobs.deadly, clerk, world)
    for _ in range(2):
        taken(row)
        watch = Watch(patience=60)
        watch.look(now=0)
        watch.look(now=60)
    assert again(row).state == FAILED
    assert "多次中断" in row.error


def test_a_lost_job_that_was_to_be_cancelled_is_cancelled(world: World, clerk: User) -> None:
    row = taken(asked(jobs.write, clerk, world, name="x"))
    cancel(by=clerk, job=row)
    assert again(row).look == "cancelling"
    watch = Watch(patience=60)
    watch.look(now=0)
    watch.look(now=60)
    assert again(row).state == CANCELLED


def test_a_pause_that_no_pause_can_be_is_ended(world: World, clerk: User) -> None:
    """The clock ran a day ahead when the pause was written, and was set right afterwards."""
    row = asked(jobs.breaks, clerk, world)
    with transaction.atomic():
        put_in_queue(Job.objects.select_for_update().get(pk=row.pk), timedelta(days=1))
    assert run_all() == 0
    Watch(patience=60).look(now=0)
    assert run_all() == 1


def test_listeners_hear_of_what_was_done_and_what_failed(
    world: World, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(registry, "_listeners", [])
    when_finished(lambda row: heard.append((row.kind, row.state)))
    asked(jobs.write, clerk, world, name="x")
    asked(jobs.refuses, clerk, world)
    cancel(by=clerk, job=asked(jobs.write, clerk, world, name="y"))
    run_all()
    assert sorted(heard) == [("tests.refuse", FAILED), ("tests.write", DONE)]


def test_steps_come_round_once_a_turn_whatever_the_clock_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_steps", {})
    turns: list[datetime] = []
    every(timedelta(minutes=10), name="tests.step", title="试一步")(lambda run, now: turns.append(now))
    assert step_of("tests.step") is not None
    start = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    for minutes in (0, 1, 9, 10, 11, -50):  # at the end the clock is set back an hour
        hand_out(start + timedelta(minutes=minutes))
        run_all()
    assert turns == [start, start + timedelta(minutes=10), start - timedelta(minutes=50)]
    assert PeriodicStep.objects.get().last_at == turns[-1]
    assert not Event.objects.filter(object_type="job").exists()


def test_old_jobs_are_forgotten_and_unfinished_ones_never(world: World, clerk: User, settings: Any) -> None:
    settings.JOBS_KEPT_DAYS = 30
    old, recent, waiting = (asked(jobs.write, clerk, world, name=name) for name in "abc")
    DBTaskResult.objects.filter(pk=entry_of(waiting).pk).update(run_after=timezone.now() + timedelta(days=2))
    hand_out(timezone.now())
    run_all()
    long_ago = timezone.now() - timedelta(days=31)
    Job.objects.filter(pk=old.pk).update(finished_at=long_ago)
    Job.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    Job.objects.filter(kind="background.step").update(finished_at=timezone.now() - timedelta(days=2))
    DBTaskResult.objects.update(enqueued_at=long_ago)
    hand_out(timezone.now() + timedelta(days=1, minutes=1))
    run_all()
    assert set(Job.objects.exclude(kind="background.step")) == {recent, waiting}
    assert Job.objects.filter(kind="background.step", finished_at__lt=timezone.now() - timedelta(days=1)).count() == 0
    assert DBTaskResult.objects.filter(pk=entry_of(waiting).pk).exists()
    assert DBTaskResult.objects.count() == 1 + Job.objects.filter(kind="background.step").count()


def test_no_run_stays_behind_in_the_process(world: World, clerk: User) -> None:
    for function in (jobs.refuses, jobs.breaks):
        asked(function, clerk, world)
    run_all()
    assert ACTIVE.all() == ()


@pytest.mark.parametrize("role", list(Role))
def test_a_job_is_seen_by_who_asked_and_by_those_who_run_its_region(
    role: Role, world: World, person: MakePerson, clerk: User
) -> None:
    of_city = asked(jobs.write, clerk, world, name="x")
    of_county = enqueue(jobs.write, by=clerk, region=world.county, arguments={"name": "y"})
    of_system = enqueue(jobs.write, by=None, region=None, arguments={"name": "z"})
    runs = role in {Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR}
    expected = {
        "city": {of_city} if runs else set(),
        "county": {of_county} if runs else set(),
        "province": set(),  # what lies below is not theirs to watch
        "other_city": set(),
    }
    for place, seen in expected.items():
        department = world.finance if role is Role.DEPARTMENT_OFFICER else None
        someone = subject_of(person(f"{role}-{place}", role, getattr(world, place), department))
        technical = {of_system} if role is Role.SYSTEM_ADMINISTRATOR else set()
        assert set(visible_jobs(someone)) == seen | technical
        assert {row for row in (of_city, of_county, of_system) if may_control(someone, row)} == seen | technical
    assert set(visible_jobs(subject_of(clerk))) == {of_city, of_county}


def test_steps_that_went_well_are_listed_for_who_asks_for_them(world: World, person: MakePerson) -> None:
    enqueue(take_step, by=None, region=None, title="每分钟的一步", arguments={"name": "none", "at": "2026-11-22"})
    administrator = Client()
    found = person("administrator", Role.SYSTEM_ADMINISTRATOR, world.province)
    administrator.force_login(found, backend="dudao.web.people.accounts.Accounts")
    assert "每分钟的一步" in administrator.get("/jobs/").content.decode()  # it waits
    Job.objects.update(state=DONE, finished_at=timezone.now())
    assert "每分钟的一步" not in administrator.get("/jobs/").content.decode()
    assert "每分钟的一步" in administrator.get("/jobs/?steps=1").content.decode()


def test_who_left_a_region_no_longer_sees_the_own_jobs_there(world: World, clerk: User) -> None:
    asked(jobs.write, clerk, world, name="x")
    clerk.grants.all().delete()
    assert not visible_jobs(subject_of(clerk)).exists()


def test_nobody_else_cancels(world: World, clerk: User, person: MakePerson, signed_in: SignIn) -> None:
    row = asked(jobs.write, clerk, world, name="x")
    other = person("other", Role.SUPERVISION_CLERK, world.other_city)
    with pytest.raises(NotAllowedError):
        cancel(by=other, job=row)
    with pytest.raises(NotAllowedError):
        try_again(by=other, job=row)
    page = signed_in(other)
    for address in (f"/jobs/{row.pk}/", f"/jobs/{row.pk}/cancel/", f"/jobs/{row.pk}/again/"):
        assert (page.get(address) if address.endswith(f"{row.pk}/") else page.post(address)).status_code == 404
    assert again(row).state == WAITING
    assert Client().get("/jobs/").status_code == 302


def test_the_page_shows_progress_asks_again_and_lets_cancel(world: World, clerk: User, signed_in: SignIn) -> None:
    row = taken(asked(jobs.count, clerk, world, steps=3))
    Job.objects.filter(pk=row.pk).update(done=1, total=3, words="第 2 步")
    page = signed_in(clerk)
    text = page.get("/jobs/").content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert '<progress max="3" value="1"' in text
    part = page.get(f"/jobs/{row.pk}/", headers={"HX-Request": "true"})
    assert "第 2 步" in part.content.decode()
    assert "HX-Trigger-After-Swap" not in part
    answer = page.post(f"/jobs/{row.pk}/cancel/", headers={"HX-Request": "true"})
    assert "正在取消" in answer.content.decode()
    assert again(row).cancel_asked_at is not None


def test_a_finished_job_is_asked_after_no_more(world: World, clerk: User, signed_in: SignIn) -> None:
    row = asked(jobs.write, clerk, world, name="x")
    run_all()
    page = signed_in(clerk)
    part = page.get(f"/jobs/{row.pk}/", headers={"HX-Request": "true"})
    assert part["HX-Trigger-After-Swap"] == "job-finished"
    assert "every 2s" not in part.content.decode()
    assert "写好了x" in part.content.decode()
    assert page.post(f"/jobs/{row.pk}/cancel/").status_code == 409
    assert page.post(f"/jobs/{row.pk}/again/").status_code == 409
    assert page.get("/jobs/?state=failed").content.decode().count("没有符合条件的任务") == 1


def test_a_failed_job_is_tried_again_from_the_page(world: World, clerk: User, signed_in: SignIn) -> None:
    row = asked(jobs.refuses, clerk, world)
    run_all()
    answer = signed_in(clerk).post(f"/jobs/{row.pk}/again/", follow=True)
    assert "已重新排队：输入有误" in answer.content.decode()
    assert again(row).state == WAITING


def test_the_list_asks_the_database_the_same_however_many_jobs(world: World, clerk: User, signed_in: SignIn) -> None:
    page = signed_in(clerk)
    counts: list[int] = []
    for _ in range(2):
        for number in range(3):
            asked(jobs.write, clerk, world, name=f"{len(counts)}{number}")
        page.get("/jobs/")
        with CaptureQueriesContext(connection) as captured:
            assert page.get("/jobs/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_cancelling_is_what_a_step_raises(world: World, clerk: User) -> None:
    row = taken(asked(jobs.count, clerk, world, steps=1))
    run = Run(row)
    cancel(by=clerk, job=row)
    with pytest.raises(CancelledError):
        run.progress(1, 2)


def test_sessions_past_their_end_are_forgotten(clerk: User) -> None:
    from dudao.web.people.models import SignedInDevice

    now = timezone.now()
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(hours=1))
    for key, seen in (("old", now - timedelta(days=2)), ("new", now)):
        SignedInDevice.objects.create(user=clerk, session_key=key, seen_at=seen)
    Session.objects.create(session_key="stranger", session_data="", expire_date=now - timedelta(minutes=1))
    step = step_of("people.sessions")
    assert step is not None
    PeriodicStep.objects.exclude(name="people.sessions").delete()
    hand_out(now)
    run_all()
    assert set(Session.objects.values_list("session_key", flat=True)) == {"new"}
    assert set(SignedInDevice.objects.values_list("session_key", flat=True)) == {"new"}
