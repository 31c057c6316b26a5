"""Texts as pairs of neighbouring characters: Chinese has no spaces between words, and most of its words have two."""

import re
import unicodedata
from collections.abc import Iterator

_RUN = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[0-9a-z]{3,}")
MOST_WORDS = 5
LONGEST = 100


def plain(text: str) -> str:
    """Return a text as it is compared: full-width as half-width, capitals as small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def grams(text: str) -> set[str]:
    """Return the pairs of neighbouring letters and digits, and the last character of each run alone.

    Every text that holds a run of characters holds all pairs of that run; a single character is the beginning of
    one of its grams. Of digits and Latin letters threes and fours as well: there are few of them, and many numbers.
    """
    found: set[str] = set()
    for run in _RUN.findall(plain(text)):
        found.update(run[place : place + 2] for place in range(len(run)))
        found.update(_longer(run))
    return found


def _longer(run: str) -> Iterator[str]:
    for part in _LATIN.finditer(run):
        for length in (3, 4):
            for place in range(part.start(), part.end() - length + 1):
                yield run[place : place + length]


def words(asked: str) -> tuple[str, ...]:
    """Return the words of a question, as they are compared: at most a few, without those of signs alone."""
    found = [word for word in plain(asked[:LONGEST]).replace("\x00", " ").split() if _RUN.search(word)]
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def asked_grams(word: str) -> tuple[set[str], set[str]]:
    """Return the grams that a text with the word must hold, and the beginnings that one of its grams must have."""
    whole: set[str] = set()
    begun: set[str] = set()
    for run in _RUN.findall(plain(word)):
        if len(run) == 1:
            begun.add(run)
        whole.update(run[place : place + 2] for place in range(len(run) - 1))
        whole.update(_longer(run))
    return whole, begun
