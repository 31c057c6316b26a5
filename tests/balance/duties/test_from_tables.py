"""Tables of duties become facts of their county and year, and an assessment that a scheme scores."""

from decimal import Decimal
from pathlib import Path

import pytest

from dudao.assessment.facts import Fact
from dudao.balance.compute import compute_balance
from dudao.balance.facts import balance_facts
from dudao.errors import WrongUseError
from dudao.packs.find import load_pack
from dudao.pipelines.balance_standards import load_standard
from dudao.pipelines.duties.compute import duty_facts
from dudao.pipelines.duties.recognise import named_table, read_tables
from dudao.pipelines.duties.rows import grade_of
from dudao.pipelines.duties.run import DutiesRequest, run_duties
from dudao.pipelines.duties.schools import clock_of
from dudao.pipelines.score import score_file
from dudao.tables.catalogue import KINDS
from dudao.tables.read import read_table
from tests.balance.random_schools import random_schools
from tests.tables.sheets import Cell, write_sheets, write_xlsx

Rows = list[list[Cell]]


def facts(path: Path, *tables: tuple[str, Rows], region: str = "") -> dict[tuple[str, str, str], Fact]:
    read = [read_table(write_xlsx(path / f"{kind}.xlsx", rows), KINDS[kind]) for kind, rows in tables]
    return {(fact.name, fact.period, fact.part): fact for fact in duty_facts(read, region=region).facts}


FINANCE: Rows = [
    ["年份", "县区", "学段", "在校学生数", "一般公共预算教育支出（万元）", "教育财政拨款（万元）",
     "财政经常性收入（万元）", "公用经费支出（万元）", "教师工资福利支出（万元）", "教师平均人数"],
    [2022, "甲县", "小学", 100, 10, 12, 90, 7.2, 5, 10],
    [2022, "甲县", "初中", 50, 8, 9, 90, 4.7, 4, 6],
    [2023, "甲县", "小学", 100, 9.5, 13, 92, 7.1, 5.5, 10],
    [2023, "甲县", "初中", 50, 9, 9.5, 92, 4.8, 4.2, 6],
]  # fmt: skip


def test_finance(tmp_path: Path) -> None:
    found = facts(tmp_path, ("finance", FINANCE))
    assert found["education_spending_not_decreased", "2023", ""].value is True
    assert found["spending_per_pupil", "2023", "primary"].value == 950
    assert found["spending_per_pupil_not_decreased_all", "2023", ""].value is False
    assert found["education_spending_not_decreased", "2023", ""].place == "甲县"
    # revenue is the county's, repeated in each row: 90 → 92, while the appropriations 21 → 22.5 are added up
    assert found["regular_revenue_growth", "2023", ""].value == pytest.approx(Decimal(200) / 90)
    assert found["appropriation_outgrows_revenue", "2023", ""].value is True
    # 7.1万元 for 100 pupils against the 720 of 2023; 7.2万元 against the 650 of 2022
    assert found["running_cost_per_pupil_met", "2023", "primary"].value is False
    assert found["running_cost_per_pupil_met", "2022", "primary"].value is True


def test_running_cost_of_schools_takes_the_base_of_place_and_year(tmp_path: Path) -> None:
    rows: Rows = [
        ["年份", "学校名称", "办学类型", "在校生数", "寄宿生数", "下达金额"],
        [2022, "一小", "小学", 200, 0, 200 * 700],
        [2022, "村小", "教学点", 60, 0, 100 * 650],
    ]
    nation = facts(tmp_path, ("running_costs", rows))
    assert nation["running_cost_base_met", "2022", ""].value is True
    assert nation["small_schools_funded", "2022", ""].value is True
    local = facts(tmp_path, ("running_costs", rows), region="211102")
    assert local["running_cost_schools_short", "2022", ""].value == 2
    assert local["running_cost_shortfall", "2022", ""].value == 200 * 150 + 100 * 200


def test_pay(tmp_path: Path) -> None:
    head: list[Cell] = ["年份", "县区", "教师平均工资收入（万元）", "公务员平均工资收入（万元）"]
    found = facts(tmp_path, ("pay", [head, [2023, "甲县", 9.1, 9.0]]))
    assert found["teacher_pay_not_below", "2023", ""].value is True


