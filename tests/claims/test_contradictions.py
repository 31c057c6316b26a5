"""What cannot both be true is shown; what only looks alike is left in peace."""

import pytest

from dudao.claims.contradictions.reading import read_text
from dudao.claims.contradictions.registry import contradictions_of
from dudao.claims.model import Finding
from dudao.issues import Level


def found(text: str) -> list[Finding]:
    return contradictions_of(read_text(text))


def kinds(text: str) -> list[str]:
    return [finding.code.rsplit(".", 1)[-1] for finding in found(text)]


REPORT = """明川县人民政府关于2022年履行教育职责的自评报告
一、工作成效
（一）{first}
（二）{second}
二、存在问题
{problem}
三、下一步打算
{plan}
"""


def report(
    first: str = "持续推进。", second: str = "成效明显。", problem: str = "师资结构有待优化。", plan: str = "继续努力。"
) -> str:
    return REPORT.format(first=first, second=second, problem=problem, plan=plan)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022年全县普惠率达到86.5%。", "2022年，普惠率为84.2%。"),
        ("2022年全县共有义务教育学校273所。", "2022年，全县义务教育学校275所，布局合理。"),
        ("2022年一般公共预算教育支出44.42亿元。", "2022年全县一般公共预算教育支出达到45.1亿元。"),
        ("截至2022年底，全县在园幼儿总数5232人。", "截至2022年底，在园幼儿总数共5432人。"),
        ("2022年新增公办园4所，全县普惠率达到91.2%。", "全县普惠率为92.1%。"),
        ("全县义务教育阶段专任教师总数1200人。", "全县义务教育阶段专任教师总数1250人，结构合理。"),
    ],
)
def test_two_values_of_one_measure_are_found(first: str, second: str) -> None:
    (finding,) = found(report(first, second))
    assert finding.code == "claims.contradiction.same_measure"
    assert finding.related
    assert finding.level in (Level.ERROR, Level.WARNING)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022年全县普惠率达到86.5%。", "2021年普惠率为84.2%。"),
        ("2022年全县普惠率达到86.5%。", "2022年全市普惠率平均为84.2%。"),
        ("2022年全县普惠率达到86.5%。", "2022年，城关镇普惠率为94.2%。"),
        ("2022年全县普惠率达到86.5%。", "力争2022年普惠率达到90%。"),
        ("2022年全县普惠率达到86.5%。", "2022年普惠率达87%。"),
        ("2022年投入教育经费约44亿元。", "2022年一般公共预算教育支出44.42亿元。"),
        ("全县共有小学57所。", "存在大校额的小学5所。"),
        ("2022年全县幼儿园43所，其中公办园10所。", "2022年新建公办园3所。"),
        ("2022年召开专题会议12次。", "2022年召开专题会议3次研究校园安全。"),
        ("2022年培训教师300人次。", "2022年培训教师500人次。"),
        ("义务教育学校273所。", "中小学校、幼儿园共738所。"),
        ("2022年小学专任教师800人。", "2022年初中专任教师600人。"),
        ("2022年公办幼儿园在园幼儿2616人。", "2022年民办幼儿园在园幼儿2700人。"),
        ("2022年6月底普惠率为85%。", "2022年12月底普惠率为86%。"),
        ("2022年全县普惠率86.5%，比上年提高2.3个百分点。", "2021年底普惠率84.2%。"),
        ("2022年教育支出44.42亿元。", "2022年教育支出预算数为43亿元。"),
        ("2022年全县幼儿园超过40所。", "2022年全县幼儿园43所。"),
        ("2019年在园幼儿38462人。", "2019年普惠性幼儿园151所，在园幼儿35608人。"),
        ("学生质量监测2020年以来逐年向好。", "八年级中等以上比例79.9%，较2020年的75.4%提高4.5个百分点。"),
    ],
)
def test_true_figures_that_differ_raise_no_alarm(first: str, second: str) -> None:
    assert found(report(first, second)) == []


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        ("一般公共预算教育支出逐年只增不减。", "一般公共预算教育支出比上年下降12.4%。"),
        ("一般公共预算教育支出逐年只增不减。", "望海县2022年一般公共预算教育支出14.36亿元，比上年减少0.27亿元。"),
        ("教育投入稳步增加。", "明川县2022年一般公共预算教育支出14.36亿元，比上年减少0.27亿元。"),
        ("全县无大班额。", "个别学校大班额问题仍然突出。"),
        ("全年未发生安全责任事故。", "发生了1起校园安全事故。"),
        ("生均公用经费全部达标。", "部分学校生均公用经费未达到标准。"),
        ("不存在拖欠教师工资。", "个别乡镇存在拖欠教师工资现象。"),
    ],
)
def test_results_that_problems_deny_are_found(result: str, problem: str) -> None:
    (finding,) = found(report(result, problem=problem))
    assert finding.code == "claims.contradiction.results_against_problems"
    assert finding.level is Level.WARNING


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        ("5个县区生均公用经费全部达到或超过省定标准。", "信息化建设滞后，412所学校中仍有63所未达到省定标准。"),
        ("逐步化解大班额。", "大班额问题仍然存在。"),
        ("教育支出稳步增长。", "学前教育投入仍然不足。"),
        ("开展有偿补课专项治理。", "有偿补课尚未杜绝。"),
        ("全县无大班额。", "师资结构性缺编问题突出。"),
        ("体质健康优良率为46.8%。", "体质健康优良率没有达标。"),
        ("小学无大班额。", "初中大班额仍较突出。"),
        ("全县基本无大班额。", "个别学校大班额问题仍然突出。"),
        ("2022年未发生安全责任事故。", "3.安全事故防范意识有待加强。"),
        ("全县无大班额。", "大班额化解成果需要巩固，存在反弹压力。"),
        ("一般公共预算教育支出逐年只增不减。", "教育投入不足，部分学校生源减少。"),
        ("一般公共预算教育支出逐年只增不减。", "教育支出占财政支出的比例下降0.3个百分点。"),
        ("全市教育投入稳步增加。", "望海县2022年一般公共预算教育支出14.36亿元，比上年减少0.27亿元。"),
        ("综合差异系数全部达标。", "对照优质均衡标准，差异系数未达到要求。"),
        ("2022年未发生学生欺凌。", "2021年发生1起学生欺凌事件。"),
        ("未发生师德师风问题。", "师德师风建设机制还需健全。"),
        ("全县58所学校中，七项指标全部达标的36所。", "仍有22所学校七项指标未全部达标。"),
    ],
)
def test_results_and_problems_that_agree_raise_no_alarm(result: str, problem: str) -> None:
    assert found(report(result, problem=problem)) == []


