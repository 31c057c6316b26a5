"""Cited documents: title and number in the ways offices write them."""

from pathlib import Path

import pytest

from dudao.documents.citations import cited_documents
from dudao.documents.model import RepairedText
from dudao.documents.reading import read_document, repaired_text
from dudao.documents.text_builder import Draft


def cited(text: str) -> list[tuple[str | None, str | None]]:
    repaired: RepairedText = repaired_text(Draft(text, (), (), wrapped=True))
    return [(found.title, found.number) for found in cited_documents(repaired)]


@pytest.mark.parametrize(
    "written",
    [
        "《某办法》（某教发〔2021〕7号）",
        "《某办法》(某教发[2021]7号)",
        "《某办法》（某教发（2021）7号）",
        "《某办法》【某教发〔2021〕7号】",
        "《某办法》（某教发【2021】7号）",
        "《某办法》（某教发〔2021〕 7 号）",
        "《某办法》（某教发〔2021年〕第7号）",
        "《某办法》某教发〔2021〕7号",
        "某教发〔2021〕7号《某办法》",
        "某教发〔2021〕7号文件《某办法》",
        "《某办法》（某教\n\n发〔2021〕7号）",
        "《某\n\n办法》（某教发〔2021〕7号）",
    ],
)
@pytest.mark.parametrize("frame", ["根据{}，开展自查。", "我县印发了{}。", "{}"])
def test_title_and_number_belong_together(written: str, frame: str) -> None:
    assert cited(frame.format(written)) == [("某办法", "某教发〔2021〕7号")]


def test_a_number_alone_and_a_title_alone() -> None:
    assert cited("阳政办函〔2021〕174号") == [(None, "阳政办函〔2021〕174号")]
    assert cited("落实《义务教育法》。") == [("义务教育法", None)]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("按照国务院办公厅国办发〔2020〕15号文件", "国办发〔2020〕15号"),
        ("落实省政府鲁政发〔2021〕2号文件", "鲁政发〔2021〕2号"),
        ("《意见》落实情况和鲁政发〔2021〕2号", "鲁政发〔2021〕2号"),
        ("和政发〔2021〕2号", "和政发〔2021〕2号"),
        ("教基一厅函〔2020〕 3 号", "教基一厅函〔2020〕3号"),
        ("根据〔2022〕15号文件", "〔2022〕15号"),
        ("苏教督函［2021］5号", "苏教督函〔2021〕5号"),
    ],
)
def test_the_words_before_are_no_part_of_the_number(written: str, number: str) -> None:
    assert number in [found for _, found in cited(written)]


def test_neighbours_keep_their_own_numbers() -> None:
    text = "发布《甲意见》（某教〔2021〕1号）《乙方案》（某教〔2021〕2号）、《丙方案》，以及某教〔2021〕3号《丁通知》。"
    assert cited(text) == [
        ("甲意见", "某教〔2021〕1号"),
        ("乙方案", "某教〔2021〕2号"),
        ("丙方案", None),
        ("丁通知", "某教〔2021〕3号"),
    ]


@pytest.mark.parametrize(
    "title",
    ["关于印发〈某方案〉的通知", "关于印发《某方案》的通知", "关于印发<某方案>的通知"],
)
def test_a_nested_title_is_one_citation(title: str) -> None:
    assert cited(f"《{title}》（某教〔2021〕1号）") == [(title, "某教〔2021〕1号")]


def test_an_inner_title_closed_once_for_both_ends_there() -> None:
    assert cited("执行《某厅印发《某办法（试行）》，不随意增减。另按《乙办法》办理。") == [
        ("某厅印发《某办法（试行）", None),
        ("乙办法", None),
    ]


@pytest.mark.parametrize("text", ["2021年（12）号楼", "全县（2021）共有学校12所", "第174号提案", "5〈7，9〉8"])
def test_what_is_no_document(text: str) -> None:
    assert cited(text) == []


def test_every_document_number_of_the_real_documents_is_found(seeds: Path) -> None:
    found = {}
    for path in sorted(seeds.glob("*.txt")):
        document = read_document(path)
        found[path.name[:3]] = [(c.number, bool(c.title)) for c in document.cited if c.number]
        for citation in document.cited:
            assert citation.span.end <= len(document.text)
    assert found == {
        "000": [
            ("辽政教督室函〔2021〕19号", True),
            ("鞍委教领秘〔2021〕4号", True),
            ("鞍委发〔2019〕33号", True),
            ("室秘发〔2021〕7号", True),
            ("鞍教工委〔2021〕17号", True),
            ("鞍教工委〔2021〕18号", True),
            ("鞍教工委〔2021〕19号", True),
            ("厅秘发〔2020〕49号", True),
            ("鞍教办发〔2019〕85号", True),
        ],
        "001": [("盘政教督室〔2023〕31号", True)],
        "002": [],
        "003": [("阳政办函〔2021〕174号", False), ("晋政教督〔2021〕1号", True)],
        "004": [],
    }
