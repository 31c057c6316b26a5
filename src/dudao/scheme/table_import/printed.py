"""What is printed in a cell of a scheme's table: the number before a name, the points in or behind it, departments."""

import re
from dataclasses import dataclass
from decimal import Decimal

from dudao.scheme.table_import.grid import on_one_line

_WIDE = str.maketrans("０１２３４５６７８９．％＋－", "0123456789.%+-")
_HAN_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_FIGURE = r"(?P<figure>\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+)"
_IN_BRACKETS = re.compile(
    rf"[（(\[【〔]\s*(?:满分|共计|共|计|分值|标准分|权重)?\s*[:：为]?\s*{_FIGURE}\s*分\s*[^）)\]】〕]{{0,12}}[）)\]】〕]"
)
_BARE_IN_BRACKETS = re.compile(r"[（(\[【]\s*(?P<figure>\d+(?:\.\d+)?)\s*(?P<percent>%)?\s*[）)\]】]\s*$")
_BEHIND = re.compile(
    r"[\s，,：:—-]*(?:满分|共计|共|计|分值)?[:：]?\s*(?<![扣减加得给各每计低高差\d.])(?P<figure>\d+(?:\.\d+)?)\s*分\s*$"
)

# What follows a figure that belongs to the name (3—6岁, 12个班) and is not the number of the item (3党建工作).
_MEASURED = (
    r"[\d\s年月日个所项人名次%‰分级类期岁天周万亿元米册台间门轨届轮张份篇批位—–~～至到+、.．)）×:：/-]"
    r"|小时|学时|学分|学年|课时|公里|公顷|平方"
)

_RANGE = r"\s*[—–~～至到%‰岁年个所人名元]"

