"""What is said of all and gainsaid of a few in clauses that share their nouns only; figures that plans refer to."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

TITLE = "青禾县2023年履行教育职责自评报告\n一、主要成效\n"
BETWEEN = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n"
PROBLEMS = f"{BETWEEN}二、存在问题\n"
PLANS = f"{BETWEEN}三、2024年工作打算\n"


def codes(text: str) -> list[str]:
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


@pytest.mark.parametrize(
    ("all_do", "some_do_not"),
    [
        ("全县幼儿园教职工全员参加社会保险。", "部分民办园未为教职工购买社会保险。"),
        ("17所幼儿园均纳入普惠性管理。", "2所民办幼儿园未纳入普惠性管理。"),
        ("全县中小学全部配备专职党支部书记。", "2所小学支部书记由校长兼任，未配备专职党支部书记。"),
        ("全县已无无证培训机构。", "2家无证培训机构死灰复燃。"),
        ("随迁子女全部安排在公办学校就读。", "随迁子女中有37人在民办学校就读。"),
        ("所有学校食堂实行自主经营。", "9所学校食堂仍由企业承包经营。"),
    ],
)
def test_what_all_do_is_gainsaid_in_other_words(all_do: str, some_do_not: str) -> None:
    assert codes(f"{TITLE}{all_do}{PROBLEMS}{some_do_not}") == ["results_against_problems"]


@pytest.mark.parametrize(
    ("said", "admitted"),
    [
        ("留守儿童7815名全部建档。", "7815名留守儿童亲情缺失问题突出。"),
        ("食堂从业人员7316人全部持有健康证明。", "有43名食堂从业人员培训记录不全。"),
        ("综合达标学校58所。", "4所未综合达标学校中，小学2所。"),
        ("小区配套幼儿园治理任务全面完成。", "仍有2所小区配套幼儿园移交后未办理不动产登记。"),
        ("关停无证机构19家。", "关停的19家无证机构个别有反弹苗头。"),
    ],
)
def test_what_is_admitted_of_something_else_is_left_alone(said: str, admitted: str) -> None:
    assert codes(f"{TITLE}{said}{PROBLEMS}{admitted}") == []


@pytest.mark.parametrize(
    ("said", "other", "same"),
    [
        (
            "九年义务教育巩固率98.16%，高中阶段毛入学率91.7%。",
            "将九年义务教育巩固率稳定在98.16%以上，高中阶段毛入学率由90.7%提高到93%。",
            "将九年义务教育巩固率稳定在98.16%以上，高中阶段毛入学率由91.7%提高到93%。",
        ),
        ("市领导联系学校46所。", "完善市领导联系64所学校的制度。", "完善市领导联系46所学校的制度。"),
        ("建成教师周转宿舍184套，在建62套。", "周转宿舍在建的82套交付使用。", "周转宿舍在建的62套交付使用。"),
    ],
)
def test_a_plan_for_the_next_year_begins_with_what_there_is(said: str, other: str, same: str) -> None:
    assert len(codes(f"{TITLE}{said}{PLANS}{other}")) == 1
    assert codes(f"{TITLE}{said}{PLANS}{same}") == []


def test_what_was_given_up_beside_it_is_not_said_of_a_figure() -> None:
    said = f"{TITLE}撤并小规模学校14所，新增学位12140个。{PROBLEMS}"
    assert len(codes(f"{said}虽然新增学位11240个，城区学位仍然紧张。")) == 1
    assert codes(f"{said}虽然新增学位12140个，城区学位仍然紧张。") == []
