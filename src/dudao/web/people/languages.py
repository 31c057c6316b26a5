"""The language of the pages: what a person chose, else what was chosen in this browser, else Chinese.

The browser's own list of languages is not asked: offices' machines often have an English browser. A program that
calls the API has no such list unless somebody wrote one, so there it is asked first.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = frozenset(code for code, name in settings.LANGUAGES)
PREFERENCE = "language"


def chosen_by(user: object) -> str | None:
    """Return the language that a person chose; None for somebody who chose none."""
    chosen = getattr(user, "preferences", {}).get(PREFERENCE)
    return str(chosen) if chosen in LANGUAGES else None


def asked_for(request: HttpRequest) -> str | None:
    """Return the language that the Accept-Language header asks for first of those there are; None for none."""
    return first_of(request.headers.get("Accept-Language", ""))


def first_of(header: str) -> str | None:
    """Return the language that an Accept-Language header names first of those there are; None for none."""
    for code, _weight in parse_accept_lang_header(header):
        try:
            found = translation.get_supported_language_variant(code)
        except LookupError:
            continue
        if found in LANGUAGES:
            return found
    return None


def speak_to(request: HttpRequest, user: object) -> None:
    """Answer a request of the API in its person's language from here on, unless its header asks for another."""
    chosen = chosen_by(user)
    if chosen is not None and getattr(request, "asked_language", None) is None:
        translation.activate(chosen)


def language_of(request: HttpRequest) -> str:
    """Return the language in which to answer; no query unless the request belongs to a session."""
    if hasattr(request, "asked_language"):  # of the API, which knows neither sessions nor cookies
        return request.asked_language or settings.LANGUAGE_CODE
    if request.session.session_key and request.user.is_authenticated:
        own = chosen_by(request.user)
        if own is not None:
            return own
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE


class ChosenLanguage:
    """Middleware that answers in the language chosen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the request and say which it is."""
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
            language = translation.get_language() or language  # the API learns late who asks
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


def keep_in_browser(response: HttpResponse, language: str) -> None:
    """Let the browser remember a language, for its sign-in page and for whoever has not chosen one."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
