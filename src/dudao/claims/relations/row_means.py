"""The mean of figures told in a row: 依次为0.318、0.402、0.447，三项平均0.389; 7.1%、7.5%、8.0%，三年平均7.53%.

Such a mean may be weighted (the rate of three counties together), which nobody need say. It is called wrong only where
it lies outside the row, or where one slip of a digit keeps it from being the plain mean of years or indicators.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, scale, step
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, joined, propose
from dudao.claims.series import Series, all_series
from dudao.claims.slips import digits_of, slipped_within
from dudao.quantities.model import Interval

REACH = 4
"""How many figures behind the row its mean may stand: 最大值0.489，7项平均0.421."""
FEWEST = 3
"""Two figures have so many means by chance that the words must count them."""
_MEAN = re.compile(
    r"^(?![^，。；、\d]*(?:合计|总和|之和|总分))(?:[^，。；、\d]{0,6}?)(?P<count>[两二三四五六七八九十]|\d{1,2})?(?:年|项|个?[学地县区校科季]|所|者|类|项?指标)?"
    r"(?:指标|学校)?(?:的)?(?:均值|平均)(?:值|每年|每校|每项|数|水平|差异系数|分)?(?:为|是|达|达到|约)?$"
)
_COUNTED = re.compile(r"(?:(?P<count>[两二三四五六七八九十])|(?P<number>\d{1,2}))(?:年|项|个|所|者|类|县|区|校|科|季)")
_PLAIN = re.compile(r"[两二三四五六七八九十\d](?:项|年|次)")
"""The mean of places or schools is weighted by their size more often than that of years or indicators."""
_COUNTS = "零一二三四五六七八九十"


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a figure is the mean of the row before it."""
    for row in all_series(passage):
        behind = row.first + len(row)
        if behind >= len(passage.mentions) or any(one.quantity.upper is not None for one in row.members):
            continue
        for mean in passage.mentions[behind : behind + REACH]:
            said = _said(passage, row, mean)
            if said:
                start = passage.segmentation.clauses.span(mean.clause_number).start
                plain = _PLAIN.search(passage.text, start, mean.quantity.span.start) is not None
                yield from _mean_of(passage, row.members, mean, counted=said == len(row), plain=plain)
                break


def _said(passage: Passage, row: Series, mean: Mention) -> int:
    """Return how many figures the words of a mean count, 1 when they count none; 0 when it is no mean of the row."""
    last = row.members[-1]
    plain = mean.level and mean.sentence == last.sentence and mean.depth == last.depth
    if not plain or mean.quantity.unit != last.quantity.unit or _MEAN.match(mean.lead) is None:
        return 0
    start = passage.segmentation.clauses.span(mean.clause_number).start
    counted = _COUNTED.search(passage.text, start, mean.quantity.span.start)
    if counted is None:
        return 1 if len(row) >= FEWEST else 0
    number = counted["number"]
    return int(number) if number else _COUNTS.index(counted["count"].replace("两", "二"))


def _mean_of(
    passage: Passage, row: Sequence[Mention], mean: Mention, *, counted: bool, plain: bool
) -> Iterator[Proposal]:
    count = Decimal(len(row))

    def formula(values: Sequence[Interval]) -> Interval:
        return scale(add(values), 1 / count)

    names = {f"p{number}": one for number, one in enumerate(row, 1)}
    wording = Wording(
        "row_means",
        ClaimType.PER_CAPITA,
        f"mean = ({' + '.join(names)}) / {count}",
        f"（{joined([one.quantity for one in row])}）÷{count}",
    )
    values = [one.quantity.value for one in row]
    outside = not min(values) - step(mean.quantity) <= mean.quantity.value <= max(values) + step(mean.quantity)
    strength = WEAK
    if counted:
        strength = EXPLICIT if outside else (STRUCTURAL if plain and _is_slip(row, mean) else WEAK)
    found = propose(passage, wording, ("mean", mean), names, formula, strength)
    if found is not None:
        yield found


def _is_slip(row: Sequence[Mention], mean: Mention) -> bool:
    """Return whether one digit of one figure keeps a mean from being that of its row."""
    total = sum((one.quantity.value for one in row), Decimal(0))
    half = step(mean.quantity) / 2
    low, high = (mean.quantity.value - half) * len(row), (mean.quantity.value + half) * len(row)
    digits = digits_of(mean.quantity)
    if digits is not None:
        wanted = total / len(row) / digits.unit
        if slipped_within(digits.number, float(wanted) - 0.51, float(wanted) + 0.51) is not None:
            return True
    for one in row:
        digits = digits_of(one.quantity)
        others = total - one.quantity.value
        if digits is not None and (
            slipped_within(digits.number, float((low - others) / digits.unit), float((high - others) / digits.unit))
            is not None
        ):
            return True
    return False
