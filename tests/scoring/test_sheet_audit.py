from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.issues import Level
from dudao.packs.find import load_pack
from dudao.provenance import Span
from dudao.scoring.sheet_alignment import align, best_alignment, items_of
from dudao.scoring.sheet_audit.audit import audit_sheet
from dudao.scoring.sheet_audit.subject import AdmittedProblem, AuditedSheet


def row(id_: str, full: str | None, own: str | None, *, name: str = "", note: str = "") -> ScoreRow:
    place = sum(int(part) * 100 ** (3 - depth) for depth, part in enumerate(id_.split(".")))
    return ScoreRow(
        id=id_,
        level=id_.count(".") + 1,
        name=name or f"第{id_}项",
        full_points=None if full is None else Decimal(full),
        self_points=None if own is None else Decimal(own),
        note=note,
        span=Span(place, place + 10),
        parent=id_.rpartition(".")[0] or None,
    )


def sheet(*rows: ScoreRow, full: str | None = None, own: str | None = None) -> ScoreSheet:
    return ScoreSheet(
        rows,
        None if full is None else Decimal(full),
        None if own is None else Decimal(own),
        full_points_printed=full is not None,
        self_points_printed=own is not None,
    )


def codes(audited: ScoreSheet, *problems: str) -> list[str]:
    admitted = tuple(AdmittedProblem(words, Span(9, 10)) for words in problems)
    return [issue.code.removeprefix("score_sheet.") for issue in audit_sheet(AuditedSheet(audited, None, admitted))]


def leaf(note: str, full: str = "5", own: str = "5", name: str = "教育经费保障情况") -> ScoreSheet:
    return sheet(row("1", full, own, name=name, note=note))


def test_a_sheet_that_adds_up_has_no_findings() -> None:
    assert codes(sheet(row("1", "9", "8.5"), row("1.1", "4", "4"), row("1.2", "5", "4.5"), full="9", own="8.5")) == []


def test_a_section_that_is_not_the_sum_of_its_items_is_an_error() -> None:
    found = codes(sheet(row("1", "10", "8.5"), row("1.1", "4", "4"), row("1.2", "5", "4.5")))
    assert found == ["full_points_do_not_add_up"]


def test_a_total_that_is_not_the_sum_of_its_sections_is_an_error() -> None:
    assert codes(sheet(row("1", "4", "4"), row("2", "6", "4.5"), own="8.6")) == ["self_total_does_not_add_up"]


def test_a_report_that_prints_only_some_items_has_no_total_to_check() -> None:
    assert codes(sheet(row("1", "4", "3"), row("2", "5", "4.5"), own="98.2")) == []


def test_the_total_is_checked_through_sections_without_points() -> None:
    rows = (row("1", "10", None), row("1.1", "5", "4"), row("1.2", "5", "4.5"))
    assert codes(sheet(*rows, own="8.5")) == []
    assert codes(sheet(*rows, own="8.4")) == ["self_total_does_not_add_up"]


def test_an_unprinted_part_makes_no_sum() -> None:
    assert codes(sheet(row("1", "10", "9"), row("1.1", "4", "4"), row("1.2", None, None))) == []


@given(st.lists(st.decimals(0, 20, places=1), min_size=1, max_size=6), st.decimals("0.1", 5, places=1))
def test_a_sum_is_wrong_exactly_when_it_differs(parts: list[Decimal], slip: Decimal) -> None:
    rows = [row(f"1.{number}", "20", str(part)) for number, part in enumerate(parts, start=1)]
    total = sum(parts, Decimal(0))
    whole = row("1", str(20 * len(parts)), str(total))
    assert "self_points_do_not_add_up" not in codes(sheet(whole, *rows))
    assert "self_points_do_not_add_up" in codes(sheet(replace(whole, self_points=total + slip), *rows))


def test_more_than_the_full_points_is_an_error() -> None:
    assert codes(leaf("落实。", full="5", own="5.5")) == ["self_points_out_of_range"]


def test_a_leaf_without_points_among_scored_ones_is_told() -> None:
    assert codes(sheet(row("1", "5", "5"), row("2", "5", None), row("3", "5", "5"))) == ["self_points_missing"]


@pytest.mark.parametrize(
    "note",
    [
        "我县没有民办中小学校，没有此类情况。",
        "辖区内无普通高中。",
        "我县未设立普通高中学校。",
        "此项不涉及。",
        "本县不适用。",
        "域内没有高中",
    ],
)
def test_an_item_without_object_at_full_points_is_told(note: str) -> None:
    assert codes(leaf(note, name="普通高中规范办学情况")) == ["not_applicable_at_full_points"]


@pytest.mark.parametrize(
    "note",
    [
        "全年无信访积案现象。",
        "我区无来省进京上访情况。",
        "全县未出现大校额情况。",
        "全市无无证幼儿园。",
        "全县无民办义务教育学校。",
        "无重大师德师风问题。",
        "没有出现教师集中统一讲授新课现象。",
        "义务教育学校无大班额。",
        "小学生均公用经费无拖欠。",
        "没有一所学校有违规收费。",
    ],
)
def test_a_good_result_is_not_an_item_without_object(note: str) -> None:
    assert codes(leaf(note, name="规范办学")) == []


