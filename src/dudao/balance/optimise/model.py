"""What is asked of the optimiser and what it answers: a county, the freedom allowed, a plan with its proof."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Goal(StrEnum):
    """What is made as small as possible; several goals are served one after the other."""

    ADDED = "added"
    MOVED = "moved"
    YUAN = "yuan"


GOAL_WORDS = MappingProxyType({Goal.ADDED: "新增教师（人）", Goal.MOVED: "调配教师（人）", Goal.YUAN: "投入（元）"})


@dataclass(frozen=True, slots=True)
class Target:
    """One resource indicator at one level: amount ÷ pupils × `per` against a threshold and a coefficient limit.

    `resource` names the column the amount is reported in. `people` are moved and added in whole persons, section
    by section; everything else is bought for the school and `whole` says whether in whole pieces. A target that
    is not `open` is taken as it stands: its amounts do not change, its misses still count, its coefficient is
    left to be what it is. One that is good when it is small (`at_most`) is never open.
    """

    indicator: str
    name: str
    unit: str
    resource: str
    resource_name: str
    per: float
    threshold: float | None
    limit: float | None
    people: bool
    whole: bool
    open: bool = True
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a school that belongs to one level, with its amounts and its share of what the school buys.

    `amounts` and `shares` run parallel to the targets of the level; an amount is in the unit of its column.
    `school_name` is the name of the whole school, `name` when empty.
    """

    school: str
    name: str
    pupils: float
    amounts: tuple[float, ...]
    shares: tuple[float, ...]
    school_name: str = ""

    def __post_init__(self) -> None:
        if self.pupils <= 0:
            raise ValueError(f"{self.name} has no pupils and cannot be judged")
        if len(self.amounts) != len(self.shares):
            raise ValueError(f"{self.name} has {len(self.amounts)} amounts but {len(self.shares)} shares")


@dataclass(frozen=True, slots=True)
class Level:
    """The sections of one level and what is asked of them.

    Each section meets at least `least_met` targets and reaches `floor` × threshold in the others;
    `least_met` None asks nothing of the single school. `composite_limit` bounds the mean of the coefficients.
    """

    id: str
    name: str
    targets: tuple[Target, ...]
    sections: tuple[Section, ...]
    least_met: int | None
    floor: float
    composite_limit: float | None = None


@dataclass(frozen=True, slots=True)
class County:
    """One county as the optimiser sees it: levels with judged sections only."""

    region: str
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class StaffKind:
    """A kind of teacher that moves as one person: all with the same attributes (columns such as 骨干教师)."""

    id: str
    name: str
    attributes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that may be added to, taken from or sent to one school in one resource; None is without limit."""

    most_added: float | None = None
    most_out: int | None = None
    most_in: int | None = None


@dataclass(frozen=True, slots=True)
class Freedom:
    """What the plan may do.

    Attributes:
        moves: teachers may move between the sections of the same level of the county.
        hiring: teachers may be added from outside.
        building: rooms, grounds and equipment may be added.
        order: goals from the first to the last; each is kept while the next is improved.
        prices: yuan for one unit of each resource that can be bought.
        bounds: limits by (school, resource).
        every_school: the limit of a school and resource not named in `bounds`.
        forbidden: (giving school, receiving school) pairs between which nobody moves.
        weighted: whether coefficients weigh schools by their pupils.
        staff: teachers by (level, school) and kind where persons are known; without, each attribute moves alone.
        seconds: time allowed for all goals together.
    """

    moves: bool = True
    hiring: bool = True
    building: bool = True
    order: tuple[Goal, ...] = (Goal.ADDED, Goal.MOVED, Goal.YUAN)
    prices: Mapping[str, float] = field(default_factory=dict)
    bounds: Mapping[tuple[str, str], Bound] = field(default_factory=dict)
    every_school: Mapping[str, Bound] = field(default_factory=dict)
    forbidden: frozenset[tuple[str, str]] = frozenset()
    weighted: bool = True
    staff_kinds: tuple[StaffKind, ...] = ()
    staff: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    seconds: float = 45.0

    def bound(self, school: str, resource: str) -> Bound:
        """Return the limit that holds for one resource of one school."""
        return self.bounds.get((school, resource), self.every_school.get(resource, Bound()))


class Outcome(StrEnum):
    """How the search ended."""

    NOTHING_TO_DO = "nothing_to_do"
    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Move:
    """Teachers of one kind going from a section to another of the same level."""

    level: str
    kind: str
    kind_name: str
    giver: str
    giver_name: str
    receiver: str
    receiver_name: str
    persons: int


@dataclass(frozen=True, slots=True)
class Addition:
    """Something added to a school: teachers to a section (`level` named), goods to the whole school (empty)."""

    level: str
    school: str
    school_name: str
    resource: str
    resource_name: str
    amount: float
    yuan: float


@dataclass(frozen=True, slots=True)
class Proof:
    """What was reached for one goal and the bound below which nothing can lie; equal means proven best."""

    goal: Goal
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Return how much better a plan could still be, as a share of the value reached."""
        return 0.0 if self.value <= self.bound else (self.value - self.bound) / max(abs(self.value), 1e-9)


@dataclass(frozen=True, slots=True)
class Reason:
    """One requirement that makes the task impossible, in words; `relaxed` says giving it up alone would help."""

    code: str
    message: str
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer: moves and additions with the proof of each goal, or the reasons why there is none.

    `county` is the county after the plan; equal to the one given when nothing is done.
    """

    outcome: Outcome
    county: County
    moves: tuple[Move, ...] = ()
    additions: tuple[Addition, ...] = ()
    proofs: tuple[Proof, ...] = ()
    reasons: tuple[Reason, ...] = ()
    solver: str = ""