def test_kindergartens_take_the_children_of_the_age_from_the_population(tmp_path: Path) -> None:
    head: list[Cell] = ["年份", "县区", "学校名称", "办园性质", "是否普惠", "在园幼儿数", "专任教师数"]
    rows: Rows = [head, [2023, "甲县", "一园", "公办", None, 60, 5], [2023, "甲县", "二园", "民办", "否", 40, 3]]
    found = facts(tmp_path, ("kindergartens", rows))
    assert found["inclusive_coverage", "2023", ""].value == 60
    assert found["preschool_gross_enrolment", "2023", ""].value is None
    people: Rows = [["年份", "县区", "学段", "适龄人口", "在校人数"], [2023, "甲县", "学前", 125, None]]
    found = facts(tmp_path, ("kindergartens", rows), ("population", people))
    assert found["preschool_gross_enrolment", "2023", ""].value == 80
    assert found["preschool_gross_enrolment_met", "2023", ""].value is False


def test_population(tmp_path: Path) -> None:
    rows: Rows = [
        ["年份", "县区", "学段", "适龄人口", "在校人数", "入学时学生数", "毕业人数", "转入", "转出", "死亡"],
        [2023, "甲县", "高中阶段", 1000, 915, None, None, None, None, None],
        [2023, "甲县", "初中", None, None, 1002, 960, 20, 15, 2],
        [2023, "甲县", "九年义务教育", None, None, 1000, 940, None, None, None],
    ]
    found = facts(tmp_path, ("population", rows))
    assert found["gross_enrolment_rate", "2023", "senior"].value == Decimal("91.5")
    assert found["gross_enrolment_rate_met", "2023", "senior"].value is True
    assert found["junior_retention", "2023", ""].value == Decimal("95.5")
    assert found["nine_year_retention_met", "2023", ""].value is False


def test_classes_added_up_tell_no_size(tmp_path: Path) -> None:
    head: list[Cell] = ["年份", "县区", "学校名称", "年级", "班级", "班数", "学生数"]
    rows: Rows = [head, [2023, "甲县", "一小", "三年级", "1班", None, 46], [2023, "甲县", "一中", "初二", None, 4, 180]]
    found = facts(tmp_path, ("classes", rows))
    assert found["classes_above_standard", "2023", "primary"].value == 1
    assert found["oversize_classes", "2023", "junior"].value is None
    assert found["compulsory_large_classes", "2023", ""].value is None


def test_school_day(tmp_path: Path) -> None:
    head: list[Cell] = ["年份", "县区", "学校名称", "年级", "在校生数", "参加课后服务人数", "作业时间", "上课时间"]
    rows: Rows = [
        head,
        [2023, "甲县", "一小", "三年级", 100, 90, 61, "8：20"],
        [2023, "甲县", "一中", "初二", 100, 90, 90, "7点50分"],
    ]
    found = facts(tmp_path, ("school_day", rows))
    assert found["homework_beyond_limit", "2023", ""].value == 1
    assert found["lessons_too_early", "2023", ""].value == 1
    assert found["sleep_below_standard", "2023", ""].value is None
    assert found["after_school_pupils_share", "2023", ""].value == 90
    assert found["after_school_schools_share", "2023", ""].value == 100
    before = facts(tmp_path, ("school_day", [head, [2019, "甲县", "一小", "三年级", 100, 90, 61, "8：20"]]))
    assert before["homework_beyond_limit", "2019", ""].value is None


@pytest.mark.parametrize(
    ("words", "number"),
    [("三年级", 3), ("初二", 8), ("九年级", 9), ("高一", 10), ("7", 7), ("全校", None), (None, None)],
)
def test_grades(words: str | None, number: int | None) -> None:
    assert grade_of(words) == number


def test_clocks() -> None:
    assert str(clock_of("上午8时")) == "08:00:00"
    assert clock_of("25:00") is None


