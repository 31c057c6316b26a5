"""Headings as offices write them, matched to columns: spaces, line breaks, units, brackets, two rows."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from dudao.tables.columns import SECTIONS, Column, TableKind

UNITS: dict[str, tuple[str, float]] = {
    "元": ("元", 1.0),
    "千元": ("元", 1e3),
    "万元": ("元", 1e4),
    "百万元": ("元", 1e6),
    "亿元": ("元", 1e8),
    "平方米": ("平方米", 1.0),
    "平米": ("平方米", 1.0),
    "m2": ("平方米", 1.0),
    "㎡": ("平方米", 1.0),
    "万平方米": ("平方米", 1e4),
    "亩": ("平方米", 2000 / 3),
    "人": ("人", 1.0),
    "名": ("人", 1.0),
    "万人": ("人", 1e4),
    "台": ("台", 1.0),
    "套": ("台", 1.0),
    "册": ("册", 1.0),
    "本": ("册", 1.0),
    "万册": ("册", 1e4),
    "间": ("间", 1.0),
    "所": ("所", 1.0),
    "个": ("个", 1.0),
    "%": ("%", 1.0),
    "分钟": ("分钟", 1.0),
    "小时": ("小时", 1.0),
    "课时": ("课时", 1.0),
    "学时": ("学时", 1.0),
}
"""Units that stand in headings, with the base unit and the factor to it."""

UNIT_PATTERN = re.compile("|".join(sorted(map(re.escape, UNITS), key=len, reverse=True)))

TOTAL_WORDS = frozenset({"合计", "小计", "总计", "计", "总数", "全校", "总人数", "数量", "共计", "合计数", "总量"})
"""A lower heading that stands for the whole school."""

UNUSED = frozenset(
    {
        "序号",
        "编号",
        "序",
        "备注",
        "说明",
        "填表人",
        "联系电话",
        "联系人",
        "电话",
        "乡镇",
        "乡镇街道",
        "所在乡镇",
        "校长",
    }
)
"""Headings that need no mention when they are not used."""

_BRACKETS = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*[)\]】〕>]")
_PUNCTUATION = re.compile(r"[\s.、,，。:：;；\"'“”‘’·\-—_/\\*#()\[\]【】〔〕<>《》★☆△▲※+=]")
_NUMBERING = re.compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[a-z][0-9]{1,2}|[①-⑳])(?=\D)")
_LEADING = ("其中", "全校", "学校", "本校", "现有", "教职工中", "教师中")
_SUMMED = ("合计", "总计", "小计", "共计")
"""Words behind a heading in one row that stand for the whole school (在校学生数合计)."""
_COUNTED = ("教师数", "学生数", "职工数", "教室数")
"""Endings of headings whose 数 offices leave away (体音美专任教师 over 小学 and 初中)."""
_SECTION_ENDINGS = ("学生数", "学生", "生数", "生", "人数", "教师数", "教师", "数")


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet column that was understood: the column and the factor that brings its unit to the base unit."""

    column: Column
    factor: float = 1.0
    unit: str = ""


