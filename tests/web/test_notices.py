"""Notices: kept once for those whom a thing concerns and who may read it, mailed when they want it, told to robots."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from dudao.web.audit.models import Event
from dudao.web.background.actions import enqueue
from dudao.web.background.models import DONE, FAILED, WAITING, Job
from dudao.web.background.periodic import hand_out
from dudao.web.background.run import Run
from dudao.web.background.worker import run_all
from dudao.web.evaluations.actions import answers
from dudao.web.evaluations.happenings import Happening, Kind
from dudao.web.evaluations.models import Assessment, Duty, Round
from dudao.web.evaluations.near_deadlines import tell_deadlines
from dudao.web.evaluations.queries import reads_assessment, visible_answers, visible_assessments
from dudao.web.notices.keeping import keep, keep_finished_job, mark_read, set_preference
from dudao.web.notices.kinds import ALWAYS, CAN_BE_MUTED, TITLES
from dudao.web.notices.mail import compose, people_due, send_due
from dudao.web.notices.models import TO_MAIL, Notice, Preference, RobotMessage
from dudao.web.notices.queries import unread_count, visible_notices
from dudao.web.notices.robots import body_of, signed, tell_robots
from dudao.web.notices.timing import is_quiet, last_digest
from dudao.web.people.access import subject_of, subjects_of
from dudao.web.people.models import Grant, User
from dudao.web.robot_settings import Robot, networks
from dudao.workflow.machine import Role
from tests.web.conftest import ITEM, MakePerson, OpenedRound, SignIn, World
from tests.web.jobbing import jobs
from tests.web.listening import listening, says

SHANGHAI = ZoneInfo("Asia/Shanghai")


def happening(opened: OpenedRound, told: set[int], **given: Any) -> Happening:
    values: dict[str, Any] = {
        "kind": Kind.RETURNED,
        "assessment": opened.assessment,
        "told": frozenset(told),
        "sentence": "某退回了第 3.10 项",
        "key": "thing:1",
        "answer": opened.answer(),
        "words": "缺少决算表",
    }
    return Happening(**(values | given))


def of(person: User) -> list[Notice]:
    return list(visible_notices(subject_of(person)))


def test_a_remark_that_calls_somebody_is_kept_for_them_and_opens_its_place(
    opened: OpenedRound, signed_in: SignIn
) -> None:
    Notice.objects.all().delete()
    answers.comment(by=opened.clerk, answer=opened.answer(), text="@finance 请看", mentions=(opened.officer,))
    (row,) = of(opened.officer)
    assert (row.kind, row.words, row.by, row.read_at) == ("mentioned", "@finance 请看", opened.clerk, None)
    assert of(opened.clerk) == []
    page = signed_in(opened.officer)
    assert "消息，1 条未读" in page.get("/notices/").content.decode()
    answer = page.get(f"/notices/{row.pk}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/2022/990100/duty/self/{ITEM}/?tab=remarks"
    assert page.get(answer["Location"]).status_code == 200
    assert "消息，没有未读" in page.get("/notices/").content.decode()


def test_what_is_told_twice_is_kept_once(opened: OpenedRound) -> None:
    Notice.objects.all().delete()
    for _ in range(3):
        keep([happening(opened, {opened.officer.pk})])
    assert len(of(opened.officer)) == 1


def test_deadlines_are_told_once_a_step_however_often_they_are_looked_at(opened: OpenedRound) -> None:
    Notice.objects.all().delete()
    for day in (date(2022, 8, 16), date(2022, 8, 16), date(2022, 8, 17), date(2022, 8, 18), date(2022, 8, 23)):
        tell_deadlines(day)
    kinds = [row.kind for row in reversed(of(opened.officer))]
    assert kinds == ["deadline_near", "deadline_near", "overdue"]  # 7 days, 1 day, 3 over
    assert {row.kind for row in of(opened.clerk)} == {"overdue"}


def test_the_next_province_is_told_nothing_even_if_named(opened: OpenedRound) -> None:
    keep([happening(opened, {opened.other_officer.pk, opened.province.pk})])
    assert of(opened.other_officer) == []
    assert of(opened.province) == []  # a draft is the city's own


def test_who_left_the_department_no_longer_reads_its_notices(opened: OpenedRound, world: World) -> None:
    keep([happening(opened, {opened.officer.pk}, key="thing:2")])
    before = len(of(opened.officer))
    Duty.objects.filter(assessment=opened.assessment, item=ITEM, department=world.education).delete()
    Grant.objects.filter(user=opened.officer).update(department=world.education)
    after = of(opened.officer)
    assert len(after) < before
    assert all(row.answer_id is None for row in after)
    Grant.objects.filter(user=opened.officer).delete()
    assert of(opened.officer) == []


def test_nobody_opens_the_notices_of_others(opened: OpenedRound, signed_in: SignIn) -> None:
    keep([happening(opened, {opened.officer.pk}, key="thing:3")])
    row = Notice.objects.get(person=opened.officer, key="thing:3")
    assert signed_in(opened.clerk).get(f"/notices/{row.pk}/").status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_a_notice_leads_nowhere_outside(opened: OpenedRound, signed_in: SignIn) -> None:
    keep([happening(opened, {opened.officer.pk}, key="thing:4")])
    row = Notice.objects.get(person=opened.officer, key="thing:4")
    for address in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""):
        Notice.objects.filter(pk=row.pk).update(address=address)
        assert signed_in(opened.officer).get(f"/notices/{row.pk}/")["Location"] == "/notices/"


def test_what_is_muted_is_not_kept_but_returns_and_overdue_always_are(opened: OpenedRound) -> None:
    set_preference(by=opened.officer, preference=Preference(muted=[*TITLES]))
    row = Preference.objects.get()
    assert row.muted == list(CAN_BE_MUTED)
    assert not set(row.muted) & ALWAYS
    Notice.objects.all().delete()
    keep([happening(opened, {opened.officer.pk}, kind=Kind.REMARKED, key="a")])
    keep([happening(opened, {opened.officer.pk}, kind=Kind.RETURNED, key="b")])
    assert [notice.kind for notice in of(opened.officer)] == ["returned"]
    assert Event.objects.filter(action="people.notices.set", actor="finance").count() == 1


def test_everything_is_marked_as_read_and_only_the_own(opened: OpenedRound, signed_in: SignIn) -> None:
    keep([happening(opened, {opened.officer.pk, opened.clerk.pk}, key="thing:5")])
    others = unread_count(subject_of(opened.clerk))
    signed_in(opened.officer).post("/notices/read/")
    assert unread_count(subject_of(opened.officer)) == 0
    assert unread_count(subject_of(opened.clerk)) == others > 0


ROLES_SOMEWHERE = st.lists(
    st.tuples(
        st.sampled_from(list(Role)),
        st.sampled_from(["province", "city", "county", "other_province", "other_city"]),
        st.sampled_from(["finance", "education", "other_finance"]),
        st.sampled_from(["", "past", "future"]),
    ),
    max_size=3,
    unique_by=lambda grant: (grant[0], grant[1], grant[2]),
)


@examples(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    held=ROLES_SOMEWHERE, state=st.sampled_from(["open", "submitted", "sent_back", "confirmed"]), whole=st.booleans()
)
def test_a_notice_is_kept_exactly_for_those_who_may_open_its_page(
    opened: OpenedRound, world: World, held: list[tuple[Role, str, str, str]], state: str, whole: bool
) -> None:
    """Whomever an action may name: what the bulk question answers is what the pages' own querysets answer."""
    person, _ = User.objects.get_or_create(username="anybody", defaults={"name": "任何人"})
    Grant.objects.filter(user=person).delete()
    for role, place, office, when in held:
        dates = {"past": {"ends": date(2020, 1, 1)}, "future": {"starts": date(2999, 1, 1)}}.get(when, {})
        department = getattr(world, office) if role is Role.DEPARTMENT_OFFICER else None
        Grant.objects.get_or_create(
            user=person, role=role, region=getattr(world, place), department=department, defaults=dates
        )
    Assessment.objects.filter(pk=opened.assessment.pk).update(state=state)
    opened.assessment.refresh_from_db()
    answer = None if whole else opened.answer()
    Notice.objects.all().delete()
    keep([happening(opened, set(User.objects.values_list("pk", flat=True)), answer=answer, key="adversarial")])
    subject = subject_of(person)
    may = visible_assessments(subject).filter(pk=opened.assessment.pk).exists()
    assert reads_assessment(subject, opened.assessment) is may
    if answer is not None:
        may = may and visible_answers(subject, opened.assessment).filter(pk=answer.pk).exists()
    assert Notice.objects.filter(person=person).exists() is may
    assert visible_notices(subject).exists() is may
    assert subjects_of([person.pk]).get(person.pk, subject) == subject


