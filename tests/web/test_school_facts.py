"""What the tables compute stands beside the figures of an item, and is written only when somebody takes it over."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from dudao.packs.find import find_pack
from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import answers, rounds, schemes
from dudao.web.evaluations.convert import files_of_pack, scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment, FactValue
from dudao.web.evaluations.refusals import ConflictError
from dudao.web.people.models import Region, User
from dudao.web.refusals import NotAllowedError
from dudao.web.schools.actions import imports, snapshots, take_over
from dudao.web.schools.computed import ComputedLine, computed_lines
from dudao.web.schools.models import ComputedFact, Snapshot, TakenFact
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World
from tests.web.school_files import Row, school, workbook


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("city-clerk", Role.SUPERVISION_CLERK, world.city)


@pytest.fixture
def answer(world: World, person: MakePerson, clerk: User) -> Answer:
    """The item of a city's self-evaluation that asks for means over all schools."""
    head = person("head", Role.PROVINCIAL_ADMINISTRATOR, world.province)
    kept = schemes.keep_draft(by=head, region=world.province, files=files_of_pack(find_pack("shifan-city-2024")))
    schemes.publish(by=head, row=kept)
    kept.refresh_from_db()
    made = rounds.open_round(
        by=head,
        scheme=kept,
        region=world.province,
        year=2024,
        title="2024 年度市级自评",
        stages={"departments": (date(2024, 7, 1), date(2024, 8, 18))},
        regions=[world.city],
        today=date(2024, 7, 1),
    )
    assessment = Assessment.objects.select_related("region", "round__scheme").get(round=made)
    names = FactValue.objects.filter(region=world.city, name="teaching_area", period="2024")
    assert names.exists()
    rows = Answer.objects.select_related("assessment__region", "assessment__round__scheme")
    return next(row for row in rows.filter(assessment=assessment) if _asks(row, "teaching_area"))


def _asks(answer: Answer, name: str) -> bool:
    items = items_of(scheme_of(answer.assessment.round.scheme))
    return any(item.id == answer.item and name in item.inputs for item in items)


def take(clerk: User, world: World, rows: list[Row]) -> Snapshot:
    region = Region.objects.get(pk=world.city.pk)
    row = imports.receive(by=clerk, region=region, year=2024, kind="schools", raw=workbook(rows), name="学校.xlsx")
    return snapshots.take(by=clerk, row=imports.read(by=clerk, row=row))


def line_of(answer: Answer, name: str) -> ComputedLine:
    return next(line for line in computed_lines(answer) if line.row.name == name)


def test_computed_figures_stand_beside_empty_ones_with_formula_and_snapshot(
    world: World, clerk: User, answer: Answer
) -> None:
    made = take(clerk, world, [school(1), school(2)])
    line = line_of(answer, "teaching_area")
    assert (line.standing, line.value, line.unit) == ("empty", "6", "平方米")
    assert "总量之和 ÷ 学生总数" in line.method
    assert line.snapshots == (made,)
    assert line.source.endswith("依据待核原文。")  # in words, as the standard says it
    assert FactValue.objects.get(pk=line.row.pk).value == ""  # nothing is written by itself


def test_taking_over_writes_value_and_trace(world: World, clerk: User, answer: Answer) -> None:
    made = take(clerk, world, [school(1), school(2)])
    line = line_of(answer, "teaching_area")
    saved = take_over.take_over(by=clerk, answer=answer, fact=line.row, version=line.row.version)
    assert saved.value == "6"
    assert saved.source.startswith(f"由学校数据计算（快照 {made.pk}）：小学、初中合并")
    event = Event.objects.get(action="schools.fact.take_over")
    assert event.after["snapshots"] == {str(made.pk): made.frame}
    assert line_of(answer, "teaching_area").standing == "same"