def compact(text: str) -> str:
    """Return a heading without spaces, brackets of any width, punctuation and case."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).lower()


def without_brackets(text: str) -> str:
    """Return a heading without what stands in brackets."""
    return re.sub(r"单位\s*:.*$", "", _BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


def unit_of(text: str) -> str:
    """Return the unit that a heading names in brackets or behind 单位, empty when it names none."""
    plain = unicodedata.normalize("NFKC", text)
    for bracket in _BRACKETS.findall(plain):
        words = re.sub(r"\s|单位|[::]", "", bracket[1:-1]).lower()
        if words in UNITS:
            return words
    match = re.search(r"单位\s*[::]?\s*(" + UNIT_PATTERN.pattern + ")", plain)
    if match:
        return match[1]
    match = re.search(r"[/,,、]\s*(" + UNIT_PATTERN.pattern + r")\s*$", plain)
    return match[1] if match else ""


@cache
def known_headings(kind: TableKind) -> dict[str, Column]:
    """Return every accepted heading of a kind in compact form; an earlier column keeps a heading named twice."""
    known: dict[str, Column] = {}
    for column in kind.columns:
        for heading in (column.name, column.title):
            known[compact(heading)] = column
    for column in kind.columns:
        for heading in column.headings:
            known.setdefault(compact(heading), column)
    for heading, column in list(known.items()):
        if heading.endswith(_COUNTED):
            known.setdefault(heading.removesuffix("数"), column)
    return known


def match_heading(kind: TableKind, parts: Sequence[str]) -> Match | None:
    """Return the column that a heading means, from the rows of the heading, uppermost first.

    (在校学生数, 小学) and (小学, 在校学生数) mean the same; a lower 合计 means the upper heading itself.
    """
    parts = [part for part in dict.fromkeys(parts) if compact(part)]
    if not parts:
        return None
    unit = next((unit for unit in map(unit_of, reversed(parts)) if unit), "")
    known = known_headings(kind)
    for candidate in _candidates(parts):
        column = known.get(candidate)
        if column is None:
            bare, trailing = _without_trailing_unit(candidate)
            column = known.get(bare) if trailing else None
            unit = unit or trailing if column is not None else unit
        if column is not None:
            return _with_unit(column, unit)
    return None


def assigned_match(kind: TableKind, name: str, heading: str) -> Match:
    """Return a sheet column as somebody says it is meant, with the unit that its heading names.

    Raises:
        KeyError: the kind has no column of that name.
    """
    return _with_unit(kind.column(name), unit_of(heading))


def _with_unit(column: Column, unit: str) -> Match:
    if not unit or not column.unit:
        return Match(column)
    base, factor = UNITS[unit]
    return Match(column, factor if base == column.unit else 1.0, unit)


def _without_trailing_unit(text: str) -> tuple[str, str]:
    for unit in sorted(UNITS, key=len, reverse=True):
        if text.endswith(unit) and len(text) > len(unit) + 1:
            return text[: -len(unit)], unit
    return text, ""


def _candidates(parts: Sequence[str]) -> Iterator[str]:
    """Yield the compact words a heading may be known by, most telling first."""
    spellings = [[*dict.fromkeys((compact(part), compact(without_brackets(part))))] for part in parts]
    if len(parts) == 1:
        for spelling in spellings[0]:
            yield from _variants(spelling)
        return
    tidy = [[variant for spelling in part for variant in _variants(spelling) if variant] for part in spellings]
    for size in range(len(parts), 1, -1):
        for chosen in combinations(range(len(parts)), size):
            if chosen[-1] != len(parts) - 1 or not all(
                _says_nothing(parts[index]) for index in range(chosen[0], len(parts)) if index not in chosen
            ):
                continue
            yield from _joined([tidy[index] for index in chosen])
    section = section_word(tidy[-1][0]) if tidy[-1] else ""
    if not section:
        yield from tidy[-1]


def _says_nothing(text: str) -> bool:
    """Return whether a heading between two others may be left out: 其中, 合计, a unit."""
    word = compact(without_brackets(text))
    return not word or word.startswith("其中") or word in TOTAL_WORDS or word in UNITS


def _joined(parts: Sequence[Sequence[str]]) -> Iterator[str]:
    *upper, lower = parts
    heads = [""]
    for part in upper:
        heads = [head + variant for head in heads for variant in part]
    if len(upper) > 1:
        # 专任教师 over 高于规定学历 is told the other way round where one row tells it
        turned = [""]
        for part in reversed(upper):
            turned = [head + variant for head in turned for variant in part]
        heads += turned
    for low in lower:
        for head in heads:
            if low in TOTAL_WORDS:
                yield head
                continue
            section = section_word(low)
            if section:
                yield section + head
                continue
            yield head + low
            yield low + head
            upper_section = section_word(head)
            if upper_section:
                yield upper_section + low


def _variants(text: str) -> Iterator[str]:
    yield text
    bare = _NUMBERING.sub("", text)
    if bare != text:
        yield bare
    for leading in _LEADING:
        if bare.startswith(leading) and len(bare) > len(leading):
            yield bare.removeprefix(leading)
    for ending in _SUMMED:
        if bare.endswith(ending) and len(bare) > len(ending):
            yield bare.removesuffix(ending)


def section_word(text: str) -> str:
    """Return 小学, 初中 or 高中 when a heading says no more than the section."""
    for words in SECTIONS.values():
        for word in words:
            if text == word or any(text == word + ending for ending in _SECTION_ENDINGS):
                return words[0]
            if text == word.removesuffix("学") + "学生" or text == word[:-1] + word[-1] + "生":
                return words[0]
    return ""
