import hashlib
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from dudao.web.audit.models import Event
from dudao.web.people.actions import second_factor
from dudao.web.people.models import RecoveryCode, SignedInDevice, User
from dudao.web.people.recovery_codes import ROUNDS
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD, MakePerson, World


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def sign_in(username: str, password: str = PASSWORD) -> tuple[Client, str]:
    client = Client()
    answer = client.post("/login/", {"username": username, "password": password})
    return client, answer.headers.get("Location", "")


def test_a_lockout_says_the_same_of_accounts_that_do_not_exist(person: MakePerson) -> None:
    person("real")
    pages = []
    for username in ("real", "nobody"):
        client = Client()
        for _ in range(6):
            answer = client.post("/login/", {"username": username, "password": "wrong"})
        token = rb'"X-CSRFToken":"[^"]*"'
        pages.append((answer.status_code, re.sub(token, b"", answer.content)))
    assert pages[0] == pages[1]
    assert pages[0][0] == 429
    assert Event.objects.filter(action="people.locked_out").count() == 2


def test_every_wrong_sign_in_is_noted_and_no_name_that_is_no_account(person: MakePerson) -> None:
    real = person("real")
    for username in ("real", "real", "my-password-by-mistake"):
        sign_in(username, "wrong")
    told = Event.objects.filter(action="people.sign_in.failed").order_by("sequence")
    assert [event.object_id for event in told] == [str(real.pk), str(real.pk), ""]
    assert not any("mistake" in event.summary for event in told)
    for _ in range(8):
        sign_in("real", "wrong")
    assert told.count() < 8  # a locked account is noted once, as locked
    assert Event.objects.filter(action="people.locked_out").count() == 1


def test_a_session_elsewhere_is_ended_against_the_password(person: MakePerson) -> None:
    person("someone")
    here, _ = sign_in("someone")
    there, _ = sign_in("someone")
    device = SignedInDevice.objects.get(session_key=there.session.session_key)
    address = f"/account/devices/{device.pk}/end/"
    for wrong in ({}, {"password": "wrong"}):
        here.post(address, wrong)
        assert there.get("/account/").status_code == 200
    here.post(address, {"password": PASSWORD})
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_the_first_password_must_be_changed_before_anything_else(person: MakePerson) -> None:
    User.objects.filter(pk=person("fresh").pk).update(must_change_password=True)
    client, where = sign_in("fresh")
    assert where == "/login/first-password/"
    assert client.get("/").headers["Location"] == where
    changed = {"old_password": PASSWORD, "new_password1": "quiet-river-stone-7", "new_password2": "quiet-river-stone-7"}
    assert client.post(where, changed).status_code == 302
    assert client.get("/").status_code == 200


def test_a_second_factor_is_asked_and_a_recovery_code_works_once(person: MakePerson) -> None:
    someone = person("someone")
    second_factor.begin(by=someone)
    device = TOTPDevice.objects.get(user=someone)
    codes = second_factor.confirm(by=someone, token=f"{totp(device.bin_key):06d}")
    assert len(codes) == 10
    client, where = sign_in("someone")
    assert where == "/login/verify/"
    assert client.get("/account/").headers["Location"] == where
    assert client.post(where, {"token": "000000"}).status_code == 422
    assert client.post(where, {"token": codes[0]}).status_code == 302
    assert client.get("/").status_code == 200
    other, where = sign_in("someone")
    assert other.post(where, {"token": codes[0]}).status_code == 422


def test_recovery_codes_are_kept_as_passwords_are(person: MakePerson) -> None:
    someone = person("someone")
    second_factor.begin(by=someone)
    device = TOTPDevice.objects.get(user=someone)
    codes = second_factor.confirm(by=someone, token=f"{totp(device.bin_key):06d}")
    kept = set(RecoveryCode.objects.filter(user=someone).values_list("code_hash", flat=True))
    assert len(kept) == len(set(codes)) == 10
    for row in kept:
        algorithm, rounds, salt, _hash = row.split("$")
        assert (algorithm, int(rounds)) == ("pbkdf2_sha256", ROUNDS)
        assert len(salt) >= 22
    assert not any(code in row or code.replace("-", "") in row for code in codes for row in kept)
    assert not second_factor.passes(by=someone, token="")
    assert second_factor.passes(by=someone, token=codes[3].upper().replace("-", " "))
    assert not second_factor.passes(by=person("another"), token=codes[4])


