"""What a changed scheme would have made of last year: the same facts and answers, scored by both."""

from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.assessment.answers import Answer as CoreAnswer
from dudao.assessment.model import Assessment as CoreAssessment
from dudao.scheme.compare import side_by_side
from dudao.scheme.model import Point, Scheme
from dudao.scoring.engine import score
from dudao.scoring.result import Total
from dudao.web.evaluations.convert import StatedFact, StatedPoint, core_assessment, rules_of, scheme_of
from dudao.web.evaluations.models import Assessment, FactValue, PointScore, PublishedScheme


@dataclass(frozen=True, slots=True)
class Effect:
    """One region's total by the old scheme and by the new one."""

    assessment: Assessment
    before: Total
    after: Total


def effects(old: PublishedScheme, new: PublishedScheme, assessments: list[Assessment]) -> list[Effect]:
    """Return the totals of assessments by their own scheme and by another; a fixed number of queries."""
    if not assessments:
        return []
    regions = [each.region_id for each in assessments]
    facts = list(FactValue.objects.filter(region_id__in=regions).select_related("region"))
    scores = list(PointScore.objects.filter(answer__assessment__in=assessments).select_related("answer"))
    found = []
    for each in assessments:
        core = core_assessment(
            each,
            [StatedFact.of(fact) for fact in facts if fact.region_id == each.region_id],
            [StatedPoint.of(row) for row in scores if row.answer.assessment_id == each.pk],
        )
        moved = _moved(core, scheme_of(old), scheme_of(new))
        found.append(Effect(each, score(rules_of(old), core).total, score(rules_of(new), moved).total))
    return found


def _moved(core: CoreAssessment, old: Scheme, new: Scheme) -> CoreAssessment:
    """Return the assessment with its answers at the points of the new scheme.

    Self points keep their share of the full points; a point that is new has no answer.
    """
    answers: dict[str, CoreAnswer] = {}
    for one, other in side_by_side(old, new):
        if one is None or other is None or not isinstance(one.item, Point) or not isinstance(other.item, Point):
            continue
        answer = core.answers.get(one.id)
        if answer is None:
            continue
        answers[other.id] = replace(
            answer, point=other.id, self_points=_share(answer.self_points, one.full_points, other.full_points)
        )
    return replace(core, scheme=new.id, answers=answers)


def _share(given: Decimal | None, full: Decimal | None, now: Decimal | None) -> Decimal | None:
    if given is None or not full or now is None or full == now:
        return given
    return (given * now / full).quantize(Decimal("0.01"))
