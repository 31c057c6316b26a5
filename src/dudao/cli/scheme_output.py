"""Schemes as the JSON of the command line, and as trees for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dudao.cli.output import decimal_text
from dudao.provenance import ClauseSource, SourceStatus
from dudao.scheme.compare import Change, ChangeKind, ItemView, SchemeComparison
from dudao.scheme.model import Indicator, Point, Scheme, ScoringRule
from dudao.scheme.summary import LEVEL_NAMES, SchemeSummary, is_unconfirmed, summarise

if TYPE_CHECKING:
    from rich.table import Table
    from rich.tree import Tree

CHANGE_NAMES = {
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "取消",
    ChangeKind.REWEIGHTED: "分值调整",
    ChangeKind.REWORDED: "表述调整",
    ChangeKind.MOVED: "位置调整",
    ChangeKind.RULE_CHANGED: "规则调整",
    ChangeKind.RENUMBERED: "编号改动",
}


def summary_payload(summary: SchemeSummary) -> dict[str, object]:
    """Return one entry of `scheme list`."""
    return {
        "id": summary.id,
        "name": summary.name,
        "region": summary.region,
        "region_name": summary.region_name,
        "level": str(summary.level),
        "year": summary.year,
        "full_points": decimal_text(summary.full_points),
        "indicators": summary.indicators,
        "points": summary.points,
        "with_rule": summary.with_rule,
        "unconfirmed": summary.unconfirmed,
        "scored": summary.scored,
    }


def scheme_table(summaries: Sequence[SchemeSummary]) -> "Table":
    """Return the list of schemes as a table for people."""
    from rich.table import Table

    table = Table(title="方案", title_justify="left")
    for heading, whole in (("编号", True), ("名称", False), ("地区", False), ("对象", True), ("年度", True)):
        table.add_column(heading, overflow="fold", no_wrap=whole)
    for heading in ("满分", "测评点"):
        table.add_column(heading, justify="right")
    for row in summaries:
        full = decimal_text(row.full_points) or "—"
        table.add_row(row.id, row.name, row.region_name, row.level_name, str(row.year), full, str(row.points))
    return table


def scheme_payload(scheme: Scheme) -> dict[str, object]:
    """Return the JSON of `scheme show`: the summary, then everything the pack says."""
    return {
        **summary_payload(summarise(scheme)),
        "step": decimal_text(scheme.step),
        "source": source_payload(scheme.source),
        "notes": list(scheme.notes),
        "facts": [
            {
                "name": fact.name,
                "title": fact.title,
                "unit": fact.unit,
                "kind": fact.kind,
                "dimension": fact.dimension,
                "parts": dict(fact.parts),
            }
            for fact in scheme.facts
        ],
        "grades": [
            {
                "name": band.name,
                "low": decimal_text(band.low),
                "high": decimal_text(band.high),
                "source": source_payload(band.source),
            }
            for band in scheme.grades
        ],
        "outcome_rules": [rule_payload(rule) for rule in scheme.outcome_rules],
        "items": [item_payload(item, 1) for item in scheme.indicators],
    }


def item_payload(item: Indicator | Point, level: int) -> dict[str, object]:
    """Return an indicator with the items below it, or a point with all that is asked for it."""
    head = {
        "id": item.id,
        "level": level,
        "name": item.name,
        "full_points": decimal_text(item.full_points),
        "source": source_payload(item.source),
    }
    if isinstance(item, Indicator):
        return {**head, "items": [item_payload(child, level + 1) for child in item.children]}
    return {
        **head,
        "requirement": item.requirement,
        "rule": rule_payload(item.rule) if item.rule else None,
        "inputs": list(item.inputs),
        "evidence": [
            {"name": asked.name, "period": asked.period, "required": asked.required} for asked in item.evidence
        ],
        "lead_department": item.lead_department,
        "departments": list(item.departments),
        "not_applicable": str(item.not_applicable) if item.not_applicable else None,
        "provisional": item.provisional,
        "bonus": item.bonus,
        "step": decimal_text(item.step),
    }


def rule_payload(rule: ScoringRule) -> dict[str, object]:
    """Return a rule as the pack writes it; `source` is None when it is the point's own."""
    source = source_payload(rule.source) if rule.source else None
    return {"kind": rule.kind, "settings": dict(rule.settings), "source": source}


def source_payload(source: ClauseSource) -> dict[str, object]:
    """Return the document behind a number."""
    return {
        "document": source.document,
        "number": source.number,
        "clause": source.clause,
        "quote": source.quote,
        "note": source.note,
        "status": str(source.status),
    }


