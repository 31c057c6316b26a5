"""What a file is, told by its content and never by its name."""

import io
import zipfile

import pytest

from dudao.documents.recognition import media_type, office_type, ole_type
from dudao.errors import UnreadableInputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def stream(name: str) -> bytes:
    return name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        (b"PK\x03\x04rest", "application/zip"),
        (OLE + b"rest", "application/x-ole"),
        (b"junk before %PDF-1.7", "application/pdf"),
        (b"{\\rtf1 text}", "application/rtf"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"<!DOCTYPE html><html></html>", "text/html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "application/xml"),
        ("BM 是一家公司的名字。".encode(), "text/plain"),
        ("自评报告".encode(), "text/plain"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(raw: bytes, media: str) -> None:
    assert media_type(raw, "a.bin") == media


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"word__document_xml": b"<a/>"}, "docx"),
        ({"xl__workbook_xml": b"<a/>"}, "xlsx"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content_xml": b"<a/>"}, "ods"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content_xml": b"<a/>"}, "odt"),
    ],
)
def test_a_container_is_known_by_its_parts(files: dict[str, bytes], kind: str) -> None:
    assert office_type(packed(**files), "a.zip")[0] == kind


@pytest.mark.parametrize(
    "files",
    [
        {"readme": b"text"},
        {"mimetype": b"application/vnd.oasis.opendocument.graphics", "content_xml": b"<a/>"},
    ],
)
def test_a_zip_of_other_things_is_refused_with_what_to_do(files: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableInputError, match="先解压"):
        office_type(packed(**files), "材料.zip")


@pytest.mark.parametrize(
    ("name", "file", "kind"),
    [
        ("WordDocument", "a.doc", "doc"),
        ("Workbook", "a.xls", "xls"),
        ("WPSContent", "a.bin", "wps"),
        ("Other", "报告.WPS", "wps"),
    ],
)
def test_an_old_container_is_known_by_its_streams(name: str, file: str, kind: str) -> None:
    assert ole_type(OLE + stream(name), file) == kind


def test_an_encrypted_document_is_told() -> None:
    with pytest.raises(UnreadableInputError, match="加了密码"):
        ole_type(OLE + stream("EncryptedPackage"), "a.docx")


def test_an_old_container_of_something_else_is_refused() -> None:
    with pytest.raises(UnreadableInputError, match="不是文档也不是表格"):
        ole_type(OLE + stream("Pictures"), "a.bin")
