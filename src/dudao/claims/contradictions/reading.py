"""A document as the kinds of contradictions read it: figures in context, chapters, sentences."""

from dataclasses import dataclass

from dudao.claims.chapters import Chapter, Chapters, read_chapters
from dudao.claims.context import Context, contexts_of
from dudao.claims.mentions import Passage, read_passage
from dudao.claims.tables_read import read_tables
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities


@dataclass(frozen=True, slots=True)
class Reading:
    """One text with its figures; `contexts[i]` belongs to `passage.mentions[i]`."""

    passage: Passage
    contexts: tuple[Context, ...]
    chapters: Chapters

    @property
    def text(self) -> str:
        """The text that all spans count in."""
        return self.passage.text

    def quantity(self, context: Context) -> Quantity:
        """Return the figure a context belongs to."""
        return self.passage.quantities[context.index]

    def sentences_of(self, chapter: Chapter) -> list[tuple[int, str]]:
        """Return the sentences that stand in chapters of one kind, with their starts."""
        if chapter is not Chapter.OTHER and chapter not in self.chapters.kinds:
            return []
        cut = self.passage.segmentation.sentences
        found = []
        for number in range(len(cut)):
            span = cut.span(number)
            if self.chapters.at(span.start) is chapter:
                found.append((span.start, self.text[span.start : span.end]))
        return found


def read_text(text: str) -> Reading:
    """Return a text, repaired as far as it needs it, with its figures in context."""
    passage = read_passage(text, read_quantities(text))
    return reading_of(passage)


def reading_of(passage: Passage) -> Reading:
    """Return a passage with the context of its figures."""
    chapters = read_chapters(passage.text)
    return Reading(passage, contexts_of(passage, chapters, read_tables(passage.text, ())), chapters)