def test_oversize_schools(tmp_path: Path) -> None:
    head: list[Cell] = ["年份", "县区", "学校名称", "办学类型", "在校生数", "小学在校生数", "初中在校生数",
                        "2010年及以前规划建设"]  # fmt: skip
    rows: Rows = [
        head,
        [2023, "甲县", "一小", "小学", 2001, None, None, "否"],
        [2023, "甲县", "老小", "小学", 2400, None, None, "是"],
        [2023, "甲县", "九年制", "九年一贯制学校", 2500, 1500, 1000, "否"],
        [2023, "甲县", "高中", "高级中学", 3001, None, None, "否"],
    ]
    found = facts(tmp_path, ("schools", rows))
    assert found["oversize_schools", "2023", ""].value == 1
    assert found["senior_oversize_schools", "2023", ""].value == 1


def test_training(tmp_path: Path) -> None:
    rows: Rows = [
        ["年份", "县区", "机构名称", "培训类别", "有办学许可证"],
        [2023, "甲县", "甲", "学科类", "是"],
        [2023, "甲县", "乙", "非学科类", "否"],
    ]
    found = facts(tmp_path, ("training", rows))
    assert found["subject_training_institutions", "2023", ""].value == 1
    assert found["training_licensed_share", "2023", ""].value == 50


def test_a_workbook_of_several_tables_becomes_an_assessment_that_scores(tmp_path: Path) -> None:
    pay: Rows = [["年份", "县区", "教师平均工资收入", "公务员平均工资收入"], [2023, "甲县", 90_000, 91_000]]
    garden: Rows = [
        ["年份", "县区", "幼儿园名称", "办园性质", "在园幼儿数", "专任教师数"],
        [2023, "甲县", "一园", "公办", 60, 5],
    ]
    book = write_sheets(tmp_path / "数据.xlsx", {"经费": FINANCE, "工资收入": pay, "幼儿园": garden})
    assert {table.kind.name for table in read_tables(named_table(str(book)))} == {"finance", "pay", "kindergartens"}
    out = tmp_path / "评价数据.yaml"
    request = DutiesRequest((str(book),), region="211102", scheme="panjin-county-2023", facts=out)
    result = run_duties(request)
    assert "spending_per_student" in {fact.name for fact in result.facts}
    scored = score_file(out)
    assert not [issue for issue in scored.issues if issue.level == "error"]
    judged = {fact.name: fact for fact in scored.assessment.facts if fact.period == "2023" and not fact.part}
    assert judged["education_spending"].value == 185_000
    assert judged["public_kindergarten_children"].value == 60
    with pytest.raises(WrongUseError):
        run_duties(DutiesRequest((str(book),), facts=out))


def test_coefficients_go_to_the_scheme_of_the_standard(tmp_path: Path) -> None:
    frame = random_schools(seed=1, schools=30, counties=1).with_columns(year=2023)
    path = tmp_path / "学校.parquet"
    frame.write_parquet(path)
    out = tmp_path / "评价数据.yaml"
    region = str(frame["region_code"][0])
    result = run_duties(DutiesRequest((f"schools={path}",), region=region, scheme="quality-2017", facts=out))
    names = {fact.name for fact in result.facts}
    declared = {declaration.name for declaration in load_pack("quality-2017").facts if declaration.name[:3] == "cv_"}
    assert len(declared) == 7
    assert declared <= names
    assert "oversize_schools" in names
    scored = score_file(out)
    coefficients = [fact for fact in scored.assessment.facts if fact.name == "cv_sports_area" and fact.part == "junior"]
    assert [fact.period for fact in coefficients] == ["2023"]


def test_balance_facts_keep_what_is_missing_missing() -> None:
    schools = random_schools(seed=1, schools=40, counties=1).with_columns(region="region_code")
    result = compute_balance(schools, load_standard("quality-2017"))
    found = {(fact.name, fact.part): fact.value for fact in balance_facts(result)}
    largest = max(each.coefficient or 0 for each in result.counties[0].levels["primary"].indicators)
    assert found["largest_coefficient", "primary"] == Decimal(repr(largest)).quantize(Decimal("0.000001"))
    broken = compute_balance(schools.with_columns(books=None, sports_area=None), load_standard("quality-2017"))
    found = {(fact.name, fact.part): fact.value for fact in balance_facts(broken)}
    assert found["balance_met", ""] is None
    assert found["largest_coefficient", "primary"] is None
