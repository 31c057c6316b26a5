"""Pdf files with a text layer, and scans."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from dudao.documents import scans
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError

PdfOf = Callable[[list[list[str]]], bytes]
SENTENCE = "各级政府优先发展教育事业并且足额安排经费保障学校运转和教师待遇提高学前教育普惠率" * 4 + "。"


def scan() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(target, format="PDF")
    return target.getvalue()


def test_sentences_run_across_lines_and_pages_and_page_numbers_are_set_apart(tmp_path: Path, pdf_of: PdfOf) -> None:
    lines = [SENTENCE[start : start + 28] for start in range(0, len(SENTENCE), 28)]
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf_of([["一、总体情况", *lines[:4], "- 1 -"], [*lines[4:], "二、存在问题", "投入不足。", "- 2 -"]])
    )
    document = read_document(path)
    assert SENTENCE in document.repaired.text
    assert "- 1 -" not in document.text
    assert [(block.kind, block.page) for block in document.blocks] == [
        ("heading", 1), ("paragraph", 1), ("heading", 2), ("paragraph", 2),
    ]  # fmt: skip


def test_a_running_head_is_set_apart(tmp_path: Path, pdf_of: PdfOf) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([["某县自评报告", f"第{number}段的内容在这里。"] for number in "一二三四"]))
    assert "某县自评报告" not in read_document(path).text


def test_a_ruled_table_is_read_in_its_place(tmp_path: Path, pdf_of: PdfOf) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of([["自评表如下。", "指标\t满分\t自评", "学习情况\t5\t4.5", "特此报告。"]]))
    document = read_document(path)
    assert document.text == "自评表如下。\n指标\t满分\t自评\n学习情况\t5\t4.5\n特此报告。\n"
    [table] = document.tables
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "指标"), (0, 1, "满分"), (0, 2, "自评"), (1, 0, "学习情况"), (1, 1, "5"), (1, 2, "4.5"),
    ]  # fmt: skip


def test_a_scan_without_recognition_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "recogniser", lambda: None)
    path = tmp_path / "a.pdf"
    path.write_bytes(scan())
    with pytest.raises(UnreadableInputError, match=r'扫描件.*pip install "dudao\[ocr\]"'):
        read_document(path)


def test_recognised_stretches_are_put_in_reading_order() -> None:
    class Result:
        boxes = ([[50, 11], [90, 11], [90, 30], [50, 30]], [[0, 10], [40, 10], [40, 30], [0, 30]], [[0, 60]] * 4)
        txts = ("右", "左", "下")

    assert scans.recognised_lines(lambda picture: Result(), None) == ["左 右", "下"]


@pytest.mark.skipif(scans.recogniser.__wrapped__() is None, reason="the extra ocr is not installed")
def test_an_empty_picture_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (64, 64), "white").save(path)
    with pytest.raises(UnreadableInputError, match="没有认出文字"):
        read_document(path)


def with_rectangles(raw: bytes, boxes: list[tuple[float, float, float, float]]) -> bytes:
    """Draw outlined rectangles (left, bottom, width, height) on the first page, each as one path."""
    pdf = pypdfium2.PdfDocument(raw)
    page = pdf[0]
    for left, bottom, width, height in boxes:
        drawn = pdfium.FPDFPageObj_CreateNewRect(left, bottom, width, height)
        pdfium.FPDFPath_SetDrawMode(drawn, pdfium.FPDF_FILLMODE_NONE, True)
        pdfium.FPDFPage_InsertObject(page.raw, drawn)
    page.gen_content()
    target = io.BytesIO()
    pdf.save(target)
    pdf.close()
    return target.getvalue()


def test_a_table_drawn_as_boxes_is_read_as_one_drawn_with_lines(tmp_path: Path, pdf_of: PdfOf) -> None:
    # text rows stand 20 points apart below 780, cells 150 points apart from 56
    raw = pdf_of([["自评表如下。", "一项", "二项", "特此报告。"]])
    boxes = [(56.0, 755.0 - 20 * row, 150.0, 20.0) for row in range(2)]
    boxes += [(206.0, 755.0 - 20 * row, 150.0, 20.0) for row in range(2)]
    path = tmp_path / "a.pdf"
    path.write_bytes(with_rectangles(raw, boxes))
    [table] = read_document(path).tables
    assert [cell.text for cell in table.cells if cell.text] == ["一项", "二项"]


def test_a_frame_around_a_page_is_no_table(tmp_path: Path, pdf_of: PdfOf) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(with_rectangles(pdf_of([["第一段。", "第二段。"]]), [(30.0, 30.0, 535.0, 780.0)]))
    document = read_document(path)
    assert document.tables == ()
    assert "第二段。" in document.text


def mixed(pdf_of: PdfOf) -> bytes:
    """A pdf whose second page is a picture."""
    pdf = pypdfium2.PdfDocument(pdf_of([["各级政府优先发展教育事业，足额安排经费。", "学校运转得到保障。"]]))
    picture = pypdfium2.PdfDocument(scan())
    pdf.import_pages(picture)
    target = io.BytesIO()
    pdf.save(target)
    picture.close()
    pdf.close()
    return target.getvalue()


def test_a_scanned_page_among_others_is_named_where_recognition_is_missing(
    tmp_path: Path, pdf_of: PdfOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "recogniser", lambda: None)
    path = tmp_path / "a.pdf"
    path.write_bytes(mixed(pdf_of))
    document = read_document(path)
    assert "足额安排经费" in document.text
    [issue] = [issue for issue in document.issues if issue.code == "documents.scanned_pages"]
    assert "第2页" in issue.message


def test_recognised_pages_are_put_in_their_place_and_said_to_be_recognised(
    tmp_path: Path, pdf_of: PdfOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Result:
        boxes = ([[0, 10], [40, 10], [40, 30], [0, 30]],)
        txts = ("公办园占比48.9%",)

    monkeypatch.setattr(scans, "recogniser", lambda: lambda picture: Result())
    path = tmp_path / "a.pdf"
    path.write_bytes(mixed(pdf_of))
    document = read_document(path)
    assert document.text.index("足额安排经费") < document.text.index("公办园占比48.9%")
    assert [issue.code for issue in document.issues if "recognised" in issue.code] == ["documents.recognised_text"]
