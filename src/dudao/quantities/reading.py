"""From text to quantities, in one pass from left to right."""

import re
from decimal import Decimal

from dudao.quantities.arabic import arabic_figure_at
from dudao.quantities.dates import DOCUMENT_NUMBER, Name, named
from dudao.quantities.han import han_figure_at
from dudao.quantities.listed import carry_ordinals, share_units
from dudao.quantities.model import Kind, Quantity
from dudao.quantities.numerals import FOLDED, HAN_NUMERAL
from dudao.quantities.vague import SEVERAL

_HEAD = re.compile(
    r"(?P<document>[\[〔【(〈﹝] {0,2}(?:19|20)[0-9]{2} {0,2}[\]〕】)〉﹞])|(?P<arabic>[0-9])|(?P<han>["
    + HAN_NUMERAL
    + rf"半廿卅]|{SEVERAL})"
)


def read_quantities(text: str) -> list[Quantity]:
    """Return every figure of a text in reading order: measurements, years, dates, ordinals, document numbers.

    Spans count characters of `text`. Full-width digits, traditional characters and spaces broken into a figure are
    read as meant. Chinese numerals count only where they measure something: 三所, 两县五区, 百分之三十, not 一带一路.
    """
    folded = text.translate(FOLDED)
    quantities: list[Quantity] = []
    position = 0
    search = _HEAD.search
    while (head := search(folded, position)) is not None:
        start = head.start()
        kind = head.lastgroup
        if kind == "document":
            quantity = _document_number(text, folded, start)
            position = quantity.span.end if quantity else start + 1
        elif kind == "arabic":
            quantity, position = arabic_figure_at(text, folded, start)
        else:
            quantity, position = han_figure_at(text, folded, start)
        if quantity is not None:
            quantities.append(quantity)
    carry_ordinals(folded, quantities)
    share_units(folded, quantities)
    return quantities


def _document_number(text: str, folded: str, start: int) -> Quantity | None:
    match = DOCUMENT_NUMBER.match(folded, start)
    if match is None:
        return None
    name = Name(match.end(), Decimal(match["serial"]), Kind.DOCUMENT_NUMBER, "号")
    return named(text, start, name)
