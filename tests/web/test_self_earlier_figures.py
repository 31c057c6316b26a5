"""Figures of other years from the office's own records: kept once, never this year's, never over what is there."""

import pytest

from dudao.web.audit.models import Event
from dudao.web.evaluations.actions.earlier_figures import EarlierFigure, bring_in
from dudao.web.evaluations.models import FactValue
from dudao.web.evaluations.refusals import InvalidValueError, NotAllowedError
from tests.web.conftest import OpenedRound, World

GROWTH = "education_spending_growth"


def figure(
    value: str = "6.5", period: str = "2021", name: str = GROWTH, unit: str = "%", part: str = ""
) -> EarlierFigure:
    return EarlierFigure(name, period, value, unit, "2021 年决算", part)


def test_figures_of_earlier_years_are_kept_with_their_source(opened: OpenedRound, world: World) -> None:
    wanted = [figure(), figure("5.1", "2020"), figure("是", name="spending_per_student_kept", unit="", part="primary")]
    assert bring_in(by=opened.clerk, assessment=opened.assessment, figures=wanted) == 3
    row = FactValue.objects.get(region=world.city, name=GROWTH, period="2021")
    assert (row.value, row.unit, row.source, row.version, row.changed_by) == (
        "6.5",
        "%",
        "2021 年决算",
        1,
        opened.clerk,
    )
    event = Event.objects.get(action="evaluations.fact.bring_in")
    assert len(event.after["figures"]) == 3
    assert event.region == world.city.code


def test_what_is_there_stays_and_an_empty_row_is_filled(opened: OpenedRound, world: World) -> None:
    FactValue.objects.create(region=world.city, name=GROWTH, period="2021", value="7", unit="%")
    FactValue.objects.create(region=world.city, name=GROWTH, period="2020", value="", unit="%")
    assert bring_in(by=opened.clerk, assessment=opened.assessment, figures=[figure(), figure("5.1", "2020")]) == 1
    values = FactValue.objects.filter(region=world.city, name=GROWTH, period__in=("2020", "2021")).order_by("period")
    assert [row.value for row in values] == ["5.1", "7"]
    assert bring_in(by=opened.clerk, assessment=opened.assessment, figures=[figure()]) == 0
    assert Event.objects.filter(action="evaluations.fact.bring_in").count() == 1


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (figure(period="2022"), "不是 2022 年以前"),
        (figure(period="2023"), "不是 2022 年以前"),
        (figure(period="去年"), "不是 2022 年以前"),
        (figure(name="nothing"), "没有数据项"),
        (figure(part="primary"), "没有分项"),
        (figure("是", name="spending_per_student_kept", unit="", part="nowhere"), "没有分项"),
        (figure("很多"), "不是数字"),
        (figure(unit="公里"), "不能换算"),
        (figure("也许", name="spending_per_student_kept", unit="", part="primary"), "不是“是”或“否”"),
    ],
)
def test_one_figure_that_cannot_be_keeps_all_out(opened: OpenedRound, wrong: EarlierFigure, word: str) -> None:
    before = FactValue.objects.count()
    with pytest.raises(InvalidValueError, match=word):
        bring_in(by=opened.clerk, assessment=opened.assessment, figures=[figure("1", "2019"), wrong])
    assert FactValue.objects.count() == before
    assert not Event.objects.filter(action="evaluations.fact.bring_in").exists()


def test_only_the_office_of_the_region_brings_them_in(opened: OpenedRound) -> None:
    for by in (opened.officer, opened.other_officer, opened.province):
        with pytest.raises(NotAllowedError):
            bring_in(by=by, assessment=opened.assessment, figures=[figure()])
