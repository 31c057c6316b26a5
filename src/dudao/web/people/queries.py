"""Which people and places a subject may see; every list of them starts here."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from dudao.web.people.access import Subject
from dudao.web.people.models import Department, Grant, Region, User
from dudao.web.people.reach import ADMINISTRATORS
from dudao.workflow.machine import Role


def region_code_of(user: User) -> str:
    """Return the code of the region under which events about a person are kept; empty for one without roles."""
    return user.grants.order_by("region__path").values_list("region__code", flat=True).first() or ""


def visible_people(subject: Subject) -> QuerySet[User]:
    """Return the people with a role, present or past, in the places the subject administers."""
    within = Grant.objects.filter(subject.regions("region", ADMINISTRATORS))
    grants = Grant.objects.select_related("region", "department").order_by("region__path", "id")
    return (
        User.objects.filter(pk__in=within.values("user_id"))
        .prefetch_related(Prefetch("grants", queryset=grants))
        .order_by("name", "id")
    )


def search_people(subject: Subject, asked: dict[str, str], region: Region | None) -> QuerySet[User]:
    """Return the visible people that match words, a role, a region with all below it, and whether they are open.

    Only roles within the subject's reach are looked at, so that no filter tells of others.
    """
    people = visible_people(subject)
    if asked.get("words"):
        words = asked["words"]
        people = people.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(phone__icontains=words))
    matching: dict[str, Any] = {}
    if asked.get("role") in set(Role):
        matching["role"] = asked["role"]
    if region is not None:
        matching["region__path__startswith"] = region.path
    if matching:
        within = Grant.objects.filter(subject.regions("region", ADMINISTRATORS), **matching)
        people = people.filter(pk__in=within.values("user_id"))
    if asked.get("state") in {"open", "closed"}:
        people = people.filter(is_active=asked["state"] == "open")
    return people


def administered_regions(subject: Subject) -> QuerySet[Region]:
    """Return the regions whose people and departments the subject administers."""
    within: QuerySet[Region] = Region.objects.filter(subject.regions("", ADMINISTRATORS)).order_by("code")
    return within


def visible_departments(subject: Subject) -> QuerySet[Department]:
    """Return the departments of the regions the subject administers."""
    return Department.objects.filter(subject.regions("region", ADMINISTRATORS)).select_related("region")


def remaining_system_administrators(day: date) -> int:
    """Return how many open accounts hold the system administrator's role on a day with no end set."""
    return (
        Grant.objects.filter(
            Q(starts__isnull=True) | Q(starts__lte=day),
            role=Role.SYSTEM_ADMINISTRATOR,
            ends__isnull=True,
            user__is_active=True,
        )
        .values("user_id")
        .distinct()
        .count()
    )
