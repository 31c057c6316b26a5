"""One line of a draft as a form: what is typed becomes entries of the pack, or a sentence at the field."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from dudao.issues import Issue
from dudao.located_yaml.nodes import YamlMap, plain
from dudao.provenance import ClauseSource
from dudao.scheme.edit_pack import EditablePack, Entry, entry_of
from dudao.scheme.model import FactDeclaration, ScoringRule
from dudao.scheme.write_pack import Plain, Quoted, mapping_text
from dudao.scoring.reading import read_rule
from dudao.scoring.registry import RULE_KINDS
from dudao.web.evaluations.draft_outcome import take_outcome
from dudao.web.evaluations.draft_tree import Node, text_of, texts_of

RULE_TITLES = {kind.kind: kind.title for kind in RULE_KINDS}
NOT_APPLICABLE = {"": "按方案规定", "full": "得满分", "exclude": "剔除后折算", "zero": "不计分"}
SOURCE_FIELDS = (("document", "文件"), ("number", "文号"), ("clause", "条款"), ("quote", "原文"), ("note", "说明"))
_OPTIONAL = "（选交）"
_SEPARATORS = re.compile(r"[、,，;；\n]+")


def shown(node: Node) -> dict[str, Any]:
    """Return the fields of a line as its form shows them."""
    rule = node.get("rule")
    settings = {key: value for key, value in rule.items() if key != "kind"} if isinstance(rule, dict) else {}
    source = node.get("source")
    origin: Node = source if isinstance(source, dict) else {}
    return {
        "id": text_of(node, "id"),
        "name": text_of(node, "name"),
        "full_points": text_of(node, "full_points"),
        "requirement": text_of(node, "requirement"),
        "lead_department": text_of(node, "lead_department"),
        "departments": "、".join(texts_of(node, "departments")),
        "inputs": "、".join(texts_of(node, "inputs")),
        "evidence": "\n".join(_evidence_line(each) for each in _list(node, "evidence")),
        "not_applicable": text_of(node, "not_applicable"),
        "bonus": text_of(node, "bonus") == "true",
        "provisional": text_of(node, "provisional") == "true",
        "rule_kind": text_of(rule, "kind") if isinstance(rule, dict) else "",
        "rule_settings": mapping_text(settings) if settings else "",
        "confirmed": text_of(origin, "status") == "confirmed",
        **{f"source_{key}": text_of(origin, key) for key, _title in SOURCE_FIELDS},
    }


def _list(node: Node, key: str) -> list[Entry]:
    value = node.get(key)
    return value if isinstance(value, list) else []


def _evidence_line(entry: Entry) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    period = text_of(entry, "period")
    optional = _OPTIONAL if text_of(entry, "required") == "false" else ""
    return text_of(entry, "name") + (f"｜{period}" if period else "") + optional


def _evidence_entry(line: str) -> Entry:
    optional = line.endswith(_OPTIONAL)
    name, _bar, period = line.removesuffix(_OPTIONAL).partition("｜")
    if not period.strip() and not optional:
        return name.strip()
    made: dict[str, Entry] = {"name": name.strip()}
    if period.strip():
        made["period"] = period.strip()
    if optional:
        made["required"] = Plain("false")
    return made


def take(
    node: Node, given: Mapping[str, str], *, is_group: bool, facts: Mapping[str, FactDeclaration], others: set[str]
) -> dict[str, list[str]]:
    """Write what was typed into a line and return the problems by field; with problems nothing is written.

    Args:
        facts: what rules may name.
        others: the ids of the other lines.
    """
    problems: dict[str, list[str]] = {}
    key, name = given.get("id", "").strip(), given.get("name", "").strip()
    if not re.fullmatch(r"[0-9A-Za-z一-鿿][0-9A-Za-z一-鿿.\-]{0,39}", key):
        problems["id"] = [_("请填编号，如 1.2，只用数字、字母、汉字、点和短横。")]
    elif key in others:
        problems["id"] = [_("编号“%(key)s”已被另一项使用。") % {"key": key}]
    if not name:
        problems["name"] = [_("请填名称。")]
    elif len(name) > 300:
        problems["name"] = [_("名称有 %(count)s 字，请不超过 300 字，详细内容写在评价要求里。") % {"count": len(name)}]
    points = given.get("full_points", "").strip()
    number = _points(points)
    if points and number is None:
        problems["full_points"] = [_("分值“%(points)s”不是数字。请填如 5 或 2.5，不知道请留空。") % {"points": points}]
    elif number is not None and not 0 < number <= 10000:
        problems["full_points"] = [_("分值 %(points)s 应大于 0，不超过 10000。") % {"points": points}]
    rule: Entry | None = None
    if not is_group:
        rule, found = _rule(given, facts, number)
        if found:
            problems["rule_settings"] = found
        if given.get("not_applicable", "") not in NOT_APPLICABLE:
            problems["not_applicable"] = [_("请从列表中选择。")]
    if problems:
        return problems
    _set(node, "id", Quoted(key))
    _set(node, "name", name)
    _set(node, "full_points", Plain(f"{number:f}") if number is not None else "")
    _set(node, "lead_department", given.get("lead_department", "").strip())
    _set(node, "departments", _split(given.get("departments", "")))
    _take_source(node, given)
    if not is_group:
        _set(node, "requirement", given.get("requirement", "").replace("\r\n", "\n").strip())
        _set(node, "inputs", _split(given.get("inputs", "")))
        asked = [line.strip() for line in given.get("evidence", "").splitlines()]
        _set(node, "evidence", [_evidence_entry(line) for line in asked if line])
        _set(node, "not_applicable", Plain(given.get("not_applicable", "")))
        for flag in ("bonus", "provisional"):
            _set(node, flag, Plain("true") if given.get(flag) else "")
        _set(node, "rule", rule or "")
    return {}


def _set(node: Node, key: str, value: Entry) -> None:
    """Put a value in a line, or take the key out when there is none; the order of keys stays."""
    if value:
        node[key] = value
    else:
        node.pop(key, None)


def _split(text: str) -> list[Entry]:
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def _points(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _take_source(node: Node, given: Mapping[str, str]) -> None:
    kept = node.get("source")
    source: Node = dict(kept) if isinstance(kept, dict) else {}
    for key, _title in SOURCE_FIELDS:
        _set(source, key, given.get(f"source_{key}", "").replace("\r\n", "\n").strip())
    if given.get("confirmed"):
        source["status"] = Plain("confirmed")
    elif text_of(source, "status") == "confirmed":
        source["status"] = Plain("unconfirmed")
    _set(node, "source", source)


def _rule(
    given: Mapping[str, str], facts: Mapping[str, FactDeclaration], full: Decimal | None
) -> tuple[Entry | None, list[str]]:
    """Return the rule as typed, checked as scoring will read it; problems name the line of the snippet."""
    kind, text = given.get("rule_kind", ""), given.get("rule_settings", "").replace("\r\n", "\n")
    if not kind:
        return None, [_("没有选规则种类，设置不会起作用。请选规则种类，或清空设置。")] if text.strip() else []
    if kind not in RULE_TITLES:
        return None, [_("没有“%(kind)s”这种规则。") % {"kind": kind}]
    settings: Node = {}
    values: dict[str, object] = {}
    located: YamlMap | None = None
    if text.strip():
        entry, node, problems = entry_of(text, file="")
        if problems:
            return None, problems
        if not isinstance(entry, dict) or not isinstance(node, YamlMap):
            return None, [_("设置应写成“键: 值”，每行一个。")]
        settings, located = entry, node
        values = {key: plain(value) for key, value in node.entries.items() if key not in {"kind", "source"}}
    rule = ScoringRule(kind, values, source=ClauseSource(), places=dict(located.places) if located else {})
    issues = read_rule(rule, facts, full).issues
    if issues:
        return None, [_sentence(issue) for issue in issues]
    settings.pop("kind", None)
    return {"kind": Plain(kind), **settings}, []


def _sentence(issue: Issue) -> str:
    where = f"{issue.location}：" if str(issue.location) else ""
    parts = [part.rstrip("。") for part in (issue.message, issue.remedy) if part]
    return where + "。".join(parts) + "。"


def take_head(pack: EditablePack, given: Mapping[str, str]) -> dict[str, list[str]]:
    """Write what was typed of the scheme as a whole and return the problems by field."""
    problems: dict[str, list[str]] = {}
    name, year, level = (given.get(key, "").strip() for key in ("name", "year", "level"))
    points, region_name = given.get("full_points", "").strip(), given.get("region_name", "").strip()
    if not name:
        problems["name"] = [_("请填方案名称。")]
    if not re.fullmatch(r"(19[89]\d|20\d\d)", year):
        problems["year"] = [_("年度“%(year)s”不像是年份。请填四位年份，如 2024。") % {"year": year or _("（空）")}]
    if level not in {"province", "city", "county"}:
        problems["level"] = [_("请选择评价对象。")]
    if not region_name:
        problems["region_name"] = [_("请填地区名称。")]
    number = _points(points)
    if points and (number is None or not 0 < number <= 10000):
        problems["full_points"] = [_("满分“%(points)s”不是大于 0 的数字。不计分的方案请留空。") % {"points": points}]
    facts: Entry | None = []
    if given.get("facts", "").strip():
        facts, _node, wrong = entry_of(given["facts"].replace("\r\n", "\n"), file="")
        if wrong:
            problems["facts"] = wrong
        elif not isinstance(facts, list):
            problems["facts"] = [_("数据项应是列表，每项以“- ”开头。")]
    if problems:
        return problems
    kept = pack.facts
    pack.facts = facts if isinstance(facts, list) else []
    head = pack.head
    if "grades" in given or "outcome_rules" in given:
        problems = take_outcome(pack, given.get("grades", ""), given.get("outcome_rules", ""))
        if problems:
            pack.facts = kept
            return problems
    _set(head, "name", name)
    _set(head, "year", Plain(year))
    _set(head, "level", Plain(level))
    _set(head, "region_name", region_name)
    _set(head, "full_points", Plain(f"{number:f}") if number is not None else "")
    _set(head, "scored", Plain("false") if given.get("unscored") else "")
    _take_source(head, given)
    return {}
