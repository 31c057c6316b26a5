import copy
import pickle

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document

TEXT = "全县有学校156所，其中小学98所、初中58所。2022年教育支出8.56亿元，占一般公共预算支出41.2亿元的21.8%。\n"


def test_a_checked_document_comes_back_whole_from_another_process() -> None:
    document = document_of(read_plain_text(TEXT.encode(), "text.txt"), file="text.txt", sha256="", media="text/plain")
    checked = check_document(document)
    assert checked.report.claims
    assert checked.findings
    assert pickle.loads(pickle.dumps(checked)) == checked
    assert copy.deepcopy(checked) == checked
