from dataclasses import dataclass
from datetime import date

import pytest

from dudao.web.dashboards.workbench.regions import Counted
from dudao.web.evaluations.models import Answer, Assessment, Duty, Round, Stage
from dudao.web.people.models import Grant, User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, OpenedRound, SignIn, World, opened_round


@dataclass(frozen=True, slots=True)
class Opened:
    assessment: Assessment
    province: User


@pytest.fixture
def opened(world: World, person: MakePerson) -> Opened:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    made = opened_round("liaoning-city-2022", 2022, province, world.province, world.city)
    return Opened(made, province)


def test_a_clerk_sees_what_came_in_and_what_was_returned(
    opened: Opened, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    Answer.objects.filter(assessment=opened.assessment, item="2.4").update(state="returned", return_reason="请核对口径")
    Answer.objects.filter(assessment=opened.assessment, item="2.5").update(state="submitted")
    page = signed_in(person("clerk", Role.SUPERVISION_CLERK, world.city)).get("/").content.decode()
    for words in ("请核对口径", "待审", "会在哪里失分", "部门进度", "距报送截止", "2022 年度", "云州市"):
        assert words in page, words


def test_an_officer_sees_the_own_items_alone(
    opened: Opened, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    Duty.objects.filter(assessment=opened.assessment).delete()
    Duty.objects.create(assessment=opened.assessment, item="3.10", department=world.finance, lead=True)
    Duty.objects.create(assessment=opened.assessment, item="2.4", department=world.education, lead=True)
    page = signed_in(person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance)).get("/")
    assert [row[0].item.id for row in page.context["mine"]] == ["3.10"]
    assert {each.item.item.id for each in page.context["to_dos"]} == {"3.10"}
    assert "校园安全" not in page.content.decode()


def test_a_leader_gets_no_to_dos_and_a_sheet_to_print(
    opened: Opened, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    client = signed_in(person("leader", Role.LEADER, world.city))
    page = client.get("/").content.decode()
    assert "待我处理" not in page
    assert "责任部门" in page
    sheet = client.get("/?print=1").content.decode()
    assert "领导批示" in sheet
    assert "dd-side" not in sheet


def test_a_province_sees_progress_and_points_only_as_sent(
    opened: Opened, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    page = signed_in(opened.province).get("/")
    (row,) = page.context["rows"]
    assert (row.done, row.asked, row.self_points, row.sent_at) == (0, 15, None, None)
    assert page.context["counted"] == Counted(regions=1, assessments=1, sent=0, confirmed=0, late=0)
    other = signed_in(person("other", Role.PROVINCIAL_ADMINISTRATOR, world.other_province)).get("/")
    assert other.context["rows"] == []


def test_a_region_that_answered_in_two_years_is_one_region(opened: Opened, signed_in: SignIn) -> None:
    row = Assessment.objects.select_related("round").get()
    other = Round.objects.get(pk=row.round_id)
    other.pk, other.year = None, row.round.year - 1
    other.save()
    Assessment.objects.create(round=other, region=row.region, state="submitted")
    Stage.objects.create(round=row.round, kind="submission", starts=date(2022, 7, 1), due=date(2022, 8, 31))
    counted = signed_in(opened.province).get("/").context["counted"]
    assert counted == Counted(regions=1, assessments=2, sent=1, confirmed=0, late=1)


def test_a_system_administrator_sees_nothing_of_what_is_evaluated(
    opened: Opened, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    page = signed_in(person("admin", Role.SYSTEM_ADMINISTRATOR, world.province)).get("/").content.decode()
    assert "从未登录" in page
    for words in ("2022 年度市级自评", "自评填报", "评价任务"):
        assert words not in page, words


def test_whoever_holds_nothing_is_told(person: MakePerson, signed_in: SignIn) -> None:
    assert "还没有角色" in signed_in(person("nobody")).get("/").content.decode()


def test_a_person_of_two_roles_may_choose(opened: Opened, world: World, person: MakePerson, signed_in: SignIn) -> None:
    both = person("both", Role.SUPERVISION_CLERK, world.city)
    Grant.objects.create(user=both, role=Role.SYSTEM_ADMINISTRATOR, region=world.city)
    client = signed_in(both)
    assert client.get("/").context["role"] == Role.SUPERVISION_CLERK
    assert client.get("/?as=system_administrator").context["role"] == Role.SYSTEM_ADMINISTRATOR
    assert client.get("/?as=reviewer").context["role"] == Role.SUPERVISION_CLERK


@pytest.mark.parametrize("role", [Role.SUPERVISION_CLERK, Role.LEADER, Role.DEPARTMENT_OFFICER])
def test_the_home_page_asks_a_constant_number_of_questions(
    role: Role,
    opened: Opened,
    world: World,
    person: MakePerson,
    signed_in: SignIn,
    django_assert_max_num_queries: object,
) -> None:
    department = world.finance if role is Role.DEPARTMENT_OFFICER else None
    client = signed_in(person("somebody", role, world.city, department))
    client.get("/")
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # a fixture of pytest-django
        assert client.get("/").status_code == 200


def test_a_school_supervisor_sees_the_rounds_of_the_own_places_and_the_own_evidence(
    opened: OpenedRound, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    supervisor = person("duxue", Role.SCHOOL_SUPERVISOR, world.city)
    elsewhere = person("elsewhere", Role.SCHOOL_SUPERVISOR, world.other_city)
    page = signed_in(supervisor).get("/").content.decode()
    assert "2022 年度市级自评" in page
    assert "/2022/990100/duty/evidence/upload/" in page
    assert "还没有上传过材料" in page
    assert "2022 年度市级自评" not in signed_in(elsewhere).get("/").content.decode()
