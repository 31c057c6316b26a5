"""What somebody has to do: each with its reason, its day and the one thing to click."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dudao.web.dashboards.workbench.standing import ItemStanding, Standing
from dudao.web.phrase_book import told
from dudao.web.templatetags.display import points, reach


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do: its kind (word, icon, tint), the item, why, until when, what is at stake,
    and the page that settles it (`item`, `duties` or `progress`).
    """

    word: str
    icon: str
    tint: str
    item: ItemStanding
    why: str
    due: date | None
    stake: Decimal
    act: str
    leads_to: str = "item"


def for_clerk(standing: Standing) -> list[ToDo]:
    """Return what a clerk has to do: look at what came in, urge what is late, settle what contradicts."""
    found: list[ToDo] = []
    for row in standing.items:
        state = row.answer.state
        full = row.item.full_points or Decimal(0)
        lead = row.lead.name if row.lead else ""
        if row.lead is None:
            found.append(
                ToDo(
                    _("无牵头"), "sitemap", "bd", row, _("没有牵头单位，无人填报。"), row.due, full, _("分工"), "duties"
                )
            )
        elif state == "submitted":
            found.append(
                ToDo(
                    _("待审"),
                    "user-check",
                    "pri",
                    row,
                    _("%(lead)s已提交，等待接受或退回。") % {"lead": lead},
                    row.due,
                    full,
                    _("审核"),
                )
            )
        elif state == "returned":
            why = row.answer.return_reason or _("已退回%(lead)s修改。") % {"lead": lead}
            found.append(ToDo(_("退回"), "arrow-back-up", "bd", row, why, row.due, full, _("查看")))
        elif state in {"not_started", "drafting"} and row.due is not None and row.due < standing.today:
            found.append(
                ToDo(
                    _("催报"),
                    "clock",
                    "wrn",
                    row,
                    _("%(lead)s未提交，已过期限。") % {"lead": lead},
                    row.due,
                    full,
                    _("催办"),
                    "progress",
                )
            )
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
            why = row.answer.return_reason or _("督导室退回修改。")
            found.append(ToDo(_("退回"), "arrow-back-up", "bd", row, why, row.due, full, _("修改")))
        else:
            late = row.due is not None and row.due < standing.today
            word, icon, tint = (_("逾期"), "clock", "bd") if late else (_("待填"), "edit", "pri")
            found.append(ToDo(word, icon, tint, row, lacking(row) or _("已填完，可以提交。"), row.due, full, _("填报")))
        found.extend(_contradictions(row))
    return found


def _contradictions(row: ItemStanding) -> Iterable[ToDo]:
    if row.answer.state == "locked":
        return
    for score in row.contradicting:
        why = _("%(name)s：自评 %(self_points)s 分，按数据应为 %(reach)s 分。") % {
            "name": score.point.name,
            "self_points": points(score.self_points),
            "reach": reach(score.award),
        }
        yield ToDo(_("矛盾"), "equal-not", "bd", row, why, row.due, abs(score.difference or Decimal(0)), _("查看"))


def lacking(row: ItemStanding) -> str:
    """Return what an item still lacks, in one line; empty when nothing."""
    parts = []
    if row.unscored:
        parts.append(
            ngettext("%(unscored)s 个测评点未自评", "%(unscored)s 个测评点未自评", row.unscored)
            % {"unscored": row.unscored}
        )
    if not row.answer.note.strip():
        parts.append(_("未写自评说明"))
    if row.missing:
        parts.append(_("缺 %(count)s 项数据：%(n)s") % {"count": len(row.missing), "n": told(row.missing[0])})
    return _("，").join(parts)


def in_order(rows: list[ToDo], by: str) -> list[ToDo]:
    """Return the to-dos by deadline, or by the points at stake."""
    if by == "points":
        return sorted(rows, key=lambda each: -each.stake)
    return sorted(rows, key=lambda each: (each.due or date.max, -each.stake))
