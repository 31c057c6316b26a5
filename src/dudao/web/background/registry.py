"""What jobs and periodic steps there are: apps declare theirs in a module named `jobs`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dudao.web.background.models import Job
    from dudao.web.background.run import Run

LONG, QUICK = "long", "quick"
LANES = (QUICK, LONG)

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its function, its title when a job brings none, how often it is tried again, its lane."""

    name: str
    title: str
    function: Function
    retries: int
    lane: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that comes round again every so often; it gets the time as its argument."""

    name: str
    title: str
    every: timedelta
    function: "Callable[[Run, datetime], Any]"


_kinds: dict[str, Kind] = {}
_steps: dict[str, Step] = {}
_listeners: "list[Callable[[Job], None]]" = []


def job(*, kind: str, title: str, retries: int = 3, lane: str = LONG) -> Callable[[Function], Function]:
    """Return a decorator that declares a function as the work of a kind of job.

    The function gets a `Run` and the job's arguments by name. It returns None, or what to show of the result;
    it may be called again after a worker was killed, so what it writes belongs inside `run.conclude()`.

    Args:
        kind: stable dotted name, e.g. `schools.import`.
        title: what it is called in the list, in Chinese.
        retries: how often it is tried again after trouble that is nobody's input.
        lane: `long`, or `quick` for what must not wait behind long work.

    Raises:
        ValueError: the kind is declared twice by different functions, or there is no such lane.
    """
    if lane not in LANES:
        raise ValueError(f"no lane {lane}")

    def declare(function: Function) -> Function:
        known = _kinds.get(kind)
        if known is not None and known.function.__qualname__ != function.__qualname__:
            raise ValueError(f"job {kind} is declared twice")
        _kinds[kind] = Kind(kind, title, function, retries, lane)
        return function

    return declare


def every(interval: timedelta, *, name: str, title: str) -> "Callable[[Callable[[Run, datetime], Any]], Any]":
    """Return a decorator that declares a step that workers run every so often, as a job of its own.

    The function gets a `Run` and the time; two runs with the same time must come to the same.
    """

    def declare(function: "Callable[[Run, datetime], Any]") -> "Callable[[Run, datetime], Any]":
        _steps[name] = Step(name, title, interval, function)
        return function

    return declare


def kind_of(name: str) -> Kind | None:
    """Return the kind of a name, None when this version of the program has none."""
    return _kinds.get(name)


def kind_of_function(function: Function) -> Kind:
    """Return the kind that a function was declared as.

    Raises:
        ValueError: it is no job.
    """
    for kind in _kinds.values():
        if kind.function is function:
            return kind
    raise ValueError(f"{function!r} is not declared as a job")


def steps() -> tuple[Step, ...]:
    """Return the periodic steps there are."""
    return tuple(_steps.values())


def step_of(name: str) -> Step | None:
    """Return the periodic step of a name."""
    return _steps.get(name)


def when_finished(listener: "Callable[[Job], None]") -> None:
    """Have a function called with every job that was done or failed for good, in the transaction that marks it."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_finished(row: "Job") -> None:
    """Call the listeners with a finished job."""
    for listener in _listeners:
        listener(row)
