"""What somebody has to do: each with its reason, its day and the one thing to click."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dudao.web.dashboards.workbench.standing import ItemStanding, Standing


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: its kind (word, icon, tint), the item, why, until when, and what is at stake."""

    word: str
    icon: str
    tint: str
    item: ItemStanding
    why: str
    due: date | None
    stake: Decimal
    act: str


def for_clerk(standing: Standing) -> list[ToDo]:
    """Return what a clerk has to do: look at what came in, urge what is late, settle what contradicts."""
    found: list[ToDo] = []
    for row in standing.items:
        state = row.answer.state
        full = row.item.full_points or Decimal(0)
        lead = row.lead.name if row.lead else ""
        if row.lead is None:
            found.append(ToDo("无牵头", "sitemap", "bd", row, "没有牵头单位，无人填报。", row.due, full, "分工"))
        elif state == "submitted":
            found.append(
                ToDo("待审", "user-check", "pri", row, f"{lead}已提交，等待接受或退回。", row.due, full, "审核")
            )
        elif state == "returned":
            why = row.answer.return_reason or f"已退回{lead}修改。"
            found.append(ToDo("退回", "arrow-back-up", "bd", row, why, row.due, full, "查看"))
        elif state in {"not_started", "drafting"} and row.due is not None and row.due < standing.today:
            found.append(ToDo("催报", "clock", "wrn", row, f"{lead}未提交，已过期限。", row.due, full, "催办"))
        found.extend(_contradictions(row))
    return found


def for_officer(standing: Standing, departments: frozenset[int]) -> list[ToDo]:
    """Return what an officer has to do: the items that the department leads and has not handed in."""
    found: list[ToDo] = []
    for row in standing.items:
        if row.lead is None or row.lead.pk not in departments or row.done:
            continue
        full = row.item.full_points or Decimal(0)
        if row.answer.state == "returned":
            why = row.answer.return_reason or "督导室退回修改。"
            found.append(ToDo("退回", "arrow-back-up", "bd", row, why, row.due, full, "修改"))
        else:
            late = row.due is not None and row.due < standing.today
            word, icon, tint = ("逾期", "clock", "bd") if late else ("待填", "edit", "pri")
            found.append(ToDo(word, icon, tint, row, lacking(row) or "已填完，可以提交。", row.due, full, "填报"))
        found.extend(_contradictions(row))
    return found


def _contradictions(row: ItemStanding) -> Iterable[ToDo]:
    if row.answer.state == "locked":
        return
    for score in row.contradicting:
        reach = (
            f"{score.award.high:f}"
            if score.award.low == score.award.high
            else f"{score.award.low:f}～{score.award.high:f}"
        )
        why = f"{score.point.name}：自评 {score.self_points:f} 分，按数据应为 {reach} 分。"
        yield ToDo("矛盾", "equal-not", "bd", row, why, row.due, abs(score.difference or Decimal(0)), "查看")


def lacking(row: ItemStanding) -> str:
    """Return what an item still lacks, in one line; empty when nothing."""
    parts = []
    if row.unscored:
        parts.append(f"{row.unscored} 个测评点未自评")
    if not row.answer.note.strip():
        parts.append("未写自评说明")
    if row.missing:
        parts.append(f"缺 {len(row.missing)} 项数据：{row.missing[0]}")
    return "，".join(parts)


def in_order(rows: list[ToDo], by: str) -> list[ToDo]:
    """Return the to-dos by deadline, or by the points at stake."""
    if by == "points":
        return sorted(rows, key=lambda each: -each.stake)
    return sorted(rows, key=lambda each: (each.due or date.max, -each.stake))
