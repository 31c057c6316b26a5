"""The demonstration: every stage of a round, two years, people of every role, a whole audit trail; built once."""

import pytest

from dudao.web.audit.queries import verify
from dudao.web.demonstration.accounts import ACCOUNTS
from dudao.web.demonstration.build import build
from dudao.web.evaluations.models import Answer, Assessment, FactValue
from dudao.web.evaluations.scores import forecast
from dudao.web.evidence.models import Evidence
from dudao.workflow.machine import Role
from dudao.workflow.transitions import ANSWER, ASSESSMENT


@pytest.mark.django_db
def test_the_demonstration_shows_every_stage_of_a_round() -> None:
    assert build(say=lambda text: None)
    assert set(Answer.objects.values_list("state", flat=True)) == {state.name for state in ANSWER.states}
    assert set(Assessment.objects.values_list("state", flat=True)) == {state.name for state in ASSESSMENT.states}
    assert {account.role for account in ACCOUNTS} == set(Role)
    assert verify() == []

    # last year's figures stand beside the empty fields of the finance department
    spending = FactValue.objects.filter(region__code="990100", name="spending_per_student")
    assert {row.value for row in spending.filter(period="2024")} == {""}
    assert {row.part: row.value for row in spending.filter(period="2023")} == {
        "kindergarten": "9860",
        "primary": "12480",
        "junior": "17350",
    }
    last = Assessment.objects.select_related("region", "round__scheme").get(region__code="990100", round__year=2023)
    total = forecast(last).total
    assert total.self_points is not None
    assert total.low <= total.self_points

    # the invented data say so, and one piece of evidence is of the wrong year on purpose
    assert all("演示" in each.title for each in Evidence.objects.all())
    assert {each.effective_to.year for each in Evidence.objects.all() if each.effective_to} == {2023, 2024}

    # a database that holds people is left as it is
    before = Answer.objects.count()
    assert not build(say=lambda text: None)
    assert Answer.objects.count() == before
