"""`dudao score`: the demonstration assessments, what-if, the JSON contract, and input that cannot be used."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dudao.packs.find import SHIPPED
from tests.conftest import RunDudao

FUXIN = SHIPPED / "liaoning" / "2022" / "demonstration" / "fuxin.yaml"
SHUANGTAIZI = SHIPPED / "panjin" / "2023" / "demonstration" / "shuangtaizi.yaml"
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "reference" / "schema" / "score.json").read_text(encoding="utf-8")
)

SMALL = """
scheme: shifan-city-2024
region: "990100"
region_name: 示范市
year: 2024
facts:
  illegal_enrolment_cases: 1件
  education_spending: {2023: 120.4亿元, 2024: 118.9亿元}
  senior_high_schools: 0所
answers:
  "1.2.1": {self_points: "4"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "示范市.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def payload(run_dudao: RunDudao, *arguments: object) -> dict[str, Any]:
    outcome = run_dudao("score", *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(outcome.stdout)
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.mark.parametrize(("path", "total", "points"), [(FUXIN, "95.3", 15), (SHUANGTAIZI, "98.6", 31)])
def test_the_demonstrations_have_the_self_points_of_their_score_sheets(
    run_dudao: RunDudao, path: Path, total: str, points: int
) -> None:
    found = payload(run_dudao, path)
    assert found["total"]["self_points"] == total
    assert found["total"]["full_points"] == "100"
    assert found["total"]["self_complete"]
    assert len(found["points"]) == points
    assert found["issues"] == []


def test_falling_spending_keeps_fuxin_from_full_marks(run_dudao: RunDudao) -> None:
    points = {each["id"]: each for each in payload(run_dudao, FUXIN)["points"]}
    spending = points["3.10"]
    assert (spending["points"], spending["low"], spending["high"]) == (None, "0", "12.9")
    assert any("普通小学" in step and "否" in step for step in spending["steps"])
    assert points["4.15"]["standing"] == "provisional"


def test_missing_spending_leaves_shuangtaizi_unknown_not_full(run_dudao: RunDudao) -> None:
    found = payload(run_dudao, SHUANGTAIZI)
    spending = next(each for each in found["points"] if each["id"] == "2.8.1")
    assert spending["standing"] == "unknown"
    assert {gap["fact"] for gap in spending["missing"]} == {"spending_per_student"}
    assert found["total"]["points"] is None


def test_self_points_that_the_facts_refute_are_a_finding(run_dudao: RunDudao, small: Path) -> None:
    outcome = run_dudao("score", small)
    assert outcome.code == 1
    assert "自评与资料不符" in outcome.stdout
    point = next(each for each in payload(run_dudao, small)["points"] if each["id"] == "1.2.1")
    assert (point["points"], point["difference"], point["contradicts"]) == ("3", "-1", True)


def test_what_if_changes_one_fact_and_keeps_the_total_before(run_dudao: RunDudao, small: Path) -> None:
    found = payload(run_dudao, small, "--what-if", "illegal_enrolment_cases=0件")
    point = next(each for each in found["points"] if each["id"] == "1.2.1")
    assert point["points"] == "4"
    assert point["inputs"][0]["source"].startswith("假设")
    assert found["before"]["high"] != found["total"]["high"]


def test_a_what_if_without_a_period_is_of_the_year_that_is_stated(run_dudao: RunDudao) -> None:
    found = payload(run_dudao, SHUANGTAIZI, "--what-if", "pupil_abnormal_deaths=1人")
    deaths = next(each for each in found["points"] if each["id"] == "1.2.3")
    assert deaths["points"] is None
    assert deaths["high"] == "2.9"


def test_a_what_if_that_changes_nothing_says_so(run_dudao: RunDudao, small: Path) -> None:
    shown = run_dudao("score", small, "--what-if", "illegal_enrolment_cases@2019=9件").stdout
    assert "没有改变" in shown
    assert "没有改变" not in run_dudao("score", small, "--what-if", "illegal_enrolment_cases=0件").stdout


def test_every_improvement_offered_can_be_asked_as_what_if(run_dudao: RunDudao, small: Path) -> None:
    offered = [each for each in payload(run_dudao, small)["improvements"] if each["needed"] is not None]
    assert offered
    for change in offered:
        key = change["fact"] + (f".{change['part']}" if change["part"] else "") + f"@{change['period']}"
        after = payload(run_dudao, small, "--what-if", f"{key}={change['needed']}")
        before = next(each for each in payload(run_dudao, small)["points"] if each["id"] == change["point"])
        now = next(each for each in after["points"] if each["id"] == change["point"])
        assert float(now["high"]) - float(before["high"]) == pytest.approx(float(change["gain"]))


def test_excluded_points_rescale_the_total_and_it_is_said(run_dudao: RunDudao, small: Path) -> None:
    assert payload(run_dudao, small)["total"]["rescaled"]
    assert "剔除" in run_dudao("score", small).stdout


def test_a_scheme_without_points_answers_met_or_not_met(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(
        "scheme: preschool-2020\nregion: 甲县\nyear: 2020\n"
        "facts: {gross_enrolment_rate: 86%, social_recognition: 85%}\n",
        encoding="utf-8",
    )
    found = payload(run_dudao, path)
    standings = {each["id"]: each["standing"] for each in found["points"]}
    assert (standings["1.1"], standings["4.1"], standings["1.2"]) == ("met", "not_met", "unscored")
    assert found["grade"]["name"] is None


def test_the_same_input_gives_the_same_bytes(run_dudao: RunDudao) -> None:
    first = run_dudao("score", SHUANGTAIZI, "--format", "json").stdout
    assert run_dudao("score", SHUANGTAIZI, "--format", "json").stdout == first


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", 3, "读不成评价数据"),
        ("- 一\n- 二\n", 3, "读不成评价数据"),
        ("scheme: shifan-city-2024\nregion: 甲\n", 3, "缺少“year”"),
        ("scheme: shifan-city-2042\nregion: 甲\nyear: 2024\n", 3, "shifan-city-2024"),
        ("scheme: [\n", 3, "读不成评价数据"),
        ("scheme: &a [*a]\nregion: x\nyear: 2024\n", 3, "锚点"),
        ("scheme: shifan-city-2024\nregion: 甲\nyear: 二〇二四\n", 3, "应是数字"),
    ],
)
def test_what_is_no_assessment_ends_with_a_sentence(
    run_dudao: RunDudao, tmp_path: Path, text: str, code: int, said: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    outcome = run_dudao("score", path)
    assert outcome.code == code
    assert said in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_missing_file_or_a_folder_is_told(run_dudao: RunDudao, tmp_path: Path) -> None:
    assert run_dudao("score", tmp_path / "none.yaml").code == 3
    assert "文件夹" in run_dudao("score", tmp_path).stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("illegal_enrolment_case=0件", "是否要写“illegal_enrolment_cases”"),
        ("illegal_enrolment_cases", "写法是"),
        ("illegal_enrolment_cases=0-3件", "范围"),
        ("spending_per_student=100元", "分项"),
        ("illegal_enrolment_cases@去年=0件", "期间"),
    ],
)
def test_a_what_if_that_cannot_be_understood_is_wrong_use(
    run_dudao: RunDudao, small: Path, change: str, said: str
) -> None:
    outcome = run_dudao("score", small, "--what-if", change)
    assert outcome.code == 2
    assert said in outcome.stderr


