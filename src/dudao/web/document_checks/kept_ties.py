"""The figures of a checked version as kept for later reports of the region to be held against."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dudao.claims.contradictions.differences import Bar
from dudao.claims.ties.figures import TieFigure, TieKey
from dudao.claims.ties.model import FilePlace
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind, Quantity


def kept_ties(figures: Iterable[TieFigure]) -> list[list[Any]]:
    """Return figures as JSON keeps them, numbers as text so that no digit is lost."""
    return [
        [
            figure.key.measure,
            figure.key.place,
            figure.key.period,
            figure.key.unit,
            figure.where.text,
            figure.where.span.start,
            figure.where.span.end,
            figure.heading,
            figure.dated,
            str(figure.quantity.kind),
            str(figure.quantity.value),
            _text(figure.quantity.interval.low),
            _text(figure.quantity.interval.high),
            figure.measure,
            int(figure.bar),
            figure.where.words,
        ]
        for figure in figures
    ]


def tie_figures_of(kept: Iterable[list[Any]], file: str) -> list[TieFigure]:
    """Return the figures that `kept_ties` kept, as those of a file."""
    found = []
    for measure, place, period, unit, text, start, end, heading, dated, kind, value, low, high, *later in kept:
        span = Span(start, end)
        quantity = Quantity(
            span, text, Decimal(value), Interval(_number(low), _number(high)), unit=unit, kind=Kind(kind)
        )
        key = TieKey(measure, place, period, unit)
        # A version checked by an earlier program kept no measure in words, how clear they are, or the clause.
        kept_words = [*later, *["", Bar.ANY, ""][len(later) :]]
        named, bar, words = str(kept_words[0]), Bar(kept_words[1]), str(kept_words[2])
        place_of = FilePlace(file, span, text, words)
        found.append(TieFigure(key, quantity, place_of, heading, bool(dated), named, bar))
    return found


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
