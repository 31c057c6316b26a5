"""A small world for tests of the platform: two provinces, people of every role, and clients signed in as them."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client

from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.people.models import Department, Grant, Region, User
from dudao.workflow.machine import Role

PASSWORD = "a-good-long-password-1"


@pytest.fixture(autouse=True)
def _no_tries_of_other_tests() -> None:
    cache.clear()


@dataclass(frozen=True, slots=True)
class World:
    """Places and departments that every test may count on."""

    province: Region
    city: Region
    county: Region
    other_province: Region
    other_city: Region
    finance: Department
    education: Department
    other_finance: Department


def _region(parent: Region | None, code: str, name: str, level: str) -> Region:
    region = Region(code=code, name=name, level=level)
    if parent is None:
        Region.objects.add_root(instance=region)
    else:
        parent.refresh_from_db()
        Region.objects.add_child(parent, instance=region)
    return region


@pytest.fixture
def world(db: None) -> World:
    province = _region(None, "990000", "示范省", "province")
    city = _region(province, "990100", "云州市", "city")
    county = _region(city, "990101", "临河县", "county")
    other = _region(None, "980000", "邻省", "province")
    other_city = _region(other, "980100", "东屏市", "city")
    for region in (province, city, county, other, other_city):
        region.refresh_from_db()
    return World(
        province,
        city,
        county,
        other,
        other_city,
        Department.objects.create(region=city, name="市财政局", position=2),
        Department.objects.create(region=city, name="市教育局", position=1),
        Department.objects.create(region=other_city, name="市财政局"),
    )


MakePerson = Callable[..., User]


@pytest.fixture
def person(db: None) -> MakePerson:
    """Make a person with a role somewhere: `person("clerk", Role.SUPERVISION_CLERK, world.city)`."""

    def make(
        username: str, role: Role | None = None, region: Region | None = None, department: Department | None = None
    ) -> User:
        user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, name=username)
        if role is not None and region is not None:
            Grant.objects.create(user=user, role=role, region=region, department=department)
        return user

    return make


SignIn = Callable[[User], Client]


@pytest.fixture
def signed_in() -> SignIn:
    """A client that is signed in as a person."""

    def sign(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign


_SERVER = "postgres://{user}@127.0.0.1:5432/{name}"


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database of its own; skipped where no server answers."""
    name = f"dudao_tests_{os.getpid()}"
    for user in ("postgres", "root"):
        try:
            held = psycopg.connect(_SERVER.format(user=user, name="postgres"), autocommit=True, connect_timeout=2)
        except psycopg.OperationalError:
            continue
        held.execute(f'DROP DATABASE IF EXISTS "{name}"')
        held.execute(f'CREATE DATABASE "{name}"')
        yield _SERVER.format(user=user, name=name)
        held.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        held.close()
        return
    pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")


ITEM = "3.10"


@dataclass(frozen=True, slots=True)
class OpenedRound:
    """A round under way in the city, with the people who have to do with it."""

    assessment: Assessment
    province: User
    clerk: User
    officer: User
    other_officer: User

    def answer(self, item: str = ITEM) -> Answer:
        return Answer.objects.select_related("assessment__region", "assessment__round__scheme").get(
            assessment=self.assessment, item=item
        )


@pytest.fixture
def opened(world: World, person: MakePerson) -> OpenedRound:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    files = files_of_pack(find_pack("liaoning-city-2022"))
    scheme = schemes.keep_draft(by=province, region=world.province, files=files)
    schemes.publish(by=province, row=scheme)
    scheme.refresh_from_db()
    made = rounds.open_round(
        by=province,
        scheme=scheme,
        region=world.province,
        year=2022,
        title="2022 年度市级自评",
        stages={"departments": (date(2022, 7, 1), date(2022, 8, 18))},
        regions=[world.city],
        today=date(2022, 7, 1),
    )
    return OpenedRound(
        made.assessments.select_related("region", "round__scheme").get(),
        province,
        person("clerk", Role.SUPERVISION_CLERK, world.city),
        person("finance", Role.DEPARTMENT_OFFICER, world.city, world.finance),
        person("neighbour", Role.DEPARTMENT_OFFICER, world.other_city, world.other_finance),
    )


@pytest.fixture
def choosing(world: World, person: MakePerson) -> tuple[Assessment, User]:
    """A round by the scheme that uses every kind of rule, and the officer of 市教育局."""
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    scheme = schemes.keep_draft(by=province, region=world.province, files=files_of_pack(find_pack("shifan-city-2024")))
    schemes.publish(by=province, row=scheme)
    scheme.refresh_from_db()
    made = rounds.open_round(
        by=province,
        scheme=scheme,
        region=world.province,
        year=2024,
        title="2024 年度市级自评",
        stages={"departments": (date(2024, 7, 1), date(2024, 8, 18))},
        regions=[world.city],
        today=date(2024, 7, 1),
    )
    officer = person("education", Role.DEPARTMENT_OFFICER, world.city, world.education)
    return made.assessments.select_related("region", "round__scheme").get(), officer
