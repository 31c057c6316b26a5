"""The cheapest way to the standard is searched in the background, and large tables are read there."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from dudao.errors import WrongUseError
from dudao.web.audit.models import Event
from dudao.web.background.actions import cancel
from dudao.web.background.models import Job
from dudao.web.background.work import work_on
from dudao.web.people.models import User
from dudao.web.refusals import NotAllowedError, NotPossibleError
from dudao.web.schools.actions import imports, proposals, snapshots
from dudao.web.schools.balance_page import Choice
from dudao.web.schools.models import Import, Proposal
from dudao.web.schools.proposals import Allowed
from dudao.web.schools.views import imports as views
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World
from tests.web.school_files import Row, school, workbook

PLACE = "/2024/990101/"


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("county-clerk", Role.SUPERVISION_CLERK, world.county)


def take(clerk: User, world: World, rows: list[Row]) -> None:
    row = imports.receive(
        by=clerk, region=world.county, year=2024, kind="schools", raw=workbook(rows), name="学校.xlsx"
    )
    snapshots.take(by=clerk, row=imports.read(by=clerk, row=row))


def run(job: Job) -> str:
    """Do what a worker does with a job."""
    job.refresh_from_db()
    assert job.task_id is not None
    return work_on(job.pk, job.task_id, "test")


LACKING = [school(1), school(2), school(3, changed={"体育运动场馆面积（平方米）": 900})]


def test_a_plan_is_found_and_kept_with_its_proof(world: World, clerk: User, signed_in: SignIn) -> None:
    take(clerk, world, LACKING)
    row = proposals.propose(by=clerk, region=world.county, year=2024, choice=Choice(), allowed=Allowed(seconds=15))
    assert row.job is not None
    client: Client = signed_in(clerk)
    address = f"{PLACE}balance/proposals/{row.pk}/"
    assert "等待" in client.get(address).content.decode()
    assert run(row.job) == "done"
    row.refresh_from_db()
    assert row.plan is not None
    assert row.plan["schools_failing_before"] == 1
    assert row.plan["schools_failing_after"] == 0
    bought = [each for each in row.plan["additions"] if each["resource"] == "sports_area"]
    # 700 pupils need 85 % of 7.5 m² each at least: 4,462.5 m², of which there are 900
    assert bought
    assert bought[0]["amount"] >= 4462.5 - 900
    page = client.get(address).content.decode()
    assert "未达标学校：1 → 0 所" in page
    assert json.loads(json.dumps(row.plan)) == row.plan


def test_a_search_that_was_cancelled_leaves_no_plan(world: World, clerk: User) -> None:
    take(clerk, world, LACKING)
    row = proposals.propose(by=clerk, region=world.county, year=2024, choice=Choice(), allowed=Allowed())
    assert row.job is not None
    cancel(by=clerk, job=row.job)
    row.refresh_from_db()
    assert row.plan is None
    assert Job.objects.get().state == "cancelled"


def test_only_the_office_of_the_region_asks_and_only_where_there_are_data(
    world: World, clerk: User, person: MakePerson
) -> None:
    with pytest.raises(NotPossibleError, match="没有学校数据"):
        proposals.propose(by=clerk, region=world.county, year=2024, choice=Choice(), allowed=Allowed())
    take(clerk, world, LACKING)
    head = person("head", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    with pytest.raises(NotAllowedError):
        proposals.propose(by=head, region=world.county, year=2024, choice=Choice(), allowed=Allowed())
    allowed = Allowed(prices=["教学用房=很贵"])
    with pytest.raises(WrongUseError, match="看不懂单价"):
        proposals.propose(by=clerk, region=world.county, year=2024, choice=Choice(), allowed=allowed)
    assert Proposal.objects.count() == 0
    assert not Event.objects.filter(action="schools.proposal.ask").exists()


def test_the_form_says_what_cannot_be(world: World, clerk: User, signed_in: SignIn) -> None:
    take(clerk, world, LACKING)
    answer = signed_in(clerk).post(f"{PLACE}balance/proposals/", {"seconds": "15"})
    assert answer.status_code == 422
    assert "没有可做的事" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("limits", "少调几个", "看不懂限制“少调几个”"),
        ("limits", "无此校/县级以上骨干教师数/调出=2", "表里没有学校“无此校”"),
        ("limits", "*/没有的列/增加=1", "没有“没有的列”这一列"),
        ("forbidden", "临河县第1小学，临河县第2小学", "写成：调出学校-&gt;调入学校"),
        ("forbidden", "临河县第1小学->无此校", "表里没有学校“无此校”"),
        ("prices", "教师=-3", "看不懂单价"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_form_and_what_was_typed_is_kept(
    world: World, clerk: User, signed_in: SignIn, name: str, text: str, told: str
) -> None:
    take(clerk, world, LACKING)
    given = {"seconds": "15", "moves": "on", "hiring": "on", name: text}
    answer = signed_in(clerk).post(f"{PLACE}balance/proposals/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert escape(text) in page
    assert not Proposal.objects.exists()


def test_a_large_table_is_read_in_the_background_once(
    world: World, clerk: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 100)
    client: Client = signed_in(clerk)
    file = SimpleUploadedFile("大表.xlsx", workbook([school(1), school(2)]))
    page = client.post(f"{PLACE}imports/upload/", {"kind": "schools", "file": file}, follow=True).content.decode()
    row = Import.objects.select_related("job").get()
    assert row.state == "reading"
    assert "可以离开本页" in page
    assert row.job is not None
    assert run(row.job) == "done"
    row.refresh_from_db()
    assert (row.state, row.rows) == ("ready", 2)
    job = Job.objects.get()
    assert job.result_words.startswith("2 行")
    assert work_on(job.pk, job.task_id, "late") == "another's"  # type: ignore[arg-type]  # a job done has its entry


def test_a_table_given_up_while_it_waited_stays_given_up(
    world: World, clerk: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 100)
    file = SimpleUploadedFile("大表.xlsx", workbook([school(1)]))
    signed_in(clerk).post(f"{PLACE}imports/upload/", {"kind": "schools", "file": file})
    row = Import.objects.select_related("job").get()
    imports.drop(by=clerk, row=row)
    assert row.job is not None
    run(row.job)
    row.refresh_from_db()
    assert row.state == "dropped"
