"""Run the checker on generated reports: detection, verdicts, planted errors flagged, false alarms.

python bench/claims/run.py [--reports 40] [--seed 1] [--show 5]
"""

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.distractors import distractor
from claims.generate import Report, generate
from claims.writing import WrittenClaim
from dudao.claims.check import check_plain
from dudao.claims.model import Claim, ClaimReport, Verdict
from dudao.issues import Level


def overlap(claim: Claim, report: ClaimReport, written: WrittenClaim) -> int:
    """Return how many operands of a written claim the found claim also has."""
    spans = [report.quantities[index].span for index in claim.operands.values()]
    return sum(any(span.start < end and start < span.end for span in spans) for start, end in written.operands.values())


def find(written: WrittenClaim, found: ClaimReport) -> Claim | None:
    """Return the found claim of an acceptable type that has all operands of the written one, if any."""
    types = written.type.split("|")
    best = [
        claim
        for claim in found.claims
        if claim.type.value in types and overlap(claim, found, written) == len(written.operands)
    ]
    best.sort(key=lambda claim: len(claim.operands))
    return best[0] if best else None


def measure(reports: list[Report], show: int) -> int:
    """Print the table; return the number of false alarms."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    alarms = characters = shown = 0
    for report in reports:
        found = check_plain(report.text)
        characters += len(report.text)
        planted_places = [place for claim in report.claims if claim.planted for place in claim.operands.values()]
        for written in report.claims:
            row = counts[written.type]
            row["claims"] += 1
            claim = find(written, found)
            if claim is None:
                if shown < show:
                    shown += 1
                    places = sorted(written.operands.values())
                    print(f"missed {written.type}: …{report.text[max(0, places[0][0] - 25) : places[-1][1] + 15]!r}")
                row["planted"] += bool(written.planted)
                continue
            row["found"] += 1
            wrong = claim.verdict is Verdict.INCONSISTENT
            row["right"] += wrong != written.holds
            if written.planted:
                row["planted"] += 1
                row["planted_found"] += 1
                row["flagged"] += wrong
                if not wrong and shown < show:
                    shown += 1
                    print(f"not flagged {written.type}: {report.text[claim.span.start : claim.span.end]!r}")
        for claim in found.claims:
            if claim.verdict is not Verdict.INCONSISTENT:
                continue
            spans = [found.quantities[index].span for index in claim.operands.values()]
            if any(s.start < end and start < s.end for s in spans for start, end in planted_places):
                continue
            alarms += 1
            if shown < show:
                shown += 1
                print(f"false alarm {claim.relation}: {report.text[claim.span.start : claim.span.end]!r}")
    print(f"{'relation':34}{'claims':>7}{'found':>8}{'right':>8}{'planted':>9}{'flagged':>9}")
    for name, row in [*sorted(counts.items()), ("all", sum(counts.values(), Counter()))]:
        found_share = row["found"] / row["claims"]
        right = row["right"] / max(1, row["found"])
        flagged = row["flagged"] / max(1, row["planted_found"])
        print(f"{name:34}{row['claims']:>7}{found_share:>8.1%}{right:>8.1%}{row['planted']:>9}{flagged:>9.1%}")
    print(f"false alarms: {alarms} in {characters:,} characters = {alarms / characters * 10000:.2f} per 10,000")
    return alarms


def measure_silence(sentences: int, seed: int, show: int) -> None:
    """Print how often the checker objects to text that asserts no relation."""
    random = Random(seed)
    lines = [distractor(random) for _ in range(sentences)]
    alarms = characters = shown = 0
    for start in range(0, len(lines), 25):
        text = "".join(line + ("\n" if place % 5 == 4 else "") for place, line in enumerate(lines[start : start + 25]))
        characters += len(text)
        found = check_plain(text)
        for claim in found.claims:
            if claim.verdict is Verdict.INCONSISTENT:
                alarms += 1
                if shown < show:
                    shown += 1
                    print(f"objects {claim.relation}: {text[claim.span.start : claim.span.end]!r}")
        for finding in found.findings:
            if finding.level is Level.ERROR and not finding.code.startswith("claims.inconsistent"):
                alarms += 1
                if shown < show:
                    shown += 1
                    print(f"objects {finding.code}: {finding.message}")
    rate = alarms / characters * 20000
    print(f"text without relations: {alarms} alarms in {characters:,} characters = {rate:.2f} per 20,000")


def main() -> None:
    """Generate and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print so many misses and false alarms")
    chosen = parser.parse_args()
    measure([generate(chosen.seed + index) for index in range(chosen.reports)], chosen.show)
    measure_silence(chosen.reports * 40, chosen.seed, chosen.show)


if __name__ == "__main__":
    main()
