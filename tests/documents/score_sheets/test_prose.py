from decimal import Decimal

from dudao.documents.score_sheets.prose import read_prose

SECTIONED = """青松市人民政府履行教育职责自评报告
一、总体情况
对照12项指标逐项自查，自评总分为27.3分。2021年度自评得分为95分。
二、自评情况
（一）加强领导（15分，自评14.5分）
1.统筹领导（10分，自评9.5分）
（1）定期研究教育工作（6分，自评6分）
全年专题研究教育工作9次。
（2）部门协同（4分，自评3.5分）
联席会议开展3次，主要做法：
1.明确分工；
2.定期会商。
（3）乡镇履职情况见附件。
2.党建工作（5分，自评5分）
支部标准化建设达标率98%。
（二）投入保障（13分，自评12.8分）
3.经费（13分，自评12.8分）
生均公用经费足额拨付，得到上级肯定。
三、存在问题
1.部门协同不够（4分，扣0.5分）。
2.经费拨付进度偏慢，扣0.2分。
四、下一步打算
1.加强会商。
"""


def test_sections_items_and_leaves_are_read_with_their_points() -> None:
    sheet = read_prose(SECTIONED)
    assert sheet is not None
    assert [(row.id, row.level, str(row.full_points), str(row.self_points)) for row in sheet.rows] == [
        ("1", 1, "15", "14.5"),
        ("1.1", 2, "10", "9.5"),
        ("1.1.1", 3, "6", "6"),
        ("1.1.2", 3, "4", "3.5"),
        ("1.2", 2, "5", "5"),
        ("2", 1, "13", "12.8"),
        ("2.3", 2, "13", "12.8"),
    ]
    assert (sheet.full_points, sheet.self_points) == (Decimal(28), Decimal("27.3"))
    assert (sheet.full_points_printed, sheet.self_points_printed) == (False, True)


def test_a_list_inside_an_item_stays_in_its_note() -> None:
    sheet = read_prose(SECTIONED)
    assert sheet is not None
    note = next(row.note for row in sheet.rows if row.id == "1.1.2")
    assert note.startswith("联席会议")
    assert "2.定期会商" in note


def test_spans_point_at_the_title_and_its_points() -> None:
    sheet = read_prose(SECTIONED)
    assert sheet is not None
    first = sheet.rows[0]
    assert SECTIONED[first.span.start : first.span.end] == "加强领导（15分，自评14.5分）"


def test_points_printed_below_the_title_belong_to_it() -> None:
    sheet = read_prose(
        "一、领导体制（4分）\n召开会议6次。\n自评得分：4分\n"
        "二、经费投入（6分）\n个别年份增幅下降，本项自评5.5分。\n"
        "三、教师队伍（5分）\n骨干教师轮岗比例未达20%，扣0.3分；编制到位。\n"
        "四、校园安全（5分）\n按标准每发生1起扣1分，全年无事故。得5分。\n"
    )
    assert sheet is not None
    assert [str(row.self_points) for row in sheet.rows] == ["4", "5.5", "4.7", "5"]
    assert sheet.self_points == Decimal("19.2")


def test_the_rule_of_a_deduction_is_no_deduction() -> None:
    sheet = read_prose(
        "1.入学率（4分）\n每低1个百分点扣0.5分，扣完为止。\n2.巩固率（6分，自评6分）\n达到99.8%。\n3.升学率（2分，自评2分）\n"
    )
    assert sheet is not None
    assert sheet.rows[0].self_points is None


def test_titles_without_sections_keep_their_own_numbers() -> None:
    sheet = read_prose("指标1：党建工作（满分5分，得分4.8分）\n落实。\n指标2：依法治教（满分5分，得分5分）\n落实。\n")
    assert sheet is not None
    assert [(row.id, row.name) for row in sheet.rows] == [("1", "党建工作"), ("2", "依法治教")]


def test_groups_without_points_still_tell_equal_numbers_apart() -> None:
    sheet = read_prose(
        "一、组织领导\n1.机构健全（2分，自评2分）\n2.职责明确（3分，自评3分）\n"
        "二、经费保障\n1.两个只增不减（5分，自评4分）\n2.公用经费（5分，自评5分）\n"
    )
    assert sheet is not None
    assert [row.id for row in sheet.rows] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert sheet.rows[0].full_points is None


def test_a_report_that_mentions_points_prints_no_score_sheet() -> None:
    assert (
        read_prose(
            "一、教育质量\n1.中考成绩。全市中考平均分612分，体育总分60分。\n2.国家监测得分515分，高于全国均值15分。\n"
            "二、满意度\n第三方测评满意度得分92.6分。\n"
        )
        is None
    )


def test_a_scheme_with_full_points_alone_is_no_score_sheet() -> None:
    assert read_prose("一、组织领导（20分）\n1.机构健全（10分）\n2.职责明确（10分）\n") is None


def test_a_text_that_begins_within_a_section_has_no_section_below_an_item() -> None:
    sheet = read_prose(
        "某区履行教育职责自评报告（节选）\n"
        "1.党委统筹（5分，自评5分）。\n"
        "2.思政工作（7分，自评7分）。\n"
        "二、经费投入（38分，自评36.8分）\n"
        "1.只增不减（20分，自评19分）。\n"
        "2.生均公用经费（18分，自评17.8分）。\n"
        "三、教师队伍（12分，自评11分）\n"
        "1.编制管理（12分，自评11分）。\n"
    )
    assert sheet is not None
    levels = [(row.name, row.level) for row in sheet.rows]
    assert levels[1:3] == [("思政工作", 1), ("经费投入", 1)]
    assert levels[3][1] == levels[4][1] == 2


CLASSED = """滨海新城履行教育职责自评赋分情况
A1 教育投入（40分，得38.2分）
教育支出占比逐年提高。
A2 教师队伍（40分，得37.6分）
教师交流有序推进。
B1 学前教育（20分，得18.5分）
公办园占比达到要求。
B2 优质均衡（25分，得22.4分）
七项指标基本达标。
"""


def test_letters_that_name_classes_stand_beside_one_another() -> None:
    """A1 has nothing below it, so B1, which counts anew, is not below A2."""
    sheet = read_prose(CLASSED)
    assert sheet is not None
    assert [(row.level, row.parent, str(row.full_points)) for row in sheet.rows] == [
        (1, None, "40"),
        (1, None, "40"),
        (1, None, "20"),
        (1, None, "25"),
    ]
