from pathlib import Path

import pytest

from dudao.errors import UnreadableInputError
from dudao.issues import Issue
from dudao.scheme.load import load_scheme
from dudao.scheme.model import Indicator, NotApplicablePolicy, Point, Scheme

HEAD = """\
id: jiangnan-county-2024
name: 江南省2024年评价
region: jiangnan
region_name: 江南省
level: county
year: 2024
full_points: 20
source: {document: 评价方案, number: 江教督〔2024〕1号}
facts:
  - name: spending
    title: 教育支出
    unit: 元
    dimension: stage
    parts: {primary: 小学, junior: 初中}
"""
FIRST = """\
id: "1"
name: 经费
full_points: 20
source: {clause: 第一条}
lead_department: 财政局
items:
  - id: "1.1"
    name: 只增不减
    full_points: 12
    requirement: 逐年增长
    rule:
      kind: threshold
      fact: spending
      at_least: "1"
      otherwise: "0"
      source: {status: unconfirmed}
    inputs: [spending]
    evidence:
      - 决算表
      - {name: 批复, period: 上一年度, required: false}
    not_applicable: exclude
    departments: [教育局]
    source: {clause: 第二条, quote: 逐年只增不减}
  - id: "1.2"
    name: 公用经费
    full_points: 8
    provisional: true
    lead_department: 教育局
    step: "0.5"
"""


def write(folder: Path, head: str = HEAD, **files: str) -> Path:
    (folder / "indicators").mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(head, encoding="utf-8")
    for name, text in (files or {"a": FIRST}).items():
        (folder / "indicators" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def loaded(folder: Path) -> Scheme:
    scheme, issues = load_scheme(folder)
    assert issues == []
    assert scheme is not None
    return scheme


def told(issues: list[Issue]) -> list[tuple[str, str, int | None]]:
    return [(issue.code, Path(issue.location.file).name, issue.location.line) for issue in issues]


def test_everything_a_pack_says_is_there(tmp_path: Path) -> None:
    scheme = loaded(write(tmp_path))
    first, second = scheme.points()
    assert (scheme.id, scheme.year) == ("jiangnan-county-2024", 2024)
    assert scheme.full_points == 20
    assert scheme.facts[0].parts == (("primary", "小学"), ("junior", "初中"))
    assert first.rule is not None
    assert first.rule.kind == "threshold"
    assert dict(first.rule.settings) == {"fact": "spending", "at_least": "1", "otherwise": "0"}
    assert [(asked.name, asked.period, asked.required) for asked in first.evidence] == [
        ("决算表", "", True),
        ("批复", "上一年度", False),
    ]
    assert first.not_applicable is NotApplicablePolicy.EXCLUDE
    assert (first.lead_department, first.departments) == ("财政局", ("教育局",))
    assert (second.lead_department, second.provisional, str(second.step)) == ("教育局", True, "0.5")


def test_a_source_is_inherited_until_another_document_is_named(tmp_path: Path) -> None:
    first, second = loaded(write(tmp_path)).points()
    assert (first.source.document, first.source.number) == ("评价方案", "江教督〔2024〕1号")
    assert (first.source.clause, first.source.quote) == ("第二条", "逐年只增不减")
    assert (second.source.document, second.source.clause) == ("评价方案", "")
    assert first.rule is not None
    assert first.rule.source is not None
    assert first.rule.source.status == "unconfirmed"
    assert first.source.status == "confirmed"


def test_one_file_may_hold_the_whole_scheme(tmp_path: Path) -> None:
    indented = FIRST.replace("\n", "\n    ").rstrip()
    file = tmp_path / "scheme.yaml"
    file.write_text(f"{HEAD}indicators:\n  - {indented}\n", encoding="utf-8")
    assert [point.id for point in loaded(file).points()] == ["1.1", "1.2"]


def test_points_and_indicators_may_stand_side_by_side(tmp_path: Path) -> None:
    text = FIRST + '  - id: "1.3"\n    name: 其他\n    items: [{id: "1.3.1", name: 甲, full_points: 1}]\n'
    (group,) = loaded(write(tmp_path, a=text)).indicators
    assert [type(child) for child in group.children] == [Point, Point, Indicator]
    assert [point.id for point in group.points()] == ["1.1", "1.2", "1.3.1"]


def test_all_problems_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = (
        FIRST.replace('id: "1.1"', "id: 1.10")
        .replace("full_points: 12", "full_point: 12")
        .replace("not_applicable: exclude", "not_applicable: skip")
        .replace("provisional: true", "provisional: 也许")
        .replace("full_points: 8", "full_points: 八分")
    )
    _, issues = load_scheme(write(tmp_path, HEAD.replace("level: county", "level: country"), a=text))
    assert sorted(told(issues)) == [
        ("pack.id_not_quoted", "a.yaml", 7),
        ("pack.not_a_number", "a.yaml", 26),
        ("pack.not_boolean", "a.yaml", 27),
        ("pack.unknown_key", "a.yaml", 9),
        ("pack.unknown_value", "a.yaml", 21),
        ("pack.unknown_value", "pack.yaml", 5),
    ]
    remedies = {issue.code: issue.remedy for issue in issues}
    assert remedies["pack.unknown_key"] == "是否要写“full_points”？"
    assert '"1.10"' in remedies["pack.id_not_quoted"]
    assert "county" in next(issue.remedy for issue in issues if issue.location.line == 5)


@pytest.mark.parametrize("key", ["id", "name", "region", "region_name", "level", "year"])
def test_a_head_without_a_needed_key_gives_no_scheme_but_says_which(tmp_path: Path, key: str) -> None:
    head = "\n".join(line for line in HEAD.splitlines() if not line.startswith(f"{key}:"))
    scheme, issues = load_scheme(write(tmp_path, head))
    assert scheme is None
    assert [issue.code for issue in issues] == ["pack.missing_key"]
    assert f"“{key}”" in issues[0].message


def test_unreadable_indicator_files_do_not_hide_the_others(tmp_path: Path) -> None:
    scheme, issues = load_scheme(write(tmp_path, a=FIRST, b="id: [", c="- 1\n"))
    assert scheme is not None
    assert [point.id for point in scheme.points()] == ["1.1", "1.2"]
    assert [issue.code for issue in issues] == ["yaml.syntax", "pack.wrong_type"]


def test_a_file_with_another_ending_is_not_silently_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "indicators" / "b.yml").write_text(FIRST, encoding="utf-8")
    _, issues = load_scheme(folder)
    assert [issue.code for issue in issues] == ["pack.file_not_read"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"没有pack\.yaml"):
        load_scheme(tmp_path)
    with pytest.raises(UnreadableInputError, match="找不到"):
        load_scheme(tmp_path / "nowhere.yaml")
