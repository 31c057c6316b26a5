"""A small world for tests of the platform: two provinces, people of every role, and clients signed in as them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from dudao.packs.find import find_pack
from dudao.web.evaluations.actions import rounds, schemes
from dudao.web.evaluations.convert import files_of_pack
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.people.models import Department, Grant, Region, User
from dudao.workflow.machine import Role
from tests.web import databases

PASSWORD = "a-good-long-password-1"
_DATABASES = {"db", "transactional_db", "live_server", "postgres", "empty_postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that meet the database of DATABASE_URL; the others come out the same on any."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & _DATABASES or item.get_closest_marker("django_db"):
            item.add_marker("database")


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
        client.force_login(user, backend="dudao.web.people.accounts.Accounts")
        return client

    return sign


@pytest.fixture(scope="session")
def _postgres_server() -> str:
    return databases.postgres_server()


@pytest.fixture(scope="session")
def _migrated_postgres(_postgres_server: str) -> Iterator[str]:
    with databases.migrated_postgres(_postgres_server) as name:
        yield name


@pytest.fixture
def postgres(_postgres_server: str, _migrated_postgres: str) -> Iterator[str]:
    """The address of a database of its own with every table and no row; skipped where no server answers."""
    with databases.postgres_database(_postgres_server, _migrated_postgres) as address:
        yield address


@pytest.fixture
def empty_postgres(_postgres_server: str) -> Iterator[str]:
    """The address of a database of its own without tables; skipped where no server answers."""
    with databases.postgres_database(_postgres_server) as address:
        yield address


@pytest.fixture
def sqlite(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a file of its own with every table and no row."""
    return f"sqlite://{databases.copied_file(tmp_path_factory, tmp_path / 'own.sqlite3')}"


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


def opened_round(pack: str, year: int, by: User, region: Region, city: Region) -> Assessment:
    """Publish the scheme of a pack and open its round of a year for one city; return the city's assessment."""
    scheme = schemes.keep_draft(by=by, region=region, files=files_of_pack(find_pack(pack)))
    schemes.publish(by=by, row=scheme)
    scheme.refresh_from_db()
    made = rounds.open_round(
        by=by,
        scheme=scheme,
        region=region,
        year=year,
        title=f"{year} 年度市级自评",
        stages={"departments": (date(year, 7, 1), date(year, 8, 18))},
        regions=[city],
        today=date(year, 7, 1),
    )
    return made.assessments.select_related("region", "round__scheme").get()


@pytest.fixture
def opened(world: World, person: MakePerson) -> OpenedRound:
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    made = opened_round("liaoning-city-2022", 2022, province, world.province, world.city)
    return OpenedRound(
        made,
        province,
        person("clerk", Role.SUPERVISION_CLERK, world.city),
        person("finance", Role.DEPARTMENT_OFFICER, world.city, world.finance),
        person("neighbour", Role.DEPARTMENT_OFFICER, world.other_city, world.other_finance),
    )


@pytest.fixture
def choosing(world: World, person: MakePerson) -> tuple[Assessment, User]:
    """A round by the scheme that uses every kind of rule, and the officer of 市教育局."""
    province = person("province", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    made = opened_round("shifan-city-2024", 2024, province, world.province, world.city)
    officer = person("education", Role.DEPARTMENT_OFFICER, world.city, world.education)
    return made, officer
