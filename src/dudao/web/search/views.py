"""搜索: one question, all that the person may read."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dudao.web.evaluations.convert import scheme_of
from dudao.web.evaluations.items import items_of
from dudao.web.evaluations.models import Answer, Assessment
from dudao.web.evidence.models import Evidence
from dudao.web.evidence.queries import open_assessments
from dudao.web.people.access import Subject, reads_content, requires, subject
from dudao.web.search.grams import words
from dudao.web.search.queries import find_answers, find_evidence, find_items

SHOWN = 20
_BEFORE, _AFTER = 30, 90


@requires(reads_content)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what holds every word asked for."""
    asked = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    parts = words(asked)
    view: dict[str, object] = {"asked": asked, "words": parts}
    if parts:
        holder = subject(request)
        answers, evidence = find_answers(holder, parts, SHOWN), find_evidence(holder, parts, SHOWN)
        items = find_items(holder, parts, SHOWN)
        view |= {
            "answers": [_answer(row, parts) for row in answers.rows],
            "evidence": _evidence(holder, evidence.rows, parts),
            "items": [(_item_url(row, item.id), f"{item.id} {item.name}", row) for row, item in items.rows],
            "more": answers.more or evidence.more or items.more,
        }
    return render(request, "search/search.html", view)


def _item_url(row: Assessment, item: str) -> str:
    return reverse("evaluations:self", args=(row.round.year, row.region.code, row.round.slug, item))


def _answer(row: Answer, parts: tuple[str, ...]) -> tuple[str, str, Answer, SafeString]:
    names = {item.id: item.name for item in items_of(scheme_of(row.assessment.round.scheme))}
    title = f"{row.item} {names.get(row.item, '')}".strip()
    return _item_url(row.assessment, row.item), title, row, excerpt(row.note, parts)


def _evidence(
    holder: Subject, rows: tuple[Evidence, ...], parts: tuple[str, ...]
) -> list[tuple[str, Evidence, SafeString]]:
    """Return the pieces with the address of each in the newest library of its region that the subject may open."""
    newest: dict[int, Assessment] = {}
    for each in open_assessments(holder).filter(region__in={row.region_id for row in rows}):
        newest.setdefault(each.region_id, each)
    found = []
    for row in rows:
        library = newest.get(row.region_id)
        if library is not None:
            args = (library.round.year, library.region.code, library.round.slug, row.pk)
            found.append((reverse("evidence:piece", args=args), row, marked(row.title, parts)))
    return found


def excerpt(text: str, parts: tuple[str, ...]) -> SafeString:
    """Return the surroundings of the first word that stands in a text as it is written, with the words marked."""
    flat = " ".join(text.split())
    found = _pattern(parts).search(flat)
    start = max(0, found.start() - _BEFORE) if found else 0
    end = start + _BEFORE + _AFTER
    cut = ("…" if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
    return marked(cut, parts)


def marked(text: str, parts: tuple[str, ...]) -> SafeString:
    """Return a text with the words in it marked."""
    pieces = _pattern(parts, keep=True).split(text)
    return format_html_join("", "{}{}{}", _wrapped(pieces))


def _wrapped(pieces: list[str]) -> list[tuple[SafeString, str, SafeString]]:
    none, opening, closing = SafeString(""), SafeString("<mark>"), SafeString("</mark>")
    return [(opening, piece, closing) if place % 2 else (none, piece, none) for place, piece in enumerate(pieces)]


def _pattern(parts: tuple[str, ...], *, keep: bool = False) -> re.Pattern[str]:
    either = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.compile(f"({either})" if keep else either, re.IGNORECASE)
