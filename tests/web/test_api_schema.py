"""The API against its own OpenAPI document, as each role: schemathesis asks well-formed and ill-formed questions."""

from typing import Any

import pytest

from dudao.workflow.machine import Role
from tests.web.api_explorer import THOROUGH
from tests.web.databases import FILE, copied_file
from tests.web.live import told_by

OTHERS = [role.value for role in Role if role.value != THOROUGH]


def explore(address: str, roles: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = told_by("api_explorer.py", *roles, address=address, patience=580)
    return told


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = copied_file(tmp_path_factory, tmp_path_factory.mktemp("api") / FILE)
    return explore(f"sqlite://{path}", OTHERS)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("role", OTHERS)
def test_nothing_is_found_as(role: str, explored: dict[str, Any]) -> None:
    told = explored[role]
    assert told["findings"] == []
    assert told["requests"] > 50
    assert told["statuses"]["200"] > 5


@pytest.mark.timeout(600)
def test_nothing_is_found_at_the_edges_of_every_value(sqlite: str) -> None:
    told = explore(sqlite, [THOROUGH])[THOROUGH]
    assert told["findings"] == []
    assert told["requests"] > 500
    assert told["statuses"]["200"] > 100
