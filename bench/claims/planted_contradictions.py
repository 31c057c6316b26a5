"""Contradictions planted one at a time into whole reports, and into files held against each other.

python bench/claims/planted_contradictions.py [--show] [FOLDER…]

A text of `planted_reports/` or another folder of that form is a report that holds as it stands. Marks in it say what
to plant: `{words→others}` puts words that contradict another place, `{→words}` adds them, and `{words≈others}` puts
words that look much the same and contradict nothing. Lines `=== 名称.txt` begin the files of a set. Each mark is
tried alone. What is planted counts as found when a finding on contradictions or on differences between files stands
on it; any other such finding, and every one on the text as it stands or with `≈`, is an alarm. `else` counts what
only another check told, such as a sum that no longer adds up.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import CheckedDocument, check_document
from dudao.pipelines.tie_documents import TieDocuments
from dudao.provenance import Span

HERE = Path(__file__).parent
FOLDERS = [HERE / "planted_reports"]
CODES = ("claims.contradiction", "claims.tie")
_MARK = re.compile(r"\{(?P<holds>[^{}→≈]*)(?P<kind>[→≈])(?P<other>[^{}]*)\}")
_FIGURE = re.compile(r"\d[\d.]{2,}")
_FILE = re.compile(r"^=== (?P<name>.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Variant:
    """The files of a set with at most one mark carried out, and where its words stand."""

    kind: str
    files: tuple[tuple[str, str], ...]
    number: int
    span: Span


def parts_of(text: str, name: str) -> list[tuple[str, str]]:
    """Return the files of a set, each with its name; a text without heads is one file."""
    pieces = _FILE.split(text)
    return list(zip(pieces[1::2], pieces[2::2], strict=True)) or [(name, text)]


def holding(text: str) -> str:
    """Return a text as it stands, without its marks."""
    return _MARK.sub(lambda match: match["holds"], text)


def variants(text: str, name: str) -> Iterator[Variant]:
    """Yield the files as they stand, and then with each mark carried out alone."""
    parts = parts_of(text, name)
    whole = tuple((one, holding(words)) for one, words in parts)
    yield Variant("", whole, 0, Span(0, 1))
    for number, (own, words) in enumerate(parts):
        for mark in _MARK.finditer(words):
            before = holding(words[: mark.start()])
            changed = before + mark["other"] + holding(words[mark.end() :])
            files = (*whole[:number], (own, changed), *whole[number + 1 :])
            yield Variant(mark["kind"], files, number, Span(len(before), len(before) + len(mark["other"])))


def checked(files: tuple[tuple[str, str], ...]) -> list[CheckedDocument]:
    """Return the files of a set, each held against those before it."""
    tied = TieDocuments()
    found = []
    for name, text in files:
        draft = read_plain_text(text.encode(), name)
        found.append(tied.add(check_document(document_of(draft, file=name, sha256="", media="text/plain"))))
    return found


def tally(path: Path, *, show: bool = False) -> Counter[str]:
    """Return how many contradictions were planted in a set and found, and what was said without ground."""
    row: Counter[str] = Counter()
    known: set[str] = set()
    for variant in variants(path.read_text(encoding="utf-8"), path.name):
        hits, alarms, elsewhere = told(variant)
        alarms = [message for message in alarms if message not in known]
        if not variant.kind:
            known = set(alarms)
        if variant.kind == "→":
            row["planted"] += 1
            row["found"] += bool(hits)
            row["else"] += bool(elsewhere and not hits)
            row["alarms"] += len(alarms)
        else:
            row["near"] += variant.kind == "≈"
            alarms = hits + alarms
            row["of near" if variant.kind else "of clean"] += len(alarms)
        if not variant.kind:
            row["characters"] += sum(len(text) for _, text in variant.files)
        if show:
            _, text = variant.files[variant.number]
            words = text[max(0, variant.span.start - 30) : variant.span.end + 12].replace("\n", "¶")
            if variant.kind == "→" and not hits:
                print("ELSE  " if elsewhere else "MISSED", path.stem, words)
            for message in hits if variant.kind == "→" else ():
                print("found ", path.stem, words, message)
            for message in alarms:
                print("ALARM ", path.stem, variant.kind and words, message)
    return row


def told(variant: Variant) -> tuple[list[str], list[str], list[str]]:
    """Return what is said of contradictions on the marked words, elsewhere, and what else is said on the words."""
    hits, alarms, elsewhere = [], [], []
    _, changed = variant.files[variant.number]
    figures = _FIGURE.findall(changed[variant.span.start : variant.span.end]) if variant.kind == "→" else []
    planted = changed[variant.span.start : variant.span.end].strip("，。；、")
    for number, document in enumerate(checked(variant.files)):
        for finding in document.findings:
            on = number == variant.number and any(
                span.overlaps(variant.span) for span in (finding.span, *finding.related)
            )
            on = on or any(figure in finding.message for figure in figures)  # said by a third file of the changed one
            on = on or any(planted and (words in planted or planted in words) for words in finding.outside if words)
            if not finding.code.startswith(CODES):
                if on and finding.code.startswith("claims."):
                    elsewhere.append(finding.message)
            elif on and variant.kind:
                hits.append(finding.message)
            else:
                alarms.append(finding.message)
    return hits, alarms, elsewhere


COLUMNS = ("characters", "planted", "found", "else", "alarms", "near", "of near", "of clean")


def main() -> None:
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("-")] or FOLDERS
    total: Counter[str] = Counter()
    print(f"{'set':28}", *(f"{column:>10}" for column in COLUMNS))
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        row = tally(path, show="--show" in sys.argv)
        total += row
        print_row(path.stem, row)
    print_row("all", total)


def print_row(name: str, row: Counter[str]) -> None:
    print(f"{name:28}", *(f"{row[column]:10}" for column in COLUMNS))


if __name__ == "__main__":
    main()