def test_codes_that_were_written_down_before_stay_good(person: MakePerson) -> None:
    someone = person("someone")
    quick = hashlib.sha256(f"{someone.pk}:abcdefghjk".encode()).hexdigest()
    RecoveryCode.objects.create(user=someone, code_hash=quick)
    upgrade = import_module("dudao.web.people.migrations.0005_recovery_codes_hashed_slowly")
    upgrade.wrap(apps, None)
    upgrade.wrap(apps, None)  # a second time changes nothing
    assert quick not in RecoveryCode.objects.get().code_hash
    assert second_factor.passes(by=someone, token="abcde-fghjk")
    assert not second_factor.passes(by=someone, token="abcde-fghjk")


def test_administrators_must_enrol_where_the_setting_says_so(
    world: World, person: MakePerson, settings: object
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.SYSTEM_ADMINISTRATOR})  # type: ignore[attr-defined]  # a fixture
    person("admin", Role.SYSTEM_ADMINISTRATOR, world.province)
    client, where = sign_in("admin")
    assert where == "/account/second-factor/"
    assert client.get("/admin/users/").headers["Location"] == where
    page = client.get(where).content.decode()
    assert "<svg" in page
    assert "style=" not in page.split("<svg")[1].split("</svg>")[0]


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/account/", "/account/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("people:sign_out", "/"),
        ("account", "/"),
        ("", "/"),
    ],
)
def test_after_sign_in_nobody_is_led_elsewhere(wanted: str, led_to: str, person: MakePerson) -> None:
    person("somebody")
    client = Client()
    answer = client.post("/login/", {"username": "somebody", "password": PASSWORD, "next": wanted})
    assert answer.status_code == 302
    assert answer.headers["Location"] == led_to


@pytest.mark.parametrize(("wanted", "led_to"), [("/tasks/", "/tasks/"), ("//elsewhere.example", "/"), ("", "/")])
def test_who_is_signed_in_already_goes_on_to_the_page_wanted(wanted: str, led_to: str, person: MakePerson) -> None:
    client = Client()
    client.force_login(person("somebody"), backend="dudao.web.people.accounts.Accounts")
    assert client.get("/login/", {"next": wanted}).headers["Location"] == led_to


@pytest.mark.django_db
def test_who_has_to_sign_in_again_is_told_that_nothing_written_is_lost() -> None:
    assert "自动找回" in Client().get("/login/?next=/2024/210100/duty/self/1.1/").content.decode()
    assert "自动找回" not in Client().get("/login/").content.decode()


def test_a_session_taken_along_to_the_sign_in_is_worth_nothing(person: MakePerson) -> None:
    person("somebody")
    client = Client()
    client.get("/login/")
    before = client.session.session_key
    client.post("/login/", {"username": "somebody", "password": PASSWORD})
    assert client.session.session_key != before
    thief = Client()
    thief.cookies["sessionid"] = before or ""
    assert thief.get("/account/").status_code == 302


@pytest.mark.parametrize("kind", ["nobody", "closed", "invited"])
def test_an_account_that_cannot_sign_in_costs_and_says_what_a_wrong_password_does(
    kind: str, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted hashes instead of seconds: every try costs the same work."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    worked: list[str] = []
    own = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        worked.append(salt)
        return own(self, password, salt)

    person("real")
    User.objects.filter(pk=person("closed").pk).update(is_active=False)
    invited = person("invited")
    invited.set_unusable_password()
    invited.save()
    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    costs, pages = [], []
    for username in ("real", kind):
        worked.clear()
        answer = Client().post("/login/", {"username": username, "password": "wrong-wrong"})
        costs.append(len(worked))
        page = re.sub(rb'"X-CSRFToken":"[^"]*"|value="[^"]*"', b"", answer.content)
        pages.append((answer.status_code, page))
    assert costs[0] == costs[1] == 1
    assert pages[0] == pages[1]


def test_counts_of_tries_are_not_pushed_out_by_other_tries() -> None:
    from dudao.web.people.limits import tried_too_often

    for _ in range(5):
        assert not tried_too_often("victim", times=5, seconds=60)
    for number in range(2000):
        tried_too_often(f"noise-{number}", times=5, seconds=60)
    assert tried_too_often("victim", times=5, seconds=60)


def test_signing_out_leaves_nothing_at_the_computer(person: MakePerson) -> None:
    person("somebody")
    client, _ = sign_in("somebody")
    key = client.cookies["sessionid"].value
    answer = client.post("/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    back = Client()
    back.cookies["sessionid"] = key
    assert back.get("/account/").status_code == 302