def test_keeping_asks_the_same_however_many_it_concerns(opened: OpenedRound, world: World, person: MakePerson) -> None:
    def asked(key: str) -> int:
        everybody = set(User.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as captured:
            keep([happening(opened, everybody, key=key)])
        return len(captured)

    first = asked("few")
    for number in range(30):
        person(f"more{number}", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    assert asked("many") == first
    assert Notice.objects.filter(key="many").count() >= 31


def test_the_list_asks_the_same_however_many_notices(opened: OpenedRound, signed_in: SignIn) -> None:
    page = signed_in(opened.officer)
    page.get("/notices/")
    counts: list[int] = []
    for round_ in range(2):
        for number in range(4):
            keep([happening(opened, {opened.officer.pk}, key=f"{round_}:{number}")])
        with CaptureQueriesContext(connection) as captured:
            assert page.get("/notices/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_list_is_filtered_and_empty_lists_say_so(opened: OpenedRound, signed_in: SignIn) -> None:
    keep([happening(opened, {opened.officer.pk}, key="x")])
    page = signed_in(opened.officer)
    assert "缺少决算表" in page.get("/notices/?kind=returned&show=unread").content.decode()
    assert "没有符合条件的消息" in page.get("/notices/?kind=accepted").content.decode()
    Notice.objects.all().delete()
    assert "还没有消息" in page.get("/notices/").content.decode()


# how people want to be told


def test_settings_are_kept_and_wrong_ones_explained(opened: OpenedRound, signed_in: SignIn) -> None:
    page = signed_in(opened.officer)
    assert "没有设置邮件服务" in page.get("/notices/settings/").content.decode()
    good = {"mail": "now", "digest_at": "09:00", "quiet_from": "21:00", "quiet_to": "07:00", "shown": ["mentioned"]}
    assert page.post("/notices/settings/", good).status_code == 302
    row = Preference.objects.get(person=opened.officer)
    assert (row.mail, row.digest_at, row.quiet_from) == ("now", time(9), time(21))
    assert "mentioned" not in row.muted
    assert "remarked" in row.muted
    assert "checked" in page.get("/notices/settings/").content.decode()
    for wrong in ({"quiet_to": ""}, {"mail": "sms"}, {"digest_at": "25:00"}, {"shown": ["returned"]}):
        assert page.post("/notices/settings/", good | wrong).status_code == 422
    row.refresh_from_db()
    assert row.quiet_to == time(7)


@pytest.mark.parametrize(
    ("moment", "start", "end", "quiet"),
    [
        (time(21), time(20), time(7, 30), True),
        (time(20), time(20), time(7, 30), True),
        (time(3), time(20), time(7, 30), True),
        (time(7, 30), time(20), time(7, 30), False),
        (time(12), time(20), time(7, 30), False),
        (time(13), time(12), time(14), True),
        (time(14), time(12), time(14), False),
        (time(3), None, None, False),
        (time(3), time(3), time(3), False),
    ],
)
def test_quiet_hours(moment: time, start: time | None, end: time | None, quiet: bool) -> None:
    assert is_quiet(moment, start, end) is quiet


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2022, 9, 30, 9, 0), datetime(2022, 9, 30, 8, 30)),
        (datetime(2022, 9, 30, 8, 0), datetime(2022, 9, 29, 8, 30)),
        (datetime(2022, 10, 5, 12, 0), datetime(2022, 9, 30, 8, 30)),  # in the national holidays
        (datetime(2022, 10, 8, 8, 30), datetime(2022, 10, 8, 8, 30)),  # a Saturday that is worked
    ],
)
def test_digests_go_out_on_working_days(now: datetime, last: datetime) -> None:
    found = last_digest(now.replace(tzinfo=SHANGHAI), time(8, 30))
    assert found == last.replace(tzinfo=SHANGHAI)


