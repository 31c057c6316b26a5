"""A copy of a docx with Word's own comments at the places of findings; nothing else in it changes."""

import io
import re
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from dudao.claims.model import Finding
from dudao.documents.archives import Archive
from dudao.documents.recognition import office_type
from dudao.documents.safe_xml import Element, attribute, local_name, parse
from dudao.documents.word.container import BODY
from dudao.documents.word.places import TextPlace, WordPlaces, word_places
from dudao.errors import WrongUseError
from dudao.provenance import Span

_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SENTENCE_END = re.compile(r"[。；！？\n]")
_AROUND = 40
_LONGEST = 400  # characters of a commented stretch; longer findings are marked at their beginning


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a stretch of the text that reading the docx gives."""

    span: Span
    text: str


def commented_docx(
    raw: bytes, file: str, findings: Iterable[Finding], *, author: str, date: str = "", text: str = ""
) -> bytes:
    """Return a copy of the docx in which each finding stands as a comment at its place.

    Args:
        raw: the original file.
        file: its name, for messages.
        findings: spans count characters of the document as `read_document` reads this file.
        author: who signs the comments.
        date: when, as Word wants it (`2026-11-21T08:30:00Z`); empty leaves it out.
        text: the document's text, from which the other place of a contradiction is quoted; empty quotes nothing.

    Raises:
        WrongUseError: the file is no docx.
        UnreadableInputError: the file is damaged.
    """
    comments = [Comment(finding.span, _said(finding, text)) for finding in findings]
    if not raw.startswith(b"PK"):
        raise _no_docx(file)
    kind, archive = office_type(raw, file)
    if kind != "docx":
        raise _no_docx(file)
    places = word_places(archive)
    namespace = str(etree.QName(places.root).namespace or _W)
    existing = _comments_part(archive)
    target = parse(archive.read(existing), file, existing) if existing else etree.Element(f"{{{namespace}}}comments")
    numbers = [int(number) for number in (attribute(one, "id") for one in target) if number and number.isdecimal()]
    first = max(numbers, default=-1) + 1
    _place_all(places, comments, namespace, first)
    for number, comment in enumerate(comments, start=first):
        target.append(_comment(comment, number, namespace, author, date))
    part = existing or _free_name(archive)
    changed = {BODY: _written(places.root), part: _written(target)}
    if not existing:
        changed[_RELATIONS] = _with_relation(archive, part.removeprefix("word/"))
        changed[_TYPES] = _with_type(archive, part)
    return _repacked(archive, changed)


def _said(finding: Finding, text: str) -> str:
    """Return what a comment says: the finding, the sentences of its other places, and the advice."""
    lines = [finding.message, *(f"另一处：“{quoted}”" for span in finding.related if (quoted := _sentence(text, span)))]
    return "\n".join([*lines, f"建议：{finding.remedy}"] if finding.remedy else lines)


def _sentence(text: str, span: Span) -> str:
    """Return the sentence around a place, at most some eighty characters of it."""
    before = _SENTENCE_END.split(text[max(0, span.start - _AROUND) : span.start])[-1]
    behind = _SENTENCE_END.split(text[span.end : span.end + _AROUND])[0]
    return " ".join(f"{before}{text[span.start : span.end]}{behind}".split())


def _no_docx(file: str) -> WrongUseError:
    return WrongUseError(f"“{file}”不是 docx，不能在原处加批注。", advice="可改用 --html 输出带标注的网页。")


def _place_all(places: WordPlaces, comments: list[Comment], namespace: str, first: int) -> None:
    """Cut the runs where comments begin and end, then set the range marks around them."""
    stretches = [
        (comment.span.start, max(comment.span.start + 1, min(comment.span.end, comment.span.start + _LONGEST)))
        for comment in comments
    ]
    cuts = sorted({edge for stretch in stretches for edge in stretch})
    pieces: list[TextPlace] = []
    for place in places.places:
        pieces.extend(_cut(place, [cut for cut in cuts if place.start < cut < place.end]))
    divided = WordPlaces(places.root, tuple(pieces))
    for number, (start, end) in enumerate(stretches, start=first):
        within = divided.within(start, end)
        if not within:
            continue
        begin, finish = _run(within[0].element), _run(within[-1].element)
        begin.addprevious(_mark("commentRangeStart", number, namespace))
        closing = _mark("commentRangeEnd", number, namespace)
        # Later comments on the same stretch close behind earlier ones.
        behind = finish
        while (after := behind.getnext()) is not None and _is_comment_mark(after):
            behind = after
        behind.addnext(closing)
        reference = etree.Element(f"{{{namespace}}}r")
        etree.SubElement(reference, f"{{{namespace}}}commentReference").set(f"{{{namespace}}}id", str(number))
        closing.addnext(reference)


def _is_comment_mark(element: Element) -> bool:
    name = local_name(element)
    return name == "commentRangeEnd" or (name == "r" and element.find("{*}commentReference") is not None)


def _run(element: Element) -> Element:
    """Return the run an element stands in; range marks go beside it."""
    for ancestor in element.iterancestors():
        if local_name(ancestor) == "r":
            return ancestor
    return element


def _cut(place: TextPlace, cuts: list[int]) -> list[TextPlace]:
    """Split the run of a place at the cuts; each part keeps the formatting of the run."""
    run = place.element.getparent()
    if not cuts or run is None or local_name(run) != "r":
        return [place]
    parts: list[TextPlace] = []
    end = place.end
    for cut in reversed(cuts):
        text = place.element.text or ""
        offset = cut - place.start
        right = etree.Element(run.tag)
        for key, value in run.attrib.items():
            right.set(key, value)
        properties = run.find("{*}rPr")
        if properties is not None:
            right.append(deepcopy(properties))
        rest = etree.SubElement(right, place.element.tag)
        rest.text = text[offset:]
        rest.set(_SPACE, "preserve")
        for sibling in list(place.element.itersiblings()):
            right.append(sibling)
        place.element.text = text[:offset]
        place.element.set(_SPACE, "preserve")
        run.addnext(right)
        parts.append(TextPlace(cut, end, rest))
        end = cut
    return [TextPlace(place.start, end, place.element), *reversed(parts)]


def _mark(name: str, number: int, namespace: str) -> Element:
    element = etree.Element(f"{{{namespace}}}{name}")
    element.set(f"{{{namespace}}}id", str(number))
    return element


def _comment(comment: Comment, number: int, namespace: str, author: str, date: str) -> Element:
    element = _mark("comment", number, namespace)
    element.set(f"{{{namespace}}}author", _printable(author))
    if date:
        element.set(f"{{{namespace}}}date", date)
    element.set(f"{{{namespace}}}initials", _printable(author)[:2])
    for line in comment.text.split("\n"):
        paragraph = etree.SubElement(element, f"{{{namespace}}}p")
        text = etree.SubElement(etree.SubElement(paragraph, f"{{{namespace}}}r"), f"{{{namespace}}}t")
        text.text = _printable(line)
        text.set(_SPACE, "preserve")
    return element


def _printable(text: str) -> str:
    """Return the text without the control characters that XML does not allow."""
    return "".join(character for character in text if character >= " " or character == "\t")


def _comments_part(archive: Archive) -> str:
    """Return the name of the part that already holds comments, empty when there is none."""
    if _RELATIONS not in archive.names():
        return ""
    for relation in parse(archive.read(_RELATIONS), archive.file, _RELATIONS):
        if (relation.get("Type") or "").endswith("/comments"):
            target = relation.get("Target") or ""
            name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            return name if name in archive.names() else ""
    return ""


def _free_name(archive: Archive) -> str:
    names = archive.names()
    return next(name for index in range(len(names) + 1) if (name := f"word/comments{index or ''}.xml") not in names)


def _with_relation(archive: Archive, target: str) -> bytes:
    if _RELATIONS in archive.names():
        root = parse(archive.read(_RELATIONS), archive.file, _RELATIONS)
    else:
        root = etree.Element(f"{{{_RELATION_NAMESPACE}}}Relationships")
    taken = {relation.get("Id") for relation in root}
    identifier = next(name for index in range(len(taken) + 1) if (name := f"rIdComments{index}") not in taken)
    relation = etree.SubElement(root, f"{{{_RELATION_NAMESPACE}}}Relationship")
    relation.set("Id", identifier)
    relation.set("Type", _COMMENTS_RELATION)
    relation.set("Target", target)
    return _written(root)


def _with_type(archive: Archive, part: str) -> bytes:
    root = parse(archive.read(_TYPES), archive.file, _TYPES)
    override = etree.SubElement(root, f"{{{_TYPE_NAMESPACE}}}Override")
    override.set("PartName", f"/{part}")
    override.set("ContentType", _COMMENTS_TYPE)
    return _written(root)


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _repacked(archive: Archive, changed: dict[str, bytes]) -> bytes:
    """Return the container with some parts changed or added; the others are copied as they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.entries.infolist():
            content = changed.pop(entry.filename) if entry.filename in changed else archive.read(entry.filename)
            copy.writestr(entry, content)
        for name, content in changed.items():
            # A fixed date: the same input gives the same bytes.
            copy.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
