"""The parts of a docx that its text needs, and the heading styles it defines."""

from dudao.documents.archives import Archive
from dudao.documents.safe_xml import Element, attribute, parse

BODY = "word/document.xml"
_TITLE = -1


def optional_part(archive: Archive, name: str) -> Element | None:
    """Return the root of a part, None when the document has none."""
    return parse(archive.read(name), archive.file, name) if name in archive.names() else None


def heading_styles(styles: Element | None) -> dict[str, int]:
    """Return style id → heading level 1–4, −1 for the title style; styles that are based on one inherit it."""
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in styles.findall("{*}style") if styles is not None else ():
        identifier = attribute(style, "styleId") or ""
        name = _value(style, "name").lower()
        outline = style.find("{*}pPr/{*}outlineLvl")
        level = attribute(outline, "val") if outline is not None else None
        if name in ("title", "标题"):
            own[identifier] = _TITLE
        elif level is not None and level.isdecimal() and int(level) < 9:
            own[identifier] = min(int(level) + 1, 4)
        elif name.startswith("heading ") and name[8:].isdecimal():
            own[identifier] = min(max(int(name[8:]), 1), 4)
        based[identifier] = _value(style, "basedOn")
    found: dict[str, int] = {}
    for identifier in based:
        current, steps = identifier, 0
        while current and current not in own and steps < 20:
            current, steps = based.get(current, ""), steps + 1
        if current in own:
            found[identifier] = own[current]
    return found


def _value(style: Element, name: str) -> str:
    child = style.find(f"{{*}}{name}")
    return (attribute(child, "val") or "") if child is not None else ""
