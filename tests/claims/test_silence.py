"""Sentences true by construction, in any order and any paragraphs: nothing in them may be called wrong."""

from pathlib import Path
from random import Random

import pytest

from dudao.claims.check import check_plain
from dudao.claims.model import Verdict
from dudao.issues import Level
from dudao.pipelines.check import check_file

SENTENCES = (Path(__file__).parent / "true_sentences.txt").read_text(encoding="utf-8").splitlines()

PASSAGES = (Path(__file__).parent / "true_passages.txt").read_text(encoding="utf-8").splitlines()

REPORTS = sorted((Path(__file__).parents[2] / "bench" / "claims" / "true_reports").glob("*.txt"))


def wrong(text: str) -> list[str]:
    return [one.message for one in check_plain(text).claims if one.verdict is Verdict.INCONSISTENT]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda one: one[:20])
def test_a_true_sentence_is_not_called_wrong(sentence: str) -> None:
    assert wrong(sentence) == []


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda one: one[:20])
def test_a_true_passage_is_not_called_wrong(passage: str) -> None:
    """What takes a name from its neighbours, so that it is not shuffled among other sentences."""
    assert wrong(passage) == []


@pytest.mark.parametrize("seed", range(12))
def test_true_sentences_beside_one_another_are_not_called_wrong(seed: int) -> None:
    chance = Random(seed)
    order = chance.sample(SENTENCES, len(SENTENCES))
    text = "".join(one + ("\n" if chance.random() < 0.4 else "") for one in order)
    assert wrong(text) == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_nothing_is_found_in_a_true_report(path: Path) -> None:
    report = check_plain(path.read_text(encoding="utf-8"))
    assert [one.message for one in report.findings] == []
    assert [one.message for one in report.claims if one.verdict is Verdict.INCONSISTENT] == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_nothing_is_found_in_the_file_of_a_true_report(path: Path) -> None:
    found = [one for one in check_file(path).findings if one.level is not Level.NOTE]
    assert [one.message for one in found if one.code.startswith("claims.")] == []
