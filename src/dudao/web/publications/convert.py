"""An assessment as it is printed: from the rows as they stand, or from what was submitted."""

from decimal import Decimal
from typing import Any

from dudao.reporting.self_evaluation import PrintedItem, PrintedPoint, PrintedSection, SelfEvaluation
from dudao.web.evaluations.actions.submission import snapshot
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.models import Assessment, Submission

_DRAFT_MARK = "征求意见稿，以报送版为准"


def printed(assessment: Assessment, submission: Submission | None) -> SelfEvaluation:
    """Return what is printed of a submission, or of the draft as it stands when there is none."""
    content = submission.content if submission else snapshot(assessment)
    scheme = scheme_of(assessment.round.scheme)
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in content["items"]:
        sections.setdefault(item["section"], []).append(item)
    full = {indicator.name: indicator.full_points for indicator in scheme.indicators}
    return SelfEvaluation(
        region_name=content["region"]["name"],
        year=content["year"],
        scheme_name=content["scheme"]["name"],
        scheme_number=scheme.source.number,
        addressee=_addressee(assessment),
        full_points=_points(content["totals"]["full_points"]),
        self_points=_points(content["totals"]["self_points"]),
        sections=tuple(
            PrintedSection(name, full.get(name), _sum(rows), tuple(_item(row) for row in rows))
            for name, rows in sections.items()
        ),
        mark="" if submission else _DRAFT_MARK,
        date=f"{submission.at:%Y}年{submission.at.month}月{submission.at.day}日" if submission else "",
    )


def _addressee(assessment: Assessment) -> str:
    """Return the supervision office of the level that runs the round: 省人民政府教育督导室."""
    level = assessment.round.region.level
    return {"province": "省人民政府教育督导室", "city": "市人民政府教育督导室"}.get(level, "上级人民政府教育督导室")


def _points(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _item(row: dict[str, Any]) -> PrintedItem:
    points = tuple(
        PrintedPoint(each["name"], _points(each["full_points"]), _points(each["self_points"])) for each in row["points"]
    )
    number = row["item"].rsplit(".", 1)[-1]
    return PrintedItem(number, row["name"], _points(row["full_points"]), _sum([row]), row["note"], points)


def _sum(rows: list[dict[str, Any]]) -> Decimal | None:
    """Return the self points of items together; None while any point that is scored has none."""
    total = Decimal(0)
    for row in rows:
        for point in row["points"]:
            if point["full_points"] is None:
                continue
            if point["self_points"] is None:
                return None
            total += Decimal(point["self_points"])
    return total
