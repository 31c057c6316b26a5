"""Documents of tables and of prose that quotes them, drawn as files: claims found, judged, objected to, slips raised.

python bench/claims/table_documents.py [--show] [--only name] [--slips 12]

A file of `table_documents/` says on its first line what it is drawn as (docx, xlsx, tabs, spaces, pipes, html, pdf).
Lines of cells between | are tables: < is merged with the cell on its left, ^ with the cell above, =sum(B2:B5) or
=growth(C,B):1% is a figure that follows from others (a column alone is that of the same row; :1% gives decimals
and unit). In other lines {2!B3} quotes a cell of the second table, {name=1200}人 names a figure of the prose, and
{share(1!B3,name):1%} is one that follows. Each formula is an expected claim; with `/` behind a `!` no claim is
expected. A quote stands for its cell among the operands of a claim. `--slips` figures of each document that stand in
a claim found are changed in turn, one at a time, and should then be objected to.
"""

import argparse
import html
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.damage.page_files import printed
from claims.damage.word_parts import file, paragraph, run
from claims.drawn_tables import spans
from claims.whole_reports import slipped
from dudao.claims.check import check_text
from dudao.claims.model import Claim, ClaimReport, Verdict
from dudao.documents.model import Document
from dudao.documents.reading import read_document
from dudao.issues import Level
from dudao.pipelines.check import check_document

FOLDER = Path(__file__).with_suffix("")
TYPES = {
    "sum": ("sum", "score_sum"),
    "less": ("difference", "two_level_change", "sum", "score_sum", "level_delta_growth", "exceeds_standard", "other"),
    "growth": ("two_level_change", "level_delta_growth", "other"),
    "share": ("share", "feasibility", "other", "score_sum"),
    "per": ("per_capita", "ratio", "other"),
    "times": ("other", "per_capita", "share", "score_sum", "sum"),
    "mean": ("per_capita", "other", "sum"),
    "over": ("exceeds_standard", "threshold", "difference", "other"),
}
GOOD = (Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED)
FORMULA = re.compile(r"(?P<name>\w+)\((?P<of>[^()]*)\)(?P<silent>!)?(?::(?P<places>\d)(?P<unit>.*))?")
REFERENCE = re.compile(r"(?:(?P<table>\d+)!)?(?P<column>[A-Z])(?P<row>\d+)?")
FIGURE = re.compile(r"[-－]?\d[\d,]*(?:\.\d+)?")


@dataclass(slots=True)
class Item:
    """One cell or one figure of the prose: its words and, where it follows from others, how."""

    written: str
    key: str
    quotes: str = ""
    formula: "re.Match[str] | None" = None
    shown: str = ""


@dataclass(slots=True)
class Sheet:
    """A document: paragraphs as lists of words and items, tables as rows of items."""

    form: str
    blocks: list[list[str | Item] | list[list[Item]]] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expected:
    """One claim: the types it may be given, each of its figures with all the items that may stand for it."""

    types: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]


