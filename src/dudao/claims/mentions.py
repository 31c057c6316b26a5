"""What the words around a figure make of it: a level, a change, a share, an earlier value, a total, a mean.

Every figure that measures something becomes one `Mention`; the relations read mentions and never the raw text, so
that one choice of words is understood by all of them.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dudao.claims.sentences import Segmentation
from dudao.provenance import Span
from dudao.quantities.model import Quantity


class Role(StrEnum):
    """What a figure is in its sentence."""

    LEVEL = "level"
    CHANGE = "change"
    FROM = "from"
    TO = "to"
    PREVIOUS = "previous"
    SHARE = "share"
    EXCESS = "excess"


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure with the words that belong to it.

    Attributes:
        index: its number among the quantities of the text.
        quantity: the figure.
        role: what it is in its sentence.
        direction: +1 for an increase or excess, -1 for a decrease or shortfall, 0 otherwise.
        lead: the words before it up to the nearest mark or figure, gaps and parentheses taken out.
        tail: the words behind it up to the nearest mark or figure.
        clause: the words before it up to the nearest comma, other figures included.
        noun: the words that name what is counted, cleaned of verbs; behind the figure when none stand before.
        sentence, part, clause_number, paragraph: where it stands.
        depth: how many parentheses enclose it; `parenthesis` is the start of the innermost, -1 without.
        total: whether the words call it a total; `summing` whether they say it was added up (合计).
        each: whether it is an amount per head, school or class.
        amount: whether it is an amount of something, not a percentage or ratio.
        level: whether it says how much there is, not by how much it changed.
        family: the unit, one name for all units that can be added (所, 家, 个); None for a range.
        slack: how far the true value may lie from the written one; None when that is open.
        topic: the words of its part of the sentence (；to ；) before it, at most 60 characters, figures included.
        base: whether it is but what a percentage behind it is taken of: 年初预算27.9亿元的102.0%.
    """

    index: int
    quantity: Quantity
    role: Role
    direction: int
    lead: str
    tail: str
    clause: str
    noun: str
    sentence: int
    part: int
    clause_number: int
    paragraph: int
    depth: int
    parenthesis: int
    total: bool
    summing: bool
    each: bool
    amount: bool
    level: bool
    family: str | None
    slack: Decimal | None
    topic: str
    base: bool


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A text as the relations read it; `sentences[i]` are the mentions of sentence i, as (first, last + 1).

    `torn` are the places of figures that conversion tore apart (2 ,436万元: no mention) or left in doubt (3O所).
    `readings` tell, by the number of a figure in doubt, what else it may be; around those of which that cannot be told
    no claim can be called wrong.
    """

    text: str
    segmentation: Segmentation
    quantities: tuple[Quantity, ...]
    mentions: tuple[Mention, ...]
    sentences: tuple[tuple[int, int], ...]
    torn: tuple[int, ...] = ()
    readings: Mapping[int, tuple[Quantity, ...]] = field(default_factory=dict)
    unread: tuple[int, ...] = ()

    def has_torn(self, span: Span) -> bool:
        """Return whether a figure torn apart stands in a span, from its first sentence to the end of its last part."""
        return self._stands_in(self.torn, span)

    def has_unread(self, span: Span) -> bool:
        """Return the same for figures of which nobody can tell what else they may be."""
        return self._stands_in(self.unread, span)

    def _stands_in(self, places: tuple[int, ...], span: Span) -> bool:
        if not places:
            return False
        cut = self.segmentation
        place = bisect_left(places, cut.sentences.span_at(span.start).start)
        return place < len(places) and places[place] < cut.parts.span_at(max(span.end - 1, 0)).end

    def in_doubt(self, quantity: Quantity) -> bool:
        """Return whether a figure was torn apart or is read in doubt."""
        place = bisect_left(self.torn, quantity.span.start)
        return place < len(self.torn) and self.torn[place] < quantity.span.end

    def words_between(self, left: Mention, right: Mention) -> str:
        """Return the text between two mentions, at most 60 characters of it."""
        start = left.quantity.span.end
        return self.text[start : min(right.quantity.span.start, start + 60)]


MENTIONS_LIMIT = 15_000
"""Figures beyond so many are not read for claims; a report of 20 pages has some 500."""
LEAD_LIMIT = 40
TOPIC_LIMIT = 60
COUNTABLE = frozenset({"所", "人"})
"""The families a bare number may belong to."""


def span_of(passage: Passage, indexes: Sequence[int]) -> Span:
    """Return the stretch from the first to the last of some figures."""
    spans = [passage.quantities[i].span for i in indexes]
    return Span(min(one.start for one in spans), max(one.end for one in spans))
