"""The first-run tour: shown to everybody until put away, never leading where somebody may not go."""

import re

import pytest

from dudao.web.audit.models import Event
from dudao.web.dashboards.tour import STEPS
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World


def test_every_role_has_a_short_tour() -> None:
    assert set(STEPS) == set(Role)
    assert {role: len(steps) for role, steps in STEPS.items() if not 4 <= len(steps) <= 6} == {}


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_role_is_led_to_pages_it_may_open(
    role: Role, language: str, world: World, person: MakePerson, signed_in: SignIn
) -> None:
    department = world.finance if role is Role.DEPARTMENT_OFFICER else None
    user = person("somebody", role, world.city, department)
    user.preferences = {"language": language}
    user.save()
    client = signed_in(user)
    page = client.get("/").content.decode()
    tour = page.partition("data-tour")[2].partition("</section>")[0]
    assert len(re.findall("<li", tour)) >= 3
    links = re.findall(r'<a href="([^"]+)"', tour)
    assert links
    for address in links:
        assert client.get(address).status_code in {200, 302}, address


def test_the_tour_is_put_away_for_good_and_seen_again_from_the_help(
    world: World, person: MakePerson, signed_in: SignIn
) -> None:
    user = person("clerk", Role.SUPERVISION_CLERK, world.city)
    events = Event.objects.count()
    assert signed_in(user).post("/account/tour/", {"tour": "done"}).headers["Location"] == "/"
    assert "data-tour" not in signed_in(user).get("/").content.decode()
    help_page = signed_in(user).get("/help/").content.decode()
    assert '/account/tour/"' in help_page
    signed_in(user).post("/account/tour/", {"tour": "again"})
    assert "data-tour" in signed_in(user).get("/").content.decode()
    assert Event.objects.count() == events  # a wish about the look, as the dark one, leaves no trace


def test_a_wish_that_there_is_not_changes_nothing(world: World, person: MakePerson, signed_in: SignIn) -> None:
    user = person("clerk", Role.SUPERVISION_CLERK, world.city)
    signed_in(user).post("/account/tour/", {"tour": "<b>"})
    user.refresh_from_db()
    assert user.preferences == {}
