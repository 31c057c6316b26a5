"""Opening rounds: assessments for the regions concerned, items divided among departments, deadlines."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext

from dudao.scheme.model import Scheme
from dudao.web.audit.actions import record
from dudao.web.evaluations.concerned import everyone_in, officers_of
from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.happenings import Kind, tell
from dudao.web.evaluations.items import Item, items_of
from dudao.web.evaluations.models import (
    Answer,
    Assessment,
    DepartmentExtension,
    Duty,
    FactValue,
    PointScore,
    PublishedScheme,
    Round,
    Stage,
)
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.people.access import subject_of
from dudao.web.people.models import Department, Region, User
from dudao.workflow.machine import Role

_RUNNERS = frozenset({Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR})


def require_runner(by: User, region: Region) -> None:
    """Let only those pass who run rounds for a region.

    Raises:
        NotAllowedError: the person does not.
    """
    if not subject_of(by).roles_at(region.path) & _RUNNERS:
        raise NotAllowedError(
            gettext("您不能为%(region)s下发评价任务。") % {"region": region}, advice=gettext("请联系该地区督导室。")
        )


@transaction.atomic
def open_round(
    *,
    by: User,
    scheme: PublishedScheme,
    region: Region,
    year: int,
    title: str,
    stages: Mapping[str, tuple[date, date]],
    regions: Iterable[Region],
    today: date,
    slug: str = "duty",
) -> Round:
    """Open a round for regions: their assessments, answers, and duties as the scheme names departments.

    Args:
        stages: kind of stage → first and last day.
        regions: whose governments are judged; each within the subtree of `region`.
        today: the day it is opened; no stage may have ended before it.

    Raises:
        NotPossibleError: the scheme is not published, or the round exists already.
        InvalidValueError: no region is given, one lies elsewhere, or a deadline cannot be.
        NotAllowedError: the person may not run rounds there.
    """
    require_runner(by, region)
    chosen = list(regions)
    if scheme.state != "published":
        raise NotPossibleError(gettext("只有已发布的方案可以下发任务。"), advice=gettext("请先发布方案。"))
    if not chosen:
        raise InvalidValueError(gettext("请至少选择一个地区。"))
    outside = [each.name for each in chosen if not each.path.startswith(region.path)]
    if outside:
        raise InvalidValueError(
            gettext("%(list)s不在%(region)s范围内。") % {"list": gettext("、").join(outside), "region": region}
        )
    if Round.objects.filter(region=region, year=year, slug=slug).exists():
        raise NotPossibleError(
            gettext("%(region)s %(year)s 年度已有标识为“%(slug)s”的任务。")
            % {"region": region, "year": year, "slug": slug},
            advice=gettext("如是另一项任务（例如县级评价），请换一个任务标识。"),
        )
    wrong = [
        gettext("%(name)s（%(level)s级）") % {"name": each.name, "level": gettext(each.get_level_display())}
        for each in chosen
        if each.level != scheme.level
    ]
    if wrong:
        raise InvalidValueError(
            gettext("方案评价的是%(level)s政府，不能下发给%(list)s。")
            % {"level": gettext(scheme.get_level_display()), "list": gettext("、").join(wrong)}
        )
    taken = Assessment.objects.filter(region__in=chosen, round__year=year, round__slug=slug).select_related("region")
    if taken:
        names = gettext("、").join(each.region.name for each in taken)
        raise NotPossibleError(
            gettext("%(names)s %(year)s 年度已有同一任务。") % {"names": names, "year": year},
            advice=gettext("请换一个任务标识，或不选这些地区。"),
        )
    for kind, (starts, due) in stages.items():
        check_stage(kind, starts, due, today)
    opened = Round.objects.create(scheme=scheme, region=region, year=year, slug=slug, title=title, opened_by=by)
    Stage.objects.bulk_create(
        Stage(round=opened, kind=kind, starts=starts, due=due) for kind, (starts, due) in stages.items()
    )
    core = scheme_of(scheme)
    made = [_open_assessment(opened, each, core) for each in chosen]
    record(
        by=by,
        action="evaluations.round.open",
        summary=f"下发评价任务：{title}（{len(chosen)} 个地区）",
        object_type="round",
        object_id=opened.pk,
        region=region.code,
        after={"scheme": scheme.content_hash, "regions": [each.code for each in chosen]},
    )
    for assessment in made:
        tell(
            Kind.ROUND_OPENED,
            assessment,
            f"{region}下发了“{title}”",
            key=f"assessment:{assessment.pk}:opened",
            told=partial(everyone_in, assessment),
            by=by,
        )
    return opened


def check_stage(kind: str, starts: date, due: date, today: date) -> None:
    """Let a stage's days pass when they run forward and the last one is still to come.

    Raises:
        InvalidValueError: the deadline lies before the start or in the past.
    """
    name = dict(Stage.KINDS).get(kind)
    if name is None:
        raise InvalidValueError(gettext("没有“%(kind)s”这个环节。") % {"kind": kind})
    if due < starts:
        raise InvalidValueError(
            gettext("“%(name)s”的截止日期 %(due)s 早于开始日期 %(starts)s。")
            % {"name": name, "due": due, "starts": starts}
        )
    if due < today:
        raise InvalidValueError(
            gettext("“%(name)s”的截止日期 %(due)s 已经过去。") % {"name": name, "due": due},
            advice=gettext("请填今天或以后的日期。"),
        )


def _open_assessment(opened: Round, region: Region, scheme: Scheme) -> Assessment:
    assessment = Assessment.objects.create(round=opened, region=region)
    items = items_of(scheme)
    answers = Answer.objects.bulk_create(Answer(assessment=assessment, item=item.id) for item in items)
    PointScore.objects.bulk_create(
        PointScore(answer=answer, point=point.id)
        for answer, item in zip(answers, items, strict=True)
        for point in item.points
    )
    departments = list(region.departments.filter(active=True))
    duties = []
    for item in items:
        lead = named_department(item.lead_department, departments)
        if lead is not None:
            duties.append(Duty(assessment=assessment, item=item.id, department=lead, lead=True))
        for name in item.departments:
            helper = named_department(name, departments)
            if helper is not None and helper != lead:
                duties.append(Duty(assessment=assessment, item=item.id, department=helper))
    Duty.objects.bulk_create(duties, ignore_conflicts=True)
    _declare_facts(assessment, items, scheme, {duty.item: duty.department for duty in duties if duty.lead})
    return assessment


def named_department(name: str, departments: Iterable[Department]) -> Department | None:
    """Return the department of a region that a scheme means: 财政局 is 市财政局; None when there is none.

    The shortest name that ends as the scheme names it wins, so that 教育局 is not 市教育局招生办公室.
    """
    if not name:
        return None
    fitting = [
        each for each in departments if each.name.endswith(name) or (each.short_name and each.short_name == name)
    ]
    return min(fitting, key=lambda each: (len(each.name), each.name), default=None)


def _declare_facts(
    assessment: Assessment, items: tuple[Item, ...], scheme: Scheme, leads: Mapping[str, Department]
) -> None:
    """Make an empty row for every fact the scheme asks for, owned by the lead of the first item that uses it."""
    declared = {fact.name: fact for fact in scheme.facts}
    owners: dict[str, Department | None] = {}
    for item in items:
        for name in item.inputs:
            owners.setdefault(name, leads.get(item.id))
    rows = []
    period = str(assessment.round.year)
    for name, owner in owners.items():
        fact = declared.get(name)
        if fact is None:
            continue
        rows += [
            FactValue(region_id=assessment.region_id, name=name, period=period, part=part, unit=fact.unit, owner=owner)
            for part in ([name for name, _ in fact.parts] or [""])
        ]
    FactValue.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def extend_deadline(
    *, by: User, assessment: Assessment, department: Department, due: date, reason: str, today: date
) -> DepartmentExtension:
    """Give a department more time, with a reason.

    Raises:
        InvalidValueError: the reason is too short or the day has passed.
        NotAllowedError: the person does not run the round there.
    """
    require_runner(by, assessment.region)
    if len(reason.strip()) < 5:
        raise InvalidValueError(gettext("请填写延期理由（至少 5 个字）。"))
    if due < today:
        raise InvalidValueError(
            gettext("延期日期 %(due)s 已经过去。") % {"due": due}, advice=gettext("请填今天或以后的日期。")
        )
    if department.region_id != assessment.region_id:
        raise InvalidValueError(
            gettext("%(department)s不是%(region)s的部门。") % {"department": department, "region": assessment.region}
        )
    extension = DepartmentExtension.objects.create(
        assessment=assessment, department=department, due=due, reason=reason.strip(), granted_by=by
    )
    record(
        by=by,
        action="evaluations.deadline.extend",
        summary=f"{department}的填报延期至 {due}",
        object_type="assessment",
        object_id=assessment.pk,
        region=assessment.region.code,
        department=department.name,
        reason=reason,
        after={"due": due},
    )
    tell(
        Kind.DEADLINE_EXTENDED,
        assessment,
        f"{department}的填报延期至 {due}",
        key=f"extension:{extension.pk}",
        told=lambda: officers_of([department.pk]).values_list("pk", flat=True),
        by=by,
        words=reason.strip(),
    )
    return extension
