"""A balance result as people read it on a terminal."""

from rich.table import Table
from rich.text import Text

from dudao.balance.model import VERDICT_NAMES, CountyResult, LevelResult, Verdict
from dudao.balance.result import BalanceResult, Counties
from dudao.balance.standard import LEVEL_NAMES, Method
from dudao.cli.output import print_issues, results_console

METHOD_NAMES = {
    Method.WEIGHTED: "按学生数加权（总体标准差，均值为全县总量除以学生总数）",
    Method.UNWEIGHTED: "不加权（各校等权，总体标准差）",
}
STYLES = {Verdict.MET: "green", Verdict.NOT_MET: "bold red", Verdict.INCOMPLETE: "yellow"}
FEW = 12
"""So many counties are shown one by one; of more, a list with one line each."""

MOST_LINES = 40


def print_balance(result: BalanceResult) -> None:
    """Print standard, method, each county with its levels and reasons, and the issues."""
    console = results_console()
    counties = result.latest()
    number = f"（{result.standard.source.number}）" if result.standard.source.number else ""
    console.print(Text(f"{result.standard.name}{number}", style="bold"))
    console.print(f"差异系数：{METHOD_NAMES[result.method]}", soft_wrap=True)
    if str(result.standard.source.status) == "unconfirmed":
        console.print(f"标准出处待核实：{result.standard.source.note}", style="dim")
    if len(counties) <= FEW:
        for county in counties:
            _print_county(county)
    else:
        _print_many(counties)
    if result.issues:
        print_issues(result.issues, title="数据问题")


def _print_county(county: CountyResult) -> None:
    console = results_console()
    year = f"{county.year}年 " if county.year else ""
    console.print()
    console.print(
        Text(f"{year}{county.name or county.region or '本表'}：", style="bold").append(
            VERDICT_NAMES[county.verdict], style=STYLES[county.verdict]
        )
    )
    for reason in county.reasons:
        console.print(f"  · {reason}", soft_wrap=True)
    for level in county.levels.values():
        console.print(_level_table(level))
    _print_schools(county)


def _level_table(level: LevelResult) -> Table:
    title = f"{LEVEL_NAMES[level.level]}：{level.schools}所（学段），学生{level.pupils:g}人"
    table = Table(title=title, title_justify="left")
    table.add_column("指标", overflow="fold")
    for heading in ("均值", "学校标准", "达标校数", "差异系数", "限值"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in level.indicators:
        style = "bold red" if each.met is False else ""
        judged = each.schools_met if each.threshold is not None else None
        table.add_row(
            each.name,
            "无法计算" if each.mean is None else f"{each.mean:.3f}",
            "—" if each.threshold is None else f"{each.threshold:g}",
            "—" if judged is None else f"{judged}/{level.schools}",
            Text("无法计算" if each.coefficient is None else f"{each.coefficient:.3f}", style=style),
            "—" if each.limit is None else f"{each.limit:g}",
        )
    composite = "无法计算" if level.composite is None else f"{level.composite:.3f}"
    limit = "（供参考）" if level.composite_limit is None else f"{level.composite_limit:g}"
    table.add_row("综合差异系数（各项平均）", "", "", "", composite, limit)
    return table


def _print_schools(county: CountyResult) -> None:
    console = results_console()
    if county.schools_failing:
        table = Table(title=f"未达到学校要求的学校（学段）{len(county.schools_failing)}所", title_justify="left")
        for heading in ("行", "学校", "学段", "达标项", "未达标的指标"):
            table.add_column(heading, overflow="fold")
        for school in county.schools_failing[:MOST_LINES]:
            missed = "；".join(
                f"{names(county, school.level, each.id)} {each.value:.3f}＜{each.threshold:g}，差{each.gap:.3f}"
                if each.value is not None and each.threshold is not None and each.gap is not None
                else each.id
                for each in school.missed
            )
            row = "" if school.sheet_row is None else str(school.sheet_row)
            table.add_row(row, school.school_name, LEVEL_NAMES[school.level], str(school.met_count), missed)
        console.print(table)
        if len(county.schools_failing) > MOST_LINES:
            console.print(f"  另有{len(county.schools_failing) - MOST_LINES}所，见 --format json。")
    if county.incomplete:
        console.print(Text(f"无法计算的有{len(county.incomplete)}项：", style="yellow"))
        for lacking in county.incomplete[:MOST_LINES]:
            row = "" if lacking.sheet_row is None else f"第{lacking.sheet_row}行 "
            console.print(f"  · {row}{lacking.school_name}：{lacking.reason}", soft_wrap=True)
        if len(county.incomplete) > MOST_LINES:
            console.print(f"  另有{len(county.incomplete) - MOST_LINES}项，见 --format json。")
    if county.excluded:
        console.print(f"未列入评估的学校{len(county.excluded)}所：")
        for excluded in county.excluded[:MOST_LINES]:
            console.print(f"  · {excluded.school_name}：{excluded.reason}", style="dim", soft_wrap=True)


def names(county: CountyResult, level: str, indicator: str) -> str:
    """Return the Chinese name of an indicator of a county's level."""
    return county.levels[level].indicator(indicator).name


def _print_many(counties: Counties) -> None:
    console = results_console()
    verdicts = counties.judged.counties["verdict"]
    counted = {verdict: int((verdicts == str(verdict)).sum()) for verdict in Verdict}
    words = "，".join(f"{VERDICT_NAMES[verdict]}{count}个" for verdict, count in counted.items() if count)
    console.print(f"{len(counties)}个县：{words}")
    table = Table()
    for heading in ("县区", "结论", "小学综合", "初中综合", "未达标学校", "缺数"):
        table.add_column(heading, overflow="fold")
    for county in counties[:200]:
        composites = [
            "—" if level is None or level.composite is None else f"{level.composite:.3f}"
            for level in (county.levels.get("primary"), county.levels.get("junior"))
        ]
        table.add_row(
            county.name or county.region,
            Text(VERDICT_NAMES[county.verdict], style=STYLES[county.verdict]),
            *composites,
            str(len(county.schools_failing)),
            str(len(county.incomplete)),
        )
    console.print(table)
    if len(counties) > 200:
        console.print(f"另有{len(counties) - 200}个县，用 --format json 写出全部。")
