"""What is told to whoever is turned away at the door, before the program itself is asked."""

import json
import logging
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

log = logging.getLogger("dudao.door")


class RefusedError(Exception):
    """A request that never reaches the program: status, sentence, seconds after which to try again."""

    def __init__(self, status: int, sentence: str, again: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.again = again


def answer_to(path: str, asked: Mapping[str, str], refused: RefusedError) -> tuple[list[tuple[str, str]], str]:
    """Return headers and text of the answer: a page, or problem details where the API was asked.

    It speaks the language that a program asks for, or that the browser remembers; who has signed in is not known here.

    Args:
        path: the address that was asked.
        asked: the headers of the request, by lower-case names.
    """
    from django.utils import translation
    from django.utils.translation import gettext

    number = secrets.token_hex(8)
    log.info("request %s was turned away with %s: %s", number, refused.status, refused.sentence)
    headers = [("cache-control", "no-store"), ("x-content-type-options", "nosniff"), ("connection", "close")]
    headers += [("content-security-policy", "default-src 'none'; frame-ancestors 'none'"), ("x-request-id", number)]
    if refused.again:
        headers.append(("retry-after", str(refused.again)))
    of_api = path.startswith("/api/")
    language = _asked_for(asked.get("accept-language", "")) if of_api else _remembered(asked.get("cookie", ""))
    with translation.override(language):
        sentence = gettext(refused.sentence)
        if of_api:
            return [*headers, ("content-type", "application/problem+json")], _problem(refused.status, sentence, number)
        back, title = gettext("返回首页"), gettext("请稍后再试")
        page = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
            f'<main><h1>{sentence}</h1><p><a href="/">{back}</a></p></main></html>'
        )
        return [*headers, ("content-type", "text/html; charset=utf-8")], page


def _problem(status: int, sentence: str, number: str) -> str:
    from dudao.web.api.problems import kind_of
    from dudao.web.phrase_book import told

    kind = kind_of(status)
    problem = {
        "type": f"/api/docs/#problem-{kind.name}",
        "title": told(kind.title),
        "status": status,
        "detail": sentence,
        "request_id": number,
    }
    return json.dumps(problem, ensure_ascii=False)


def _asked_for(header: str) -> str:
    from django.conf import settings

    from dudao.web.people.languages import first_of

    return first_of(header) or settings.LANGUAGE_CODE


def _remembered(cookies: str) -> str:
    from django.conf import settings

    from dudao.web.people.languages import LANGUAGES

    try:
        held = SimpleCookie(cookies).get(settings.LANGUAGE_COOKIE_NAME)
    except CookieError:
        held = None
    return held.value if held is not None and held.value in LANGUAGES else settings.LANGUAGE_CODE
