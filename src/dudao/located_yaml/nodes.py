"""The tree of a YAML file: text, lists and mappings, each with its file and line.

Scalars are kept as written. A plain `2.10` is text "2.10" that reads as the number 2.10; `"2.10"` is only text.
Only `true`/`false` are booleans, only an empty value, `~` and `null` are nothing: `no`, `on` or `1:20` stay text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dudao.issues import Location

# Figures of packs are points, rates and money: longer ones are slips, and would strain exact arithmetic.
_NUMBER = re.compile(r"[+-]?[0-9][0-9_]{0,17}(?:\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class YamlText:
    """A scalar: its text as written, and whether it stood in quotes (or was a block of text)."""

    text: str
    quoted: bool
    location: Location

    def number(self) -> Decimal | None:
        """Return the exact number a plain scalar writes; None when it is no number or stands in quotes."""
        if self.quoted or not _NUMBER.fullmatch(self.text):
            return None
        return Decimal(self.text.replace("_", ""))

    def boolean(self) -> bool | None:
        """Return True or False for a plain `true`/`false`, else None."""
        return None if self.quoted else {"true": True, "false": False}.get(self.text.lower())

    def is_null(self) -> bool:
        """Return whether nothing is written here."""
        return not self.quoted and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class YamlList:
    """A sequence and the line it starts on."""

    items: tuple["YamlNode", ...]
    location: Location


@dataclass(frozen=True, slots=True)
class YamlMap:
    """A mapping with text keys in the order written; `places` says where each key stands."""

    entries: Mapping[str, "YamlNode"]
    places: Mapping[str, Location]
    location: Location


TYPE_NAMES = {YamlText: "一个值", YamlList: "一个列表", YamlMap: "一组“键: 值”"}

YamlNode = YamlText | YamlList | YamlMap

Plain = str | Decimal | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(node: YamlNode) -> Plain:
    """Return the node as Python values: numbers are `Decimal`, keys are text, dates and years as keys stay text."""
    if isinstance(node, YamlMap):
        return {key: plain(value) for key, value in node.entries.items()}
    if isinstance(node, YamlList):
        return [plain(item) for item in node.items]
    if node.is_null():
        return None
    number = node.number()
    if number is not None:
        return number
    boolean = node.boolean()
    return node.text if boolean is None else boolean
