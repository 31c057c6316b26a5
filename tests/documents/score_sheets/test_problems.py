from pathlib import Path

from dudao.documents.reading import read_document
from dudao.documents.score_sheets.problems import admitted_problems


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "报告.txt"
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    found = admitted_problems(document)
    assert all(document.text[span.start : span.end] == words for words, span in found)
    return [words for words, _ in found]


def test_the_first_sentence_of_each_numbered_problem(tmp_path: Path) -> None:
    text = (
        "一、工作成效\n1.成绩突出。\n二、存在问题\n1.学位供给不足。城区班额偏大。\n2.体育教师缺编；正在招聘。\n"
        "三、下一步打算\n1.新建学校。\n"
    )
    assert problems(tmp_path, text) == ["学位供给不足", "体育教师缺编"]


def test_problems_listed_in_a_paragraph(tmp_path: Path) -> None:
    text = "二、存在的主要困难和不足\n一是学位供给不足。二是经费拨付偏慢；三是设施老旧。\n三、整改措施\n一是扩建。\n"
    assert problems(tmp_path, text) == ["学位供给不足", "经费拨付偏慢", "设施老旧"]


def test_a_report_without_such_a_chapter_admits_none(tmp_path: Path) -> None:
    assert problems(tmp_path, "一、工作成效\n解决存在问题12个。\n") == []
