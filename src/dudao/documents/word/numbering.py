"""The numbers Word prints in front of paragraphs (自动编号): 一、（一）1.（1）, which are not in the text itself."""

import re
from dataclasses import dataclass, field

from dudao.documents.safe_xml import Element, attribute

_HAN = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN_FORMATS = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand",
     "taiwaneseCounting", "ideographDigital", "japaneseDigitalTenThousand", "chineseLegalSimplified"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered; `pattern` has %1 for the number of the first level."""

    format: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of every list, as Word does when it prints."""

    levels: dict[str, dict[int, ListLevel]]
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Element, style: str) -> str:
        """Return the printed number of the paragraph, empty when it has none."""
        inherited = self.styles.get(style)
        number, level = inherited or ("", 0)
        properties = paragraph.find("{*}pPr/{*}numPr")
        if properties is not None:
            own, depth = properties.find("{*}numId"), properties.find("{*}ilvl")
            number = (attribute(own, "val") or "") if own is not None else number
            level = _number(depth, level)
        if number in ("", "0") or number not in self.levels:
            return ""
        shape = self.levels[number].get(level)
        if shape is None or shape.format in ("none", "bullet"):
            return ""
        counter = self.counters.setdefault(self.lists.get(number, number), {})
        counter[level] = counter.get(level, shape.start - 1) + 1
        for deeper in [key for key in counter if key > level]:
            del counter[deeper]
        return re.sub(r"%([1-9])", lambda match: self._part(number, int(match[1]) - 1, counter), shape.pattern)

    def _part(self, number: str, level: int, counter: dict[int, int]) -> str:
        shape = self.levels[number].get(level)
        return written(counter.get(level, shape.start), shape.format) if shape else ""


def written(value: int, form: str) -> str:
    """Return the value as Word prints it in this number format; unknown formats print as 1, 2, 3."""
    if form in _HAN_FORMATS and 0 < value < 100:
        tens, ones = divmod(value, 10)
        head = ("" if tens == 1 else _HAN[tens]) + "十" if tens else ""
        return head + (_HAN[ones] if ones or not tens else "")
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < value <= len(_CIRCLED):
        return _CIRCLED[value - 1]
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 26:
        return chr((97 if form == "lowerLetter" else 65) + value - 1)
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)


def numbering(definitions: Element | None, styles: Element | None) -> Numbering:
    """Return the lists of a document from its parts numbering.xml and styles.xml."""
    abstract: dict[str, dict[int, ListLevel]] = {}
    levels: dict[str, dict[int, ListLevel]] = {}
    lists: dict[str, str] = {}
    if definitions is not None:
        for shape in definitions.findall("{*}abstractNum"):
            abstract[attribute(shape, "abstractNumId") or ""] = {
                int(attribute(level, "ilvl") or 0): ListLevel(
                    _value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", _start(level)
                )
                for level in shape.findall("{*}lvl")
                if (attribute(level, "ilvl") or "0").isdecimal()
            }
        for use in definitions.findall("{*}num"):
            number, shape_id = attribute(use, "numId") or "", _value(use, "abstractNumId") or ""
            levels[number] = abstract.get(shape_id, {})
            restarted = use.find("{*}lvlOverride/{*}startOverride") is not None
            lists[number] = number if restarted else f"shared {shape_id}"
    return Numbering(levels, _styles(styles), lists)


def _styles(styles: Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in styles.findall("{*}style") if styles is not None else ():
        properties = style.find("{*}pPr/{*}numPr")
        if properties is not None and (number := properties.find("{*}numId")) is not None:
            level = _number(properties.find("{*}ilvl"), 0)
            found[attribute(style, "styleId") or ""] = (attribute(number, "val") or "", level)
    return found


def _value(parent: Element, name: str) -> str | None:
    child = parent.find(f"{{*}}{name}")
    return attribute(child, "val") if child is not None else None


def _start(level: Element) -> int:
    return _number(level.find("{*}start"), 1)


def _number(element: Element | None, default: int) -> int:
    text = (attribute(element, "val") or "") if element is not None else ""
    return int(text) if text.isdecimal() and len(text) < 6 else default
