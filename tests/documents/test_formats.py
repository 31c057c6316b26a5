"""Every kind of file is told by its content and read into one text."""

import shutil
import socket
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document as NewDocument

from dudao.documents.model import BlockKind
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError

REPORT = "某县履行教育职责自评报告\n\n一、经费保障\n\n2022年全县投入44.42亿元，比上年增加3.84亿元，增长9.48%。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.docx"  # a wrong name does not matter
    path.write_bytes(REPORT.encode(encoding))
    document = read_document(path)
    assert document.text == REPORT
    assert [block.kind for block in document.blocks] == [BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_offsets_of_text_count_the_file_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一、经费\r\n\r\n增长 9.48%，保障有力，足额到位。\r\n".encode())
    document = read_document(path)
    assert [document.text[block.span.start : block.span.end] for block in document.blocks] == [
        "一、经费",
        "增长 9.48%，保障有力，足额到位。",
    ]
    place = document.repaired.text.index("9.48%")
    assert document.text[document.repaired.origin(place) :].startswith("9.48%")


def test_a_workbook_shows_its_numbers_as_the_sheet_does(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("自评表")
        sheet.merge_range(0, 0, 0, 2, "履行教育职责自评表")
        sheet.write_row(1, 0, ["接种率", 0.9233, 17912.474], workbook.add_format())
        sheet.write_number(1, 1, 0.9233, workbook.add_format({"num_format": "0.00%"}))
        sheet.write_number(1, 2, 17912.474, workbook.add_format({"num_format": "#,##0.00"}))
        sheet.write_row(2, 0, ["学校", 12, 1.5])
        workbook.add_worksheet("隐藏").hide()
    document = read_document(path)
    [table] = document.tables
    assert table.name == "自评表"
    assert [cell.text for cell in table.cells] == [
        "履行教育职责自评表", "接种率", "92.33%", "17,912.47", "学校", "12", "1.5",
    ]  # fmt: skip
    assert table.cells[0].column_span == 3
    assert all(document.text[cell.span.start : cell.span.end] == cell.text for cell in table.cells)


def test_a_web_page_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(
        "<!DOCTYPE html><html><head><title>菜单</title><style>p{}</style></head><body><nav>首页</nav>"
        "<h1>自评报告</h1><h2>一、经费</h2><p>增长<b>9.48</b>%，<br>保障有力。</p><script>var a=1</script>"
        "<table><tr><td rowspan=2>党的领导</td><td>4</td></tr><tr><td>5</td></tr></table></body></html>",
        encoding="utf-8",
    )
    document = read_document(path)
    assert document.text == "自评报告\n一、经费\n增长9.48%，\n保障有力。\n党的领导\t4\n\t5\n"
    assert [(cell.row, cell.column, cell.row_span) for cell in document.tables[0].cells] == [
        (0, 0, 2), (0, 1, 1), (1, 1, 1),
    ]  # fmt: skip
    assert [(block.kind, block.level) for block in document.blocks[:2]] == [
        (BlockKind.TITLE, 0), (BlockKind.HEADING, 1),
    ]  # fmt: skip


def test_raised_digits_of_a_web_page_stay_apart_and_struck_text_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>投入3500<sup>1</sup>万元，面积20m<sup>2</sup>，<s>54</s><del>5</del>56所</p>", encoding="utf-8")
    assert read_document(path).text.strip() == "投入3500¹万元，面积20m²，56所"


def test_deeply_nested_html_is_read_and_abysmal_html_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<div>" * 1500 + "学校12所" + "</div>" * 1500, encoding="utf-8")
    assert read_document(path).text.strip() == "学校12所"
    path.write_text("<html>" + "<b><p>" * 100000, encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="嵌套"):
        read_document(path)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_old_document_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(
        b"{\\rtf1\\ansi\\uc0 " + "".join(f"\\u{ord(letter)} " for letter in "全县共有学校").encode() + b"12\\par}"
    )
    assert read_document(path).text.strip().startswith("全县共有学校12")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_a_document_links_to_is_not_fetched(tmp_path: Path) -> None:
    """A picture that lies elsewhere is left out: whoever sends a document makes this machine ask nobody for it."""
    path = tmp_path / "a.doc"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        path.write_text(_LINKED.format(address=f"http://127.0.0.1:{port}/a.png"), encoding="utf-8")
        text = read_document(path).text
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody came
            listener.accept()
    assert "全县共有学校12所" in text


_LINKED = """<?xml version="1.0"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>全县共有学校12所<draw:frame svg:width="3cm" svg:height="3cm">
<draw:image xlink:href="{address}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>
</office:text></office:body></office:document>"""


def test_flattened_rows_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "自评表\n\t一级指标\n\t二级指标\n\t得分\n\n\t一、领导\n（9分）\n\t1.学习(4分)\n\t4\n\n\t\n\t2.党建(5分)\n\t4.5\n\n\t总分\n\t8.5\n",
        encoding="utf-8",
    )
    [table] = read_document(path).tables
    assert [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in table.cells] == [
        (0, 0, "一级指标", 1, 1),
        (0, 1, "二级指标", 1, 1),
        (0, 2, "得分", 1, 1),
        (1, 0, "一、领导（9分）", 2, 1),
        (1, 1, "1.学习(4分)", 1, 1),
        (1, 2, "4", 1, 1),
        (2, 1, "2.党建(5分)", 1, 1),
        (2, 2, "4.5", 1, 1),
        (3, 0, "总分", 1, 2),
        (3, 2, "8.5", 1, 1),
    ]


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph(tmp_path: Path) -> None:
    sentence = "各级政府优先发展教育事业并且足额安排经费保障学校运转和教师待遇" * 8 + "。"
    lines = [sentence[start : start + 28] for start in range(0, len(sentence), 28)]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(["一、总体情况", *lines, "二、存在问题", "投入不足。"]), encoding="utf-8")
    document = read_document(path)
    assert sentence in document.repaired.text
    assert [block.kind for block in document.blocks] == [
        BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH,
    ]  # fmt: skip


def test_a_docx_is_a_docx_whatever_its_name(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_paragraph("学校12所。")
    document.save(str(tmp_path / "a.pdf"))
    assert read_document(tmp_path / "a.pdf").text == "学校12所。\n"
