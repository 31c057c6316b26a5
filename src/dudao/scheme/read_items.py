"""Indicators and points as packs write them: an entry with `items` is an indicator, one without is a point."""

from dataclasses import dataclass, field

from dudao.issues import Issue
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlMap, YamlNode, YamlText
from dudao.located_yaml.sources import read_source
from dudao.provenance import ClauseSource
from dudao.scheme.model import EvidenceRequest, Indicator, NotApplicablePolicy, Point
from dudao.scheme.read_rule import read_rule

DEEPEST_LEVEL = 4

INDICATOR_KEYS = ("id", "name", "full_points", "source", "lead_department", "departments", "items")
POINT_KEYS = (
    "id",
    "name",
    "full_points",
    "requirement",
    "rule",
    "inputs",
    "evidence",
    "lead_department",
    "departments",
    "not_applicable",
    "provisional",
    "bonus",
    "step",
    "source",
)
EVIDENCE_KEYS = ("name", "period", "required")


@dataclass(frozen=True, slots=True)
class Above:
    """What an item takes from the indicator above it when it says nothing itself."""

    level: int
    source: ClauseSource
    lead_department: str = ""
    departments: tuple[str, ...] = field(default=())


def read_item(node: YamlNode, *, above: Above, issues: list[Issue]) -> Indicator | Point | None:
    """Return the indicator or point written at `node`; None when it cannot be named."""
    is_group = isinstance(node, YamlMap) and "items" in node.entries
    if above.level == 0 and not is_group:
        what = _what(node, "一级指标")
        fields = Fields(node, known=INDICATOR_KEYS, what=what, issues=issues)
        fields.require("items", "下级指标或测评点的列表")
        return None
    return _indicator(node, above, issues) if is_group else _point(node, above, issues)


def _what(node: YamlNode, kind: str) -> str:
    if isinstance(node, YamlMap):
        for key in ("id", "name"):
            value = node.entries.get(key)
            if isinstance(value, YamlText) and value.text:
                return f"{kind}{value.text}"
    return kind


def read_identifier(fields: Fields, meaning: str) -> str | None:
    """Return the id; an unquoted one that YAML could take for a number is an issue, for 2.10 would become 2.1."""
    if not fields.require("id", meaning):
        return None
    node = fields.node("id")
    if isinstance(node, YamlText) and not node.quoted and node.number() is not None:
        message = f"{fields.what}的编号没有加引号，别的程序会把2.10读成2.1。"
        fields.error("id_not_quoted", message, fields.place("id"), f'请写成 id: "{node.text}"')
    identifier = fields.text("id")
    if not identifier and isinstance(node, YamlText):
        fields.error("missing_key", f"{fields.what}的编号是空的。", fields.place("id"), "请写上编号。")
    return identifier or None


def _indicator(node: YamlNode, above: Above, issues: list[Issue]) -> Indicator | None:
    level = above.level + 1
    fields = Fields(node, known=INDICATOR_KEYS, what=_what(node, "指标"), issues=issues)
    identifier = read_identifier(fields, "编号，如“1.2”")
    named = fields.require("name", "名称")
    source = read_source(fields.node("source"), what=fields.what, issues=issues, inherited=above.source)
    below = Above(
        level,
        source,
        fields.text("lead_department", above.lead_department),
        fields.texts("departments") or above.departments,
    )
    children: list[Indicator | Point] = []
    if level >= DEEPEST_LEVEL:
        fields.error(
            "too_deep", f"{fields.what}在第{level}级，还有下级；指标最多三级，测评点在第四级。", fields.place("items")
        )
    else:
        for entry in fields.items("items"):
            child = read_item(entry, above=below, issues=issues)
            if child is not None:
                children.append(child)
    if identifier is None or not named:
        return None
    return Indicator(
        id=identifier,
        name=fields.text("name"),
        level=level,
        full_points=fields.number("full_points"),
        children=tuple(children),
        source=source,
        location=fields.location,
        places=dict(fields.places),
    )


def _point(node: YamlNode, above: Above, issues: list[Issue]) -> Point | None:
    fields = Fields(node, known=POINT_KEYS, what=_what(node, "测评点"), issues=issues)
    identifier = read_identifier(fields, "编号，如“1.2.3”")
    named = fields.require("name", "名称")
    source = read_source(fields.node("source"), what=fields.what, issues=issues, inherited=above.source)
    rule_node = fields.node("rule")
    rule = None
    if rule_node is not None:
        rule = read_rule(rule_node, what=fields.what, issues=issues, inherited=source)
    point = Point(
        id=identifier or "",
        name=fields.text("name"),
        full_points=fields.number("full_points"),
        rule=rule,
        source=source,
        inputs=fields.texts("inputs"),
        evidence=tuple(_evidence(fields, issues)),
        lead_department=fields.text("lead_department", above.lead_department),
        departments=fields.texts("departments") or above.departments,
        not_applicable=fields.choice("not_applicable", NotApplicablePolicy),
        provisional=fields.boolean("provisional", False),
        bonus=fields.boolean("bonus", False),
        step=fields.number("step"),
        requirement=fields.text("requirement"),
        location=fields.location,
        places=dict(fields.places),
    )
    return point if identifier and named else None


def _evidence(fields: Fields, issues: list[Issue]) -> list[EvidenceRequest]:
    requests = []
    for entry in fields.items("evidence"):
        if isinstance(entry, YamlText):
            requests.append(EvidenceRequest(entry.text.strip()))
            continue
        request = Fields(entry, known=EVIDENCE_KEYS, what=f"{fields.what}的佐证材料", issues=issues)
        if request.require("name", "材料名称"):
            required = request.boolean("required", True)
            requests.append(EvidenceRequest(request.text("name"), request.text("period"), required))
    return requests
