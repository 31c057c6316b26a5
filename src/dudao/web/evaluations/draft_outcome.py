"""Grades and rules on the whole of a draft: grades as people list them, rules as they are written in packs."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

from dudao.issues import Issue
from dudao.located_yaml.nodes import YamlList, YamlMap, plain
from dudao.provenance import ClauseSource
from dudao.scheme.edit_pack import EditablePack, Entry, entry_of
from dudao.scheme.model import FactDeclaration, ScoringRule
from dudao.scheme.write_pack import Plain, mapping_text
from dudao.scoring.reading import read_outcome_rule
from dudao.web.evaluations.draft_tree import Node, text_of

_GRADE = re.compile(r"(?P<name>\S+?)(?:[\s：:]+(?P<low>\S+))?")


def grades_text(head: Node) -> str:
    """Return the grades as lines of name and lowest total, best first; the last one has no lowest total."""
    return "\n".join(f"{text_of(each, 'name')} {text_of(each, 'low')}".strip() for each in _maps(head, "grades"))


def outcome_text(head: Node) -> str:
    """Return the rules on the whole as YAML, empty when there are none."""
    rules = head.get("outcome_rules")
    if not isinstance(rules, list) or not rules:
        return ""
    listed = mapping_text({"outcome_rules": rules}).split("\n")[1:]
    return "".join(f"{line[2:]}\n" for line in listed[:-1])


def _maps(head: Node, key: str) -> list[Node]:
    value = head.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def read_grades(head: Node, text: str) -> tuple[list[Entry], list[str]]:
    """Return the grades that lines state, joined without gaps, and the problems; sources of known grades stay.

    Each line holds a name and the lowest total it takes, from best to worst; the last one takes everything below.
    """
    known = {text_of(each, "name"): each for each in _maps(head, "grades")}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[tuple[str, Decimal | None]] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        match = _GRADE.fullmatch(line)
        low = _number(match["low"]) if match and match["low"] else None
        if match is None or (match["low"] and low is None):
            problems.append(
                gettext("第 %(number)s 行“%(n)s”看不懂。请写“等次 最低分”，例如：优秀 90。")
                % {"number": number, "n": line[:40]}
            )
        elif low is None and number < len(lines):
            problems.append(
                gettext("第 %(number)s 行“%(n)s”缺最低分；只有最后一等可以不写。") % {"number": number, "n": line[:40]}
            )
        else:
            found.append((match["name"], None if number == len(lines) and not low else low))
    if problems:
        return [], problems
    names = [name for name, _ in found]
    if len(set(names)) != len(names):
        return [], [gettext("等次名称重复，每一等只写一行。")]
    lows = [low for _, low in found if low is not None]
    if lows != sorted(lows, reverse=True) or len(set(lows)) != len(lows):
        return [], [gettext("最低分应由高到低排列，且各不相同。")]
    if len(found) == 1:
        return [], [gettext("等次至少两等。不分等次请留空。")]
    made: list[Entry] = []
    for place, (name, low) in enumerate(found):
        entry: Node = {key: value for key, value in known.get(name, {}).items() if key not in {"name", "low", "high"}}
        band: Node = {"name": name}
        if low is not None:
            band["low"] = Plain(f"{low:f}")
        above = found[place - 1][1] if place else None
        if above is not None:
            band["high"] = Plain(f"{above:f}")
        made.append(band | entry)
    return made, []


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.removesuffix("分"))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None


def read_outcome_rules(text: str, facts: Iterable[Entry], grades: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """Return the rules on the whole that a snippet states, each checked as scoring will read it, and the problems.

    Args:
        facts: the declared facts of the draft.
        grades: the grades of the draft, best first.
    """
    if not text.strip():
        return [], []
    entry, node, problems = entry_of(text.replace("\r\n", "\n"), file="")
    if problems:
        return [], problems
    if not isinstance(entry, list) or not isinstance(node, YamlList):
        return [], [gettext("等次规则应是列表，每条以“- ”开头。")]
    declared = {fact.name: fact for each in facts if isinstance(each, dict) and (fact := _declared(each)) is not None}
    names = tuple(text_of(each, "name") for each in grades if isinstance(each, dict))
    wrong: list[str] = []
    for number, item in enumerate(node.items, start=1):
        if not isinstance(item, YamlMap):
            wrong.append(gettext("第 %(number)s 条应写成“键: 值”。") % {"number": number})
            continue
        values = {key: plain(value) for key, value in item.entries.items()}
        settings = {key: value for key, value in values.items() if key not in {"kind", "source"}}
        rule = ScoringRule(str(values.get("kind", "")), settings, source=ClauseSource(), places=dict(item.places))
        wrong += [
            gettext("第 %(number)s 条：%(issue)s") % {"number": number, "issue": _sentence(issue)}
            for issue in read_outcome_rule(rule, declared, names).issues
        ]
    return (list(entry), []) if not wrong else ([], wrong)


def _declared(entry: Node) -> FactDeclaration | None:
    name = text_of(entry, "name")
    if not name:
        return None
    parts = entry.get("parts")
    named = tuple((key, str(value)) for key, value in parts.items()) if isinstance(parts, dict) else ()
    return FactDeclaration(
        name,
        text_of(entry, "title"),
        text_of(entry, "unit"),
        text_of(entry, "kind") or "number",
        text_of(entry, "dimension"),
        parts=named,
    )


def _sentence(issue: Issue) -> str:
    return "。".join(part.rstrip("。") for part in (issue.message, issue.remedy) if part) + "。"


def take_outcome(pack: EditablePack, grades: str, rules: str) -> dict[str, list[str]]:
    """Write grades and rules on the whole into a draft; with problems, returned by field, nothing is written."""
    read, wrong = read_grades(pack.head, grades)
    problems = {"grades": wrong} if wrong else {}
    if not problems:
        stated, wrong = read_outcome_rules(rules, pack.facts, read)
        if wrong:
            problems = {"outcome_rules": wrong}
    if problems:
        return problems
    for key, value in (("grades", read), ("outcome_rules", stated)):
        if value:
            pack.head[key] = value
        else:
            pack.head.pop(key, None)
    return {}
