"""A what-if as the JSON of the command line."""

from dudao.balance.model import VERDICT_NAMES, Verdict
from dudao.balance.standard import LEVEL_NAMES
from dudao.balance.whatif import CellChange, FigureChange, VerdictChange, WhatIf


def whatif_payload(found: WhatIf) -> dict[str, object]:
    """Return the changed cells and every verdict and figure that differs, before and after."""
    return {
        "standard": found.before.standard.id,
        "method": str(found.before.method),
        "hypothetical": True,
        "network": list(found.network),
        "cells": [_cell(each) for each in found.cells],
        "verdicts": [_verdict(each) for each in found.verdicts],
        "figures": [_figure(each) for each in found.figures],
        "counties": [
            {
                "region": after.region,
                "name": after.name,
                "year": after.year,
                "verdict_before": str(before.verdict),
                "verdict_after": str(after.verdict),
                "reasons_after": list(after.reasons),
            }
            for before, after in zip(found.before.counties, found.after.counties, strict=True)
        ],
    }


def _cell(cell: CellChange) -> dict[str, object]:
    return {
        "school_id": cell.school_id,
        "school_name": cell.school_name,
        "column": cell.column,
        "before": cell.before,
        "after": cell.after,
        "words": f"{cell.school_name or cell.school_id} {cell.title}：{_value(cell.before)} → {_value(cell.after)}",
    }


def _value(value: float | bool | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "未填报" if value is None else f"{value:,.10g}"


def _verdict(change: VerdictChange) -> dict[str, object]:
    words = f"{_verdict_name(change.before)} → {_verdict_name(change.after)}"
    return {
        "region": change.region,
        "level": change.level or None,
        "name": change.name,
        "before": None if change.before is None else str(change.before),
        "after": None if change.after is None else str(change.after),
        "words": f"{change.name or '全县'}：{words}",
    }


def _verdict_name(verdict: Verdict | None) -> str:
    return "不在评估范围" if verdict is None else VERDICT_NAMES[verdict]


def _figure(change: FigureChange) -> dict[str, object]:
    name = f"{LEVEL_NAMES[change.level]} {change.name}"
    if change.measure == "schools_met":
        words = f"{name}达标学校：{change.before:g} → {change.after:g} 所"
    else:
        words = f"{name}差异系数：{_three(change.before)} → {_three(change.after)}"
        if change.met_before is not change.met_after:
            words += f"（{_met(change.met_before)} → {_met(change.met_after)}）"
    return {
        "region": change.region,
        "level": change.level,
        "indicator": change.indicator,
        "measure": change.measure,
        "before": change.before,
        "after": change.after,
        "met_before": change.met_before,
        "met_after": change.met_after,
        "words": words,
    }


def _three(value: float | None) -> str:
    return "无法计算" if value is None else f"{value:.3f}"


def _met(met: bool | None) -> str:
    return {True: "达标", False: "超限", None: "无法判断"}[met]
