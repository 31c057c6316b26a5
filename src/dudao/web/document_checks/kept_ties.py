"""The figures of a checked version as kept for later reports of the region to be held against."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from dudao.claims.contradictions.differences import Bar
from dudao.claims.contradictions.echoes import Echo
from dudao.claims.ties.figures import TieFigure, TieKey
from dudao.claims.ties.model import FilePlace
from dudao.claims.ties.told_again import TieEcho, TieWords
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
        rest = [*later, *["", Bar.ANY, ""][len(later) :]]
        named, bar, words = str(rest[0]), Bar(rest[1]), str(rest[2])
        place_of = FilePlace(file, span, text, words)
        found.append(TieFigure(key, quantity, place_of, heading, bool(dated), named, bar))
    return found


def kept_words(words: TieWords | None) -> dict[str, Any]:
    """Return what tells the figures of a version in other words, as JSON keeps it; empty where it names no place.

    Only figures of a known year are kept: a report of another year is held against those alone. What a version praises
    and admits is not kept, since it is said of its own year.
    """
    if words is None:
        return {}
    rows = [_kept_echo(one) for one in words.echoes if one.echo.period and not one.echo.aim]
    return {"place": words.place, "year": words.year, "plan": words.plan, "echoes": rows}


def tie_words_of(kept: dict[str, Any], file: str) -> TieWords | None:
    """Return the words that `kept_words` kept, as those of a file; None where a version kept none."""
    if not kept:
        return None
    echoes = tuple(_echo_of(row, file) for row in kept["echoes"])
    return TieWords(file, kept["place"], kept["year"], echoes, plan=kept["plan"])


def _kept_echo(one: TieEcho) -> list[Any]:
    echo, quantity = one.echo, one.echo.quantity
    return [
        [one.where.text, one.where.span.start, one.where.span.end, one.where.words],
        [quantity.span.start, quantity.span.end, str(quantity.kind), str(quantity.value)],
        [_text(quantity.interval.low), _text(quantity.interval.high), str(quantity.scale), quantity.decimals],
        [echo.unit, echo.place, echo.period, echo.own, echo.wide, echo.sentence],
        sorted([unit, str(value)] for unit, value in echo.beside),
        [echo.some, echo.running, echo.each, echo.every],
    ]


def _echo_of(row: list[Any], file: str) -> TieEcho:
    (text, start, end, words), (first, last, kind, value), (low, high, scale, decimals), told, beside, kinds = row
    quantity = Quantity(
        Span(first, last),
        text,
        Decimal(value),
        Interval(_number(low), _number(high)),
        unit=told[0],
        kind=Kind(kind),
        scale=Decimal(scale),
        decimals=decimals,
    )
    unit, place, period, own, wide, sentence = told
    around = frozenset((unit_beside, Decimal(number)) for unit_beside, number in beside)
    some, running, each, every = kinds
    echo = Echo(quantity, unit, place, period, own, wide, sentence, around, some, running, each, every)
    return TieEcho(echo, FilePlace(file, Span(start, end), text, words))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