_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"第(?P<han>[一二三四五六七八九十]+)(?:部分|项|类|方面)[、：:\s]*")),
    ("bracketed_han", re.compile(r"[（(]\s*(?P<han>[一二三四五六七八九十]+)\s*[）)][、.．\s]*")),
    ("han", re.compile(r"(?P<han>[一二三四五六七八九十]+)\s*[、.．]\s*")),
    ("code", re.compile(r"(?P<code>[A-Z]{1,2}\d{1,3}(?:[-.]\d{1,3})*)[、.．:：\s]*")),
    ("path", re.compile(rf"(?P<path>\d{{1,2}}(?:[.．-]\d{{1,3}}){{1,3}})(?!\d|{_RANGE}|\s*[倍成])[、.．\s]*")),
    ("bracketed", re.compile(r"[（(]\s*(?P<digits>\d{1,3})\s*[）)][、.．\s]*")),
    ("half_bracketed", re.compile(r"(?P<digits>\d{1,3})\s*[）)][、.．\s]*")),
    ("circled", re.compile(r"(?P<circled>[①-⑳])[、.．\s]*")),
    ("digits", re.compile(rf"(?P<digits>\d{{1,3}})\s*(?:、|[.．](?!\s*\d)|[.．](?=\d+{_RANGE}))\s*")),
    ("bare_digits", re.compile(rf"(?P<digits>\d{{1,2}})[ \u3000]+(?!{_MEASURED})(?=[\u4e00-\u9fff])")),
    ("bare_digits", re.compile(rf"(?P<digits>\d{{1,2}})(?!{_MEASURED})(?=\D)")),
)


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name with its number and points taken off; `style` says how the number was written.

    `number` is the number as part of an id (`3`, `2.1`, `A1`), empty without; `doubtful` is set when the points
    were printed without 分 or as a percentage.
    """

    name: str
    number: str = ""
    style: str = ""
    points: Decimal | None = None
    doubtful: bool = False


def read_name(text: str) -> PrintedName:
    """Return what a cell such as `一、党的领导（17分）` prints."""
    line = on_one_line(text).translate(_WIDE)
    name, points, doubtful = _points_off(line)
    number, style, name = _number_off(name)
    return PrintedName(name.strip(" 　:：、，。；;"), number, style, points, doubtful)


def _points_off(line: str) -> tuple[str, Decimal | None, bool]:
    found = list(_IN_BRACKETS.finditer(line))
    if found:
        # The points of the item itself stand in the first brackets; later ones belong to what its text lists.
        match = found[0]
        return (line[: match.start()] + line[match.end() :]).strip(), figure(match["figure"]), False
    if bare := _BARE_IN_BRACKETS.search(line):
        return line[: bare.start()].strip(), Decimal(bare["figure"]), True
    if (behind := _BEHIND.search(line)) and behind.start() > 0:
        return line[: behind.start()].strip(), figure(behind["figure"]), False
    return line, None, False


def _number_off(line: str) -> tuple[str, str, str]:
    for style, pattern in _NUMBERS:
        match = pattern.match(line)
        if match and match.end() < len(line):
            number = _number(match)
            return number, f"path{number.count('.')}" if style == "path" else style, line[match.end() :]
    return "", "", line


def read_serial(text: str) -> tuple[str, str]:
    """Return number and style of a cell of a column of numbers (`一`, `3`, `1.2`); empty where it holds none."""
    number, style, _ = _number_off(re.sub(r"\s+", "", text).translate(_WIDE).rstrip("、.．") + "、项")
    return number, style


def _number(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("han"):
        return str(han_number(groups["han"]))
    if groups.get("circled"):
        return str(ord(groups["circled"]) - ord("①") + 1)
    if groups.get("path"):
        return re.sub(r"[．-]", ".", groups["path"])
    if groups.get("code"):
        return groups["code"]
    return str(int(groups["digits"]))


def han_number(text: str) -> int:
    """Return the number a Chinese numeral up to 999 writes."""
    total, digit = 0, 0
    for character in text:
        if character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _HAN_DIGITS[character]
    return total + digit


def figure(text: str) -> Decimal:
    """Return the number written in digits or Chinese."""
    return Decimal(text) if text[0].isdigit() else Decimal(han_number(text))


_POINTS_CELL = re.compile(r"[（(]?\s*(?P<sign>[+-]?)\s*(?P<figure>\d+(?:\.\d+)?)\s*(?P<unit>分|%)?\s*[）)]?")
_POINTS_FIRST = re.compile(r"(?P<figure>\d+(?:\.\d+)?)分[（(，,；;]")
_POINTS_TOTAL = re.compile(rf"(?:满分|共计|共|合计|总计|总分|最高)\s*[:：为]?\s*{_FIGURE}\s*分")


def read_points(text: str) -> tuple[Decimal | None, bool]:
    """Return the points a cell of the points column prints, and whether that reading is doubtful."""
    line = re.sub(r"\s+", "", text).translate(_WIDE)
    if match := _POINTS_CELL.fullmatch(line):
        value = Decimal(match["figure"])
        return (-value if match["sign"] == "-" else value), match["unit"] == "%"
    if match := re.fullmatch(rf"{_FIGURE}分?", line):
        return figure(match["figure"]), False
    if match := _POINTS_TOTAL.search(line) or _POINTS_FIRST.match(line):
        return figure(match["figure"]), True
    return None, False


_SEPARATORS = re.compile(r"[、，,；;\n/]|\s{1,}(?=\S)")
_LEAD = re.compile(r"^(?:牵头|主责|责任|主办)(?:单位|部门)?[:：]?\s*")
_HELPERS = re.compile(r"(?:配合|协办|参与|协同|责任)(?:单位|部门)?[:：]\s*")
_MARKED_LEAD = re.compile(r"[（(](?:牵头|主责|主办)[^）)]*[）)]$")


def read_departments(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the lead department and the others a cell names; the first leads unless another is marked."""
    cleaned = on_one_line(text.replace("\n", "、"))
    named: list[str] = []
    lead = ""
    for part in _HELPERS.split(_LEAD.sub("", cleaned)):
        for piece in _SEPARATORS.split(part):
            name = _LEAD.sub("", piece.strip(" 　.。:："))
            if marked := _MARKED_LEAD.search(name):
                name = name[: marked.start()]
                lead = lead or name
            if name and name not in named:
                named.append(name)
    if not named:
        return "", ()
    lead = lead or named[0]
    return lead, tuple(name for name in named if name != lead)


def read_evidence(text: str) -> tuple[str, ...]:
    """Return the pieces of evidence a cell asks for, their numbers taken off."""
    pieces = re.split(r"[；;\n]|(?<=[^\d])(?=\d{1,2}[.．、](?!\d))", tidy_numbers(text))
    names = [_number_off(piece.strip())[2].strip(" 　。.；;，,") for piece in pieces]
    return tuple(dict.fromkeys(name for name in names if name))


def tidy_numbers(text: str) -> str:
    """Return the text with full-width digits made ordinary."""
    return text.translate(_WIDE)
