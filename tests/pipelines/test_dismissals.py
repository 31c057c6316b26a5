"""Dismissals hold while their sentence stays, and are written whole or not at all."""

from pathlib import Path

import pytest

from dudao.claims.model import Finding
from dudao.documents.model import Document
from dudao.documents.reading import read_document
from dudao.errors import UnreadableInputError, WrongUseError
from dudao.issues import Level
from dudao.pipelines.dismissals import (
    Dismissal,
    apply_dismissals,
    dismiss,
    finding_key,
    read_dismissals,
    sidecar_of,
    write_dismissals,
)  # fmt: skip
from dudao.provenance import Span

TEXT = "一、经费\n\n全县投入44.42亿元，比上年增加3.84亿元，增长9.5%。各校运转良好。\n\n二、学校\n\n全县共有学校12所。\n"


def document_of(folder: Path, text: str) -> Document:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def finding_at(document: Document, words: str = "9.5%", code: str = "claims.inconsistent") -> Finding:
    start = document.text.index(words)
    return Finding(code, Level.ERROR, Span(start, start + len(words)), "对不上")


@pytest.fixture
def dismissal(tmp_path: Path) -> Dismissal:
    document = document_of(tmp_path, TEXT)
    return dismiss(document, finding_at(document), reason="已核对年鉴", by="督导室", at="2026-01-02T03:04:05+08:00")


@pytest.mark.parametrize(
    "edited",
    [
        "新加的一段。\n\n" + TEXT,
        TEXT.replace("各校运转良好。", "各校运转良好，成效明显。"),
        TEXT.replace("44.42亿元", "44.42 亿元"),
        TEXT.replace("学校12所", "学校13所"),
        TEXT.replace("，比上年增加", "，\n\n比上年增加"),
    ],
)
def test_a_dismissal_survives_edits_elsewhere(tmp_path: Path, dismissal: Dismissal, edited: str) -> None:
    document = document_of(tmp_path, edited)
    judged = apply_dismissals(document, [finding_at(document)], [dismissal])
    assert (judged.open, len(judged.dismissed), judged.stale) == ((), 1, ())


@pytest.mark.parametrize(
    "edited",
    [TEXT.replace("3.84", "3.94"), TEXT.replace("全县投入", "全县财政投入")],
)
def test_a_changed_sentence_is_looked_at_again(tmp_path: Path, dismissal: Dismissal, edited: str) -> None:
    document = document_of(tmp_path, edited)
    judged = apply_dismissals(document, [finding_at(document)], [dismissal])
    assert (len(judged.open), judged.dismissed, judged.stale) == (1, (), (dismissal,))


def test_another_finding_in_the_same_sentence_stays_open(tmp_path: Path, dismissal: Dismissal) -> None:
    document = document_of(tmp_path, TEXT)
    other = finding_at(document, code="claims.wording")
    assert apply_dismissals(document, [other], [dismissal]).open == (other,)


def test_a_contradiction_is_new_when_the_other_place_changes(tmp_path: Path) -> None:
    def key(text: str) -> str:
        document = document_of(tmp_path, text)
        first, second = (finding_at(document, words).span for words in ("9.5%", "学校1"))
        return finding_key(document, Finding("c", Level.ERROR, first, "矛盾", (second,)))

    assert key(TEXT) != key(TEXT.replace("学校12所", "学校13所"))


def test_what_is_written_is_read_back(tmp_path: Path, dismissal: Dismissal) -> None:
    path = sidecar_of(tmp_path / "报告.docx")
    assert path.name == "报告.docx.dudao.json"
    assert read_dismissals(path) == ()
    write_dismissals(path, [dismissal, dismissal])
    assert read_dismissals(path) == (dismissal,)
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"format": 9, "dismissals": []}', '{"format": 1, "dismissals": [1]}']
)
def test_a_damaged_file_is_told_and_not_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.dudao.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=r"a\.dudao\.json"):
        read_dismissals(path)


def test_writing_where_nothing_can_be_written_is_told(tmp_path: Path, dismissal: Dismissal) -> None:
    with pytest.raises(UnreadableInputError, match="没有保存"):
        write_dismissals(tmp_path / "无" / "a.json", [dismissal])


def test_a_reason_and_a_name_are_asked(tmp_path: Path) -> None:
    document = document_of(tmp_path, TEXT)
    for reason, by in ((" ", "督导室"), ("已核对年鉴", "")):
        with pytest.raises(WrongUseError):
            dismiss(document, finding_at(document), reason=reason, by=by, at="2026-01-02")
