"""Whatever figures stand in a report, it is read to its end: zeros, giants, signs and remains of figures."""

import random
import re
from pathlib import Path

import pytest

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document

TEXTS = sorted((Path(__file__).resolve().parents[2] / "bench" / "claims" / "annotated").glob("*.txt"))
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
ODD = ("0", "0.00", "1", "9" * 26, "9" * 200, "-1", "００", "1e5", "0%", "100", "0万", ".5", "5.", "1,0000", "O")


def with_odd_figures(text: str, draw: random.Random) -> str:
    """Return a text some of whose figures are replaced by odd ones."""
    places = [match.span() for match in FIGURE.finditer(text)]
    chosen = draw.sample(places, min(len(places), draw.choice((1, 3, 10, len(places) // 2))))
    for start, end in sorted(chosen, reverse=True):
        text = text[:start] + draw.choice(ODD) + text[end:]
    return text


@pytest.mark.parametrize("part", range(8))
def test_a_report_with_odd_figures_is_read_to_its_end(part: int) -> None:
    draw = random.Random(part)
    for path in TEXTS[part::8]:
        text = with_odd_figures(path.read_text(encoding="utf-8").partition("\n----\n")[0], draw)
        draft = read_plain_text(text.encode(), "text.txt")
        checked = check_document(document_of(draft, file="text.txt", sha256="", media="text/plain"))
        assert all(finding.message for finding in checked.findings)


def test_a_list_without_one_part_below_its_total_ends_no_check() -> None:
    text = "三年间村小撤并24所，其中2022年秋季后保留教学点43所，2023年春季后保留教学点41所。"
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain")
    assert "不多于24所" in "".join(one.message for one in check_document(document).findings)
