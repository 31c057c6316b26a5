"""Where a text is cut: paragraphs, sentences, parts between semicolons, clauses, list items, parentheses.

One pass over the punctuation, so the work grows with the length of the text and with nothing else. Every stretch
is a span of the text; the stretches of one level lie side by side and together cover it.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from dudao.provenance import Span

# A comma, colon or point between digits belongs to a number (5,311,942.68; 1:15), not to the sentence.
_MARK = re.compile(
    r"[\n。！？!?；;，：、（）()]|(?<!\d)[,:]|[,:](?!\d)"
    r"|[ \u3000\t]{3,}"  # wide gaps stand for lost paragraph ends
    r"|(?<=[^\W\d_])\.(?=\s*[^\W\d_A-Za-z])"
)
_PARAGRAPH_END = frozenset("\n")
_PART_END = frozenset("；;")
_CLAUSE_END = frozenset("，,：:.")
_OPENING = {"（": "）)", "(": "）)"}
_CLOSING = frozenset("）)")
PARENTHESIS_LIMIT = 400
"""An opening mark without its closing mark within so many characters stands alone."""
SENTENCE_LIMITS = {"part": 3_000, "clause": 4_000, "item": 6_000}
"""A sentence that has gone on for so many characters ends where a part, a clause or an item does.

Nobody writes such sentences, but texts lose their full stops; what is looked for within a sentence stays bounded.
"""


@dataclass(frozen=True, slots=True)
class Parenthesis:
    """What stands between （ and ）; the span leaves the marks out, `depth` counts from 1."""

    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Level:
    """The stretches of one level, by their starts, of which the first is 0; the last one ends where the text ends."""

    starts: tuple[int, ...]
    length: int

    def index_at(self, position: int) -> int:
        """Return the number of the stretch that holds the character at `position`."""
        return bisect_right(self.starts, position) - 1

    def span(self, index: int) -> Span:
        """Return the stretch with this number, its closing mark included."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else self.length
        return Span(self.starts[index], end)

    def span_at(self, position: int) -> Span:
        """Return the stretch that holds the character at `position`."""
        return self.span(self.index_at(position))

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All cuts of one text. A part ends with ；, a clause with ，or ：, an item with 、."""

    paragraphs: Level
    sentences: Level
    parts: Level
    clauses: Level
    items: Level
    parentheses: tuple[Parenthesis, ...]


def segment(text: str) -> Segmentation:
    """Return where the text is cut into paragraphs, sentences, parts, clauses, items and parentheses."""
    paragraphs, sentences, parts, clauses, items = [0], [0], [0], [0], [0]
    open_marks: list[int] = []
    parentheses: list[Parenthesis] = []
    for match in _MARK.finditer(text):
        mark, end = match[0], match.end()
        if mark in _OPENING:
            open_marks.append(match.start())
            continue
        if mark in _CLOSING:
            if open_marks:
                opened = open_marks.pop()
                if end - opened <= PARENTHESIS_LIMIT:
                    parentheses.append(Parenthesis(Span(opened + 1, match.start()), len(open_marks) + 1))
            continue
        if mark in _PARAGRAPH_END and not text[paragraphs[-1] : match.start()].strip():
            # A blank line parts nothing from nothing: what stands before it goes on to its end.
            _go_on(end, paragraphs, sentences, parts, clauses, items)
            continue
        if mark in _PARAGRAPH_END:
            for starts in (paragraphs, sentences, parts, clauses, items):
                starts.append(end)
            open_marks.clear()
            continue
        gone_on = end - sentences[-1]
        # Two marks in a row (,, and ,。) enclose no clause: the second ends what the first one did.
        doubled = not text[items[-1] : match.start()].strip()
        empty = items[-1] if doubled and items[-1] else -1
        _end(items, end, empty)
        if mark == "、" and gone_on < SENTENCE_LIMITS["item"]:
            continue
        _end(clauses, end, empty)
        if mark in _CLAUSE_END and gone_on < SENTENCE_LIMITS["clause"]:
            continue
        _end(parts, end, empty)
        if mark in _PART_END and gone_on < SENTENCE_LIMITS["part"]:
            continue
        _end(sentences, end, empty)
    length = len(text)
    parentheses.sort(key=lambda one: (one.span.start, one.depth))
    return Segmentation(
        paragraphs=Level(_within(paragraphs, length), length),
        sentences=Level(_within(sentences, length), length),
        parts=Level(_within(parts, length), length),
        clauses=Level(_within(clauses, length), length),
        items=Level(_within(items, length), length),
        parentheses=tuple(parentheses),
    )


def _end(starts: list[int], end: int, empty: int) -> None:
    """Begin the next stretch of a level; one that is empty so far begins here instead."""
    if starts[-1] == empty:
        starts[-1] = end
    else:
        starts.append(end)


def _go_on(end: int, *levels: list[int]) -> None:
    """Let the stretch before a blank line reach to its end on every level."""
    for starts in levels:
        if starts[-1]:
            starts[-1] = end


def _within(starts: list[int], length: int) -> tuple[int, ...]:
    """Drop a last start that lies at the very end: nothing follows it."""
    if len(starts) > 1 and starts[-1] >= length:
        starts.pop()
    return tuple(starts)
