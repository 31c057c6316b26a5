"""Items as they are read from rows, before points and ids are settled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from dudao.issues import Location


@dataclass(eq=False)
class DraftItem:
    """An indicator or point while rows are still being read; which of the two, its children decide."""

    name: str
    place: Location
    number: str = ""
    style: str = ""
    points: Decimal | None = None
    children: list["DraftItem"] = field(default_factory=list)
    requirements: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    lead: str = ""
    departments: list[str] = field(default_factory=list)
    bonus: bool = False
    id: str = ""

    def leaves(self) -> Iterator["DraftItem"]:
        """Yield the points below, or the item itself when it has no children."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def everything(self) -> Iterator["DraftItem"]:
        """Yield the item and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.everything()

    def add(self, texts: list[str], text: str) -> None:
        """Add a text to one of the lists unless it is empty or already there."""
        if text and text not in texts:
            texts.append(text)
