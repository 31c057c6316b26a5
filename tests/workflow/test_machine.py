import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.workflow.machine import Machine, Role, State, Transition
from dudao.workflow.transitions import ANSWER, ASSESSMENT, MACHINES

CLERK = frozenset({Role.SUPERVISION_CLERK})


def test_a_transition_to_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown states"):
        Machine("m", "a", (State("a", "甲"),), (Transition("go", "去", "a", "b", CLERK),))


def test_a_state_that_no_path_reaches_is_refused() -> None:
    with pytest.raises(ValueError, match="no path"):
        Machine("m", "a", (State("a", "甲"), State("b", "乙")), ())


def test_an_event_with_two_outcomes_is_refused() -> None:
    states = (State("a", "甲"), State("b", "乙"), State("c", "丙"))
    with pytest.raises(ValueError, match="twice"):
        Machine("m", "a", states, (Transition("go", "去", "a", "b", CLERK), Transition("go", "去", "a", "c", CLERK)))


@given(st.lists(st.sampled_from(["start", "submit", "withdraw", "return", "accept", "lock", "unlock"]), max_size=30))
def test_no_path_of_events_leads_to_an_unknown_state(events: list[str]) -> None:
    state = ANSWER.start
    for event in events:
        transition = ANSWER.find(event, state)
        if transition is not None:
            state = transition.target
        assert ANSWER.state(state).name == state


def test_only_the_province_opens_what_is_locked() -> None:
    assert not ANSWER.available("locked", set(Role) - {Role.PROVINCIAL_ADMINISTRATOR})
    assert not any(ANSWER.may_edit("locked", {role}) for role in Role)
    assert not any(ASSESSMENT.may_edit("submitted", {role}) for role in Role)


def test_a_return_always_needs_a_reason() -> None:
    for machine in MACHINES:
        for transition in machine.transitions:
            if transition.event in {"return", "send_back", "withdraw", "unlock"}:
                assert "reason" in {need.value for need in transition.needs}


def test_a_leader_reads_and_changes_nothing() -> None:
    for machine in MACHINES:
        for state in machine.states:
            assert machine.available(state.name, {Role.LEADER}) == ()
            assert not machine.may_edit(state.name, {Role.LEADER})
