"""Tells what a file is from its first bytes, not from its name."""

from dudao.documents.archives import Archive, open_archive
from dudao.errors import UnreadableInputError

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_DOCUMENT_SUFFIXES = frozenset(
    {"docx", "doc", "wps", "xlsx", "xls", "et", "pdf", "txt", "html", "htm", "rtf", "odt", "ods"}
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_type(raw: bytes, file: str) -> str:
    """Return the media type of the content.

    `application/x-ole` stands for the old Office container (doc, wps, xls, and password-protected docx/xlsx),
    `application/zip` for a zip that still has to be looked into. Anything else is taken for text.
    """
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "application/zip"
    if raw.startswith(_OLE):
        return "application/x-ole"
    if b"%PDF-" in raw[:1024]:
        return "application/pdf"
    if raw.startswith(b"{\\rtf"):
        return "application/rtf"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp"
    for beginning, media in _PICTURES:
        if raw.startswith(beginning) and (beginning != b"BM" or b"\x00" in raw[:32]):
            return media
    if _is_html(raw):
        return "text/html"
    if raw[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml"):
        return "application/xml"
    return "text/plain"


def refuse_renamed_picture(media: str, file: str) -> None:
    """Raise when a picture goes by the name of a document: what was meant to be sent is then something else."""
    suffix = file.rpartition(".")[2].lower()
    if media.startswith("image/") and suffix in _DOCUMENT_SUFFIXES:
        kind = media.removeprefix("image/")
        raise UnreadableInputError(
            f"“{file}”的扩展名是 {suffix}，内容却是图片（{kind}）。",
            advice=f"请向提供单位要真正的 {suffix} 文件；若本来就是扫描件，请把扩展名改回 .{kind}，"
            '装好文字识别（pip install "dudao[ocr]"）后再读。',
        )


def office_type(raw: bytes, file: str) -> tuple[str, Archive]:
    """Return what a zip container is (docx, xlsx, ods) and the container opened.

    Raises:
        UnreadableInputError: damaged, too large, or a zip of something else.
    """
    archive = open_archive(raw, file)
    names = archive.names()
    if "word/document.xml" in names:
        return "docx", archive
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx", archive
    if "content.xml" in names and "mimetype" in names:
        kind = archive.read("mimetype")[:80]
        if b"spreadsheet" in kind:
            return "ods", archive
        if b"text" in kind:
            return "odt", archive
    raise UnreadableInputError(
        f"“{file}”是压缩文件，但不是 docx 或 xlsx。", advice="如果是打包的材料，请先解压，再逐个读取。"
    )


def ole_type(raw: bytes, file: str) -> str:
    """Return what an old Office container is (xls, wps, doc), told by the names of its streams.

    Raises:
        UnreadableInputError: it holds a document encrypted with a password, or something that is not a document.
    """
    if _stream("EncryptedPackage") in raw or _stream("EncryptionInfo") in raw:
        raise UnreadableInputError(f"“{file}”加了密码，无法读取。", advice="请先取消密码再读。")
    if _stream("WordDocument") in raw:
        return "doc"
    if _stream("Workbook") in raw or _stream("Book\0") in raw:
        return "xls"
    if _stream("WpsDocument") in raw or _stream("WPSContent") in raw or file.lower().endswith(".wps"):
        return "wps"
    raise UnreadableInputError(
        f"“{file}”是旧的 Office 格式，但不是文档也不是表格，或已损坏。", advice="请另存为 docx、xlsx 或 pdf 后再读。"
    )


def xml_type(raw: bytes, file: str) -> str:
    """Return the suffix of an office document saved as one XML file: Word 2003 XML or a flat OpenDocument text.

    Raises:
        UnreadableInputError: XML of another kind, or XML that declares entities.
    """
    from dudao.documents.safe_xml import refuse_declarations

    refuse_declarations(raw, file, file)
    head = raw[:4096]
    if b'progid="Word.Document"' in head or b"<pkg:package" in head:
        return ".xml"
    if b"<office:document" in head:
        return ".fodt"
    raise UnreadableInputError(f"“{file}”是 XML 数据，不是文档。", advice="请另存为 docx、pdf 或 txt 后再读。")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_html(raw: bytes) -> bool:
    head = raw[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p>", b"<p ", b"<table", b"<meta")):
        return True
    return head.startswith((b"<?xml", b"<!--")) and b"<html" in head
