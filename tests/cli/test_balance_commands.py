import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest

from dudao.tables.generate import NationSize, generate_schools

SCHEMAS = Path(__file__).resolve().parents[2] / "docs/reference/schema"
RunDudao = Callable[..., Any]

WORDS = "一二三四五六七八九"
GRADES = "\n".join(
    [
        ",".join(["年份", "县区", "学校名称", *(f"{w}年级" for w in WORDS), *(f"{w}年级班数" for w in WORDS)]),
        "2024,某县,东小学,90,80,80,80,80,80,,,,2,2,2,2,2,2,,,",
        "2024,某县,西中学,,,,,,,80,80,80,,,,,,,2,2,2",
    ]
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("county") / "county.parquet"
    frame = pl.concat(generate_schools(NationSize(schools=16, counties=1, years=2, seed=11)))
    frame.write_parquet(path)
    return path


@pytest.fixture
def grades(tmp_path: Path) -> Path:
    path = tmp_path / "grades.csv"
    path.write_text(GRADES, encoding="gb18030")
    return path


def payload(name: str, text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    jsonschema.validate(found, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))
    return found


def test_optimise_writes_a_plan_that_keeps_to_its_schema(run_dudao: RunDudao, county: Path) -> None:
    found = run_dudao("balance", "optimise", county, "--price", "教学及辅助用房面积=3200", "--format", "json")
    assert found.code == 0
    plan = payload("balance-optimise", found.stdout)
    assert plan["outcome"] == "optimal"
    assert plan["schools_failing_after"] == 0
    assert any("3,200" in line for line in plan["assumptions"])


def test_optimise_tells_why_nothing_is_possible(run_dudao: RunDudao, county: Path) -> None:
    found = run_dudao("balance", "optimise", county, "--no-hiring", "--no-building", "--format", "json")
    assert found.code == 1
    plan = payload("balance-optimise", found.stdout)
    assert plan["outcome"] == "infeasible"
    assert "no_building" in [reason["code"] for reason in plan["reasons"] if reason["relaxed"]]


def test_optimise_text_names_schools_and_assumptions(run_dudao: RunDudao, county: Path) -> None:
    found = run_dudao("balance", "optimise", county, "--limit", "*/骨干教师/调出=1")
    assert found.code == 0
    assert "测算前提" in found.stdout
    assert "已证明" in found.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--limit", "胡写"),
        ("--limit", "没有的学校/骨干教师/调出=1"),
        ("--forbid", "甲乙"),
        ("--price", "教学及辅助用房面积=贵"),
        ("--order", "money"),
        ("--solver", "gurobi"),
        ("--method", "middle"),
        ("--region", "没有的县"),
        ("--year", "1999"),
        ("--indicator", "nonsense"),
        ("--no-moves", "--no-hiring", "--no-building"),
    ],
)
def test_optimise_refuses_what_it_does_not_understand(
    run_dudao: RunDudao, county: Path, arguments: tuple[str, ...]
) -> None:
    found = run_dudao("balance", "optimise", county, *arguments)
    assert found.code == 2
    assert "错误：" in found.stderr


def test_whatif_keeps_to_its_schema(run_dudao: RunDudao, county: Path) -> None:
    name = pl.read_parquet(county)["school_name"][0]
    found = run_dudao("balance", "whatif", county, "--set", f"{name}/体育运动场馆面积=+50000", "--format", "json")
    assert found.code == 0
    result = payload("balance-whatif", found.stdout)
    assert result["cells"][0]["after"] - result["cells"][0]["before"] == 50000
    assert "sports_area_per_student" in [each["indicator"] for each in result["figures"]]
    assert "推演，不是上报数据" in run_dudao("balance", "whatif", county, "--set", f"{name}/图书册数=1").stdout


def test_forecast_keeps_to_its_schema(run_dudao: RunDudao, grades: Path) -> None:
    found = run_dudao(
        "balance", "forecast", grades, "--entrants", "2025=100,2026=80", "--years", "2", "--format", "json"
    )
    assert found.code == 0
    result = payload("balance-forecast", found.stdout)
    assert [(each["year"], each["grade"]) for each in result["excesses"]] == [(2025, 1), (2026, 2)]
    assert [each["pupils"] for each in result["balances"] if each["level"] == "primary"] == [490, 510, 510]


def test_forecast_from_births_and_from_a_file(run_dudao: RunDudao, grades: Path, tmp_path: Path) -> None:
    births = run_dudao("balance", "forecast", grades, "--births", "2019=100", "--entry-rate", "0.9", "--years", "1")
    assert "2025 年 90 人" in births.stdout
    table = tmp_path / "entrants.csv"
    table.write_text("县区,年份,招生数\n某县,2025,70\n", encoding="utf-8-sig")
    assert "2025 年 70 人" in run_dudao("balance", "forecast", grades, "--entrants", table, "--years", "1").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--entrants", "2025=100", "--years", "3"), 2),
        (("--entrants", "很多"), 2),
        ((), 2),
        (("--entrants", "none.csv"), 3),
        (("--entrants", "2025=1", "--years", "1", "--promotion", "1,1"), 2),
    ],
)
def test_forecast_refuses_what_is_missing(
    run_dudao: RunDudao, grades: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert run_dudao("balance", "forecast", grades, *arguments).code == code


def test_generate_writes_a_table_that_balance_reads(run_dudao: RunDudao, tmp_path: Path) -> None:
    out = tmp_path / "nation.parquet"
    found = run_dudao("balance", "generate", out, "--schools", 40, "--counties", 3, "--seed", 2, "--format", "json")
    assert payload("balance-generate", found.stdout)["rows"] == 40
    assert len(json.loads(run_dudao("balance", out, "--format", "json").stdout)["counties"]) == 3
    assert run_dudao("balance", "generate", tmp_path / "a.xlsx").code == 2


def test_worksheet_page_and_pictures_are_written(run_dudao: RunDudao, county: Path, tmp_path: Path) -> None:
    files = ["--worksheet", tmp_path / "a.xlsx", "--html", tmp_path / "a.html", "--pictures", tmp_path / "pictures"]
    found = run_dudao("balance", county, *files, "--format", "json")
    assert found.code == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert "手工复核表" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert len(list((tmp_path / "pictures").iterdir())) == 4
    assert run_dudao("balance", county, "--html", tmp_path / "none" / "a.html").code == 2


def test_errors_in_the_table_end_every_command_with_1(run_dudao: RunDudao, grades: Path, tmp_path: Path) -> None:
    grades.write_text(GRADES + "\n2024,某县,南小学,约九十" + "," * 17, encoding="utf-8")
    forecast = run_dudao("balance", "forecast", grades, "--entrants", "2025=100", "--years", "1")
    assert (forecast.code, "约九十" in forecast.stdout) == (1, True)
    table = tmp_path / "甲县.csv"
    rows = ["县区,学校标识码,学校名称,办学类型,在校生数,图书册数", "甲县,2121000001,甲小学,小学,300,约九千"]
    table.write_text("\n".join(rows), encoding="utf-8")
    changed = run_dudao("balance", "whatif", table, "--set", "甲小学/在校生数=200")
    assert (changed.code, "约九千" in changed.stdout) == (1, True)