def read(path: Path) -> Sheet:
    """Return the document of a file, its formulas worked out."""
    first, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    sheet, tables = Sheet(first.strip()), 0
    table: list[list[Item]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            if not table:
                tables += 1
                sheet.blocks.append(table)
            number = len(table) + 1
            row = [
                Item(cell.strip(), f"{tables}!{chr(65 + place)}{number}")
                for place, cell in enumerate(line.strip()[1:-1].split("|"))
            ]
            table.append(row)
            sheet.items |= {one.key: one for one in row}
            continue
        table = []
        if line.strip():
            sheet.blocks.append(_paragraph(sheet, line, len(sheet.blocks)))
    for one in sheet.items.values():
        if one.written.startswith("="):
            one.formula = FORMULA.fullmatch(one.written[1:])
            if one.formula is None:
                raise ValueError(f"{path.name}: no formula: {one.written}")
    for one in sheet.items.values():
        _work_out(sheet, one, {})
    return sheet


def _paragraph(sheet: Sheet, line: str, number: int) -> list[str | Item]:
    found: list[str | Item] = []
    for place, part in enumerate(re.split(r"\{(.*?)\}", line)):
        if place % 2 == 0:
            found.append(part)
            continue
        key = f"p{number}.{place}"
        if named := re.fullmatch(r"([a-z]\w*)=(.*)", part):
            one = Item(named[2] if not FORMULA.fullmatch(named[2]) else f"={named[2]}", named[1])
        elif FORMULA.fullmatch(part):
            one = Item(f"={part}", key)
        else:
            one = Item("", key, quotes=part)
        found.append(one)
        sheet.items[one.key] = one
    return found


def _keys(words: str, here: str) -> list[str]:
    """Return the items that the words of a formula name, seen from one of them."""
    found = []
    at = REFERENCE.fullmatch(here)
    for word in filter(None, (one.strip() for one in words.split(","))):
        ends = [REFERENCE.fullmatch(one) for one in word.split(":")]
        if ends[0] is None:
            found.append(word)
            continue
        table = ends[0]["table"] or (at["table"] if at else "1")
        row = at["row"] if at else ""
        first, last = ends[0], ends[-1]
        assert last is not None
        columns = range(ord(first["column"]), ord(last["column"]) + 1)
        rows = range(int(first["row"] or row), int(last["row"] or row) + 1)
        found += [f"{table}!{chr(column)}{number}" for column in columns for number in rows]
    return found


def value_of(words: str) -> Decimal:
    """Return the figure in the words of a cell."""
    found = FIGURE.search(words)
    if found is None:
        raise ValueError(f"no figure: {words}")
    return Decimal(found[0].replace(",", "").replace("－", "-"))


def _work_out(sheet: Sheet, one: Item, busy: dict[str, bool]) -> str:
    if one.shown:
        return one.shown
    if one.quotes:
        source = sheet.items[_keys(one.quotes, one.key)[0]]
        one.shown = (FIGURE.search(_work_out(sheet, source, busy)) or [""])[0]
        return one.shown
    if one.formula is None:
        one.shown = one.written
        return one.shown
    keys = _keys(one.formula["of"], one.key)
    values = [value_of(_work_out(sheet, sheet.items[key], busy)) for key in keys]
    result = worked(one.formula["name"], values)
    places = int(one.formula["places"]) if one.formula["places"] else max(_places(value) for value in values)
    unit = one.formula["unit"] or ""
    if one.formula["name"] == "over":
        return one.shown
    one.shown = f"{result.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}{unit}"
    return one.shown


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def worked(name: str, values: Sequence[Decimal]) -> Decimal:
    """Return what a formula makes of its figures."""
    first, *rest = values
    match name:
        case "sum":
            return sum(values, Decimal(0))
        case "less":
            return first - sum(rest, Decimal(0))
        case "growth":
            return (first / rest[0] - 1) * 100
        case "share":
            return first / rest[0] * 100
        case "per":
            return first / rest[0] * (rest[1] if len(rest) > 1 else 1)
        case "times":
            return first * rest[0]
        case "mean":
            return sum(values, Decimal(0)) / len(values)
        case "over":
            return abs(first)
    raise ValueError(name)


def expected(sheet: Sheet) -> list[Expected]:
    """Return the claims of the formulas."""
    same: dict[str, list[str]] = {}
    for one in sheet.items.values():
        if one.quotes:
            same.setdefault(_keys(one.quotes, one.key)[0], []).append(one.key)
    found = []
    for one in sheet.items.values():
        if one.formula is None or one.formula["silent"]:
            continue
        keys = _keys(one.formula["of"], one.key)
        keys = keys[:2] if one.formula["name"] == "per" else keys
        own = () if one.formula["name"] == "over" else ((one.key,),)
        found.append(Expected(TYPES[one.formula["name"]], (*own, *((key, *same.get(key, ())) for key in keys))))
    return found


def drawn(sheet: Sheet, changed: dict[str, str]) -> tuple[str, bytes]:
    """Return the suffix and the bytes of the document, some of its items changed."""

    def said(one: str | Item) -> str:
        return one if isinstance(one, str) else changed.get(one.key, one.shown)

    blocks: list[str | list[list[str]]] = []
    for block in sheet.blocks:
        if block and isinstance(block[0], list):
            blocks.append([[said(one) for one in row] for row in block if isinstance(row, list)])
        else:
            blocks.append("".join(said(one) for one in block if not isinstance(one, list)))
    if sheet.form in ("docx", "pdf"):
        body = "".join(paragraph(run(one)) if isinstance(one, str) else _word_table(one) for one in blocks)
        return f".{sheet.form}", file(body)
    if sheet.form == "xlsx":
        return ".xlsx", _workbook(blocks)
    if sheet.form == "html":
        return ".html", _page(blocks)
    gap = {"tabs": "\t", "spaces": "  ", "pipes": " | ", "space": " "}[sheet.form]
    lines = []
    for block_drawn in blocks:
        if isinstance(block_drawn, str):
            lines.append(block_drawn)
        else:
            lines += [gap.join(cell for cell in row if cell not in ("<", "^")) for row in block_drawn]
    return ".txt", "\n".join(lines).encode()


def _word_table(rows: list[list[str]]) -> str:
    size, found = spans(tuple(tuple(row) for row in rows)), ""
    for number, row in enumerate(rows):
        line = ""
        for column, cell in enumerate(row):
            if cell == "<":
                continue
            down, right = size.get((number, column), (1, 1))
            merged = '<w:vMerge w:val="restart"/>' if down > 1 else "<w:vMerge/>" if cell == "^" else ""
            width = f'<w:gridSpan w:val="{right}"/>' if right > 1 else ""
            line += f"<w:tc><w:tcPr>{width}{merged}</w:tcPr>{paragraph(run('' if cell == '^' else cell))}</w:tc>"
        found += f"<w:tr>{line}</w:tr>"
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    sides = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in edges)
    look = f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders>'
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>{found}</w:tbl>"


