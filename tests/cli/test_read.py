"""`dudao read`: text with places, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

RunDudao = Callable[..., Any]
REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / "docs/reference/schema/read.json").read_text(encoding="utf-8"))
REPORT = "某县自评报告\n\n一、经费保障（5分，自评分4.8分）\n\n按照《经费办法》（某政发〔2021〕4号），足额拨付。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_json_is_what_the_schema_says_and_places_hold(run_dudao: RunDudao, report: Path) -> None:
    outcome = run_dudao("read", report, "--format", "json")
    assert outcome.code == 0
    payload = json.loads(outcome.stdout)
    jsonschema.validate(payload, SCHEMA)
    [document] = payload["documents"]
    assert document["text"] == REPORT
    [cited] = document["cited"]
    assert REPORT[cited["start"] : cited["end"]] == "《经费办法》（某政发〔2021〕4号）"
    assert (cited["agency"], cited["year"], cited["serial"]) == ("某政发", 2021, 4)


def test_text_shows_headings_and_numbers_of_documents(run_dudao: RunDudao, report: Path) -> None:
    shown = run_dudao("read", report).stdout
    assert "# 一、经费保障" in shown
    assert "某政发〔2021〕4号" in shown


def test_one_unreadable_file_among_several_is_told_and_the_others_are_read(
    run_dudao: RunDudao, report: Path, tmp_path: Path
) -> None:
    outcome = run_dudao("read", tmp_path / "无.docx", report, "--format", "json")
    assert outcome.code == 3
    payload = json.loads(outcome.stdout)
    jsonschema.validate(payload, SCHEMA)
    assert len(payload["documents"]) == 1
    assert "没有找到" in payload["errors"][0]["message"]
    assert run_dudao("read", tmp_path / "无.docx").code == 3
