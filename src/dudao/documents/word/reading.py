"""Reads a docx into a draft."""

from dudao.documents.archives import Archive
from dudao.documents.safe_xml import Element, attribute, children_of, parse
from dudao.documents.text_builder import Draft, TextBuilder
from dudao.documents.word.body import WordBody
from dudao.documents.word.container import BODY, heading_styles, optional_part
from dudao.documents.word.numbering import numbering
from dudao.errors import UnreadableInputError


def read_word(archive: Archive) -> Draft:
    """Return the text of a docx: body first, then the notes it refers to.

    Raises:
        UnreadableInputError: damaged, or with pictures in place of text.
    """
    body = begin(archive)
    body.add(children_of(archive.read(BODY), "body", archive.file, BODY))
    finish(body, archive)
    draft = body.builder.draft()
    if not draft.text.strip():
        raise UnreadableInputError(
            f"“{archive.file}”里没有文字，可能每页都是图片。",
            advice="请提供文字版，或把图片另存为 pdf 后用文字识别读取。",
        )
    return draft


def begin(archive: Archive) -> WordBody:
    """Return an empty body with the numbering and heading styles of the document."""
    styles = optional_part(archive, "word/styles.xml")
    lists = numbering(optional_part(archive, "word/numbering.xml"), styles)
    return WordBody(TextBuilder(), lists, heading_styles(styles))


def finish(body: WordBody, archive: Archive) -> None:
    """Append the notes that the body refers to, in the order of their first mention."""
    for kind in ("footnote", "endnote"):
        wanted = list(dict.fromkeys(number for noted, number in body.notes if noted == kind))
        name = f"word/{kind}s.xml"
        if wanted and name in archive.names():
            notes = _by_id(parse(archive.read(name), archive.file, name))
            for number in wanted:
                if number in notes:
                    body.note(notes[number].iter("{*}p"))


def _by_id(notes: Element) -> dict[str, Element]:
    return {attribute(note, "id") or "": note for note in notes if attribute(note, "type") in (None, "normal")}
