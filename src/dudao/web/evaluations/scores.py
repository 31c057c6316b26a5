"""Scores of an assessment, live: the rows as they stand, through the engine."""

from dudao.scoring.engine import score
from dudao.scoring.result import SchemeScore
from dudao.web.evaluations.convert import core_assessment, rules_of
from dudao.web.evaluations.models import Assessment, FactValue, PointScore


def forecast(row: Assessment) -> SchemeScore:
    """Return the scores of an assessment as its rows stand now; three queries whatever the size."""
    facts = list(FactValue.objects.filter(region_id=row.region_id).select_related("region"))
    scores = list(PointScore.objects.filter(answer__assessment=row).select_related("answer"))
    return score_rows(row, facts, scores)


def score_rows(row: Assessment, facts: list[FactValue], scores: list[PointScore]) -> SchemeScore:
    """Return the scores of an assessment with the given rows, saved or not."""
    return score(rules_of(row.round.scheme), core_assessment(row, facts, scores))
