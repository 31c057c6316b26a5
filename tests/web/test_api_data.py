"""School data and findings through the API: what the pages show, to whom they show it, as rows."""

import pytest

from dudao.web.audit.models import Event
from dudao.web.document_checks.actions import decisions, reports
from dudao.web.document_checks.models import Entry, Report
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Assessment
from dudao.web.people.models import Region, User
from dudao.web.schools.actions import imports, snapshots
from dudao.web.schools.models import ComputedFact, Snapshot
from dudao.workflow.machine import Role
from tests.web.api_client import client_of
from tests.web.checked_reports import OTHER, TITLE, WRONG, word
from tests.web.conftest import MakePerson, OpenedRound, World
from tests.web.school_files import school, workbook
from tests.web.test_outcome import CITY, COUNTY
from tests.web.test_school_facts import take


@pytest.fixture
def head(world: World, person: MakePerson) -> User:
    return person("head", Role.PROVINCIAL_ADMINISTRATOR, world.province)


def bring(head: User, county: Region, year: int, schools: int) -> None:
    raw = workbook([school(number, county.name) for number in range(1, schools + 1)])
    row = imports.receive(by=head, region=county, year=year, kind="schools", raw=raw, name="学校.xlsx")
    snapshots.take(by=head, row=imports.read(by=head, row=row))


def test_counties_come_with_their_coefficients_by_year(world: World, head: User) -> None:
    bring(head, world.county, 2022, 3)
    api = client_of(head)
    found = api.get(f"/regions/{world.province.code}/balance?year=2022").json()
    assert found["count"] == 1
    (county,) = found["results"]
    assert (county["region"]["code"], county["year"], county["standard"]) == (world.county.code, 2022, "quality-2017")
    assert county["verdict"] in {"met", "not_met", "incomplete"}
    for level in county["levels"]:
        assert level["schools"] == level["schools_met"] + level["schools_not_met"] + level["schools_incomplete"]
        assert len(level["indicators"]) == 7
    assert api.get(f"/regions/{world.county.code}/balance?year=2023").json()["count"] == 0
    assert api.get(f"/regions/{world.county.code}/balance?year=2023&since=2022").json()["count"] == 1
    assert api.get(f"/regions/{world.county.code}/balance").status_code == 422
    assert api.get(f"/regions/{world.county.code}/balance?year=2022&standard=none").status_code == 422


def test_schools_below_the_standard_name_what_they_miss(world: World, head: User) -> None:
    bring(head, world.county, 2022, 3)
    api = client_of(head)
    every = api.get(f"/regions/{world.county.code}/balance/schools?year=2022").json()
    below = api.get(f"/regions/{world.county.code}/balance/schools?year=2022&below=true").json()
    assert every["count"] >= below["count"]
    assert [each for each in every["results"] if each["verdict"] == "not_met"] == below["results"]
    for each in below["results"]:
        assert each["missed"]
        assert all(one["lacking"] > 0 for one in each["missed"])
    assert api.get(f"/regions/{world.city.code}/balance/schools?year=2022").status_code == 404
    assert (
        api.get(f"/regions/{world.county.code}/balance/schools?year=2022&limit=1&offset=1").json()["results"]
        == (every["results"][1:2])
    )


@pytest.mark.parametrize("role", [Role.SCHOOL_SUPERVISOR, Role.SYSTEM_ADMINISTRATOR])
def test_who_has_no_balance_page_has_no_balance(world: World, person: MakePerson, role: Role) -> None:
    api = client_of(person("other", role, world.province))
    assert api.get(f"/regions/{world.county.code}/balance?year=2022").status_code == 403


def test_balance_of_the_next_province_is_not_there(world: World, person: MakePerson) -> None:
    api = client_of(person("clerk", Role.SUPERVISION_CLERK, world.city))
    for code in (world.other_city.code, world.province.code, "000000"):
        assert api.get(f"/regions/{code}/balance?year=2022").status_code == 404


def test_findings_are_read_as_far_as_the_pages_show_them(opened: OpenedRound, world: World) -> None:
    raw = word([TITLE, WRONG, OTHER])
    made = reports.receive(by=opened.clerk, assessment=opened.assessment, raw=raw, name="报告.docx")
    report = Report.objects.select_related("assessment__region", "assessment__round__scheme", "current").get()
    rows = list(Entry.objects.filter(version=made, number__gt=0).order_by("number"))
    path = f"/assessments/{opened.assessment.pk}/reports"
    (told,) = client_of(opened.clerk).get(path).json()["results"]
    assert (told["id"], told["version"], told["counts"]["open"]) == (report.pk, 1, len(rows))
    found = client_of(opened.clerk).get(f"{path}/{report.pk}/findings").json()["results"]
    assert [(each["number"], each["message"], each["state"]) for each in found] == [
        (row.number, row.message, "open") for row in rows
    ]
    officer = client_of(opened.officer)
    assert officer.get(f"{path}/{report.pk}/findings").status_code == 404
    decisions.decide(
        by=opened.clerk, report=report, key=rows[0].key, state="passed_on", reason="请核对", department=world.finance
    )
    (seen,) = officer.get(f"{path}/{report.pk}/findings").json()["results"]
    assert (seen["key"], seen["state"]) == (rows[0].key, "passed_on")
    assert officer.get(path).json()["results"][0]["counts"] == {}
    assert client_of(opened.province).get(f"{path}/{report.pk}/findings").status_code == 404
    assert client_of(opened.other_officer).get(path).status_code == 404


