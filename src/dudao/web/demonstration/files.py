"""Small evidence files, made on the spot: a Word document and a one-page PDF, both plainly called 演示材料."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document


def word_file(title: str, number: str, lines: Sequence[str]) -> bytes:
    """Return a Word document with a title, its document number and paragraphs."""
    document = Document()
    document.add_heading(title, level=0)
    document.add_paragraph(number)
    for line in lines:
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_file(title: str, lines: Sequence[str]) -> bytes:
    """Return a PDF of one page; its Chinese stands in a font that every PDF reader brings along."""
    shown = ["BT", "/F1 18 Tf", "72 770 Td", f"<{_codes(title)}> Tj", "/F1 12 Tf", "0 -20 Td"]
    for line in lines:
        shown += ["0 -22 Td", f"<{_codes(line)}> Tj"]
    content = "\n".join([*shown, "ET"])
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    )
    text = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF\n"
    return (text + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}").encode("ascii")


def _codes(text: str) -> str:
    return text.encode("utf-16-be").hex()
