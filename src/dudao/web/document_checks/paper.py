"""The text of a report as it is shown: parts with their marks, all of it or only the paragraphs with findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from dudao.documents.parts import restored
from dudao.provenance import Span
from dudao.reporting.annotated.document_html import DocumentHtml, Mark, Rendered
from dudao.reporting.annotated.entries import State
from dudao.web.document_checks.models import Handling, Leaf
from dudao.web.phrase_book import told_markup

SHOWS = ("all", "problems")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part as drawn: `html` is None for one that is fetched when it comes into view.

    `folded` counts the parts in a row without findings that this line stands for, 0 for a part of its own.
    """

    number: int
    html: SafeString | None
    folded: int = 0

    @property
    def last(self) -> int:
        """The number of the last part this line stands for."""
        return self.number + max(self.folded, 1) - 1


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads the text: which paragraphs, how findings were handled, and what alone they may see.

    `only` names the places of the entries that the reader may see, with the paragraphs around them; None for all.
    """

    show: str
    handlings: Mapping[str, Handling]
    only: frozenset[str] | None = None

    def html(self, leaf: Leaf) -> SafeString:
        """Return a part as html; every character of the text is escaped by the renderer."""
        part = restored(leaf.content)
        marks = [mark for mark in self._marks(leaf) if self.only is None or mark.key in self.only]
        blocks = DocumentHtml(part.document, marks, part.start, part.first, part.page).rendered()
        if self.only is None and self.show != "problems":
            return mark_safe(told_markup("".join(block.html for block in blocks), labels=True))
        return self._folded(list(blocks))

    def _marks(self, leaf: Leaf) -> Iterable[Mark]:
        for start, end, place, first, last in leaf.marks:
            number, state, key = leaf.entries[place]
            handling = self.handlings.get(key)
            dismissed = handling is not None and handling.state == "dismissed"
            yield Mark(Span(start, end), place, number, State.DISMISSED if dismissed else State(state), first, last)

    def _folded(self, blocks: list[Rendered]) -> SafeString:
        """Return the blocks with a finding and the headings over them; what lies between is folded away."""
        wanted = {
            index for index, block in enumerate(blocks) if block.open or (self.only is not None and block.figures)
        }
        heading: int | None = None
        for index, block in enumerate(blocks):
            if block.heading:
                heading = index
            elif index in wanted and heading is not None:
                wanted.add(heading)
        pieces: list[str] = []
        run: list[Rendered] = []
        for index, block in enumerate(blocks):
            if index in wanted:
                pieces += [self._fold(run), block.html]
                run = []
            else:
                run.append(block)
        pieces.append(self._fold(run))
        return mark_safe(told_markup("".join(pieces), labels=True))

    def _fold(self, run: list[Rendered]) -> str:
        paragraphs = sum(bool(block.html) for block in run)
        if not paragraphs:
            return ""
        words = ngettext("略去 %(n)s 段", "略去 %(n)s 段", paragraphs) % {"n": paragraphs}
        if self.only is not None:
            return format_html('<p class="fold">{}</p>', words)
        figures = sum(block.figures for block in run)
        if figures:
            words += ngettext("，%(n)s 处数字没有问题", "，%(n)s 处数字没有问题", figures) % {"n": figures}
        inner = mark_safe("".join(block.html for block in run))
        return format_html('<details class="fold"><summary>{}</summary>{}</details>', words, inner)
