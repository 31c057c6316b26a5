"""Which of the trials a figure is of: the first that fits and hardly by chance, or one plain slip away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import judge, step
from dudao.claims.cells.lines import Cell
from dudao.claims.cells.model import Trial
from dudao.claims.mentions import Mention
from dudao.claims.model import Claim, ClaimType, Computed, Verdict
from dudao.claims.proposals import STRUCTURAL, Proposal, shown
from dudao.claims.slips import SLIP_ROOM, digits_of, slipped_within
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind, Quantity

NAME = "told_of_cells"
TRIALS_LIMIT = 60
CHANCE = 8.0
"""What is tried must be so many times too little to fit once by chance."""
PERCENTS = 50.0
_PERSONS = frozenset({"人", "名", "位"})


def fitting_trial(
    one: Mention, quantities: Sequence[Quantity], trials: Iterator[Trial], *, accuse: bool
) -> Iterator[Proposal]:
    """Yield the first trial that fits; or the only plain one that fits but for a slip."""
    chance = _chance(one)
    slipped: list[Proposal] = []
    tried: set[tuple[str, tuple[int, ...]]] = set()
    for trial in trials:
        cells = tuple(cell.index for cell in trial.cells)
        if (trial.shape.formula, cells) in tried or one.index in cells:
            continue
        tried.add((trial.shape.formula, cells))
        number = len(tried)
        if number > TRIALS_LIMIT or (number > 1 and number * chance * CHANCE > 1):
            break
        made = _proposal(one, quantities, trial)
        if made is None:
            continue
        if made.holds:
            yield made
            return
        if trial.plain and accuse and _one_slip_away(one.quantity, made, trial.digits):
            slipped.append(made)
    if len(slipped) == 1:
        yield slipped[0]


def _chance(one: Mention) -> float:
    room = float(step(one.quantity))
    if one.quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINT):
        return room / PERCENTS
    return room / float(one.quantity.value)


def _proposal(one: Mention, quantities: Sequence[Quantity], trial: Trial) -> Proposal | None:
    figures = [_in_base(cell, one.quantity, trial) for cell in trial.cells]
    known = [figure for figure in figures if figure is not None]
    if len(known) < len(figures):
        return None
    stated = one.quantity
    judgement = judge(stated, trial.shape.rule, known, derived=trial.shape.derived)
    if not judgement.value.is_finite() or (
        judgement.holds and judgement.verdict is not Verdict.CONSISTENT and _rough(one)
    ):
        return None
    indexes = dict(
        zip(
            (trial.shape.formula.partition(" ")[0], *trial.shape.names),
            (one.index, *(c.index for c in trial.cells)),
            strict=True,
        )
    )
    spoken = trial.line.grid.where(trial.line.number, max(one.place for one in trial.cells))
    spoken += trial.shape.spoken.format(*(cell.quantity.text for cell in trial.cells))
    said = "相符" if judgement.holds else f"不符，与之相符的值为{shown(judgement.value, stated, more=0)}"
    spans = [quantities[index].span for index in indexes.values()]
    claim = Claim(
        type=trial.shape.type,
        relation=NAME,
        span=Span(min(span.start for span in spans), max(span.end for span in spans)),
        operands=indexes,
        formula=trial.shape.formula,
        verdict=judgement.verdict,
        computed=Computed(judgement.value, judgement.interval, stated.unit),
        message=f"{spoken}＝{shown(judgement.value, stated, more=2)}，与文中“{stated.text}”{said}",
        rounding=judgement.rounding,
    )
    return Proposal(claim, one.index, STRUCTURAL, derived=trial.shape.derived)


def _rough(one: Mention) -> bool:
    """Return whether what fits by rounding alone says little: a difference of percentages."""
    return one.quantity.kind is Kind.PERCENTAGE_POINT


def _in_base(cell: Cell, stated: Quantity, trial: Trial) -> Quantity | None:
    """Return the figure of a cell in base units; one without unit is taken in that of the amount reckoned from it."""
    figure = cell.quantity
    if stated.kind is Kind.PERCENTAGE_POINT or (
        trial.shape.type not in (ClaimType.DIFFERENCE, ClaimType.SUM)
        and len({(one.known, one.quantity.scale) for one in trial.cells}) == 1
    ):
        return figure
    if trial.cells[0].place < 0:
        stated = trial.cells[0].quantity
    alike = figure.unit == stated.unit or {figure.unit, stated.unit} <= _PERSONS
    if cell.known and figure.unit:
        return figure if alike or not stated.unit else None
    if figure.unit and not alike:
        return None
    return _times(figure, stated.scale / figure.scale)


def _times(figure: Quantity, factor: Decimal) -> Quantity:
    if factor == 1:
        return figure
    low, high = figure.interval.low, figure.interval.high
    interval = Interval(None if low is None else low * factor, None if high is None else high * factor)
    return replace(figure, value=figure.value * factor, interval=interval, scale=figure.scale * factor)


def _one_slip_away(stated: Quantity, made: Proposal, least: int) -> bool:
    digits, computed = digits_of(stated), made.claim.computed
    if digits is None or computed is None or len(str(digits.number)) < least:
        return False
    low, high = computed.interval.low, computed.interval.high
    if low is None or high is None:
        return False
    unit = float(digits.unit)
    half = 0.5 if made.derived else SLIP_ROOM
    return slipped_within(digits.number, float(low) / unit - half, float(high) / unit + half) is not None
