import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dudao.cli.platform import serves_by_default

RunDudao = Callable[..., Any]


def test_the_demonstration_regions_are_scored_and_the_platform_is_built(
    run_dudao: RunDudao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUDAO_HOME", str(tmp_path / "demo"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "dudao.web.settings")
    shown = run_dudao("demo", "--no-serve")
    assert shown.code == 0
    for words in ("阜新", "双台子", "95.3", "98.6", str(tmp_path / "demo")):
        assert words in shown.stdout
    assert (tmp_path / "demo" / "dudao.sqlite3").exists()


def test_the_demonstration_is_the_same_for_programs_and_builds_nothing(
    run_dudao: RunDudao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUDAO_HOME", str(tmp_path / "demo"))
    shown = run_dudao("demo", "--format", "json")
    demonstrations = json.loads(shown.stdout)["demonstrations"]
    assert len(demonstrations) == 2
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(("said", "serves"), [("0", False), ("1", True)])
def test_scripts_say_whether_the_demonstration_serves(monkeypatch: pytest.MonkeyPatch, said: str, serves: bool) -> None:
    monkeypatch.setenv("DUDAO_DEMO_SERVE", said)
    assert serves_by_default() is serves


def test_without_a_terminal_the_demonstration_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUDAO_DEMO_SERVE", raising=False)
    assert serves_by_default() is False
