"""School data and findings through the API: what the pages show, to whom they show it, as rows."""

import pytest

from dudao.web.document_checks.actions import decisions, reports
from dudao.web.document_checks.models import Entry, Report
from dudao.web.people.models import Region, User
from dudao.web.schools.actions import imports, snapshots
from dudao.workflow.machine import Role
from tests.web.api_client import client_of
from tests.web.checked_reports import OTHER, TITLE, WRONG, word
from tests.web.conftest import MakePerson, OpenedRound, World
from tests.web.school_files import school, workbook


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
