"""What `dudao check` writes besides its answer, and findings set aside."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from docx import Document as NewDocument

RunDudao = Callable[..., Any]
REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / "docs/reference/schema/check.json").read_text(encoding="utf-8"))
WRONG = "2022年全县一般公共预算教育经费44.42亿元，比上年增加3.84亿元，增长19.48%。"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.docx"
    document = NewDocument()
    document.add_paragraph("某县自评报告")
    document.add_paragraph(WRONG)
    document.save(str(path))
    return path


def findings(run_dudao: RunDudao, *arguments: object) -> list[Any]:
    payload = json.loads(run_dudao("check", *arguments, "--format", "json").stdout)
    jsonschema.validate(payload, SCHEMA)
    return [payload["documents"][0]["findings"], payload["documents"][0]["dismissed"]]


def test_page_copy_and_table_are_written(run_dudao: RunDudao, report: Path, tmp_path: Path) -> None:
    page, copy, table = (tmp_path / name for name in ("a.html", "b.docx", "c.csv"))
    outcome = run_dudao("check", report, "--html", page, "--docx", copy, "--csv", table)
    assert outcome.code == 1
    assert "19.48%" in page.read_text(encoding="utf-8")
    assert len(list(NewDocument(str(copy)).comments)) == 1
    assert table.read_text(encoding="utf-8-sig").splitlines()[1].startswith(str(report))


def test_several_reports_go_into_a_folder_without_overwriting_each_other(
    run_dudao: RunDudao, report: Path, tmp_path: Path
) -> None:
    other = tmp_path / "报告.txt"
    other.write_text(WRONG, encoding="utf-8")
    run_dudao("check", report, other, "--html", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["报告.核验.html", "报告.核验2.html"]


def test_an_input_is_never_overwritten(run_dudao: RunDudao, report: Path) -> None:
    before = report.read_bytes()
    outcome = run_dudao("check", report, "--docx", report)
    assert outcome.code == 2
    assert "覆盖" in outcome.stderr
    assert report.read_bytes() == before


def test_a_dismissed_finding_is_kept_with_its_reason_and_counts_no_more(run_dudao: RunDudao, report: Path) -> None:
    assert [len(part) for part in findings(run_dudao, report)] == [1, 0]
    asked = run_dudao("check", report, "--dismiss", "1=已核对决算表", "--by", "督导室")
    assert asked.code == 0
    assert "另有 1 处已不采纳" in asked.stdout
    still_open, dismissed = findings(run_dudao, report)
    assert still_open == []
    assert [(one["reason"], one["by"]) for one in dismissed] == [("已核对决算表", "督导室")]
    assert (report.parent / "报告.docx.dudao.json").is_file()


def test_a_record_elsewhere_is_used_when_named(run_dudao: RunDudao, report: Path, tmp_path: Path) -> None:
    record = tmp_path / "记录.json"
    run_dudao("check", report, "--dismissals", record, "--dismiss", "1=已核对决算表", "--by", "督导室")
    assert [len(part) for part in findings(run_dudao, report)] == [1, 0]
    assert [len(part) for part in findings(run_dudao, report, "--dismissals", record)] == [0, 1]


@pytest.mark.parametrize("asked", ["1", "1= ", "x=理由充分", "9=理由充分"])
def test_a_wrong_dismissal_is_refused_and_writes_nothing(run_dudao: RunDudao, report: Path, asked: str) -> None:
    assert run_dudao("check", report, "--dismiss", asked, "--by", "督导室").code == 2
    assert not (report.parent / "报告.docx.dudao.json").exists()


def test_a_text_file_cannot_carry_comments(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WRONG, encoding="utf-8")
    outcome = run_dudao("check", path, "--docx", tmp_path / "b.docx")
    assert outcome.code == 2
    assert "不是 docx" in outcome.stderr


def test_among_several_reports_one_that_cannot_carry_comments_stops_nothing(
    run_dudao: RunDudao, report: Path, tmp_path: Path
) -> None:
    text = tmp_path / "文字.txt"
    text.write_text(WRONG, encoding="utf-8")
    outcome = run_dudao(
        "check", text, report, "--docx", tmp_path / "批注", "--html", tmp_path / "网页", "--format", "json"
    )
    assert outcome.code == 1
    payload = json.loads(outcome.stdout)
    jsonschema.validate(payload, SCHEMA)
    assert len(payload["documents"]) == 2
    assert "文字.txt" in outcome.stderr
    assert [path.name for path in (tmp_path / "批注").iterdir()] == ["报告.核验.docx"]
    assert len(list((tmp_path / "网页").iterdir())) == 2


def test_a_refused_copy_leaves_no_page_behind(run_dudao: RunDudao, tmp_path: Path) -> None:
    text = tmp_path / "文字.txt"
    text.write_text(WRONG, encoding="utf-8")
    assert run_dudao("check", text, "--html", tmp_path / "a.html", "--docx", tmp_path / "b.docx").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["文字.txt"]


def test_a_place_where_nothing_can_be_written_is_refused_before_any_work(
    run_dudao: RunDudao, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda _, mode, **__: not mode & os.W_OK)
    outcome = run_dudao("check", report, report, "--html", tmp_path / "网页" / "六月", "--format", "json")
    assert outcome.code == 2
    assert "写不进去" in json.loads(outcome.stdout)["error"]["message"]
