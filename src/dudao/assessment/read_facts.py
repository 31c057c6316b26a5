"""Facts as assessments and examples write them, read from located YAML.

education_spending: 120.4亿元                       the year of the assessment
education_spending: {2021: 118.9亿元, 2022: 120.4亿元}
pupils: {primary: 10140人, junior: 4527人}           by part
pupils: {primary: {2021: 10030人, 2022: 10140人}}
fitness_rate: {value: 39.78%, source: 体质健康测试结果, period: "2022"}
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from dudao.assessment.facts import Fact, FactSource
from dudao.assessment.values import read_value
from dudao.issues import Issue, Level, Location
from dudao.located_yaml.nodes import YamlList, YamlMap, YamlNode, YamlText
from dudao.periods import is_period

STATED_KEYS = ("value", "source", "period", "part")


@dataclass(frozen=True, slots=True)
class _Where:
    name: str
    place: str
    period: str
    part: str = ""


@dataclass(slots=True)
class FactReader:
    """Reads the facts of one place; problems are collected and the fact is kept as missing."""

    place: str
    year: int
    issues: list[Issue] = field(default_factory=list)

    def read(self, node: YamlNode | None) -> list[Fact]:
        """Return the facts written below `facts` or `given`."""
        if node is None or (isinstance(node, YamlText) and node.is_null()):
            return []
        if not isinstance(node, YamlMap):
            self._error("wrong_type", "facts 应写成“数据名: 值”。", node, "例如 education_spending: 120.4亿元")
            return []
        facts: list[Fact] = []
        for name, value in node.entries.items():
            facts += self._values(value, _Where(name, self.place, str(self.year)))
        return self._without_conflicts(facts)

    def _without_conflicts(self, facts: list[Fact]) -> list[Fact]:
        """Return the facts, those stated twice with different values made missing: neither may be preferred."""
        stated: dict[tuple[str, str, str], Fact] = {}
        for fact in facts:
            key = (fact.name, fact.period, fact.part)
            first = stated.setdefault(key, fact)
            if first.value != fact.value:
                both = f"“{first.written}”和“{fact.written}”"
                message = f"数据“{fact.name}”{fact.period} 年写了两次，值不同：{both}，按缺少处理。"
                place = Location(fact.source.file, fact.source.line)
                related = (Location(first.source.file, first.source.line),)
                self.issues.append(
                    Issue(Level.ERROR, "assessment.two_values", message, place, "请只留一处", related=related)
                )
                stated[key] = replace(first, value=None)
        return list(stated.values())

    def _values(self, node: YamlNode, where: _Where) -> list[Fact]:
        if isinstance(node, YamlText):
            return [self._fact(node, where, FactSource(file=node.location.file, line=node.location.line))]
        if isinstance(node, YamlList):
            self._error("wrong_type", f"数据“{where.name}”不能写成列表。", node, "请按年份或分项写成“键: 值”")
            return []
        if "value" in node.entries:
            return self._stated(node, where)
        facts: list[Fact] = []
        for key, value in node.entries.items():
            if is_period(key):
                facts += self._values(value, _Where(where.name, where.place, key, where.part))
            elif where.part:
                message = f"数据“{where.name}”的“{key}”既不是年份，也不能再分项。"
                self._error("wrong_key", message, value, "年份写 2022、学年写 2022-2023、日期写 2022-06-30")
            else:
                facts += self._values(value, _Where(where.name, where.place, where.period, key))
        return facts

    def _stated(self, node: YamlMap, where: _Where) -> list[Fact]:
        texts: dict[str, str] = {}
        for key, value in node.entries.items():
            if key not in STATED_KEYS:
                message = f"数据“{where.name}”里有不认识的键“{key}”。"
                self._error("unknown_key", message, value, f"可写 {'、'.join(STATED_KEYS)}")
            elif not isinstance(value, YamlText):
                self._error("wrong_type", f"数据“{where.name}”的 {key} 应是一个值。", value)
            elif key != "value":
                texts[key] = value.text.strip()
        period = texts.get("period") or where.period
        if not is_period(period):
            message = f"数据“{where.name}”的期间“{period}”认不出。"
            self._error("wrong_period", message, node, "年份写 2022、学年写 2022-2023、日期写 2022-06-30")
            return []
        value = node.entries["value"]
        if not isinstance(value, YamlText):
            return []
        source = FactSource(file=value.location.file, line=value.location.line, note=texts.get("source", ""))
        return [self._fact(value, _Where(where.name, where.place, period, texts.get("part", where.part)), source)]

    def _fact(self, node: YamlText, where: _Where, source: FactSource) -> Fact:
        value, unit, written = self._value(node, where.name)
        return Fact(where.name, where.place, where.period, value, unit, where.part, source, written)

    def _value(self, node: YamlText, name: str) -> tuple[Decimal | bool | str | None, str, str]:
        if node.is_null():
            return None, "", ""
        boolean = node.boolean()
        if boolean is not None:
            return boolean, "", node.text
        read = read_value(node.text)
        if read.problem:
            message = f"数据“{name}”：{read.problem}，按缺少处理。"
            self._error(
                "value_not_read", message, node, "请写成一个数加单位，如 120.4亿元、39.78%、3件；是非写 是 或 否"
            )
        elif read.loose:
            message = f"数据“{name}”写的是约数“{node.text}”，计分时按 {read.value}{read.unit} 取值。"
            self.issues.append(Issue(Level.NOTE, "assessment.loose_value", message, node.location, "有准数时请填准数"))
        return read.value, read.unit, node.text.strip()

    def _error(self, code: str, message: str, node: YamlNode, remedy: str = "") -> None:
        self.issues.append(Issue(Level.ERROR, f"assessment.{code}", message, node.location, remedy))
