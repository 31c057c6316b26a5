"""Settings of a rule as a pack states them, read with every problem collected and none guessed over."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dudao.issues import Issue, Level, Location
from dudao.scheme.model import FactDeclaration

if TYPE_CHECKING:
    from dudao.scoring.rule import PointRule

DEEPEST = 12
LONGEST_RUN = 20
"""The most years a rule may look back; nobody keeps comparable figures for longer."""

# No exponents and no endless digits: a pack is data from strangers.
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,12})?")


class SettingsReader:
    """Reads the settings of one rule; what is wrong becomes an issue and a harmless value stands in for it.

    A rule that was read with issues is never applied, so the stand-in values judge nothing.
    """

    __slots__ = (
        "_depth",
        "_places",
        "_prefix",
        "_read",
        "_read_rule",
        "_settings",
        "declared",
        "full",
        "issues",
        "location",
        "named_facts",
    )

    def __init__(
        self,
        settings: Mapping[str, object],
        declared: Mapping[str, FactDeclaration],
        location: Location,
        read_rule: "Callable[[SettingsReader], PointRule]",
        *,
        full: Decimal | None = None,
        prefix: str = "rule",
        depth: int = 0,
        places: Mapping[str, Location] | None = None,
        issues: list[Issue] | None = None,
        named_facts: list[str] | None = None,
    ) -> None:
        self._settings = settings
        self._prefix = prefix
        self._depth = depth
        self._places = places or {}
        self._read_rule = read_rule
        self.full = full
        self._read: set[str] = {"kind"}
        self.declared = declared
        self.location = location
        self.issues: list[Issue] = issues if issues is not None else []
        self.named_facts: list[str] = named_facts if named_facts is not None else []

    def report(self, code: str, message: str, remedy: str = "", *, key: str = "") -> None:
        """Collect one error about these settings, at the line of the key when that is known."""
        place = self._places.get(key, self.location)
        self.issues.append(Issue(Level.ERROR, f"scoring.{code}", f"{self._prefix}：{message}", place, remedy))

    def has(self, key: str) -> bool:
        """Return whether the setting is written."""
        return self._settings.get(key) is not None

    def raw(self, key: str, *, required: bool = True) -> object:
        """Return the setting as written, None when it is absent."""
        self._read.add(key)
        value = self._settings.get(key)
        if value is None and required:
            self.report("missing_setting", f"缺少设置 {key}", f"请写上 {key}，写法见 docs/reference/rules.md")
        return value

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a text."""
        value = self.raw(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report("ill_typed_setting", f"{key} 应为文字，写的是 {value!r}", "请加引号", key=key)
            return ""
        return value

    def choice(self, key: str, options: Sequence[str], *, default: str | None = None) -> str:
        """Return one of the options; without a default the setting must be written."""
        value = self.raw(key, required=default is None)
        if value is None:
            return default if default is not None else options[0]
        if value in options:
            return str(value)
        message = f"{key} 不能是“{value}”，可写 {'、'.join(options)}"
        self.report("unknown_option", message, _nearest(str(value), options), key=key)
        return options[0]

    def number(self, key: str, *, default: Decimal | None = None, least: Decimal | None = None) -> Decimal:
        """Return an exact number, not below `least`; without a default the setting must be written."""
        value = self.raw(key, required=default is None)
        if value is None:
            return default if default is not None else Decimal(1)
        return self._number(key, value, least)

    def optional_number(self, key: str) -> Decimal | None:
        """Return an exact number, None when it is not written."""
        value = self.raw(key, required=False)
        return None if value is None else self._number(key, value, None)

    def years(self, key: str, *, default: int | None = None) -> int:
        """Return a number of years from 1 to the longest run allowed."""
        years = self.whole(key, default=default, least=1)
        if years > LONGEST_RUN:
            self.report("ill_typed_setting", f"{key} 最多 {LONGEST_RUN} 年，写的是 {years}", key=key)
            return LONGEST_RUN
        return years

    def whole(self, key: str, *, default: int | None = None, least: int = 0) -> int:
        """Return a whole number not below `least`."""
        number = self.number(key, default=None if default is None else Decimal(default))
        if number != number.to_integral_value() or number < least:
            self.report("ill_typed_setting", f"{key} 应为不小于 {least} 的整数，写的是 {number}")
            return least
        return int(number)

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """Return a list of at least one number."""
        value = self.raw(key)
        if value is None:
            return (Decimal(1),)
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            self.report("ill_typed_setting", f"{key} 应为一列数", f'例如 {key}: ["10", "8"]')
            return (Decimal(1),)
        return tuple(self._number(key, item, None) for item in value)

    def number_map(self, key: str) -> dict[str, Decimal]:
        """Return numbers by name."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not value:
            self.report("ill_typed_setting", f"{key} 应写成“名称: 数”", f'例如 {key}: {{primary: "0.65"}}')
            return {}
        return {str(name): self._number(f"{key}.{name}", number, None) for name, number in value.items()}

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        value = self.raw(key, required=required)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, Sequence) or not items or not all(isinstance(item, str) for item in items):
            self.report("ill_typed_setting", f"{key} 应为一列文字，写的是 {value!r}")
            return ()
        return tuple(str(item) for item in items)

    def fact_name(self, key: str, *, required: bool = True) -> str:
        """Return the name of a declared fact."""
        name = self.text(key, required=required)
        return self.known_fact(name) if name else ""

    def known_fact(self, name: str) -> str:
        """Return the name after checking that the scheme declares such a fact."""
        self.named_facts.append(name)
        if name not in self.declared:
            remedy = _nearest(name, self.declared) or "请在方案的 facts 里声明它"
            self.report("unknown_fact", f"方案没有声明数据“{name}”", remedy)
        return name

    def known_part(self, name: str, part: str) -> str:
        """Return the part after checking that the fact is declared with it."""
        declaration = self.declared.get(name)
        parts = dict(declaration.parts) if declaration is not None else {}
        if declaration is not None and not declaration.dimension:
            self.report("no_such_part", f"数据“{name}”没有分项，不能写 {part}", "请给它声明 dimension，或改用别的数据")
        elif parts and part not in parts:
            remedy = _nearest(part, parts) or f"可写 {'、'.join(parts)}"
            self.report("no_such_part", f"数据“{name}”没有分项“{part}”", remedy)
        return part

    def child(self, key: str) -> "SettingsReader":
        """Return a reader of the settings below one key; empty when they are absent or no mapping."""
        value = self.raw(key)
        if value is not None and not isinstance(value, Mapping):
            self.report("ill_typed_setting", f"{key} 应写成“设置: 值”，写的是 {value!r}")
        return self._below(key, value)

    def points(self, key: str) -> Decimal:
        """Return points within 0 and the full points."""
        points = self.number(key, least=Decimal(0))
        self.check_points(key, points)
        return points

    def check_points(self, key: str, points: Decimal) -> None:
        """Report points above the full points."""
        if self.full is not None and points > self.full:
            self.report("above_full_points", f"{key} 为 {points} 分，高于满分 {self.full} 分", "请改小，或核对满分")

    def children(self, key: str) -> "list[SettingsReader]":
        """Return a reader for each entry of a list of settings."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            self.report("ill_typed_setting", f"{key} 应为一列设置，至少一项")
            return []
        for number, item in enumerate(value, start=1):
            if not isinstance(item, Mapping):
                self.report("ill_typed_setting", f"{key} 的第 {number} 项应写成“设置: 值”，写的是 {item!r}")
        return [self._below(f"{key}[{number}]", item) for number, item in enumerate(value, start=1)]

    def rounding(self, *, default: str | None = None) -> Decimal | None:
        """Return the step points are rounded to, None for `none`."""
        steps = ("none", "1", "0.1", "0.01")
        value = self.raw("rounding", required=default is None)
        written = default if value is None else str(value)
        if written is not None and written not in steps:
            self.report("unknown_option", f"rounding 不能是 {written!r}，可写 {'、'.join(steps)}")
            return None
        return None if written in {None, "none"} else Decimal(str(written))

    def rule(self, key: str, *, full: Decimal | None = None) -> "PointRule":
        """Return the rule written below a key, judged on its own full points when these are given."""
        return self._read_rule(self._below(key, self.raw(key), full=full))

    def finish(self) -> None:
        """Report the settings nobody reads, each with the nearest that exists."""
        for key in self._settings:
            if key not in self._read:
                self.report("unknown_setting", f"不认识的设置 {key}", _nearest(str(key), self._read), key=str(key))

    def _below(self, key: str, value: object, *, full: Decimal | None = None) -> "SettingsReader":
        too_deep = self._depth >= DEEPEST
        if too_deep:
            self.report("too_deep", f"设置套了 {DEEPEST} 层以上", "请把规则写得浅一些")
        return SettingsReader(
            value if isinstance(value, Mapping) and not too_deep else {},
            self.declared,
            self._places.get(key.partition("[")[0], self.location),
            self._read_rule,
            full=full if full is not None else self.full,
            prefix=f"{self._prefix}.{key}",
            depth=self._depth + 1,
            issues=self.issues,
            named_facts=self.named_facts,
        )

    def _number(self, key: str, value: object, least: Decimal | None) -> Decimal:
        number = exact_number(value)
        if number is None:
            self.report("ill_typed_setting", f"{key} 应为数，写的是 {value!r}", f'例如 {key}: "0.5"', key=key)
            return Decimal(1)
        if least is not None and number < least:
            self.report("ill_typed_setting", f"{key} 不能小于 {least}，写的是 {number}", key=key)
            return least
        return number


def exact_number(value: object) -> Decimal | None:
    """Return a written number exactly (`"0.5"`, 2, 0.5 as printed); None when it is none, or not finite."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = str(value).strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _nearest(written: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(written, [name for name in known if name != "kind"], n=1, cutoff=0.5)
    return f"是否想写“{close[0]}”？" if close else ""
