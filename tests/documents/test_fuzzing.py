"""Damaged files are either read or refused with a sentence; nothing else may happen."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document as NewDocument

from dudao.documents import scans
from dudao.documents.model import Document
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError

ROUNDS = 40
TEXT = "一、经费\n\n2022年区(qū)投入44.42 亿元，《某办法》（某教发〔2021〕7号）\n\n落实。\n\t甲\n\t乙\n\n\t丙\n\t丁\n"


def docx() -> bytes:
    target = io.BytesIO()
    document = NewDocument()
    document.add_heading("一、经费", level=1)
    document.add_paragraph("投入44.42亿元。")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "党的领导"
    document.save(target)
    return target.getvalue()


def xlsx() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.merge_range(0, 0, 0, 1, "自评")
        sheet.write_row(1, 0, ["学校", 0.5])
    return target.getvalue()


def html() -> bytes:
    return "<html><body><h1>题</h1><table><tr><td rowspan=2>甲<td>乙</table><p>44.42亿元</body></html>".encode()


MADE: dict[str, Callable[[], bytes]] = {
    "docx": docx,
    "xlsx": xlsx,
    "html": html,
    "txt": TEXT.encode,
    "gb18030": lambda: TEXT.encode("gb18030"),
    "utf-16": lambda: TEXT.encode("utf-16"),
}


def mutated(raw: bytes, chance: random.Random) -> bytes:
    content = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(content))
        kind = chance.randrange(4)
        if kind == 0:
            content[place] = chance.randrange(256)
        elif kind == 1:
            del content[place : place + chance.randint(1, 40)]
        elif kind == 2:
            content[place:place] = content[place : place + chance.randint(1, 40)]
        else:
            content[place] ^= 1 << chance.randrange(8)
        if len(content) < 4:
            return bytes(raw)
    return bytes(content)


def is_sound(document: Document) -> None:
    length = len(document.text)
    places = [document.repaired.origin(place) for place in range(len(document.repaired.text))]
    assert places == sorted(set(places))
    assert all(place < length for place in places)
    spans = [block.span for block in document.blocks] + [cited.span for cited in document.cited]
    spans += [cell.span for table in document.tables for cell in table.cells]
    assert all(span.end <= length for span in spans)


def read_or_refuse(path: Path, content: bytes) -> None:
    """Read the content; a refusal must come with advice."""
    path.write_bytes(content)
    refusal = None
    try:
        is_sound(read_document(path))
    except UnreadableInputError as error:
        refusal = error
    assert refusal is None or refusal.advice


def with_a_damaged_part(raw: bytes, chance: random.Random) -> bytes:
    """Return the container with one part damaged and the sums put right, so that the damage gets through."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(target, "w") as copy:
        chosen = chance.choice([name for name in source.namelist() if name.endswith((".xml", ".rels"))])
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(name, values_mutated(content, chance) if name == chosen else content)
    return target.getvalue()


def values_mutated(content: bytes, chance: random.Random) -> bytes:
    """Return XML that is mostly still well formed: attribute values and names changed, elements dropped."""
    values = list(re.finditer(rb'"([^"<>]*)"|<([a-z]+:[A-Za-z]+)/>', content))
    if not values or chance.random() < 0.2:
        return mutated(content, chance)
    target = chance.choice(values)
    other = chance.choice([b'"-1"', b'"999999999"', b'""', b'"\xe4\xb8\x80"', b'"A0"', b'"../x"', target[0]])
    return content[: target.start()] + (other if target[0][:1] == b'"' else b"") + content[target.end() :]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither convert nor recognise: both take seconds, and what they are given is not in question here."""
    monkeypatch.setattr(scans, "recogniser", lambda: None)
    monkeypatch.setenv("PATH", "")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", MADE)
def test_a_damaged_file_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    raw = MADE[kind]()
    for _ in range(ROUNDS):
        read_or_refuse(tmp_path / "a", mutated(raw, chance))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_container_with_a_damaged_part_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    raw = MADE[kind]()
    for _ in range(ROUNDS):
        read_or_refuse(tmp_path / "a", with_a_damaged_part(raw, chance))


@pytest.mark.usefixtures("quick")
def test_a_damaged_pdf_is_read_or_refused(tmp_path: Path, pdf_of: Callable[[list[list[str]]], bytes]) -> None:
    raw = pdf_of([["一、经费", "投入44.42亿元。", "- 1 -"], ["学校12所。"]])
    chance = random.Random("pdf")
    for _ in range(ROUNDS):
        read_or_refuse(tmp_path / "a", mutated(raw, chance))


@pytest.mark.usefixtures("quick")
def test_a_damaged_real_document_is_read_or_refused(seeds: Path, tmp_path: Path) -> None:
    chance = random.Random("seeds")
    for seed in sorted(seeds.glob("*.txt")):
        for _ in range(5):
            read_or_refuse(tmp_path / "a", mutated(seed.read_bytes(), chance))
