"""Sentences of the core and of the trail in the language of the page.

They are written once, in Chinese, with their values put in: the command line prints them, the trail keeps them. A page
in another language finds the phrase a sentence was made from by its fixed words, and says that phrase in its own
language with the values put in again; values that are phrases themselves are said so too, data stay as they are. A
sentence of which no phrase is known stays Chinese: wrong words are worse than foreign ones.
"""

import re
import struct
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_GAP = re.compile(r"\{(n?)(\d+)\}")
CHOICE = re.compile(r"\{(n?\d+)\|([^{}|]+)\|([^{}|]+)\}")
"""Words of a translation that the number in a gap decides, for exactly one and for others: `{1|row is|rows are}`."""
_NUMBER = r"[−+-]?[\d,.]+%?"
_PAIRS = (("“", "”"), ("（", "）"), ("《", "》"))
_DEEPEST = 6
_LONGEST = 1000
_SPACES = re.compile(r"(?<=\S) {2,}")
_BEFORE_MARK = re.compile(r" +([,.:;)])(?=\s|$)")
_DRAWN_TEXT = re.compile(r"""((?:title|aria-label)="|>)([^<>"]*)("|<)""")
_DRAWN_LABEL = re.compile(r"""((?:title|aria-label)=")([^<>"]*)(")""")
_SENTENCES = re.compile(r"(?<=[。！？\n])")
_CLAUSES = re.compile(r"(?<=；)")
_QUOTED = re.compile("“[^”]*”|（[^）]*）|《[^》]*》")
_ENDED = re.compile("。.")  # a value is no end of one sentence with the next one
_FORMULA = re.compile(r"[（(]*\d.*[÷×＋－＝].*")
_AMOUNT = re.compile(r"\d[\d.,]*[\u4e00-\u9fff]+")
_MARKS = str.maketrans({"。": ". ", "；": "; ", "，": ", ", "：": ": ", "、": ", ", "（": " (", "）": ")"})
_SIGNS = str.maketrans({"（": "(", "）": ")", "＋": " + ", "－": " − ", "＝": " = ", "×": " × ", "÷": " ÷ "})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase with gaps: what it matches, how much of it is fixed, and what to say, with gaps as `{1}`.

    `patterns` share the text among the gaps in two ways: as little, and as much as possible for the earlier ones;
    `opens` says that the phrase begins with a gap.
    """

    patterns: tuple[str, ...]
    fixed: int
    saying: str
    opens: bool

    def gaps_of(self, text: str) -> dict[str, str] | None:
        """Return what stands in the gaps of a text made from the phrase; None when it was not."""
        for pattern in self.patterns:
            match = _compiled(pattern).fullmatch(text)
            if match is None:
                return None
            if all(_balanced(gap) and not _ENDED.search(_QUOTED.sub("", gap)) for gap in match.groupdict().values()):
                return match.groupdict()
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


class PhraseBook:
    """The phrases of one language.

    Args:
        sayings: translations by Chinese phrase; both have the same gaps.
    """

    def __init__(self, sayings: dict[str, str]) -> None:
        self.plain = {phrase: saying for phrase, saying in sayings.items() if not _GAP.search(phrase)}
        gapped = [phrase for phrase in sayings if _GAP.search(phrase)]
        often = Counter(key for phrase in gapped for key in _keys(_GAP.sub("\0", phrase)))
        self._by_key: dict[str, list[_Phrase]] = {}
        for phrase in gapped:
            rarest = min(_keys(_GAP.sub("\0", phrase)), key=lambda key: (often[key], key))
            self._by_key.setdefault(rarest, []).append(_read(phrase, sayings[phrase]))

    def say(self, sentence: str) -> str:
        """Return a sentence in the language of the book, as far as it is known."""
        said = self._sentences(sentence)
        if said == sentence:
            return sentence
        return _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", said)).strip()

    def _sentences(self, sentence: str) -> str:
        text = sentence.strip()
        if not _CHINESE.search(text) or len(text) > _LONGEST:
            return sentence
        whole = self._whole(text, 0)
        if whole is not None:
            return whole
        pieces = [piece for sentence in _SENTENCES.split(text) for piece in self._parts_of(sentence)]
        said = [self._piece(piece, 0) for piece in pieces]
        if all(one is None for one in said):
            return sentence
        return " ".join(
            one.strip() if one is not None else piece.strip() for one, piece in zip(said, pieces, strict=True)
        )

    def _parts_of(self, sentence: str) -> list[str]:
        """Return a sentence that is known as it is, else its clauses."""
        if "；" in sentence and self._piece(sentence, 0) is None:
            return [clause for clause in _CLAUSES.split(sentence) if clause]
        return [sentence] if sentence else []

    def _whole(self, text: str, depth: int) -> str | None:
        """Return what a text says as one phrase, None when it is none that is known."""
        if text in self.plain:
            return self.plain[text]
        known = gettext(text)
        if known != text:
            return known
        if depth > _DEEPEST:
            return None
        for each in sorted(self._candidates(text), key=lambda phrase: -phrase.fixed):
            gaps = each.gaps_of(text)
            if gaps is not None and "：" in gaps.get("g1", "") and each.opens:
                labelled = self._labelled(text, depth)
                if labelled is not None:
                    return labelled
            if gaps is not None:
                return _filled(each.saying, {name: self._value(value, depth + 1) for name, value in gaps.items()})
        return None

    def _labelled(self, text: str, depth: int) -> str | None:
        """Return what a label with a phrase after its colon says; None when what follows is no phrase."""
        label, colon, rest = text.partition("：")
        if not colon or not _balanced(label) or depth > _DEEPEST:
            return None
        after = self._whole(rest.strip(), depth + 1)
        if after is None:
            return None
        before = self._whole(label, depth + 1)
        return f"{label if before is None else before}: {after}"

    def _candidates(self, text: str) -> list[_Phrase]:
        found: list[_Phrase] = []
        for key in sorted(_keys(text) | set(_CHINESE.findall(text))):
            found.extend(self._by_key.get(key, ()))
        return found

    def _value(self, text: str, depth: int) -> str:
        """Return the value of a gap: a phrase, a list of values, or data as they are."""
        if not _CHINESE.search(text):
            return text.translate(_MARKS) if len(text) > 1 else text
        if text[0] in "，；、":
            return text[0].translate(_MARKS) + self._value(text[1:], depth)
        whole = self._whole(text, depth)
        if whole is not None:
            return whole
        piece = self._piece(text, depth)
        if piece is None and _FORMULA.fullmatch(text):
            return self._formula(text, depth)
        return text if piece is None else piece

    def _formula(self, text: str, depth: int) -> str:
        """Return a calculation with its amounts said, and its signs as other languages write them."""
        said = _AMOUNT.sub(lambda amount: self._whole(amount[0], depth) or amount[0], text)
        return said.translate(_SIGNS)

    def _piece(self, text: str, depth: int) -> str | None:
        """Return a text that is a phrase with a mark at its end, or a list of which every part is known."""
        entire = self._whole(text.strip(), depth + 1) if depth == 0 else None
        if entire is not None:
            return entire
        ended = re.fullmatch(r"(.*?)([。；！？，：]?)\s*", text, re.DOTALL)
        if ended is None or depth > _DEEPEST:
            return None
        body, mark = ended.groups()
        whole = self._whole(body, depth + 1) if mark or depth == 0 else None
        if whole is not None:
            return whole + mark.translate(_MARKS).strip()
        labelled = self._labelled(body, depth)
        if labelled is not None:
            return labelled + mark.translate(_MARKS).strip()
        for separator in ("；", "，", "、"):
            parts = body.split(separator)
            if len(parts) > 1 and all(_balanced(part) for part in parts):
                said = [part if not _CHINESE.search(part) else self._whole(part.strip(), depth + 1) for part in parts]
                known = [one for one in said if one is not None]
                if len(known) == len(said):
                    return separator.translate(_MARKS).join(known) + mark.translate(_MARKS).strip()
        return None


def _filled(saying: str, values: dict[str, str]) -> str:
    """Return a saying with its words chosen and its gaps filled; the values come last, for they may hold anything."""
    chosen = CHOICE.sub(lambda word: word[2] if _is_one(values[f"g{word[1].lstrip('n')}"]) else word[3], saying)
    return _GAP.sub(lambda gap: values[f"g{gap[2]}"], chosen)


def _is_one(number: str) -> bool:
    return number.lstrip("−+-") == "1"


def _keys(text: str) -> set[str]:
    """Return the pairs of neighbouring characters with Chinese in them; single characters where there is no pair."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    found = {pair for pair in pairs if "\0" not in pair and all(_CHINESE.match(one) for one in pair)}
    return found or set(_CHINESE.findall(text))


