"""等次: rules on the whole are judged from what is stated for them, by the office, with the regions below."""

from datetime import date
from decimal import Decimal

import pytest

from dudao.web.audit.models import Event
from dudao.web.dashboards.workbench.standing import standing_of
from dudao.web.evaluations.actions import points, submission
from dudao.web.evaluations.actions.outcome import save_outcome_fact
from dudao.web.evaluations.convert import facts_asked
from dudao.web.evaluations.models import Assessment, FactValue, PointScore
from dudao.web.evaluations.outcome import OutcomeFact, outcome_of
from dudao.web.evaluations.refusals import ConflictError, InvalidValueError, NotAllowedError
from dudao.web.evaluations.round_progress import region_rows
from dudao.web.people.access import subject_of
from dudao.web.people.models import User
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World

PAGE = "/2024/990100/duty/outcome/"
COUNTY, CITY = "990101", "990100"


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("clerk", Role.SUPERVISION_CLERK, world.city)


def asked(row: Assessment) -> dict[tuple[str, str, str], OutcomeFact]:
    return {(fact.place, fact.name, fact.period): fact for fact in outcome_of(row).facts}


def say(row: Assessment, by: User, place: str, name: str, period: str, value: str) -> None:
    fact = asked(row)[place, name, period]
    save_outcome_fact(
        by=by, assessment=row, place=place, name=name, period=period, part="", value=value, version=fact.version
    )


def test_what_only_the_rules_on_the_whole_need_is_asked_here(choosing: tuple[Assessment, User]) -> None:
    row, _ = choosing
    wanted = asked(row)
    assert {
        (CITY, "falsification", "2024"),
        (CITY, "major_accidents", "2024"),
        (CITY, "major_accidents", "2023"),
    } <= set(wanted)
    assert (COUNTY, "basic_balance", "2024") in wanted
    assert (CITY, "fitness_rate", "2024") not in wanted  # an item asks for it
    assert (CITY, "fitness_rate", "2022") in wanted
    assert facts_asked(row.round.scheme).members >= {"basic_balance", "teacher_pay"}


def test_a_veto_a_cap_and_a_county_that_fails_change_the_grade(choosing: tuple[Assessment, User], clerk: User) -> None:
    row, _ = choosing
    verdicts = {each.name: each.holds for each in outcome_of(row).scores.outcomes}
    assert set(verdicts.values()) == {None}
    say(row, clerk, CITY, "falsification", "2024", "否")
    say(row, clerk, CITY, "major_accidents", "2024", "1")
    say(row, clerk, COUNTY, "basic_balance", "2024", "否")
    after = outcome_of(row)
    verdicts = {each.name: each.holds for each in after.scores.outcomes}
    assert verdicts["评价中弄虚作假"] is False
    assert verdicts["两年内发生重大校园安全责任事故"] is True
    assert verdicts["有县（市、区）未达到义务教育基本均衡"] is True
    assert after.scores.grade is not None
    assert set(after.scores.grade.possible) <= {"合格", "不合格"}
    say(row, clerk, CITY, "falsification", "2024", "是")
    vetoed = outcome_of(row).scores.grade
    assert vetoed is not None
    assert vetoed.name == "不合格"
    kept = submission.snapshot(row)
    assert kept["grades"] == ["不合格"]
    assert {"region": COUNTY, "name": "basic_balance", "period": "2024", "part": "", "value": "否"} in kept[
        "facts_below"
    ]


def test_a_rule_over_counties_is_scored_from_them(choosing: tuple[Assessment, User], clerk: User) -> None:
    row, _ = choosing
    say(row, clerk, COUNTY, "teacher_pay", "2024", "100000")
    say(row, clerk, COUNTY, "civil_servant_pay", "2024", "90000")
    point = next(each for each in outcome_of(row).scores.points if each.point.id == "2.2.1")
    assert point.award.points == Decimal(4)


