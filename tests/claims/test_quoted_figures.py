"""What a report quotes of the opinion it answers, or of the report of the year before, is held against it."""

import pytest

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document
from dudao.pipelines.tie_documents import TieDocuments

OPINION = """关于对明川县人民政府2023年履行教育职责情况的督导意见
一、主要成绩
2023年新增公办幼儿园学位1260个。
二、存在问题
核定中小学教职工编制4126名，实有3874人，空编252名；长期在外借调教师37名。全县义务教育阶段大班额83个，占7.4%。
2022年班主任津贴仍有186万元未兑现。
"""
MENDED = """明川县人民政府关于2023年履行教育职责督导反馈问题整改情况的报告
2024年4月16日，省督导组对我县进行督导，综合得分84.7分。
一、编制方面。针对空编{posts}名的问题，2024年招聘教师176名，空编降至76名；长期借调的{lent}名教师已全部返回教学岗位。
二、学位方面。新增学位1620个，大班额由{classes}个减少到21个。
三、待遇方面。{paid}万元班主任津贴已于6月全部补发。
"""
TRUE = {"posts": 252, "lent": 37, "classes": 83, "paid": 186}
LAST = """明川县人民政府2022年履行教育职责自评报告
一、基本情况
中小学教师空编1872名。乡村教师周转宿舍缺口2360套。
"""
THIS = """明川县人民政府2023年履行教育职责自评报告
一、基本情况
中小学教师空编由上年的{posts}名减少到1426名，周转宿舍缺口由上年的{homes}套减少到980套。
"""


def ties(*texts: str) -> int:
    tied = TieDocuments()
    for number, text in enumerate(texts):
        draft = read_plain_text(text.encode(), f"{number}.txt")
        tied.add(check_document(document_of(draft, file=f"{number}.txt", sha256="", media="text/plain")))
    return len(tied.ties)


def test_what_is_quoted_rightly_is_left_alone() -> None:
    assert ties(OPINION, MENDED.format(**TRUE)) == 0
    assert ties(MENDED.format(**TRUE), OPINION) == 0
    assert ties(LAST, THIS.format(posts=1872, homes=2360)) == 0


@pytest.mark.parametrize(("what", "value"), [("posts", 225), ("lent", 73), ("classes", 88), ("paid", 168)])
def test_what_is_quoted_wrongly_is_found(what: str, value: int) -> None:
    report = MENDED.format(**{**TRUE, what: value})
    assert ties(OPINION, report) == 1
    assert ties(report, OPINION) == 1


def test_what_is_quoted_of_last_year_is_held_against_it() -> None:
    assert ties(LAST, THIS.format(posts=1782, homes=2360)) == 1
    assert ties(LAST, THIS.format(posts=1872, homes=2430)) == 1
