"""Documents of tables and of prose that quotes them, drawn as files: claims found, judged, objected to, slips raised.

python bench/claims/table_documents.py [--show] [--only name] [--slips 12]

A file of `table_documents/` says on its first line what it is drawn as (docx, xlsx, html, pdf, or text: tabs, spaces,
space, pipes, lines for a cell a line).
Lines of cells between | are tables: < is merged with the cell on its left, ^ with the cell above, =sum(B2:B5) or
=growth(C,B):1% is a figure that follows from others (a column alone is that of the same row; :1% gives decimals
and unit). In other lines {2!B3} quotes a cell of the second table, {name=1200}人 names a figure of the prose, and
{share(1!B3,name):1%} is one that follows; {2!B3*0.0001:2} quotes a cell in 亿元 for 万元, per(D,C)*100:2 makes a
figure of a hundred, together(C,D,B) is the share of two in a third and flow(B,C,D,E,F) adds two and takes two
away. Each formula is an expected claim; with a `!` behind it no claim is expected. A quote stands for
its cell among the operands of a claim. `--slips` figures of each document that stand in a claim found are changed in
turn, one at a time, and should then be objected to; `warned` are those that a warning alone speaks of.
"""

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.table_drawing import drawn, opened
from claims.table_sheets import FIGURE, TYPES, Expected, Item, Sheet, expected, read
from claims.whole_reports import slipped
from dudao.claims.check import check_text
from dudao.claims.model import Claim, ClaimReport, Verdict
from dudao.documents.model import Document
from dudao.issues import Level
from dudao.pipelines.check import check_document

FOLDER = Path(__file__).with_suffix("")
GOOD = (Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED)


def places(sheet: Sheet, text: str, changed: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Return where the figure of each item stands in the text as read: all words are walked through in order."""
    squeezed = [place for place, one in enumerate(text) if not one.isspace()]
    flat, at, found = "".join(text[place] for place in squeezed), 0, {}
    for block in sheet.blocks:
        row: list[str | Item] = []
        for one in block:
            row += one if isinstance(one, list) else [one]
        for one in row:
            words = "".join((one if isinstance(one, str) else changed.get(one.key, one.shown)).split())
            if not words or words in "<^":
                continue
            start = flat.find(words, at)
            figure = FIGURE.search(words) if isinstance(one, Item) else None
            if start < 0 and isinstance(one, Item) and re.search(r"[\u4e00-\u9fff]{2}", words):
                continue  # words of a cell that the end of a page or the other cells of its row part
            if start < 0:
                raise ValueError(f"not in the text from {at} on: {words}: {flat[at : at + 60]}")
            at = start + len(words)
            if figure and isinstance(one, Item):
                first, last = start + figure.start(), start + figure.end() - 1
                first += figure[0][0] in "-－"
                found[one.key] = (squeezed[first], squeezed[last] + 1)
    return found


def matching(report: ClaimReport, wanted: Expected, where: dict[str, tuple[int, int]]) -> list[Claim]:
    """Return the claims of a fitting type over just these figures; growth may rest on any of the ways to tell it."""
    found = []
    for claim in report.claims:
        if claim.type.value not in wanted.types:
            continue
        taken = [report.quantities[index].span for index in claim.operands.values()]
        met = [
            any(start < span.end and span.start < end for key in choice for start, end in [where.get(key, (-1, -1))])
            for choice in wanted.choices
            for span in taken
        ]
        table = [met[place : place + len(taken)] for place in range(0, len(met), len(taken))]
        hits = [any(row) for row in table]
        covered = all(any(row[place] for row in table) for place in range(len(taken)))
        growth = wanted.types == TYPES["growth"] and len(wanted.choices) > 3
        if covered and hits[0] and (all(hits) or (growth and sum(hits) >= 3)) and len(taken) <= len(wanted.choices):
            found.append(claim)
    return found


def told(document: Document, *levels: Level) -> list[tuple[int, int, str]]:
    """Return place and message of the findings of some levels."""
    found = check_document(document).findings
    return [(one.span.start, one.span.end, one.message) for one in found if one.level in levels]


WIDTHS = {"characters": 11, "claims": 8, "found": 7, "right": 7, "alarms": 8, "planted": 9, "flagged": 9, "warned": 8}


def main() -> None:
    """Draw, read, compare, plant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is missed, objected to and not flagged")
    parser.add_argument("--only", default="", help="the documents whose name begins so")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the documents lie")
    parser.add_argument("--slips", type=int, default=12, help="so many slips in each document")
    chosen = parser.parse_args()
    total: Counter[str] = Counter()
    print(f"{'document':34}" + "".join(f"{key:>{width}}" for key, width in WIDTHS.items()))
    for path in sorted(chosen.folder.glob(f"{chosen.only}*.txt")):
        row = measured(path, chosen.slips, show=chosen.show)
        total.update(row)
        print(f"{path.stem:34}" + "".join(f"{row[key]:>{width}}" for key, width in WIDTHS.items()), flush=True)
    print(f"{'all':34}" + "".join(f"{total[key]:>{width}}" for key, width in WIDTHS.items()))


def measured(path: Path, slips: int, *, show: bool) -> Counter[str]:
    """Return the counts of one document."""
    sheet = read(path)
    [document] = opened([drawn(sheet, {})])
    report, objected = check_text(document), told(document, Level.ERROR)
    where = places(sheet, document.text, {})
    row = Counter(characters=len("".join(document.text.split())), alarms=len(objected))
    shown = [f"   ALARM {message} | {' '.join(document.text[s:e].split())[:100]}" for s, e, message in objected]
    held: dict[str, None] = {}
    for one in expected(sheet):
        found = matching(report, one, where)
        row += Counter(claims=1, found=bool(found), right=any(claim.verdict in GOOD for claim in found))
        if found:
            held |= dict.fromkeys(key for choice in one.choices for key in choice if one.types != TYPES["over"])
        else:
            figures = [f"{choice[0]}={sheet.items[choice[0]].shown}" for choice in one.choices]
            shown.append(f"   MISSED {'|'.join(one.types[:2])} {' '.join(figures)}")
    chance = random.Random(path.stem)
    picked = chance.sample(sorted(held), min(slips, len(held)))
    changes = [{key: slipped(sheet.items[key].shown, chance)} for key in picked]
    files = [drawn(sheet, change) for change in changes]
    for change, broken in zip(changes, opened(files), strict=True):
        [(key, words)] = change.items()
        start, end = places(sheet, broken.text, change)[key]
        hit, warned = (
            any(first < end and start < last for first, last, _ in told(broken, level))
            for level in (Level.ERROR, Level.WARNING)
        )
        row += Counter(planted=1, flagged=hit, warned=warned and not hit)
        if not hit:
            shown.append(f"   {'WARNED' if warned else 'NOT FLAGGED'} {key} {sheet.items[key].shown} → {words}")
    if show:
        print("\n".join(shown))
    return row


if __name__ == "__main__":
    main()
