"""The keys of one mapping, read as what they should be; whatever is not is an issue with its line."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from dudao.issues import NOWHERE, Issue, Level, Location
from dudao.located_yaml.nodes import TYPE_NAMES, YamlList, YamlMap, YamlNode, YamlText

Choice = TypeVar("Choice", bound=StrEnum)


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known name most like the given one, None when none is near."""
    found = get_close_matches(name, known, n=1, cutoff=0.5)
    return found[0] if found else None


class Fields:
    """Reads one mapping key by key and collects what is wrong into `issues`.

    Args:
        node: what stands there; anything but a mapping is an issue, and then every key counts as absent.
        known: the keys allowed here; another key is an issue that names the nearest of them. None allows any.
        what: how messages name the mapping (`测评点1.2`).
        issues: where issues go.
        prefix: first part of the issue codes.
    """

    def __init__(
        self,
        node: YamlNode,
        *,
        known: Sequence[str] | None,
        what: str,
        issues: list[Issue],
        prefix: str = "pack",
    ) -> None:
        self.what = what
        self.issues = issues
        self.location = node.location
        self._prefix = prefix
        self._entries: dict[str, YamlNode] = {}
        self.places: dict[str, Location] = {}
        self._is_map = isinstance(node, YamlMap)
        if not isinstance(node, YamlMap):
            self.error("wrong_type", f"{what}应是一组“键: 值”，这里是{TYPE_NAMES[type(node)]}。", node.location)
            return
        self._entries = dict(node.entries)
        self.places = dict(node.places)
        for key in self._entries:
            if known is not None and key not in known:
                self._unknown(key, known)

    def _unknown(self, key: str, known: Sequence[str]) -> None:
        near = nearest(key, known)
        remedy = f"是否要写“{near}”？" if near else f"可用的键有：{'、'.join(known)}。"
        self.error("unknown_key", f"{self.what}里有不认识的键“{key}”。", self.places[key], remedy)

    def error(self, code: str, message: str, location: Location, remedy: str = "") -> None:
        """Collect an issue of level error."""
        self.issues.append(Issue(Level.ERROR, f"{self._prefix}.{code}", message, location, remedy))

    def place(self, key: str) -> Location:
        """Return where a key stands; the mapping's own place when it is absent."""
        return self.places.get(key, self.location)

    def has(self, key: str) -> bool:
        """Return whether the key is there with a value."""
        node = self._entries.get(key)
        return node is not None and not (isinstance(node, YamlText) and node.is_null())

    def node(self, key: str) -> YamlNode | None:
        """Return what stands under the key, None when it is absent or empty."""
        return self._entries[key] if self.has(key) else None

    def names(self) -> tuple[str, ...]:
        """Return the keys in the order written."""
        return tuple(self._entries)

    def require(self, key: str, meaning: str) -> bool:
        """Return whether the key is there; its absence is an issue that says what to write."""
        if not self.has(key):
            if self._is_map:  # otherwise it has been said that this is no mapping at all
                message = f"{self.what}缺少“{key}”（{meaning}）。"
                self.error("missing_key", message, self.location, f"请加上 {key}: …")
            return False
        return True

    def text(self, key: str, default: str = "") -> str:
        """Return the text under the key, numbers as written; the default when absent."""
        node = self.node(key)
        if node is None:
            return default
        if not isinstance(node, YamlText):
            self._wrong(key, node, "文字")
            return default
        return node.text.strip()

    def number(self, key: str) -> Decimal | None:
        """Return the number under the key, written plain or in quotes; None when absent."""
        node = self.node(key)
        if node is None:
            return None
        if isinstance(node, YamlText):
            number = YamlText(node.text.strip(), False, node.location).number()
            if number is not None:
                return number
            self.error("not_a_number", f"{self.what}的“{key}”应是数字，这里写的是“{node.text}”。", self.place(key))
            return None
        self._wrong(key, node, "数字")
        return None

    def whole_number(self, key: str) -> int | None:
        """Return the whole number under the key; None when absent."""
        number = self.number(key)
        if number is None:
            return None
        if number != number.to_integral_value():
            self.error("not_whole", f"{self.what}的“{key}”应是整数，这里写的是{number}。", self.place(key))
            return None
        return int(number)

    def boolean(self, key: str, default: bool) -> bool:
        """Return true or false under the key; the default when absent."""
        node = self.node(key)
        if node is None:
            return default
        value = node.boolean() if isinstance(node, YamlText) else None
        if value is None:
            written = f"“{node.text}”" if isinstance(node, YamlText) else TYPE_NAMES[type(node)]
            self.error("not_boolean", f"{self.what}的“{key}”应写true或false，这里是{written}。", self.place(key))
            return default
        return value

    def choice(self, key: str, of: type[Choice]) -> Choice | None:
        """Return the named member of an enumeration; None when absent or unknown."""
        if not self.has(key):
            return None
        written = self.text(key)
        known = [member.value for member in of]
        if written in known:
            return of(written)
        near = nearest(written, known)
        remedy = f"可写：{'、'.join(known)}。" + (f"是否要写“{near}”？" if near else "")
        self.error("unknown_value", f"{self.what}的“{key}”不能是“{written}”。", self.place(key), remedy)
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under the key; a single text counts as a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        if isinstance(node, YamlText):
            return (node.text.strip(),)
        found: list[str] = []
        for item in node.items if isinstance(node, YamlList) else (node,):
            if isinstance(item, YamlText) and not item.is_null():
                found.append(item.text.strip())
            else:
                self.error("wrong_type", f"{self.what}的“{key}”应是文字的列表。", item.location)
        return tuple(found)

    def items(self, key: str) -> Iterator[YamlNode]:
        """Yield the nodes of the list under the key; anything but a list is an issue."""
        node = self.node(key)
        if node is None:
            return
        if isinstance(node, YamlList):
            yield from node.items
        else:
            self._wrong(key, node, "一个列表（每项以“- ”开头）")

    def _wrong(self, key: str, node: YamlNode, wanted: str) -> None:
        location = self.places.get(key, NOWHERE)
        self.error("wrong_type", f"{self.what}的“{key}”应是{wanted}，这里是{TYPE_NAMES[type(node)]}。", location)
