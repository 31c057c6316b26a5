"""`dudao balance`: the JSON contract, sheet rows in findings, engines, standards of one's own, wrong use."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest

from tests.balance.random_schools import random_schools
from tests.conftest import RunDudao
from tests.tables.sheets import Cell, write_xlsx

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "reference" / "schema" / "balance.json").read_text(encoding="utf-8")
)
HEAD: list[Cell] = [
    "学校标识码", "学校名称", "县区", "办学类型", "城乡类型", "在校生数",
    "高于规定学历教师数", "县级以上骨干教师数", "体育艺术专任教师数",
    "教学及辅助用房面积", "体育运动场馆面积", "教学仪器设备资产值（万元）", "网络多媒体教室数", "图书册数",
]  # fmt: skip
GOOD: list[Cell] = ["2121000001", "甲小学", "甲县", "小学", "111", 1000, 42, 10, 9, 4500, 7500, 200, 23, 30000]


def payload(run_dudao: RunDudao, *arguments: object, code: int = 0) -> dict[str, Any]:
    outcome = run_dudao("balance", *arguments, "--format", "json")
    assert outcome.code == code, outcome.stderr
    found: dict[str, Any] = json.loads(outcome.stdout)
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.fixture
def table(tmp_path: Path) -> Path:
    poor: list[Cell] = ["2121000002", "乙小学", "甲县", "小学", "220", 500, 21, 3, 2, 2250, 3750, 100, 12, 9000]
    return write_xlsx(tmp_path / "甲县.xlsx", [HEAD, GOOD, poor])


def test_a_county(run_dudao: RunDudao, table: Path) -> None:
    found = payload(run_dudao, table, "--standard", "quality-2017")
    county = found["counties"][0]
    assert (found["standard"], found["method"]) == ("quality-2017", "weighted")
    assert (county["region"], county["verdict"]) == ("甲县", "not_met")
    assert list(county["levels"]) == ["primary"]
    (failing,) = county["schools_failing"]
    assert (failing["name"], failing["row"], failing["met"]) == ("乙小学", 3, 5)
    missed = {each["id"]: each for each in failing["missed"]}
    assert set(missed) == {"backbone_teachers_per_100", "pe_art_teachers_per_100"}
    assert missed["backbone_teachers_per_100"]["gap_quantity"] == pytest.approx(2)


def test_unweighted_is_said(run_dudao: RunDudao, table: Path) -> None:
    assert payload(run_dudao, table, "--method", "unweighted")["method"] == "unweighted"


def test_a_missing_figure_leaves_the_county_open_and_names_the_row(run_dudao: RunDudao, tmp_path: Path) -> None:
    rows = [HEAD, GOOD, ["2121000002", *GOOD[1:6], "约40", *GOOD[7:]]]
    found = payload(run_dudao, write_xlsx(tmp_path / "a.xlsx", rows), code=1)
    assert found["counties"][0]["verdict"] == "incomplete"
    assert [each["row"] for each in found["counties"][0]["incomplete"]] == [3]
    issue = found["issues"][0]
    assert (issue["code"], issue["location"]["row"]) == ("tables.not_a_number", 3)


def test_two_schools_with_one_identifier_leave_the_county_open(run_dudao: RunDudao, tmp_path: Path) -> None:
    rows = [HEAD, GOOD, [GOOD[0], "丙小学", *GOOD[2:]]]
    found = payload(run_dudao, write_xlsx(tmp_path / "a.xlsx", rows), code=1)
    assert found["counties"][0]["verdict"] == "incomplete"
    assert {each["row"] for each in found["counties"][0]["incomplete"]} == {2, 3}


def test_a_school_in_no_county_is_named_and_counted_nowhere(run_dudao: RunDudao, tmp_path: Path) -> None:
    rows = [HEAD, GOOD, ["2121000002", "丙小学", None, *GOOD[3:]]]
    found = payload(run_dudao, write_xlsx(tmp_path / "a.xlsx", rows), code=1)
    assert [county["region"] for county in found["counties"]] == ["甲县"]
    assert found["counties"][0]["levels"]["primary"]["schools"] == 1
    assert found["issues"][0]["code"] == "tables.no_region"


def test_years_make_a_trend(run_dudao: RunDudao, tmp_path: Path) -> None:
    rows = [["年份", *HEAD], [2022, *GOOD], [2023, *GOOD]]
    county = payload(run_dudao, write_xlsx(tmp_path / "a.xlsx", rows))["counties"][0]
    assert county["year"] == 2023
    assert [each["year"] for each in county["trend"]] == [2022, 2023]


def test_many_counties_are_written_compactly(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    random_schools(seed=3, schools=700, counties=70).write_parquet(path)
    outcome = run_dudao("balance", path, "--format", "json")
    found = json.loads(outcome.stdout)
    jsonschema.validate(found, SCHEMA)
    assert len(found["counties"]) == 70
    assert outcome.stdout.count("\n") == 1


def test_duckdb_says_the_same(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    random_schools(seed=3, schools=90, counties=3).write_parquet(path)
    one = payload(run_dudao, path, "--standard", "basic-2012", code=1)  # more teachers of one sort than teachers
    other = payload(run_dudao, path, "--standard", "basic-2012", "--engine", "duckdb", code=1)
    assert [county["verdict"] for county in one["counties"]] == [county["verdict"] for county in other["counties"]]


OWN = """
id: own-2024
name: 某省办学基本标准
scope:
  levels_by_type: {"211": [primary], "311": [junior]}
