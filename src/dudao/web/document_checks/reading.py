"""A kept file read and checked: its name is the one it was uploaded under, wherever it lies while it is read."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from dudao.documents.model import Document
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError
from dudao.web.refusals import InvalidValueError

_LONGEST_NAME = 60
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def document_in(content: bytes, name: str) -> Document:
    """Return the document of a file's bytes.

    Args:
        content: the bytes as kept.
        name: the name as uploaded; sentences and findings name the file by it.

    Raises:
        InvalidValueError: the file cannot be read as a document, or has no text; says why.
    """
    short = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + Path(name).suffix[:8]
    with tempfile.TemporaryDirectory(prefix="dudao-check-") as folder:
        place = Path(folder) / short
        place.write_bytes(content)
        try:
            document = read_document(place)
        except UnreadableInputError as refusal:
            raise InvalidValueError(refusal.message, advice=refusal.advice or "") from refusal
    if not document.text.strip():
        raise InvalidValueError(
            _("“%(name)s”里没有读到文字。") % {"name": name}, advice=_("请提供文字版，或更清晰的扫描件。")
        )
    return _storable(replace(document, file=name))


def _storable(document: Document) -> Document:
    """Return the document without the characters that no database keeps, each replaced by one that it does."""
    if not _UNSTORABLE.search(document.text):
        return document
    mended = replace(document.repaired, text=_UNSTORABLE.sub("\ufffd", document.repaired.text))
    return replace(document, text=_UNSTORABLE.sub("\ufffd", document.text), repaired=mended)
