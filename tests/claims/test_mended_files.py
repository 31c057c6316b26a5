"""An opinion of supervision, what was mended of it, and the report of the year, held against each other."""

import pytest

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document
from dudao.pipelines.tie_documents import TieDocuments

OPINION = """关于梧川县2023年教育工作的督导反馈意见

梧川县人民政府：
市督导组对你县进行了督导。
一、主要问题。
1.教师编制空缺236名，其中小学142名、初中94名。
2.义务教育学校仍有大班额43个，其中小学29个、初中14个。
3.7所学校未配备专职保安。
"""
MENDED = """梧川县人民政府关于2023年督导反馈问题整改情况的报告

市督导组反馈多个方面问题，现报告如下。
1.关于教师编制空缺{short}名的问题。已公开招聘教师158名。
2.关于{large}个大班额的问题。通过新建学校、分流学生等措施，正在消除。
3.关于专职保安的问题。7所学校专职保安全部配备到位。
"""
YEAR = """梧川县2023年度教育工作自评报告

一、主要成效
全县所有义务教育学校均配备专职保安。
"""


def ties(*texts: str) -> list[str]:
    tied = TieDocuments()
    found: list[str] = []
    for number, text in enumerate(texts):
        name = f"{number}.txt"
        draft = read_plain_text(text.encode(), name)
        checked = tied.add(check_document(document_of(draft, file=name, sha256="", media="text/plain")))
        found.extend(one.message for one in checked.findings if one.code.startswith("claims.tie"))
    return found


@pytest.mark.parametrize(("short", "large", "differences"), [(236, 43, 0), (263, 43, 1), (236, 53, 1), (263, 53, 2)])
def test_what_a_report_is_about_is_what_the_opinion_found(short: int, large: int, differences: int) -> None:
    assert len(ties(OPINION, MENDED.format(short=short, large=large))) == differences


def test_what_was_mended_in_between_is_no_contradiction_to_what_was_found() -> None:
    assert len(ties(OPINION, YEAR)) == 1
    assert ties(OPINION, MENDED.format(short=236, large=43), YEAR) == []
