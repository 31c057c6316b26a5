"""The pages of the documentation as HTML.

A page is named as in `docs/`, without `.md`: `index`, `how-to/search`. A wheel carries a copy in a folder
beside this module; in a checkout the pages are read where they are written.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PACKED = Path(__file__).parent / "documentation"
_WRITTEN = Path(__file__).parents[4] / "docs"
HOW_TO = "how-to/"
PARTS = ("tutorial", "how-to", "reference", "explanation")
"""The parts of the documentation that help somebody who uses the platform; records of decisions do not."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its name, its title, and its text below the title, as HTML and as plain words to be searched."""

    name: str
    title: str
    html: SafeString
    words: str

    @property
    def url(self) -> str:
        """The address of the page."""
        return address(self.name)


def folder() -> Path:
    """Return where the pages are."""
    return _PACKED if _PACKED.is_dir() else _WRITTEN


@cache
def names() -> tuple[str, ...]:
    """Return the names of all pages, how-tos first among the parts as they are listed."""
    found = [f"{part}/{path.stem}" for part in PARTS for path in sorted((folder() / part).glob("*.md"))]
    return ("index", *found)


def address(name: str) -> str:
    """Return the address of a page in the browser."""
    if name == "index":
        return reverse("help:contents")
    part, _, topic = name.partition("/")
    return reverse("help:topic", args=(topic,)) if name.startswith(HOW_TO) else reverse("help:page", args=(part, topic))


@cache
def read(name: str) -> Page:
    """Return a page.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in names():
        raise KeyError(name)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    source = (folder() / f"{name}.md").read_text(encoding="utf-8")
    tokens = markdown.parse(re.sub(r"<!--.*?-->\n?", "", source, flags=re.DOTALL))  # comments are for those who write
    title = name
    if tokens and tokens[0].type == "heading_open":
        title, tokens = _plain(tokens[1]), tokens[3:]
    _name_headings(tokens)
    for token in _all(tokens):
        token.attrs.pop("style", None)  # the alignment of columns: the platform's pages carry no style of their own
    for token in tokens:
        token.children = list(_led(token.children, name)) if token.children else token.children
    html = markdown.renderer.render(tokens, markdown.options, {})
    text = " ".join(token.content if token.type == "fence" else _plain(token) for token in tokens if token.content)
    # Safe: raw HTML in the source is escaped by the parser, addresses are written below.
    return Page(name, title, mark_safe(html), text)


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _plain(token: Token) -> str:
    """Return the words of a piece of running text, without its marks."""
    if token.children is None:
        return token.content
    return "".join(" " if child.type == "softbreak" else child.content for child in token.children)


def _name_headings(tokens: list[Token]) -> None:
    """Give every heading the name by which links in the documentation refer to it."""
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            kept = re.sub(r"[^\w\- ]", "", _plain(text).strip().lower())
            opening.attrSet("id", kept.replace(" ", "-"))


def _led(tokens: list[Token], name: str) -> Iterator[Token]:
    """Yield running text with links that lead to pages of the help; other links and pictures leave their words."""
    dropped, last = 0, ""
    for token in tokens:
        if token.type == "softbreak" and not last.isascii():
            continue  # Chinese has no space where a line of the source ends
        last = token.content[-1:] or last
        if token.type == "link_open":
            target = _target(str(token.attrGet("href") or ""), name)
            dropped += target is None
            if target is None:
                continue
            token.attrSet("href", target)
        elif token.type == "link_close" and dropped:
            dropped -= 1  # links do not nest: the one that closes is the one dropped
            continue
        elif token.type == "image":
            yield Token("text", "", 0, content=token.content)
            continue
        yield token


def _target(href: str, name: str) -> str | None:
    path, mark, fragment = unquote(href).partition("#")
    if not path:
        return href
    if not path.endswith(".md") or ":" in path:
        return None
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).removesuffix(".md")
    return address(wanted) + mark + fragment if wanted in names() else None
