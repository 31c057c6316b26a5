"""What a workflow is: states, and transitions that name who may cause them, what they need and whom they tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of people, as granted per region subtree and department."""

    PROVINCIAL_ADMINISTRATOR = "provincial_administrator"
    SUPERVISION_CLERK = "supervision_clerk"
    DEPARTMENT_OFFICER = "department_officer"
    LEADER = "leader"
    REVIEWER = "reviewer"
    SCHOOL_SUPERVISOR = "school_supervisor"
    SYSTEM_ADMINISTRATOR = "system_administrator"


class Need(StrEnum):
    """What must be given or true before a transition."""

    REASON = "reason"
    COMPLETE = "complete"
    ALL_ACCEPTED = "all_accepted"
    PASSWORD = "password"


@dataclass(frozen=True, slots=True)
class Transition:
    """An event that leads from one state to another.

    `roles` may cause it; so may `runners`, but only of the office that runs the round for a region below it.
    `needs` must be met; `tells` are the roles that get a notice.
    """

    event: str
    title: str
    source: str
    target: str
    roles: frozenset[Role]
    needs: frozenset[Need] = frozenset()
    tells: frozenset[Role] = frozenset()
    runners: frozenset[Role] = frozenset()

    def open_to(self, roles: Iterable[Role], running: Iterable[Role] = ()) -> bool:
        """Return whether roles at the region, or roles where a round is run from above it, may cause it."""
        return bool(self.roles & frozenset(roles) or self.runners & frozenset(running))


@dataclass(frozen=True, slots=True)
class State:
    """A state with its Chinese word; `editors` may change the content while it lasts."""

    name: str
    title: str
    editors: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Machine:
    """A workflow: its states, where it starts, and every transition there is.

    Raises:
        ValueError: a transition names an unknown state, a state cannot be reached from the start, or two
            transitions of one event leave the same state.
    """

    name: str
    start: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        names = [state.name for state in self.states]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a state is listed twice")
        known = set(names)
        for transition in self.transitions:
            unknown = {transition.source, transition.target} - known
            if unknown:
                raise ValueError(f"{self.name}: {transition.event} names unknown states {sorted(unknown)}")
        if self.start not in known:
            raise ValueError(f"{self.name}: unknown start {self.start}")
        unreachable = known - self._reachable()
        if unreachable:
            raise ValueError(f"{self.name}: no path leads to {sorted(unreachable)}")
        leaving = [(transition.event, transition.source) for transition in self.transitions]
        if len(set(leaving)) != len(leaving):
            raise ValueError(f"{self.name}: an event leaves one state twice")

    def _reachable(self) -> set[str]:
        reached = {self.start}
        while True:
            more = {t.target for t in self.transitions if t.source in reached} - reached
            if not more:
                return reached
            reached |= more

    def state(self, name: str) -> State:
        """Return the state of that name.

        Raises:
            KeyError: there is no such state.
        """
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(name)

    def find(self, event: str, source: str) -> Transition | None:
        """Return the transition of an event out of a state, None when the event is not possible there."""
        for transition in self.transitions:
            if transition.event == event and transition.source == source:
                return transition
        return None

    def available(self, source: str, roles: Iterable[Role], running: Iterable[Role] = ()) -> tuple[Transition, ...]:
        """Return the transitions that someone with these roles may cause in a state, in the listed order.

        Args:
            source: the state.
            roles: roles held over the region.
            running: roles held where the round is run, if that is above the region.
        """
        held, above = frozenset(roles), frozenset(running)
        return tuple(t for t in self.transitions if t.source == source and t.open_to(held, above))

    def may_edit(self, state: str, roles: Iterable[Role]) -> bool:
        """Return whether someone with these roles may change the content in a state."""
        return bool(self.state(state).editors & frozenset(roles))