def _read(phrase: str, saying: str) -> _Phrase:
    little, much, end, fixed = "", "", 0, 0
    for gap in _GAP.finditer(phrase):
        before = phrase[end : gap.start()]
        beside = not before and end > 0  # of two gaps side by side the second may be empty, and so may a last one
        least = "*" if beside or gap.end() == len(phrase) else "+"
        first = phrase[gap.end() :].startswith("{") and not phrase[gap.end() :].startswith("{n")
        fill = _NUMBER if gap[1] else f".{least}" if first else f".{least}?"
        little += f"{re.escape(before)}(?P<g{gap[2]}>{fill})"
        much += f"{re.escape(before)}(?P<g{gap[2]}>{_NUMBER if gap[1] else '.' + least})"
        end, fixed = gap.end(), fixed + len(before) + bool(gap[1])
    rest = re.escape(phrase[end:])
    return _Phrase(
        tuple(dict.fromkeys((little + rest, much + rest))), fixed + len(phrase) - end, saying, phrase.startswith("{")
    )


def _balanced(text: str) -> bool:
    """Say whether every bracket and quotation mark that a text opens is closed in it, in this order."""
    for opening, closing in _PAIRS:
        depth = 0
        for one in text:
            depth += (one == opening) - (one == closing)
            if depth < 0:
                return False
        if depth:
            return False
    return True


