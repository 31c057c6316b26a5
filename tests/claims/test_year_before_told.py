"""What is told of the year before, of dates, and of two digits in another chapter, is held against what was said."""

import pytest

from dudao.claims.contradictions.reading import read_text
from dudao.claims.contradictions.registry import contradictions_of

REPORT = """明川县人民政府关于2024年履行教育职责的自评报告
一、主要成效
{first}
二、整改情况
1.师资配备问题。经过补充，各校师资有所改善。
三、存在问题
{second}
四、下一步打算
继续努力。
"""


def codes(first: str, second: str) -> list[str]:
    text = REPORT.format(first=first, second=second)
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(read_text(text))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "2024年全县一般公共预算教育支出11.83亿元，比上年增加0.46亿元。",
            "全县一般公共预算教育支出由上年的10.97亿元增加到11.83亿元，增速不快。",
        ),
        (
            "2024年全县财政性教育经费8.94亿元，比上年增长5.2%。",
            "2023年全县财政性教育经费为8.26亿元，增加以后仍感不足。",
        ),
        (
            "2024年全县小学生均公用经费支出1120元，较上年增长7.0%。",
            "2023年全县小学生均公用经费支出为1074元，今后增长难度加大。",
        ),
    ],
)
def test_a_value_of_the_year_before_that_the_growth_does_not_leave(first: str, second: str) -> None:
    assert "year_before" in codes(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "2024年全县一般公共预算教育支出11.83亿元，比上年增加0.46亿元。",
            "全县一般公共预算教育支出由上年的11.37亿元增加到11.83亿元，增速不快。",
        ),
        (
            "2024年全县财政性教育经费8.94亿元，比上年增长5.2%。",
            "2023年全县财政性教育经费为8.50亿元，增加以后仍感不足。",
        ),
        (
            "2024年全县财政性教育经费8.94亿元，比上年增长5.2%。",
            "2022年全县财政性教育经费为8.11亿元，增加以后仍感不足。",
        ),
    ],
)
def test_a_value_of_the_year_before_that_agrees(first: str, second: str) -> None:
    assert codes(first, second) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("选派27名骨干教师到海岛学校支教。", "到海岛支教的骨干教师只有22人。"),
        ("依法关停违规培训机构37家。", "虽已关停的73家机构无一反弹，监管仍需加强。"),
        ("60所学校实现课后服务全覆盖，家长满意。", "60所学校中只有52所提供课后服务，内容单一。"),
        ("实施寄宿条件改善工程，宿舍床位增加2180张。", "宿舍新增的2810张床位仍难以满足寄宿需要。"),
        ("争取上级专项资金7840万元，用于学校建设。", "用好8740万元上级专项。"),
        ("教师县管校聘改革于6月30日完成。", "县管校聘改革于7月25日完成，教师全部重新竞聘。"),
    ],
)
def test_little_figures_and_days_are_held_against_each_other(first: str, second: str) -> None:
    assert len(codes(first, second)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("选派27名骨干教师到海岛学校支教。", "到县城跟岗的青年教师只有22人。"),
        ("依法关停违规培训机构37家。", "全县现有培训机构73家，监管力量不足。"),
        ("改善寄宿条件，床位比上年增加2180张。", "寄宿学校现有床位2810张，难以满足需要。"),
        ("选派27名骨干教师到海岛学校支教。", "上年到海岛支教的骨干教师只有22人。"),
        ("教师县管校聘改革于6月30日完成。", "学校布局调整规划于7月25日完成，进度偏慢。"),
    ],
)
def test_other_things_are_left_in_peace(first: str, second: str) -> None:
    assert codes(first, second) == []
