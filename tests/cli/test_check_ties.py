"""`dudao check A B`: differences between documents of one place."""

import json
from pathlib import Path

import jsonschema
from typer.testing import CliRunner

from dudao.cli.app import app

SCHEMA = Path(__file__).parents[2] / "docs/reference/schema/check.json"


def test_two_files_are_tied_out(tmp_path: Path) -> None:
    report, statistics = tmp_path / "自评报告.txt", tmp_path / "统计公报.txt"
    report.write_text("明川县人民政府自评报告\n2022年全县普惠率达到86.5%。\n", encoding="utf-8")
    statistics.write_text("明川县教育局统计公报\n2022年全县普惠率为84.2%。\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(report), str(statistics), "--format", "json"])
    assert result.exit_code == 1
    payload = json.loads(result.stdout)
    jsonschema.validate(payload, json.loads(SCHEMA.read_text(encoding="utf-8")))
    (tie,) = payload["ties"]
    assert (tie["first"]["text"], tie["second"]["text"]) == ("86.5%", "84.2%")
    (finding,) = payload["documents"][1]["findings"]
    assert finding["code"] == "claims.tie"
    assert "自评报告" in finding["message"]


def test_files_that_agree_have_no_ties(tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(f"明川县教育局公报{name}\n2022年全县普惠率为84.2%。\n", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("甲.txt", "乙.txt")]
    result = CliRunner().invoke(app, ["check", *paths, "--format", "json"])
    assert result.exit_code == 0
    assert "ties" not in json.loads(result.stdout)


def test_a_difference_between_files_can_be_set_aside(tmp_path: Path) -> None:
    report, statistics = tmp_path / "自评报告.txt", tmp_path / "统计公报.txt"
    report.write_text("明川县人民政府自评报告\n2022年全县普惠率达到86.5%。\n", encoding="utf-8")
    statistics.write_text("明川县教育局统计公报\n2022年全县普惠率为84.2%。\n", encoding="utf-8")
    both = ["check", str(report), str(statistics)]
    assert CliRunner().invoke(app, [*both, "--dismiss", "1=统计口径不同"]).exit_code == 0

    statistics.write_text("明川县教育局统计公报\n全县安定。\n2022年全县普惠率为84.2%。\n", encoding="utf-8")
    assert CliRunner().invoke(app, both).exit_code == 0
    assert "不采纳记录" not in CliRunner().invoke(app, ["check", str(statistics)]).stdout

    report.write_text("明川县人民政府自评报告\n2022年全县普惠率达到87.5%。\n", encoding="utf-8")
    assert CliRunner().invoke(app, both).exit_code == 1
