"""Parses XML that strangers made: no entities, no network, no oversized nodes."""

import io
from collections.abc import Iterator

from lxml import etree

from dudao.errors import UnreadableInputError

Element = etree._Element


def parse(content: bytes, file: str, part: str) -> Element:
    """Return the root element of one part.

    Raises:
        UnreadableInputError: not well formed, or it declares entities, which office files never do.
    """
    refuse_declarations(content, file, part)
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(file, part) from error


def children_of(content: bytes, container: str, file: str, part: str) -> Iterator[Element]:
    """Yield the children of the first element with the local name `container`, each freed once it was used.

    Keeps memory flat however long the part is.
    """
    refuse_declarations(content, file, part)
    parents: list[Element] = []
    inside: Element | None = None
    try:
        for event, element in etree.iterparse(
            io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
        ):
            if event == "start":
                if inside is None and local_name(element) == container:
                    inside = element
                parents.append(element)
                continue
            parents.pop()
            if inside is not None and parents and parents[-1] is inside:
                yield element
                element.clear()
                while (earlier := element.getprevious()) is not None:
                    inside.remove(earlier)
            elif element is inside:
                return
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(file, part) from error


def refuse_declarations(content: bytes, file: str, part: str) -> None:
    """Raise when the XML declares a document type: that is where entity attacks live."""
    plain = content
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:64]:
        plain = content.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnreadableInputError(
            f"“{file}”的“{part}”里有外部引用声明，正常的 Office 文件没有，为安全起见没有读取。",
            advice="请用 Word/WPS 打开确认后另存一份。",
        )


def local_name(element: Element) -> str:
    """Return the name without namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute with this local name, whatever its namespace (transitional or strict)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def _damaged(file: str, part: str) -> UnreadableInputError:
    return UnreadableInputError(
        f"“{file}”已损坏（“{part}”不是完整的 XML）。", advice="请用 Word/WPS 打开后另存一份，再读。"
    )
