from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from dudao.web.people.access import subject_of
from dudao.web.people.models import Region
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def test_every_route_has_an_access_rule() -> None:
    without = [address for address, entry in routes() if not hasattr(entry.callback, "access_rule")]
    assert without == []


def test_a_role_reaches_the_subtree_and_no_further(world: World, person: MakePerson) -> None:
    clerk = subject_of(person("clerk", Role.SUPERVISION_CLERK, world.city))
    assert clerk.roles_at(world.county.path) == {Role.SUPERVISION_CLERK}
    assert clerk.roles_at(world.province.path) == frozenset()
    assert clerk.roles_at(world.other_city.path) == frozenset()
    assert set(Region.objects.filter(clerk.regions(""))) == {world.city, world.county}


def test_an_officer_counts_only_for_the_own_department(world: World, person: MakePerson) -> None:
    officer = subject_of(person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance))
    assert officer.roles_at(world.city.path, [world.finance.pk]) == {Role.DEPARTMENT_OFFICER}
    assert officer.roles_at(world.city.path, [world.education.pk]) == frozenset()


def test_a_grant_that_ended_holds_nothing(world: World, person: MakePerson) -> None:
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    clerk.grants.update(ends=date(2020, 12, 31))
    assert subject_of(clerk, timezone.localdate()).held == ()
    assert subject_of(clerk, date(2020, 12, 31)).roles == {Role.SUPERVISION_CLERK}


def test_an_account_that_was_closed_holds_nothing(world: World, person: MakePerson) -> None:
    clerk = person("clerk", Role.SUPERVISION_CLERK, world.city)
    clerk.is_active = False
    assert subject_of(clerk).held == ()


@pytest.mark.parametrize("role", list(Role))
def test_the_audit_trail_opens_for_those_who_may_read_it(
    role: Role, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    department = world.finance if role is Role.DEPARTMENT_OFFICER else None
    client = signed_in(person("somebody", role, world.city, department))
    may = role in {Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR, Role.SUPERVISION_CLERK}
    assert client.get("/audit/").status_code == (200 if may else 403)


def test_whoever_is_not_signed_in_is_asked_to(client: object, world: World) -> None:
    from django.test import Client

    answer = Client().get("/audit/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
