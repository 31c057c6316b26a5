"""Errors planted into the annotated texts: each digit changed in one operand of a true claim should raise a finding.

Run `python bench/claims_planted.py [--misses]`. For every annotated claim that holds and is found, one digit of each
operand in turn is changed so that the relation no longer holds; a finding over the changed figure counts as flagged.
"""

import random
import sys
from collections import Counter
from typing import Any

from claims_gold import SHARED, annotated, matching

from dudao.claims.check import check_text
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of


def document(text: str) -> Any:
    raw = text.encode("utf-8")
    return document_of(read_plain_text(raw, "x.txt"), file="x", sha256="", media="text/plain")


def changed(written: str, chance: random.Random) -> str:
    """Return the figure with its second digit (or its only one) replaced by another."""
    digits = [i for i, c in enumerate(written) if c.isdecimal()]
    place = digits[1] if len(digits) > 1 else digits[0]
    old = int(written[place])
    new = (old + chance.choice([2, 3, 4, 5, 6, 7])) % 10
    if place == digits[0] and new == 0:
        new = old % 9 + 1
    return f"{written[:place]}{new}{written[place + 1 :]}"


def main() -> None:
    chance = random.Random(7)
    planted: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    for name, folder in (("claims-seeds.jsonl", "seeds"), ("claims-reports.jsonl", "gold/reports")):
        for file, claims in annotated(name).items():
            text = (SHARED / folder / file).read_text(encoding="utf-8")
            clean = check_text(document(text))
            for claim in claims:
                if claim["verdict"] == "inconsistent" or not matching(clean, claim):
                    continue
                operand_names = sorted(claim["operands"])
                key = chance.choice(operand_names)
                operand = claim["operands"][key]
                start, written = operand["start"], operand["written"]
                if text[start : start + len(written)] != written or not any(c.isdecimal() for c in written):
                    continue
                new = changed(written, chance)
                broken = text[:start] + new + text[start + len(written) :]
                planted[claim["type"]] += 1
                report = check_text(document(broken))
                if any(f.level == "error" and f.span.start <= start < f.span.end for f in report.findings):
                    flagged[claim["type"]] += 1
                elif "--misses" in sys.argv:
                    quote = claim["quote"].replace("\n", "/")
                    print("UNFLAGGED", claim["id"], claim["type"], key, written, "→", new, quote[:150])
    print(f"{'type':22}{'planted':>9}{'flagged':>9}")
    for kind in sorted(planted):
        print(f"{kind:22}{planted[kind]:9}{flagged[kind]:9}")
    print(f"{'all':22}{planted.total():9}{flagged.total():9}")


if __name__ == "__main__":
    main()
