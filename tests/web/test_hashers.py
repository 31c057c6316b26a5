"""Passwords are slow on purpose; so many at once that the pages would stand still are told to come back."""

import threading

import pytest
from django.conf import LazySettings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from dudao.web.people import hashers
from dudao.web.people.password_words import OtherThanTheFieldsWords
from tests.web.conftest import PASSWORD, MakePerson


@pytest.fixture
def slow(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["dudao.web.people.hashers.BoundedHasher"]
    monkeypatch.setattr(hashers.BoundedHasher, "iterations", 1000)


def test_what_was_kept_before_is_still_understood(slow: None) -> None:
    from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password

    assert check_password(PASSWORD, PBKDF2PasswordHasher().encode(PASSWORD, "saltsaltsaltsaltsalt", 1000))


@pytest.mark.parametrize("username", ["somebody", "nobody"])
def test_too_many_at_once_are_told_to_come_back(
    username: str, slow: None, person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("somebody")
    busy = threading.BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(hashers, "_places", busy)
    monkeypatch.setattr(hashers, "PATIENCE", 0.05)
    client = Client(raise_request_exception=False)
    answer = client.post("/login/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    busy.release()
    monkeypatch.setattr(hashers, "PATIENCE", 5)
    assert client.post("/login/", {"username": "somebody", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("password", ["dudao2022!!", "Jiaoyuju@2024", "P@ssw0rd-2023", "caizheng#mima1"])
def test_words_of_the_field_make_no_password(password: str) -> None:
    with pytest.raises(ValidationError):
        OtherThanTheFieldsWords().validate(password)


@pytest.mark.parametrize("password", ["quiet-river-stone-7", "春江潮水连海平海上明月", "dudao-blue-kite-9", "x" * 64])
def test_other_passwords_are_taken(password: str) -> None:
    OtherThanTheFieldsWords().validate(password)
    validate_password(password)
