"""Where each character of a read docx stands in its XML, so that a copy of the file can be marked there."""

from bisect import bisect_right
from dataclasses import dataclass

from dudao.documents.archives import Archive
from dudao.documents.safe_xml import Element, parse
from dudao.documents.word.container import BODY
from dudao.documents.word.reading import begin
from dudao.documents.word.runs import Piece


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A stretch of `Document.text` that stands in one text element of the body."""

    start: int
    end: int
    element: Element


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """The parsed body and the places of its text in order; printed list numbers and breaks have none."""

    root: Element
    places: tuple[TextPlace, ...]

    def within(self, start: int, end: int) -> tuple[TextPlace, ...]:
        """Return the places that share a character with the stretch; the nearest one when none does."""
        found = tuple(place for place in self._from(start) if place.start < end and place.end > start)
        if found or not self.places:
            return found
        index = max(0, bisect_right(self.places, start, key=lambda place: place.start) - 1)
        return (self.places[index],)

    def _from(self, start: int) -> tuple[TextPlace, ...]:
        index = max(0, bisect_right(self.places, start, key=lambda place: place.start) - 1)
        return self.places[index:]


def word_places(archive: Archive) -> WordPlaces:
    """Return the body of a docx with the place of every character that `read_word` reads from it.

    Text boxes and notes are left out: Word allows no comments in them.
    """
    root = parse(archive.read(BODY), archive.file, BODY)
    found: list[TextPlace] = []

    def note(start: int, piece: Piece) -> None:
        if piece.element is not None and piece.text and not any(piece.element.iterancestors("{*}txbxContent")):
            found.append(TextPlace(start, start + len(piece.text), piece.element))

    body = begin(archive)
    body.placed = note
    container = next(root.iter("{*}body"), None)
    if container is not None:
        body.add(container)
    return WordPlaces(root, tuple(sorted(found, key=lambda place: place.start)))
