"""Answers as assessments and examples write them, read from located YAML."""

from collections.abc import Mapping
from types import MappingProxyType

from dudao.assessment.answers import Answer, Discretion, EvidenceReference, ItemState, NamedCase
from dudao.issues import Issue
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlList, YamlMap, YamlNode, YamlText

ANSWER_KEYS = (
    "self_points",
    "note",
    "not_applicable",
    "provisional",
    "grade",
    "items",
    "cases",
    "discretion",
    "evidence",
    "parts",
)
CASE_KEYS = ("id", "count", "points", "reason", "assessor")
EVIDENCE_KEYS = ("name", "file", "period", "request")

ITEM_STATES = {
    "完成": ItemState.DONE,
    "部分完成": ItemState.PARTIAL,
    "未完成": ItemState.NOT_DONE,
    "done": ItemState.DONE,
    "partial": ItemState.PARTIAL,
    "not_done": ItemState.NOT_DONE,
}


def read_answers(node: YamlNode | None, issues: list[Issue]) -> Mapping[str, Answer]:
    """Return the answers by the id of their point."""
    if node is None:
        return MappingProxyType({})
    fields = Fields(node, known=None, what="作答", issues=issues, prefix="assessment")
    answers = {}
    for point in fields.names():
        value = fields.node(point)
        if value is not None:
            answers[point] = read_answer(value, point, issues)
    return MappingProxyType(answers)


def read_answer(node: YamlNode, point: str, issues: list[Issue]) -> Answer:
    """Return the answer to one point."""
    fields = Fields(node, known=ANSWER_KEYS, what=f"测评点{point}的作答", issues=issues, prefix="assessment")
    evidence = tuple(_evidence(entry, point, issues) for entry in fields.items("evidence"))
    below = fields.node("parts")
    return Answer(
        point=point,
        self_points=fields.number("self_points"),
        note=fields.text("note"),
        not_applicable=fields.text("not_applicable"),
        provisional=fields.boolean("provisional", False),
        grade=fields.text("grade"),
        items=_items(fields),
        cases=_cases(fields, point, issues),
        discretion=_discretion(fields, point, issues),
        evidence=evidence,
        parts=read_answers(below, issues) if below is not None else MappingProxyType({}),
        location=fields.location,
    )


def _items(fields: Fields) -> Mapping[str, ItemState]:
    node = fields.node("items")
    if node is None:
        return MappingProxyType({})
    if not isinstance(node, YamlMap):
        fields.error("wrong_type", f"{fields.what}的 items 应写成“要点: 完成”。", node.location)
        return MappingProxyType({})
    items = {}
    for key, value in node.entries.items():
        written = value.text.strip() if isinstance(value, YamlText) else ""
        state = ITEM_STATES.get(written)
        if isinstance(value, YamlText) and value.is_null():
            continue
        if state is None:
            message = f"{fields.what}：要点“{key}”写的是“{written}”。"
            fields.error("unknown_state", message, value.location, "可写 完成、部分完成、未完成")
            continue
        items[key] = state
    return MappingProxyType(items)


def _cases(fields: Fields, point: str, issues: list[Issue]) -> tuple[NamedCase, ...] | None:
    """Return the cases: a list of ids or of mappings, or a mapping from id to how often; None when absent."""
    node = fields.node("cases")
    if node is None:
        return None
    if isinstance(node, YamlMap):
        counts = Fields(node, known=None, what=f"测评点{point}的情形", issues=issues, prefix="assessment")
        return tuple(NamedCase(key, _count(counts, key)) for key in counts.names())
    if isinstance(node, YamlList):
        return tuple(_case(entry, point, issues) for entry in node.items)
    fields.error("wrong_type", f"{fields.what}的 cases 应是列表；没有情形写 []。", node.location)
    return None


def _case(node: YamlNode, point: str, issues: list[Issue]) -> NamedCase:
    if isinstance(node, YamlText):
        return NamedCase(node.text.strip())
    fields = Fields(node, known=CASE_KEYS, what=f"测评点{point}的情形", issues=issues, prefix="assessment")
    fields.require("id", "情形的编号")
    count = _count(fields, "count") if fields.has("count") else 1
    points = fields.number("points")
    chosen = None
    if points is not None:
        chosen = Discretion(points, fields.text("reason"), fields.text("assessor"))
    return NamedCase(fields.text("id"), count, chosen)


def _count(fields: Fields, key: str) -> int:
    count = fields.whole_number(key) or 0
    if count < 0:
        fields.error("negative_count", f"{fields.what}：{key} 的次数不能为负，写的是 {count}。", fields.place(key))
        return 0
    return count


def _discretion(fields: Fields, point: str, issues: list[Issue]) -> Discretion | None:
    node = fields.node("discretion")
    if node is None:
        return None
    known = ("points", "reason", "assessor")
    below = Fields(node, known=known, what=f"测评点{point}的酌情分", issues=issues, prefix="assessment")
    points = below.number("points")
    if points is None:
        below.require("points", "酌情扣（或给）的分")
        return None
    return Discretion(points, below.text("reason"), below.text("assessor"))


def _evidence(node: YamlNode, point: str, issues: list[Issue]) -> EvidenceReference:
    if isinstance(node, YamlText):
        return EvidenceReference(node.text.strip())
    fields = Fields(node, known=EVIDENCE_KEYS, what=f"测评点{point}的佐证材料", issues=issues, prefix="assessment")
    fields.require("name", "材料名称")
    texts = (fields.text(key) for key in EVIDENCE_KEYS)
    return EvidenceReference(*texts)
