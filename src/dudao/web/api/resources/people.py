"""The own account, people, regions."""

from datetime import date
from functools import partial
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Schema

from dudao.web.api.bearer import person_of, token_of
from dudao.web.api.offers import offers, router
from dudao.web.api.paging import Page, Paging, page_of_rows
from dudao.web.api.shapes.common import NamedRegion, Words
from dudao.web.api.shapes.places import HeldRole, OwnAccount, PersonShape, RegionShape
from dudao.web.people.access import administers_people, signed_in, subject
from dudao.web.people.models import ROLE_TITLES, Grant, Region, User
from dudao.web.people.queries import search_people
from dudao.web.people.reach import ADMINISTRATORS
from dudao.web.people.scopes import Scope
from dudao.web.phrase_book import told
from dudao.workflow.machine import Role

_offers = partial(offers, "人员与地区")
_STEP = 4  # characters of one level of a region's path


class RegionQuestion(Schema):
    """Which regions are asked for."""

    level: Annotated[str, Field(pattern="^(nation|province|city|county)?$", description="级别")] = ""
    under: Annotated[str, Field(max_length=12, pattern="^[0-9]*$", description="此代码的地区及其下级")] = ""


class PeopleQuestion(Schema):
    """Which people are asked for."""

    words: Annotated[Words, Field(description="姓名、账号或电话中的文字")] = ""
    active: Annotated[bool | None, Field(description="账号是否启用")] = None


@router.get("/me", response=OwnAccount, operation_id="me", **_offers(Scope.READ, signed_in, "令牌所属的人员和范围"))
def me(request: HttpRequest) -> OwnAccount:
    """Return who the token acts for."""
    user, token = person_of(request), token_of(request)
    held = {(each.role.value, each.region_code, each.department_id) for each in subject(request).held}
    grants = user.grants.select_related("region", "department").order_by("region__path", "id")
    roles = [_role(row) for row in grants if (row.role, row.region.code, row.department_id) in held]
    return OwnAccount(
        username=user.username,
        name=user.name,
        roles=roles,
        token=token.name,
        scopes=token.scopes,
        expires_at=token.expires_at,
    )


@router.get(
    "/regions",
    response=Page[RegionShape],
    operation_id="list_regions",
    **_offers(Scope.READ, signed_in, "地区", "您的角色所及的地区，含其下级。"),
)
def list_regions(request: HttpRequest, asked: Query[RegionQuestion], paging: Query[Paging]) -> dict[str, object]:
    """List the regions within the subject's reach."""
    rows = Region.objects.filter(subject(request).regions("", Role)).order_by("path")
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.under:
        top = get_object_or_404(Region.objects.filter(subject(request).regions("", Role)), code=asked.under)
        rows = rows.filter(path__startswith=top.path)
    codes: dict[str, str] = dict(
        Region.objects.filter(
            path__in={row.path[:-_STEP] for row in rows[paging.offset : paging.offset + paging.limit]}
        ).values_list("path", "code")
    )
    return page_of_rows(
        rows,
        paging,
        lambda row: RegionShape(code=row.code, name=row.name, level=row.level, above=codes.get(row.path[:-_STEP])),
    )


@router.get(
    "/people",
    response=Page[PersonShape],
    operation_id="list_people",
    **_offers(Scope.ADMIN, administers_people, "人员", "您管理范围内的人员及其角色。"),
)
def list_people(request: HttpRequest, asked: Query[PeopleQuestion], paging: Query[Paging]) -> dict[str, object]:
    """List the people whom the subject administers, with their roles within its reach."""
    holder = subject(request)
    state = "" if asked.active is None else "open" if asked.active else "closed"
    within = tuple(held.path for held in holder.held if held.role in ADMINISTRATORS)

    def shape(user: User) -> PersonShape:
        grants = [grant for grant in user.grants.all() if grant.region.path.startswith(within)]
        roles = [_role(grant) for grant in grants]
        return PersonShape(id=user.pk, username=user.username, name=user.name, active=user.is_active, roles=roles)

    return page_of_rows(
        search_people(holder, {"words": asked.words, "state": state, "role": "", "region": ""}, None), paging, shape
    )


def _role(grant: Grant) -> HeldRole:
    until: date | None = grant.ends
    return HeldRole(
        role=grant.role,
        title=told(ROLE_TITLES[Role(grant.role)]),
        region=NamedRegion(code=grant.region.code, name=grant.region.name),
        department=grant.department.name if grant.department else None,
        until=until,
    )
