"""The seeds raise no false alarm, and a digit changed in a score sheet or a sum is found."""

import random
from pathlib import Path

import pytest

from dudao.claims.check import check_plain, check_text
from dudao.claims.model import Verdict
from dudao.documents.reading import read_document


def test_nothing_in_the_seeds_is_called_wrong(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        report = check_text(read_document(path))
        assert [one.message for one in report.findings if one.level == "error"] == []


def test_every_span_of_the_seeds_lies_in_the_text_and_holds_its_figures(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        document = read_document(path)
        report = check_text(document)
        for claim in report.claims:
            assert 0 <= claim.span.start < claim.span.end <= len(document.text)
            for index in claim.operands.values():
                assert claim.span.covers(report.quantities[index].span)


@pytest.mark.parametrize("seed", range(12))
def test_a_changed_digit_in_a_firm_claim_is_found(seeds: Path, seed: int) -> None:
    """Every claim of growth, change or announced sum in the third and fourth seeds, one digit wrong."""
    chance = random.Random(seed)
    firm = ("level_increase_growth", "from_to_change", "above_standard", "score_sums")
    for path in sorted(seeds.glob("*.txt")):
        text = read_document(path).repaired.text
        report = check_plain(text)
        claims = [one for one in report.claims if one.relation in firm and one.verdict is Verdict.CONSISTENT]
        if not claims:
            continue
        claim = chance.choice(claims)
        figure = report.quantities[chance.choice(list(claim.operands.values()))]
        place = next(i for i in range(figure.span.start, figure.span.end) if text[i].isdecimal())
        wrong = str(int(text[place]) % 8 + 1)
        broken = f"{text[:place]}{wrong if wrong != text[place] else '9'}{text[place + 1 :]}"
        assert any(one.code == "claims.inconsistent" for one in check_plain(broken).findings)
