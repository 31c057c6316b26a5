"""Tokens: shown once, kept as a hash, narrowed by scope, ended by their holder, by time, and with the account."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dudao.web.audit.models import Event
from dudao.web.people.actions import accounts, tokens
from dudao.web.people.models import ApiToken, User
from dudao.web.people.scopes import Scope
from dudao.web.refusals import InvalidValueError, NotPossibleError
from dudao.workflow.machine import Role
from tests.web.api_client import ApiClient, client_of, secret_of
from tests.web.conftest import PASSWORD, MakePerson, SignIn, World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_requests_yet() -> None:
    cache.clear()


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("clerk", Role.SUPERVISION_CLERK, world.city)


def test_a_token_is_shown_once_and_kept_as_a_hash(clerk: User, signed_in: SignIn) -> None:
    client = signed_in(clerk)
    form = {"name": "月报取数", "scopes": ["read"], "days": "30", "password": PASSWORD}
    page = client.post("/account/tokens/", form)
    secret = page.context["made"].secret
    assert page.status_code == 200
    assert secret in page.content.decode()
    assert secret not in client.get("/account/tokens/").content.decode()
    row = ApiToken.objects.get()
    assert secret not in {row.secret_hash, row.beginning}
    assert secret.startswith(row.beginning)
    event = Event.objects.get(action="people.token.create")
    assert secret not in str(event.after)
    assert ApiClient(secret).get("/me").json()["scopes"] == ["read"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password", "wrong", "登录密码不正确"),
        ("days", "367", "366"),
        ("days", "0", "1"),
        ("scopes", [], "请至少选择一个范围"),
        ("name", "", ""),
    ],
)
def test_a_token_that_cannot_be_made_says_why(
    field: str, value: object, words: str, clerk: User, signed_in: SignIn
) -> None:
    form = {"name": "取数", "scopes": ["read"], "days": "30", "password": PASSWORD, field: value}
    page = signed_in(clerk).post("/account/tokens/", form)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not ApiToken.objects.exists()


def test_nobody_has_more_tokens_than_one_can_keep_in_view(clerk: User) -> None:
    for _ in range(tokens.MOST_TOKENS):
        secret_of(clerk)
    with pytest.raises(NotPossibleError):
        secret_of(clerk)
    tokens.revoke(by=clerk, token=ApiToken.objects.all()[0])
    secret_of(clerk)


def test_the_action_refuses_what_the_form_would(clerk: User) -> None:
    for name, scopes, days in (("", ["read"], 1), ("取数", ["everything"], 1), ("取数", ["read"], 1000)):
        with pytest.raises(InvalidValueError):
            tokens.create(by=clerk, name=name, scopes=scopes, days=days, password=PASSWORD)


def test_a_revoked_token_is_of_no_use(clerk: User, signed_in: SignIn) -> None:
    api = client_of(clerk)
    assert api.get("/me").status_code == 200
    signed_in(clerk).post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")
    refused = api.get("/me")
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert Event.objects.filter(action="people.token.revoke").count() == 1


def test_nobody_ends_the_token_of_another(clerk: User, person: MakePerson, signed_in: SignIn) -> None:
    secret_of(clerk)
    other = signed_in(person("other"))
    assert other.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/").status_code == 404
    assert ApiToken.objects.get().revoked_at is None


def test_an_expired_token_is_of_no_use(clerk: User) -> None:
    api = client_of(clerk)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api.get("/me").status_code == 401


def test_closing_an_account_ends_its_tokens_for_good(world: World, clerk: User, person: MakePerson) -> None:
    api = client_of(clerk)
    head = person("head", Role.SYSTEM_ADMINISTRATOR, world.province)
    accounts.set_active(by=head, user=clerk, active=False, reason="人员调离本单位")
    assert api.get("/me").status_code == 401
    accounts.set_active(by=head, user=clerk, active=True, reason="人员调回本单位")
    assert api.get("/me").status_code == 401


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        (Scope.READ, "GET", "/regions"),
        (Scope.WRITE, "PUT", "/assessments/1/items/1/note"),
        (Scope.IMPORT, "GET", "/assessments/1/worksheet"),
        (Scope.CHECK, "POST", "/check"),
        (Scope.ADMIN, "GET", "/audit"),
    ],
)
def test_a_scope_opens_what_it_says_and_nothing_else(scope: Scope, method: str, path: str, clerk: User) -> None:
    without = client_of(clerk, [each for each in Scope if each is not scope])
    refused = without.request(method, path)
    assert refused.status_code == 403
    assert scope.value in refused.json()["detail"]
    assert client_of(clerk, [scope]).request(method, path).status_code != 403


def test_a_token_does_no_more_than_its_person(world: World, person: MakePerson) -> None:
    leader = client_of(person("leader", Role.LEADER, world.city))
    assert leader.get("/audit").status_code == 403
    assert leader.get("/regions").status_code == 200


def test_a_token_waits_until_the_person_has_finished_signing_in_once(clerk: User, settings: LazySettings) -> None:
    api = client_of(clerk)
    settings.SECOND_FACTOR_ROLES = frozenset({Role.SUPERVISION_CLERK})
    assert "动态验证码" in api.get("/me").json()["detail"]
    settings.SECOND_FACTOR_ROLES = frozenset()
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    assert api.get("/me").status_code == 403


def test_too_many_requests_are_told_to_wait(clerk: User, settings: LazySettings) -> None:
    settings.API_PER_MINUTE = 3
    api = client_of(clerk)
    statuses = [api.get("/me").status_code for _ in range(5)]
    refused = api.get("/me")
    # the minute of the clock may turn once in between
    assert 429 in statuses or refused.status_code == 429
    if refused.status_code == 429:
        assert 1 <= int(refused["Retry-After"]) <= 60
        assert refused["Content-Type"] == "application/problem+json"


def test_where_a_token_was_last_used_is_kept(clerk: User) -> None:
    client_of(clerk).get("/me")
    row = ApiToken.objects.get()
    assert row.used_at is not None
    assert row.used_from == "127.0.0.1"


def test_a_session_is_no_token(clerk: User, signed_in: SignIn) -> None:
    assert signed_in(clerk).get("/api/v1/me").status_code == 401


def test_without_a_token_nothing_is_answered(db: None) -> None:
    for header in ({}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer ü"}):
        assert Client().get("/api/v1/me", headers=header).status_code == 401


@pytest.mark.parametrize(
    ("address", "code", "told"), [("http://127.0.0.1:1", 1, "连不上 http://127.0.0.1:1"), ("127.0.0.1", 2, "http://")]
)
def test_the_example_client_says_in_a_sentence_where_it_gets_nowhere(address: str, code: int, told: str) -> None:
    program = [sys.executable, "examples/api_client.py", address]
    environment = {**os.environ, "DUDAO_TOKEN": "dudao_x", "PYTHONUTF8": "1"}
    done = subprocess.run(program, capture_output=True, text=True, env=environment, timeout=60, check=False, cwd=ROOT)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert told in done.stderr
    assert done.stdout == ""