@pytest.fixture
def mails(opened: OpenedRound, settings: Any) -> Callable[..., list[Any]]:
    """Run the step that sends mail at some local time; returns what went out."""
    Notice.objects.all().delete()
    Round.objects.update(closed_at=timezone.now())  # or its own deadlines would be told as well
    settings.MAIL_SENT = True
    settings.ADDRESS = "https://dudao.example"

    def send(day: date, hour: int, minute: int = 0) -> list[Any]:
        mail.outbox.clear()
        hand_out(datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC))
        run_all()
        return list(mail.outbox)

    return send


def kept(opened: OpenedRound, key: str, at: datetime, **given: Any) -> Notice:
    keep([happening(opened, {opened.officer.pk}, key=key, **given)])
    Notice.objects.filter(key=key).update(at=at.replace(tzinfo=SHANGHAI))
    return Notice.objects.get(key=key)


MONDAY, FRIDAY, SATURDAY = date(2022, 8, 8), date(2022, 8, 12), date(2022, 8, 13)


def test_a_digest_gathers_what_came_since_the_last_and_goes_out_once(
    opened: OpenedRound, mails: Callable[..., list[Any]]
) -> None:
    first = kept(opened, "a", datetime(2022, 8, 12, 17, 0))
    kept(opened, "b", datetime(2022, 8, 13, 10, 0))
    assert mails(FRIDAY, 18) == []
    assert mails(SATURDAY, 9) == []
    (message,) = mails(date(2022, 8, 15), 8, 31)
    assert message.to == ["finance@example.org"]
    assert message.subject == "【督导】2 条消息"
    assert f"https://dudao.example/notices/{first.pk}/" in message.body
    assert message.body.count("某退回了第 3.10 项") == 2
    assert "缺少决算表" not in message.body  # what people wrote stays inside
    assert mails(date(2022, 8, 15), 8, 35) == []
    assert mails(date(2022, 8, 16), 9) == []
    assert set(Notice.objects.values_list("mail", flat=True)) == {"sent"}


