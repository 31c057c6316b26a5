"""What a kept file looks like on a page: pages of a pdf drawn as pictures, pictures, or text; nothing of it runs."""

import io
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2
from django.utils.translation import gettext as _

from dudao.documents.pdf import PDFIUM
from dudao.web.evidence.models import Revision
from dudao.web.evidence.storage import MissingContentError, content_of
from dudao.web.refusals import InvalidValueError

_WIDTH = 1100
_TEXT_SHOWN = 20_000
_ICONS = {"application/pdf": "file-type-pdf", "image/png": "photo", "image/jpeg": "photo"}


@dataclass(frozen=True, slots=True)
class Preview:
    """How a revision is shown: `kind` is pdf, picture, text, none or missing; `pages` counts those of a pdf."""

    kind: str
    pages: int = 0
    paragraphs: tuple[str, ...] = ()
    shortened: bool = False


def preview(revision: Revision) -> Preview:
    """Return how a revision is shown."""
    media = revision.file.media
    if media == "application/pdf":
        try:
            pages = page_count(revision.file_id)
        except MissingContentError:
            return Preview("missing")
        if pages:
            return Preview("pdf", pages)
    if media.startswith("image/"):
        return Preview("picture")
    text = revision.file.text
    if not text.strip():
        return Preview("none")
    shown = text[:_TEXT_SHOWN]
    paragraphs = tuple(line.strip() for line in shown.splitlines() if line.strip())
    return Preview("text", paragraphs=paragraphs, shortened=len(text) > len(shown))


@lru_cache(maxsize=512)
def page_count(sha256: str) -> int:
    """Return the number of pages of a kept pdf; 0 when it cannot be opened."""
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(content_of(sha256))
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(pdf)
        finally:
            pdf.close()


@lru_cache(maxsize=16)
def page_picture(sha256: str, number: int) -> bytes:
    """Return a page of a kept pdf (counted from 1) as PNG.

    Raises:
        InvalidValueError: there is no such page, or it cannot be drawn.
    """
    content = content_of(sha256)
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            raise InvalidValueError(_("该文件打不开，无法预览。"), advice=_("请下载后查看。")) from None
        try:
            if not 1 <= number <= len(pdf):
                raise InvalidValueError(_("该文件没有第 %(number)s 页。") % {"number": number})
            page = pdf[number - 1]
            width, height = page.get_size()
            scale = min(_WIDTH / max(width, 1), 4 * _WIDTH / max(height, 1))
            picture = page.render(scale=scale).to_pil().convert("RGB")
        finally:
            pdf.close()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def icon_of(media: str) -> str:
    """Return the icon of a kind of file."""
    if "wordprocessing" in media:
        return "file-type-docx"
    if "spreadsheet" in media:
        return "file-type-xls"
    return _ICONS.get(media, "file-text")
