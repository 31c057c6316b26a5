import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest

RunDudao = Callable[..., Any]
REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((REPOSITORY / "docs/reference/schema/check.json").read_text(encoding="utf-8"))

REPORT = """青松县人民政府履行教育职责自评报告
一、自评情况
自评总分为14.5分。
（一）经费保障（10分，自评9.5分）
1.教育支出（5分，自评4.5分）
2022年全县教育支出12.50亿元，比上年增加0.50亿元，增长4.17%。
2.公用经费（5分，自评5分）
小学生均公用经费850元。
（二）队伍建设（5分，自评5分）
专任教师1200人，其中小学700人、初中500人。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "自评报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_json_is_what_the_schema_says(run_dudao: RunDudao, report: Path) -> None:
    shown = run_dudao("check", report, "--format", "json")
    assert shown.code == 0
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, SCHEMA)
    document = payload["documents"][0]
    assert document["score_sheet"]["self_points"] == "14.5"
    for quantity in document["quantities"]:
        assert REPORT[quantity["start"] : quantity["end"]] == quantity["text"]


def test_the_same_input_gives_the_same_bytes(run_dudao: RunDudao, report: Path) -> None:
    first = run_dudao("check", report, "--format", "json").stdout
    assert run_dudao("check", report, "--format", "json").stdout == first


def test_text_tells_the_score_sheet_and_what_was_not_checked(run_dudao: RunDudao, report: Path) -> None:
    shown = run_dudao("check", report)
    assert "自评 14.5" in shown.stdout
    assert "未能核对" in shown.stdout


def test_a_report_without_score_sheet_is_told_so(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "总结.txt"
    path.write_text("2023年，全县新建幼儿园3所，新增学位810个。", encoding="utf-8")
    assert "未见自评表" in run_dudao("check", path).stdout
    assert json.loads(run_dudao("check", path, "--format", "json").stdout)["documents"][0]["score_sheet"] is None


def test_a_missing_file_ends_with_three_and_a_sentence(run_dudao: RunDudao, tmp_path: Path) -> None:
    shown = run_dudao("check", tmp_path / "没有.txt")
    assert shown.code == 3
    assert "没有.txt" in shown.stderr
    assert "建议：" in shown.stderr


def test_one_unreadable_file_does_not_stop_the_others(run_dudao: RunDudao, report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    shown = run_dudao("check", empty, report, "--format", "json")
    assert shown.code == 3
    payload = json.loads(shown.stdout)
    jsonschema.validate(payload, SCHEMA)
    assert [document["file"] for document in payload["documents"]] == [str(report)]
    assert payload["errors"][0]["file"] == str(empty)


def test_two_processes_give_the_same_documents_in_the_same_order(
    run_dudao: RunDudao, report: Path, tmp_path: Path
) -> None:
    others = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"全县有学校{number + 2}所。", encoding="utf-8")
        others.append(path)
    one = run_dudao("check", report, *others, "--format", "json", "--jobs", "1")
    two = run_dudao("check", report, *others, "--format", "json", "--jobs", "2")
    assert one.stdout == two.stdout


def test_the_real_documents_give_valid_json(run_dudao: RunDudao, seeds: Path) -> None:
    files = sorted(seeds.glob("*.txt"))
    payload = json.loads(run_dudao("check", *files, "--format", "json").stdout)
    jsonschema.validate(payload, SCHEMA)
    totals = [
        document["score_sheet"] and (document["score_sheet"]["full_points"], document["score_sheet"]["self_points"])
        for document in payload["documents"]
    ]
    assert totals == [None, ("100", "98.6"), None, None, ("100", "95.3")]


def test_text_shows_the_sentence_the_reason_the_remedy_and_the_other_place(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        REPORT.replace("（5分，自评4.5分）", "（5分，自评4.6分）")
        + "二、存在问题\n1.小学生均公用经费拨付不及时。\n三、下一步工作\n1.按时拨付。\n",
        encoding="utf-8",
    )
    shown = run_dudao("check", path)
    assert shown.code == 1
    for words in ("错误", "经费保障（10分，自评9.5分）", "4.6", "建议：", "自评 14.5"):
        assert words in shown.stdout


def test_only_and_level_choose_what_is_shown(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT.replace("（5分，自评4.5分）", "（5分，自评5.5分）"), encoding="utf-8")
    everything = json.loads(run_dudao("check", path, "--format", "json").stdout)["documents"][0]["findings"]
    sheet = json.loads(run_dudao("check", path, "--only", "score_sheet", "--format", "json").stdout)
    chosen = sheet["documents"][0]["findings"]
    assert {finding["code"].partition(".")[0] for finding in chosen} == {"score_sheet"}
    assert len(chosen) < len(everything)
    assert run_dudao("check", path, "--only", "nothing").code == 0


def test_a_scheme_that_does_not_exist_cannot_be_used(run_dudao: RunDudao, report: Path) -> None:
    shown = run_dudao("check", report, "--scheme", "panjin-county-2032")
    assert shown.code == 3
    assert "panjin-county-2023" in shown.stderr


class _Piped:
    """A standard input that holds some bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = BytesIO(content)


def test_a_dash_is_the_standard_input(
    run_dudao: RunDudao, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", _Piped(report.read_bytes()))
    piped = json.loads(run_dudao("check", "-", "--format", "json").stdout)["documents"][0]
    named = json.loads(run_dudao("check", report, "--format", "json").stdout)["documents"][0]
    assert piped.pop("file") == "标准输入"
    named.pop("file")
    assert piped == named


def test_the_standard_input_is_checked_beside_files_but_holds_no_record_of_its_own(
    run_dudao: RunDudao, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = "2022年教育支出12.50亿元，比上年增加0.50亿元，增长9.17%。".encode()
    monkeypatch.setattr("sys.stdin", _Piped(wrong))
    documents = json.loads(run_dudao("check", report, "-", "--jobs", "2", "--format", "json").stdout)["documents"]
    assert [Path(one["file"]).name for one in documents] == [report.name, "标准输入"]
    monkeypatch.setattr("sys.stdin", _Piped(wrong))
    assert run_dudao("check", "-", "--dismiss", "1=已核对原始数据", "--by", "某人").code == 2
    assert list(tmp_path.iterdir()) == [report]
    monkeypatch.setattr("sys.stdin", _Piped(wrong))
    refused = run_dudao("check", "-", "--docx", tmp_path / "copy.docx")
    assert refused.code == 2
    assert "标准输入" in refused.stderr
    monkeypatch.setattr("sys.stdin", _Piped(b""))
    assert run_dudao("check", "-").code == 3
