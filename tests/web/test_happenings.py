"""What happens in a round is told to those it concerns, within the same transaction, and to nobody else."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dudao.web.evaluations.actions import answers, deadlines, rounds
from dudao.web.evaluations.happenings import KIND_TITLES, Happening, Kind, forget, listen
from dudao.web.evaluations.models import (
    Assessment,
    Comment,
    DeadlineTold,
    DepartmentExtension,
    Duty,
    Round,
    Stage,
)
from dudao.web.evaluations.near_deadlines import tell_deadlines
from dudao.web.people.models import Region
from dudao.workflow.machine import Role
from tests.web.conftest import ITEM, MakePerson, OpenedRound, World

Told = list[Happening]
DUE = date(2022, 8, 18)


@pytest.fixture
def told() -> Iterator[Told]:
    heard: Told = []
    listen(heard.extend)
    yield heard
    forget(heard.extend)


def test_every_kind_has_a_title() -> None:
    assert set(KIND_TITLES) == set(Kind)


def test_a_mention_tells_the_person_called_and_a_remark_the_others(
    opened: OpenedRound, world: World, person: MakePerson, told: Told
) -> None:
    second = person("second", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    remark = answers.comment(by=opened.clerk, answer=opened.answer(), text="@finance 请看", mentions=(opened.officer,))
    mention, remarked = told
    assert (mention.kind, mention.told) == (Kind.MENTIONED, frozenset({opened.officer.pk}))
    assert mention.address == f"/2022/990100/duty/self/{ITEM}/?tab=remarks"
    assert (mention.words, mention.key) == ("@finance 请看", f"comment:{remark.pk}")
    leads = Duty.objects.filter(assessment=opened.assessment, item=ITEM, department=world.finance).exists()
    assert leads
    assert (remarked.kind, remarked.told) == (Kind.REMARKED, frozenset({second.pk}))


def test_returning_tells_the_officers_of_the_item_with_the_reason(
    opened: OpenedRound, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "missing_for_submission", lambda answer: [])
    answers.save_note(by=opened.officer, answer=opened.answer(), note="初稿", version=0)
    answers.move(by=opened.officer, answer=opened.answer(), event="submit")
    answers.move(by=opened.clerk, answer=opened.answer(), event="return", reason="缺少决算表")
    submitted, returned = told
    assert (submitted.kind, submitted.told) == (Kind.SUBMITTED, frozenset({opened.clerk.pk}))
    assert returned.kind is Kind.RETURNED
    assert opened.officer.pk in returned.told
    assert opened.other_officer.pk not in returned.told
    assert returned.words == "缺少决算表"


def test_what_a_listener_cannot_keep_does_not_happen(opened: OpenedRound) -> None:
    def broken(happenings: Sequence[Happening]) -> None:
        raise RuntimeError(happenings[0].sentence)

    listen(broken)
    try:
        with pytest.raises(RuntimeError, match="提出意见"):
            answers.comment(by=opened.clerk, answer=opened.answer(), text="请补充")
    finally:
        forget(broken)
    assert not Comment.objects.exists()


def test_moved_and_extended_deadlines_are_told(opened: OpenedRound, world: World, told: Told) -> None:
    today = date(2022, 7, 5)
    made = rounds.extend_deadline(
        by=opened.clerk,
        assessment=opened.assessment,
        department=world.finance,
        due=date(2022, 8, 25),
        reason="决算尚未批复",
        today=today,
    )
    deadlines.set_stage(
        by=opened.province,
        round=opened.assessment.round,
        kind="departments",
        starts=date(2022, 7, 1),
        due=date(2022, 8, 20),
        reason="统一顺延两天",
        today=today,
    )
    extended, moved = told
    assert (extended.kind, extended.told, extended.key) == (
        Kind.DEADLINE_EXTENDED,
        frozenset({opened.officer.pk}),
        f"extension:{made.pk}",
    )
    assert moved.kind is Kind.DEADLINE_MOVED
    assert {opened.clerk.pk, opened.officer.pk} <= moved.told


@pytest.mark.parametrize(
    ("today", "kind", "words", "clerk"),
    [
        (date(2022, 7, 6), None, "", False),
        (date(2022, 7, 7), Kind.DEADLINE_NEAR, "还有 30 个工作日截止（8 月 18 日）", False),
        (date(2022, 8, 14), Kind.DEADLINE_NEAR, "还有 4 个工作日截止", False),
        (date(2022, 8, 18), Kind.DEADLINE_NEAR, "今天截止", False),
        (date(2022, 8, 19), Kind.OVERDUE, "已逾期 1 个工作日", False),
        (date(2022, 8, 22), Kind.OVERDUE, "已逾期 2 个工作日", False),
        (date(2022, 8, 23), Kind.OVERDUE, "已逾期 3 个工作日", True),
        (date(2022, 9, 1), Kind.OVERDUE, "已逾期 10 个工作日", True),
    ],
)
def test_deadlines_are_told_step_by_step(
    opened: OpenedRound, told: Told, today: date, kind: Kind | None, words: str, clerk: bool
) -> None:
    tell_deadlines(today)
    mine = [each for each in told if opened.officer.pk in each.told]
    assert [each.kind for each in mine] == ([kind] if kind else [])
    for each in mine:
        assert words in each.sentence
        assert (opened.clerk.pk in each.told) is clerk
    assert len({each.key for each in told}) == len(told)


def test_what_was_told_is_told_again_only_to_whoever_is_new(
    opened: OpenedRound, world: World, person: MakePerson, told: Told
) -> None:
    tell_deadlines(DUE)
    first = len(told)
    tell_deadlines(DUE)
    assert len(told) == first > 0
    late = person("late", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    tell_deadlines(DUE)
    (again,) = told[first:]
    assert {late.pk, opened.officer.pk} <= again.told
    assert again.key in {each.key for each in told[:first]}


def test_a_look_with_nothing_new_asks_no_more_for_more_departments(
    opened: OpenedRound, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tell_deadlines(DUE)
    with django_assert_max_num_queries(13):
        tell_deadlines(DUE)


def test_the_marks_of_a_closed_round_go(opened: OpenedRound) -> None:
    tell_deadlines(DUE)
    assert DeadlineTold.objects.exists()
    Round.objects.update(closed_at=timezone.now())
    tell_deadlines(DUE)
    assert not DeadlineTold.objects.exists()


def test_the_day_before_days_off_is_the_day_before(opened: OpenedRound, told: Told) -> None:
    """A deadline on the first day after the national holidays is told on the last day before them."""
    Stage.objects.filter(round=opened.assessment.round).update(due=date(2022, 10, 8))
    tell_deadlines(date(2022, 9, 30))
    assert {each.key.rpartition(":")[2] for each in told} == {"1"}
    assert all("还有 1 个工作日截止（10 月 8 日）" in each.sentence for each in told)


@pytest.mark.parametrize(
    ("due", "today", "words"),
    [
        (date(2022, 8, 20), date(2022, 8, 19), "将于 8 月 20 日截止"),  # a Saturday, seen from the Friday before
        (date(2022, 8, 19), date(2022, 8, 20), "已于 8 月 19 日截止"),  # a Friday, seen from the Saturday after
    ],
)
def test_days_off_around_a_deadline_are_put_in_words(
    opened: OpenedRound, told: Told, due: date, today: date, words: str
) -> None:
    Stage.objects.filter(round=opened.assessment.round).update(due=due)
    tell_deadlines(today)
    assert told
    assert all(words in each.sentence for each in told)


def test_the_office_is_told_of_its_own_deadlines_and_the_leaders_when_they_are_over(
    opened: OpenedRound, world: World, person: MakePerson, told: Told
) -> None:
    leader = person("leader", Role.LEADER, world.city)
    Stage.objects.create(
        round=opened.assessment.round, kind="submission", starts=date(2022, 8, 20), due=date(2022, 8, 31)
    )
    tell_deadlines(date(2022, 8, 30))
    (near,) = [each for each in told if "报送上级" in each.sentence]
    assert (near.kind, near.told) == (Kind.DEADLINE_NEAR, frozenset({opened.clerk.pk}))
    tell_deadlines(date(2022, 9, 5))
    late = [each for each in told if "报送上级" in each.sentence][-1]
    assert (late.kind, late.told) == (Kind.OVERDUE, frozenset({opened.clerk.pk, leader.pk}))
    assert "已逾期 3 个工作日" in late.sentence


def test_offices_of_many_regions_are_looked_up_at_once(
    opened: OpenedRound,
    world: World,
    person: MakePerson,
    told: Told,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    own = person("own", Role.SUPERVISION_CLERK, world.county)
    person("gone", Role.SUPERVISION_CLERK, world.county).grants.update(ends=date(2022, 1, 1))
    leader = person("leader", Role.LEADER, world.city)
    bare = []
    for number in range(20):
        bare.append(Region(code=f"9901{number + 20}", name=f"第{number}县", level="county"))
        Region.objects.add_child(Region.objects.get(pk=world.city.pk), instance=bare[-1])
    row = opened.assessment.round
    made = Assessment.objects.bulk_create(
        Assessment(round=row, region=region, state="open") for region in (world.county, *bare)
    )
    Stage.objects.create(round=row, kind="submission", starts=date(2022, 8, 20), due=date(2022, 8, 31))
    Stage.objects.create(round=row, kind="collection", starts=date(2022, 8, 20), due=date(2022, 8, 31))
    over = date(2022, 9, 5)
    tell_deadlines(over)
    late = {each.assessment.pk: each.told for each in told if "报送上级" in each.sentence}
    assert late[made[0].pk] == {own.pk, leader.pk}, "whoever has clerks is theirs"
    assert {late[each.pk] for each in made[1:]} == {frozenset({opened.clerk.pk, leader.pk})}
    with django_assert_max_num_queries(13):
        tell_deadlines(over)


def test_an_extension_puts_the_telling_off(opened: OpenedRound, world: World, told: Told) -> None:
    DepartmentExtension.objects.create(
        assessment=opened.assessment,
        department=world.finance,
        due=date(2022, 10, 30),
        reason="x",
        granted_by=opened.clerk,
    )
    tell_deadlines(date(2022, 8, 19))
    assert not [each for each in told if opened.officer.pk in each.told]
    assert [each for each in told if each.kind is Kind.OVERDUE]


def test_a_run_that_is_stopped_between_regions_goes_on_later(opened: OpenedRound, told: Told) -> None:
    def stop(done: int, total: int) -> None:
        raise InterruptedError(f"{done}/{total}")

    with pytest.raises(InterruptedError, match="0/1"):
        tell_deadlines(date(2022, 8, 17), stop)
    assert told == []
    tell_deadlines(date(2022, 8, 17))
    assert {each.kind for each in told} == {Kind.DEADLINE_NEAR}


def test_a_region_of_many_departments_asks_few_questions(
    opened: OpenedRound, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(30):
        tell_deadlines(date(2022, 8, 17))
