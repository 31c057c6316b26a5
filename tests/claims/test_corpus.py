"""Every text of the corpus is read as it says, and nothing else in it is called wrong."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from dudao.claims import corpus as corpus_package
from dudao.claims.check import check_plain
from dudao.claims.model import Claim, ClaimReport, Verdict
from dudao.claims.registry import LAST, RELATIONS

FOLDER = Path(next(iter(corpus_package.__path__)))


@dataclass(frozen=True, slots=True)
class Match:
    """A text, the figures of one claim in it, and the verdict."""

    relation: str
    text: str
    figures: tuple[str, ...]
    verdict: str
    type: str | None


@cache
def matches() -> list[Match]:
    """Return what the corpus files say; they are read once, for every test asks for them."""
    return [
        Match(path.stem, one["text"], tuple(one["figures"]), one["verdict"], one.get("type"))
        for path in sorted(FOLDER.glob("*.yaml"))
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))["matches"]
    ]


def misses() -> list[tuple[str, str]]:
    return [
        (path.stem, text)
        for path in sorted(FOLDER.glob("*.yaml"))
        for text in yaml.safe_load(path.read_text(encoding="utf-8"))["misses"]
    ]


def figures_of(report: ClaimReport, claim: Claim) -> Counter[str]:
    return Counter("".join(report.quantities[i].text.split()) for i in claim.operands.values())


MATCHES = matches()
WRONG = {one.text for one in MATCHES if one.verdict == "inconsistent"}


@pytest.mark.parametrize("match", MATCHES, ids=lambda one: f"{one.relation}: {one.text[:30]}")
def test_a_text_that_matches_has_its_claim_with_its_verdict(match: Match) -> None:
    report = check_plain(match.text)
    wanted = Counter("".join(one.split()) for one in match.figures)
    found = [
        claim.verdict
        for claim in report.claims
        if figures_of(report, claim) == wanted and match.type in (None, claim.type)
    ]
    assert match.verdict in found


@pytest.mark.parametrize("match", MATCHES, ids=lambda one: f"{one.relation}: {one.text[:30]}")
def test_no_true_text_is_called_wrong(match: Match) -> None:
    if match.text in WRONG:
        assert any(one.code == "claims.inconsistent" for one in check_plain(match.text).findings)
    else:
        assert not [one.message for one in check_plain(match.text).findings if one.code == "claims.inconsistent"]


@pytest.mark.parametrize(("relation", "text"), misses())
def test_a_text_that_must_not_match_has_no_such_claim(relation: str, text: str) -> None:
    report = check_plain(text)
    assert not [one.message for one in report.claims if one.relation == relation]
    assert not [one.message for one in report.claims if one.verdict is Verdict.INCONSISTENT]


def test_every_relation_has_its_corpus_and_every_corpus_its_relation() -> None:
    names = {relation.name for relation in RELATIONS} | {*LAST}
    assert {path.stem for path in FOLDER.glob("*.yaml")} == names


def test_every_claim_and_finding_can_be_highlighted() -> None:
    for match in matches():
        report = check_plain(match.text)
        for span in [one.span for one in report.claims] + [one.span for one in report.findings]:
            assert 0 <= span.start < span.end <= len(match.text)
