"""The tables of `dudao score`: points with forecast beside self points, losses, gaps, grade."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dudao.pipelines.score import ScoredAssessment
from dudao.scheme.model import Indicator
from dudao.scoring.award import STANDING_NAMES, Standing
from dudao.scoring.result import IndicatorScore, PointScore, SchemeScore, Total
from dudao.scoring.wording import points_text

UNKNOWN = "未知"
SHOWN_REASONS = 3

# Sentences break anywhere: a plain space would break a line early, between a figure and its Chinese words.
NO_BREAK = "\u00a0"


def score_page(scored: ScoredAssessment) -> RenderableType:
    """Return everything `dudao score` shows to people."""
    result = scored.score
    return Group(*_parts(scored, result))


def _parts(scored: ScoredAssessment, result: SchemeScore) -> Iterator[RenderableType]:
    yield _points_table(result)
    yield _summary(scored, result)
    if result.outcomes:
        yield _outcomes(result)
    if improvements := _improvements(result):
        yield improvements
    if missing := _missing(result):
        yield missing


def _points_table(result: SchemeScore) -> Table:
    title = f"{result.region_name} · {result.scheme_name}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("指标", ratio=3, overflow="fold")
    for heading in ("满分", "自评", "测算", "差异"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("依据", ratio=5, overflow="fold")
    totals = {each.indicator.id: each for each in result.indicators}
    scores = {each.point.id: each for each in result.points}
    for each in result.indicators:
        if each.indicator.level == 1:
            _add_indicator(table, each, totals, scores, 0)
    table.add_section()
    table.add_row(Text("合计", style="bold"), *_total_cells(result.total), "")
    if any(each.point.bonus for each in result.points):
        table.add_row(Text("加分", style="bold"), *_total_cells(result.bonus), "")
    return table


def _add_indicator(
    table: Table,
    score: IndicatorScore,
    totals: Mapping[str, IndicatorScore],
    scores: Mapping[str, PointScore],
    depth: int,
) -> None:
    indicator = score.indicator
    title = f"{NO_BREAK * 2 * depth}{indicator.id}{NO_BREAK}{indicator.name}"
    table.add_row(Text(title, style="bold"), *_total_cells(score.total), "")
    for child in indicator.children:
        if isinstance(child, Indicator):
            _add_indicator(table, totals[child.id], totals, scores, depth + 1)
        else:
            _add_point(table, scores[child.id], depth + 1)


def _add_point(table: Table, score: PointScore, depth: int) -> None:
    award = score.award
    why = _why(score)
    style = {Standing.UNKNOWN: "yellow", Standing.PROVISIONAL: "cyan"}.get(award.standing, "")
    if score.contradicts:
        style = "bold red"
    shown = UNKNOWN if award.points is None else points_text(award.points)
    if award.standing is Standing.UNKNOWN:
        shown = f"{points_text(award.low)}—{points_text(award.high)}"
    if award.standing is Standing.EXCLUDED or score.full is None:
        shown = STANDING_NAMES[award.standing]
    elif award.standing in {Standing.PROVISIONAL, Standing.SELF_REPORTED, Standing.NOT_APPLICABLE}:
        why.insert(0, f"［{STANDING_NAMES[award.standing]}］")
    table.add_row(
        Text(f"{NO_BREAK * 2 * depth}{score.point.id}{NO_BREAK}{score.point.name}"),
        Text(_or_dash(score.full), style="dim"),
        _or_dash(score.self_points),
        Text(shown, style=style),
        _difference(score),
        Text("；".join(why).replace(" ", NO_BREAK), style="dim"),
    )


def _why(score: PointScore) -> list[str]:
    """Return the steps worth a glance: what cost points and the verdict, or what is missing."""
    award = score.award
    if award.standing is Standing.SELF_REPORTED:
        return []
    why = [*award.reasons[:SHOWN_REASONS], *award.steps[-1:]] if award.reasons else list(award.steps[-2:])
    if len(award.reasons) > SHOWN_REASONS:
        why.insert(SHOWN_REASONS, f"等 {len(award.reasons)} 处")
    if not why:
        why = [gap.sentence for gap in award.missing[:SHOWN_REASONS]]
    return list(dict.fromkeys(why))


def _total_cells(total: Total) -> tuple[Text, ...]:
    known = total.points
    shown = f"{points_text(total.low)}—{points_text(total.high)}" if known is None else points_text(known)
    difference = ""
    if known is not None and total.self_points is not None and total.self_complete:
        difference = _signed(known - total.self_points)
    stated = _or_dash(total.self_points) + ("" if total.self_complete or total.self_points is None else "*")
    return tuple(Text(text, style="bold") for text in (points_text(total.full), stated, shown, difference))


def _difference(score: PointScore) -> Text:
    if score.contradicts and score.difference is None:
        return Text("自评不符", style="bold red")
    if score.difference is None:
        return Text("")
    style = "bold red" if score.difference < 0 else "green" if score.difference > 0 else "dim"
    return Text(_signed(score.difference), style=style)


def _signed(points: Decimal) -> str:
    return f"+{points_text(points)}" if points > 0 else points_text(points)


def _or_dash(points: Decimal | None) -> str:
    return "—" if points is None else points_text(points)


def _summary(scored: ScoredAssessment, result: SchemeScore) -> Text:
    text = Text()
    total = result.total
    stated = f"自评 {_or_dash(total.self_points)} 分，" if total.self_points is not None else ""
    if total.points is None:
        text.append(f"{stated}按现有资料总分在 {points_text(total.low)} 至 {points_text(total.high)} 分之间\n", "bold")
    else:
        text.append(f"{stated}按现有资料测算 {points_text(total.points)} 分\n", "bold")
    provisional = [each for each in result.points if each.award.standing is Standing.PROVISIONAL]
    if provisional:
        amount = sum((each.award.points or Decimal(0) for each in provisional), Decimal(0))
        text.append(f"其中暂计 {points_text(amount)} 分，待评价方数据\n")
    reported = [each for each in result.points if each.award.standing is Standing.SELF_REPORTED]
    if reported:
        amount = sum((each.full or Decimal(0) for each in reported), Decimal(0))
        text.append(f"其中 {len(reported)} 项（满分 {points_text(amount)} 分）没有可计算的规则，按自评分计\n")
    if result.rescaled:
        text.append("有不适用的测评点被剔除，总分按其余各项折算\n")
    for each in result.points:
        if each.contradicts:
            span = points_text(each.award.low)
            if each.award.high != each.award.low:
                span += f" 至 {points_text(each.award.high)}"
            text.append(
                f"自评与资料不符：{each.point.id} {each.point.name}，自评 {_or_dash(each.self_points)} 分，"
                f"按资料为 {span} 分\n",
                "red",
            )
    if scored.before is not None:
        before = scored.before.total
        was = points_text(before.points) if before.points is not None else f"{before.low}—{before.high}"
        text.append(f"假设 {'；'.join(scored.what_if)}：总分原为 {was} 分{_without_effect(scored)}\n", "cyan")
    if result.grade is not None:
        name = result.grade.name or f"未定（可能为{'、'.join(result.grade.possible)}）"
        text.append(f"等次：{name}\n", "bold")
        for step in result.grade.steps:
            text.append(f"  {step}\n")
    return text


def _outcomes(result: SchemeScore) -> Table:
    table = Table(title="影响等次的规则", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("规则", "是否触发", "作用", "依据"):
        table.add_column(heading, overflow="fold")
    words = {True: Text("触发", style="bold red"), False: Text("未触发", style="dim"), None: Text("未知", "yellow")}
    for outcome in result.outcomes:
        why = "；".join([*outcome.steps, *(gap.sentence for gap in outcome.missing)])
        table.add_row(outcome.name, words[outcome.holds], outcome.effect, Text(why, style="dim"))
    return table


def _improvements(result: SchemeScore) -> Table | None:
    pairs = result.improvements()
    if not pairs:
        return None
    table = Table(title="怎样挽回失分（由多到少）", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("可挽回", justify="right", no_wrap=True)
    table.add_column("测评点", overflow="fold")
    table.add_column("做法", overflow="fold")
    for score, change in pairs:
        gain = f"至少 {points_text(change.gain)}" if score.award.points is None else points_text(change.gain)
        if score.full is None:
            gain = "达标"
        table.add_row(gain, f"{score.point.id}{NO_BREAK}{score.point.name}", change.sentence.replace(" ", NO_BREAK))
    return table


def _missing(result: SchemeScore) -> Table | None:
    pairs = result.missing()
    if not pairs:
        return None
    table = Table(title="还缺什么", title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("测评点", overflow="fold")
    table.add_column("缺少", overflow="fold")
    for score, gap in pairs:
        table.add_row(f"{score.point.id}{NO_BREAK}{score.point.name}", gap.sentence.replace(" ", NO_BREAK))
    return table


def _without_effect(scored: ScoredAssessment) -> str:
    """Say so when no award changed: the fact may be of another year than the one the rules look at."""
    before = [each.award for each in scored.before.points] if scored.before is not None else []
    after = [each.award for each in scored.score.points]
    bounds = [[(award.points, award.low, award.high) for award in awards] for awards in (before, after)]
    return "，各项得分都没有改变，请核对数据名和期间" if bounds[0] == bounds[1] else ""
