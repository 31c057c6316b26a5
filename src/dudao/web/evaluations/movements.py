"""Words of a text against the facts they speak of: “增长” where the bound figure fell, “下降” where it rose.

Told are only clauses whose words and facts leave no doubt; what cannot be told apart is passed over, as a false
alarm costs more trust than a miss.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dudao.scheme.model import FactDeclaration
from dudao.scoring.wording import figure
from dudao.web.evaluations.bound_figures import STATED, FigureBook, Key, Piece

_RISE = re.compile(r"增长|增加|上升|上涨|提高|提升|增至|升至|递增")
_FALL = re.compile(r"下降|减少|降低|下滑|回落|缩减|减至|降至|递减")
# words that turn the meaning round, or speak of what should be and not of what was
_TURNED = re.compile(
    r"(?:没有|未|不|无|并非|防止|避免|遏制|扭转|杜绝|力争|确保|计划|争取|预计|要求|目标|只增不减|不增|不减|零|负)"
    r"[^，。；：]{0,6}(?:增长|增加|上升|提高|提升|下降|减少|降低|下滑|回落)|只增不减|负增长"
)
_COMPARED = re.compile(r"比上年|较上年|比去年|较去年|比上一年|较上一年|同比")
_CLAUSE = re.compile(r"[，。；！？,;!?\n]")
_OWN_CHANGE = re.compile(r"增幅|增长率|增速|增长幅度|增减率|比上年增长|比上年增减")
_KEPT = re.compile(r"(?:没有|未|不)下降")
_NEAR = 8  # characters between a direction and the figure it belongs to


@dataclass(frozen=True, slots=True)
class Movement:
    """A clause that says one thing while its fact says another.

    Attributes:
        clause: the clause as it is shown.
        said: the word of the clause, e.g. 增长.
        fact: what the fact is called, with its year.
        why: what the fact says, one sentence without a full stop.
    """

    clause: str
    said: str
    fact: str
    why: str


def movements(book: FigureBook, declared: dict[str, FactDeclaration], text: str) -> list[Movement]:
    """Return the clauses of a text whose direction contradicts the facts bound in them."""
    return [found for clause in _clauses(book.pieces(text)) if (found := _judge(book, declared, clause)) is not None]


def _clauses(pieces: Iterable[Piece]) -> Iterable[list[Piece]]:
    """Return the clauses of a text as stretches of words and bound figures."""
    current: list[Piece] = []
    for piece in pieces:
        if piece.state != "plain":
            current.append(piece)
            continue
        start = 0
        for mark in _CLAUSE.finditer(piece.text):
            current.append(Piece(piece.text[start : mark.start()]))
            yield current
            current, start = [], mark.end()
        current.append(Piece(piece.text[start:]))
    yield current


def _judge(book: FigureBook, declared: dict[str, FactDeclaration], clause: list[Piece]) -> Movement | None:
    words = "".join(piece.text if piece.state == "plain" else "＿" for piece in clause)
    shown = "".join(piece.text for piece in clause).strip()
    rises, falls = _RISE.findall(words), _FALL.findall(words)
    if bool(rises) == bool(falls) or _TURNED.search(words):
        return None
    up, said = bool(rises), (rises or falls)[0]
    bound = [piece.key for piece in clause if piece.state == "bound" and piece.key and piece.key[0] != STATED]
    keys = list(dict.fromkeys(bound))
    if not keys:
        return None
    if len(keys) == 1:
        told = _alone(book, declared, keys[0], up, _close(words) or bool(_COMPARED.search(words)))
    else:
        told = _two_years(book, keys, up)
    if told is None:
        return None
    key, why = told
    return Movement(shown, said, book.title(key), why)


def _close(words: str) -> bool:
    """Return whether a direction stands beside the figure: 增长到＿, 由…增长至＿, ＿增长."""
    return any(
        re.search(rf"(?:{way.pattern})[^＿]{{0,{_NEAR}}}＿", words)
        or re.search(rf"＿[^＿]{{0,2}}(?:{way.pattern})", words)
        for way in (_RISE, _FALL)
    )


def _alone(
    book: FigureBook, declared: dict[str, FactDeclaration], key: Key, up: bool, speaks_of_it: bool
) -> tuple[Key, str] | None:
    """Return what a single fact says against the direction; None when it says nothing or agrees."""
    name, part, period = key
    now = book.number(key)
    asked = declared[name]
    if isinstance(now, bool):
        if not _KEPT.search(asked.title) or now is up:
            return None
        return key, _("%(key)s填的是“%(n)s”") % {"key": book.title(key), "n": _("是") if now else _("否")}
    if now is None:
        return None
    if _OWN_CHANGE.search(asked.title):
        if now == 0 or (now > 0) is up:
            return None
        return key, _("%(key)s是 %(now)s") % {"key": book.title(key), "now": figure(now, asked.unit)}
    if not speaks_of_it or not period.isdigit():
        return None
    return _against(book, (name, part, str(int(period) - 1)), key, up)


def _two_years(book: FigureBook, keys: list[Key], up: bool) -> tuple[Key, str] | None:
    """Return what two years of one fact say against the direction; None for figures of different facts."""
    if len(keys) != 2 or keys[0][:2] != keys[1][:2] or not all(key[2].isdigit() for key in keys):
        return None
    earlier, later = sorted(keys, key=lambda key: int(key[2]))
    return _against(book, earlier, later, up)


def _against(book: FigureBook, earlier: Key, later: Key, up: bool) -> tuple[Key, str] | None:
    before, now = book.number(earlier), book.number(later)
    if not isinstance(before, Decimal) or not isinstance(now, Decimal):
        return None
    if now != before and (now > before) is up:
        return None
    moved = _("没有变化") if now == before else _("上升") if now > before else _("下降")
    return later, _("%(n)s 年 %(later)s，%(n2)s 年 %(earlier)s，%(moved)s") % {
        "n": later[2],
        "later": book.value(later),
        "n2": earlier[2],
        "earlier": book.value(earlier),
        "moved": moved,
    }