def test_a_newer_snapshot_tells_its_difference_and_overwrites_nothing(
    world: World, clerk: User, answer: Answer
) -> None:
    take(clerk, world, [school(1), school(2)])
    line = line_of(answer, "teaching_area")
    take_over.take_over(by=clerk, answer=answer, fact=line.row, version=line.row.version)
    take(clerk, world, [school(1), school(2, changed={"教学及辅助用房面积（平方米）": 9000})])
    newer = line_of(answer, "teaching_area")
    assert newer.standing == "newer"
    assert newer.taken is not None
    assert (newer.taken.value, newer.row.value) == ("6", "6")
    assert newer.value == "10.9091"  # (3,000 + 9,000) ÷ 1,100


def test_a_figure_typed_otherwise_is_told_and_one_rounded_is_not(world: World, clerk: User, answer: Answer) -> None:
    take(clerk, world, [school(1), school(2, changed={"教学及辅助用房面积（平方米）": 9000})])
    line = line_of(answer, "teaching_area")
    row = answers.save_fact(by=clerk, answer=answer, fact=line.row, value="10.9", unit="平方米", version=0)
    assert line_of(answer, "teaching_area").standing == "same"  # 10.909… rounds to 10.9
    answers.save_fact(by=clerk, answer=answer, fact=row, value="11.2", unit="平方米", version=row.version)
    assert line_of(answer, "teaching_area").standing == "differs"


def test_a_region_above_counties_gets_nothing_while_one_county_lacks_its_table(
    world: World, clerk: User, answer: Answer
) -> None:
    second = Region(code="990102", name="河东区", level="county")
    Region.objects.add_child(Region.objects.get(pk=world.city.pk), instance=second)
    heading = Region(code="990199", name="市辖区", level="county")  # of the table of codes; no county to wait for
    Region.objects.add_child(Region.objects.get(pk=world.city.pk), instance=heading)
    take(clerk, world, [school(1), school(2)])
    assert computed_lines(answer) == []
    assert ComputedFact.objects.filter(region=world.county).exists()
    take(clerk, world, [school(1), school(2), school(3, "河东区")])
    assert line_of(answer, "teaching_area").value == "6"


def test_yes_and_no_are_written_as_they_are_typed_whatever_the_language(clerk: User, answer: Answer) -> None:
    """`answer` opens the round; the item that asks the question is another one of it."""
    asking = next(row for row in answer.assessment.answers.all() if _asks(row, "running_cost_on_time"))
    city = answer.assessment.region
    ComputedFact.objects.create(
        region=city, name="running_cost_on_time", period="2024", kind="boolean", value="True", method="各季度按时"
    )
    with translation.override("en"):
        line = line_of(asking, "running_cost_on_time")
        assert (line.standing, line.value) == ("empty", "是")
        saved = take_over.take_over(by=clerk, answer=asking, fact=line.row, version=line.row.version)
        assert saved.value == "是"
        assert line_of(asking, "running_cost_on_time").standing == "same"


def test_nobody_takes_over_what_they_may_not_type_or_what_changed_meanwhile(
    world: World, clerk: User, answer: Answer, person: MakePerson
) -> None:
    take(clerk, world, [school(1)])
    line = line_of(answer, "teaching_area")
    leader = person("leader", Role.LEADER, world.city)
    with pytest.raises(NotAllowedError):
        take_over.take_over(by=leader, answer=answer, fact=line.row, version=line.row.version)
    answers.save_fact(by=clerk, answer=answer, fact=line.row, value="5", unit="平方米", version=0)
    with pytest.raises(ConflictError):
        take_over.take_over(by=clerk, answer=answer, fact=line.row, version=0)
    assert TakenFact.objects.count() == 0


def test_the_page_of_the_item_shows_it_and_takes_it_over(
    world: World, clerk: User, answer: Answer, signed_in: SignIn
) -> None:
    made = take(clerk, world, [school(1), school(2)])
    client: Client = signed_in(clerk)
    address = f"/2024/990100/duty/self/{answer.item}/"
    page = client.get(address).content.decode()
    assert "由学校数据计算" in page
    assert f"快照 {made.pk}（{made.short_hash}）" in page
    row = FactValue.objects.get(region=world.city, name="teaching_area", period="2024")
    said = client.post(f"{address}computed/{row.pk}/", {"version": row.version}, follow=True).content.decode()
    assert "已取用学校数据：6" in said
    row.refresh_from_db()
    assert row.value == "6"
