"""What the page of a report shows, put together once for the page and for its partial updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dudao.web.document_checks import queries
from dudao.web.document_checks.exports import WORD
from dudao.web.document_checks.models import Entry, Handling, Leaf, Note, Report, Version
from dudao.web.document_checks.paper import SHOWS, Reader, Sheet
from dudao.web.document_checks.permissions import may_note, may_work, reads_whole
from dudao.web.evaluations.models import Assessment, Duty
from dudao.web.people.access import Subject
from dudao.web.people.models import Department

PAGE = 60
REASONS = (_("已核对统计年鉴，原数无误"), _("口径不同，已在文中注明"), _("原文表述无歧义"))
EXPORTS = (
    ("docx", _("Word，批注在原处")),
    ("html", _("网页，标注全文")),
    ("xlsx", _("Excel，意见清单")),
    ("original", _("原件")),
)
LOOKS = (
    "inconsistent",
    "contradiction",
    "error",
    "warning",
    "note",
    "not_checkable",
    "consistent_if_rounded",
    "consistent",
)
HANDLED = ("accepted", "dismissed", "passed_on")
_NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class Look:
    """How the page is looked at, as its address says.

    Attributes:
        only: which findings are listed: `open`, one of `LOOKS` or `HANDLED`, `all`.
        show: which paragraphs are shown: `all`, `problems`.
        finding: the place of the open finding (`f3`, `c12`), empty for the first one.
        part: the part of the text that is asked for, None to follow the finding.
    """

    only: str = "open"
    show: str = "all"
    finding: str = ""
    part: int | None = None

    def query(self, **changed: object) -> str:
        """Return the query of this look with some of it changed; what is usual is left out."""
        said = {"only": self.only, "show": self.show} | changed
        usual = {"only": "open", "show": "all"}
        return "?" + urlencode(
            {name: value for name, value in said.items() if value not in ("", None, usual.get(name))}
        )


def look_of(given: Any) -> Look:
    """Return the look that the parameters of an address ask for; what cannot be is as if it were not said."""
    only, show = given.get("only", ""), given.get("show", "")
    finding, part = given.get("finding", ""), given.get("part", "")
    if finding.isascii() and finding.isdigit():
        finding = f"f{finding}"
    return Look(
        only if only in (*LOOKS, *HANDLED, "all") else "open",
        show if show in SHOWS else "all",
        finding if finding.isalnum() and len(finding) <= 12 else "",
        int(part) if part.isascii() and part.isdigit() and len(part) < 7 else None,
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as listed: how it was handled, what reviewers noted, whether it is folded out."""

    entry: Entry
    handling: Handling | None
    notes: Sequence[Note] = ()
    open: bool = False

    @property
    def asked(self) -> str:
        """What the address calls it: `3` for a finding, `c12` for a claim."""
        return self.entry.place.removeprefix("f")


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice of the list: its name, how many it lists, whether it is the chosen one."""

    name: str
    kind: str
    count: int
    query: str
    on: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline; `open` counts the findings under it that wait, `count` all entries."""

    block: int
    level: int
    words: str
    leaf: int
    count: int
    open: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What the parts of the page share: who looks at which version, and how its findings stand."""

    subject: Subject
    report: Report
    version: Version
    handlings: dict[str, Handling]
    look: Look

    @property
    def whole(self) -> bool:
        """Whether the subject reads the whole document."""
        return reads_whole(self.subject, self.report.assessment.region)

    @property
    def current(self) -> bool:
        """Whether the version is the one that decisions are about."""
        return self.report.current_id == self.version.pk

    @property
    def may_decide(self) -> bool:
        """Whether the subject may decide on findings here."""
        return self.current and may_work(self.subject, self.report.assessment.region)

    @property
    def may_note(self) -> bool:
        """Whether the subject may note something here."""
        return self.current and may_note(self.subject, self.report.assessment.region)

    def entries(self) -> QuerySet[Entry]:
        """Return all that the subject may read of what was found."""
        return queries.visible_entries(self.subject, self.report, self.version)

    def listed(self) -> QuerySet[Entry]:
        """Return what the look lists."""
        rows, only = self.entries(), self.look.only
        if only == "all":
            return rows
        if only == "open":
            if not self.whole:  # what was passed on waits for the department
                return rows
            return rows.filter(number__gt=0).exclude(key__in=self.report.handlings.values("key"))
        if only in HANDLED:
            return rows.filter(number__gt=0, key__in=self.report.handlings.filter(state=only).values("key"))
        return rows.filter(look=only)

    def reader(self) -> Reader:
        """Return how the subject reads the text."""
        only = None if self.whole else frozenset(self.entries().values_list("place", flat=True))
        return Reader(self.look.show, self.handlings, only)


def page_of_report(desk: Desk) -> dict[str, Any]:
    """Return the context of the page of a checked version; the number of queries does not grow with the rows."""
    listed = Paginator(desk.listed(), PAGE)
    chosen = desk.entries().filter(place=desk.look.finding).first() if desk.look.finding else None
    page = _page_with(desk, listed, chosen)
    first = next(iter(page), None)
    selected = chosen or (first if first is not None and desk.look.part is None else None)
    notes = queries.notes_of(desk.subject, desk.report)
    cards = [card_of(desk, entry, notes, entry == selected) for entry in page]
    if selected is not None and all(card.entry != selected for card in cards):
        cards.insert(0, card_of(desk, selected, notes, True))
    before = queries.former(desk.version)
    return {
        **shared(desk),
        "cards": cards,
        "page": page,
        "selected": selected,
        "sheets": _sheets(desk, selected),
        "outline": _outline(desk),
        "summary": desk.version.summary,
        "looks": _looks(desk),
        "change": queries.change_of(desk.version, before) if desk.whole else None,
        "solved": list(queries.solved_entries(desk.version, before)[:20]) if desk.whole else [],
        "former": before,
        "departments": _departments(desk) if desk.may_decide else [],
        "exports": [(kind, words) for kind, words in EXPORTS if kind != "docx" or desk.version.file.media == WORD],
        "full_query": _query(desk, selected, show="all"),
        "problems_query": _query(desk, selected, show="problems"),
        "previous_first": _first_of(desk, listed, page.number - 1),
        "next_first": _first_of(desk, listed, page.number + 1),
    }


def _query(desk: Desk, selected: Entry | None, **changed: object) -> str:
    finding = selected.place.removeprefix("f") if selected is not None else ""
    version = None if desk.current else desk.version.number
    return desk.look.query(finding=finding, version=version, **changed)


def _first_of(desk: Desk, listed: "Paginator[Entry]", number: int) -> str:
    """Return the query that opens the first finding of a page of the list; empty where there is no such page."""
    if not 1 <= number <= listed.num_pages:
        return ""
    return _query(desk, listed.page(number)[0])


def shared(desk: Desk) -> dict[str, Any]:
    """Return what the page and its partial updates both need."""
    counts = desk.report.counts
    total = sum(counts.get(name, 0) for name in queries.STATES)
    return {
        "desk": desk,
        "report": desk.report,
        "version": desk.version,
        "assessment": desk.report.assessment,
        "look": desk.look,
        "chips": chips_of(desk),
        "handled": total - counts.get("open", 0),
        "total": total,
        "report_url": reverse("document_checks:report", args=(*address_of(desk.report.assessment), desk.report.pk)),
        "reasons": REASONS,
    }


def address_of(assessment: Assessment) -> tuple[int, str, str]:
    """Return what addresses of an assessment begin with."""
    return assessment.round.year, assessment.region.code, assessment.round.slug


def card_of(desk: Desk, entry: Entry, notes: dict[str, list[Note]], is_open: bool) -> Card:
    """Return a finding as listed."""
    return Card(entry, desk.handlings.get(entry.key) if entry.key else None, notes.get(entry.key, ()), is_open)


def one_card(desk: Desk, entry: Entry) -> dict[str, Any]:
    """Return the context of one finding folded out."""
    notes = queries.notes_of(desk.subject, desk.report)
    departments = _departments(desk) if desk.may_decide else []
    return {**shared(desk), "card": card_of(desk, entry, notes, True), "departments": departments}


def _page_with(desk: Desk, listed: "Paginator[Entry]", chosen: Entry | None) -> "Page[Entry]":
    """Return the page of the list that holds the chosen finding, else the first one."""
    if chosen is None:
        return listed.get_page(1)
    before = desk.listed().filter(position__lt=chosen.position).count()
    return listed.get_page(before // PAGE + 1)


def chips_of(desk: Desk) -> list[Chip]:
    """Return the choices of the list with their counts."""
    chips = []
    looks = _looks(desk)
    if desk.whole:
        handled: dict[str, int] = dict.fromkeys(HANDLED, 0)
        keys = list(desk.entries().filter(number__gt=0).values_list("key", flat=True))
        for key in keys:
            if key in desk.handlings:
                handled[desk.handlings[key].state] += 1
        chips.append(_chip(desk, "open", "handling", len(keys) - sum(handled.values())))
        chips += [_chip(desk, name, "finding", looks[name]) for name in LOOKS if looks.get(name)]
        chips += [_chip(desk, name, "handling", count) for name, count in handled.items() if count]
    else:
        chips.append(_chip(desk, "open", "handling", sum(looks.values())))
    return chips


def _chip(desk: Desk, name: str, kind: str, count: int) -> Chip:
    return Chip(name, kind, count, desk.look.query(only=name), desk.look.only == name)


def _looks(desk: Desk) -> dict[str, int]:
    if desk.whole:
        looks: dict[str, int] = desk.version.summary.get("looks", {})
        return looks
    found: dict[str, int] = {}
    for look in desk.entries().values_list("look", flat=True):
        found[look] = found.get(look, 0) + 1
    return found


def _outline(desk: Desk) -> list[Line]:
    if not desk.whole:
        return []
    return [
        Line(block, level, words, leaf, count, sum(key not in desk.handlings for key in keys))
        for block, level, words, leaf, count, keys in desk.version.summary.get("outline", ())
    ]


def _sheets(desk: Desk, selected: Entry | None) -> list[Sheet]:
    """Return the parts of the text: those around the place in view drawn, the others to be fetched."""
    numbers = list(Leaf.objects.filter(version=desk.version).values_list("number", flat=True))
    at = desk.look.part if desk.look.part is not None else selected.leaf if selected is not None else 0
    near = range(at - _NEIGHBOURS, at + _NEIGHBOURS + 1) if at else range(2 * _NEIGHBOURS + 1)
    folds = desk.look.show == "problems" or not desk.whole
    wanted = (
        set(desk.entries().filter(number__gt=0).values_list("leaf", flat=True).distinct()) if folds else set(numbers)
    )
    drawn = {leaf.number: leaf for leaf in Leaf.objects.filter(version=desk.version, number__in=wanted & set(near))}
    reader = desk.reader()
    sheets: list[Sheet] = []
    for number in numbers:
        if number in wanted:
            sheets.append(Sheet(number, reader.html(drawn[number]) if number in drawn else None))
        elif sheets and sheets[-1].folded and sheets[-1].last == number - 1:
            sheets[-1] = Sheet(sheets[-1].number, None, sheets[-1].folded + 1)
        else:
            sheets.append(Sheet(number, None, 1))
    return sheets


def _departments(desk: Desk) -> list[Department]:
    """Return to whom a finding may be passed: the departments with duties in the assessment, else all."""
    rows = Department.objects.filter(region=desk.report.assessment.region, active=True)
    with_duties = Duty.objects.filter(assessment=desk.report.assessment).values("department_id")
    return sorted(rows.filter(pk__in=with_duties) or rows, key=lambda row: (row.position, row.name))
