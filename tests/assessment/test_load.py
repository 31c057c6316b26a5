"""An assessment file: facts in every form, answers, places, and what is wrong told with its line."""

from decimal import Decimal
from pathlib import Path

import pytest

from dudao.assessment.answers import ItemState
from dudao.assessment.completeness import completeness
from dudao.assessment.fit import fit
from dudao.assessment.load import load_assessment
from dudao.assessment.model import Assessment
from dudao.assessment.what_if import changed, read_changes
from dudao.issues import Issue
from dudao.packs.find import load_pack

HEAD = 'scheme: shifan-city-2024\nregion: "990100"\nregion_name: 示范市\nyear: 2024\n'


def load(tmp_path: Path, text: str) -> tuple[Assessment, list[Issue]]:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    assessment, issues = load_assessment(path)
    assert assessment is not None
    return assessment, issues


def test_facts_in_every_form(tmp_path: Path) -> None:
    found, issues = load(
        tmp_path,
        """
facts:
  education_spending: {2023: 118.9亿元, 2024: 120.4亿元}
  spending_per_student:
    primary: {2023: 12100元, 2024: 12350元}
    2024: {junior: 16020元}
  satisfaction: {value: 92.5%, source: 第三方调查, period: 2024-06-30}
  running_cost_on_time: true
  fitness_rate: null
""",
    )
    assert issues == []
    facts = {(each.name, each.period, each.part): each for each in found.facts}
    assert facts["education_spending", "2023", ""].value == Decimal(11_890_000_000)
    assert facts["spending_per_student", "2023", "primary"].written == "12100元"
    assert facts["spending_per_student", "2024", "junior"].value == 16020
    assert facts["satisfaction", "2024-06-30", ""].source.note == "第三方调查"
    assert facts["running_cost_on_time", "2024", ""].value is True
    assert facts["fitness_rate", "2024", ""].value is None
    assert facts["education_spending", "2024", ""].source.line == 7


def test_answers_peers_and_members(tmp_path: Path) -> None:
    found, issues = load(
        tmp_path,
        """
peers:
  - {id: "990200", name: 甲市, facts: {spending_share: 16%}}
members:
  - {id: "990101", name: 乙县, facts: {basic_balance: 是}}
answers:
  "1.1.1": {self_points: "3.5", items: {meetings: 完成, list: 部分完成}, evidence: [会议纪要]}
  "1.2.3": {cases: [{id: late, points: "0.5", reason: 迟了十天, assessor: 复核组}]}
  "5.1": {cases: {national: 2}}
  "1.3.2": {discretion: {points: "1", reason: 已停用, assessor: 复核组}, note: 两处}
""",
    )
    assert issues == []
    assert [place.name for place in (*found.peers, *found.members)] == ["甲市", "乙县"]
    assert found.answer("1.1.1").items == {"meetings": ItemState.DONE, "list": ItemState.PARTIAL}
    late = (found.answer("1.2.3").cases or ())[0]
    assert late.discretion is not None
    assert late.discretion.reason == "迟了十天"
    assert (found.answer("5.1").cases or ())[0].count == 2
    assert found.answer("2.1.1").cases is None


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("facts: {education_spending: 120-130亿元}", "范围", 5),
        ("facts:\n  education_spending: [1, 2]", "不能写成列表", 6),
        ("facts:\n  education_spending: {primary: {junior: 1元}}", "不能再分项", 6),
        ("facts:\n  satisfaction: {value: 92%, periode: 2024}", "不认识的键“periode”", 6),
        ("facts:\n  satisfaction: {value: 92%, period: 去年}", "期间“去年”认不出", 6),
        ('answers:\n  "1.1.1": {item: {}}', "不认识的键“item”", 6),
        ('answers:\n  "1.1.1": {items: {meetings: 差不多}}', "写的是“差不多”", 6),
        ('answers:\n  "1.1.1": {self_points: 满分}', "应是数字", 6),
        ("facts:\n  pupils: {2024: {primary: 1人}, primary: {2024: 2人}}", "写了两次，值不同", 6),
        ("facts:\n  schools: " + "9" * 5000 + "所", "不像一个数", 6),
        ('answers:\n  "5.1": {cases: {national: -1}}', "不能为负", 6),
        ("peers: [{name: 甲市}]", "缺少“id”", 5),
        ('peers: [{id: "990100"}]', "写了两次", 5),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, said: str, line: int) -> None:
    _, issues = load(tmp_path, text)
    assert any(said in issue.message and issue.location.line == line for issue in issues), issues


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facts: {education_spendin: 1亿元}", "方案没有数据“education_spendin”"),
        ("facts: {education_spending: 120人}", "单位应为元"),
        ("facts: {running_cost_on_time: 92%}", "应为 是 或 否"),
        ("facts: {illegal_enrolment_cases: 2.5件}", "不小于 0 的整数"),
        ("facts: {satisfaction: 优}", "应为数"),
        ("facts: {spending_per_student: 100元}", "按分项填写"),
        ("facts: {spending_per_student: {senior: 100元}}", "没有分项“senior”"),
        ("facts: {satisfaction: {primary: 90%}}", "没有分项，“primary”没有用到"),
        ('answers: {"9.9": {self_points: 1}}', "方案没有测评点“9.9”"),
        ('answers: {"1.2.1": {self_points: 5}}', "不在 0 至 4 之间"),
        ('answers: {"1.2.1": {self_points: 3.95}}', "还细"),
    ],
)
def test_what_does_not_fit_the_scheme_is_told(tmp_path: Path, text: str, said: str) -> None:
    assessment, _ = load(tmp_path, text)
    _, issues = fit(assessment, load_pack("shifan-city-2024"))
    assert any(said in issue.message for issue in issues), issues


def test_a_fact_in_the_wrong_unit_becomes_missing(tmp_path: Path) -> None:
    assessment, _ = load(tmp_path, "facts: {education_spending: 120人}")
    fitting, _ = fit(assessment, load_pack("shifan-city-2024"))
    assert fitting.facts[0].value is None


def test_what_if_replaces_the_fact_of_that_year_and_part_alone(tmp_path: Path) -> None:
    scheme = load_pack("shifan-city-2024")
    assessment, _ = load(tmp_path, "facts: {spending_per_student: {primary: {2023: 100元, 2024: 90元}}}")
    after = changed(assessment, read_changes(["spending_per_student.primary@2024 = 0.011万元"], assessment, scheme))
    values = {(each.period, each.part): each.value for each in after.facts}
    assert values == {("2023", "primary"): 100, ("2024", "primary"): 110}


def test_completeness_names_self_points_inputs_and_evidence(tmp_path: Path) -> None:
    assessment, _ = load(
        tmp_path,
        """
facts: {illegal_enrolment_cases: 0件}
answers:
  "1.1.1": {self_points: 4, evidence: [领导小组会议纪要]}
  "1.2.1": {self_points: 4}
  "1.2.2": {not_applicable: 域内没有高中}
""",
    )
    found = completeness(load_pack("shifan-city-2024"), assessment)
    gaps = {gap.point.id: gap for gap in found.gaps}
    assert not {"1.1.1", "1.2.1", "1.2.2"} & set(gaps)
    assert gaps["2.1.1"].inputs == ("education_spending", "spending_per_student")
    assert gaps["2.1.1"].self_points
    assert found.complete == 3
