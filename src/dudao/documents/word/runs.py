"""The text of one Word paragraph: split runs joined, insertions kept, what is deleted or struck through dropped."""

from collections.abc import Iterator
from dataclasses import dataclass

from dudao.documents.raised import raised
from dudao.documents.safe_xml import Element, attribute, local_name

_DROPPED = frozenset(
    {
        "del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "footnoteReference", "endnoteReference",
        "Fallback", "proofErr", "bookmarkStart", "bookmarkEnd", "delInstrText", "sdtPr", "annotationRef",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text; `element` is the text element it stands in, None for breaks and marks."""

    text: str
    element: Element | None = None


def pieces(paragraph: Element) -> Iterator[Piece]:
    """Yield the visible text of a paragraph in order; text boxes within it are left to `text_boxes`."""
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        name = local_name(element)
        if name in _DROPPED or not name or name in ("txbxContent", "tbl"):
            continue
        if name == "t":
            if element.text:
                written = element.text.replace("\n", " ").replace("\t", " ")
                yield Piece(raised(written) if _is_raised(element) else written, element)
        elif name in ("br", "cr"):
            if attribute(element, "type") not in ("page", "column"):
                yield Piece("\n")
        elif name in ("tab", "ptab"):
            yield Piece(" ")
        elif name == "noBreakHyphen":
            yield Piece("-")
        elif not (name == "r" and _hidden(element)):
            pending.extend(reversed(element))


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the paragraphs of text boxes anchored in a paragraph; the copy for old programs is passed over."""
    for box in paragraph.iter("{*}txbxContent"):
        if not any(local_name(ancestor) == "Fallback" for ancestor in box.iterancestors()):
            yield from (element for element in box if local_name(element) == "p")


def note_references(paragraph: Element) -> Iterator[tuple[str, str]]:
    """Yield kind (`footnote`, `endnote`) and id of each note referred to."""
    for element in paragraph.iter("{*}footnoteReference", "{*}endnoteReference"):
        yield local_name(element).removesuffix("Reference"), attribute(element, "id") or ""


def mark_is_deleted(paragraph: Element) -> bool:
    """Return whether a tracked change deletes the end of this paragraph, so that the next one joins it."""
    return paragraph.find("{*}pPr/{*}rPr/{*}del") is not None


def _hidden(run: Element) -> bool:
    """Return whether a run is not to be read: hidden, or struck through by whoever corrected the text by hand."""
    return any(_is_on(run.find(f"{{*}}rPr/{{*}}{name}")) for name in ("vanish", "strike", "dstrike"))


def _is_on(switch: Element | None) -> bool:
    return switch is not None and attribute(switch, "val") not in ("0", "false", "off", "none")


def _is_raised(text: Element) -> bool:
    run = text.getparent()
    position = run.find("{*}rPr/{*}vertAlign") if run is not None else None
    return position is not None and attribute(position, "val") == "superscript"
