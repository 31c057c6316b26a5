"""The example report is right; a single slip in any of its printed points is found."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from dudao.issues import Level
from dudao.pipelines.check import check_file

REPOSITORY = Path(__file__).resolve().parents[2]
REPORT = REPOSITORY / "examples/双台子区2023年自评报告.txt"
TEXT = REPORT.read_text(encoding="utf-8")
PRINTED = list(re.finditer(r"自评(?:得分|分|总分为)(\d+(?:\.\d+)?)分", TEXT))


def errors(path: Path) -> list[str]:
    return [finding.message for finding in check_file(path).findings if finding.level is Level.ERROR]


def test_the_examples_hold_no_errors() -> None:
    for path in sorted((REPOSITORY / "examples").iterdir()):
        assert errors(path) == [], path.name


def test_the_example_prints_all_points_of_its_scheme() -> None:
    checked = check_file(REPORT)
    assert checked.sheet is not None
    assert checked.alignment is not None
    assert checked.alignment.scheme.id == "panjin-county-2023"
    assert len(checked.sheet.rows) == len(checked.alignment.pairs) == 42
    assert (checked.sheet.full_points, checked.sheet.self_points) == (Decimal(100), Decimal("98.6"))


@pytest.mark.parametrize("place", range(len(PRINTED)))
def test_a_slip_in_any_printed_self_points_is_found(place: int, tmp_path: Path) -> None:
    match = PRINTED[place]
    slipped = Decimal(match[1]) - Decimal("0.3")
    path = tmp_path / "改动.txt"
    path.write_text(TEXT[: match.start(1)] + str(slipped) + TEXT[match.end(1) :], encoding="utf-8")
    found = errors(path)
    assert found
    assert any(str(slipped) in message for message in found)
