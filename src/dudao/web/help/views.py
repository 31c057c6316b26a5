"""帮助: the documentation as pages, and a search in it."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dudao.documents.office import OfficeError
from dudao.web.help import pages
from dudao.web.help.manual import KINDS, file_name, kinds, manual
from dudao.web.people.access import requires, signed_in
from dudao.web.search.grams import plain, words
from dudao.web.search.views import excerpt


@requires(signed_in)
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """Show the contents, or what holds every word asked for."""
    asked = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    parts = words(asked)
    found = _found(parts) if parts else []
    return _shown(request, "index", {"asked": asked, "searched": bool(parts), "found": found})


@requires(signed_in)
@require_safe
def how_to(request: HttpRequest, topic: str) -> HttpResponse:
    """Show a how-to."""
    return _shown(request, pages.HOW_TO + topic, {})


@requires(signed_in)
@require_safe
def page(request: HttpRequest, part: str, topic: str) -> HttpResponse:
    """Show a page of another part."""
    return _shown(request, f"{part}/{topic}", {})


@requires(signed_in)
@require_safe
def printed(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer the user manual as a file."""
    if kind not in kinds():
        raise Http404
    try:
        content = manual(kind)
    except OfficeError as failed:
        return HttpResponse(f"{failed.message}{failed.advice}", status=503, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer["Content-Disposition"] = f"attachment; filename=\"manual.{kind}\"; filename*=UTF-8''{quote(file_name(kind))}"
    return answer


def _shown(request: HttpRequest, name: str, more: dict[str, object]) -> HttpResponse:
    try:
        shown = pages.read(name)
    except KeyError as unknown:
        raise Http404 from unknown
    beside = request.headers.get("HX-Target") == "help-body"
    answer = render(
        request, "help/part.html" if beside else "help/page.html", {"shown": shown, "kinds": kinds(), **more}
    )
    patch_vary_headers(answer, ["HX-Target"])
    return answer


def _found(parts: tuple[str, ...]) -> list[tuple[pages.Page, SafeString]]:
    """Return the pages that hold every word, with the surroundings of the first; titles count more."""
    hits = []
    for name in pages.names()[1:]:
        each = pages.read(name)
        title, text = plain(each.title), plain(each.words)
        if all(part in title or part in text for part in parts):
            order = (not all(part in title for part in parts), not name.startswith(pages.HOW_TO))
            hits.append((order, each))
    hits.sort(key=lambda hit: hit[0])
    return [(each, excerpt(each.words, parts)) for _, each in hits]
