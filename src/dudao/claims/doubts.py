"""Figures that damage left in doubt, with everything else they may have been: 72.O5亿元 is 72.05, hardly 72.65.

What is read in doubt accuses nobody as long as one of its readings fits. A claim that none of them makes hold is
wrong whatever was meant.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from dudao.claims.arithmetic import judge
from dudao.claims.mention_reading import read_passage
from dudao.claims.mentions import Passage
from dudao.claims.proposals import Proposal
from dudao.claims.slips import corrected
from dudao.documents.model import Document
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities

READINGS_LIMIT = 80
"""A figure that may be read in more ways says nothing."""
TRIED_LIMIT = 400
_MAY_BE = {
    **dict.fromkeys("OoО〇", "068"),
    **dict.fromkeys("lI|丨", "17"),
    "B": ("8", "3", "6"),
    "·": (".", ""),
    "'": (",", "."),
    "’": (",", "."),
}
_GAP = re.compile("[ \u00a0]+")
_LOST = ("", ".", *"0123456789")
"""What a gap between two digits may be: nothing, a point, a digit that was lost."""


def passage_of(document: Document) -> Passage:
    """Return the repaired text of a document as the relations read it, with the other readings of doubtful figures."""
    repaired = document.repaired
    quantities = read_quantities(repaired.text)
    readings: dict[int, tuple[Quantity, ...]] = {}
    doubtful = iter(sorted(repaired.doubtful))
    place = next(doubtful, None)
    for index, one in enumerate(quantities):
        while place is not None and place < one.span.start:
            place = next(doubtful, None)
        if place is None:
            break
        if place < one.span.end:
            source = repaired.source_span(one.span)
            others = other_readings(document.text[source.start : source.end], one)
            if others:
                readings[index] = others
    return read_passage(repaired.text, quantities, repaired.doubtful, readings)


def other_readings(written: str, figure: Quantity) -> tuple[Quantity, ...]:
    """Return what else a figure may be that is written so in the source; empty where that cannot be told."""
    if figure.upper is not None:
        return ()
    choices = [*_choices(written)]
    ways = 1
    for one in choices:
        ways *= len(one)
    if not 1 < ways <= READINGS_LIMIT:
        return ()
    found: dict[str, Quantity] = {}
    for one in product(*choices):
        text = "".join(one)
        read = read_quantities(text)
        if len(read) != 1 or read[0].unit != figure.unit or len(read[0].span) != len(text):
            continue
        if read[0].decimals == figure.decimals and read[0].scale == figure.scale:
            number = int(read[0].value / read[0].scale.scaleb(-read[0].decimals))
            found[f"{read[0].value:f}"] = corrected(figure, number, read[0].scale.scaleb(-read[0].decimals))
        elif figure.approximation is None:
            found[f"{read[0].value:f}"] = replace(read[0], span=figure.span)
    found.pop(f"{figure.value:f}", None)
    return tuple(found.values())


def _choices(written: str) -> Iterator[tuple[str, ...]]:
    """Yield, piece by piece, what each may have been."""
    for piece in re.split(r"([ \u00a0]+)", written):
        if _GAP.fullmatch(piece):
            yield _LOST
        else:
            yield from (tuple(_MAY_BE.get(one, one)) for one in piece)


def stands(passage: Passage, one: Proposal) -> bool:
    """Return whether a claim may be told: it holds, or nothing that was in doubt can make it hold."""
    if one.holds:
        return True
    unsure = [index for index in one.claim.operands.values() if passage.in_doubt(passage.quantities[index])]
    if not unsure:
        return True
    if one.formula is None or any(index not in passage.readings for index in unsure):
        return False
    ways = [
        (passage.quantities[index], *passage.readings.get(index, ()))
        if index in unsure
        else (passage.quantities[index],)
        for index in one.claim.operands.values()
    ]
    for tried, (stated, *operands) in enumerate(product(*ways)):
        if tried >= TRIED_LIMIT or judge(stated, one.formula, operands, derived=one.derived).holds:
            return False
    return True
