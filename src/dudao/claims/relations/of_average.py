"""Multiples and percentages of one average: 金融业121621元，为全市平均水平的1.83倍；教育业83035元，为平均水平的1.25倍.

The average is an amount told before. Two of the figures must fit it before another, one slip away, is called wrong.
"""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import step
from dudao.claims.formulas import quotient, share_in_percent
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.series import all_series
from dudao.claims.slips import digits_of, share_one_slip_away, slipped_within
from dudao.quantities.model import Kind, Quantity

NAME = "of_average"
REACH = 40
"""How many figures before the first multiple the average may stand."""
FEWEST = 2
GROUP_LIMIT = 24
_OF = re.compile(r"(?:为|是|相当于|达到?)(?:全[国省市县区州]|[^，。；、\d]{0,6})平均(?:水平|数|值)?的(?:约|近)?$")
_AVERAGE = re.compile("平均|均")

_Pair = tuple[Mention, Mention]


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that amounts are such multiples or percentages of one average."""
    group: list[_Pair] = []
    begin = 0
    rows = {row.first: row for row in all_series(passage)}
    dealt: set[int] = set()
    for place, one in enumerate(passage.mentions):
        if place in dealt or not _is_times(one.quantity) or not _OF.search(one.lead):
            continue
        row = rows.get(place)
        pairs = (
            _dealt(passage, place, row.members) if row is not None and "分别" in one.clause else _beside(passage, place)
        )
        if row is not None:
            dealt |= {place + number for number in range(len(row.members))}
        far = len(group) >= GROUP_LIMIT
        if group and pairs and (far or pairs[0][1].paragraph - group[-1][1].paragraph > 1):
            yield from _of_one(passage, begin, group)
            group = []
        if not group:
            begin = place
        group.extend(pairs)
    yield from _of_one(passage, begin, group)


def _is_times(figure: Quantity) -> bool:
    whole = figure.approximation is None and figure.upper is None and figure.value > 0
    return whole and (figure.kind is Kind.PERCENT or (figure.kind is Kind.RATIO and figure.unit == "倍"))


def _beside(passage: Passage, place: int) -> list[_Pair]:
    """Return a multiple with the amount right before it."""
    one, part = passage.mentions[place], passage.mentions[place - 1] if place else None
    if part is None or part.sentence != one.sentence or one.clause_number - part.clause_number > 2:
        return []
    return [(part, one)] if part.level and part.amount else []


def _dealt(passage: Passage, place: int, row: Sequence[Mention]) -> list[_Pair]:
    """Return the multiples of a row with the amounts listed right before it, as many as they are."""
    told = passage.mentions[max(place - len(row), 0) : place]
    alike = len(told) == len(row) and all(
        one.level and one.amount and one.sentence == row[0].sentence and same_unit(one, told[0]) for one in told
    )
    return list(zip(told, row, strict=True)) if alike else []


def _of_one(passage: Passage, begin: int, pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    if len(pairs) < FEWEST:
        return
    parts = {part.index for part, _ in pairs}
    for average in passage.mentions[max(begin - REACH, 0) : begin][::-1]:
        usable = average.amount and average.index not in parts and average.slack is not None
        if not usable or not _AVERAGE.search(average.lead) or not same_unit(average, pairs[0][0]):
            continue
        if average.quantity.value <= 0 or sum(_near(part, times, average) for part, times in pairs) < FEWEST:
            continue
        for part, times in pairs:
            if _near(part, times, average) or _slipped(part, times, average):
                yield from _claim(passage, part, times, average)
        return


def _near(part: Mention, times: Mention, average: Mention) -> bool:
    made = part.quantity.value / average.quantity.value
    if times.quantity.kind is Kind.PERCENT:
        made *= 100
    return abs(made - times.quantity.value) <= step(times.quantity)


def _slipped(part: Mention, times: Mention, average: Mention) -> bool:
    """Return whether one slip in a multiple or in its amount keeps it from fitting."""
    figure = times.quantity
    if figure.kind is Kind.PERCENT:
        return share_one_slip_away(figure, part.quantity, average.quantity)
    made, half = float(part.quantity.value / average.quantity.value), float(step(figure)) / 2
    for one, low, high in (
        (figure, made - half, made + half),
        (part.quantity, (float(figure.value) - half), (float(figure.value) + half)),
    ):
        own, base = digits_of(one), 1.0 if one is figure else float(average.quantity.value)
        if own is not None and slipped_within(own.number, low * base / float(own.unit), high * base / float(own.unit)):
            return True
    return False


def _claim(passage: Passage, part: Mention, times: Mention, average: Mention) -> Iterator[Proposal]:
    percent = times.quantity.kind is Kind.PERCENT
    spoken = f"{text_of(part)}÷{text_of(average)}" + ("×100%" if percent else "")
    wording = Wording(NAME, ClaimType.SHARE if percent else ClaimType.RATIO, "times = part / average", spoken)
    compute = share_in_percent if percent else quotient
    found = propose(passage, wording, ("times", times), {"part": part, "average": average}, compute, STRUCTURAL)
    if found is not None:
        yield found
