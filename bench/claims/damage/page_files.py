"""A report as pages: written as Word files and printed by LibreOffice, with what stands around and behind the text."""

import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from claims.damage.word_parts import file, paragraph, run

PRINTED_AT_ONCE = 60
PAGE = (
    '<w:pgSz w:w="{}" w:h="{}"/>'
    '<w:pgMar w:top="1440" w:bottom="1440" w:left="{}" w:right="{}" w:header="700" w:footer="700"/>'
)
JUSTIFIED = '<w:jc w:val="both"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
FOOTER = paragraph(
    f'{run("— ")}<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>{run(" —")}',
    '<w:jc w:val="center"/>',
)
WATERMARK = (
    '<w:r><w:pict><v:shape type="#_x0000_t136" fillcolor="silver" stroked="f"'
    ' style="position:absolute;width:420pt;height:90pt;rotation:315;z-index:-1">'
    '<v:textpath style="font-size:1pt" string="内部资料 2023 第08号"/></v:shape></w:pict></w:r>'
)


def _body(text: str) -> str:
    return "".join(paragraph(run(line), JUSTIFIED) for line in text.split("\n"))


def headed(text: str, _: random.Random) -> bytes:
    """Small pages, a header with a year, page numbers between the paragraphs."""
    header = paragraph(run("2022年度履行教育职责评价自评报告 共12页"), '<w:jc w:val="center"/>')
    return file(_body(text), section=PAGE.format(8391, 11906, 1000, 1000), header=header, footer=FOOTER)


def columns(text: str, _: random.Random) -> bytes:
    """Two columns."""
    section = PAGE.format(11906, 16838, 1000, 1000) + '<w:cols w:num="2" w:space="600"/>'
    return file(_body(text), section=section, footer=FOOTER)


def watermarked(text: str, _: random.Random) -> bytes:
    """Wide pages with a slanting word and a number behind the text."""
    section = PAGE.format(11906, 16838, 1500, 1500)
    return file(_body(text), section=section, header=paragraph(WATERMARK), footer=FOOTER)


def cut_figures(text: str, _: random.Random) -> bytes:
    """Lines that end wherever the paper ends, within figures too."""
    lines = [line[place : place + 23] for line in text.split("\n") for place in range(0, max(len(line), 1), 23)]
    body = "".join(paragraph(run(line)) for line in lines)
    return file(body, section=PAGE.format(11906, 16838, 1200, 1200), footer=FOOTER)


def hyphenated(text: str, _: random.Random) -> bytes:
    """Narrow lines in which the units written in letters are cut by a hyphen."""
    body = _body(re.sub(r"万元", "万\u00ad元", text))
    return file(body, section=PAGE.format(6000, 11906, 700, 700), footer=FOOTER)


PAGES: dict[str, Callable[[str, random.Random], bytes]] = {
    "pdf headed": headed,
    "pdf columns": columns,
    "pdf watermark": watermarked,
    "pdf cut figures": cut_figures,
    "pdf narrow": hyphenated,
}


def printed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return Word files as pdf, by their names.

    LibreOffice prints some dozens in one run: it is known to leave off after a few hundred, without a word.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, raw in files.items():
            (place / f"{name}.docx").write_bytes(raw)
        written = sorted(str(one) for one in place.glob("*.docx"))
        for first in range(0, len(written), PRINTED_AT_ONCE):
            batch = written[first : first + PRINTED_AT_ONCE]
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *batch]
            subprocess.run(command, check=True, capture_output=True, timeout=600)
        return {name: (place / f"{name}.pdf").read_bytes() for name in files}
