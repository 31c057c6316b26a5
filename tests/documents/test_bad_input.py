"""Bad input ends with a sentence that names the file and says what to do, never with a traceback."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document as NewDocument

from dudao.documents import reading, scans
from dudao.documents.limits import MAX_TEXT_BYTES
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def refused(path: Path) -> str:
    with pytest.raises(UnreadableInputError) as caught:
        read_document(path)
    message = str(caught.value)
    assert path.name in message
    assert caught.value.advice
    return message


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def container(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: str, head: str = "") -> bytes:
    return container({"word/document.xml": (head + BODY % body).encode()})


def real_docx() -> bytes:
    target = io.BytesIO()
    document = NewDocument()
    document.add_paragraph("全县共有学校12所。")
    document.save(target)
    return target.getvalue()


def test_a_missing_file_a_folder_and_an_empty_file(tmp_path: Path) -> None:
    assert "没有找到" in refused(tmp_path / "无.docx")
    (tmp_path / "夹").mkdir()
    assert "文件夹" in refused(tmp_path / "夹")
    assert "空文件" in refused(written(tmp_path / "空.txt", b""))
    assert "空文件" in refused(written(tmp_path / "白.txt", b"\xef\xbb\xbf \r\n"))


def test_a_truncated_docx(tmp_path: Path) -> None:
    assert "不完整或已损坏" in refused(written(tmp_path / "a.docx", real_docx()[:-200]))


def test_a_zip_bomb(tmp_path: Path) -> None:
    bomb = container({"word/document.xml": b" " * (150 * 1024 * 1024)})
    assert "大得不正常" in refused(written(tmp_path / "a.docx", bomb))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x "&b;&b;&b;">]>',
    ],
)
def test_xml_that_declares_entities(tmp_path: Path, head: str) -> None:
    content = docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", head)
    assert "外部引用声明" in refused(written(tmp_path / "a.docx", content))


def test_entities_in_utf_16_are_refused_too(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + BODY % "&x;"
    )
    content = container({"word/document.xml": text.encode("utf-16")})
    assert "外部引用声明" in refused(written(tmp_path / "a.docx", content))


def test_xml_by_itself_is_no_document_and_never_expanded(tmp_path: Path) -> None:
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert "外部引用声明" in refused(written(tmp_path / "a.xml", hostile))
    assert "XML 数据" in refused(written(tmp_path / "b.xml", b'<?xml version="1.0"?><a>1</a>'))


def test_a_picture_without_recognition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "recogniser", lambda: None)
    message = refused(written(tmp_path / "a.png", PNG))
    assert "图片" in message
    assert 'pip install "dudao[ocr]"' in message


def test_too_much_text(tmp_path: Path) -> None:
    assert "MB" in refused(written(tmp_path / "a.txt", b"\xe6\x95\x99" * (MAX_TEXT_BYTES // 3 + 1)))


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 3)
    assert "上限" in refused(written(tmp_path / "a.txt", b"1234"))


def test_binary_junk(tmp_path: Path) -> None:
    assert "不是文字" in refused(written(tmp_path / "a.txt", bytes(range(256)) * 40))


def test_a_password_on_docx_or_xlsx(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert "密码" in refused(written(tmp_path / "a.docx", ole))


def test_an_encrypted_zip_entry(tmp_path: Path) -> None:
    content = bytearray(docx("<w:p/>"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert "密码" in refused(written(tmp_path / "a.docx", bytes(content)))


def test_broken_xml_and_an_unknown_zip(tmp_path: Path) -> None:
    assert "已损坏" in refused(written(tmp_path / "a.docx", docx("<w:p>")))
    assert "压缩文件" in refused(written(tmp_path / "a.zip", container({"a.txt": b"1"})))


def test_damaged_pdf(tmp_path: Path) -> None:
    assert "损坏" in refused(written(tmp_path / "a.pdf", b"%PDF-1.7\nnothing"))


def test_an_old_document_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = refused(written(tmp_path / "a.rtf", b"{\\rtf1 a}"))
    assert "另存为 docx" in message


def test_a_docx_of_pictures_only(tmp_path: Path) -> None:
    assert "没有文字" in refused(written(tmp_path / "a.docx", docx("<w:p><w:r><w:drawing/></w:r></w:p>")))


@pytest.mark.parametrize("name", ["自评表.docx", "自评表.xlsx", "报告.pdf", "报告.txt"])
def test_a_picture_under_the_name_of_a_document_is_refused_even_where_it_could_be_recognised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(scans, "recogniser", lambda: pytest.fail("recognised"))
    message = refused(written(tmp_path / name, PNG))
    assert "图片" in message
    assert ".png" in message


def test_a_workbook_that_declares_entities_says_so(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"] = "学校"
    book.save(tmp_path / "表.xlsx")
    with zipfile.ZipFile(tmp_path / "表.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    parts["xl/workbook.xml"] = entity + parts["xl/workbook.xml"]
    assert "外部引用" in refused(written(tmp_path / "表.xlsx", container(parts)))
