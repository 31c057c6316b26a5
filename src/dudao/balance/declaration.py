"""A standard of balance read from the plain mapping of its YAML file; every mistake names its key."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from dudao.balance.expressions import PUPILS
from dudao.balance.standard import (
    SECTIONS,
    BalanceRule,
    BalanceStandard,
    Direction,
    Judged,
    Method,
    ResourceIndicator,
    SchoolRule,
    Scope,
    Sharing,
    Term,
)
from dudao.errors import WrongUseError
from dudao.provenance import ClauseSource, SourceStatus

Mapped = Mapping[str, object]

_Choice = TypeVar("_Choice", bound=StrEnum)


def parse_standard(content: object, *, columns: Iterable[str], file: str = "") -> BalanceStandard:
    """Return the standard that a file declares.

    Args:
        content: the mapping read from YAML.
        columns: the columns of the schools table that terms may name.
        file: the file, for messages.

    Raises:
        WrongUseError: a key is missing, unknown or of the wrong sort.
    """
    return _Reader(file, frozenset(columns)).standard(content)


class _Reader:
    """Reads one declaration; `file` goes into every message."""

    def __init__(self, file: str, columns: frozenset[str]) -> None:
        self.file = file
        self.columns = columns

    def standard(self, content: object) -> BalanceStandard:
        keys = "id name source method section_weights scope school_rule balance_rule indicators"
        top = self._mapping(content, "", keys)
        indicators = tuple(
            self._indicator(each, f"indicators[{place}]")
            for place, each in enumerate(self._list(top.get("indicators"), "indicators"), start=1)
        )
        if not indicators:
            raise self._wrong("indicators", "至少要有一项指标")
        ids = [indicator.id for indicator in indicators]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise self._wrong("indicators", f"指标编号{twice[0]}出现了两次")
        weights = self._numbers(top.get("section_weights", dict.fromkeys(SECTIONS, 1)), "section_weights")
        for section in SECTIONS:
            if weights.setdefault(section, 1.0) <= 0:
                raise self._wrong(f"section_weights.{section}", "权重要大于0")
        rule = top.get("school_rule")
        return BalanceStandard(
            id=self._text(top, "id"),
            name=self._text(top, "name"),
            indicators=indicators,
            balance_rule=self._balance_rule(top.get("balance_rule")),
            scope=self._scope(top.get("scope")),
            section_weights=weights,
            school_rule=None if rule is None else self._school_rule(rule, len(indicators)),
            method=self._choice(Method, top.get("method", "weighted"), "method"),
            source=self._source(top.get("source")),
        )

    def _indicator(self, content: object, key: str) -> ResourceIndicator:
        keys = "id name unit numerator denominator per direction thresholds source"
        each = self._mapping(content, key, keys)
        denominator = each.get("denominator")
        return ResourceIndicator(
            id=self._text(each, "id", key),
            name=self._text(each, "name", key),
            unit=str(each.get("unit", "")),
            numerator=self._terms(each.get("numerator"), f"{key}.numerator"),
            denominator=PUPILS if denominator is None else self._terms(denominator, f"{key}.denominator"),
            per=self._number(each.get("per", 1), f"{key}.per"),
            direction=self._choice(Direction, each.get("direction", "at_least"), f"{key}.direction"),
            thresholds=self._numbers(each.get("thresholds", {}), f"{key}.thresholds"),
            source=self._source(each.get("source")),
        )

    def _terms(self, content: object, key: str) -> tuple[Term, ...]:
        terms = []
        for place, part in enumerate(self._list(content, key), start=1):
            where = f"{key}[{place}]"
            term = self._mapping(part, where, "column factor sharing optional when pupils_from pupils_below")
            sharing = "per_section" if term.get("column") == "pupils" else term.get("sharing", "by_weight")
            terms.append(
                Term(
                    column=self._column(self._text(term, "column", where), f"{where}.column"),
                    factor=self._number(term.get("factor", 1), f"{where}.factor"),
                    sharing=self._choice(Sharing, sharing, f"{where}.sharing"),
                    optional=bool(term.get("optional", False)),
                    when=self._column(str(term["when"]), f"{where}.when") if "when" in term else "",
                    pupils_from=self._whole(term.get("pupils_from"), f"{where}.pupils_from"),
                    pupils_below=self._whole(term.get("pupils_below"), f"{where}.pupils_below"),
                )
            )
        if not terms:
            raise self._wrong(key, "至少要有一个量")
        return tuple(terms)

    def _school_rule(self, content: object, count: int) -> SchoolRule:
        rule = self._mapping(content, "school_rule", "at_least floor source")
        at_least = self._whole(rule.get("at_least"), "school_rule.at_least")
        if at_least is None or not 1 <= at_least <= count:
            raise self._wrong("school_rule.at_least", f"要在1和指标项数{count}之间，现为{rule.get('at_least')}")
        floor = rule.get("floor")
        share = None if floor is None else self._number(floor, "school_rule.floor")
        if share is not None and not 0 < share <= 1:
            raise self._wrong("school_rule.floor", f"是占门槛值的比例，要在0和1之间，现为{share:g}")
        return SchoolRule(at_least, share, self._source(rule.get("source")))

    def _balance_rule(self, content: object) -> BalanceRule:
        rule = self._mapping(content, "balance_rule", "judged limits decimals source")
        return BalanceRule(
            judged=self._choice(Judged, rule.get("judged", "each"), "balance_rule.judged"),
            limits=self._numbers(rule.get("limits", {}), "balance_rule.limits"),
            decimals=self._whole(rule.get("decimals"), "balance_rule.decimals"),
            source=self._source(rule.get("source")),
        )

    def _scope(self, content: object) -> Scope:
        scope = self._mapping(content, "scope", "levels_by_type teaching_points private_included source")
        levels = {}
        for code, sections in self._mapping(scope.get("levels_by_type"), "scope.levels_by_type").items():
            key = f"scope.levels_by_type.{code}"
            names = tuple(str(section) for section in self._list(sections, key))
            if not names or set(names) - set(SECTIONS):
                raise self._wrong(key, f"学段只能是 {'、'.join(SECTIONS)}")
            levels[str(code)] = names
        points = self._mapping(scope.get("teaching_points", {}), "scope.teaching_points", "types from_pupils excluded")
        pupils = self._whole(points.get("from_pupils", 0), "scope.teaching_points.from_pupils")
        return Scope(
            levels_by_type=levels,
            teaching_point_types=tuple(
                str(code) for code in self._list(points.get("types", []), "scope.teaching_points.types")
            ),
            teaching_points_from=None if points.get("excluded") else pupils,
            private_included=bool(scope.get("private_included", True)),
            source=self._source(scope.get("source")),
        )

    def _source(self, content: object) -> ClauseSource:
        if content is None:
            return ClauseSource()
        source = self._mapping(content, "source", "document number clause quote note status")
        words = {key: str(value) for key, value in source.items() if key != "status"}
        status = self._choice(SourceStatus, source.get("status", "confirmed"), "source.status")
        return ClauseSource(**words, status=status)

    def _wrong(self, key: str, message: str) -> WrongUseError:
        place = f"{self.file}：" if self.file else ""
        return WrongUseError(f"{place}标准文件中“{key}”有误：{message}。")

    def _mapping(self, content: object, key: str, known: str = "") -> dict[str, object]:
        if not isinstance(content, Mapping):
            raise self._wrong(key or "（全文）", "应为“键: 值”的形式" if content is not None else "没有填写")
        mapping = {str(name): value for name, value in content.items()}
        if known and (unknown := [name for name in mapping if name not in known.split()]):
            raise self._wrong(f"{key}.{unknown[0]}".strip("."), f"不认识这个键，可用的有 {known.replace(' ', '、')}")
        return mapping

    def _list(self, content: object, key: str) -> list[object]:
        if not isinstance(content, list):
            raise self._wrong(key, "应为列表")
        return content

    def _text(self, mapping: Mapped, name: str, key: str = "") -> str:
        value = mapping.get(name)
        if value is None or str(value).strip() == "":
            raise self._wrong(f"{key}.{name}".strip("."), "没有填写")
        return str(value)

    def _number(self, value: object, key: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong(key, f"应为数字，现为{value!r}")
        return float(value)

    def _whole(self, value: object, key: str) -> int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(key, f"应为整数，现为{value!r}")
        return value

    def _numbers(self, content: object, key: str) -> dict[str, float]:
        numbers = self._mapping(content, key, " ".join(SECTIONS))
        return {name: self._number(value, f"{key}.{name}") for name, value in numbers.items()}

    def _choice(self, kind: type[_Choice], value: object, key: str) -> _Choice:
        try:
            return kind(str(value))
        except ValueError:
            options = "、".join(member.value for member in kind)
            raise self._wrong(key, f"只能是 {options}，现为{value!r}") from None

    def _column(self, name: str, key: str) -> str:
        if name not in self.columns:
            raise self._wrong(key, f"学校表没有列“{name}”")
        return name
