"""The list of a library counts and shows what each piece by itself says."""

import random
from collections import Counter
from datetime import date
from itertools import product

import pytest
from pytest_django import DjangoAssertNumQueries

from dudao.web.evaluations.models import Answer
from dudao.web.evaluations.queries import departments_read, visible_answers
from dudao.web.evidence import actions, queries
from dudao.web.evidence.listing import Line, Listing, Narrowing
from dudao.web.evidence.models import Evidence, Support
from dudao.web.evidence.supports import support
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World
from tests.web.evidence_round import EvidenceRound, open_round, received

pytestmark = pytest.mark.django_db
ITEMS = ("3.10", "2.4", "2.6")


@pytest.fixture
def city(world: World, person: MakePerson) -> EvidenceRound:
    """A round whose library holds pieces of every kind."""
    made = open_round(world, person)
    chosen = random.Random(7)
    answers = {row.item: row for row in Answer.objects.filter(assessment=made.assessment, item__in=ITEMS)}
    for number in range(24):
        officer, department = chosen.choice(((made.officer, world.finance), (made.colleague, world.education)))
        begins = chosen.choice((None, date(2022, 3, 1), date(2021, 12, 1), date(2019, 1, 1)))
        row = received(
            officer,
            department,
            f"材料{number}" + chosen.choice(("", " 13800138000")),
            number=chosen.choice(("", f"云财〔2022〕{number}号")),
            secrecy=chosen.choice(("public", "internal")),
            effective_from=begins,
            effective_to=date(2022, 1, 31) if begins == date(2021, 12, 1) else None,
        )
        if chosen.random() < 0.3:
            actions.revise(by=officer, evidence=row, raw=f"改 {number}".encode(), name="新.txt")
        for item in chosen.sample(ITEMS, chosen.randint(0, 2)):
            for point in chosen.sample(("", item), chosen.randint(1, 2)):
                Support.objects.create(evidence=row, answer=answers[item], point=point)
        if chosen.random() < 0.1:
            Evidence.objects.filter(pk=row.pk).update(removed_at=row.received_at)
    return made


def listing(city: EvidenceRound, user: User, found: list[int] | None = None, *, removed: bool = False) -> Listing:
    holder = subject_of(user)
    return Listing(
        queries.shelf_of(holder, city.assessment, removed=removed),
        found,
        queries.evaluation_period(city.assessment),
        city.assessment.pk,
        departments_read(holder, city.assessment),
    )


def told(line: Line, city: EvidenceRound, user: User) -> dict[str, object]:
    """Return what a piece by itself says, without the code under test."""
    row = line.piece
    readable = visible_answers(subject_of(user), city.assessment)
    newest = row.revisions.order_by("-id").select_related("file")[0].file
    return {
        "standing": queries.standing(row, *queries.evaluation_period(city.assessment)),
        "secrecy": row.secrecy,
        "department": row.department_id,
        "items": {use.answer.item for use in row.supports.filter(answer__in=readable)},
        "unnumbered": row.number == "",
        "personal": newest.id_numbers + newest.phones > 0,
        "versions": row.revisions.count(),
    }


@pytest.mark.parametrize("who", ["clerk", "officer", "colleague"])
def test_every_choice_is_counted_and_leaves_as_many_as_it_says(city: EvidenceRound, who: str) -> None:
    user: User = getattr(city, who)
    whole = listing(city, user)
    lines = whole.narrowed(Narrowing())[0:100]
    said = [told(line, city, user) for line in lines]
    holder = subject_of(user)
    assert {line.piece.pk for line in lines} == set(
        queries.visible_evidence(holder, city.assessment).values_list("pk", flat=True)
    )
    assert [line.piece.pk for line in lines] == [
        row.pk for row in sorted((line.piece for line in lines), key=lambda row: (row.received_at, row.pk))[::-1]
    ]
    for line, each in zip(lines, said, strict=True):
        assert (set(line.items), line.personal, line.versions) == (each["items"], each["personal"], each["versions"])
    assert whole.count() == len(lines) > 5
    assert whole.items() == Counter(item for each in said for item in each["items"])  # type: ignore[attr-defined]
    choices = product(
        (None, "within", "outside", "partly", "unknown"),
        (None, "internal"),
        (None, "1.1"),
        (False, True),
        (False, True),
    )
    for standing, secrecy, item, unnumbered, personal in choices:
        left = whole.narrowed(Narrowing(standing, secrecy, None, item, unnumbered, personal))
        expected = [
            line.piece.pk
            for line, each in zip(lines, said, strict=True)
            if standing in {None, each["standing"]}
            and secrecy in {None, each["secrecy"]}
            and (item is None or item in each["items"])  # type: ignore[operator]
            and (each["unnumbered"] or not unnumbered)
            and (each["personal"] or not personal)
        ]
        assert (left.count(), [line.piece.pk for line in left[0:100]]) == (len(expected), expected)
    by_department = Counter(each["department"] for each in said)
    for department in (city.world.finance.pk, city.world.education.pk):
        assert whole.narrowed(Narrowing(department=department)).count() == by_department[department]


def test_what_a_search_found_and_what_was_removed_are_lists_of_their_own(city: EvidenceRound) -> None:
    some = list(Evidence.objects.filter(removed_at__isnull=True).values_list("pk", flat=True)[:3])
    assert {line.piece.pk for line in listing(city, city.clerk, some).narrowed(Narrowing())[0:50]} == set(some)
    nothing = listing(city, city.clerk, [])
    assert (nothing.count(), nothing.items(), nothing.narrowed(Narrowing())[0:50]) == (0, {}, [])
    gone = listing(city, city.clerk, removed=True)
    assert gone.count() == Evidence.objects.filter(removed_at__isnull=False).count() > 0


def test_a_page_asks_three_questions_and_the_counts_one(
    city: EvidenceRound, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    whole = listing(city, city.clerk)
    with django_assert_num_queries(1):
        assert whole.count() > whole.narrowed(Narrowing(standing="within")).count()
    with django_assert_num_queries(3):
        assert len(whole.narrowed(Narrowing())[0:5]) == 5


def test_a_supervisor_reads_the_public_ones_and_their_own(city: EvidenceRound, person: MakePerson) -> None:
    supervisor = person("duxue", Role.SCHOOL_SUPERVISOR, city.world.city)
    brought = received(supervisor, city.world.finance, "督学材料", secrecy="internal")
    support(by=city.clerk, evidence=brought, answer=city.answer())
    public = Evidence.objects.filter(removed_at__isnull=True, secrecy="public")
    shown = {line.piece.pk for line in listing(city, supervisor).narrowed(Narrowing())[0:50]}
    assert shown == {brought.pk, *public.values_list("pk", flat=True)}
