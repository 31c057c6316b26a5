"""The list of a library: the pieces of a shelf counted by what people narrow it by, and page by page.

Everything is asked with queries that are made once: the library is opened often, and putting its questions cost more
than answering them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from dudao.web.evaluations.queries import answers_within
from dudao.web.evidence.models import Evidence, Revision, Support
from dudao.web.evidence.preview import icon_of
from dudao.web.evidence.queries import Shelf, on_shelf, with_standing
from dudao.web.prepared import prepared, prepared_value

Keys = Sequence[int]


class Cell(NamedTuple):
    """How many pieces are alike in all that the list is narrowed by, save the items they support."""

    department: int
    position: int
    department_name: str
    standing: str
    secrecy: str
    unnumbered: bool
    personal: bool
    pieces: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list is narrowed to; None and False leave it as it is."""

    standing: str | None = None
    secrecy: str | None = None
    department: int | None = None
    item: str | None = None
    unnumbered: bool = False
    personal: bool = False

    def holds(self, cell: Cell) -> bool:
        """Return whether the pieces of a cell are left, the item put aside."""
        return (
            self.standing in {None, cell.standing}
            and self.secrecy in {None, cell.secrecy}
            and self.department in {None, cell.department}
            and (cell.unnumbered or not self.unnumbered)
            and (cell.personal or not self.personal)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A piece as the list shows it: the icon of its newest file, whether that holds personal data, how many files
    it had, and the items it supports.
    """

    piece: Evidence
    icon: str
    personal: bool
    versions: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """The list of a shelf.

    Attributes:
        shelf: whose pieces.
        found: of these alone, as a search found them; None for all.
        period: the first and last day that evidence may speak of.
        assessment: of which the uses are told.
        readers: of which departments the answers are read, as `departments_read` tells it.
    """

    shelf: Shelf
    found: Sequence[int] | None
    period: tuple[date, date]
    assessment: int
    readers: Sequence[int] | None

    @cached_property
    def cells(self) -> list[Cell]:
        """The numbers of pieces; one query however many choices are counted from them."""
        return [Cell(*row) for row in _cells(*self.shelf.values, self.found, *self.period, **self.shelf.shape)]

    def count(self, fits: Callable[[Cell], bool] = lambda cell: True) -> int:
        """Return how many pieces there are in the cells that fit."""
        return sum(cell.pieces for cell in self.cells if fits(cell))

    def items(self) -> dict[str, int]:
        """Return how many pieces support each item whose answer is read."""
        rows = _used(*self.shelf.values, self.found, self.assessment, self.readers, **self.shelf.shape)
        return dict(rows)

    def narrowed(self, to: Narrowing) -> "Narrowed":
        """Return the list as it is narrowed."""
        return Narrowed(self, to)


@dataclass(frozen=True)
class Narrowed:
    """The lines of a list that are left, for a paginator: counted, and read by pages, newest first."""

    listing: Listing
    to: Narrowing

    def _asked(self) -> tuple[Any, ...]:
        of, to = self.listing, self.to
        answers = (of.assessment, of.readers) if to.item is not None else (None, None)
        narrowed = (to.standing, to.secrecy, to.department, to.item, *answers)
        return (*of.shelf.values, of.found, *narrowed)

    def _shape(self) -> dict[str, bool]:
        return self.listing.shelf.shape | {"unnumbered": self.to.unnumbered, "personal": self.to.personal}

    def count(self) -> int:
        """Return how many lines there are."""
        if self.to.item is None:
            return self.listing.count(self.to.holds)
        period = self.listing.period if self.to.standing is not None else (None, None)
        return _number(*period, *self._asked(), **self._shape())

    def __getitem__(self, wanted: slice) -> list[Line]:
        """Return the lines of a page."""
        shape = self._shape()
        pieces = _pieces(*self.listing.period, *self._asked(), **shape, begin=wanted.start, end=wanted.stop)
        keys = [piece.pk for piece in pieces]
        files: dict[int, list[tuple[str, int]]] = {}
        for key, media, personal in _files(keys) if keys else ():
            files.setdefault(key, []).append((media, personal))
        items: dict[int, dict[str, None]] = {}
        for key, item in _uses(keys, self.listing.assessment, self.listing.readers) if keys else ():
            items.setdefault(key, {})[item] = None
        return [_line(piece, files.get(piece.pk, []), items.get(piece.pk, ())) for piece in pieces]


def _line(piece: Evidence, files: list[tuple[str, int]], items: Iterable[str]) -> Line:
    media, personal = files[0] if files else ("", 0)
    return Line(piece, icon_of(media), personal > 0, len(files), tuple(items))


def _held(
    region: int, departments: Keys, brought_by: int | None, sent: Keys, found: Keys | None, /, **shape: bool
) -> QuerySet[Evidence]:
    rows = on_shelf(region, departments, brought_by, sent, **shape)
    return rows if found is None else rows.filter(pk__in=found)


def _with_personal(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Return the rows with `found_personal`: how many ID and phone numbers the file that counts now holds."""
    newest = Revision.objects.filter(evidence=OuterRef("pk")).order_by("-id")
    return rows.annotate(found_personal=Subquery(newest.values(n=F("file__id_numbers") + F("file__phones"))[:1]))


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


@prepared
def _cells(
    region: int,
    departments: Keys,
    brought_by: int | None,
    sent: Keys,
    found: Keys | None,
    starts: date,
    ends: date,
    /,
    **shape: bool,
) -> "QuerySet[Evidence, Any]":
    rows = _held(region, departments, brought_by, sent, found, **shape)
    rows = _with_personal(with_standing(rows, starts, ends)).order_by()
    alike = rows.annotate(unnumbered=_flag(Q(number="")), personal=_flag(Q(found_personal__gt=0)))
    columns = ("department_id", "department__position", "department__name")
    counted = alike.values_list(*columns, "standing", "secrecy", "unnumbered", "personal").annotate(n=Count("pk"))
    return counted.order_by("department__position", "department__name", "department_id")


@prepared
def _used(
    region: int,
    departments: Keys,
    brought_by: int | None,
    sent: Keys,
    found: Keys | None,
    assessment: int,
    readers: Keys | None,
    /,
    **shape: bool,
) -> "QuerySet[Support, tuple[str, int]]":
    held = _held(region, departments, brought_by, sent, found, **shape).order_by().values("pk")
    uses = Support.objects.filter(answer__in=answers_within(assessment, readers), evidence__in=held)
    return uses.order_by().values_list("answer__item").annotate(n=Count("evidence_id", distinct=True))


def _left(
    starts: date | None,
    ends: date | None,
    region: int,
    departments: Keys,
    brought_by: int | None,
    sent: Keys,
    found: Keys | None,
    standing: str | None,
    secrecy: str | None,
    department: int | None,
    item: str | None,
    assessment: int | None,
    readers: Keys | None,
    /,
    *,
    unnumbered: bool,
    personal: bool,
    **shape: bool,
) -> QuerySet[Evidence]:
    rows = _held(region, departments, brought_by, sent, found, **shape)
    if starts is not None and ends is not None:
        rows = with_standing(rows, starts, ends)
    if standing is not None:
        rows = rows.filter(Q(standing=standing))
    if secrecy is not None:
        rows = rows.filter(secrecy=secrecy)
    if department is not None:
        rows = rows.filter(department_id=department)
    if item is not None and assessment is not None:
        answers = answers_within(assessment, readers).filter(item=item)
        rows = rows.filter(pk__in=Support.objects.filter(answer__in=answers).values("evidence_id"))
    if unnumbered:
        rows = rows.filter(number="")
    if personal:
        rows = _with_personal(rows).filter(Q(found_personal__gt=0))
    return rows


@prepared_value
def _number(*asked: Any, **shape: bool) -> int:
    return _left(*asked, **shape).count()


@prepared
def _pieces(*asked: Any, begin: int, end: int, **shape: bool) -> QuerySet[Evidence]:
    rows = _left(*asked, **shape).select_related("department")
    return rows.order_by("-received_at", "-pk")[begin:end]


@prepared
def _files(pieces: Keys) -> "QuerySet[Revision, tuple[int, str, int]]":
    rows = Revision.objects.filter(evidence__in=pieces).annotate(personal=F("file__id_numbers") + F("file__phones"))
    return rows.order_by("evidence_id", "-id").values_list("evidence_id", "file__media", "personal")


@prepared
def _uses(pieces: Keys, assessment: int, readers: Keys | None) -> "QuerySet[Support, tuple[int, str]]":
    rows = Support.objects.filter(evidence__in=pieces, answer__in=answers_within(assessment, readers))
    return rows.order_by("answer_id", "point", "evidence_id").values_list("evidence_id", "answer__item")
