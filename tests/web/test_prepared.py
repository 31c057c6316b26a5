"""Queries made once ask what Django would ask, each time anew."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from dudao.web.audit import actions as trail
from dudao.web.evaluations import item_page, queries, scores
from dudao.web.evaluations.actions import answer_rows
from dudao.web.evidence import listing
from dudao.web.evidence import queries as evidence
from dudao.web.notices import queries as notices
from dudao.web.people import access, accounts, middleware, sessions
from dudao.web.people.access import subject_of, within
from dudao.web.people.models import Department, Grant, Region, User
from dudao.web.prepared import prepared, prepared_value
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World

pytestmark = pytest.mark.django_db


@prepared
def _inside(paths: Sequence[str], *, newest: bool) -> QuerySet[Region]:
    rows: QuerySet[Region] = Region.objects.filter(within("", paths))
    return rows.order_by("-code" if newest else "code")


@prepared
def _named(region_id: int, names: Sequence[str], short: str | None) -> "QuerySet[Department, tuple[str, str]]":
    rows = Department.objects.filter(region_id=region_id, name__in=names)
    rows = rows if short is None else rows.filter(short_name=short)
    return rows.order_by("name").values_list("name", "region__name")


@prepared_value
def _how_many(region_id: int, active: bool) -> int:
    return Department.objects.filter(region_id=region_id, active=active).count()


@prepared
def _holding(name: str) -> QuerySet[Department]:
    return Department.objects.filter(name__contains=name).select_related("region").order_by("region_id")


@prepared
def _looked_at(path: str) -> QuerySet[Region]:
    rows: QuerySet[Region] = Region.objects.filter(depth=len(path) // 4)
    return rows


@prepared
def _until(moment: date) -> QuerySet[Grant]:
    return Grant.objects.filter(starts__year__lte=moment.year)


def test_every_shape_gives_what_the_queryset_gives(world: World) -> None:
    city, county, other = world.city.path, world.county.path, world.other_city.path
    for paths in ((), (city,), (county,), (city, other), (city, other, county), ("zz",)):
        for newest in (False, True):
            expected = Region.objects.filter(within("", paths)).order_by("-code" if newest else "code")
            assert _inside(paths, newest=newest) == list(expected)
            assert _inside.explains(paths, newest=newest) is not None


def test_absent_values_and_longer_lists_ask_another_question(world: World) -> None:
    names = ["市财政局", "市教育局"]
    assert _named(world.city.pk, names, None) == [("市教育局", world.city.name), ("市财政局", world.city.name)]
    assert _named(world.city.pk, names[:1], None) == [("市财政局", world.city.name)]
    assert _named(world.city.pk, names, "财政") == []
    assert _named(world.city.pk, [], None) == []
    assert _named(world.city.pk, [*names, *(f"第{number}局" for number in range(200))], None) == _named(
        world.city.pk, names, None
    )


def test_what_was_written_is_seen_by_the_next_call(world: World) -> None:
    before = _how_many(world.city.pk, True)
    Department.objects.create(region=world.city, name="市水务局")
    assert _how_many(world.city.pk, True) == before + 1
    assert _how_many(world.city.pk, False) == 0
    assert _named(world.city.pk, ["市水务局"], None) == [("市水务局", world.city.name)]


def test_columns_become_values_with_every_call(world: World, person: MakePerson) -> None:
    @prepared
    def _times(usernames: Sequence[str]) -> "QuerySet[User, tuple[bool, datetime, dict[str, str]]]":
        rows = User.objects.filter(username__in=usernames).order_by("username")
        return rows.values_list("is_active", "date_joined", "preferences")

    people = [person(name, Role.LEADER, world.city) for name in ("a", "b")]
    User.objects.filter(username="b").update(preferences={"theme": "dark"})
    for _ in range(2):
        assert _times(["a"]) == [(True, people[0].date_joined, {})]
        assert _times(["b"]) == [(True, people[1].date_joined, {"theme": "dark"})]
    assert _times.explains(["a"])


def test_signs_of_patterns_stand_for_themselves(world: World) -> None:
    odd = Department.objects.create(region=world.city, name="100%_\\局")
    Department.objects.create(region=world.city, name="1000局")
    assert _holding("0%_\\") == [odd]
    assert _holding("%") == [odd]
    with_region = _holding("%")[0]
    assert with_region.region.name == world.city.name
    assert _holding.explains("%")


def test_one_query_for_each_call(world: World, django_assert_num_queries: object) -> None:
    _inside((world.city.path,), newest=False)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert _inside((world.city.path,), newest=False)


def test_a_query_that_looks_at_its_values_is_left_to_django(world: World) -> None:
    assert _looked_at.explains(world.city.path) is None
    assert list(_looked_at(world.city.path)) == list(Region.objects.filter(depth=2))
    assert _until.explains(date(2024, 1, 1)) is None
    assert list(_until(date(2024, 1, 1))) == []


def test_a_query_that_asks_the_clock_itself_is_left_to_django(db: None) -> None:
    @prepared
    def _late(key: str) -> QuerySet[Session]:
        return Session.objects.filter(session_key=key, expire_date__gt=timezone.now())

    assert _late.explains("x") is None


def test_a_query_that_holds_on_to_an_object_is_left_to_django(world: World) -> None:
    @prepared
    def _of_city(name: str) -> QuerySet[Department]:
        rows: QuerySet[Department] = world.city.departments.filter(name=name)
        return rows

    assert _of_city.explains("市财政局") is None
    assert [row.region for row in _of_city("市财政局")] == [world.city]


def test_a_person_whose_role_ends_loses_it_at_once(world: World, person: MakePerson) -> None:
    user = person("clerk", Role.SUPERVISION_CLERK, world.city)
    assert subject_of(user).roles == {Role.SUPERVISION_CLERK}
    Grant.objects.filter(user=user).update(ends=date(2020, 1, 1))
    assert subject_of(user).roles == frozenset()
    assert subject_of(user, date(2019, 1, 1)).roles == {Role.SUPERVISION_CLERK}


def test_rows_are_held_only_in_a_transaction(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answer_rows._held(1) == []
    if connection.vendor == "postgresql":  # SQLite holds no rows
        monkeypatch.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(transaction.TransactionManagementError):
            answer_rows._held(1)


def test_the_queries_of_every_page_are_made_once(db: None) -> None:
    """On PostgreSQL; SQLite keeps dates as texts, so those that name one are left to Django there."""
    assert accounts._of_key.explains(1)
    assert middleware._seen.explains("key")
    own, above = ("0001",), ("00010001", "00010002", "00010003")
    assert queries._addressed.explains(own, above, 2026, "990100", "duty")
    assert queries._keyed.explains(own, (), 1)
    assert queries._listed.explains(own, above, columns=("pk",), most=60)
    for departments in (None, [1], [1, 2, 3]):
        assert queries._stands.explains(1, departments)
        assert queries._row.explains(1, departments, "1.1")
    assert notices._unread.explains(1, own, above, [1])
    assert scores._facts_digest.explains(1)
    assert scores._scores_digest.explains(1)
    assert scores._owned.explains(1, ["a", "b", "c"])
    assert scores._stated_facts.explains(1)
    assert scores._stated_points.explains(1)
    assert answer_rows._held.explains(1)
    assert trail._head.explains()
    for each in (item_page._points, item_page._scores, item_page._stage_end, item_page._open_remarks):
        assert each.explains(1)
    assert item_page._of_year.explains(1, "duty", 2025, "1.1")
    assert listing._files.explains([1, 2])
    assert listing._uses.explains([1, 2], 1, None)
    assert evidence._active_departments.explains(1, None)
    if connection.vendor == "postgresql":
        assert sessions._alive.explains("key", timezone.now())
        assert access._held.explains(1, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("shelf", "shape"),
    [
        ((1, (), None, ()), {"whole": True, "public": False, "removed": False}),
        ((1, (3,), None, ()), {"whole": False, "public": True, "removed": True}),
        ((1, (), 7, (5, 6)), {"whole": False, "public": True, "removed": False}),
    ],
)
@pytest.mark.parametrize("found", [None, [1], [1, 2, 3]])
def test_the_list_of_a_library_is_asked_for_with_queries_made_once(
    db: None, shelf: tuple[Any, ...], shape: dict[str, bool], found: list[int] | None
) -> None:
    asked, rest = (*shelf, found), {"unnumbered": True, "personal": True, **shape}
    assert listing._used.explains(*asked, 1, [2], **shape)
    assert listing._number.explains(None, None, *asked, None, "public", 3, "1.1", 1, None, **rest)
    if connection.vendor == "postgresql":  # SQLite keeps dates as texts
        period = date(2026, 1, 1), date(2026, 12, 31)
        assert listing._cells.explains(*asked, *period, **shape)
        assert listing._number.explains(*period, *asked, "within", None, None, "1.1", 1, [2], **rest)
        assert listing._pieces.explains(
            *period, *asked, "within", None, None, None, None, None, **rest, begin=0, end=50
        )


def test_an_aggregate_of_groups_is_a_query_like_any_other(world: World) -> None:
    @prepared
    def _counted(above: int) -> "QuerySet[Any, tuple[int]]":
        return Department.objects.values("region_id").annotate(n=Count("pk")).filter(n__gt=above).values_list("n")

    assert _counted.explains(0)
    assert sorted(_counted(1)) == [(2,)]
    assert _counted(5) == []
