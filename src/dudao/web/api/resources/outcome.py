"""The rules on the whole (一票否决、等次): what they say now, and stating the facts that only they ask for."""

from django.http import HttpRequest, HttpResponse

from dudao.scoring.result import OutcomeResult
from dudao.web.api.bearer import person_of
from dudao.web.api.idempotency import Reply, once
from dudao.web.api.offers import offers, router
from dudao.web.api.problems import ProblemError
from dudao.web.api.resources.answering import NOT_OVERWRITTEN, VERSION_GIVEN, IfMatch, SentKey, based_on
from dudao.web.api.resources.finding import find_assessment
from dudao.web.api.shapes.common import Key, plain, tag_of
from dudao.web.api.shapes.outcome import OutcomeFactGiven, OutcomeFactShape, OutcomeRuleShape, OutcomeShape
from dudao.web.evaluations.actions.outcome import save_outcome_fact
from dudao.web.evaluations.actions.permissions import roles_on_assessment
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.models import Assessment
from dudao.web.evaluations.outcome import OutcomeFact, outcome_fact, outcome_of
from dudao.web.people.access import reads_content, subject
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told


def _whole(request: HttpRequest, key: int) -> Assessment:
    """Return an assessment for those who read the whole of it; officers answer items alone."""
    assessment = find_assessment(request, key)
    if not roles_on_assessment(subject(request), assessment):
        raise ProblemError(403)
    return assessment


@router.get(
    "/assessments/{key}/outcome",
    response=OutcomeShape,
    operation_id="get_outcome",
    **offers(
        "自评",
        Scope.READ,
        reads_content,
        "等次和一票否决",
        "按已填的数据预测，不作为评价结论；facts 是只有这些规则问到的数据。",
    ),
)
def get_outcome(request: HttpRequest, key: Key) -> OutcomeShape:
    """Return what the rules on the whole say, with the facts they ask for."""
    outcome = outcome_of(_whole(request, key))
    total, grade = outcome.scores.total, outcome.scores.grade
    return OutcomeShape(
        points=plain(total.points),
        low=f"{total.low:f}",
        high=f"{total.high:f}",
        full=f"{total.full:f}",
        grade=grade.name if grade else None,
        possible=list(grade.possible) if grade else [],
        steps=[told(each) for each in grade.steps] if grade else [],
        rules=[_rule(each) for each in outcome.scores.outcomes],
        facts=[_fact(each) for each in outcome.facts],
    )


@router.put(
    "/assessments/{key}/outcome/facts",
    response=OutcomeFactShape,
    operation_id="save_outcome_fact",
    **offers(
        "填报",
        Scope.WRITE,
        reads_content,
        "保存等次判定的一项数据",
        "由督导室在报送以前填写，数据和版本取自“等次和一票否决”的 facts，没有填过的版本是 0。"
        + VERSION_GIVEN
        + NOT_OVERWRITTEN,
    ),
)
def save_fact(
    request: HttpRequest, key: Key, given: OutcomeFactGiven, if_match: IfMatch, sent_key: SentKey
) -> HttpResponse:
    """Save a fact that a rule on the whole asks for."""
    version = based_on(if_match)

    def write() -> Reply:
        assessment = _whole(request, key)
        row = save_outcome_fact(
            by=person_of(request),
            assessment=assessment,
            place=given.region,
            name=given.name,
            period=given.period,
            part=given.part,
            value=given.value,
            version=version,
        )
        asked = next(each for each in scheme_of(assessment.round.scheme).facts if each.name == row.name)
        saved = outcome_fact(row.region.code, row.region.name, asked, row.period, row.part, row)
        return Reply(_fact(saved), headers={"ETag": tag_of(row.version)})

    return once(request, sent_key, write)


def _rule(each: OutcomeResult) -> OutcomeRuleShape:
    return OutcomeRuleShape(
        name=each.name,
        effect=told(each.effect),
        holds=each.holds,
        steps=[told(step) for step in each.steps],
        missing=[told(gap.sentence) for gap in each.missing],
    )


def _fact(each: OutcomeFact) -> OutcomeFactShape:
    return OutcomeFactShape(
        region=each.place,
        region_name=each.place_name,
        name=each.name,
        title=each.title,
        part=each.part,
        part_title=each.part_title,
        period=each.period,
        unit=each.unit,
        kind=each.kind,
        value=each.value,
        version=each.version,
    )
