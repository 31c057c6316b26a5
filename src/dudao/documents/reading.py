"""Reads a file of any known kind into one `Document`."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dudao.documents.archives import Archive, open_archive
from dudao.documents.citations import cited_documents
from dudao.documents.limits import MAX_FILE_BYTES
from dudao.documents.model import Document, RepairedText
from dudao.documents.plain_text import read_plain_text
from dudao.documents.recognition import media_type, office_type, ole_type, refuse_renamed_picture, xml_type
from dudao.documents.repairs.cut_characters import cut_characters
from dudao.documents.repairs.doubtful_figures import doubtful_figures
from dudao.documents.repairs.mending import mend, untouched
from dudao.documents.repairs.page_breaks import broken_sentences, page_numbers
from dudao.documents.repairs.pinyin_glosses import pinyin_glosses
from dudao.documents.repairs.spaces import broken_spaces
from dudao.documents.repairs.stopped_points import stopped_points
from dudao.documents.repairs.traditional import traditional_characters
from dudao.documents.repairs.unseen import unseen_characters
from dudao.documents.repairs.widths import narrow_marks, wide_figures
from dudao.documents.structure import structured
from dudao.documents.text_builder import Draft
from dudao.errors import UnreadableInputError

STANDARD_INPUT = "标准输入"
"""The name of a document that has no file."""

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "xls": "application/vnd.ms-excel",
}


def read_document(path: Path) -> Document:
    """Return the document in a file, its kind told by content.

    Raises:
        UnreadableInputError: the file is missing, empty, damaged, protected, too large or of no known kind; the
            message says which and what to do.
    """
    return _document(_bytes_of(path), path.name, str(path))


def read_stream(stream: BinaryIO) -> Document:
    """Return the document that a stream holds, named `标准输入`; its kind is told by content like that of a file.

    Raises:
        UnreadableInputError: as for a file.
    """
    raw = stream.read(MAX_FILE_BYTES + 1)
    if len(raw) > MAX_FILE_BYTES:
        raise _too_large(STANDARD_INPUT, len(raw))
    return _document(raw, STANDARD_INPUT, STANDARD_INPUT)


def _document(raw: bytes, name: str, file: str) -> Document:
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableInputError(f"“{name}”是空文件。", advice="请确认是否存错了文件。")
    media, draft = _draft(raw, name)
    return document_of(draft, file=file, sha256=hashlib.sha256(raw).hexdigest(), media=media)


def document_of(draft: Draft, *, file: str, sha256: str, media: str) -> Document:
    """Return the document of a draft: mended for reading, its headings told, its citations found."""
    repaired = repaired_text(draft)
    return Document(
        file=file,
        sha256=sha256,
        media=media,
        text=draft.text,
        blocks=structured(draft.blocks, repaired),
        tables=draft.tables,
        repaired=repaired,
        cited=cited_documents(repaired),
        encoding=draft.encoding,
        issues=draft.issues,
    )


def repaired_text(draft: Draft) -> RepairedText:
    """Return the draft's text with all repairs carried out, one after the other."""
    mended = untouched(draft.text)
    if draft.cut_bytes:
        mended = mend(mended, cut_characters(mended.text, draft.cut_bytes, draft.encoding))
    mended = mend(mended, unseen_characters(mended.text))
    mended = mend(mended, pinyin_glosses(mended.text))
    mended = mend(mended, traditional_characters(mended.text))
    mended = mend(mended, stopped_points(mended.text))
    if draft.wrapped:
        mended = mend(mended, page_numbers(mended.text))
    tables = tuple(table.span for table in draft.tables)
    mended = mend(mended, broken_sentences(mended, tables, wrapped=draft.wrapped, run_on=draft.run_on))
    mended = mend(mended, wide_figures(mended.text))
    mended = mend(mended, narrow_marks(mended.text))
    mended = mend(mended, broken_spaces(mended.text))
    mended = mend(mended, wide_figures(mended.text))  # points that a gap kept apart: 23．\n3亿元
    edits, doubtful = doubtful_figures(mended.text, wrapped=draft.wrapped)
    return replace(mend(mended, edits), doubtful=doubtful)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableInputError(
                f"“{path}”是文件夹，不是文件。", advice=f"请指明其中的文件，如“{path / '*.docx'}”。"
            )
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableInputError(f"“{path}”不是普通文件。", advice="请指明一个文件。")
        if size > MAX_FILE_BYTES:
            raise _too_large(path.name, size)
        return path.read_bytes()
    except UnreadableInputError:
        raise  # is a ValueError as well
    except FileNotFoundError as error:
        raise UnreadableInputError(f"没有找到文件“{path}”。", advice="请检查文件名和所在的文件夹。") from error
    except PermissionError as error:
        raise UnreadableInputError(
            f"没有读取“{path}”的权限。", advice="请检查文件权限，或复制到自己的文件夹。"
        ) from error
    except (OSError, ValueError) as error:
        raise UnreadableInputError(f"“{path}”读不出来。", advice="请检查磁盘或网络盘的连接。") from error


def _too_large(name: str, size: int) -> UnreadableInputError:
    return UnreadableInputError(
        f"“{name}”有{size / 1048576:.0f} MB，超过{MAX_FILE_BYTES // 1048576} MB 的上限。", advice="请拆分后再读。"
    )


def _draft(raw: bytes, file: str) -> tuple[str, Draft]:
    """Return media type and draft; each reader is loaded only where it is needed."""
    media = media_type(raw, file)
    refuse_renamed_picture(media, file)
    if media == "text/plain":
        return media, read_plain_text(raw, file)
    if media == "text/html":
        from dudao.documents.web_page import read_web_page

        return media, read_web_page(raw, file)
    if media == "application/pdf":
        from dudao.documents.pdf import read_pdf

        return media, read_pdf(raw, file)
    if media.startswith("image/"):
        from dudao.documents.scans import read_picture

        return media, read_picture(raw, file)
    if media == "application/zip":
        return _from_zip(raw, file)
    if media == "application/xml":
        return media, _converted(raw, file, xml_type(raw, file))
    if media == "application/rtf":
        return media, _converted(raw, file, ".rtf")
    return _from_ole(raw, file)


def _from_zip(raw: bytes, file: str) -> tuple[str, Draft]:
    kind, archive = office_type(raw, file)
    if kind == "docx":
        return MEDIA[kind], _word(archive)
    if kind == "odt":
        return MEDIA[kind], _converted(raw, file, ".odt")
    from dudao.documents.workbook import read_workbook

    return MEDIA[kind], read_workbook(raw, file, archive if kind == "xlsx" else None)


def _from_ole(raw: bytes, file: str) -> tuple[str, Draft]:
    kind = ole_type(raw, file)
    if kind == "xls":
        from dudao.documents.workbook import read_workbook

        return MEDIA[kind], read_workbook(raw, file, None)
    return MEDIA[kind], _converted(raw, file, f".{kind}")


def _converted(raw: bytes, file: str, suffix: str) -> Draft:
    from dudao.documents.old_office import converted_to_docx

    return _word(open_archive(converted_to_docx(raw, file, suffix), file))


def _word(archive: Archive) -> Draft:
    from dudao.documents.word.reading import read_word

    return read_word(archive)
