"""How far an administrator's hand reaches: over which people, which roles, which places."""

from collections.abc import Iterable

from dudao.web.people.access import Held, Subject
from dudao.web.people.models import Grant, Region, User
from dudao.workflow.machine import Role

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR})


def _over(subject: Subject, path: str) -> Iterable[Held]:
    return (held for held in subject.held if held.role in ADMINISTRATORS and path.startswith(held.path))


def may_administer(subject: Subject, region: Region) -> bool:
    """Return whether the subject administers the people and departments of a region."""
    return any(True for _ in _over(subject, region.path))


def may_give(subject: Subject, role: Role, region: Region) -> bool:
    """Return whether the subject may give or end a role there: nobody gives more than the own kind can hold."""
    return any(
        held.role is Role.SYSTEM_ADMINISTRATOR or role is not Role.SYSTEM_ADMINISTRATOR
        for held in _over(subject, region.path)
    )


def may_manage(subject: Subject, user: User, grants: Iterable[Grant]) -> bool:
    """Return whether the subject may change a person's account.

    Every role the person holds must be one that the subject could give, in a place within reach; nobody manages
    the own account here, so that no right is raised by its holder.

    Args:
        subject: who wants to.
        user: whose account.
        grants: all grants of the person, ended ones too, with their regions.
    """
    if user.pk == subject.user_id:
        return False
    all_grants = list(grants)
    return bool(all_grants) and all(may_give(subject, Role(grant.role), grant.region) for grant in all_grants)


def roles_to_give(subject: Subject) -> tuple[Role, ...]:
    """Return the roles that the subject could give somewhere, in their usual order."""
    system = Role.SYSTEM_ADMINISTRATOR in subject.roles
    return tuple(role for role in Role if system or role is not Role.SYSTEM_ADMINISTRATOR)
