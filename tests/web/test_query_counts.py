"""Pages ask the database the same number of questions however much there is to show."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import PublishedScheme
from dudao.web.people.models import Region, User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

TODAY = date(2022, 7, 1)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def province(world: World, person: MakePerson) -> User:
    return person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)


@pytest.fixture
def another_year(world: World, province: User) -> Callable[[int], None]:
    """Publish one more scheme version and open a round of a year for two more cities."""

    def open_(year: int) -> None:
        row = schemes.keep_draft(
            by=province, region=world.province, files=files_of_pack(find_pack("liaoning-city-2022"))
        )
        schemes.publish(by=province, row=row)
        world.province.refresh_from_db()
        for step in range(2):
            added = Region(code=f"99{year % 100:02d}{step:02d}", name=f"新城{year}{step}", level="city")
            Region.objects.add_child(Region.objects.get(pk=world.province.pk), instance=added)
        rounds.open_round(
            by=province,
            scheme=PublishedScheme.objects.get(pk=row.pk),
            region=world.province,
            year=year,
            title=f"{year} 年度市级自评",
            stages={"departments": (TODAY, date(2022, 8, 18))},
            regions=[world.city, *Region.objects.filter(name__startswith=f"新城{year}")],
            today=TODAY,
        )

    return open_


def test_lists_cost_the_same_with_more_rows(
    world: World, province: User, person: MakePerson, signed_in: SignIn, another_year: Callable[[int], None]
) -> None:
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    above = signed_in(province)
    own = signed_in(clerk)
    pages = ((above, "/schemes/"), (above, "/tasks/"), (above, "/"), (own, "/"), (own, "/tasks/"), (own, "/audit/"))
    for year in (2022, 2023):  # two, so that what exists at all is not taken for growth
        another_year(year)
    for client, address in pages:
        queries(client, address)  # what is remembered from the first visit on
    few = [queries(client, address) for client, address in pages]
    for year in (2024, 2025, 2026):
        another_year(year)
    for client, address in pages:
        queries(client, address)
    assert [queries(client, address) for client, address in pages] == few


def test_the_progress_page_costs_the_same_with_more_departments_and_remarks(
    world: World, province: User, person: MakePerson, signed_in: SignIn, another_year: Callable[[int], None]
) -> None:
    from dudao.web.evaluations.actions import answers
    from dudao.web.evaluations.models import Answer, Duty
    from dudao.web.people.models import Department

    another_year(2022)
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    client = signed_in(clerk)
    pages = ("/2022/990100/duty/progress/", "/2022/990100/duty/self/3.10/")
    answer = Answer.objects.get(assessment__region=world.city, item="3.10")
    answers.comment(by=clerk, answer=answer, text="请补充依据。")
    for address in pages:
        queries(client, address)
    few = [queries(client, address) for address in pages]
    for number in range(6):
        department = Department.objects.create(region=world.city, name=f"市第{number}局")
        Duty.objects.create(assessment=answer.assessment, item="3.10", department=department)
        answers.comment(by=clerk, answer=answer, text=f"第{number}条意见。")
    assert [queries(client, address) for address in pages] == few
