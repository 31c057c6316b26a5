"""Whom a thing concerns: the people who hold a role over a region or in a department now."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from dudao.web.evaluations.models import Answer, Assessment, Duty
from dudao.web.people.models import Grant, Region, User
from dudao.workflow.machine import Role

_STEP = 4  # characters of one level of a region's path


def _over(region: Region) -> list[str]:
    """Return the paths of a region and of those above it, the highest first."""
    return [region.path[:end] for end in range(_STEP, len(region.path) + 1, _STEP)]


def _current(grant: str = "") -> Q:
    """Return the condition that a grant, reached by this prefix, has begun and not ended."""
    today = timezone.localdate()
    begun = Q((f"{grant}starts__isnull", True)) | Q((f"{grant}starts__lte", today))
    return begun & (Q((f"{grant}ends__isnull", True)) | Q((f"{grant}ends__gte", today)))


def _people(held: Q) -> QuerySet[User]:
    return User.objects.filter(held & _current("grants__"), is_active=True).distinct().order_by("name", "pk")


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


def people_over(regions: Iterable[Region], roles: Iterable[Role]) -> dict[int, frozenset[int]]:
    """Return who holds one of the roles over each of many regions, officers left out; by the region's id, one query.

    Of the clerks only those nearest: a city's clerks do not follow the work of a county that has clerks of its own.
    """
    over = {region.pk: _over(region) for region in regions}
    wanted = {role for role in roles if role is not Role.DEPARTMENT_OFFICER}
    paths = {path for each in over.values() for path in each}
    held: dict[str, set[int]] = {}
    clerks: dict[str, set[int]] = {}
    grants = Grant.objects.filter(_current(), role__in=wanted, region__path__in=paths, user__is_active=True)
    for role, path, person in grants.values_list("role", "region__path", "user_id"):
        (clerks if role == Role.SUPERVISION_CLERK else held).setdefault(path, set()).add(person)
    found: dict[int, frozenset[int]] = {}
    for key, each in over.items():
        nearest = next((clerks[path] for path in reversed(each) if path in clerks), set[int]())
        found[key] = frozenset(nearest.union(*(held.get(path, ()) for path in each)))
    return found


def people_with(assessment: Assessment, roles: Iterable[Role]) -> frozenset[int]:
    """Return who holds one of the roles over the region of an assessment, as `people_over` tells them."""
    return people_over([assessment.region], roles)[assessment.region_id]


def clerks_running(assessment: Assessment) -> QuerySet[User]:
    """Return the clerks of the office that runs the round for a region below it; nobody where it is no such office."""
    runner = assessment.round.region
    if assessment.region_id == runner.pk:
        return User.objects.none()
    return _people(Q(grants__role=Role.SUPERVISION_CLERK, grants__region=runner))


def concerned_by(answer: Answer, roles: Iterable[Role]) -> set[int]:
    """Return who of the roles has to do with an answer: officers only of the departments with a duty for it."""
    wanted = set(roles)
    found = set(people_with(answer.assessment, wanted))
    if Role.DEPARTMENT_OFFICER in wanted:
        duties = Duty.objects.filter(assessment_id=answer.assessment_id, item=answer.item)
        found |= set(officers_of(duties.values_list("department_id", flat=True)).values_list("pk", flat=True))
    return found


def everyone_in(assessment: Assessment) -> set[int]:
    """Return the clerks of an assessment's region and the officers of every department with a duty in it."""
    clerks = people_with(assessment, {Role.SUPERVISION_CLERK})
    duties = Duty.objects.filter(assessment=assessment).values_list("department_id", flat=True)
    officers = officers_of(duties.distinct())
    return {*clerks, *officers.values_list("pk", flat=True)}


def readers(answer: Answer) -> QuerySet[User]:
    """Return the people who may read an answer now, by name: nobody else can be called."""
    here = _over(answer.assessment.region)
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
