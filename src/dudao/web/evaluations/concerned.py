"""Whom a thing concerns: the people who hold a role over a region or in a department now."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from dudao.web.evaluations.models import Answer, Assessment, Duty
from dudao.web.people.models import User
from dudao.workflow.machine import Role

_STEP = 4  # characters of one level of a region's path


def _over(assessment: Assessment) -> list[str]:
    path = assessment.region.path
    return [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]


def _people(held: Q) -> QuerySet[User]:
    today = timezone.localdate()
    current = (Q(grants__starts__isnull=True) | Q(grants__starts__lte=today)) & (
        Q(grants__ends__isnull=True) | Q(grants__ends__gte=today)
    )
    return User.objects.filter(held & current, is_active=True).distinct().order_by("name", "pk")


def officers_of(departments: Iterable[int]) -> QuerySet[User]:
    """Return the officers of departments."""
    return _people(Q(grants__role=Role.DEPARTMENT_OFFICER, grants__department__in=list(departments)))


def officers_by_department(departments: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return the officers of many departments at once: the ids of each one's, none for a department without."""
    wanted = list(departments)
    held = officers_of(wanted).order_by().values_list("grants__department", "pk")
    found: dict[int, set[int]] = {key: set() for key in wanted}
    for department, person in held:
        found[department].add(person)
    return {key: frozenset(people) for key, people in found.items()}


def people_with(assessment: Assessment, roles: Iterable[Role]) -> QuerySet[User]:
    """Return the people who hold one of the roles over the region of an assessment, officers left out.

    Of the clerks only those nearest: a city's clerks do not follow the work of a county that has clerks of its own.
    """
    wanted = {role for role in roles if role is not Role.DEPARTMENT_OFFICER}
    over = _over(assessment)
    held = Q(grants__role__in=wanted - {Role.SUPERVISION_CLERK}, grants__region__path__in=over)
    if Role.SUPERVISION_CLERK in wanted:
        clerks = Q(grants__role=Role.SUPERVISION_CLERK, grants__region__path__in=over)
        nearest = max(_people(clerks).values_list("grants__region__path", flat=True), key=len, default="")
        held |= Q(grants__role=Role.SUPERVISION_CLERK, grants__region__path=nearest)
    return _people(held)


def clerks_running(assessment: Assessment) -> QuerySet[User]:
    """Return the clerks of the office that runs the round for a region below it; nobody where it is no such office."""
    runner = assessment.round.region
    if assessment.region_id == runner.pk:
        return User.objects.none()
    return _people(Q(grants__role=Role.SUPERVISION_CLERK, grants__region=runner))


def concerned_by(answer: Answer, roles: Iterable[Role]) -> set[int]:
    """Return who of the roles has to do with an answer: officers only of the departments with a duty for it."""
    wanted = set(roles)
    found = set(people_with(answer.assessment, wanted).values_list("pk", flat=True))
    if Role.DEPARTMENT_OFFICER in wanted:
        duties = Duty.objects.filter(assessment_id=answer.assessment_id, item=answer.item)
        found |= set(officers_of(duties.values_list("department_id", flat=True)).values_list("pk", flat=True))
    return found


def everyone_in(assessment: Assessment) -> set[int]:
    """Return the clerks of an assessment's region and the officers of every department with a duty in it."""
    clerks = people_with(assessment, {Role.SUPERVISION_CLERK})
    duties = Duty.objects.filter(assessment=assessment).values_list("department_id", flat=True)
    officers = officers_of(duties.distinct())
    return {*clerks.values_list("pk", flat=True), *officers.values_list("pk", flat=True)}


def readers(answer: Answer) -> QuerySet[User]:
    """Return the people who may read an answer now, by name: nobody else can be called."""
    here = _over(answer.assessment)
    held = Q(grants__role__in=(Role.SUPERVISION_CLERK, Role.LEADER), grants__region__path__in=here)
    departments = Duty.objects.filter(assessment_id=answer.assessment_id, item=answer.item)
    held |= Q(
        grants__role=Role.DEPARTMENT_OFFICER,
        grants__department__in=departments.values("department"),
        grants__region__path__in=here,
    )
    if answer.assessment.version:
        submitted = (Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER)
        held |= Q(grants__role__in=submitted, grants__region__path__in=here)
    return _people(held)