def _workbook(blocks: list[str | list[list[str]]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path, top = Path(folder) / "book.xlsx", 0
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("表")
            for block in blocks:
                if isinstance(block, str):
                    page.write(top, 0, block)
                    top += 1
                    continue
                for (row, column), (down, right) in spans(tuple(tuple(line) for line in block)).items():
                    cell = block[row][column]
                    if down > 1 or right > 1:
                        page.merge_range(top + row, column, top + row + down - 1, column + right - 1, cell)
                    elif re.fullmatch(r"-?\d+(\.\d+)?%?", cell):
                        places = len(cell.rstrip("%").partition(".")[2])
                        form = f"0.{'0' * places}" if places else "0"
                        share = cell.endswith("%")
                        look = book.add_format({"num_format": form + "%" * share})
                        page.write_number(top + row, column, float(cell.rstrip("%")) / (100 if share else 1), look)
                    else:
                        page.write(top + row, column, cell)
                top += len(block)
        return path.read_bytes()


def _page(blocks: list[str | list[list[str]]]) -> bytes:
    found = '<html><head><meta charset="utf-8"></head><body>'
    for block in blocks:
        if isinstance(block, str):
            found += f"<p>{html.escape(block)}</p>\n"
            continue
        found += "<table>\n"
        size = spans(tuple(tuple(row) for row in block))
        for number, row in enumerate(block):
            found += "<tr>"
            for column, cell in enumerate(row):
                if cell not in ("<", "^"):
                    down, right = size[number, column]
                    found += f'<td rowspan="{down}" colspan="{right}">{html.escape(cell)}</td>'
            found += "</tr>\n"
        found += "</table>\n"
    return f"{found}</body></html>".encode()


def opened(files: list[tuple[str, bytes]]) -> Iterator[Document]:
    """Return the documents as reading leaves them."""
    pages = [raw for suffix, raw in files if suffix == ".pdf"]
    if pages:
        made = printed({str(number): raw for number, raw in enumerate(pages)})
        files = [(".pdf", made[str(number)]) for number in range(len(pages))]
    for suffix, raw in files:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"table{suffix}"
            path.write_bytes(raw)
            yield read_document(path)


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
            if start < 0:
                raise ValueError(f"not in the text from {at} on: {words}: {flat[at : at + 60]}")
            at = start + len(words)
            figure = FIGURE.search(words) if isinstance(one, Item) else None
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


def errors(document: Document) -> list[tuple[int, int, str]]:
    """Return place and message of the findings of level error."""
    found = check_document(document).findings
    return [(one.span.start, one.span.end, one.message) for one in found if one.level is Level.ERROR]


WIDTHS = {"characters": 11, "claims": 8, "found": 7, "right": 7, "alarms": 8, "planted": 9, "flagged": 9}


def main() -> None:
    """Draw, read, compare, plant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is missed, objected to and not flagged")
    parser.add_argument("--only", default="", help="the documents whose name begins so")
    parser.add_argument("--slips", type=int, default=12, help="so many slips in each document")
    chosen = parser.parse_args()
    total: Counter[str] = Counter()
    print(f"{'document':34}" + "".join(f"{key:>{width}}" for key, width in WIDTHS.items()))
    for path in sorted(FOLDER.glob(f"{chosen.only}*.txt")):
        row = measured(path, chosen.slips, show=chosen.show)
        total.update(row)
        print(f"{path.stem:34}" + "".join(f"{row[key]:>{width}}" for key, width in WIDTHS.items()), flush=True)
    print(f"{'all':34}" + "".join(f"{total[key]:>{width}}" for key, width in WIDTHS.items()))


def measured(path: Path, slips: int, *, show: bool) -> Counter[str]:
    """Return the counts of one document."""
    sheet = read(path)
    [document] = opened([drawn(sheet, {})])
    report, objected = check_text(document), errors(document)
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
        hit = any(first < end and start < last for first, last, _ in errors(broken))
        row += Counter(planted=1, flagged=hit)
        if not hit:
            shown.append(f"   NOT FLAGGED {key} {sheet.items[key].shown} → {words}")
    if show:
        print("\n".join(shown))
    return row


if __name__ == "__main__":
    main()
