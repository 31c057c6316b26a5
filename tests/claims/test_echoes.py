"""One thing told twice in different words: a figure miswritten is found, figures of two things are left in peace."""

import pytest

from dudao.claims.contradictions.reading import read_text
from dudao.claims.contradictions.registry import contradictions_of

REPORT = """明川县人民政府关于2022年履行教育职责的自评报告
一、基本情况
{first}
二、主要成效
（一）持续用力，改善条件。{second}
三、存在问题
{problem}
四、下一步打算
{plan}
"""


def codes(first: str, second: str, problem: str = "师资结构有待优化。", plan: str = "继续努力。") -> list[str]:
    text = REPORT.format(first=first, second=second, problem=problem, plan=plan)
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(read_text(text))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "全县随迁子女11423人，其中10703人在公办学校就读，占93.7%。",
            "关爱体系健全，随迁子女在公办学校就读比例97.3%。",
        ),
        (
            "交流轮岗教师412人，占符合交流条件教师的18.3%。",
            "按年度交流轮岗教师比例达到符合交流条件教师总数的13.8%。",
        ),
        (
            "全年新建学校41所，完成投资12.6亿元，新增学位2.85万个。",
            "41个学校建设项目如期竣工，累计完成投资16.2亿元，新增学位2.85万个。",
        ),
        ("投入1286万元，新建校舍3.24万平方米。", "投入1286万元，校舍面积增加了，新增校舍2.34万平方米。"),
        ("全县义务教育学校教职工编制4106名。", "教职工编制总数达到4160名。"),
    ],
)
def test_a_figure_miswritten_in_other_words_is_found(first: str, second: str) -> None:
    assert codes(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2021年，全县随迁子女在公办学校就读比例97.3%。", "2022年，随迁子女在公办学校就读比例93.7%。"),
        ("小学生均校舍面积7.93平方米。", "初中生均校舍面积9.73平方米。"),
        ("全县招聘教师1864人。", "全县培训教师1846人。"),
        ("城区学校交流轮岗教师412人。", "乡村学校交流轮岗教师421人。"),
        ("第三小学新增学位1620个。", "第六小学新增学位2160个。"),
        ("年初计划完成投资12.6亿元。", "实际完成投资16.2亿元。"),
        ("全县公办学校就读随迁子女（不含政府购买学位）比例92.45%。", "随迁子女公办学校就读比例95.42%。"),
        ("在园幼儿16284人。", "3—6岁适龄幼儿16842人，在园幼儿16284人。"),
        ("学前三年毛入园率约93.6%。", "学前教育三年毛入园率96.3%左右。"),
    ],
)
def test_figures_of_two_things_are_left_in_peace(first: str, second: str) -> None:
    assert codes(first, second) == []


def test_what_two_places_confirm_is_no_slip() -> None:
    first = "补充教师213人。县域内补充教师213人。"
    assert codes(first, "公开招聘教师231人。") == ["echo"]
    assert codes(first, "公开招聘教师231人。全年公开招聘教师231人。") == []