school_rule: {at_least: 1, floor: 0.6}
balance_rule: {judged: each, limits: {primary: 0.4}}
indicators:
  - id: books
    name: 生均图书
    unit: 册
    numerator: [{column: books}]
    thresholds: {primary: 25}
  - id: pupils_per_teacher
    name: 每名高学历教师的学生数
    unit: 人
    numerator: [{column: pupils}]
    denominator: [{column: above_degree_teachers, sharing: per_section}]
    direction: at_most
    thresholds: {primary: 24}
"""


def test_a_standard_of_ones_own_needs_no_python(run_dudao: RunDudao, tmp_path: Path, table: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    found = payload(run_dudao, table, "--standard", own)
    level = found["counties"][0]["levels"]["primary"]
    assert found["standard"] == "own-2024"
    assert level["indicators"][1]["mean"] == pytest.approx(1500 / 63)
    assert [each["schools_met"] for each in level["indicators"]] == [1, 2]
    assert found["counties"][0]["verdict"] == "met"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("school_rule: {at_least: 3}", "school_rule.at_least"),
        ("colour: red", "colour"),
        ("method: clever", "method"),
        ("section_weights: {primary: 0}", "section_weights.primary"),
    ],
)
def test_a_mistake_in_a_standard_is_named(
    run_dudao: RunDudao, tmp_path: Path, table: Path, change: str, words: str
) -> None:
    own = tmp_path / "own.yaml"
    key = change.split(":")[0]
    kept = [line for line in OWN.splitlines() if not line.startswith(f"{key}:")]
    own.write_text("\n".join([*kept, change]), encoding="utf-8")
    outcome = run_dudao("balance", table, "--standard", own)
    assert outcome.code == 2
    assert words in outcome.stderr


def test_text_for_people(run_dudao: RunDudao, table: Path) -> None:
    outcome = run_dudao("balance", table)
    assert "未达标" in outcome.stdout
    assert "按学生数加权" in outcome.stdout
    assert "乙小学" in outcome.stdout


def test_wrong_use_and_unreadable_input(run_dudao: RunDudao, table: Path, tmp_path: Path) -> None:
    assert run_dudao("balance", table, "--standard", "quality-1999").code == 2
    assert run_dudao("balance", tmp_path / "nothing.xlsx").code == 3
    assert run_dudao("balance", table, "--engine", "duckdb").code == 2
    assert run_dudao("balance", "template", tmp_path / "t.xlsx").code == 0
    assert run_dudao("balance", "template", tmp_path / "t.xlsx", "--kind", "what").code == 2
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "a.parquet")
    assert run_dudao("balance", tmp_path / "a.parquet").code == 3
    assert run_dudao("balance", tmp_path / "a.parquet", "--engine", "duckdb").code == 3


EDGES: dict[str, list[list[Cell]]] = {
    "one school": [["甲县", "2121000001", "第一小学", "小学", 300, 20, 5, 4, 2000, 3000, 900000, 9]],
    "no school that is judged": [["甲县", "3421000001", "第一高级中学", "高级中学", 300, 20, 5, 4, 2, 3, 9, 9]],
    "every figure missing": [["甲县", "2121000001", "第一小学", "小学", *[None] * 8]],
    "nobody in school": [["甲县", "2121000001", "第一小学", "小学", 0, 20, 5, 4, 2000, 3000, 900000, 9]],
}


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("standard", ["quality-2017", "basic-2012"])
def test_every_file_is_written_for_counties_at_the_edge(
    edge: str, standard: str, run_dudao: RunDudao, tmp_path: Path
) -> None:
    head: list[Cell] = [
        "县区",
        "学校标识码",
        "学校名称",
        "办学类型",
        "在校生数",
        "高于规定学历教师数",
        "县级以上骨干教师数",
    ]
    head += ["体育艺术专任教师数", "教学及辅助用房面积", "体育运动场馆面积", "教学仪器设备资产值", "网络多媒体教室数"]
    path = write_xlsx(tmp_path / "a.xlsx", [head, *EDGES[edge]])
    out = {name: tmp_path / name for name in ("a.html", "b.xlsx")}
    result = run_dudao(
        "balance", str(path), "--standard", standard, "--html", str(out["a.html"]), "--worksheet", str(out["b.xlsx"]),
        "--pictures", str(tmp_path / "pictures"), "--format", "json",
    )  # fmt: skip
    assert result.code in (0, 1), result.stderr
    assert all(each.stat().st_size > 1000 for each in out.values())
    jsonschema.validate(json.loads(result.stdout), SCHEMA)
