"""The check of a text that is being typed: no file, no pages, so line ends are paragraph ends."""

import hashlib
import re

from dudao.documents.model import Block, BlockKind, Document
from dudao.documents.reading import document_of
from dudao.documents.text_builder import Draft
from dudao.pipelines.check import CheckedDocument, check_document
from dudao.provenance import Span

_LINE = re.compile(r"[^\r\n]+")


def typed_document(text: str, name: str = "") -> Document:
    """Return a typed text as a document; its lines are its paragraphs."""
    blocks = tuple(Block(BlockKind.PARAGRAPH, Span(line.start(), line.end())) for line in _LINE.finditer(text))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return document_of(Draft(text, blocks, ()), file=name, sha256=digest, media="text/plain")


def check_typed(text: str, name: str = "") -> CheckedDocument:
    """Return what is found in a typed text; spans count its characters."""
    return check_document(typed_document(text, name))