def test_a_plan_begins_with_what_is() -> None:
    told = "小学专任教师中本科以上学历的占76.2%。"
    assert codes(told, "成效明显。", plan="小学本科以上学历专任教师占比由67.2%提高到80%。") == ["echo"]
    assert codes(told, "成效明显。", plan="小学本科以上学历专任教师占比由76.2%提高到80%。") == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("全县教师全员培训率达100%。", "乡村小学教师全员培训率仅83.2%。"),
        ("每名责任督学联系学校不超过5所。", "个别责任督学联系学校达到8所。"),
        (
            "所有学校每百名学生拥有网络多媒体教室均达到2.3间以上。",
            "4所学校每百名学生拥有网络多媒体教室不足2.3间。",
        ),
    ],
)
def test_a_part_beyond_what_is_said_of_all_is_found(said: str, problem: str) -> None:
    assert codes("教育事业平稳发展。", said, problem) == ["beyond_bound"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("全县教师全员培训率达100%。", "民办幼儿园教师全员培训率仅83.2%。"),
        ("全县教师全员培训率达100%。", "2020年乡村教师全员培训率仅83.2%。"),
        ("力争教师全员培训率达100%。", "乡村小学教师全员培训率仅83.2%。"),
        ("每名责任督学联系学校不超过5所。", "个别责任督学联系学校只有3所。"),
        ("每名责任督学联系学校不超过5所。", "责任督学随访学校达到8所。"),
        ("所有学校每百名学生拥有网络多媒体教室均达到2.3间以上。", "每百名学生拥有网络多媒体教室仅比省均多0.3间。"),
        ("所有学校每百名学生拥有网络多媒体教室均达到2.3间以上。", "每百名学生拥有计算机不足2.1台。"),
    ],
)
def test_other_schools_years_and_words_pass_no_bound(said: str, problem: str) -> None:
    assert codes("教育事业平稳发展。", said, problem) == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("全县幼儿园无“小学化”现象。", "督查发现5所幼儿园仍存在“小学化”倾向。"),
        ("公办园在编教师与非在编教师同工同酬。", "部分公办园非在编教师工资低，未做到同工同酬。"),
        ("所有学校食堂均实现明厨亮灶。", "2所学校食堂未实现明厨亮灶。"),
        ("责任督学挂牌督导覆盖全县所有中小学、幼儿园。", "仍有14所幼儿园未实行责任督学挂牌督导。"),
        ("全县中小学互联网接入率100%。", "7个教学点尚未接入互联网。"),
        ("城镇小区配套幼儿园23所，均已完成移交。", "2个住宅小区的配套幼儿园因产权纠纷未移交。"),
        ("全县教师持证上岗率100%。", "42名教师未取得教师资格证，处于无证上岗状态。"),
        ("所有班级学生数均控制在标准以内。", "目前仍有37个班级超过标准班额。"),
        ("56人以上大班额全部消除。", "城关初中仍有7个班学生超过55人。"),
        ("义务教育学校大班额由312个减少到0个。", "全县还有26个班级人数超过55人。"),
        ("全县幼儿园专任教师持证率100%。", "6所园的17名教师正在考取幼儿园教师资格证。"),
        ("教育费附加3.12亿元全部用于教育。", "青石县将教育费附加640万元用于市政道路维修。"),
        ("排查隐患482处，全部完成整改。", "排查出的482处隐患中，尚有37处未完成整改。"),
        ("七项指标达标学校比例为100%。", "湖东中学生均体育运动场馆面积只有9.1平方米，达不到国家规定。"),
        ("校舍维修项目按期完工率100%。", "教学楼维修等3个项目超过合同工期仍未完工。"),
        ("食堂从业人员7316人全部持有健康证明。", "抽查发现，有43名食堂从业人员健康证明缺失或过期。"),
        ("脱贫家庭义务教育阶段学生失学辍学人数为0。", "台账显示，有4名脱贫家庭学生辍学在外务工。"),
    ],
)
def test_what_is_denied_in_the_same_words_is_found(said: str, problem: str) -> None:
    assert codes("教育事业平稳发展。", said, problem)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("全县幼儿园无“小学化”现象。", "“小学化”整治需要持续用力。"),
        ("推动在编与非在编教师同工同酬。", "部分园未做到同工同酬。"),
        ("所有学校食堂均实现明厨亮灶。", "2所校外托管机构食堂未实现明厨亮灶。"),
        ("城镇小区配套幼儿园23所，均已完成移交。", "在建的2所小区配套幼儿园尚未移交。"),
        ("城镇小区配套幼儿园23所，均已完成移交。", "2020年摸底时有4所小区配套幼儿园未移交。"),
        ("全县中小学互联网接入率100%。", "56个村级幼教点尚未接入互联网。"),
        ("未发生重特大校园安全事故。", "校园安全事件时有发生。"),
        ("全面消除大班额。", "2021年尚有37个大班额，现已全部消除。"),
        ("56人以上大班额全部消除。", "县第一高级中学有5个班学生超过55人。"),
        ("21所中职学校办学条件达标率为100%。", "仍有5所中职学校未建成省级高水平专业群。"),
        ("教育费附加全部用于教育。", "个别县教育费附加拨付滞后。"),
    ],
)
def test_what_is_not_the_same_or_is_over_is_left_in_peace(said: str, problem: str) -> None:
    assert codes("教育事业平稳发展。", said, problem) == []


def test_a_heading_without_a_number_opens_its_chapter() -> None:
    text = (
        "明川县人民政府2022年履行教育职责自评报告\n全县教师全员培训率达100%。\n"
        "主要问题和扣分原因\n乡村小学教师全员培训率仅83.2%。\n"
    )
    assert [finding.code for finding in contradictions_of(read_text(text))] == ["claims.contradiction.beyond_bound"]
