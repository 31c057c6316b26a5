"""Claims found in the annotated development set: detection, verdicts, false alarms, by type and file.

Run `python bench/claims_gold.py [--misses] [--alarms]`; the annotations are found by `DUDAO_SHARED` or `../shared`.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from dudao.claims.check import check_text
from dudao.claims.model import ClaimReport, Verdict
from dudao.documents.reading import read_document

SHARED = Path(os.environ.get("DUDAO_SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
VERDICTS = {"consistent": "consistent", "rounding": "consistent_if_rounded", "inconsistent": "inconsistent"}


def annotated(name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in (SHARED / "gold" / name).read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        found.setdefault(claim["file"], []).append(claim)
    return found


def matching(report: ClaimReport, gold: dict[str, Any]) -> list[Verdict]:
    """Return the verdicts of the claims of the same type at the same operands."""
    spans = [(o["start"], o["start"] + len(o["written"])) for o in gold["operands"].values()]
    found = []
    for claim in report.claims:
        if claim.type != gold["type"] or len(claim.operands) != len(spans):
            continue
        places = [report.quantities[i].span for i in claim.operands.values()]
        if all(any(p.start < end and start < p.end for p in places) for start, end in spans):
            found.append(claim.verdict)
    return found


def main() -> None:
    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    right: Counter[str] = Counter()
    characters = alarms = extra = 0
    lines = []
    for name, folder in (("claims-seeds.jsonl", "seeds"), ("claims-reports.jsonl", "gold/reports")):
        gold = annotated(name)
        for path in sorted((SHARED / folder).glob("*.txt")):
            document = read_document(path)
            report = check_text(document)
            characters += len(document.text)
            claims = gold.get(path.name, [])
            here = [0, 0, 0]
            known = [{o["start"] for o in c["operands"].values()} for c in claims if c["verdict"] == "inconsistent"]
            for claim in claims:
                verdicts = matching(report, claim)
                key = f"{folder} {claim['type']}"
                total[key] += 1
                if verdicts:
                    hit[key] += 1
                    here[0] += 1
                if VERDICTS[claim["verdict"]] in verdicts:
                    right[key] += 1
                    here[1] += 1
                elif "--misses" in sys.argv:
                    quote = claim["quote"].replace("\n", "/")
                    quote = quote if len(quote) < 160 else quote[:60] + " … " + quote[-90:]
                    print("MISS", claim["id"], path.name[:3], claim["type"], claim["verdict"], verdicts, quote)
                    print("     ", {k: (o["written"], o["start"]) for k, o in claim["operands"].items()})
            for read in report.claims:
                if read.verdict is not Verdict.INCONSISTENT:
                    extra += 1
                    continue
                places = {report.quantities[i].span.start for i in read.operands.values()}
                if any(places & one for one in known):
                    continue
                alarms += 1
                here[2] += 1
                if "--alarms" in sys.argv:
                    words = document.text[read.span.start : read.span.end].replace("\n", "/")[:200]
                    print("ALARM", path.name[:3], read.relation, read.message, "|", words)
            lines.append(f"{path.name[:3]:6}{len(claims):8}{here[0]:8}{here[1]:8}{here[2]:8}")
    print(f"{'file':6}{'claims':>8}{'found':>8}{'right':>8}{'alarms':>8}")
    print("\n".join(lines))
    print(f"{'kind':34}{'claims':>8}{'found':>8}{'verdict':>8}")
    for key in sorted(total):
        print(f"{key:34}{total[key]:8}{hit[key]:8}{right[key]:8}")
    print(f"{'all':34}{total.total():8}{hit.total():8}{right.total():8}")
    print(f"false alarms: {alarms} in {characters} characters; consistent claims read: {extra}")


if __name__ == "__main__":
    main()
