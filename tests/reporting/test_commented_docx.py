"""Comments in a copy of the docx: at their place, the text and its formatting unchanged."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document as NewDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from dudao.claims.model import Finding
from dudao.documents.reading import read_document
from dudao.errors import WrongUseError
from dudao.issues import Level
from dudao.provenance import Span
from dudao.reporting.commented_docx import commented_docx

DATE = "2026-01-02T03:04:05Z"


def report() -> bytes:
    document = NewDocument()
    document.add_heading("一、经费", level=1)
    paragraph = document.add_paragraph("全县投入44.")
    paragraph.add_run("42").bold = True
    paragraph.add_run("亿元，增长9.48%。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "学校12所"
    table.cell(0, 1).text = "得分4"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def finding(text: str, words: str, message: str = "对不上") -> Finding:
    start = text.index(words)
    return Finding("a", Level.ERROR, Span(start, start + len(words)), message, remedy="请核对")


def commented(raw: bytes, *findings: Finding) -> bytes:
    return commented_docx(raw, "a.docx", findings, author="督导", date=DATE)


def text_of(raw: bytes, tmp_path: Path) -> str:
    path = tmp_path / "a.docx"
    path.write_bytes(raw)
    return read_document(path).text


def commented_words(raw: bytes) -> list[str]:
    """Return what stands between the marks of each comment."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    words: dict[str, str] = {}
    running: list[str] = []
    for element in root.iter():
        name = etree.QName(element).localname
        number = next((value for key, value in element.attrib.items() if str(key).endswith("}id")), "")
        if name == "commentRangeStart":
            running.append(str(number))
            words[str(number)] = ""
        elif name == "commentRangeEnd":
            running.remove(str(number))
        elif name == "t":
            for one in running:
                words[one] += element.text or ""
    assert not running
    return [words[key] for key in sorted(words, key=int)]


def test_comments_stand_at_their_place_and_the_text_stays(tmp_path: Path) -> None:
    raw = report()
    text = text_of(raw, tmp_path)
    wanted = ["44.42亿元", "9.48%", "12所", "42亿", "投入44.42亿元，增长"]
    result = commented(raw, *(finding(text, words) for words in wanted))
    assert commented_words(result) == wanted
    assert text_of(result, tmp_path) == text
    read_back = NewDocument(io.BytesIO(result))
    assert {run.text for run in read_back.paragraphs[1].runs if run.bold} == {"42"}
    assert [comment.text for comment in read_back.comments] == ["对不上\n建议：请核对"] * len(wanted)


def test_a_second_round_keeps_the_first_comments(tmp_path: Path) -> None:
    raw = report()
    text = text_of(raw, tmp_path)
    twice = commented(commented(raw, finding(text, "9.48%", "甲")), finding(text, "12所", "乙"))
    assert [comment.text.split("\n")[0] for comment in NewDocument(io.BytesIO(twice)).comments] == ["甲", "乙"]
    assert commented_words(twice) == ["9.48%", "12所"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    raw = report()
    one = finding(text_of(raw, tmp_path), "9.48%")
    assert commented(raw, one) == commented(raw, one)


def test_only_a_docx_can_be_commented() -> None:
    with pytest.raises(WrongUseError, match="不是 docx"):
        commented_docx("一、经费".encode(), "a.txt", [], author="督导", date=DATE)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), max_size=6))
def test_any_places_leave_the_text_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    raw = report()
    text = text_of(raw, folder)
    findings = [
        Finding("a", Level.NOTE, Span(min(start, len(text) - 1), min(start + length, len(text))), "看")
        for start, length in places
    ]
    result = commented(raw, *findings)
    assert text_of(result, folder) == text
    assert len(list(NewDocument(io.BytesIO(result)).comments)) == len(findings)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy(tmp_path: Path) -> None:
    raw = report()
    path = tmp_path / "b.docx"
    path.write_bytes(commented(raw, finding(text_of(raw, tmp_path), "9.48%")))
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], capture_output=True, timeout=120, check=True)
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