def test_full_coverage_with_an_exception_elsewhere_is_found() -> None:
    text = report("校园视频监控实现全覆盖。", "督查发现城关小学校园视频监控未覆盖操场北侧。")
    assert kinds(text) == ["coverage_with_exception"]


def test_an_exception_that_was_mended_is_none() -> None:
    assert kinds(report("校园视频监控实现全覆盖。", "督查发现城关小学校园视频监控未覆盖操场北侧，已整改。")) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("校园视频监控实现全覆盖。", "部分学校尚未配备心理健康教师。"),
        ("力争校园视频监控实现全覆盖。", "城关小学校园视频监控未覆盖操场。"),
        ("课后服务实现全覆盖。", "食堂尚未建成。"),
    ],
)
def test_coverage_of_other_things_raises_no_alarm(first: str, second: str) -> None:
    assert found(report(first, second)) == []


def test_a_base_that_does_not_fit_the_number_of_schools_is_noted() -> None:
    text = report("全县738所中小学校、幼儿园督导全覆盖。", "创建平安校园273所，覆盖率98.9%。")
    (finding,) = found(text)
    assert (finding.code, finding.level) == ("claims.contradiction.changing_base", Level.NOTE)
    assert "276" in finding.message


def test_a_base_that_its_own_sentence_tells_is_no_other() -> None:
    first = "全县共有学校246所，其中幼儿园138所。"
    second = "全县义务教育学校104所，达到七项指标的学校87所，达标率83.7%。"
    assert found(report(first, second)) == []
    behind = "组建教联体31个，覆盖义务教育学校87所，覆盖率83.7%，尚有17所未纳入（全县义务教育学校104所）。"
    assert found(report(first, behind)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全县共有义务教育学校93所。", "全县义务教育学校达标91所，达标率94.8%。"),
        ("全市8县市均通过验收。", "全市9县市全部出台办法。"),
    ],
)
def test_a_base_that_changes_is_found(first: str, second: str) -> None:
    assert kinds(report(first, second)) == ["changing_base"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全县共有义务教育学校96所。", "全县义务教育学校达标91所，达标率94.8%。"),
        ("全市8县市均通过验收。", "全市3县市获得表彰。"),
        ("全市8县市均通过验收。", "全市5个县全部出台办法。"),
    ],
)
def test_a_base_of_another_kind_is_left_alone(first: str, second: str) -> None:
    assert found(report(first, second)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("对照评价细则，我县自评总分为98.6分。", "综上，我县自评得分为96.8分。"),
        ("小学专任教师中，具有本科学历的占84.7%。", "小学专任教师本科学历比例达到87.4%。"),
        ("教育支出24.57亿元，占一般公共预算支出的19.84%。", "教育支出占一般公共预算支出的比重为18.94%。"),
        ("全县核定中小学教师编制18264名。", "全县中小学教师编制核定数为18624名。"),
        ("全县现有专任教师2143人，其中小学1254人、初中689人。", "全县初中专任教师698人。"),
        ("全县156所中小学校均建有食堂。", "全县165所中小学校中，已建食堂的占多数。"),
    ],
)
def test_one_measure_in_other_words_is_found(first: str, second: str) -> None:
    assert kinds(report(first, second)) == ["same_measure"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("对照评价细则，我县自评总分为98.6分。", "其中基本指标得分77.7分。"),
        ("对照评价细则，我县自评总分为98.6分。", "上年我县自评总分为96.8分。"),
        (
            "对照评价细则，我县自评总分94.1分，其中：党的领导（15分）自评15分；教育投入（25分）自评22.7分。",
            "全年稳步推进。",
        ),
        ("小学专任教师中，具有本科学历的占84.7%。", "初中专任教师本科学历比例达到87.4%。"),
        ("随迁子女在公办学校就读比例（含购买学位）为95.42%。", "随迁子女在公办学校就读（不含购买学位）比例为92.45%。"),
        ("三年来累计新增学位11800个。", "2022年新增学位18100个。"),
        ("全县156所中小学校均建有食堂。", "全县有16所中小学校食堂需要改造。"),
    ],
)
def test_other_scopes_in_like_words_are_left_alone(first: str, second: str) -> None:
    assert found(report(first, second)) == []