def _load(path: Path) -> dict[str, str]:
    """Return the sayings of a compiled catalogue of phrases; none where it was not compiled."""
    if not path.exists():
        return {}
    data = path.read_bytes()
    _magic, _version, count, start, translated = struct.unpack_from("<5I", data)
    found = {}
    for row in range(count):
        (length, at), (said_length, said_at) = (
            struct.unpack_from("<2I", data, table + 8 * row) for table in (start, translated)
        )
        found[data[at : at + length].decode()] = data[said_at : said_at + said_length].decode()
    found.pop("", None)
    return found


@cache
def book(language: str) -> PhraseBook:
    """Return the phrase book of a language; an empty one where there is none."""
    folder = settings.BASE / "locale" / translation.to_locale(language) / "LC_MESSAGES"
    return PhraseBook(_load(folder / "phrases.mo"))


@lru_cache(maxsize=8192)
def _said(language: str, sentence: str) -> str:
    return book(language).say(sentence)


def told_markup(markup: str, *, labels: bool = False) -> str:
    """Return drawn html or svg with its texts, titles and labels in the language of the page.

    Only for what the core draws of data; a text in it that is no known phrase stays as it is, escaped as it was.

    Args:
        markup: what was drawn.
        labels: only the titles and labels: the texts are somebody's document.
    """
    if (translation.get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE:
        return markup
    return (_DRAWN_LABEL if labels else _DRAWN_TEXT).sub(
        lambda found: f"{found[1]}{_told_piece(found[2])}{found[3]}", markup
    )


def _told_piece(text: str) -> str:
    if not _CHINESE.search(text):
        return text
    said = told(text.strip())
    return text if said == text.strip() else said.replace("<", "&lt;").replace('"', "&quot;")


def told(sentence: object) -> str:
    """Return a sentence of the core or of the trail in the language of the page."""
    text = str(sentence)
    language = translation.get_language() or settings.LANGUAGE_CODE
    return text if language == settings.LANGUAGE_CODE else _said(language, text)
