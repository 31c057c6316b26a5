"""The annotated reports in damaged files: are the same claims found, judged the same, and nothing else objected to?

python bench/claims/damaged_reports.py [--only "split runs"] [--report narrative] [--show] [--pages]

Each report is written as many kinds of file (`damage/`), as it is and with slips of a digit in it. A claim is known
again by the values of its operands: `kept` counts the claims of the plain text found in the damaged file with the
same verdict, `annotated` those among them that were annotated by hand, `alarms` what is objected to in the report
without slips and not in its plain text, `flagged` the claims with a slip objected to in the plain text that are
objected to in the file too, `other` those that are objected to in the file alone. `--pages` prints pdf, which takes
minutes.
"""

import argparse
import contextlib
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.annotated_reports import FOLDER, matching, read
from claims.damage.page_files import PAGES, printed
from claims.damage.text_files import TEXT
from claims.damage.word_files import COMMENT, NOTE, WORD
from claims.whole_reports import checked, errors, slipped
from dudao.claims.check import check_text
from dudao.claims.model import Claim, ClaimReport, Verdict
from dudao.documents.reading import read_document

WIDTHS = {"claims": 8, "kept": 7, "annotated": 11, "again": 7, "alarms": 8, "slips": 7, "flagged": 9, "other": 7}
Known = tuple[tuple[Decimal, ...], Verdict]


@dataclass(frozen=True, slots=True)
class Report:
    """One text, with and without slips, and what is read in it when it is a plain file."""

    name: str
    text: str
    broken: str
    clean: ClaimReport
    slips: ClaimReport
    annotated: Counter[Known]


def known(report: ClaimReport, claim: Claim) -> Known:
    """Return what a claim is known by in another file: the values of its operands, and the verdict."""
    return tuple(sorted(report.quantities[index].value for index in claim.operands.values())), claim.verdict


def all_known(report: ClaimReport, *, wrong: bool = False) -> Counter[Known]:
    """Return the claims of a report, or those of them that do not hold."""
    return Counter(
        known(report, claim) for claim in report.claims if not wrong or claim.verdict is Verdict.INCONSISTENT
    )


def prepared(path: Path) -> Report:
    """Return a report with a slip in every third annotated claim of three figures or more."""
    text, wanted = read(path)
    clean, chance = checked(text), random.Random(path.stem)
    found = [(one, matching(clean, one)) for one in wanted]
    broken, taken = text, set[int]()
    for one, _ in [pair for pair in found if pair[1] and len(pair[0].operands) > 2][::3]:
        start, end = one.operands[chance.randrange(len(one.operands))]
        places = set(range(start, end))
        if any(text[place].isdecimal() for place in places) and not places & taken:
            taken |= places
            broken = f"{broken[:start]}{slipped(text[start:end], chance)}{broken[end:]}"
    annotated = Counter(known(clean, claims[0]) for _, claims in found if claims)
    return Report(path.stem, text, broken, clean, checked(broken), annotated)


def read_back(raw: bytes, suffix: str) -> tuple[ClaimReport, str]:
    """Return what is read in a file, and its text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report{suffix}"
        path.write_bytes(raw)
        document = read_document(path)
    return check_text(document), document.text


def compared(report: Report, clean: ClaimReport, slips: ClaimReport) -> Counter[str]:
    """Return the figures of one report in one kind of file."""
    plain, wrong = all_known(report.clean), all_known(report.slips, wrong=True)
    here, objected = all_known(clean), all_known(slips, wrong=True)
    return Counter(
        claims=plain.total(),
        kept=(plain & here).total(),
        annotated=report.annotated.total(),
        again=(report.annotated & here).total(),
        alarms=max(0, len(errors(clean)) - len(errors(report.clean))),
        slips=wrong.total(),
        flagged=(wrong & objected).total(),
        other=(objected - wrong).total(),
    )


def shown(report: Report, clean: ClaimReport, text: str, slips: ClaimReport) -> None:
    """Print what is lost and what is objected to in one file."""
    for start, end, message in errors(clean):
        print(f"   {report.name} ALARM {message[:90]} | {text[start:end][:100]!r}")
    for claim in slips.claims:
        if claim.verdict is Verdict.INCONSISTENT and known(slips, claim) not in all_known(report.slips):
            print(f"   {report.name} OTHER {claim.message[:90]}")
    here = all_known(clean)
    for claim in report.clean.claims:
        if known(report.clean, claim) not in here:
            print(f"   {report.name} LOST {claim.type} {claim.message[:90]}")


def main() -> None:
    """Damage, read, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="this damage alone")
    parser.add_argument("--report", default="*", help="this report alone")
    parser.add_argument("--show", action="store_true", help="print what is lost and objected to")
    parser.add_argument("--pages", action="store_true", help="print pdf as well")
    chosen = parser.parse_args()
    reports = [prepared(path) for path in sorted(FOLDER.glob(f"{chosen.report}.txt"))]
    print(f"{'damage':20}" + "".join(f"{key:>{width}}" for key, width in WIDTHS.items()))
    for name, damage in {**TEXT, **WORD, **(PAGES if chosen.pages else {})}.items():
        if chosen.only not in name:
            continue
        suffix = ".txt" if name in TEXT else ".docx"
        files = {
            f"{one.name}-{part}": damage(text, random.Random(f"{one.name} {name}"))
            for one in reports
            for part, text in (("clean", one.text), ("slips", one.broken))
        }
        if name in PAGES:
            files, suffix = printed(files), ".pdf"
        total, notes = Counter[str](), 0
        for one in reports:
            clean, text = read_back(files[f"{one.name}-clean"], suffix)
            slips, _ = read_back(files[f"{one.name}-slips"], suffix)
            total.update(compared(one, clean, slips))
            notes += (NOTE in text) + (COMMENT in text)
            if chosen.show:
                shown(one, clean, text, slips)
        tail = f"   notes and comments read: {notes} of {2 * len(reports)}" if damage is WORD["tracked changes"] else ""
        print(f"{name:20}" + "".join(f"{total[key]:>{width}}" for key, width in WIDTHS.items()) + tail)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
