"""Several documents of one place against each other (`dudao check A B C`)."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from dudao.claims.contradictions.differences import Bar, fitting, reaches, stricter
from dudao.claims.contradictions.facts import same_scope, scope_of
from dudao.claims.contradictions.same_measure import level_of
from dudao.claims.contradictions.stage_facts import SUMMED
from dudao.claims.ties.figures import TieFigure, TieKey, tie_figures
from dudao.claims.ties.model import TieFinding
from dudao.documents.model import Document
from dudao.issues import Level

CODE = "claims.tie"


KEPT = 20
"""More places of one measure than this add nothing, and would make the work grow with their square."""


class TieOut:
    """Files held against each other one after another; only their figures are kept, so thousands need little memory."""

    def __init__(self) -> None:
        self._known: dict[TieKey, list[tuple[int, TieFigure]]] = {}
        self._reached: dict[TieKey, list[tuple[int, TieFigure]]] = {}
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
            keys = [figure.key] if figure.broad is None else [figure.key, figure.broad]
            for key in keys:
                earlier = [one for file, one in self._known.get(key, ()) if file != number]
                if not earlier:
                    continue
                bar = Bar.ANY if key == figure.key else Bar.CLOSE
                different = [one for one in earlier if _differ(one, figure, bar)]
                if len(different) == len(earlier) and not told & set(keys):
                    told.update(keys)
                    found.append(_finding(different[0], figure))
                break  # a figure of the very same name stands for those of a wider one
            if (missed := self._missed_aim(figure, number)) is not None:
                found.append(missed)
            if figure.aim is not None and len(reached := self._reached.setdefault(figure.aim, [])) < KEPT:
                reached.append((number, figure))
            for key in keys:
                places = self._known.setdefault(key, [])
                if len(places) < KEPT:
                    places.append((number, figure))
        return found

    def _missed_aim(self, figure: TieFigure, number: int) -> TieFinding | None:
        """Return a finding where one file says that a figure reached its aim, and another sets the aim higher."""
        if _LESS_IS_BETTER.search(figure.measure):
            return None
        if figure.aim is None:
            reached = [one for file, one in self._reached.get(figure.key, ()) if file != number]
            short = bool(reached) and all(_falls_short(one, figure) for one in reached)
            return _of_missed_aim(figure, reached[0], last=figure) if short else None
        aims = [one for file, one in self._known.get(figure.aim, ()) if file != number]
        short = bool(aims) and all(_falls_short(figure, one) for one in aims)
        return _of_missed_aim(aims[0], figure, last=figure) if short else None


def tie_out(documents: Sequence[Document]) -> list[TieFinding]:
    """Return where two documents give different values for the same measure, place and period.

    Targets, standards and forecasts are not compared with facts, a part not with its whole, one county not with
    another.
    """
    tied = TieOut()
    return [finding for document in documents for finding in tied.add(tie_figures(document))]


def _differ(one: TieFigure, other: TieFigure, least: Bar) -> bool:
    if _is_sum(one) and _is_sum(other):
        return False  # where the stages differ, they say so themselves
    if not reaches(stricter(least, stricter(one.bar, other.bar)), one.quantity, other.quantity):
        return False
    measures = (
        f"{one.measure}{other.measure}" if least is Bar.CLOSE else f"{other.measure}{scope_of(other.key.measure)}"
    )
    return same_scope(measures, one.heading, other.heading)


def _is_sum(figure: TieFigure) -> bool:
    return figure.derived and figure.where.words == SUMMED


_LESS_IS_BETTER = re.compile("大班额|大校额|近视|肥胖|辍学|缺编|缺额|债务|减少|压减|下降")


def _falls_short(figure: TieFigure, aim: TieFigure) -> bool:
    reached, wanted = figure.quantity.interval.high, aim.quantity.interval.low
    return reached is not None and wanted is not None and reached < wanted


def _of_missed_aim(aim: TieFigure, figure: TieFigure, *, last: TieFigure) -> TieFinding:
    """Return the finding, which stands in the file that came last."""
    one, other = _names(aim.where.file, figure.where.file)
    return TieFinding(
        CODE,
        Level.WARNING,
        figure.measure,
        figure.key.place,
        figure.key.period,
        aim.where if last is figure else figure.where,
        last.where,
        f"“{figure.measure}”{other}写的是{figure.quantity.text}{_quoted(figure)}，称完成了目标；"
        f"{one}定的是{aim.quantity.text}{_quoted(aim)}，并未达到。",
        "请核对目标数；目标有调整的，请注明调整的文件；没有完成的，请改写。",
    )


def _names(one: str, other: str) -> tuple[str, str]:
    """Return the names of two files, with their folders where the names alone are the same."""
    names = Path(one).name, Path(other).name
    return names if names[0] != names[1] else (one, other)


def _quoted(figure: TieFigure) -> str:
    """Return the words of a place in brackets, for a figure of a table what the table is called."""
    if figure.where.words:
        return f"（“{figure.where.words}”）"
    title = " ".join(figure.heading.split())
    return f"（表格“{title}”）" if title else "（表格）"


def _says(figure: TieFigure, file: str) -> str:
    """Return what a file of a name says, with its words."""
    if figure.derived:
        return f"{file}{figure.where.words}是{figure.quantity.text}"
    return f"{file}写的是{figure.quantity.text}{_quoted(figure)}"


def _should_be(first: TieFigure, second: TieFigure) -> str:
    """Return what follows for the second file if the first one is right."""
    right = fitting(first.quantity, second.quantity)
    if _is_sum(second):
        return f"各学段之和应为{right}"
    if second.derived:
        return f"上年应为{right}，此处的数或增减的数要改"
    return f"此处应为{right}"


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
        f"“{second.measure or key.measure}”（{where}）两份文件不一致：{_says(first, one)}，{_says(second, other)}，"
        "四舍五入也不能相合；地区、时间、指标和单位都相同。"
        f"如以{one}为准，{_should_be(first, second)}。",
        "请以统计部门或财政部门的数据为准统一；如口径不同，请在文中分别注明。",
    )
