"""Small files made by code."""

import io
from collections.abc import Callable

import pytest

PdfOf = Callable[[list[list[str]]], bytes]


@pytest.fixture
def pdf_of() -> PdfOf:
    """Write a pdf with a Chinese text layer, without any font file.

    Pages are lists of lines; a line with tabs is a table row.
    """
    return _pdf_of


def _pdf_of(pages: list[list[str]]) -> bytes:
    """Return a pdf with one line of text below the other on each page."""
    letters = sorted({letter for page in pages for line in page for letter in line})
    code = {letter: index + 1 for index, letter in enumerate(letters)}
    mapping = "".join(f"<{code[letter]:04x}> <{ord(letter):04x}>\n" for letter in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapping}endbfchar endcmap end end"
    )
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    numbers = [5 + 2 * index for index in range(len(pages))]
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>".encode())
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 4 0 R /DescendantFonts "
        b"[<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /DW 1000 >>] >>"
    )
    objects.append(_stream(cmap))
    for page, number in zip(pages, numbers, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        lines = "".join(_drawn(line, 780 - 20 * row, code) for row, line in enumerate(page))
        objects.append(_stream(lines))
    target = io.BytesIO()
    target.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(target.tell())
        target.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = target.tell()
    target.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    target.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    target.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return target.getvalue()


def _drawn(line: str, height: int, code: dict[str, int]) -> str:
    """Return the commands for one line; one with tabs is a table row with borders, its cells 150 points wide."""
    cells = line.split("\t")
    texts = "".join(
        f"BT /F1 12 Tf {60 + 150 * index} {height} Td <{''.join(f'{code[letter]:04x}' for letter in cell)}> Tj ET\n"
        for index, cell in enumerate(cells)
    )
    if len(cells) == 1:
        return texts
    right = 56 + 150 * len(cells)
    strokes = [f"56 {edge} m {right} {edge} l S" for edge in (height - 5, height + 15)]
    strokes += [
        f"{56 + 150 * index} {height - 5} m {56 + 150 * index} {height + 15} l S" for index in range(len(cells) + 1)
    ]
    return texts + "\n".join(strokes) + "\n"


def _stream(text: str) -> bytes:
    content = text.encode()
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
