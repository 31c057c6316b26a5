"""The API answers in the language its caller asks for, else in that of the token's person, else in Chinese."""

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from dudao.web.phrase_book import book
from tests.web.api_client import ApiClient, client_of
from tests.web.conftest import ITEM, OpenedRound
from tests.web.test_api import PROBLEMS
from tests.web.test_languages import TOOL

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = {"Accept-Language": "en-GB,en;q=0.8"}


@pytest.fixture(scope="module", autouse=True)
def _catalogues_are_compiled() -> None:
    for path in TOOL.catalogues():
        TOOL.compile_catalogue(path)
    book.cache_clear()


@pytest.fixture(autouse=True)
def _no_requests_yet() -> None:
    cache.clear()


@pytest.fixture
def clerk(opened: OpenedRound) -> ApiClient:
    return client_of(opened.clerk)


@pytest.mark.parametrize(("method", "path", "content", "status"), PROBLEMS)
def test_a_problem_is_told_in_english_to_who_asks_for_it(
    method: str, path: str, content: Any, status: int, clerk: ApiClient
) -> None:
    refused = clerk.request(method, path, content, If_Match='"0"', **ENGLISH)
    assert refused.status_code == status
    problem = refused.json()
    assert not CHINESE.search(refused.content.decode()), problem
    assert problem["title"]
    assert problem["detail"].endswith(".")


def test_without_a_token_the_header_alone_decides() -> None:
    asked = Client(raise_request_exception=False).get("/api/v1/me", headers=ENGLISH)
    assert asked.status_code == 401
    assert asked.json()["title"] == "No valid token"
    assert asked["Content-Language"] == "en"
    for other in ({}, {"Accept-Language": "fr"}, {"Accept-Language": "*"}, {"Accept-Language": ";;q=x"}):
        answer = Client().get("/api/v1/me", headers=other)
        assert answer.json()["title"] == "没有有效的令牌"


def test_the_person_of_the_token_has_the_say_where_the_header_has_none(opened: OpenedRound) -> None:
    user = opened.clerk
    user.preferences = {"language": "en"}
    user.save()
    api = client_of(user)
    path = f"/assessments/{opened.assessment.pk}"
    told = api.get(path)
    assert told["Content-Language"] == "en"
    assert not CHINESE.search(told.json()["state_title"])
    chinese = api.get(path, Accept_Language="zh-CN")
    assert chinese["Content-Language"] == "zh-hans"
    assert CHINESE.search(chinese.json()["state_title"])
    assert translation.get_language() == "zh-hans"


def test_steps_reasons_and_rules_are_told_and_data_stay_as_they_are(opened: OpenedRound, clerk: ApiClient) -> None:
    path = f"/assessments/{opened.assessment.pk}/items/{ITEM}"
    chinese, english = clerk.get(path).json(), clerk.get(path, **ENGLISH).json()
    assert english["name"] == chinese["name"]
    for name in ("why", "missing", "improvements"):
        assert [len(point[name]) for point in english["points"]] == [len(point[name]) for point in chinese["points"]]
    assert english["points"][0]["rule"] != chinese["points"][0]["rule"]
    assert any(point["missing"] for point in chinese["points"])
    for was, said in zip(chinese["points"], english["points"], strict=True):
        assert all(a != b for a, b in zip(was["missing"], said["missing"], strict=True))


def test_the_document_is_english_for_who_asks_for_it(client: Client) -> None:
    told = client.get("/api/v1/openapi.json", headers=ENGLISH)
    said = told.json()
    for shape in said["components"]["schemas"].values():
        shape.pop("description", None)  # in English, quoting the term of the field
    assert not CHINESE.search(json.dumps(said, ensure_ascii=False))
    chinese = client.get("/api/v1/openapi.json").json()
    assert chinese["paths"].keys() == told.json()["paths"].keys()
    assert chinese["components"]["schemas"].keys() == told.json()["components"]["schemas"].keys()
