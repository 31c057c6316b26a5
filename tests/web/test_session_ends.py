"""A session ends after a while without use or some hours after it was confirmed; a click gives it new hours."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dudao.web.people.models import SignedInDevice
from dudao.web.people.session_ends import CONFIRMED
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD, MakePerson, World

HOURS = 8 * 60 * 60


@pytest.fixture
def client(world: World, person: MakePerson) -> Client:
    cache.clear()
    person("clerk", Role.SUPERVISION_CLERK, world.city)
    client = Client()
    assert client.post("/login/", {"username": "clerk", "password": PASSWORD}).status_code == 302
    return client


def put_back(client: Client, seconds: int) -> None:
    """Let the session have been confirmed so many seconds ago."""
    session = client.session
    session[CONFIRMED] = (timezone.now() - timedelta(seconds=seconds)).timestamp()
    session.save()


def test_every_page_knows_how_long_the_session_lasts(client: Client) -> None:
    put_back(client, HOURS - 400)
    page = client.get("/account/").content.decode()
    assert 'data-idle="7200"' in page
    assert 'data-left="400"' in page or 'data-left="399"' in page
    assert "session.js" in page
    assert "session-ends" not in Client().get("/login/").content.decode()


def test_a_click_gives_new_hours(client: Client) -> None:
    put_back(client, HOURS - 100)
    answer = client.post("/account/extend/")
    assert answer.status_code == 204
    assert abs(int(answer.headers["X-Session-Left"]) - HOURS) <= 2
    put_back(client, HOURS + 1)
    assert client.post("/account/extend/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_use_alone_does_not_prolong_the_hours(client: Client) -> None:
    put_back(client, HOURS - 100)
    before = client.session[CONFIRMED]
    client.get("/tasks/")
    assert client.session[CONFIRMED] == before


def test_a_session_left_alone_is_over(client: Client) -> None:
    SignedInDevice.objects.update(seen_at=timezone.now() - timedelta(seconds=7201))
    answer = client.post("/account/extend/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/login/")


def test_the_look_is_kept_with_the_account(client: Client) -> None:
    assert 'data-bs-theme="light"' in client.get("/account/").content.decode()
    assert client.post("/account/theme/", {"theme": "dark"}).status_code == 302
    assert 'data-bs-theme="dark"' in client.get("/account/").content.decode()
    client.post("/account/theme/", {"theme": "<script>"})
    assert 'data-bs-theme="dark"' in client.get("/account/").content.decode()