def test_no_such_case_is_the_good_result_of_an_item_that_counts_cases() -> None:
    assert codes(leaf("没有此类情况。", name="学生非正常死亡情况")) == []


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("生均一般公共预算教育支出除高职外均有不同程度下降。", "worse_at_kept_points"),
        ("2022年学生体质健康优良率为41.2%，较上年下降1.3个百分点。", "worse_at_kept_points"),
        ("小学生近视率同比上升2.1个百分点。", "worse_at_kept_points"),
        ("已整改4项，整改中2项。", "unfinished_at_kept_points"),
        ("个别学校消防问题正在整改。", "unfinished_at_kept_points"),
        ("音体美教师尚未配齐。", "unmet_at_kept_points"),
        ("公办园在园幼儿占比没有达到50%的标准。", "unmet_at_kept_points"),
    ],
)
def test_a_failing_that_keeps_its_points_is_told(note: str, code: str) -> None:
    assert codes(leaf(note)) == [code]


@pytest.mark.parametrize(
    "note",
    [
        "教育支出和生均支出逐年只增不减。",
        "生均教育支出未下降。",
        "近视率同比下降2.1个百分点。",
        "辍学率控制在0.1%以内，义务教育巩固率提高1.2个百分点。",
        "有效防止大班额反弹。",
        "对整改不到位的学校进行约谈。",
        "督查反馈11项整改问题，目前已全部整改落实。",
        "反馈“监控未达到全覆盖标准”等问题，均已整改到位。",
        "优质均衡工作正在有序推进中。",
        "学生作业负担明显减轻，教育经费投入持续增长。",
        "全年未发生安全事故，未出现拖欠教师工资问题。",
        "教育支出占比提高，在校生人数减少。",
        "成立整改中心，配齐配强教师。",
        "建立不达标学校台账。",
    ],
)
def test_a_good_result_that_keeps_its_points_is_left_alone(note: str) -> None:
    assert codes(leaf(note)) == []


@pytest.mark.parametrize(
    ("note", "level"),
    [("教育支出比上年下降1.6%（该项扣0.9分）。", Level.NOTE), ("教育支出比上年下降1.6%。", Level.WARNING)],
)
def test_a_failing_whose_words_take_points_off_is_but_noted(note: str, level: Level) -> None:
    assert [issue.level for issue in audit_sheet(AuditedSheet(leaf(note, own="4")))] == [level]


def test_a_failing_that_lost_its_points_is_left_alone() -> None:
    assert codes(leaf("音体美教师尚未配齐。", own="2")) == []


def test_an_admitted_problem_whose_item_kept_its_points_is_told() -> None:
    rows = (
        row("1", "5", "5", name="学生体质健康情况", note="优良率稳步提升。"),
        row("2", "5", "3", name="校园安全工作情况", note="按要求落实。"),
    )
    assert codes(sheet(*rows), "学生体质健康优良率偏低") == ["admitted_problem_kept_points"]
    assert codes(sheet(*rows), "校园安全隐患整改不够彻底") == []
    assert codes(sheet(*rows), "教师队伍结构不尽合理") == []


def test_provisional_points_are_noted() -> None:
    issues = audit_sheet(AuditedSheet(leaf("由第三方测评后赋分，自评暂不扣分。", name="社会满意度调查情况")))
    assert [(issue.code, issue.level) for issue in issues] == [("score_sheet.provisional_points", Level.NOTE)]


def sheet_of_pack(identifier: str) -> ScoreSheet:
    rows = []
    for item in items_of(load_pack(identifier).indicators):
        points = None if item.full_points is None else str(item.full_points)
        rows.append(replace(row("1", points, points, name=item.name), id=item.id, parent=item.id.rpartition(".")[0]))
    return sheet(*[replace(one, parent=one.parent or None) for one in rows])


def test_the_scheme_is_found_by_the_names_of_its_items() -> None:
    schemes = [load_pack("panjin-county-2023"), load_pack("liaoning-city-2022")]
    for scheme in schemes:
        found = best_alignment(sheet_of_pack(scheme.id), schemes)
        assert found is not None
        assert found.scheme.id == scheme.id
        assert len(found.pairs) == len(list(items_of(scheme.indicators)))


def test_a_sheet_of_another_scheme_is_laid_beside_none() -> None:
    other = sheet(row("1", "50", "50", name="绿化覆盖"), row("2", "50", "49", name="河道治理"))
    assert best_alignment(other, [load_pack("panjin-county-2023")]) is None


def audited_against(identifier: str, changed: ScoreSheet) -> list[str]:
    alignment = align(changed, load_pack(identifier))
    return [issue.code.removeprefix("score_sheet.") for issue in audit_sheet(AuditedSheet(changed, alignment))]


def test_a_complete_sheet_answers_its_scheme() -> None:
    assert audited_against("panjin-county-2023", sheet_of_pack("panjin-county-2023")) == []


def test_an_item_left_out_is_missing() -> None:
    whole = sheet_of_pack("panjin-county-2023")
    rows = tuple(one for one in whole.rows if one.id != "1.1.2")
    assert "item_missing" in audited_against("panjin-county-2023", replace(whole, rows=rows))


def test_a_sheet_that_stops_at_the_second_level_leaves_nothing_out() -> None:
    whole = sheet_of_pack("panjin-county-2023")
    rows = tuple(one for one in whole.rows if one.id.count(".") < 2)
    assert audited_against("panjin-county-2023", replace(whole, rows=rows)) == []


def test_finer_steps_than_the_scheme_allows_are_told() -> None:
    whole = sheet_of_pack("panjin-county-2023")
    rows = tuple(replace(one, self_points=Decimal("0.95")) if one.id == "1.1.1" else one for one in whole.rows)
    assert "step_too_fine" in audited_against("panjin-county-2023", replace(whole, rows=rows))


def test_other_full_points_than_the_scheme_are_an_error() -> None:
    whole = sheet_of_pack("panjin-county-2023")
    rows = tuple(replace(one, full_points=Decimal(2)) if one.id == "1.1.1" else one for one in whole.rows)
    assert "full_points_differ_from_scheme" in audited_against("panjin-county-2023", replace(whole, rows=rows))