def source_text(source: ClauseSource) -> str:
    """Return the source in one line: 《title》（number），clause，marked when nobody has seen the original."""
    title = f"《{source.document}》" if source.document else ""
    number = f"（{source.number}）" if source.number else ""
    clause = f"，{source.clause}" if source.clause else ""
    mark = "［未核实］" if source.status is SourceStatus.UNCONFIRMED else ""
    return f"{title}{number}{clause}{mark}" or "［出处不详］"


def scheme_tree(scheme: Scheme) -> "Tree":
    """Return the scheme as a tree for people: names, points, whether a rule computes them, what is unconfirmed."""
    from rich.text import Text
    from rich.tree import Tree

    summary = summarise(scheme)
    head = Text(scheme.name, style="bold")
    head.append(f"\n{scheme.id}　{scheme.region_name}　{LEVEL_NAMES[scheme.level]}　{scheme.year}年", style="dim")
    total = decimal_text(scheme.full_points)
    head.append(
        f"\n{'满分' + total + '分' if total else '不计分'}，{summary.points}个测评点，{summary.with_rule}个有规则"
    )
    if summary.unconfirmed:
        head.append(f"，{summary.unconfirmed}个含未核实的内容", style="yellow")
    head.append(f"\n出处：{source_text(scheme.source)}", style="dim")
    for note in scheme.notes:
        head.append(f"\n{note}" if note.startswith("注") else f"\n注：{note}", style="dim")
    tree = Tree(head, guide_style="dim")
    for indicator in scheme.indicators:
        _grow(tree, indicator)
    for band in scheme.grades:
        low, high = decimal_text(band.low) or "", decimal_text(band.high) or ""
        tree.add(Text(f"等次 {band.name}：{low or '0'}分起{f'，不到{high}分' if high else ''}"))
    for rule in scheme.outcome_rules:
        tree.add(Text(f"等次规则 {rule.kind}：{rule.settings.get('name', '')}"))
    return tree


def _grow(tree: "Tree", item: Indicator | Point) -> None:
    from rich.text import Text

    line = Text(f"{item.id} {item.name}", style="bold" if isinstance(item, Indicator) else "")
    points = decimal_text(item.full_points)
    if points is not None:
        line.append(f"（{points}分）", style="cyan")
    if isinstance(item, Point):
        marks = [item.rule.kind] if item.rule else []
        marks += ["自评暂计"] if item.provisional else []
        marks += ["加分"] if item.bonus else []
        line.append(f"　{' '.join(marks)}", style="green")
        if is_unconfirmed(item):
            line.append("　未核实", style="yellow")
        if item.lead_department:
            line.append(f"　{item.lead_department}", style="dim")
    branch = tree.add(line)
    if isinstance(item, Indicator):
        for child in item.children:
            _grow(branch, child)


def comparison_payload(comparison: SchemeComparison) -> dict[str, object]:
    """Return the JSON of `scheme compare`."""
    return {
        "old": summary_payload(summarise(comparison.old)),
        "new": summary_payload(summarise(comparison.new)),
        "unchanged": comparison.unchanged,
        "changes": [
            {"kind": str(change.kind), "old": _view_payload(change.old), "new": _view_payload(change.new)}
            for change in comparison.changes
        ],
    }


def _view_payload(view: ItemView | None) -> dict[str, object] | None:
    if view is None:
        return None
    return {
        "id": view.id,
        "name": view.name,
        "level": view.level,
        "full_points": decimal_text(view.full_points),
        "parent": view.parent,
    }


def comparison_table(comparison: SchemeComparison) -> "Table":
    """Return the changes as a table for people."""
    from rich.table import Table
    from rich.text import Text

    title = f"{comparison.old.name} → {comparison.new.name}"
    table = Table(title=title, title_justify="left", caption=f"另有{comparison.unchanged}项没有变化", show_lines=False)
    table.add_column("变化", no_wrap=True)
    table.add_column("原来", overflow="fold")
    table.add_column("现在", overflow="fold")
    for change in comparison.changes:
        old, new = _sides(change)
        table.add_row(CHANGE_NAMES[change.kind], Text(old), Text(new))
    return table


def _sides(change: Change) -> tuple[str, str]:
    """Return what each side of a change says: the points when re-weighted, the parent when moved."""

    def told(view: ItemView | None) -> str:
        if view is None:
            return "—"
        head = f"{view.id} {view.name}"
        points = decimal_text(view.full_points)
        if change.kind is ChangeKind.MOVED:
            return f"{head}，在“{view.parent or '一级指标'}”下"
        return head if points is None else f"{head}（{points}分）"

    return told(change.old), told(change.new)
