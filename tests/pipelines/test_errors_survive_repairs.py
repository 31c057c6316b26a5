"""A planted error is found through every repair, and its place can be highlighted in the source as it was."""

import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document as NewDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dudao.claims.model import Finding
from dudao.documents.model import Document
from dudao.pipelines.check import check_file

HEAD = "明川县人民政府2022年履行教育职责自评报告\n一、工作成效\n"
RIGHT = "全县投入经费44.42亿元，比上年增加3.84亿元，增长9.46%。"
WRONG = "全县投入经费44.42亿元，比上年增加3.84亿元，增长14.9%。"
SHARE = "全县共有幼儿园43所，其中公办园10所，占比32.3%。"
SUM = "2022年，全县设备购置205万元，校舍维修2536万元，合计2471万元。"


def wrong(path: Path) -> tuple[Document, list[Finding]]:
    checked = check_file(path)
    return checked.document, [one for one in checked.findings if one.code == "claims.inconsistent"]


def shown(document: Document, finding: Finding) -> str:
    """Return what would be highlighted, blanks left out."""
    return re.sub(r"\s", "", document.text[finding.span.start : finding.span.end])


def gloss(text: str) -> str:
    return text.replace("县", "县(xiàn)").replace("费", "费(fèi)").replace("园", "园(yuán)").replace("学", "学(xué)")


def page_end(text: str) -> str:
    """Return a text whose sentences are cut by the end of a page, with a page number between."""
    middle = text.index("，") + 4
    return f"坚持把教育摆在优先发展的位置，持续加大投入，{text[:middle]}\n- 3 -\n{text[middle:]}"


def wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789%.", "０１２３４５６７８９％．"))


def gaps(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff%])", " ", text)


def traditional(text: str) -> str:
    return text.translate(str.maketrans("县经费亿学园资办设备购万维", "縣經費億學園資辦設備購萬維"))


REPAIRS = {"gloss": gloss, "page end": page_end, "full width": wide, "gaps": gaps, "traditional": traditional}


@pytest.mark.parametrize("repair", REPAIRS)
@pytest.mark.parametrize("sentence", [WRONG, SHARE, SUM])
def test_an_error_survives_the_repair_of_a_text(tmp_path: Path, repair: str, sentence: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{HEAD}{REPAIRS[repair](sentence)}\n二、存在问题\n管理有待加强。\n", encoding="utf-8")
    document, (finding,) = wrong(path)
    assert document.text[finding.span.start].isdecimal()
    digits = re.findall(r"\d+(?:[.．]\d+)?", shown(document, finding))
    assert wide(digits[-1]) == wide(re.findall(r"[\d.]+", sentence)[-1])


@pytest.mark.parametrize("repair", REPAIRS)
def test_what_is_right_stays_right(tmp_path: Path, repair: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{HEAD}{REPAIRS[repair](RIGHT)}\n", encoding="utf-8")
    assert wrong(path)[1] == []


def test_an_error_in_split_runs_is_shown_in_the_text_of_the_word_file(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_paragraph("明川县2022年自评报告")
    paragraph = document.add_paragraph("")
    for piece in re.findall(r".{1,3}", WRONG):
        paragraph.add_run(piece)
    document.save(str(tmp_path / "a.docx"))
    read, (finding,) = wrong(tmp_path / "a.docx")
    assert shown(read, finding) == "44.42亿元，比上年增加3.84亿元，增长14.9%"


def test_an_error_brought_in_by_a_tracked_change_is_found_and_one_taken_out_is_not(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_paragraph("明川县2022年自评报告")
    for taken, brought in (("9.46", "14.9"), ("14.9", "9.46")):
        before, after = RIGHT.split("9.46")
        paragraph = document.add_paragraph(before)
        for tag, text, words in (("del", "delText", taken), ("ins", "t", brought)):
            change = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:{text}>{words}</w:{text}></w:r></w:{tag}>'
            paragraph._p.append(parse_xml(change))
        paragraph.add_run(after)
    document.save(str(tmp_path / "a.docx"))
    read, (finding,) = wrong(tmp_path / "a.docx")
    assert shown(read, finding).endswith("增长14.9%")
    assert read.text[: finding.span.start].count("\n") == 1


def test_a_wrong_total_in_the_cells_of_a_workbook_is_shown_at_its_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["类别", "学校数（所）", "在校生（人）"],
        ["小学", 98, 31250],
        ["初中", 35, 14620],
        ["合计", 133, 45780],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    read, (finding,) = wrong(tmp_path / "a.xlsx")
    assert "45780" in shown(read, finding)


def test_a_wrong_total_in_a_flattened_table_is_shown_at_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    rows = ["类别\t学校数（所）\t在校生（人）", "小学\t98\t31250", "初中\t35\t14620", "合计\t133\t45780"]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    read, (finding,) = wrong(path)
    assert "45780" in shown(read, finding)


def test_a_table_against_prose_is_shown_in_the_source_of_a_workbook_and_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    table = "2022年全县学校基本情况\n类别\t学校数（所）\t在校生（人）\n小学\t98\t31250\n初中\t35\t14620\n"
    prose = gloss("2022年，全县共有小学89所。")
    path.write_text(f"{HEAD}{table}（二）办学条件\n{prose}\n", encoding="utf-8")
    checked = check_file(path)
    (finding,) = [one for one in checked.findings if one.code == "claims.contradiction.same_measure"]
    assert checked.document.text[finding.span.start : finding.span.end] == "89所"
    (related,) = finding.related
    assert checked.document.text[related.start : related.end] == "98"