@pytest.mark.parametrize(
    ("result", "other", "kind"),
    [
        ("46所小区配套幼儿园全部移交。", "2所小区配套幼儿园未移交。", ["coverage_with_exception"]),
        ("按时足额核拨督导工作经费。", "督导工作经费未能足额核拨。", ["coverage_with_exception"]),
        ("46所小区配套幼儿园全部移交。", "2所小区配套幼儿园未办理登记。", []),
        ("全县学校均建有心理辅导室。", "部分学校心理辅导室未有效使用。", []),
        ("全县学校全部开展课后服务。", "未出现课后服务乱收费。", []),
    ],
)
def test_what_all_do_and_some_do_not(result: str, other: str, kind: list[str]) -> None:
    assert kinds(report(result, f"校园文化建设不断加强，书香校园活动丰富多彩，师生广泛参与。{other}")) == kind
    expected = ["results_against_problems"] if kind else []
    assert kinds(report(result, problem=other)) == expected


def test_last_year_in_a_report_of_the_next_year_is_that_of_its_sentence() -> None:
    """In a report of 2023 that tells of 2022, what a figure rose from 由上年 is of 2021."""
    text = "2022年，按在校学生人数平均的一般公共预算教育支出由上年的10642.30元提高到11087.45元，增长4.18%。"
    assert kinds(f"明川县2023年自评报告\n一、工作成效\n{text}\n") == []