def test_mail_at_once_waits_for_the_end_of_the_quiet_hours(
    opened: OpenedRound, mails: Callable[..., list[Any]]
) -> None:
    set_preference(by=opened.officer, preference=Preference(mail="now"))
    kept(opened, "a", datetime(2022, 8, 8, 21, 0))
    assert mails(MONDAY, 22) == []
    assert mails(date(2022, 8, 9), 6) == []
    (message,) = mails(date(2022, 8, 9), 7, 30)
    assert message.subject == "【督导】某退回了第 3.10 项"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_who_wants_no_mail_or_has_no_address_gets_none(opened: OpenedRound, mails: Callable[..., list[Any]]) -> None:
    set_preference(by=opened.officer, preference=Preference(mail="none"))
    User.objects.filter(pk=opened.clerk.pk).update(email="")
    keep([happening(opened, {opened.officer.pk, opened.clerk.pk}, key="a")])
    assert set(Notice.objects.values_list("mail", flat=True)) == {"none"}
    assert mails(date(2099, 1, 1), 12) == []


def test_who_changed_to_no_mail_gets_none_of_what_waits(opened: OpenedRound, mails: Callable[..., list[Any]]) -> None:
    kept(opened, "a", datetime(2022, 8, 8, 10, 0))
    set_preference(by=opened.officer, preference=Preference(mail="none"))
    assert mails(date(2022, 8, 9), 9) == []


def test_what_may_no_longer_be_read_is_not_mailed(opened: OpenedRound, mails: Callable[..., list[Any]]) -> None:
    kept(opened, "a", datetime(2022, 8, 8, 10, 0))
    Grant.objects.filter(user=opened.officer).delete()
    assert mails(date(2022, 8, 9), 9) == []
    assert set(Notice.objects.values_list("mail", flat=True)) == {"none"}


def test_a_mail_sent_again_after_a_kill_bears_the_same_name(opened: OpenedRound) -> None:
    rows = [kept(opened, key, datetime(2022, 8, 8, 10, 0)) for key in "ab"]
    names = {compose(opened.officer, rows).extra_headers["Message-ID"] for _ in range(2)}
    assert len(names) == 1
    assert compose(opened.officer, rows[:1]).extra_headers["Message-ID"] not in names


