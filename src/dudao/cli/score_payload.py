"""The JSON of `dudao score`; its schema is docs/reference/schema/score.json."""

from collections.abc import Iterable

from dudao.cli.output import decimal_text, issue_payload
from dudao.pipelines.score import ScoredAssessment
from dudao.scoring.award import Improvement, Missing, UsedFact
from dudao.scoring.result import PointScore, SchemeScore, Total
from dudao.scoring.wording import figure


def score_payload(scored: ScoredAssessment) -> dict[str, object]:
    """Return the scores of one assessment."""
    result = scored.score
    return {
        "file": scored.file,
        "scheme": {"id": result.scheme, "name": result.scheme_name},
        "region": {"id": result.region, "name": result.region_name},
        "year": result.year,
        "what_if": list(scored.what_if),
        "total": {**_total(result.total), "rescaled": result.rescaled},
        "bonus": _total(result.bonus),
        "before": None if scored.before is None else _total(scored.before.total),
        "grade": _grade(result),
        "outcomes": [
            {
                "name": outcome.name,
                "effect": outcome.effect,
                "holds": outcome.holds,
                "steps": list(outcome.steps),
                "missing": _missing(outcome.missing),
            }
            for outcome in result.outcomes
        ],
        "indicators": [
            {
                "id": each.indicator.id,
                "level": each.indicator.level,
                "name": each.indicator.name,
                **_total(each.total),
            }
            for each in result.indicators
        ],
        "points": [_point(each) for each in result.points],
        "improvements": [{"point": each.point.id, **_improvement(change)} for each, change in result.improvements()],
        "completeness": {
            "points": scored.completeness.points,
            "complete": scored.completeness.complete,
            "gaps": [
                {
                    "point": gap.point.id,
                    "self_points": gap.self_points,
                    "inputs": list(gap.inputs),
                    "evidence": [asked.name for asked in gap.evidence],
                }
                for gap in scored.completeness.gaps
            ],
        },
        "issues": [issue_payload(issue) for issue in scored.issues],
    }


def _point(each: PointScore) -> dict[str, object]:
    award = each.award
    return {
        "id": each.point.id,
        "name": each.point.name,
        "full_points": decimal_text(each.full),
        "self_points": decimal_text(each.self_points),
        "points": decimal_text(award.points),
        "low": decimal_text(award.low),
        "high": decimal_text(award.high),
        "difference": decimal_text(each.difference),
        "contradicts": each.contradicts,
        "lost": decimal_text(each.lost),
        "bonus": each.point.bonus,
        "standing": str(award.standing),
        "rule": each.point.rule.kind if each.point.rule else None,
        "steps": list(award.steps),
        "inputs": [_used(fact) for fact in award.used],
        "missing": _missing(award.missing),
        "improvements": [_improvement(change) for change in award.improvements],
        "note": each.note,
    }


def _used(used: UsedFact) -> dict[str, object]:
    fact = used.fact
    value = fact.value if isinstance(fact.value, bool | str) or fact.value is None else decimal_text(fact.value)
    return {
        "fact": fact.name,
        "title": used.title,
        "place": fact.place,
        "period": fact.period,
        "part": fact.part,
        "value": value,
        "unit": fact.unit,
        "written": fact.written or figure(fact.value, fact.unit),
        "source": str(fact.source),
    }


def _missing(gaps: Iterable[Missing]) -> list[dict[str, object]]:
    return [
        {"sentence": gap.sentence, "fact": gap.name, "place": gap.place, "period": gap.period, "part": gap.part}
        for gap in gaps
    ]


def _improvement(change: Improvement) -> dict[str, object]:
    needed = change.needed if isinstance(change.needed, bool) or change.needed is None else decimal_text(change.needed)
    return {
        "sentence": change.sentence,
        "gain": decimal_text(change.gain),
        "fact": change.name,
        "place": change.place,
        "period": change.period,
        "part": change.part,
        "needed": needed,
    }


def _total(total: Total) -> dict[str, object]:
    return {
        "points": decimal_text(total.points),
        "low": decimal_text(total.low),
        "high": decimal_text(total.high),
        "full_points": decimal_text(total.full),
        "self_points": decimal_text(total.self_points),
        "self_complete": total.self_complete,
    }


def _grade(result: SchemeScore) -> dict[str, object] | None:
    if result.grade is None:
        return None
    return {
        "name": result.grade.name,
        "possible": list(result.grade.possible),
        "steps": list(result.grade.steps),
    }
