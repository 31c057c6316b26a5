"""Whole documents of one place held against each other: planted disagreements found, agreement left in peace.

python bench/claims/tied_documents.py [--show] [FILE]

The documents are in `tied/`, what was made to disagree in `tied_documents.yaml` or another file
of that form. A planted disagreement counts as found
when a finding on differences between files or on contradictions stands on a figure of its words; every other such
finding is an alarm, and so is every one on the same documents with all disagreements taken out.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from dudao.pipelines.check import CheckedDocument, check_file
from dudao.pipelines.tie_documents import TieDocuments

HERE = Path(__file__).parent
TEXTS = HERE / "tied_documents.yaml"
FOLDER = HERE / "tied"
CODES = ("claims.contradiction", "claims.tie")


def texts_of(entry: dict[str, Any], *, clean: bool) -> list[str]:
    """Return the texts of a set, with its planted words or with those that agree."""
    texts = [(FOLDER / entry["folder"] / name).read_text(encoding="utf-8") for name in entry["files"]]
    for one in entry["planted"]:
        text = texts[one["file"]]
        if text.count(one["says"]) != 1:
            raise ValueError(f"“{one['says']}” stands {text.count(one['says'])} times in {entry['files'][one['file']]}")
        if clean:
            texts[one["file"]] = text.replace(one["says"], one["agrees"])
    return texts


def checked(entry: dict[str, Any], *, clean: bool) -> list[CheckedDocument]:
    """Return the files of a set, each held against those before it."""
    tied = TieDocuments()
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, text in zip(entry["files"], texts_of(entry, clean=clean), strict=True):
            path = Path(folder) / name
            path.write_text(text, encoding="utf-8")
            found.append(tied.add(check_file(path)))
    return found


def tally(entry: dict[str, Any], *, show: bool = False) -> Counter[str]:
    """Return how many disagreements were planted and found, and what else was said, with and without them."""
    row: Counter[str] = Counter(planted=len(entry["planted"]))
    documents = checked(entry, clean=False)
    met: set[int] = set()
    for document, text in zip(documents, texts_of(entry, clean=False), strict=True):
        number = documents.index(document)
        for finding in document.findings:
            if not finding.code.startswith(CODES):
                continue
            hit = [
                place
                for place, one in enumerate(entry["planted"])
                if one["file"] == number
                and any(
                    text.find(one["says"]) <= span.start < text.find(one["says"]) + len(one["says"])
                    for span in (finding.span, *finding.related)
                )
            ]
            met.update(hit)
            row["alarms"] += not hit
            if show:
                print("found" if hit else "ALARM", finding.message)
    row["found"] = len(met)
    if show:
        print(*(f"MISSED {one['says']}" for place, one in enumerate(entry["planted"]) if place not in met), sep="\n")
    for document in checked(entry, clean=True):
        for finding in document.findings:
            row["of clean"] += finding.code.startswith(("claims.", "sheet."))
            if show and finding.code.startswith(("claims.", "sheet.")):
                print("OF CLEAN", finding.code, finding.message)
    return row


def main() -> None:
    named = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    total: Counter[str] = Counter()
    print(f"{'set':16}{'planted':>8}{'found':>8}{'alarms':>8}{'of clean':>10}")
    for entry in yaml.safe_load((named or [TEXTS])[0].read_text(encoding="utf-8")):
        row = tally(entry, show="--show" in sys.argv)
        total += row
        print_row(entry["folder"], row)
    print_row("all", total)


def print_row(name: str, row: Counter[str]) -> None:
    print(f"{name:16}{row['planted']:8}{row['found']:8}{row['alarms']:8}{row['of clean']:10}")


if __name__ == "__main__":
    main()
