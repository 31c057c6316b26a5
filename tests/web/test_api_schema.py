"""The API against its own OpenAPI document, as each role: schemathesis asks well-formed and ill-formed questions."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dudao.workflow.machine import Role
from tests.web.api_explorer import THOROUGH
from tests.web.databases import FILE, copied_file

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [role.value for role in Role if role.value != THOROUGH]


def explore(address: str, roles: list[str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / "api_explorer.py"), *roles],
        capture_output=True,
        text=True,
        timeout=580,
        env={
            **os.environ,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.web.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        },
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
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
