"""A write with an idempotency key is made once, however many ask at the same time and whatever breaks."""

from collections import Counter

import pytest
from django.core.cache import cache

from dudao.web.api.models import KeptResponse
from dudao.web.evaluations.models import Answer
from dudao.workflow.machine import Role
from tests.web.api_client import ApiClient, secret_of
from tests.web.conftest import ITEM, MakePerson, OpenedRound
from tests.web.live import told_by


@pytest.fixture(autouse=True)
def _no_requests_yet() -> None:
    cache.clear()


def write_at_once(address: str) -> None:
    told = told_by("same_key_writers.py", address=address)
    assert {status for status, _, _ in told["same"]} == {200}
    assert len({content for _, content, _ in told["same"]}) == 1
    assert Counter(replayed for _, _, replayed in told["same"]) == {False: 1, True: 19}
    assert told["written"] == 1
    assert Counter(told["different"]) == {200: 1, 412: 9}
    assert (told["version"], told["kept"]) == (2, 2)


def test_of_many_at_once_one_writes_and_all_answer_the_same_on_sqlite(sqlite: str) -> None:
    write_at_once(sqlite)


def test_of_many_at_once_one_writes_and_all_answer_the_same_on_postgresql(postgres: str) -> None:
    write_at_once(postgres)


def test_a_write_that_breaks_leaves_no_answer_behind(opened: OpenedRound, monkeypatch: pytest.MonkeyPatch) -> None:
    api = ApiClient(secret_of(opened.clerk))
    address = f"/assessments/{opened.assessment.pk}/items/{ITEM}/note"

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr("dudao.web.api.resources.answering.Reading.note", fail)
        assert api.put(address, {"note": "一段话"}, If_Match='"0"', Idempotency_Key="k").status_code == 500
    assert Answer.objects.get(assessment=opened.assessment, item=ITEM).note == ""
    assert not KeptResponse.objects.exists()
    assert api.put(address, {"note": "一段话"}, If_Match='"0"', Idempotency_Key="k").status_code == 200


def test_answers_are_kept_for_a_day(opened: OpenedRound) -> None:
    from datetime import timedelta

    from django.utils import timezone

    api = ApiClient(secret_of(opened.clerk))
    address = f"/assessments/{opened.assessment.pk}/items/{ITEM}/note"
    api.put(address, {"note": "一"}, If_Match='"0"', Idempotency_Key="k")
    KeptResponse.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert api.put(address, {"note": "二"}, If_Match='"1"', Idempotency_Key="k").status_code == 200
    assert KeptResponse.objects.count() == 1


def test_a_key_belongs_to_its_token(opened: OpenedRound, person: MakePerson) -> None:
    """What is kept belongs to a token: the key of one person says nothing to another."""
    leader = ApiClient(secret_of(person("leader", Role.LEADER, opened.assessment.region)))
    clerk = ApiClient(secret_of(opened.clerk))
    address = f"/assessments/{opened.assessment.pk}/items/{ITEM}/note"
    assert clerk.put(address, {"note": "一"}, If_Match='"0"', Idempotency_Key="k").status_code == 200
    refused = leader.put(address, {"note": "一"}, If_Match='"0"', Idempotency_Key="k")
    assert refused.status_code == 403
    assert "Idempotency-Replayed" not in refused
