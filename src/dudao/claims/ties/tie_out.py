"""Several documents of one place against each other (`dudao check A B C`)."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from dudao.claims.contradictions.differences import fitting, reaches, stricter
from dudao.claims.contradictions.facts import same_scope
from dudao.claims.contradictions.same_measure import level_of
from dudao.claims.ties.figures import TieFigure, TieKey, tie_figures
from dudao.claims.ties.model import TieFinding
from dudao.documents.model import Document

CODE = "claims.tie"


KEPT = 20
"""More places of one measure than this add nothing, and would make the work grow with their square."""


class TieOut:
    """Files held against each other one after another; only their figures are kept, so thousands need little memory."""

    def __init__(self) -> None:
        self._known: dict[TieKey, list[tuple[int, TieFigure]]] = {}
        self._files = 0

    def add(self, figures: Iterable[TieFigure]) -> list[TieFinding]:
        """Return where a further file differs from the files before it, and remember its figures.

        A figure that one earlier file confirms is no difference: the others may speak of another stage of the year.
        """
        number = self._files
        self._files += 1
        told: set[TieKey] = set()
        found: list[TieFinding] = []
        for figure in figures:
            earlier = [one for file, one in self._known.get(figure.key, ()) if file != number]
            different = [one for one in earlier if _differ(one, figure)]
            if different and len(different) == len(earlier) and figure.key not in told:
                told.add(figure.key)
                found.append(_finding(different[0], figure))
            places = self._known.setdefault(figure.key, [])
            if len(places) < KEPT:
                places.append((number, figure))
        return found


def tie_out(documents: Sequence[Document]) -> list[TieFinding]:
    """Return where two documents give different values for the same measure, place and period.

    Targets, standards and forecasts are not compared with facts, a part not with its whole, one county not with
    another.
    """
    tied = TieOut()
    return [finding for document in documents for finding in tied.add(tie_figures(document))]


def _differ(one: TieFigure, other: TieFigure) -> bool:
    if not reaches(stricter(one.bar, other.bar), one.quantity, other.quantity):
        return False
    return same_scope(other.measure, one.heading, other.heading)


def _names(one: str, other: str) -> tuple[str, str]:
    """Return the names of two files, with their folders where the names alone are the same."""
    names = Path(one).name, Path(other).name
    return names if names[0] != names[1] else (one, other)


def _quoted(figure: TieFigure) -> str:
    """Return the words of a place in brackets, nothing for a figure of a table."""
    return f"（“{figure.where.words}”）" if figure.where.words else ""


def _finding(first: TieFigure, second: TieFigure) -> TieFinding:
    key = second.key
    where = "，".join(part for part in (key.place, key.period) if part)
    one, other = _names(first.where.file, second.where.file)
    return TieFinding(
        CODE,
        level_of(first.quantity, second.quantity, sure=first.dated and second.dated),
        second.measure or key.measure,
        key.place,
        key.period,
        first.where,
        second.where,
        f"“{second.measure or key.measure}”（{where}）两份文件不一致：{one}写的是{first.quantity.text}"
        f"{_quoted(first)}，{other}写的是{second.quantity.text}{_quoted(second)}，四舍五入也不能相合；"
        "地区、时间、指标和单位都相同。"
        f"如以{one}为准，此处应为{fitting(first.quantity, second.quantity)}。",
        "请以统计部门或财政部门的数据为准统一；如口径不同，请在文中分别注明。",
    )