def test_the_page_of_the_item_shows_the_figures_of_the_counties(
    choosing: tuple[Assessment, User], clerk: User, signed_in: SignIn
) -> None:
    row, _ = choosing
    address = "/2024/990100/duty/self/2.2/"
    page = signed_in(clerk).get(address)
    before = page.context["members"]
    assert before.open == sum(len(cells) for _, cells in before.rows) > 0
    place, name, period = next(
        (fact.place, fact.name, fact.period) for fact in outcome_of(row).facts if fact.name == "teacher_pay"
    )
    say(row, clerk, place, name, period, "98000")
    page = signed_in(clerk).get(address)
    assert page.context["members"].open == before.open - 1
    assert "下辖地区的数据" in page.content.decode()
    assert signed_in(clerk).get("/2024/990100/duty/self/2.1/").context["members"] is None


def test_only_the_office_of_the_region_states_it_and_conflicts_are_told(
    choosing: tuple[Assessment, User], clerk: User, person: MakePerson, world: World
) -> None:
    row, officer = choosing
    leader = person("leader", Role.LEADER, world.city)
    elsewhere = person("elsewhere", Role.SUPERVISION_CLERK, world.other_city)
    for by in (officer, leader, elsewhere):
        with pytest.raises(NotAllowedError):
            say(row, by, CITY, "falsification", "2024", "否")
    say(row, clerk, CITY, "falsification", "2024", "否")
    fact = {"place": CITY, "name": "falsification", "period": "2024", "part": ""}
    with pytest.raises(ConflictError):
        save_outcome_fact(by=clerk, assessment=row, value="是", version=0, **fact)
    with pytest.raises(InvalidValueError):
        save_outcome_fact(by=clerk, assessment=row, value="也许", version=1, **fact)
    for change in ({"place": "980100"}, {"name": "nothing"}, {"name": "education_spending"}, {"period": "1990"}):
        with pytest.raises(InvalidValueError, match="没有规则"):
            save_outcome_fact(by=clerk, assessment=row, value="否", version=0, **{**fact, **change})
    assert FactValue.objects.get(name="falsification").version == 1
    assert Event.objects.filter(action="evaluations.fact.save").count() == 1


def test_the_page_saves_and_tells_what_follows(
    choosing: tuple[Assessment, User], clerk: User, signed_in: SignIn
) -> None:
    _, officer = choosing
    client = signed_in(clerk)
    page = client.get(PAGE).content.decode()
    assert "评价中弄虚作假" in page
    assert "临河县 义务教育基本均衡达标 2024" in page
    data = {"place": CITY, "name": "falsification", "period": "2024", "part": "", "value": "是", "version": 0}
    saved = client.post(f"{PAGE}facts/", data, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert "一票否决，等次为不合格" in saved.content.decode()
    assert 'value="1" hx-swap-oob="true"' in saved.content.decode()
    assert client.post(f"{PAGE}facts/", data | {"value": "否"}).status_code == 409
    assert client.post(f"{PAGE}facts/", data | {"value": "否", "version": 1}).status_code == 302
    assert signed_in(officer).get(PAGE).status_code == 403
    assert PAGE in client.get("/2024/990100/duty/progress/").content.decode()


def test_what_comes_on_top_is_told_apart_and_is_no_loss(
    choosing: tuple[Assessment, User], clerk: User, signed_in: SignIn
) -> None:
    assessment, _ = choosing
    score = PointScore.objects.get(answer__assessment=assessment, answer__item="5.1")
    points.save_points(by=clerk, score=score, points="1", version=0)
    standing = standing_of(assessment, date(2024, 7, 2))
    (bonus,) = [row for row in standing.items if row.item.id == "5.1"]
    assert bonus.deducted == 0
    page = signed_in(clerk).get("/").content.decode()
    assert "另有加分自评 1/5" in page
    (row,) = region_rows(subject_of(clerk), [assessment])[1]
    assert (row.self_points, row.full_points, row.bonus_points) == (None, Decimal(100), Decimal(1))
