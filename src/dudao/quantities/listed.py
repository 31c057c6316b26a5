"""What a list says of its members: the unit behind the last one, the 第 before the first one."""

import re
from dataclasses import replace
from decimal import Decimal

from dudao.quantities.approximators import interval_of
from dudao.quantities.model import Interval, Kind, Quantity
from dudao.quantities.scales import plainly

_ONE = Decimal(1)
_ORDINAL_JOINT = re.compile(r" ?(?:、|和|及|与|至|到|-|—|~) ?")
_LIST_JOINT = re.compile(r" ?(?:、|和|及|与|以及|或) ?")


def carry_ordinals(folded: str, quantities: list[Quantity]) -> None:
    """Make ordinals of what is listed behind one: 第155、156次, 第70次、71次, 第3至5名."""
    for index in range(1, len(quantities)):
        first, following = quantities[index - 1], quantities[index]
        if first.kind is not Kind.ORDINAL or following.kind not in (Kind.COUNT, Kind.OTHER):
            continue
        if not first.text.startswith("第") and not (index > 1 and _carried(quantities[index - 2], first)):
            continue
        if following.decimals or following.scale != _ONE or following.han:
            continue
        if _ORDINAL_JOINT.fullmatch(folded, first.span.end, following.span.start) and first.value < following.value:
            value = following.value
            quantities[index] = replace(
                following, kind=Kind.ORDINAL, interval=Interval(value, value), approximation=None
            )


def _carried(before: Quantity, first: Quantity) -> bool:
    return before.kind is Kind.ORDINAL and before.text.startswith("第") and first.span.start - before.span.end <= 2


def share_units(folded: str, quantities: list[Quantity]) -> None:
    """Give the bare numbers of a list the unit written behind the last one: 7.6个和9.3个百分点, 208、212人."""
    for index in range(len(quantities) - 2, -1, -1):
        bare, following = quantities[index], quantities[index + 1]
        points = bare.unit == "个" and following.kind is Kind.PERCENTAGE_POINT
        if not points and (bare.kind is not Kind.OTHER or bare.unit):
            continue
        if not following.unit or following.upper is not None:
            continue
        if following.kind in (Kind.YEAR, Kind.DATE, Kind.ORDINAL, Kind.DOCUMENT_NUMBER, Kind.OTHER):
            continue
        joint = _LIST_JOINT.fullmatch(folded, bare.span.end, following.span.start)
        if joint is None:
            continue
        factor = following.scale
        step = _ONE.scaleb(-bare.decimals) * factor
        value = plainly(bare.value * factor, factor)
        quantities[index] = replace(
            bare,
            value=value,
            unit=following.unit,
            kind=following.kind,
            scale=factor,
            interval=interval_of(
                value,
                kind=following.kind,
                step=step,
                rounded=bare.decimals > 0 or factor != _ONE,
                approximation=bare.approximation,
            ),
        )
