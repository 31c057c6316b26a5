"""What a file says of itself: its text for search and preview, its title and document number."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from dudao.documents.model import BlockKind, Document
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError
from dudao.web.uploads.inspection import Inspected

_SUFFIXES = {
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_TEXT_LIMIT = 500_000
_HEAD = 400


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read; empty where the file has no text or says nothing of it."""

    text: str = ""
    title: str = ""
    number: str = ""


def recognised(inspected: Inspected, name: str) -> Recognised:
    """Return what a kept file says of itself; a file without readable text says nothing, which is no error."""
    suffix = _SUFFIXES.get(inspected.media)
    if suffix is None:
        return Recognised(title=Path(name).stem)
    with tempfile.TemporaryDirectory(prefix="dudao-evidence-") as folder:
        place = Path(folder) / f"upload{suffix}"
        place.write_bytes(inspected.content)
        try:
            document = read_document(place)
        except UnreadableInputError:
            return Recognised(title=Path(name).stem)
    return Recognised(
        document.text[:_TEXT_LIMIT].replace("\x00", ""), _title(document) or Path(name).stem, _number(document)
    )


def _title(document: Document) -> str:
    for block in document.blocks[:12]:
        if block.kind is BlockKind.TITLE:
            return " ".join(document.text[block.span.start : block.span.end].split())
    return ""


def _number(document: Document) -> str:
    """Return the document's own number: one near the head that stands alone, not behind a cited title."""
    for cited in document.cited:
        if cited.number and cited.title is None and cited.span.start < _HEAD:
            return cited.number
    return ""
