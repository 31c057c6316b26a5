"""Three rows as long as one another, of which the third is made of the others at every place but one.

小学、初中、高中生均依次为12864元、16237元、17546元，2020年分别为11925元、15102元、16078元，分别增加939元、1135元、1486元:
that two of three places fit says what the rows are to one another, without a word; the place that does not is wrong.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from dudao.claims.arithmetic import judge
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.series import Series, all_series
from dudao.claims.slipped.shapes import DIFFERENCE, FALL, FALL_BY, GROWTH, MEAN, RATIO, RISE_BY, SHARE, Shape
from dudao.claims.slipped.trials import Trial
from dudao.quantities.model import Kind

ROWS_BACK = 4
"""How many rows before the third the two others may stand."""
SENTENCES = 1
PAIR = 2
TELLING = 100
"""Of rows of two, where one place alone speaks for the other, figures have three digits at least."""
Misfit = tuple[Mention, Trial]


def misfits_of_rows(passage: Passage) -> Iterator[Misfit]:
    """Yield each figure of a third row that the two others do not make at its place, though they do at all others."""
    rows = all_series(passage)
    for place, row in enumerate(rows):
        near = [
            one
            for one in rows[max(place - ROWS_BACK, 0) : place]
            if len(one) == len(row) and row.members[0].sentence - one.members[0].sentence <= SENTENCES
        ]
        found = _misfit(row, near)
        if found is not None:
            yield found


def _misfit(row: Series, near: Sequence[Series]) -> Misfit | None:
    readings = [
        (shape, list(zip(row.members, left.members, right.members, strict=True)))
        for shape, left, right in _readings(row, near)
    ]
    if not any(_telling(columns) for _, columns in readings):
        return None
    misfit: Misfit | None = None
    for shape, columns in readings:
        wrong = list(islice((one for one in columns if not _fits(shape, one)), PAIR))
        if not wrong:
            return None
        if len(wrong) == 1 and _telling(columns) and misfit is None:
            one, first, second = wrong[0]
            misfit = one, (shape, first, second)
    return misfit


def _telling(columns: Sequence[tuple[Mention, Mention, Mention]]) -> bool:
    """Return whether rows are long enough, or their figures, that they do not fit at all places but one by chance."""
    return len(columns) > PAIR or all(
        one.quantity.value >= TELLING for column in columns for one in column[1:] if one.amount
    )


def _fits(shape: Shape, column: tuple[Mention, Mention, Mention]) -> bool:
    figures = [one.quantity for one in column]
    if any(one.upper is not None or one.value <= 0 for one in figures):
        return False
    return judge(figures[0], shape.rule, figures[1:], derived=shape.derived).holds


def _readings(row: Series, near: Sequence[Series]) -> Iterator[tuple[Shape, Series, Series]]:
    """Yield what the third row may be of two rows before it, by its unit and its words."""
    for number, later in enumerate(near[::-1]):
        for earlier in near[::-1][number + 1 :]:
            for shape in _shapes(row.members[0], later.members[0], earlier.members[0]):
                yield shape, later, earlier
                yield shape, earlier, later


def _shapes(one: Mention, later: Mention, earlier: Mention) -> tuple[Shape, ...]:
    alike = later.quantity.unit == earlier.quantity.unit
    changed = one.role is Role.CHANGE
    match one.quantity.kind:
        case Kind.PERCENTAGE_POINT:
            return (DIFFERENCE,) if later.quantity.kind is earlier.quantity.kind is Kind.PERCENT else ()
        case Kind.PERCENT if changed:
            return (GROWTH, RISE_BY) if one.direction >= 0 else (FALL, FALL_BY)
        case Kind.PERCENT:
            return (SHARE,) if later.amount and earlier.amount and alike else ()
        case Kind.RATIO:
            return (RATIO,) if later.amount and earlier.amount else ()
        case _ if one.amount and later.amount and earlier.amount:
            return (DIFFERENCE,) if alike and later.quantity.unit == one.quantity.unit else (MEAN,)
    return ()
