"""Every layout is written as Word and as Excel, imported, written out as a pack and loaded again."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from dudao.errors import UnreadableInputError, WrongUseError
from dudao.issues import has_errors
from dudao.pipelines.check_scheme import check_pack
from dudao.pipelines.import_scheme import PackDraft, import_scheme, write_pack
from dudao.scheme.import_table import ImportWishes
from dudao.scheme.model import GovernmentLevel, Scheme
from tests.scheme.layouts import Sheet, write_docx, write_xlsx

Write = Callable[..., Path]
WRITERS = [pytest.param(write_docx, "docx", id="docx"), pytest.param(write_xlsx, "xlsx", id="xlsx")]

HEADER = ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "责任单位"]
ROWS = [
    HEADER,
    ["一、组织领导（20分）", "1.议事机制（12分）", "（1）专题会议", "4", "少一次扣1分，扣完为止。", "教育工委"],
    ["", "", "（2）部门联动", "8", "未建立不得分。", "政府办公室、教育局"],
    ["", "2.学校党建（8分）", "（3）组织设置", "8", "未覆盖扣2分。", "组织部\n教育局"],
    ["二、经费投入（80分）", "3.投入增长", "（4）只增不减", "50", "下降不得分。", "牵头单位：财政局；配合单位：教育局"],
    ["", "", "（5）工资待遇", "30", "低于公务员不得分。", "人力资源和社会保障局"],
    ["合计", "", "", "100", "", ""],
]
MERGES = [(1, 0, 3, 0), (1, 1, 2, 1), (4, 0, 5, 0), (4, 1, 5, 1), (6, 0, 6, 2)]
TITLE = "江南省2024年对设区的市级人民政府履行教育职责评价指标"


def imported(path: Path, **wishes: object) -> PackDraft:
    draft = import_scheme(path, wishes=ImportWishes(**wishes), this_year=2026)  # type: ignore[arg-type]  # test keywords
    folder = path.parent / f"{path.stem}-{path.suffix[1:]}"
    write_pack(draft, folder)
    again = check_pack(folder)
    assert not has_errors(again.issues), again.issues
    assert again.scheme is not None
    assert shape(again.scheme) == shape(draft.scheme)
    return draft


def shape(scheme: Scheme) -> list[tuple[object, ...]]:
    groups = [(group.id, group.name, group.full_points) for group in scheme.groups()]
    return [*groups, *((p.id, p.name, p.full_points, p.lead_department, p.departments) for p in scheme.points())]


def points(draft: PackDraft) -> dict[str, tuple[str, Decimal | None]]:
    return {point.id: (point.name, point.full_points) for point in draft.scheme.points()}


def codes(draft: PackDraft) -> set[str]:
    return {issue.code for issue in draft.issues}


def filled(rows: list[list[str]]) -> list[list[str]]:
    """The same rows with what merged cells say repeated in each row, as an export without merges does."""
    done = [list(row) for row in rows]
    for above, row in pairwise(done[1:-1]):
        for column in (0, 1):
            row[column] = row[column] or above[column]
    return done


THREE_LEVELS = [
    pytest.param(Sheet(ROWS, MERGES, TITLE), id="merged"),
    pytest.param(Sheet(ROWS, (), TITLE), id="blank"),
    pytest.param(Sheet(filled(ROWS), (), TITLE), id="repeated"),
]


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
@pytest.mark.parametrize("sheet", THREE_LEVELS)
def test_three_levels_come_out_the_same_however_first_columns_are_filled(
    tmp_path: Path, write: Write, suffix: str, sheet: Sheet
) -> None:
    draft = imported(write(tmp_path / f"table.{suffix}", sheet))
    assert points(draft) == {
        "1.1.1": ("专题会议", Decimal(4)),
        "1.1.2": ("部门联动", Decimal(8)),
        "1.2.3": ("组织设置", Decimal(8)),
        "2.3.4": ("只增不减", Decimal(50)),
        "2.3.5": ("工资待遇", Decimal(30)),
    }
    assert [(each.id, each.name, each.full_points) for each in draft.scheme.indicators] == [
        ("1", "组织领导", Decimal(20)),
        ("2", "经费投入", Decimal(80)),
    ]
    assert draft.scheme.full_points == 100
    assert draft.scheme.level is GovernmentLevel.CITY
    assert (draft.scheme.year, draft.scheme.region_name, draft.scheme.name) == (2024, "江南省", TITLE)
    leads = {point.id: (point.lead_department, point.departments) for point in draft.scheme.points()}
    assert leads["1.1.2"] == ("政府办公室", ("教育局",))
    assert leads["1.2.3"] == ("组织部", ("教育局",))
    assert leads["2.3.4"] == ("财政局", ("教育局",))
    assert "少一次扣1分" in next(draft.scheme.points()).requirement
    assert codes(draft) == {"import.provisional_id", "import.rules_as_text"}


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_points_inside_names_with_a_header_of_two_rows_and_notes_below(
    tmp_path: Path, write: Write, suffix: str
) -> None:
    rows = [
        ["评价指标", "", "评价内容", "评分标准", "佐证材料", "自评得分"],
        ["一级指标", "二级指标", "", "", "", ""],
        ["党的建设\n（１７分）", "1. 学习情况(4分)", "传达学习", "缺1项扣1分", "1.会议记录；2.文件", "4"],
        ["", "2党建工作（13分）", "履行责任", "", "台账", "12.5"],
        ["教育保障 （83 分）", "3 .经费（53分）", "", "下降扣5分", "", ""],
        ["", "4、待遇（30分）", "", "", "", ""],
        ["总 分", "", "100", "", "", "96"],
        ["注：没有对应学校的，该项按满分计。", "", "", "", "", ""],
    ]
    merges = [(0, 0, 0, 1), (0, 2, 1, 2), (0, 3, 1, 3), (2, 0, 3, 0), (4, 0, 5, 0), (7, 0, 7, 5)]
    path = write(tmp_path / f"table.{suffix}", Sheet(rows, merges, "江北市2023年对县（市、区）人民政府评价细则"))
    draft = imported(path)
    assert points(draft) == {
        "1.1": ("学习情况", Decimal(4)),
        "1.2": ("党建工作", Decimal(13)),
        "2.3": ("经费", Decimal(53)),
        "2.4": ("待遇", Decimal(30)),
    }
    assert [each.full_points for each in draft.scheme.indicators] == [17, 83]
    first = next(draft.scheme.points())
    assert [asked.name for asked in first.evidence] == ["会议记录", "文件"]
    assert first.requirement == "传达学习\n评分标准：缺1项扣1分"
    assert draft.scheme.level is GovernmentLevel.COUNTY
    assert draft.scheme.notes == ("注：没有对应学校的，该项按满分计。",)


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_a_title_divided_into_name_and_weight_and_a_note_on_grades(tmp_path: Path, write: Write, suffix: str) -> None:
    """名称 is no title that names a column by itself: what makes it one is the wide 评价维度 above it."""
    rows = [
        ["评价维度", "", "序号", "评价指标", "计分办法", "分值", "责任单位"],
        ["名称", "权重", "", "", "", "", ""],
        ["一、经费保障", "60", "1", "支出增长", "下降不得分", "40", "县财政局"],
        ["", "", "2", "学生资助", "每低1个百分点扣0.2分", "20", "县教育局"],
        ["二、群众满意", "40", "3", "社会满意度", "不低于85%", "40", "县政府办"],
        ["合计", "100", "", "", "", "100", ""],
        ["注：得分90分及以上为优秀，弄虚作假的定为不合格等次。", "", "", "", "", "", ""],
    ]
    down = [(0, column, 1, column) for column in range(2, 7)]
    merges = [(0, 0, 0, 1), *down, (2, 0, 3, 0), (2, 1, 3, 1), (6, 0, 6, 6)]
    draft = imported(write(tmp_path / f"table.{suffix}", Sheet(rows, merges, "南江市2024年对县（市、区）人民政府评价")))
    assert [(each.name, each.full_points) for each in draft.scheme.indicators] == [
        ("经费保障", Decimal(60)),
        ("群众满意", Decimal(40)),
    ]
    assert list(points(draft).values()) == [
        ("支出增长", Decimal(40)),
        ("学生资助", Decimal(20)),
        ("社会满意度", Decimal(40)),
    ]
    assert "import.condition" in codes(draft)


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_tables_continue_over_pages_with_and_without_repeated_header(tmp_path: Path, write: Write, suffix: str) -> None:
    header = ["一级指标", "二级指标", "分值", "评分标准"]
    sheets = (
        Sheet([header, ["一、领导", "1.机构", "5", "甲"], ["", "2.会议", "5", "乙"]], (), "江北市2025年县区政府评价"),
        Sheet([header, ["", "3.考核", "5", "丙"], ["二、保障", "4.经费", "80", "丁"]]),
        Sheet([["", "5.工资", "5", "戊"], ["加分项", "经验推广", "5", "每项1分"], ["合计", "", "100", ""]]),
    )
    draft = imported(write(tmp_path / f"table.{suffix}", *sheets))
    assert list(points(draft)) == ["1.1", "1.2", "1.3", "2.4", "2.5", "3.1"]
    assert draft.scheme.full_points == 100
    assert [point.name for point in draft.scheme.points() if point.bonus] == ["经验推广"]


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_points_beside_each_level_belong_to_that_level(tmp_path: Path, write: Write, suffix: str) -> None:
    rows = [
        ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评分办法"],
        ["A1 党建", "20", "B1 组织", "12", "C1 会议", "4", "甲"],
        ["", "", "", "", "C2 学习", "8", "乙"],
        ["", "", "B2 队伍", "8", "C3 班子", "8", "丙"],
        ["A2 保障", "80", "B3 经费", "80", "C4 投入", "50", "丁"],
        ["", "", "", "", "C5 工资", "30", "戊"],
    ]
    merges = [(1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 2, 2), (1, 3, 2, 3), (4, 0, 5, 0), (4, 1, 5, 1), (4, 2, 5, 2)]
    draft = imported(write(tmp_path / f"2024年市级政府评价.{suffix}", Sheet(rows, merges)))
    groups = {group.id: group.full_points for group in draft.scheme.groups()}
    assert groups == {"A1": 20, "B1": 12, "B2": 8, "A2": 80, "B3": 80}
    assert list(points(draft)) == ["C1", "C2", "C3", "C4", "C5"]


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_headings_over_the_whole_width_are_the_first_level(tmp_path: Path, write: Write, suffix: str) -> None:
    rows = [
        ["评价内容", "分值", "评分细则", "责任单位"],
        ["一、组织领导（10分）", "", "", ""],
        ["1.会议", "4", "少一次扣1分", "教育局"],
        ["2.机构", "6", "", ""],
        ["二、经费（90分）", "", "", ""],
        ["3.投入", "50", "", "财政局"],
        ["4.工资", "40", "", "人社局"],
        ["合计", "100", "", ""],
    ]
    sheet = Sheet(rows, [(1, 0, 1, 3), (4, 0, 4, 3)], "江南省2022年对市州政府评价")
    draft = imported(write(tmp_path / f"table.{suffix}", sheet))
    assert {each.name: each.full_points for each in draft.scheme.indicators} == {"组织领导": 10, "经费": 90}
    assert list(points(draft)) == ["1.1", "1.2", "2.3", "2.4"]


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_points_merged_over_several_contents_make_one_point(tmp_path: Path, write: Write, suffix: str) -> None:
    rows = [
        ["一级指标", "二级指标", "评价要点", "分值"],
        ["党建", "会议", "每年两次", "10"],
        ["", "", "纪要齐全", ""],
        ["", "学习", "开展学习", "10"],
        ["保障", "投入", "只增不减", "80"],
        ["", "", "按时拨付", ""],
    ]
    merges = [(1, 0, 3, 0), (1, 1, 2, 1), (1, 3, 2, 3), (4, 0, 5, 0), (4, 1, 5, 1), (4, 3, 5, 3)]
    draft = imported(write(tmp_path / f"table.{suffix}", Sheet(rows, merges, "江南省2022年市级评价")))
    assert points(draft) == {
        "1.1": ("会议", Decimal(10)),
        "1.2": ("学习", Decimal(10)),
        "2.1": ("投入", Decimal(80)),
    }
    assert next(draft.scheme.points()).requirement == "每年两次\n纪要齐全"


@pytest.mark.parametrize(("write", "suffix"), WRITERS)
def test_an_item_may_be_a_point_at_any_level(tmp_path: Path, write: Write, suffix: str) -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "分值"],
        ["党建与法治", "1.领导情况", "（1）会议", "3"],
        ["", "", "（2）机构", "2"],
        ["", "2.师德师风（6分）", "", "6"],
        ["保障", "3.经费", "（1）投入", "80"],
        ["", "4.均衡（9分）", "", "9"],
    ]
    merges = [(1, 0, 3, 0), (1, 1, 2, 1), (3, 1, 3, 2), (4, 0, 5, 0), (5, 1, 5, 2)]
    draft = imported(write(tmp_path / f"table.{suffix}", Sheet(rows, merges, "江北市2023年县区评价")))
    assert list(points(draft)) == ["1.1.1", "1.1.2", "1.2", "2.3.1", "2.4"]


def test_what_does_not_add_up_is_told_and_left_to_a_person(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "分值"],
        ["党建（20分）", "会议", "5"],
        ["", "机构", "10"],
        ["保障（80分）", "投入", "80"],
        ["合计", "", "100"],
    ]
    draft = imported(write_docx(tmp_path / "table.docx", Sheet(rows, (), "江南省2023年市级评价")))
    assert {"import.points_do_not_add_up", "import.total_does_not_add_up"} <= codes(draft)
    message = next(issue.message for issue in draft.issues if issue.code == "import.points_do_not_add_up")
    assert message == "“党建”印的是20分，下面各项加起来是15分。"


def test_missing_points_make_an_unscored_draft_and_are_named(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "分值"],
        ["党建", "会议", "5"],
        ["", "机构", "酌情"],
        ["保障", "投入", "80"],
    ]
    draft = imported(write_xlsx(tmp_path / "table.xlsx", Sheet(rows, (), "江南省2023年市级评价")))
    assert not draft.scheme.scored
    assert {"import.points_unreadable", "import.points_missing"} <= codes(draft)


def test_the_only_missing_points_are_inferred_from_the_parent(tmp_path: Path) -> None:
    rows = [["一级指标", "二级指标", "分值"], ["党建（20分）", "会议", "5"], ["", "机构", ""], ["保障", "投入", "80"]]
    draft = imported(write_xlsx(tmp_path / "table.xlsx", Sheet(rows, (), "江南省2023年市级评价")))
    assert points(draft)["1.2"] == ("机构", Decimal(15))
    assert "import.points_inferred" in codes(draft)


def test_a_veto_is_no_point(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "分值"],
        ["保障", "投入", "100"],
        ["否决项", "发生重大安全事故的", "一票否决"],
    ]
    draft = imported(write_docx(tmp_path / "table.docx", Sheet(rows, (), "江南省2023年市级评价")))
    assert list(points(draft)) == ["1.1"]
    assert draft.scheme.notes == ("否决项：发生重大安全事故的",)
    assert "import.condition" in codes(draft)


def test_grades_and_vetoes_below_the_table_are_told_and_kept(tmp_path: Path) -> None:
    """They stand in plain paragraphs as often as in the last row, and decide the result either way."""
    rows = [["一级指标", "二级指标", "分值"], ["保障", "投入", "100"]]
    note = "注：1.评价中弄虚作假的，实行一票否决。2.90分及以上为优秀，60分以下为不合格。"
    path = write_docx(tmp_path / "table.docx", Sheet(rows, (), "江南省2023年市级评价"))
    written = docx.Document(str(path))
    written.add_paragraph(note)
    written.add_paragraph("请于5月底前报送。")
    written.save(str(path))
    draft = imported(path)
    assert draft.scheme.notes == (note,)
    (told,) = [issue for issue in draft.issues if issue.code == "import.condition"]
    assert "一票否决" in told.message


def test_a_list_of_duties_behind_the_indicators_is_left_out(tmp_path: Path) -> None:
    duties = Sheet([["工作任务", "责任单位", "完成时限"], ["撰写报告", "教育局", "5月"], ["汇总数据", "财政局", "4月"]])
    contacts = Sheet([["姓名", "电话"], ["联系人", "1"]])
    path = write_docx(tmp_path / "table.docx", contacts, Sheet(ROWS, MERGES, TITLE), duties)
    draft = imported(path)
    assert len(points(draft)) == 5
    assert draft.scheme.full_points == 100
    assert "import.table_left_out" in codes(draft)


def test_signatures_below_the_table_are_no_indicators(tmp_path: Path) -> None:
    rows = [*ROWS, ["填报人：", "", "", "", "", ""], ["审核单位（盖章）", "", "", "", "", ""]]
    draft = imported(write_xlsx(tmp_path / "table.xlsx", Sheet(rows, MERGES, TITLE)))
    assert len(draft.scheme.indicators) == 2
    assert draft.scheme.full_points == 100
    assert draft.scheme.notes == ("填报人", "审核单位（盖章）")


def test_what_the_person_knows_better_is_taken(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "table.docx", Sheet(ROWS, MERGES, TITLE))
    draft = imported(path, id="jiangnan-city-2025", region="jiangnan", year=2025, name="江南省方案")
    assert (draft.scheme.id, draft.scheme.year, draft.scheme.name) == ("jiangnan-city-2025", 2025, "江南省方案")
    assert "import.provisional_id" not in codes(draft)


def test_a_file_without_such_a_table_is_refused(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "table.docx", Sheet([["姓名", "电话"], ["甲", "1"]], (), "通讯录"))
    with pytest.raises(UnreadableInputError, match="没有找到指标表"):
        import_scheme(path, wishes=ImportWishes(), this_year=2026)


def test_a_folder_that_holds_something_is_never_written_into(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "table.docx", Sheet(ROWS, MERGES, TITLE))
    draft = import_scheme(path, wishes=ImportWishes(), this_year=2026)
    with pytest.raises(WrongUseError, match="不是空文件夹"):
        write_pack(draft, tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["table.docx"]


@pytest.mark.parametrize("merged", [((1, 0, 2, 0),), ()], ids=["merged", "blank"])
def test_contents_on_the_left_of_the_indicators_group_them(
    tmp_path: Path, merged: tuple[tuple[int, int, int, int], ...]
) -> None:
    rows = [
        ["评价内容", "评价指标", "指标说明", "分值", "计分方法"],
        ["保障", "经费", "财政教育投入占比", "10", "达到得满分"],
        ["", "教师", "教师工资不低于公务员", "40", "达到得满分"],
        ["质量", "巩固", "巩固率95%以上", "50", "每低1个百分点扣2分"],
        ["合计", "", "", "100", ""],
    ]
    draft = imported(write_xlsx(tmp_path / "table.xlsx", Sheet(rows, merged, TITLE)))
    assert [(group.name, [item.name for item in group.children]) for group in draft.scheme.indicators] == [
        ("保障", ["经费", "教师"]),
        ("质量", ["巩固"]),
    ]
    assert "财政教育投入占比" in next(draft.scheme.points()).requirement