def test_a_base_that_fits_is_left_alone() -> None:
    assert found(report("全县276所中小学校督导全覆盖。", "创建平安校园273所，覆盖率98.9%。")) == []


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ("2022年全县普惠率86.5%。", "2022年普惠率84.2%。", Level.ERROR),
        ("2022年一般公共预算教育支出44.42亿元。", "2022年一般公共预算教育支出44.42万元。", Level.WARNING),
        ("2022年全县义务教育专任教师3200人。", "2022年全县义务教育专任教师800人。", Level.NOTE),
    ],
)
def test_figures_far_apart_weigh_less_except_slips_of_the_unit(first: str, second: str, level: Level) -> None:
    (finding,) = found(report(first, second))
    assert finding.level is level


def test_every_finding_has_a_place_that_can_be_highlighted() -> None:
    text = report("全县无大班额。2022年普惠率为86.5%。", "2022年，普惠率为80%。", "大班额问题突出。")
    findings = found(text)
    assert len(findings) == 2
    for finding in findings:
        assert text[finding.span.start : finding.span.end].strip()
        assert all(text[span.start : span.end].strip() for span in finding.related)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("我县义务教育质量监测成绩居全市第一。", "义务教育质量监测成绩列全市第三位。", ["rankings"]),
        ("义务教育质量监测成绩居全市首位。", "2021年义务教育质量监测成绩列全市第三位。", []),
        ("高考本科上线率连续三年居全市第一。", "2021年高考本科上线率居全市第二位。", ["rankings"]),
        ("高考本科上线率居全市第一。", "高考本科上线率居全省第九位。", []),
        ("高考本科上线率居全市第一。", "文科高考本科上线率居全市第二。", []),
        ("学前教育毛入园率居全市第二。", "学前教育毛入园率增幅居全市第一。", []),
        ("建成全市第一所智慧学校试点校。", "建成全市第三所智慧学校试点校。", []),
        (
            "2019年，我县顺利通过国家义务教育基本均衡县评估认定。",
            "我县于2018年通过国家义务教育基本均衡县评估认定。",
            ["dated_events"],
        ),
        ("第二小学新校区于2022年9月建成投用。", "第二小学新校区2021年9月投入使用。", ["dated_events"]),
        ("第二小学新校区于2021年3月开工建设。", "第二小学新校区2022年9月建成投用。", []),
        ("2021年新建幼儿园建成投用。", "2022年新建幼儿园建成投用。", []),
        ("2021年通过省级义务教育基本均衡县验收。", "2022年通过国家义务教育基本均衡县验收。", []),
    ],
)
def test_ranks_and_years_told_twice(first: str, second: str, kind: list[str]) -> None:
    assert kinds(report(first, second)) == kind


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("2022年全县普惠性幼儿园538所，覆盖率90.8%。", "全县现有幼儿园612所。", []),
        ("学校食堂“明厨亮灶”全覆盖。", "2020年仍有14所学校食堂未实现“明厨亮灶”。", []),
        ("聘请中小学责任督学38名。", "聘任责任督学83名。", ["same_measure"]),
        ("2022年初中生均教育支出17820.14元。", "2022年初中生均教育支出17280.14元。", ["same_measure"]),
        ("全县小学42所，在校生21564人。", "全县小学在校生25164人。", ["same_measure"]),
        ("全县小学42所，在校生21564人；初中18所，在校生10287人。", "全县小学在校生21564人，初中在校生10287人。", []),
        ("普惠率由2020年的80.1%提高到86.5%。", "2020年普惠率为80.1%。", []),
        ("全县教职工5126人，其中专任教师4837人。", "全县专任教师4387人。", ["same_measure"]),
        (
            "全县一般公共预算支出38.6亿元，其中教育支出7.21亿元。",
            "2022年一般公共预算教育支出7.12亿元。",
            ["same_measure"],
        ),
    ],
)
def test_names_carried_on_and_left_out(first: str, second: str, kind: list[str]) -> None:
    assert kinds(report(first, second)) == kind
