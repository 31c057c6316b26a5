"""What is told twice in words that share little: figures, what is left over, days, scores, ranks, rows of tables."""

import pytest

from dudao.claims.contradictions.reading import read_report
from dudao.claims.contradictions.registry import contradictions_of
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document
from dudao.pipelines.tie_documents import TieDocuments

TITLE = "青禾县2023年履行教育职责自评报告\n一、主要成效\n"
PROBLEMS = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n二、存在问题\n"
PLANS = "\n各项工作按照上级部署有序推进，干部群众总体满意，社会各界反映良好。\n三、下一步打算\n"
SHEET = "\n| 指标 | 分值 | 自评得分 |\n|---|---|---|\n| 教育投入保障 | 25 | 23.9 |\n| 教师队伍建设 | 20 | 19.3 |\n"
PROGRESS = "\n| 县 | 问题数 | 已完成 |\n|---|---|---|\n| 盏西县 | 92 | 41 |\n| 龙川县 | 47 | 36 |\n\n"


def codes(text: str) -> list[str]:
    draft = read_plain_text(text.encode(), "a.txt")
    reading = read_report(document_of(draft, file="a.txt", sha256="", media="text/plain"))
    return [finding.code.rsplit(".", 1)[-1] for finding in contradictions_of(reading)]


@pytest.mark.parametrize(
    ("kind", "said", "differs", "agrees"),
    [
        ("echo", "劝返复学173人。", "经劝返重新入学的137名学生存在再次辍学的风险。", "经劝返重新入学的173名学生。"),
        ("echo", "社会认可度为92.4%。", "社会对教育的认可程度虽为94.2%，意见仍较多。", "社会对教育的认可程度为92.4%。"),
        ("echo", "课后服务参与学生7.36万人。", "参加课后服务的学生76300人，内容单一。", "参加课后服务的学生73600人。"),
        (
            "left_over",
            "排查隐患327处，已整改319处。",
            "327处隐患尚有18处未整改。",
            "327处隐患尚有8处未整改。",
        ),
        ("left_over", "实施薄改项目26个，完工21个。", "8个薄改项目尚未完工。", "5个薄改项目尚未完工。"),
        (
            "dated_events",
            "6月16日反馈督导意见。",
            "对照6月26日反馈的督导意见仍有差距。",
            "对照6月16日反馈的督导意见。",
        ),
        (
            "dated_events",
            "7月3日印发《教师队伍建设方案》。",
            "7月13日出台的教师队伍建设方案落实不够。",
            "7月13日出台的校园安全管理方案落实不够。",
        ),
        ("rankings", "校际差异系数在全省89个县中排名第14。", "校际差异系数排名全省第24位。", "近视率排名全省第24位。"),
        ("results_against_problems", "违规借调的37名教师全部返岗。", "仍有29名教师被机关单位借用。", "教师流动性大。"),
        ("results_against_problems", "信访件办结率100%。", "仍有4件信访积案未办结。", "信访渠道仍不够畅通。"),
        ("results_against_problems", "未发生食品安全事故。", "发生一起食物中毒事件。", "食堂管理仍需加强。"),
        ("results_against_problems", "超大班额实现清零。", "一中仍有66人以上超大班额6个。", "仍有大班额12个。"),
    ],
)
def test_what_is_told_in_other_words(kind: str, said: str, differs: str, agrees: str) -> None:
    assert kind in codes(f"{TITLE}{said}{PROBLEMS}{differs}")
    assert codes(f"{TITLE}{said}{PROBLEMS}{agrees}") == []


def test_a_plan_speaks_of_what_there_is() -> None:
    said = f"{TITLE}全县学生92386人。"
    assert codes(f"{said}{PLANS}在92836名学生全面资助的基础上，健全机制。") == ["echo"]
    assert codes(f"{said}{PLANS}力争资助学生92836名。") == []


def test_scores_behind_titles_are_those_of_the_sheet() -> None:
    title = "青禾县2023年履行教育职责自评报告\n一、教育投入保障（25分，自评{score}分）\n落实到位。\n二、得分\n"
    assert "score_sheet" in codes(title.format(score="24.2") + SHEET)
    assert codes(title.format(score="23.9") + SHEET) == []


def test_what_is_taken_from_a_table_stands_in_its_row() -> None:
    assert "table_told" in codes(f"{TITLE}{PROGRESS}从上表看，盏西县办结44个。")
    assert codes(f"{TITLE}{PROGRESS}从上表看，盏西县办结41个，尚余51个。") == []


def test_a_heading_on_mending_opens_no_chapter_of_problems() -> None:
    text = "青禾县2023年履行教育职责自评报告\n一、主要成效\n（一）补齐资源短板\n全县大班额全面消除。"
    assert "results_against_problems" in codes(f"{text}{PROBLEMS}4所学校仍有大班额23个。")


def ties(*texts: tuple[str, str]) -> list[str]:
    tied = TieDocuments()
    for name, text in texts:
        draft = read_plain_text(text.encode(), name)
        tied.add(check_document(document_of(draft, file=name, sha256="", media="text/plain")))
    return [finding.message for finding in tied.ties]


PLAN = ("计划.txt", "青禾县2023年教育工作计划\n一、建设\n年内新增学位4150个。\n二、队伍\n计划招聘教师280名。\n")


def test_what_a_report_calls_planned_is_what_the_plan_sets() -> None:
    report = "青禾县2023年教育工作总结\n一、队伍\n实际招聘教师296名，比计划的{aim}名多。\n"
    assert len(ties(PLAN, ("总结.txt", report.format(aim=260)))) == 1
    assert ties(PLAN, ("总结.txt", report.format(aim=280))) == []


def test_what_was_mended_does_not_gainsay_what_was_found() -> None:
    opinion = "青禾县2023年督导反馈意见\n一、存在问题\n未配备校医的学校38所。\n"
    mended = "青禾县2023年督导反馈问题整改报告\n一、整改情况\n督导反馈的38所未配备校医的学校已全部配齐。\n"
    assert ties(("意见.txt", opinion), ("整改.txt", mended)) == []
