"""Whole reports in several styles whose figures agree: what is objected to, and what a slip of a digit raises.

python bench/claims/whole_reports.py [--show 10]

Every figure of every claim read in `reports/` is changed in turn so that no rounding excuses it; an error over the
changed figure counts as flagged, an error elsewhere as a false alarm. Each report is also read with the damage that
conversion leaves (gaps, full width digits, broken lines, traditional characters), which must change no verdict.
"""

import argparse
import random
from pathlib import Path

import opencc

from dudao.claims.check import check_text
from dudao.claims.model import ClaimReport
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.issues import Level

FOLDER = Path(__file__).resolve().parent / "reports"


def checked(text: str) -> ClaimReport:
    """Return what is read in a text that comes as a file of its own."""
    return check_text(document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain"))


def slipped(written: str, chance: random.Random) -> str:
    """Return a figure with its second digit (or its only one) moved by two to seven."""
    places = [place for place, character in enumerate(written) if character.isdecimal()]
    place = places[1] if len(places) > 1 else places[0]
    digit = (int(written[place]) + chance.randint(2, 7)) % 10
    if place == places[0] and digit == 0:
        digit = int(written[place]) % 9 + 1
    return f"{written[:place]}{digit}{written[place + 1 :]}"


def errors(report: ClaimReport) -> list[tuple[int, int, str]]:
    """Return place and message of the findings of level error."""
    return [(one.span.start, one.span.end, one.message) for one in report.findings if one.level is Level.ERROR]


def damaged(text: str) -> dict[str, str]:
    """Return the text as conversions leave it."""
    wide = "".join(chr(ord(one) + 0xFEE0) if one.isascii() and one.isdigit() else one for one in text)
    gaps, broken = [], []
    for place, one in enumerate(text):
        following = text[place + 1 : place + 2]
        edge = one.isdigit() != following.isdigit() and "\u4e00" <= max(one, following) <= "\u9fff"
        gaps.append(f"{one} " if edge else one)
        broken.append(f"{one}\n" if place % 38 == 37 and not (one.isdigit() or following.isdigit()) else one)
    return {
        "full width": wide,
        "gaps": "".join(gaps),
        "broken lines": "".join(broken),
        "traditional": opencc.OpenCC("s2t").convert(text),
    }


def main() -> None:
    """Read, damage and plant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="print so many misses and false alarms")
    shown = parser.parse_args().show
    chance = random.Random(11)
    head = f"{'report':10}{'characters':>11}{'claims':>8}{'objected':>9}{'planted':>9}{'flagged':>9}{'elsewhere':>10}"
    print(head + "   damaged: claims kept (objected)")
    for path in sorted(FOLDER.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        clean = checked(text)
        objected = errors(clean)
        planted = flagged = elsewhere = 0
        used = sorted({index for claim in clean.claims for index in claim.operands.values()})
        for index in used:
            span = clean.quantities[index].span
            written = text[span.start : span.end]
            if not any(one.isdecimal() for one in written):
                continue
            broken = f"{text[: span.start]}{slipped(written, chance)}{text[span.end :]}"
            found = [one for one in errors(checked(broken)) if one not in objected]
            hits = [one for one in found if one[0] < span.end and span.start < one[1]]
            planted, flagged = planted + 1, flagged + bool(hits)
            elsewhere += len(found) - len(hits)
            if shown and (not hits or len(hits) < len(found)):
                shown -= 1
                print("   ", written, "in", text[max(span.start - 30, 0) : span.end + 30].replace("\n", "/"))
                print("      ", [one[2][:60] for one in found])
        kept = []
        for name, one in damaged(text).items():
            report = checked(one)
            kept.append(f"{name} {len(report.claims)} ({len(errors(report))})")
        print(
            f"{path.stem:10}{len(text):>11}{len(clean.claims):>8}{len(objected):>9}{planted:>9}{flagged:>9}{elsewhere:>10}"
            f"   {', '.join(kept)}"
        )


if __name__ == "__main__":
    main()
