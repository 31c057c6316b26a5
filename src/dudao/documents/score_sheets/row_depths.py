"""How deep a row lies in a table that names its items of all levels in one column (一、… 1.… or 1, 1.1, 1.1.1)."""

import re

from dudao.documents.score_sheets.columns import Column, Role
from dudao.documents.score_sheets.grid import Grid
from dudao.documents.score_sheets.numbering import numbering
from dudao.documents.score_sheets.points import plain

_WITHOUT_NUMBER = "none"
_FEWEST_WITHOUT_NUMBER = 2
_BARE = (
    ("han", re.compile(r"[一二三四五六七八九十]{1,3}[、.]?")),
    ("number", re.compile(r"\d{1,3}[、.]?")),
    ("dotted2", re.compile(r"\d{1,2}[.-]\d{1,2}")),
    ("dotted3", re.compile(r"\d{1,2}(?:[.-]\d{1,2}){2}")),
)
BONUS = re.compile(r"(?:附加|加分|奖励|扣分|减分|倒扣)(?:项目?|指标|分|内容)?(?=$|[\s(:、])")


class RowDepths:
    """Tells the depth of each row from the style of its number; goes on from one table to the next.

    A style that was not met below the open ones goes one deeper, a style that is open closes what lies below it.
    """

    def __init__(self) -> None:
        self._open: list[str] = []

    def of(self, grid: Grid, columns: tuple[Column, ...], first: int) -> dict[int, int]:
        """Return the depth, from 1, of the rows of a grid; empty where its columns tell the levels."""
        names = [column.index for column in columns if column.role is Role.NAME]
        if len(names) != 1:
            return {}
        numbers = [column.index for column in columns if column.role is Role.NUMBER]
        written = {row: grid.words(row, names[0]) for row in range(first, len(grid.rows))}
        written = {row: words for row, words in written.items() if words and grid.is_start(row, names[0])}
        kinds = {row: _kind(words) for row, words in written.items()}
        if numbers and len(_styles(kinds)) < 2:
            kinds = {row: _kind_of_number(grid.words(row, numbers[0])) or kinds[row] for row in kinds}
        unnumbered = sum(kind is None for kind in kinds.values())
        without = _WITHOUT_NUMBER if unnumbered >= _FEWEST_WITHOUT_NUMBER else None
        return {
            row: self._depth(kind or without, bool(BONUS.match(_bare(written[row])))) for row, kind in kinds.items()
        }

    def _depth(self, kind: str | None, bonus: bool) -> int:
        if bonus and self._open:
            del self._open[1:]
            return 1
        if kind is None:
            return max(1, len(self._open))
        if kind in self._open:
            del self._open[self._open.index(kind) + 1 :]
        else:
            self._open.append(kind)
        return len(self._open)


def _styles(kinds: dict[int, str | None]) -> set[str]:
    return {kind for kind in kinds.values() if kind is not None}


def _kind(words: str) -> str | None:
    number = numbering(plain(words))
    return number.kind if number else None


def _kind_of_number(words: str) -> str | None:
    bare = re.sub(r"\s", "", plain(words))
    for kind, pattern in _BARE:
        if pattern.fullmatch(bare):
            return kind
    return _kind(words)


def _bare(words: str) -> str:
    number = numbering(plain(words))
    return plain(words)[number.length if number else 0 :]
