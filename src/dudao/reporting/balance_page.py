"""The balance of a county as one HTML file that needs nothing else: verdicts, reasons, pictures, the arithmetic."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from dudao.balance.model import VERDICT_NAMES, CountyResult, LevelResult, SchoolResult, Verdict
from dudao.balance.result import Balanced
from dudao.balance.standard import LEVEL_NAMES, BalanceStandard, Method
from dudao.errors import WrongUseError
from dudao.reporting.balance_chart_svg import coefficient_svg, strip_svg
from dudao.reporting.balance_charts import coefficient_chart, short_name, strip_chart
from dudao.reporting.balance_words import METHOD_WORDS, method_lines
from dudao.reporting.balance_worksheet_html import arithmetic

_STYLE = Path(__file__).with_name("balance_page.css")
_MOST_COUNTIES = 60
_CHART_WIDTH = 660.0


def balance_page(result: Balanced) -> str:
    """Return a self-contained page of every county in its latest year, with earlier years in the pictures.

    Raises:
        WrongUseError: there is no county, more than a page can be read with, or schools were not kept in detail.
    """
    counties = result.latest()
    if not counties:
        raise WrongUseError("没有可写入报告的县区。")
    if len(counties) > _MOST_COUNTIES:
        raise WrongUseError(
            f"共 {len(counties)} 个县区，一页放不下（最多 {_MOST_COUNTIES} 个）。", advice="请先用 --region 选出县区。"
        )
    names = "、".join(county.name or county.region for county in counties[:3]) + ("等" if len(counties) > 3 else "")
    body = "".join(part for county in counties for part in _county(county, result))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(names)} 均衡测算报告</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        '<body><a class="skip" href="#main">跳到正文</a>'
        f'<div class="top"><b>督导</b><span>均衡测算报告　{escape(result.standard.name)}</span></div>'
        f'<main id="main">{body}{_method(result.standard, result.method)}'
        '<p class="foot">本报告由学校数据表计算得出，供核对使用，不作为评价结论。</p></main></body></html>\n'
    )


def _county(county: CountyResult, result: Balanced) -> Iterator[str]:
    standard = result.standard
    years = result.years_of(county.region)
    year = f"{county.year} 年" if county.year else ""
    yield f'<div class="head"><h1>{escape(county.name or county.region or "本表")}</h1>'
    yield f'<span class="meta">{year}　{escape(standard.name)} · {len(standard.indicators)} 项资源配置指标</span></div>'
    yield _strip(county, result)
    if county.reasons:
        reasons = "".join(f"<li>{escape(reason)}</li>" for reason in county.reasons)
        yield _card("理由", f'<div class="body"><ul>{reasons}</ul></div>')
    yield _card("各项指标", f'<div class="scroll">{_indicator_table(county, standard)}</div>')
    yield '<div class="two">'
    title = "差异系数与限值" + (f"（{years[0].year}—{years[-1].year} 年）" if len(years) > 1 else "")
    chart = coefficient_svg(coefficient_chart(years, standard), width=_CHART_WIDTH)
    yield _card(title, f'<div class="body chart">{chart}</div>', "斜纹为超过限值")
    if any(indicator.thresholds for indicator in standard.indicators) and county.schools:
        yield _card(
            "各校与达标值之比",
            f'<div class="body chart">{strip_svg(strip_chart(county, standard), width=_CHART_WIDTH)}</div>',
        )
    yield "</div>"
    if county.schools_failing:
        table = f'<div class="scroll">{_failing_table(county, standard)}</div>'
        yield _card("未达标的学校", table, f"{len(county.schools_failing)} 所（按学段）")
    for level in county.levels.values():
        schools = [school for school in county.schools if school.level == level.level]
        if schools:
            blocks = "".join(arithmetic(level, schools, standard, result.method))
            yield _card(f"手工复核表：{LEVEL_NAMES[level.level]}", blocks, "数值与计算表一致")
    yield from _gap_cards(county, standard)
    yield from _left_out(county)


def _card(title: str, body: str, remark: str = "") -> str:
    right = f'<span class="r">{escape(remark)}</span>' if remark else ""
    return f'<section class="cd"><header><h2>{escape(title)}</h2>{right}</header>{body}</section>'


def _strip(county: CountyResult, result: Balanced) -> str:
    cells = []
    for level in county.levels.values():
        judged = [each for each in level.indicators if each.limit is not None]
        name = f"{LEVEL_NAMES[level.level]}差异系数"
        if judged:
            met = sum(each.met is True for each in judged)
            unknown = sum(each.met is None for each in judged)
            style = "ok" if met == len(judged) else "mut" if met + unknown == len(judged) else "bad"
            remark = f"上限 {judged[0].limit:.2f}" + (f"；{unknown} 项无法计算" if unknown else "")
            cells.append((name, f"{met} / {len(judged)} 项达标", style, remark))
        else:
            composite, limit = level.composite, level.composite_limit
            within = composite is not None and limit is not None and composite <= limit
            style = "mut" if composite is None else "ok" if within else "bad"
            words = "无法计算" if composite is None else f"综合 {composite:.3f}"
            cells.append((name, words, style, f"上限 {limit:.2f}" if limit is not None else ""))
    if result.standard.school_rule is not None:
        schools = sum(level.schools for level in county.levels.values())
        met = sum(level.schools_met for level in county.levels.values())
        floor = result.standard.school_rule.floor
        rule = f"{len(result.standard.indicators)} 项至少 {result.standard.school_rule.at_least} 项"
        rule += f"，余项 ≥ {floor:.0%}" if floor is not None else ""
        cells.append(("学校达标", f"{met} / {schools} 所", "ok" if met == schools else "bad", rule))
    parts = "".join(
        f'<div><span class="lab">{escape(name)}</span><b class="{style}">{escape(words)}</b>'
        f'<span class="s12 mut">{escape(remark)}</span></div>'
        for name, words, style, remark in cells
    )
    style = {Verdict.MET: "ok", Verdict.NOT_MET: "bad", Verdict.INCOMPLETE: "mut"}[county.verdict]
    missing = f"缺数 {len(county.incomplete)} 处" if county.incomplete else "没有缺数"
    conclusion = f'<b class="{style}">{VERDICT_NAMES[county.verdict]}</b><span class="s12 mut">{missing}</span>'
    basis = escape(result.standard.source.number or result.standard.name)
    method = "按学生数加权" if result.method is Method.WEIGHTED else "各校同权（不加权）"
    parts += f'<div class="w"><span class="lab">结论</span>{conclusion}</div>'
    parts += f'<div class="w"><span class="lab">口径</span><span>{basis} · {method}</span>'
    parts += '<span class="s12 mut">一贯制按学段拆分</span></div>'
    return f'<section class="cd vs" aria-label="结论">{parts}</section>'


def _indicator_table(county: CountyResult, standard: BalanceStandard) -> str:
    levels = list(county.levels.values())
    first = "".join(
        f'<th colspan="5" class="gl" scope="colgroup">{LEVEL_NAMES[level.level]}（{level.schools} 所，'
        f"{level.pupils:,.0f} 人）</th>"
        for level in levels
    )
    second = "".join(
        '<th class="num gl" scope="col">达标值</th><th class="num" scope="col">县均值</th>'
        '<th scope="col" colspan="2">差异系数（线为上限）</th><th class="num" scope="col">达标校</th>'
        for _ in levels
    )
    highest = max([0.1, *(each.coefficient or 0 for lv in levels for each in lv.indicators)])
    highest = max([highest, *(each.limit or 0 for lv in levels for each in lv.indicators)]) * 1.15
    rows = []
    for place, indicator in enumerate(standard.indicators):
        cells = "".join(_indicator_cells(level, place, highest) for level in levels)
        unit = f'<span class="mut s12">（{escape(indicator.unit)}）</span>'
        name = (
            f'<th scope="row" class="nw"><span class="mut s12">{place + 1}</span> {escape(indicator.name)}{unit}</th>'
        )
        rows.append(f"<tr>{name}{cells}</tr>")
    foot = "".join(_composite_cells(level) for level in levels)
    return (
        "<table><caption>各项指标的均值、差异系数与达标学校</caption>"
        f'<thead><tr><th rowspan="2" scope="col">指标</th>{first}</tr><tr>{second}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody><tfoot><tr><th scope="row">综合差异系数（各项平均）</th>{foot}</tr></tfoot>'
        "</table>"
    )


def _indicator_cells(level: LevelResult, place: int, highest: float) -> str:
    each = level.indicators[place]
    threshold = "—" if each.threshold is None else f"{each.threshold:,.2f}"
    mean = "—" if each.mean is None else f"{each.mean:,.2f}"
    if each.coefficient is None:
        bullet, coefficient = '<span class="mut s12">无法计算</span>', "—"
    else:
        over = each.met is False
        fill = "f-bad" if over else f"f-{level.level}"
        line = ""
        if each.limit is not None:
            x = 130 * each.limit / highest
            line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="14" class="k-bad" stroke-width="1.5"/>'
        label = f"差异系数 {each.coefficient:.3f}" + (f"，上限 {each.limit:.2f}" if each.limit is not None else "")
        bullet = (
            f'<svg class="bullet" width="130" height="14" viewBox="0 0 130 14" role="img" aria-label="{label}">'
            f'<rect y="3" width="130" height="8" class="f-sunk"/>'
            f'<rect y="3" width="{130 * each.coefficient / highest:.1f}" height="8" class="{fill}"/>{line}</svg>'
        )
        coefficient = coefficient_words(each.coefficient, each.limit)
        coefficient = f'<b class="bad">{coefficient} 超</b>' if over else coefficient
    met = "—" if each.threshold is None else f'{each.schools_met}<span class="mut">/{level.schools}</span>'
    style = " bad" if each.threshold is not None and each.schools_below else ""
    return (
        f'<td class="num mut gl">{threshold}</td><td class="num">{mean}</td><td>{bullet}</td>'
        f'<td class="num">{coefficient}</td><td class="num{style}">{met}</td>'
    )


def _composite_cells(level: LevelResult) -> str:
    composite = "—" if level.composite is None else f"{level.composite:.3f}"
    remark = "仅供参考" if level.composite_limit is None else f"上限 {level.composite_limit:.2f}"
    return f'<td class="gl"></td><td></td><td class="s12 mut">{remark}</td><td class="num">{composite}</td><td></td>'


def coefficient_words(value: float, limit: float | None) -> str:
    """Return a coefficient with 3 decimals; so near to its limit that they hide the verdict, with 4 more."""
    words = f"{value:.3f}"
    if limit is not None and abs(value - limit) < 0.005:
        words += f"（未舍入 {value:.6f}）"
    return words


def _failing_table(county: CountyResult, standard: BalanceStandard) -> str:
    rows = "".join(_failing_row(school, standard) for school in county.schools_failing)
    heads = "".join(f'<th scope="col"{style}>{words}</th>' for words, style in (
        ("学校", ""), ("学段", ""), ("表内行", ' class="num"'), ("学生", ' class="num"'), ("达标项", ' class="num"'),
        ("未达项（占达标值）与所缺", ""), ("判定", ""),
    ))  # fmt: skip
    return f"<table><caption>未达标的学校</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _failing_row(school: SchoolResult, standard: BalanceStandard) -> str:
    missed = []
    for each in school.missed:
        indicator = standard.indicator(each.id)
        if each.value is None or not each.threshold:
            continue
        share = f"{each.value / each.threshold:.1%}"
        style = ' class="bad"' if each.above_floor is False else ""
        lack = ""
        if each.units_lacking:
            unit = indicator.unit
            lack = f'<span class="mut s12">（缺 {each.units_lacking:,} {escape(unit)}）</span>'
        missed.append(f"<span{style}>{escape(short_name(indicator.name))} {share}</span>{lack}")
    judged = sum(1 for each in school.indicators if each.threshold is not None)
    row = "—" if school.sheet_row is None else str(school.sheet_row)
    return (
        f'<tr><th scope="row">{escape(school.school_name or school.school_id)}</th><td>{LEVEL_NAMES[school.level]}</td>'
        f'<td class="num mut">{row}</td><td class="num">{school.pupils:,.0f}</td>'
        f'<td class="num">{school.met_count} <span class="mut">/ {judged}</span></td><td>{"；".join(missed)}</td>'
        '<td><span class="tag bd">✕ 未达标</span></td></tr>'
    )


def _gap_cards(county: CountyResult, standard: BalanceStandard) -> Iterator[str]:
    rows = []
    gaps = [gap for level in county.levels.values() for gap in (*level.urban_rural_gaps, *level.public_private_gaps)]
    if gaps and all(gap.first is None and gap.second is None for gap in gaps):
        yield _card("城乡、公办民办差距", '<div class="body">表中没有城乡类型和办别，无法比较。</div>')
        return
    for level in county.levels.values():
        pairs = zip(standard.indicators, level.urban_rural_gaps, level.public_private_gaps, strict=False)
        for indicator, town, owner in pairs:
            cells = "".join(
                f'<td class="num">{_number(value)}</td>'
                for gap in (town, owner)
                for value in (gap.first, gap.second, gap.ratio)
            )
            name = f'<th scope="row">{escape(indicator.name)}</th><td>{LEVEL_NAMES[level.level]}</td>'
            rows.append(f"<tr>{name}{cells}</tr>")
    if rows:
        heads = "".join(
            f'<th scope="col" class="num">{words}</th>'
            for words in ("城镇", "乡村", "城镇÷乡村", "公办", "民办", "公办÷民办")
        )
        first = '<th scope="col">指标</th><th scope="col">学段</th>'
        table = f"<table><caption>城乡与公民办差距</caption><thead><tr>{first}{heads}"
        yield _card(
            "城乡、公办民办差距",
            f'<div class="scroll">{table}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>',
        )


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:,.2f}"


def _left_out(county: CountyResult) -> Iterator[str]:
    if county.incomplete:
        items = "".join(
            f"<li>{_row(each.sheet_row)}{escape(each.school_name or each.school_id)}：{escape(each.reason)}</li>"
            for each in county.incomplete
        )
        yield _card("缺数", f'<div class="body"><ul>{items}</ul></div>', f"{len(county.incomplete)} 处")
    if county.excluded:
        items = "".join(
            f"<li>{escape(each.school_name or each.school_id)}：{escape(each.reason)}</li>" for each in county.excluded
        )
        yield _card("未列入评估的学校", f'<div class="body"><ul>{items}</ul></div>', f"{len(county.excluded)} 所")


def _row(row: int | None) -> str:
    return "" if row is None else f"第{row}行 "


def _method(standard: BalanceStandard, method: Method) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in method_lines(standard, method))
    return _card("计算方法与来源", f'<div class="body"><ul>{lines}</ul></div>', METHOD_WORDS[method])
