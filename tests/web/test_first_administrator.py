"""An empty installation gets its first administrator, once; the last one stays, whoever tries at the same moment."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from dudao.web.audit.models import Event
from dudao.web.people.models import Grant, User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World
from tests.web.live import told_by


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("first_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_sets_a_password_and_enrols(world: World, settings: object) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.SYSTEM_ADMINISTRATOR})  # type: ignore[attr-defined]  # a fixture
    told = run("guanli", "--name", "王管理", "--address", "https://dudao.example/")
    found = re.search(r"https://dudao\.example(/invitation/)#(\S+)", told)
    assert found is not None
    assert "TOTP" in told
    user = User.objects.get(username="guanli")
    assert not user.has_usable_password()
    assert {grant.region for grant in user.grants.all()} == {world.province, world.other_province}
    client = Client()
    password = "a-good-long-password-9"
    given = {"secret": found[2], "new_password1": password, "new_password2": password}
    assert client.post(found[1], given).status_code == 302
    answer = client.post("/login/", {"username": "guanli", "password": password})
    assert answer.headers["Location"] == "/account/second-factor/"
    assert client.get("/admin/users/").headers["Location"] == "/account/second-factor/"
    assert Client().post(found[1], {"secret": found[2]}).status_code == 404
    event = Event.objects.get(action="people.first_administrator")
    assert (event.actor, event.actor_id) == ("系统", None)


def test_it_works_only_while_there_is_no_administrator(world: World, person: MakePerson) -> None:
    admin = person("admin", Role.SYSTEM_ADMINISTRATOR, world.province)
    with pytest.raises(CommandError, match="已有系统管理员"):
        run("second")
    assert not User.objects.filter(username="second").exists()
    Grant.objects.filter(user=admin).update(ends=timezone.localdate() - timedelta(days=1))
    assert "second" in run("second", "--region", world.city.code)
    assert Grant.objects.get(user__username="second").region == world.city


def test_an_account_without_a_role_can_be_taken_and_one_with_a_role_cannot(world: World, person: MakePerson) -> None:
    person("bare")
    person("clerk", Role.SUPERVISION_CLERK, world.city)
    with pytest.raises(CommandError, match="已有其他角色"):
        run("clerk")
    run("bare")
    assert Grant.objects.filter(user__username="bare", role=Role.SYSTEM_ADMINISTRATOR).count() == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("x",), "不合规则"), (("guanli", "--region", "123"), "没有代码"), (("guanli", "--email", "a@"), "不是有效")],
)
def test_what_cannot_be_is_told(world: World, arguments: tuple[str, ...], word: str) -> None:
    with pytest.raises(CommandError, match=word):
        run(*arguments)
    assert not User.objects.exists()


def test_createsuperuser_shows_the_way(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dudao.web", "manage", "createsuperuser"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "DUDAO_HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 2
    assert "first_administrator" in done.stderr


def remove_each_other(address: str) -> None:
    told = told_by("two_administrators.py", address=address)
    assert set(told) == {"close", "take_back", "limit"}
    for tries in told.values():
        assert tries == [[["done", "refused"], 1]] * len(tries)


def test_two_administrators_cannot_remove_each_other_on_sqlite(sqlite: str) -> None:
    remove_each_other(sqlite)


def test_two_administrators_cannot_remove_each_other_on_postgresql(postgres: str) -> None:
    remove_each_other(postgres)
