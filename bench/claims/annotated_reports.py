"""Reports as a stranger would write them, annotated by hand: what is found, judged, objected to, and what slips raise.

python bench/claims/annotated_reports.py [--show] [--silent] [--as-written] [--only narrative]

A file of `annotated/` is a text, a line of dashes, and a line for each true claim: its type (several with | where
the contract leaves the choice) and the words it stands in, operands in 【】, … for what lies between. Gaps of the
text do not count. Every operand of every claim of three or more figures that is found is also changed by one slip of
a digit and should then be objected to; of two figures one may stay on its side of the other. A slip after which the
claim still holds within the rounding of its figures (六成, 7.35亿元 less 7.33亿元) is none that anybody could see and
counts as `within` alone. `--silent` tells which relations read the claims whose slips nobody objects to.
"""

import argparse
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.whole_reports import checked, errors, slipped
from dudao.claims.model import Claim, ClaimReport, Verdict
from dudao.quantities.model import Quantity

FOLDER = Path(__file__).resolve().parent / "annotated"
HOLDING = (Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One claim of a text: the types it may be given, and the places of its operands."""

    types: tuple[str, ...]
    operands: tuple[tuple[int, int], ...]
    words: str


def read(path: Path) -> tuple[str, list[Annotation]]:
    """Return the text of a file and its claims; words that the text does not have are an error."""
    text, _, lines = path.read_text(encoding="utf-8").partition("\n----\n")
    places = [place for place, character in enumerate(text) if not character.isspace()]
    squeezed = "".join(text[place] for place in places)
    found = []
    for line in lines.splitlines():
        types, _, words = line.partition(" ")
        pieces = [re.escape("".join(one.split())) for one in words.split("…")]
        pattern = ".*?".join(pieces).replace("【", "(").replace("】", ")")
        match = re.search(pattern, squeezed)
        if match is None:
            raise ValueError(f"{path.name}: no such words: {words}")
        spans = [match.span(number) for number in range(1, len(match.groups()) + 1)]
        operands = tuple((places[start], places[end - 1] + 1) for start, end in spans)
        found.append(Annotation(tuple(types.split("|")), operands, words))
    return text, found


def matching(report: ClaimReport, wanted: Annotation) -> list[Claim]:
    """Return the claims of a type that fits over just these operands."""
    return [
        claim
        for claim in report.claims
        if claim.type.value in wanted.types
        and len(claim.operands) == len(wanted.operands)
        and all(
            any(
                start < report.quantities[index].span.end and report.quantities[index].span.start < end
                for index in claim.operands.values()
            )
            for start, end in wanted.operands
        )
    ]


def plausible(types: tuple[str, ...], figures: list[Quantity]) -> bool:
    """Return whether some order of the operands makes the relation true: the annotation checked by plain arithmetic."""
    values = [one.value for one in figures]
    for first, *rest in (
        permutations(values) if len(values) <= 4 else [(one, *[v for v in values if v is not one]) for one in values]
    ):
        if {"sum", "score_sum"} & {*types} and abs(first - sum(rest)) <= max(first / 500, Decimal("0.001")):
            return True
        if len(rest) == 1 and {"other", "threshold", "exceeds_standard"} & {*types}:
            return True
        if len(rest) == 2 and rest[1]:
            a, b = rest
            forms = [
                a / b * 100,
                (a / b - 1) * 100,
                (1 - a / b) * 100,
                a / b,
                a - b,
                a / (b - a) * 100 if a != b else 0,
                a / (a + b) * 100,
            ]
            if any(abs(first - form) <= max(abs(first) / 100, Decimal("0.006")) for form in forms):
                return True
    return "年均" in str(types) or (len(figures) == 3 and "two_level_change" in types)


def main() -> None:
    """Read every report, compare, plant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is missed, objected to and not flagged")
    parser.add_argument(
        "--silent", action="store_true", help="count the silent slips by the relation that read the claim"
    )
    parser.add_argument("--only", default="", help="the report of this name alone")
    parser.add_argument("--as-written", action="store_true", help="plant nothing: claims and alarms alone, in seconds")
    chosen = parser.parse_args()
    chance = random.Random(5)
    total: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    print(
        f"{'report':18}{'characters':>11}{'claims':>8}{'found':>7}{'right':>7}{'alarms':>8}{'planted':>9}{'flagged':>9}{'within':>8}"
    )
    for path in sorted(FOLDER.glob(f"{chosen.only or '*'}.txt")):
        text, wanted = read(path)
        clean = checked(text)
        row = Counter(characters=len(text), claims=len(wanted))
        objected = errors(clean)
        row["alarms"] = len(objected)
        if chosen.show:
            for start, end, message in objected:
                print("   ALARM", message, "|", text[start:end].replace("\n", "/")[:120])
        for one in wanted:
            found = matching(clean, one)
            row["found"] += bool(found)
            row["right"] += any(claim.verdict in HOLDING for claim in found)
            if not found:
                if chosen.show:
                    figures = [
                        q for q in clean.quantities if any(q.span.start < e and s < q.span.end for s, e in one.operands)
                    ]
                    doubt = "" if len(figures) == len(one.operands) and plausible(one.types, figures) else " (CHECK)"
                    print(
                        "   MISSED", "|".join(one.types), one.words, doubt, [q.text for q in figures] if doubt else ""
                    )
                continue
            for start, end in one.operands if len(one.operands) > 2 and not chosen.as_written else ():
                written = text[start:end]
                if not any(character.isdecimal() for character in written):
                    continue
                broken = f"{text[:start]}{slipped(written, chance)}{text[end:]}"
                report = checked(broken)
                hits = [
                    place for place in errors(report) if place[0] < end and start < place[1] and place not in objected
                ]
                if not hits and any(claim.verdict in HOLDING for claim in matching(report, one)):
                    row["within"] += 1
                    continue
                row["planted"] += 1
                row["flagged"] += bool(hits)
                planted[found[0].relation] += 1
                silent[found[0].relation] += not hits
                if not hits and chosen.show:
                    print("   NOT FLAGGED", written, "→", broken[start : start + len(written)], "in", one.words)
        total.update(row)
        print(f"{path.stem:18}" + "".join(f"{row[key]:>{width}}" for key, width in WIDTHS.items()))
    print(f"{'all':18}" + "".join(f"{total[key]:>{width}}" for key, width in WIDTHS.items()))
    if chosen.silent:
        for relation, count in silent.most_common():
            print(f"   {relation:24}{count:>6} silent of{planted[relation]:>6}")


WIDTHS = {"characters": 11, "claims": 8, "found": 7, "right": 7, "alarms": 8, "planted": 9, "flagged": 9, "within": 8}

if __name__ == "__main__":
    main()