def test_a_mail_begun_is_sent_again_as_it_was_whatever_came_in_meanwhile(
    opened: OpenedRound, mails: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_preference(by=opened.officer, preference=Preference(mail="now"))
    for key in "ab":
        kept(opened, key, datetime(2022, 8, 8, 10, 0))
    send, sent = mail.EmailMessage.send, []

    def killed(self: mail.EmailMessage, fail_silently: bool = False) -> int:
        sent.append(self)
        raise KeyboardInterrupt

    moment = datetime(2022, 8, 8, 11, 0, tzinfo=SHANGHAI)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", killed)
    with pytest.raises(KeyboardInterrupt):
        send_due(mock.create_autospec(Run, instance=True), moment)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    kept(opened, "c", datetime(2022, 8, 8, 10, 30))
    again, later = *mails(MONDAY, 11, 5), *mails(MONDAY, 11, 6)
    assert (again.extra_headers["Message-ID"], again.body) == (sent[0].extra_headers["Message-ID"], sent[0].body)
    assert later.extra_headers["Message-ID"] != again.extra_headers["Message-ID"]
    assert later.body.count("退回了") == 1
    assert mails(MONDAY, 11, 7) == []
    assert set(Notice.objects.values_list("mail", flat=True)) == {"sent"}


def test_a_header_cannot_be_smuggled_in(opened: OpenedRound) -> None:
    row = kept(opened, "a", datetime(2022, 8, 8, 10, 0), sentence="退回\r\nBcc: other@example.org")
    assert "\n" not in compose(opened.officer, [row]).subject


def test_a_server_that_is_away_is_tried_again_and_nothing_is_lost(
    opened: OpenedRound, mails: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(opened, "a", datetime(2022, 8, 8, 10, 0))

    def away(self: object, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", away)
        assert mails(date(2022, 8, 9), 9) == []
    step = Job.objects.get(arguments__name="notices.mail")
    assert step.state == WAITING
    assert "邮件服务器没有回应" in step.error
    assert Notice.objects.get().mail in TO_MAIL


def test_an_address_that_is_refused_holds_up_nobody_and_is_given_up(
    opened: OpenedRound, mails: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep([happening(opened, {opened.officer.pk, opened.clerk.pk}, key="a")])
    Notice.objects.update(at=datetime(2022, 8, 8, 10, 0, tzinfo=SHANGHAI))
    send = mail.EmailMessage.send

    def refusing(self: mail.EmailMessage, fail_silently: bool = False) -> int:
        if "finance@example.org" in self.to:
            raise SMTPRecipientsRefused({})
        return send(self, fail_silently)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refusing)
    assert [message.to for message in mails(date(2022, 8, 9), 9)] == [["clerk@example.org"]]
    for minute in range(1, 10):
        mails(date(2022, 8, 9), 9, minute)
    assert Notice.objects.get(person=opened.officer).mail == "failed"
    assert Notice.objects.get(person=opened.clerk).mail == "sent"


def test_who_is_due_is_asked_with_three_queries(opened: OpenedRound, settings: Any) -> None:
    settings.MAIL_SENT = True
    keep([happening(opened, {opened.officer.pk, opened.clerk.pk}, key="a")])
    with CaptureQueriesContext(connection) as captured:
        assert len(people_due(timezone.now() + timedelta(days=14))) == 2
    assert len(captured) <= 3


# jobs


def test_a_job_that_failed_or_took_long_is_told_to_who_asked(world: World, person: MakePerson) -> None:
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    failed, quick, slow = (
        enqueue(function, by=clerk, region=world.city, title=title, arguments=given)
        for function, title, given in (
            (jobs.refuses, "导入甲", {}),
            (jobs.write, "导入乙", {"name": "quick"}),
            (jobs.write, "导入丙", {"name": "slow"}),
        )
    )
    Job.objects.filter(pk=slow.pk).update(created_at=timezone.now() - timedelta(seconds=11))
    run_all()
    assert {Job.objects.get(pk=row.pk).state for row in (quick, slow)} == {DONE}
    told = {row.sentence: row for row in of(clerk)}
    assert set(told) == {"“导入甲”未成功", "“导入丙”已完成"}
    assert told["“导入甲”未成功"].words == "第 14 行不是数字。 请改正后重新上传。"
    assert told["“导入甲”未成功"].address == f"/jobs/{failed.pk}/"
    assert told["“导入丙”已完成"].address == "/"
    assert Job.objects.get(pk=failed.pk).state == FAILED


def test_work_of_the_system_is_told_to_nobody(world: World) -> None:
    row = enqueue(jobs.refuses, by=None, region=None)
    run_all()
    row.refresh_from_db()
    keep_finished_job(row)
    assert not Notice.objects.exists()


def test_old_notices_are_forgotten_and_unread_ones_later(opened: OpenedRound, settings: Any) -> None:
    settings.NOTICES_KEPT_DAYS = 100
    Notice.objects.all().delete()
    Round.objects.update(closed_at=timezone.now())
    now = timezone.now()
    for key, age in (("read old", 101), ("read new", 99), ("unread", 199), ("unread old", 201)):
        row = kept(opened, key, datetime(2022, 8, 8))
        Notice.objects.filter(pk=row.pk).update(
            at=now - timedelta(days=age), read_at=now if key.startswith("read") else None
        )
    hand_out(now)
    run_all()
    assert set(Notice.objects.values_list("key", flat=True)) == {"read new", "unread"}


# robots

DINGTALK = Robot(
    "city", "dingtalk", "990100", "https://robot.example/send?access_token=1", "SECtest", frozenset({"overdue"})
)
WECOM = Robot("wecom", "wecom", "990100", "https://robot.example/webhook?key=1", "", frozenset({"overdue"}))


def test_the_signature_is_the_one_of_the_makers() -> None:
    """Reckoned with openssl: printf '1700000000000\\nSECtest' | openssl dgst -sha256 -hmac SECtest -binary | base64."""
    assert signed(DINGTALK, 1700000000000) == (
        "https://robot.example/send?access_token=1&timestamp=1700000000000"
        "&sign=aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D"
    )
    assert signed(WECOM, 1700000000000) == WECOM.url


def overdue(opened: OpenedRound, key: str = "overdue:1") -> Happening:
    return happening(opened, set(), kind=Kind.OVERDUE, answer=None, sentence="市财政局已逾期 1 个工作日", key=key)


def test_no_robot_is_told_unless_set(opened: OpenedRound) -> None:
    tell_robots([overdue(opened)])
    assert not RobotMessage.objects.exists()


@pytest.mark.parametrize("robot", [DINGTALK, WECOM], ids=["dingtalk", "wecom"])
def test_a_robot_is_told_once_of_its_own_region(opened: OpenedRound, settings: Any, robot: Robot) -> None:
    settings.OUTGOING_ALLOWED = networks("127.0.0.1/32")
    settings.ADDRESS = "https://dudao.example"
    with listening(says({"errcode": 0, "errmsg": "ok"})) as server:
        url = robot.url.replace("https://robot.example", server.address)
        elsewhere = Robot("other", robot.make, "980100", url, robot.secret, robot.kinds)
        settings.ROBOTS = (Robot(robot.name, robot.make, robot.region, url, robot.secret, robot.kinds), elsewhere)
        for _ in range(2):
            tell_robots([overdue(opened)])
            tell_robots([happening(opened, set(), kind=Kind.RETURNED, key="not for groups")])
            run_all()
    (body,) = server.bodies
    assert body["msgtype"] == "text"
    assert body["text"]["content"] == (
        "【督导】市财政局已逾期 1 个工作日\nhttps://dudao.example/2022/990100/duty/progress/"
    )
    assert ("sign=" in server.paths[0]) is (robot.make == "dingtalk")
    assert RobotMessage.objects.get().sent_at is not None


def test_a_robot_speaks_the_language_of_its_group(opened: OpenedRound) -> None:
    row = RobotMessage(text="云州市的自评已经上级确认", address="/2022/990100/duty/progress/")
    for language, words in (
        ("zh-hans", "【督导】云州市的自评已经上级确认"),
        ("en", "[Dudao] The self-evaluation of 云州市 was confirmed by the level above"),
    ):
        text = body_of(row, language)["text"]
        assert isinstance(text, dict)
        assert text["content"].startswith(words)


def test_a_robot_that_does_not_take_it_is_tried_again(opened: OpenedRound, settings: Any) -> None:
    settings.OUTGOING_ALLOWED = networks("127.0.0.1/32")
    with listening(says({"errcode": 130101, "errmsg": "too fast"})) as server:
        settings.ROBOTS = (Robot("city", "wecom", "990100", server.address, "", frozenset({"overdue"})),)
        tell_robots([overdue(opened)])
        run_all()
    row = Job.objects.get(kind="notices.robot")
    assert row.state == WAITING
    assert "errcode 130101" in row.error
    assert RobotMessage.objects.get().sent_at is None
    assert row.title == "发送群消息"  # names nothing that the system administrator may not see


def test_a_robot_in_the_inner_network_is_refused_unless_allowed(opened: OpenedRound, settings: Any) -> None:
    with listening(says({"errcode": 0})) as server:
        settings.ROBOTS = (Robot("city", "wecom", "990100", server.address, "", frozenset({"overdue"})),)
        tell_robots([overdue(opened)])
        run_all()
    row = Job.objects.get(kind="notices.robot")
    assert (row.state, row.attempts, server.paths) == (FAILED, 1, [])
    assert "DUDAO_OUTGOING_ALLOWED" in row.error


def test_marking_read_twice_keeps_the_first_time(opened: OpenedRound) -> None:
    row = kept(opened, "a", datetime(2022, 8, 8, 10, 0))
    assert mark_read(by=opened.officer, notices=[row.pk]) == 1
    first = Notice.objects.get(pk=row.pk).read_at
    assert mark_read(by=opened.officer, notices=[row.pk]) == 0
    assert Notice.objects.get(pk=row.pk).read_at == first
