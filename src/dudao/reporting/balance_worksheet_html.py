"""The arithmetic of one level as tables that can be redone with a calculator: n, total, x, (x−X)², S, coefficient."""

from collections.abc import Iterator, Sequence
from html import escape

from dudao.balance.model import IndicatorResult, LevelResult, SchoolResult
from dudao.balance.standard import BalanceStandard, Method


def arithmetic(
    level: LevelResult, schools: Sequence[SchoolResult], standard: BalanceStandard, method: Method
) -> Iterator[str]:
    """Yield one foldable table an indicator; those over their limit, or else the widest spread, stand open."""
    known = [each.coefficient or 0.0 for each in level.indicators]
    widest = known.index(max(known)) if known else -1
    over = any(each.met is False for each in level.indicators)
    for place, result in enumerate(level.indicators):
        shown = result.met is False or (not over and place == widest)
        summary = f"{place + 1} {escape(result.name)}"
        if result.coefficient is not None:
            verdict = "，超过上限" if result.met is False else ""
            summary += f"　差异系数 {result.coefficient:.3f}{verdict}"
        table = _table(place, result, schools, method)
        formula = _formula(result)
        yield f"<details{' open' if shown else ''}><summary>{summary}</summary>{table}{formula}</details>"


def _table(place: int, result: IndicatorResult, schools: Sequence[SchoolResult], method: Method) -> str:
    weighted = method is Method.WEIGHTED
    pupils = sum(school.pupils for school in schools)
    rows, total, squares = [], 0.0, 0.0
    for school in schools:
        own = school.indicators[place]
        total += own.numerator or 0.0
        cells = [f"{school.pupils:,.0f}", _number(own.numerator, 2), _number(own.value, 2)]
        if own.value is not None and result.mean is not None:
            square = (own.value - result.mean) ** 2
            share = square * (school.pupils / pupils if weighted else 1 / len(schools))
            squares += share
            cells += [f"{square:,.3f}", f"{share:,.4f}"]
        else:
            cells += ["—", "—"]
        style = "num bad" if own.met is False else "num"
        marked = "".join(
            f'<td class="{style if number == 2 else "num"}">{cell}</td>' for number, cell in enumerate(cells)
        )
        rows.append(f'<tr><th scope="row">{escape(school.school_name or school.school_id)}</th>{marked}</tr>')
    share_head = "n÷N×(x−X)²" if weighted else "(x−X)²÷校数"
    heads = "".join(
        f'<th scope="col" class="num">{w}</th>' for w in ("学生 n", "总量", "指标值 x", "(x−X)²", share_head)
    )
    mean = "—" if result.mean is None else f"X = {result.mean:,.4f}"
    spread = "—" if result.mean is None else f"{squares:,.4f}"
    foot = f'<td class="num">{pupils:,.0f}</td><td class="num">{total:,.2f}</td><td class="num">{mean}</td><td></td>'
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(result.name)}手工复核表">'
        f"<table><caption>{escape(result.name)}手工复核表</caption>"
        '<thead><tr><th scope="col">学校</th>'
        f'{heads}</tr></thead><tbody>{"".join(rows)}</tbody><tfoot><tr><th scope="row">合计</th>{foot}'
        f'<td class="num">{spread}</td></tr></tfoot></table></div>'
    )


def _formula(result: IndicatorResult) -> str:
    if result.coefficient is None or result.mean is None or result.deviation is None:
        return f'<div class="fx">无法计算：{result.schools_missing} 所学校缺数，或全县均值为 0。</div>'
    spread = result.deviation**2
    words = f"S = √{spread:,.4f} = {result.deviation:,.4f}　差异系数 = S ÷ X = {result.deviation:,.4f} ÷ "
    words += f"{result.mean:,.4f} = <b>{result.coefficient:.4f}</b>"
    if result.limit is not None:
        sign = "＞" if result.met is False else "≤"
        words += f' <span class="{"bad" if result.met is False else "ok"}">{sign} {result.limit:.2f}</span>'
    return f'<div class="fx">{words}</div>'


def _number(value: float | None, decimals: int) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.{decimals}f}"
