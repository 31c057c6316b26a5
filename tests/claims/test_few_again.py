"""Two files of one place: figures of few digits, points lost, changes dealt out, sums of a table."""

import pytest

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document
from dudao.pipelines.tie_documents import TieDocuments


def told(*files: tuple[str, str]) -> list[str]:
    tied = TieDocuments()
    for name, text in files:
        draft = read_plain_text(text.encode(), name)
        tied.add(check_document(document_of(draft, file=name, sha256="", media="text/plain")))
    return [one.message for one in tied.ties]


REPORT = "青禾县2024年履行教育职责自评报告\n一、工作成效\n{}\n"
LETTER = "青禾县教育局2024年情况说明\n一、有关情况\n{}\n"
BEFORE = "青禾县2023年履行教育职责自评报告\n一、工作成效\n{}\n"


@pytest.mark.parametrize(
    ("report", "letter", "count"),
    [
        ("仍有5所学校未通过燃气改造验收。", "全县未通过燃气改造验收的学校有7所。", 1),
        ("仍有5所学校未通过燃气改造验收。", "全县未通过燃气改造验收的学校有5所。", 0),
        ("仍有5所学校未通过燃气改造验收。", "全县未通过消毒设备验收的学校有7所。", 0),
        ("因音体美教师缺额扣9分。", "音体美教师缺额，扣7分。", 1),
        ("因音体美教师缺额扣7分。", "音体美教师缺额，扣7分。", 0),
    ],
)
def test_few_digits_are_held_against_each_other_where_rare_words_tell(report: str, letter: str, count: int) -> None:
    assert len(told(("report.txt", REPORT.format(report)), ("letter.txt", LETTER.format(letter)))) == count


@pytest.mark.parametrize(
    ("now", "count"),
    [
        ("小学专任教师本科以上学历占比85.0%，比上年提高2.3个百分点，初中92.6%，提高1.1个百分点。", 0),
        ("小学专任教师本科以上学历占比85.0%，比上年提高2.3个百分点，初中92.6%，提高2.1个百分点。", 1),
        ("生均体育活动场地面积小学4.97平方米、初中6.20平方米，比上年分别增加0.11平方米和0.08平方米。", 0),
        ("生均体育活动场地面积小学5.97平方米、初中6.20平方米，比上年分别增加0.11平方米和0.08平方米。", 1),
    ],
)
def test_changes_of_a_list_tell_last_year(now: str, count: int) -> None:
    last = "小学专任教师本科以上学历占比82.7%，初中91.5%。生均体育活动场地面积小学4.86平方米、初中6.12平方米。"
    assert len(told(("last.txt", BEFORE.format(last)), ("now.txt", REPORT.format(now)))) == count


@pytest.mark.parametrize(("entrants", "count"), [(15610, 0), (16510, 1)])
def test_the_stages_of_a_table_make_compulsory_education(entrants: int, count: int) -> None:
    table = "青禾县2024年教育统计表\n\n学段\t招生（人）\t毕业生（人）\n小学\t6894\t7803\n初中\t8716\t8152\n"
    report = REPORT.format(f"义务教育招生{entrants}人。")
    assert len(told(("table.txt", table), ("report.txt", report))) == count


@pytest.mark.parametrize(("written", "count"), [("147名", 0), ("174名", 1)])
def test_what_a_report_handles_is_what_was_found(written: str, count: int) -> None:
    opinion = "关于青禾县2023年履行教育职责的反馈意见\n一、主要问题\n长期聘用代课教师147名，其中同工不同酬的93名。\n"
    mended = f"青禾县关于督导反馈问题整改情况的报告\n一、整改情况\n对{written}代课教师分类清理，全部签订合同。\n"
    assert len(told(("opinion.txt", opinion), ("mended.txt", mended))) == count


@pytest.mark.parametrize(("written", "count"), [(14970, 0), (14790, 1)])
def test_the_stages_of_sentences_make_compulsory_education(written: int, count: int) -> None:
    report = REPORT.format("全县小学18所，专任教师8843人；初中9所，专任教师6127人。")
    letter = LETTER.format(f"截至2024年底，全县义务教育学校专任教师{written}人。")
    assert len(told(("report.txt", report), ("letter.txt", letter))) == count


@pytest.mark.parametrize(("written", "count"), [("1327万元", 0), ("1237万元", 1)])
def test_an_opinion_on_a_district_is_answered_by_its_report(written: str, count: int) -> None:
    opinion = "市人民政府教育督导组对灵川区2024年督导意见书\n一、存在问题\n截至检查时滞拨教育费附加1327万元。\n"
    mended = f"灵川区关于督导意见整改落实情况的报告\n一、整改情况\n区财政局已将滞拨的{written}全额拨付。\n"
    assert len(told(("opinion.txt", opinion), ("mended.txt", mended))) == count


@pytest.mark.parametrize(("more", "count"), [("0.99亿元", 0), ("1.99亿元", 1)])
def test_a_share_between_hides_no_change(more: str, count: int) -> None:
    last = BEFORE.format("教育基本建设投资完成4.92亿元。")
    now = REPORT.format(f"教育基本建设投资完成5.91亿元，占计划总投资的87.6%，比上年增加{more}。")
    assert len(told(("last.txt", last), ("now.txt", now))) == count


def test_stages_that_differ_are_told_themselves_and_not_their_sums() -> None:
    report = REPORT.format("全县小学18所，专任教师8843人；初中9所，专任教师6127人。")
    letter = LETTER.format("截至2024年底，全县小学专任教师8843人，初中专任教师6217人。")
    findings = told(("report.txt", report), ("letter.txt", letter))
    assert len(findings) == 1
    assert "初中" in str(findings[0])
