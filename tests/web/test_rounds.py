from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from dudao.packs.find import find_pack
from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import answers, deadlines, duties, rounds, schemes
from dudao.web.evaluations.calendar import after_working_days, is_working_day, not_working_warning, working_days_between
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Assessment, PublishedScheme, Round
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.people.models import Region, User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

TODAY = timezone.localdate()


def working_day(days: int) -> date:
    return after_working_days(TODAY, days)


@dataclass(frozen=True, slots=True)
class Opened:
    round: Round
    assessment: Assessment
    scheme: PublishedScheme
    province: User
    clerk: User
    officer: User
    leader: User
    stranger: User


@pytest.fixture
def scheme(world: World, person: MakePerson) -> PublishedScheme:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    row = schemes.keep_draft(by=province, region=world.province, files=files_of_pack(find_pack("liaoning-city-2022")))
    schemes.publish(by=province, row=row)
    row.refresh_from_db()
    return row


@pytest.fixture
def opened(scheme: PublishedScheme, world: World, person: MakePerson) -> Opened:
    province = User.objects.get(username="province")
    made = rounds.open_round(
        by=province,
        scheme=scheme,
        region=world.province,
        year=2022,
        title="2022 年度市级自评",
        stages={"departments": (TODAY, working_day(10)), "submission": (TODAY, working_day(20))},
        regions=[world.city],
        today=TODAY,
    )
    return Opened(
        made,
        made.assessments.select_related("region", "round__scheme").get(),
        scheme,
        province,
        person("clerk", Role.SUPERVISION_CLERK, world.city),
        person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance),
        person("leader", Role.LEADER, world.city),
        person("stranger", Role.PROVINCIAL_ADMINISTRATOR, world.other_province),
    )


def form(scheme: PublishedScheme, world: World, **changed: object) -> dict[str, object]:
    return {
        "scheme": scheme.pk,
        "region": world.province.code,
        "year": 2022,
        "title": "2022 年度市级自评",
        "slug": "duty",
        "regions": [world.city.code],
        "due_departments": working_day(10).isoformat(),
    } | changed


def test_a_provincial_administrator_opens_a_round(scheme: PublishedScheme, world: World, signed_in: SignIn) -> None:
    client = signed_in(User.objects.get(username="province"))
    assert world.city.name in client.get(f"/rounds/new/?scheme={scheme.pk}").content.decode()
    answer = client.post("/rounds/new/", form(scheme, world))
    made = Round.objects.get()
    assert answer["Location"] == f"/rounds/{made.pk}/"
    assert made.stages.get().due == working_day(10)
    assert made.assessments.get().region == world.city
    assert Event.objects.filter(action="evaluations.round.open").count() == 1


def test_a_clerk_opens_a_round_for_the_own_city_but_not_elsewhere(
    scheme: PublishedScheme, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    client = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city))
    elsewhere = client.post("/rounds/new/", form(scheme, world))
    assert elsewhere.status_code == 422
    assert not Round.objects.exists()
    assert client.post("/rounds/new/", form(scheme, world, region=world.city.code)).status_code == 302


