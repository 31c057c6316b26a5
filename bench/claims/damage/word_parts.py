"""The smallest Word file around a body that is written as XML: what belongs to it besides the text."""

import io
import zipfile
from xml.sax.saxutils import escape

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC"'
    ' w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
)


def run(text: str) -> str:
    """Return a run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph around runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def table(rows: list[list[str]]) -> str:
    """Return a table whose cells are given as the XML within."""
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{cells}</w:tbl>"


def file(body: str, *, section: str = "", **parts: str) -> bytes:
    """Return a .docx; `parts` maps styles, numbering, comments, footnotes, header, footer to the XML within them."""
    roots = {"header": "hdr", "footer": "ftr"}
    kept = {"styles": STYLES, **parts}
    xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{name}+xml"/>' for name in kept
        )
        archive.writestr(
            "[Content_Types].xml",
            f'{xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>{overrides}</Types>',
        )
        start = f'{xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        archive.writestr(
            "_rels/.rels",
            f'{start}<Relationship Id="r0" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        links = "".join(f'<Relationship Id="{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>' for name in kept)
        archive.writestr("word/_rels/document.xml.rels", f"{start}{links}</Relationships>")
        around = "".join(
            f'<w:{name}Reference w:type="default" r:id="{name}"/>' for name in ("header", "footer") if name in kept
        )
        archive.writestr(
            "word/document.xml",
            f"{xml}<w:document {SPACES}><w:body>{body}<w:sectPr>{around}{section}</w:sectPr></w:body></w:document>",
        )
        for name, content in kept.items():
            root = roots.get(name, name)
            archive.writestr(f"word/{name}.xml", f"{xml}<w:{root} {SPACES}>{content}</w:{root}>")
    return buffer.getvalue()
