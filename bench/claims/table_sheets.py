"""The format in which documents of tables are written: cells, figures that follow from others, quotes of cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

TYPES = {
    "sum": ("sum", "score_sum"),
    "less": ("difference", "two_level_change", "sum", "score_sum", "level_delta_growth", "exceeds_standard", "other"),
    "growth": ("two_level_change", "level_delta_growth", "other"),
    "fall": ("two_level_change", "level_delta_growth", "other"),
    "flow": ("sum", "difference", "other"),
    "share": ("share", "feasibility", "other", "score_sum"),
    "together": ("share", "other"),
    "per": ("per_capita", "ratio", "other"),
    "times": ("other", "per_capita", "share", "score_sum", "sum"),
    "mean": ("per_capita", "other", "sum"),
    "over": ("exceeds_standard", "threshold", "difference", "other"),
}
FORMULA = re.compile(
    r"(?P<name>\w+)\((?P<of>[^()]*)\)(?:\*(?P<factor>[\d.]+))?(?P<silent>!)?(?::(?P<places>\d)(?P<unit>.*))?"
)
QUOTE = re.compile(r"(?P<cell>[^*]+)\*(?P<factor>[\d.]+):(?P<places>\d)")
REFERENCE = re.compile(r"(?:(?P<table>\d+)!)?(?P<column>[A-Z])(?P<row>\d+)?")
FIGURE = re.compile(r"[-－]?\d[\d,]*(?:\.\d+)?")


@dataclass(slots=True)
class Item:
    """One cell or one figure of the prose: its words and, where it follows from others, how."""

    written: str
    key: str
    quotes: str = ""
    told_as: "re.Match[str] | None" = None
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
            told_as = QUOTE.fullmatch(part)
            one = Item("", key, quotes=told_as["cell"] if told_as else part, told_as=told_as)
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
        if one.told_as is not None:
            one.shown = _rounded(value_of(one.shown) * Decimal(one.told_as["factor"]), int(one.told_as["places"]))
        return one.shown
    if one.formula is None:
        one.shown = one.written
        return one.shown
    keys = _keys(one.formula["of"], one.key)
    values = [value_of(_work_out(sheet, sheet.items[key], busy)) for key in keys]
    result = worked(one.formula["name"], values) * Decimal(one.formula["factor"] or 1)
    places = int(one.formula["places"]) if one.formula["places"] else max(_places(value) for value in values)
    unit = one.formula["unit"] or ""
    if one.formula["name"] == "over":
        return one.shown
    one.shown = f"{_rounded(result, places)}{unit}"
    return one.shown


def _rounded(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


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
        case "fall":
            return (1 - first / rest[0]) * 100
        case "flow":
            half = len(rest) // 2
            return first + sum(rest[:half], Decimal(0)) - sum(rest[half:], Decimal(0))
        case "share":
            return first / rest[0] * 100
        case "together":
            return sum(values[:-1], Decimal(0)) / values[-1] * 100
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