@pytest.mark.parametrize("role", [Role.DEPARTMENT_OFFICER, Role.LEADER, Role.REVIEWER, Role.SYSTEM_ADMINISTRATOR])
def test_other_roles_open_no_round(
    role: Role, scheme: PublishedScheme, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    department = world.finance if role is Role.DEPARTMENT_OFFICER else None
    client = signed_in(person("somebody", role, world.city, department))
    assert client.get("/rounds/new/").status_code == 403
    assert client.post("/rounds/new/", form(scheme, world)).status_code == 403


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_departments": (TODAY - timedelta(days=1)).isoformat()}, "已经过去"),
        ({"due_departments": "2022-02-30"}, "有效的日期"),
        ({"due_departments": ""}, "至少填一个环节"),
        ({"due_departments": "", "starts_departments": TODAY.isoformat()}, "工作日数"),
        ({"due_collection": working_day(5).isoformat()}, "早于“部门填报”"),
        ({"year": "二〇二二"}, "整数"),
        ({"title": ""}, "必填"),
        ({"regions": []}, "必填"),
        ({"regions": ["980100"]}, "980100"),
        ({"slug": "任务"}, "slug"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_opened(
    changed: dict[str, object], sentence: str, scheme: PublishedScheme, world: World, signed_in: SignIn
) -> None:
    client = signed_in(User.objects.get(username="province"))
    answer = client.post("/rounds/new/", form(scheme, world, **changed))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Round.objects.exists()


def test_a_deadline_without_office_hours_is_asked_back(
    scheme: PublishedScheme, world: World, signed_in: SignIn
) -> None:
    client = signed_in(User.objects.get(username="province"))
    free = next(day for step in range(1, 15) if not is_working_day(day := TODAY + timedelta(days=step)))
    given = form(scheme, world, due_departments=free.isoformat())
    asked = client.post("/rounds/new/", given)
    assert "不是工作日" in asked.content.decode()
    assert not Round.objects.exists()
    assert client.post("/rounds/new/", given | {"accept_days": "on"}).status_code == 302


def test_working_days_make_a_deadline(scheme: PublishedScheme, world: World, signed_in: SignIn) -> None:
    client = signed_in(User.objects.get(username="province"))
    client.post("/rounds/new/", form(scheme, world, due_departments="", days_departments=15))
    stage = Round.objects.get().stages.get()
    assert working_days_between(TODAY, stage.due) == 15


def test_a_second_round_of_the_year_is_offered_another_name(
    scheme: PublishedScheme, world: World, signed_in: SignIn
) -> None:
    client = signed_in(User.objects.get(username="province"))
    page = f"/rounds/new/?scheme={scheme.pk}"
    assert client.get(page).context["form"]["slug"].value() == "duty"
    assert client.post("/rounds/new/", form(scheme, world)).status_code == 302
    assert client.get(page).context["form"]["slug"].value() == "duty-city"
    again = client.post("/rounds/new/", form(scheme, world))
    assert again.status_code == 409
    assert "请换一个任务标识" in again.content.decode()


def test_working_days_of_a_later_stage_count_from_the_deadline_before(
    scheme: PublishedScheme, world: World, signed_in: SignIn
) -> None:
    client = signed_in(User.objects.get(username="province"))
    days = {"due_departments": "", "days_departments": 10, "due_collection": "", "days_collection": 5}
    client.post("/rounds/new/", form(scheme, world, **days))
    first, second = Round.objects.get().stages.order_by("due")
    assert working_days_between(TODAY, first.due) == 10
    assert working_days_between(first.due, second.due) == 5


def test_working_days_follow_the_official_calendar() -> None:
    assert after_working_days(date(2023, 9, 28), 1) == date(2023, 10, 7)  # a Saturday worked after the holiday
    assert "不是工作日" in not_working_warning("部门填报", date(2023, 10, 2))
    assert not_working_warning("部门填报", date(2023, 10, 7)) == ""


def test_a_scheme_withdrawn_meanwhile_is_told_and_what_was_typed_stays(
    scheme: PublishedScheme, world: World, signed_in: SignIn
) -> None:
    province = User.objects.get(username="province")
    client = signed_in(province)
    schemes.withdraw(by=province, row=scheme, reason="文件有误，停用")
    answer = client.post("/rounds/new/", form(scheme, world, title="我拟的名称"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "已停用，不能下发" in page
    assert "我拟的名称" in page
    assert not Round.objects.exists()


def test_a_round_under_way_goes_on_when_its_scheme_is_withdrawn(opened: Opened, signed_in: SignIn) -> None:
    schemes.withdraw(by=opened.province, row=opened.scheme, reason="已由新版本替代")
    client = signed_in(opened.officer)
    assert client.get("/2022/990100/duty/self/3.10/").status_code == 200
    assert signed_in(opened.clerk).get("/2022/990100/duty/duties/").status_code == 200


def test_the_same_task_is_not_opened_twice_for_a_region(opened: Opened, world: World) -> None:
    with pytest.raises(NotPossibleError, match="已有同一任务"):
        rounds.open_round(
            by=opened.clerk,
            scheme=opened.scheme,
            region=world.city,
            year=2022,
            title="再来一次",
            stages={"departments": (TODAY, working_day(3))},
            regions=[world.city],
            today=TODAY,
        )


def test_a_scheme_for_cities_is_not_given_to_counties(opened: Opened, world: World) -> None:
    with pytest.raises(InvalidValueError, match="市级"):
        rounds.open_round(
            by=opened.province,
            scheme=opened.scheme,
            region=world.province,
            year=2023,
            title="错配",
            stages={"departments": (TODAY, working_day(3))},
            regions=[world.county],
            today=TODAY,
        )


def test_a_deadline_moves_with_a_reason_and_is_recorded(opened: Opened, signed_in: SignIn) -> None:
    client = signed_in(opened.province)
    address = f"/rounds/{opened.round.pk}/deadline/"
    given = {"kind": "departments", "due": working_day(15).isoformat(), "reason": "汛期延后填报"}
    assert client.post(address, given | {"reason": "晚"}).status_code == 422
    assert client.post(address, given | {"due": "2020-01-01"}).status_code == 422
    assert client.post(address, given | {"due": "明天"}).status_code == 422
    assert client.post(address, given | {"kind": "party"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert opened.round.stages.get(kind="departments").due == working_day(15)
    event = Event.objects.get(action="evaluations.deadline.move")
    assert event.reason == "汛期延后填报"


def test_only_who_runs_the_round_moves_its_deadlines(opened: Opened, signed_in: SignIn) -> None:
    given = {"kind": "departments", "due": working_day(15).isoformat(), "reason": "汛期延后填报"}
    address = f"/rounds/{opened.round.pk}/deadline/"
    assert signed_in(opened.clerk).post(address, given).status_code == 404
    assert signed_in(opened.stranger).post(address, given).status_code == 404
    assert signed_in(opened.officer).post(address, given).status_code == 403
    with pytest.raises(NotAllowedError):
        deadlines.set_stage(
            by=opened.clerk,
            round=opened.round,
            kind="departments",
            starts=TODAY,
            due=working_day(15),
            reason="汛期延后填报",
            today=TODAY,
        )


def test_a_department_gets_more_time(opened: Opened, world: World, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    given = {"department": world.finance.pk, "due": working_day(12).isoformat(), "reason": "决算尚未批复"}
    address = "/2022/990100/duty/extend/"
    assert client.post(address, given | {"due": "2020-01-01"}).status_code == 422
    assert client.post(address, given | {"department": world.other_finance.pk}).status_code == 404
    assert client.post(address, given | {"department": "x"}).status_code == 404
    assert client.post(address, given).status_code == 302
    page = client.get("/2022/990100/duty/progress/").content.decode()
    assert "决算尚未批复" in page
    assert signed_in(opened.officer).post(address, given).status_code == 403
    assert Event.objects.filter(action="evaluations.deadline.extend").count() == 1


def test_a_closed_round_no_longer_changes_until_it_is_opened_again(
    opened: Opened, world: World, signed_in: SignIn
) -> None:
    client = signed_in(opened.province)
    address = f"/rounds/{opened.round.pk}/close/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "本年度评价结束"}).status_code == 302
    answer = opened.assessment.answers.select_related("assessment__round__scheme", "assessment__region").first()
    assert answer is not None
    answer.assessment.refresh_from_db()
    with pytest.raises(NotPossibleError, match="已结束"):
        answers.move(by=opened.clerk, answer=answer, event="start")
    with pytest.raises(NotPossibleError, match="已结束"):
        duties.set_duty(
            by=opened.clerk, assessment=opened.assessment, item="3.10", department=world.education, duty="none"
        )
    assert client.post(address, {"reason": "再次结束一遍"}).status_code == 409
    assert client.post(address, {"reason": "发现漏报地区", "event": "reopen"}).status_code == 302
    opened.round.refresh_from_db()
    assert opened.round.closed_at is None
    kinds = set(Event.objects.values_list("action", flat=True))
    assert {"evaluations.round.close", "evaluations.round.reopen"} <= kinds


def test_who_watches_a_round(opened: Opened, world: World, person: MakePerson, signed_in: SignIn) -> None:
    address = f"/rounds/{opened.round.pk}/"
    reviewer = person("reviewer", Role.REVIEWER, world.province)
    for user, status in (
        (opened.province, 200),
        (reviewer, 200),
        (opened.clerk, 404),
        (opened.leader, 404),
        (opened.stranger, 404),
        (opened.officer, 403),
    ):
        assert signed_in(user).get(address).status_code == status, user.username


def test_before_submission_the_level_above_sees_states_but_neither_points_nor_pages(
    opened: Opened, signed_in: SignIn
) -> None:
    answer = opened.assessment.answers.get(item="3.10")
    answer.scores.update(points="11.5")
    answer.state = "drafting"
    answer.save()
    page = signed_in(opened.province).get(f"/rounds/{opened.round.pk}/?show=rate").content.decode()
    assert "11.5" not in page
    assert "88%" not in page
    assert "/self/3.10/" not in page
    states = signed_in(opened.province).get(f"/rounds/{opened.round.pk}/").content.decode()
    assert "s-drafting" in states
    Assessment.objects.update(state="submitted", version=1)
    seen = signed_in(opened.province).get(f"/rounds/{opened.round.pk}/?show=rate").content.decode()
    assert "88%" in seen
    assert "/self/3.10/" in seen


def test_after_being_sent_back_the_level_above_sees_what_was_sent(opened: Opened, signed_in: SignIn) -> None:
    opened.assessment.answers.get(item="3.10").scores.update(points="5")
    Assessment.objects.update(state="sent_back", version=1)
    opened.assessment.submissions.create(
        version=1,
        content={"items": [{"item": "3.10", "points": [{"self_points": "11.5"}, {"self_points": None}]}]},
        content_hash="x",
        by=opened.clerk,
        at=timezone.now(),
    )
    page = signed_in(opened.province).get(f"/rounds/{opened.round.pk}/?show=rate").content.decode()
    assert "88%" in page
    assert "38%" not in page


def test_reminders_name_what_is_missing_and_send_nothing(opened: Opened, signed_in: SignIn) -> None:
    regions = signed_in(opened.province).get(f"/rounds/{opened.round.pk}/reminders/").content.decode()
    assert "云州市：“2022 年度市级自评”尚未报送" in regions
    departments = signed_in(opened.clerk).get("/2022/990100/duty/progress/reminders/").content.decode()
    assert "市财政局：" in departments
    assert "教育经费保障情况" in departments
    assert signed_in(opened.officer).get("/2022/990100/duty/progress/reminders/").status_code == 403
    assert signed_in(opened.province).get("/2022/990100/duty/progress/reminders/").status_code == 404


def test_an_officer_sees_the_own_department_alone_on_the_grid(opened: Opened, signed_in: SignIn) -> None:
    page = signed_in(opened.officer).get("/2022/990100/duty/progress/").content.decode()
    assert "市财政局" in page
    assert "市教育局" not in page
    assert "系统预测" not in page
    whole = signed_in(opened.leader).get("/2022/990100/duty/progress/?show=rate").content.decode()
    assert "市教育局" in whole
    assert "系统预测" in whole


def test_queries_do_not_grow_with_regions(
    opened: Opened,
    world: World,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    regions = []
    for number in range(2, 9):
        city = Region(code=f"99{number:02}00", name=f"示范{number}市", level="city")
        world.province.refresh_from_db()
        Region.objects.add_child(world.province, instance=city)
        regions.append(Region.objects.get(code=city.code))
    made = rounds.open_round(
        by=opened.province,
        scheme=opened.scheme,
        region=world.province,
        year=2023,
        title="多地区",
        stages={"departments": (TODAY, working_day(3))},
        regions=regions,
        today=TODAY,
    )
    client = signed_in(opened.province)
    client.get(f"/rounds/{made.pk}/")
    with django_assert_max_num_queries(11):
        assert client.get(f"/rounds/{made.pk}/").status_code == 200
    with django_assert_max_num_queries(11):
        assert client.get("/tasks/").status_code == 200
