"""The planted contradictions of the benchmark are found and its near-misses are left in peace, however damaged."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

contradictions: Any = import_module("bench.claims.contradictions")
ENTRIES: dict[str, list[dict[str, Any]]] = yaml.safe_load(contradictions.TEXTS.read_text(encoding="utf-8"))
CASES = [(kind, entry) for kind, entries in ENTRIES.items() for entry in entries]
KNOWN_MISSES = {"same_measure": 1, "results_against_problems": 1}


@pytest.mark.parametrize("damage", contradictions.DAMAGE)
def test_no_near_miss_is_called_a_contradiction(damage: str) -> None:
    harm = contradictions.DAMAGE[damage]
    alarms = [
        message
        for kind, entry in CASES
        for message in contradictions.messages(
            [harm(text) for text in contradictions.documents(entry, kind, entry["near"])]
        )
    ]
    assert alarms == []


@pytest.mark.parametrize("kind", ENTRIES)
def test_planted_contradictions_are_found(kind: str) -> None:
    missed = [
        entry["second"]
        for entry in ENTRIES[kind]
        if not contradictions.messages(contradictions.documents(entry, kind, entry["second"]))
    ]
    assert len(missed) <= KNOWN_MISSES.get(kind, 0), missed


def test_there_are_sixty_of_each() -> None:
    assert len(CASES) >= 60
    assert all(entry["near"] != entry["second"] for _, entry in CASES)


unseen: Any = import_module("bench.claims.contradictions_unseen")
UNSEEN: dict[str, list[dict[str, Any]]] = yaml.safe_load(unseen.TEXTS.read_text(encoding="utf-8"))
UNSEEN_MISSES = {"same_measure": 2, "coverage_with_exception": 2}


@pytest.mark.parametrize("kind", UNSEEN)
def test_contradictions_of_other_reports_are_found_without_alarms(kind: str) -> None:
    counts = sum(
        (unseen.tally(unseen.placed(kind, entry), n) for n, entry in enumerate(UNSEEN[kind])), unseen.Counter()
    )
    assert counts["alarms"] == 0
    assert counts["planted"] - counts["found"] <= UNSEEN_MISSES.get(kind, 0)


FOUND = {"contradictions_fourth.yaml": 37, "contradictions_fifth.yaml": 21}
TIED_FOUND = {"tied_documents.yaml": 20, "tied_documents_second.yaml": 10}
tied: Any = import_module("bench.claims.tied_documents")


@pytest.mark.parametrize("name", FOUND)
def test_a_further_set_is_found_without_alarms(name: str) -> None:
    entries = yaml.safe_load((unseen.HERE / name).read_text(encoding="utf-8"))
    counts = unseen.Counter()
    for kind, ones in entries.items():
        for number, entry in enumerate(ones):
            counts += unseen.tally(unseen.placed(kind, entry), number)
    assert counts["alarms"] == 0
    assert counts["found"] >= FOUND[name]


@pytest.mark.parametrize("name", TIED_FOUND)
def test_whole_documents_are_tied_without_alarms(name: str) -> None:
    counts = unseen.Counter()
    for entry in yaml.safe_load((tied.HERE / name).read_text(encoding="utf-8")):
        counts += tied.tally(entry)
    assert (counts["alarms"], counts["of clean"]) == (0, 0)
    assert counts["found"] >= TIED_FOUND[name]


true: Any = import_module("bench.claims.contradictions_true")


@pytest.mark.parametrize("folder", true.FOLDERS, ids=lambda folder: folder.name)
def test_true_reports_hold_no_contradiction(folder: Path) -> None:
    for path in folder.glob("*.txt"):
        said = [one.message for one in true.check(path).findings if one.code.startswith(true.CODES)]
        assert said == [], path.name


planted: Any = import_module("bench.claims.planted_contradictions")
PLANTED_FOUND = {
    "planted_reports": 90,
    "planted_reports_second": 74,
    "planted_reports_third": 44,
    "planted_reports_fourth": 51,
    "planted_reports_fifth": 72,
    "planted_reports_sixth": 23,
    "planted_reports_seventh": 72,
    "planted_reports_eighth": 93,
    "planted_reports_ninth": 58,
    "planted_reports_tenth": 44,
    "planted_reports_eleventh": 47,
    "planted_reports_twelfth": 109,
    "planted_reports_thirteenth": 70,
    "planted_reports_fourteenth": 34,
    "planted_reports_twentieth": 92,
    "planted_reports_twentyfirst": 86,
    "planted_reports_twentysecond": 72,
    "planted_reports_twentythird": 16,
    "planted_reports_twentyseventh": 104,
    "planted_reports_twentyeighth": 71,
    "planted_reports_twentyninth": 54,
    "planted_reports_thirtieth": 35,
}


@pytest.mark.parametrize("folder", PLANTED_FOUND)
def test_what_is_planted_into_whole_reports_is_found_without_alarms(folder: str) -> None:
    counts = planted.Counter()
    for path in sorted((planted.HERE / folder).glob("*.txt")):
        counts += planted.tally(path)
    assert counts["alarms"] == counts["of near"] == counts["of clean"] == 0
    assert counts["found"] >= PLANTED_FOUND[folder]