def test_what_the_tables_compute_comes_with_formula_and_snapshot(world: World, head: User) -> None:
    bring(head, world.county, 2022, 2)
    api = client_of(head)
    path = f"/regions/{world.county.code}/facts"
    every = api.get(f"{path}?year=2022&limit=200").json()["results"]
    rows = ComputedFact.objects.filter(region=world.county, period="2022")
    assert {(each["name"], each["part"]) for each in every} == set(rows.values_list("name", "part"))
    snapshot = Snapshot.objects.get()
    assert all(each["snapshots"] == [{"id": snapshot.pk, "sha256": snapshot.frame}] for each in every)
    areas = api.get(f"{path}?year=2022&name=mean_teaching_area_per_student").json()["results"]
    kept = rows.filter(name="mean_teaching_area_per_student")
    assert {(each["part"], each["value"], each["unit"]) for each in areas} == {
        (row.part, row.value or None, row.unit) for row in kept
    }
    assert all("总量之和 ÷ 学生总数" in each["method"] for each in areas)
    assert {each["value"] for each in every if each["kind"] == "boolean"} <= {"是", "否", None}
    assert api.get(f"{path}?year=2023").json()["count"] == 0
    assert api.get(path).status_code == 422


def test_a_computed_figure_is_taken_over_as_on_the_page(
    choosing: tuple[Assessment, User], world: World, person: MakePerson
) -> None:
    assessment, _ = choosing
    clerk = person("office", Role.SUPERVISION_CLERK, world.city)
    take(clerk, world, [school(1), school(2)])
    item = next(each.id for each in items_of(scheme_of(assessment.round.scheme)) if "teaching_area" in each.inputs)
    api = client_of(clerk)
    path = f"/assessments/{assessment.pk}/items/{item}"
    line = next(each for each in api.get(f"{path}/computed").json()["results"] if each["name"] == "teaching_area")
    assert (line["standing"], line["value"], line["filled_in"], line["taken"]) == ("empty", "6", "", None)
    address = f"{path}/facts/{line['fact']}/computed"
    assert api.put(address, None).status_code == 428
    saved = api.put(address, None, If_Match=f'"{line["version"]}"')
    assert (saved.status_code, saved.json()["value"]) == (200, "6")
    assert saved.json()["source"].startswith("由学校数据计算（快照 ")
    after = next(each for each in api.get(f"{path}/computed").json()["results"] if each["name"] == "teaching_area")
    assert (after["standing"], after["taken"]["by"]) == ("same", clerk.name)
    assert Event.objects.filter(action="schools.fact.take_over").count() == 1


def test_facts_of_the_rules_on_the_whole_are_stated_on_their_version(
    choosing: tuple[Assessment, User], world: World, person: MakePerson
) -> None:
    assessment, officer = choosing
    office = person("office", Role.SUPERVISION_CLERK, world.city)
    api, path = client_of(office), f"/assessments/{assessment.pk}/outcome"
    told = api.get(path).json()
    assert {rule["holds"] for rule in told["rules"]} == {None}
    facts = {(each["region"], each["name"], each["period"]): each for each in told["facts"]}
    assert {(CITY, "falsification", "2024"), (COUNTY, "basic_balance", "2024")} <= facts.keys()
    given = {"region": CITY, "name": "falsification", "period": "2024", "value": "是"}
    assert api.put(f"{path}/facts", given).status_code == 428
    saved = api.put(f"{path}/facts", given, If_Match='"0"')
    assert (saved.status_code, saved.json()["value"], saved["ETag"]) == (200, "是", '"1"')
    assert api.get(path).json()["grade"] == "不合格"
    stale = api.put(f"{path}/facts", given | {"value": "否"}, If_Match='"0"')
    assert (stale.status_code, stale.json()["current"]["value"]) == (412, "是")
    assert api.put(f"{path}/facts", given | {"name": "none"}, If_Match='"0"').status_code == 422
    assert api.put(f"{path}/facts", given | {"region": "980100"}, If_Match='"0"').status_code == 422
    for other in (officer, person("leader", Role.LEADER, world.city)):
        assert client_of(other).put(f"{path}/facts", given, If_Match='"1"').status_code == 403
    assert client_of(officer).get(path).status_code == 403
