"""The problems that a report admits in its own chapter (存在问题)."""

import re

from dudao.documents.model import Document
from dudao.documents.score_sheets.numbering import numbering
from dudao.documents.score_sheets.points import plain
from dudao.provenance import Span

_CHAPTER = re.compile(
    r"存在的?(?:主要|突出)?(?:困难|问题|不足|差距)|主要(?:问题|不足)|问题(?:和|与|及)(?:不足|短板)|不足之处"
)
_SENTENCE = re.compile(r"[^。\n；;]+")
_LISTED = re.compile(r"[一二三四五六七八九]是")
_LONGEST_TITLE = 40
_LONGEST_LINE = 2000
_LONGEST_PROBLEM, _MOST_PROBLEMS = 80, 60


def admitted_problems(document: Document) -> list[tuple[str, Span]]:
    """Return the problems of the chapter with their places in the document, in order.

    A problem is the first sentence of a numbered paragraph, or each 一是… of a plain one.
    """
    repaired = document.repaired
    found = []
    inside: str | None = None
    place = 0
    for line in repaired.text.splitlines(keepends=True):
        start, place = place, place + len(line)
        words = plain(line)
        indent = len(words) - len(words.lstrip())
        number = numbering(words.strip())
        kind = number.kind if number else ""
        if _is_chapter(words.strip()[number.length if number else 0 :]):
            inside = kind
        elif inside is not None and kind and kind == inside:
            inside = None
        elif inside is not None and words.strip():
            words = words[:_LONGEST_LINE]
            skip = indent + (number.length if number else 0)
            spans = _first_sentence(words, skip) if number else _listed(words)
            found += [Span(start + begin, start + end) for begin, end in spans]
    short = [Span(span.start, min(span.end, span.start + _LONGEST_PROBLEM)) for span in found if len(span) >= 4]
    return [(repaired.text[span.start : span.end], repaired.source_span(span)) for span in short[:_MOST_PROBLEMS]]


def _is_chapter(title: str) -> bool:
    return len(title) <= _LONGEST_TITLE // 2 and not title.endswith("。") and bool(_CHAPTER.search(title))


def _first_sentence(words: str, skip: int) -> list[tuple[int, int]]:
    match = _SENTENCE.search(words, skip)
    return [match.span()] if match else []


def _listed(words: str) -> list[tuple[int, int]]:
    found = []
    for match in _LISTED.finditer(words):
        sentence = _SENTENCE.match(words, match.end())
        if sentence:
            found.append(sentence.span())
    return found
