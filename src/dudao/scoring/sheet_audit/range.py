"""Self points lie between zero and the full points, and no leaf is left without them."""

from dudao.issues import Issue, Level
from dudao.scoring.sheet_audit.subject import AuditedSheet, finding, points, title


def check_range(audited: AuditedSheet) -> list[Issue]:
    """Return an error for self points above the full points or below zero."""
    found = []
    for row in audited.sheet.rows:
        full, own = row.full_points, row.self_points
        if full is None or own is None or 0 <= own <= full:
            continue
        said = "超过满分" if own > full else "低于零分"
        message = f"{title(row)}自评{points(own)}，{said}（满分{points(full)}）。"
        found.append(finding(Level.ERROR, "self_points_out_of_range", row, message, "请核对分值和自评得分。"))
    return found


def check_unscored(audited: AuditedSheet) -> list[Issue]:
    """Return a warning for every leaf that prints full points and no self points, in a sheet that scores others."""
    leaves = [row for row in audited.sheet.leaves() if row.full_points is not None]
    without = [row for row in leaves if row.self_points is None]
    if len(without) * 2 > len(leaves):
        return []
    remedy = "请补填自评得分；暂不评分的，写明原因。"
    return [
        finding(Level.WARNING, "self_points_missing", row, f"{title(row)}印有分值，没有自评得分。", remedy)
        for row in without
    ]