SHEET = """示范市2024年履行教育职责自评报告

一、党的领导与依法治教（24分，自评分22.5分）
（一）党对教育工作的领导（8分，自评分7.5分）
1.党委教育工作领导小组专题研究教育工作（4分，自评分4分）
全年研究四次。
2.中小学校党组织领导的校长负责制落实（4分，自评分3.5分）
两所学校还在配备。
（二）规范办学（10分，自评分9分）
1.违规招生和违规办学（4分，自评分4分）
2.普通高中规范招生（3分，自评分3分）
3.师德师风（3分，自评分2分）
（三）校园安全（6分，自评分6分）
1.安全防范建设达标（3分，自评分3分）
2.安全隐患排查治理（3分，自评分3分）
3.校车更新（2分，自评分2分）
"""


def test_a_report_is_scored_by_the_self_points_it_prints(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "自评报告.txt"
    path.write_text(SHEET, encoding="utf-8")
    found = payload(run_dudao, path, "--scheme", "shifan-city-2024")
    points = {each["id"]: each for each in found["points"]}
    assert (points["1.1.2"]["self_points"], points["1.1.2"]["note"]) == ("3.5", "两所学校还在配备")
    assert points["1.2.1"]["points"] is None
    assert not found["total"]["self_complete"]
    assert any("校车更新" in issue["message"] for issue in found["issues"])


def test_a_text_without_a_score_sheet_is_told(run_dudao: RunDudao, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于做好自评工作的通知\n请各单位按时报送。\n", encoding="utf-8")
    outcome = run_dudao("score", path)
    assert outcome.code == 3
    assert "没有读到自评表" in outcome.stderr


@pytest.mark.parametrize(
    ("name", "scheme", "total"), [("004", "liaoning-city-2022", "95.3"), ("001", "panjin", "98.6")]
)
def test_the_real_score_sheets_are_scored(run_dudao: RunDudao, seeds: Path, name: str, scheme: str, total: str) -> None:
    found = payload(run_dudao, next(seeds.glob(f"{name}_*")))
    assert found["scheme"]["id"].startswith(scheme)
    assert (found["total"]["self_points"], found["total"]["self_complete"]) == (total, True)
    assert found["issues"] == []
