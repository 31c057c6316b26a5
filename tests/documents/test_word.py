"""Word documents as offices send them, made here by python-docx and by hand where it cannot."""

import zipfile
from pathlib import Path

from docx import Document as NewDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dudao.documents.model import BlockKind, Document
from dudao.documents.reading import read_document


def read(document: object, path: Path) -> Document:
    document.save(str(path))  # type: ignore[attr-defined]  # python-docx hands out an unnamed class
    return read_document(path)


def test_split_runs_are_joined_and_headings_told(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_paragraph("某县履行教育职责自评报告")
    document.add_paragraph("一、工作成效")
    paragraph = document.add_paragraph("全县投入经费44.")
    paragraph.add_run("42").bold = True
    paragraph.add_run("亿元。")
    read_back = read(document, tmp_path / "a.docx")
    assert read_back.text == "某县履行教育职责自评报告\n一、工作成效\n全县投入经费44.42亿元。\n"
    assert [(block.kind, block.level) for block in read_back.blocks] == [
        (BlockKind.TITLE, 0),
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_heading_styles_count_without_a_number(tmp_path: Path) -> None:
    document = NewDocument()
    document.add_heading("经费保障", level=2)
    document.add_paragraph("足额保障。")
    blocks = read(document, tmp_path / "a.docx").blocks
    assert [(block.kind, block.level) for block in blocks] == [(BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0)]


def test_merged_cells_come_once_with_their_spans(tmp_path: Path) -> None:
    document = NewDocument()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "党的领导（17分）"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "自评总分"
    for row, column, text in [(0, 1, "学习"), (0, 2, "4"), (1, 1, "党建"), (1, 2, "5"), (2, 2, "9")]:
        table.cell(row, column).text = text
    [found] = read(document, tmp_path / "a.docx").tables
    assert [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in found.cells] == [
        (0, 0, "党的领导（17分）", 2, 1),
        (0, 1, "学习", 1, 1),
        (0, 2, "4", 1, 1),
        (1, 1, "党建", 1, 1),
        (1, 2, "5", 1, 1),
        (2, 0, "自评总分", 1, 2),
        (2, 2, "9", 1, 1),
    ]
    assert (found.rows, found.columns) == (3, 3)


def test_insertions_are_kept_and_deletions_dropped(tmp_path: Path) -> None:
    document = NewDocument()
    paragraph = document.add_paragraph("增长")
    w = nsdecls("w")
    for xml in (
        f'<w:del {w} w:id="1" w:author="a"><w:r><w:delText>9.4%</w:delText></w:r></w:del>',
        f'<w:ins {w} w:id="2" w:author="a"><w:r><w:t>9.48%</w:t></w:r></w:ins>',
        f'<w:moveFrom {w} w:id="3" w:author="a"><w:r><w:t>左右</w:t></w:r></w:moveFrom>',
    ):
        paragraph._p.append(parse_xml(xml))
    assert read(document, tmp_path / "a.docx").text == "增长9.48%\n"


def test_a_deleted_paragraph_mark_joins_the_next_paragraph(tmp_path: Path) -> None:
    document = NewDocument()
    first = document.add_paragraph("全县共有")
    first._p.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'))
    document.add_paragraph("12所学校。")
    assert read(document, tmp_path / "a.docx").text == "全县共有12所学校。\n"


def test_numbers_that_word_prints_are_part_of_the_text(tmp_path: Path) -> None:
    document = NewDocument()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in [(0, "总体情况"), (1, "经费"), (1, "教师"), (0, "存在问题")]:
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    assert read(document, tmp_path / "a.docx").text == "一、总体情况\n一.1经费\n一.2教师\n二、存在问题\n"


def with_parts(path: Path, body: str, parts: dict[str, str]) -> Document:
    """Write a docx by hand: its body and further parts, all in the Word namespace."""
    namespaces = nsdecls("w") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {namespaces}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name, content.replace("<w:notes>", f"<w:notes {namespaces}>"))
    return read_document(path)


def test_footnotes_follow_the_text_and_separators_do_not(tmp_path: Path) -> None:
    notes = (
        '<w:notes><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/><w:t>不含民办学校。</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="8"><w:p><w:r><w:t>没有引用。</w:t></w:r></w:p></w:footnote></w:notes>'
    )
    body = '<w:p><w:r><w:t>学校12所</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
    document = with_parts(tmp_path / "a.docx", body, {"word/footnotes.xml": notes})
    assert document.text == "学校12所。\n不含民办学校。\n"
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE


def test_a_text_box_is_read_once_although_it_is_stored_twice(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内2所。</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>框外1所。</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert with_parts(tmp_path / "a.docx", body, {}).text == "框外1所。\n框内2所。\n"


def test_field_codes_hidden_text_and_readings_are_left_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>qū</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>区</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        '<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:r><w:br w:type="page"/><w:t>后</w:t></w:r></w:p>'
    )
    assert with_parts(tmp_path / "a.docx", body, {}).text == "区链接后\n"


def test_raised_digits_are_no_digits_of_the_figure_before_and_struck_ones_are_gone(tmp_path: Path) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>54</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>5</w:t></w:r>"
    kept = '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>56所</w:t></w:r>'
    body = f"<w:p><w:r><w:t>3500</w:t></w:r>{raised}<w:r><w:t>万元，</w:t></w:r>{struck}{kept}</w:p>"
    assert with_parts(tmp_path / "a.docx", body, {}).text == "3500¹万元，56所\n"


def test_a_table_within_a_cell_stays_in_its_cell(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("甲", "1"))
    inner = f"<w:p><w:r><w:t>外</w:t></w:r></w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>"
    body = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    [table] = with_parts(tmp_path / "a.docx", body, {}).tables
    assert [cell.text for cell in table.cells] == ["外\n甲 1", ""]
