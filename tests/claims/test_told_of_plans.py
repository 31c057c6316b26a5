"""What plans and problems take up again, changes over named years, and steps aimed at for one year."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of

TITLE = "青禾县2024年履行教育职责自评报告\n一、主要成效\n"
PLANS = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n二、下一步打算\n"
PROBLEMS = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n二、存在问题\n"
TABLE = (
    "\n表三 近三年主要指标（单位：%）\n| 指标 | 2022年 | 2023年 | 2024年 |\n|---|---|---|---|\n"
    "| 学生体质健康优良率 | 48.2 | 51.6 | 54.3 |\n| 学生近视率 | 52.7 | 51.9 | 50.8 |\n\n"
)


def codes(text: str) -> list[str]:
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


@pytest.mark.parametrize(
    ("told", "plan", "kind"),
    [
        ("组建教育集团18个，推动资源共享。", "以13个教育集团为载体，深化集团化办学。", ["referring"]),
        ("组建教育集团18个，推动资源共享。", "以18个教育集团为载体，深化集团化办学。", []),
        ("组建教育集团18个，新建教育集团3个。", "以13个教育集团为载体，深化集团化办学。", []),
        ("组建教育集团18个，推动资源共享。", "再组建13个教育集团。", []),
        ("成立由14个成员单位组成的领导小组。", "健全17个成员单位参与的协调机制。", ["referring"]),
        ("实施建设项目11个，当年竣工8个。", "确保5个未竣工项目全部交付。", ["left_over"]),
        ("实施建设项目11个，当年竣工8个。", "确保3个未竣工项目全部交付。", []),
        ("反馈问题19条，已完成整改16条。", "对未完成整改的5条问题挂账督办。", ["left_over"]),
        ("反馈问题19条，已完成整改16条，正在整改3条。", "对未完成整改的3条问题挂账督办。", []),
        ("2022年起创建，明确2025年通过省级评估的目标。", "确保2026年通过省级评估。", ["dated_events"]),
        ("2022年起创建，明确2025年通过省级评估的目标。", "确保2025年通过省级评估，2026年迎接国家认定。", []),
        ("原计划2025年通过省级评估。", "确保2026年通过省级评估。", []),
        ("力争2025年通过学前教育普及普惠省级评估。", "确保2026年通过义务教育优质均衡省级评估。", []),
    ],
)
def test_plans_take_up_what_was_told(told: str, plan: str, kind: list[str]) -> None:
    assert codes(f"{TITLE}{told}{PLANS}{plan}") == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("体质健康优良率虽比2022年提高5.1个百分点，但距目标仍有差距。", ["year_before"]),
        ("体质健康优良率虽比2022年提高6.1个百分点，但距目标仍有差距。", []),
        ("体质健康优良率比上年提高2.7个百分点。", []),
        ("近视率比2022年上升1.9个百分点。", ["year_before"]),
        ("农村学生近视率比2022年下降3.4个百分点。", []),
        ("近视率三年来持续攀升。", ["trend"]),
        ("近视率2024年较2023年有所上升。", ["trend"]),
        ("近视率2024年较2023年有所下降。", []),
    ],
)
def test_changes_are_held_against_the_figures_of_their_years(said: str, kind: list[str]) -> None:
    assert codes(f"{TITLE}各项指标稳步提高。{TABLE}{PROBLEMS}{said}") == kind


@pytest.mark.parametrize(
    ("praised", "admitted", "told"),
    [
        ("义务教育学校班额全部控制在55人以内。", "小学还有11个班超过45人标准。", False),
        ("义务教育学校班额全部控制在45人以内。", "小学还有11个班超过45人标准。", True),
        ("城镇小区配套园18所全部移交。", "还有2所小区配套园仍由开发商管理。", True),
        ("生均公用经费足额拨付到校。", "农场片区学校公用经费至10月才拨付六成。", True),
        ("教师培训覆盖率100%。", "有84名教师因工学矛盾未参加年度培训。", True),
    ],
)
def test_problems_admit_what_results_claim(praised: str, admitted: str, told: bool) -> None:
    assert (codes(f"{TITLE}{praised}{PROBLEMS}{admitted}") == ["results_against_problems"]) is told
