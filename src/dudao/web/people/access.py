"""Who may do what: the one place where access is decided.

A `Subject` is what somebody holds; predicates over it answer for roles and places, scoped querysets leave
out whatever lies outside. Views name their rule with `requires`; a route without one fails the build.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dudao.web.people.models import Grant, User
from dudao.web.prepared import prepared
from dudao.workflow.machine import Role

View = Callable[..., HttpResponse]

CONTENT_ROLES = frozenset(Role) - {Role.SYSTEM_ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Held:
    """One role held now: over the subtree of `path`, within `department_id` where that is given."""

    role: Role
    path: str
    region_code: str
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody and all they hold; nobody signed in holds nothing."""

    user_id: int | None
    held: tuple[Held, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held anywhere."""
        return frozenset(grant.role for grant in self.held)

    def roles_at(self, path: str, department_ids: Iterable[int] | None = None) -> frozenset[Role]:
        """Return the roles held over the region of a path.

        Args:
            path: the tree path of the region.
            department_ids: departments concerned; an officer's role counts only if theirs is among them. None
                leaves the officers' department open.
        """
        concerned = None if department_ids is None else set(department_ids)
        return frozenset(
            grant.role
            for grant in self.held
            if path.startswith(grant.path)
            and (grant.department_id is None or concerned is None or grant.department_id in concerned)
        )

    def departments(self) -> frozenset[int]:
        """Return the departments the subject is an officer of."""
        return frozenset(grant.department_id for grant in self.held if grant.department_id is not None)

    def regions(self, field: str, roles: Iterable[Role] = CONTENT_ROLES) -> Q:
        """Return the condition that a region lies in a subtree where one of the roles is held.

        Args:
            field: name of the relation to the region, e.g. `round__region`; empty for the region itself.
            roles: the roles that count; nobody's condition matches nothing.
        """
        return within(field, self.paths(roles))

    def paths(self, roles: Iterable[Role] = CONTENT_ROLES) -> tuple[str, ...]:
        """Return the paths of the regions over whose subtrees one of the roles is held, each once."""
        wanted = frozenset(roles)
        return tuple(dict.fromkeys(grant.path for grant in self.held if grant.role in wanted))


def within(field: str, paths: Iterable[str]) -> Q:
    """Return the condition that a region lies in a subtree of one of the paths; of none, nothing matches.

    Args:
        field: name of the relation to the region, e.g. `round__region`; empty for the region itself.
    """
    lookup = f"{field}__path__startswith" if field else "path__startswith"
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{lookup: path})
    return condition


NOBODY = Subject(None)


def subject_of(user: Any, today: date | None = None) -> Subject:
    """Return what a person holds today: grants that have begun and not ended, of active accounts only."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    day = today or timezone.localdate()
    held = tuple(Held(Role(role), path, code, department) for role, path, code, department in _held(user.pk, day))
    return Subject(user.pk, held)


@prepared
def _held(user_id: int, day: date) -> "QuerySet[Grant, tuple[str, str, str, int | None]]":
    grants = Grant.objects.filter(
        Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day), user_id=user_id
    )
    return grants.order_by("id").values_list("role", "region__path", "region__code", "department_id")


def subjects_of(people: Iterable[int], today: date | None = None) -> dict[int, Subject]:
    """Return what people hold today, by id, in one question; accounts that are closed or unknown are left out."""
    wanted = set(people)
    if not wanted:
        return {}
    day = today or timezone.localdate()
    grants = (
        Grant.objects.filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))
        .filter(user_id__in=wanted, user__is_active=True)
        .select_related("region")
        .order_by("id")
    )
    held: dict[int, list[Held]] = {}
    for g in grants:
        held.setdefault(g.user_id, []).append(Held(Role(g.role), g.region.path, g.region.code, g.department_id))
    return {key: Subject(key, tuple(each)) for key, each in held.items()}


def subject(request: HttpRequest) -> Subject:
    """Return what the person of a request holds, asked once a request."""
    known: Subject | None = getattr(request, "dudao_subject", None)
    if known is None:
        known = subject_of(request.user)
        request.dudao_subject = known  # type: ignore[attr-defined]  # kept for the length of the request
    return known


Rule = Callable[[Subject], bool]


def anyone(subject: Subject) -> bool:
    """Allow everybody, signed in or not."""
    return True


def signed_in(subject: Subject) -> bool:
    """Allow everybody with an active account."""
    return subject.user_id is not None


def holds(*roles: Role) -> Rule:
    """Return a rule that allows whoever holds one of the roles somewhere."""
    wanted = frozenset(roles)

    def rule(subject: Subject) -> bool:
        return bool(subject.roles & wanted)

    return rule


reads_content = holds(*CONTENT_ROLES)
administers_people = holds(Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR)
reads_audit = holds(Role.SYSTEM_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR, Role.SUPERVISION_CLERK)
publishes_schemes = holds(Role.PROVINCIAL_ADMINISTRATOR)
reads_schemes = holds(*(CONTENT_ROLES - {Role.SCHOOL_SUPERVISOR}))
reads_evidence = holds(*(CONTENT_ROLES - {Role.LEADER}))
reads_balance = holds(*(CONTENT_ROLES - {Role.SCHOOL_SUPERVISOR}))
reads_imports = holds(Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER, Role.REVIEWER, Role.PROVINCIAL_ADMINISTRATOR)
brings_tables = holds(Role.SUPERVISION_CLERK, Role.DEPARTMENT_OFFICER, Role.PROVINCIAL_ADMINISTRATOR)
takes_tables = holds(Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR)
plans_balance = holds(Role.SUPERVISION_CLERK)
reads_checks = holds(*(CONTENT_ROLES - {Role.SCHOOL_SUPERVISOR}))
runs_rounds = holds(Role.SUPERVISION_CLERK, Role.PROVINCIAL_ADMINISTRATOR)


def page_of(request: HttpRequest) -> str:
    """Return the address of the page a person is on: of a partial update or a write, the page around it."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    named = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if named.netloc != request.get_host():
        return "/"
    return named.path + (f"?{named.query}" if named.query else "")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page, and from there back to the page the person was on."""
    way = redirect_to_login(page_of(request))
    if not request.headers.get("HX-Request"):
        return way
    # 401 and not 302: the script on the page must see that nothing was saved, then go there itself.
    response = HttpResponse(status=401)
    response["HX-Redirect"] = way["Location"]
    return response


def requires(rule: Rule) -> Callable[[View], View]:
    """Return a decorator that lets a view answer only those whom the rule allows.

    Whoever is not signed in is asked to sign in; whoever may not is refused with 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            holder = subject(request)
            if not rule(holder):
                if holder.user_id is None:
                    return to_sign_in(request)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access_rule = rule  # type: ignore[attr-defined]  # read by the test that no route lacks one
        return guarded

    return decorate
