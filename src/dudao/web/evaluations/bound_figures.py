"""Figures bound to facts inside a text: `{{数据项.分项.年}}` stands for its value wherever the text is shown.

`{{判定.测评点}}` stands for what was stated for a point of the same item: its grade, its items, its cases.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dudao.scheme.model import FactDeclaration, Scheme
from dudao.web.evaluations.figures import typed_value
from dudao.web.evaluations.models import FactValue
from dudao.web.evaluations.stated import Stated

MISSING = "「未填报」"
STATED = "判定"
_TOKEN = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_SENTENCE = re.compile(r"[^。；！？!?\n]+[。；！？!?]?")

Key = tuple[str, str, str]
"""Name, part and period of a fact; 判定 and the id of the point for what was stated."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain words, or a bound figure with what it stands for.

    `state` is `plain`, `bound`, `missing` (known, not filled in) or `unknown` (no such fact); `source` says whose
    figure it is and where it comes from.
    """

    text: str
    state: str = "plain"
    key: Key | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact that can be put into a text: how it is written there, what it is called, and its value now."""

    written: str
    title: str
    value: str


class FigureBook:
    """The facts of one region as texts may name them, by key or by Chinese title."""

    def __init__(self, scheme: Scheme, rows: Iterable[FactValue]) -> None:
        self._declared: dict[str, FactDeclaration] = {each.name: each for each in scheme.facts}
        self._rows: dict[Key, FactValue] = {(row.name, row.part, row.period): row for row in rows}
        titles: dict[str, list[str]] = {}
        for each in scheme.facts:
            titles.setdefault(each.title, []).append(each.name)
        self._by_title = {title: names[0] for title, names in titles.items() if len(names) == 1}
        self._stated: Mapping[str, Stated] = {}

    def stating(self, stated: Mapping[str, Stated]) -> "FigureBook":
        """Return the book for the text of one item: with what was stated for its points, by id."""
        other = self._copy()
        other._stated = stated
        return other

    def _copy(self) -> "FigureBook":
        other = object.__new__(FigureBook)
        other._declared, other._by_title = self._declared, self._by_title
        other._rows, other._stated = self._rows, self._stated
        return other

    def with_value(self, row: FactValue) -> "FigureBook":
        """Return the book as it would be with another row in the place of the one with its key."""
        other = self._copy()
        other._rows = {**self._rows, (row.name, row.part, row.period): row}
        return other

    def names(self, text: str) -> frozenset[str]:
        """Return the names of all facts that a text may be bound to, whether or not the book holds their rows."""
        found = set()
        for match in _TOKEN.finditer(text):
            pieces = [piece.strip() for piece in match.group(1).strip().split(".")]
            found |= {self._named(".".join(pieces[:cut])) for cut in _cuts(pieces)}
        return frozenset(name for name in found if name is not None)

    def read(self, words: str) -> Key | None:
        """Return the fact that the words between the braces name; None when there is none."""
        pieces = [piece.strip() for piece in words.strip().split(".")]
        if len(pieces) < 2:
            return None
        if pieces[0] == STATED:
            point = ".".join(pieces[1:])
            return (STATED, point, "") if point in self._stated else None
        # A title may hold a full stop itself, so the year and the part are taken from the end.
        period = pieces[-1]
        for cut in _cuts(pieces):
            name = self._named(".".join(pieces[:cut]))
            if name is None:
                continue
            part = self._part(name, ".".join(pieces[cut:-1]))
            key = (name, part, period) if part is not None else None
            if key in self._rows:
                return key
        return None

    def _named(self, words: str) -> str | None:
        return words if words in self._declared else self._by_title.get(words)

    def _part(self, name: str, words: str) -> str | None:
        if not words:
            return ""
        for part, title in self._declared[name].parts:
            if words in (part, title):
                return part
        return words if not self._declared[name].parts else None

    def token(self, row: FactValue) -> str:
        """Return how a text names a fact: by its title where that is plain and unique, else by its key."""
        declared = self._declared.get(row.name)
        name = row.name
        if (
            declared is not None
            and self._by_title.get(declared.title) == row.name
            and not set(".{}") & {*declared.title}
        ):
            name = declared.title
        part = dict(declared.parts).get(row.part, row.part) if declared is not None else row.part
        part = row.part if set(".{}") & {*part} else part
        return "{{" + ".".join(piece for piece in (name, part, row.period) if piece) + "}}"

    def title(self, key: Key) -> str:
        """Return what a fact is called: title, part and year."""
        if key[0] == STATED:
            return f"{self._stated[key[1]].name} · {STATED}"
        declared = self._declared.get(key[0])
        part = dict(declared.parts).get(key[1], key[1]) if declared is not None else key[1]
        return " · ".join(piece for piece in (declared.title if declared else key[0], part, f"{key[2]} 年") if piece)

    def value(self, key: Key) -> str:
        """Return the value with its unit as documents print it; 「未填报」 when it is not filled in."""
        if key[0] == STATED:
            return self._stated[key[1]].words or MISSING
        row = self._rows[key]
        digits = row.value.strip().replace(",", "").replace("，", "")
        if not digits or digits in {"—", "-", "/"}:
            return MISSING
        unit = "" if row.unit and digits.endswith(row.unit) else row.unit
        return digits + unit

    def number(self, key: Key) -> Decimal | bool | None:
        """Return what the engine reads of a fact in its base unit; None when it is not filled in or no figure."""
        row = self._rows.get(key)
        declared = self._declared.get(key[0])
        if row is None or declared is None:
            return None
        value = typed_value(row.value, row.unit or declared.unit, declared)
        return None if isinstance(value, str) else value

    def choices(self, names: Iterable[str]) -> list[Choice]:
        """Return the facts of the given names that a text can be given, newest year first, then what was stated."""
        order = {name: place for place, name in enumerate(names)}
        rows = [row for key, row in self._rows.items() if key[0] in order]
        rows.sort(key=lambda row: (order[row.name], [-ord(sign) for sign in row.period], row.part))
        keys = [(row, (row.name, row.part, row.period)) for row in rows]
        facts = [Choice(self.token(row), self.title(key), self.value(key)) for row, key in keys]
        points: list[Key] = [(STATED, point, "") for point in self._stated]
        return facts + [Choice(f"{{{{{STATED}.{key[1]}}}}}", self.title(key), self.value(key)) for key in points]

    def pieces(self, text: str) -> list[Piece]:
        """Return a text cut into plain words and bound figures."""
        found: list[Piece] = []
        place = 0
        for match in _TOKEN.finditer(text):
            if match.start() > place:
                found.append(Piece(text[place : match.start()]))
            key = self.read(match.group(1))
            if key is None:
                found.append(Piece(match.group(), "unknown"))
            else:
                value = self.value(key)
                source = "，".join(part for part in (self.title(key), self._source(key)) if part)
                found.append(Piece(value, "missing" if value == MISSING else "bound", key, source))
            place = match.end()
        if place < len(text):
            found.append(Piece(text[place:]))
        return found

    def _source(self, key: Key) -> str:
        return "" if key[0] == STATED else self._rows[key].source

    def render(self, text: str) -> str:
        """Return a text with its bound figures put in; what names no fact stays as it is written."""
        return "".join(piece.text for piece in self.pieces(text))

    def used(self, text: str) -> frozenset[Key]:
        """Return the facts that a text is bound to."""
        return frozenset(piece.key for piece in self.pieces(text) if piece.key is not None)

    def sentences_with(self, text: str, key: Key) -> list[str]:
        """Return the sentences of a text, as written, that are bound to a fact."""
        return [match.group().strip() for match in _SENTENCE.finditer(text) if key in self.used(match.group())]


def _cuts(pieces: list[str]) -> list[int]:
    """Return where the name of a fact may end among the words between the braces: before the year, or the part."""
    return [cut for cut in (len(pieces) - 1, len(pieces) - 2) if cut >= 1]


def names_in(scheme: Scheme, text: str) -> frozenset[str]:
    """Return the names of all facts of a scheme that a text may be bound to."""
    return FigureBook(scheme, ()).names(text) if "{{" in text else frozenset()


def rendered_notes(book: FigureBook, notes: Mapping[str, str]) -> dict[str, str]:
    """Return the texts by item with their figures put in."""
    return {item: book.render(text) for item, text in notes.items()}
