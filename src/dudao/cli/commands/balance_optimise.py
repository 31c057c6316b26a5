"""`dudao balance optimise`: the fewest teachers and the least yuan with which a county meets the standard."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import (
    FormatOption,
    OutputFormat,
    issue_payload,
    messages_console,
    print_issues,
    print_json,
    results_console,
)

Texts = list[str] | None
_MOST_LINES = 60


def optimise(
    table: Annotated[Path, typer.Argument(metavar="数据表", help="xlsx、csv、parquet 文件。")],
    standard: Annotated[
        str, typer.Option("--standard", metavar="标准", help="quality-2017、basic-2012，或本省标准文件的路径。")
    ] = "quality-2017",
    method: Annotated[
        str, typer.Option("--method", help="weighted 或 unweighted，默认用标准规定的。", show_default=False)
    ] = "",
    region: Annotated[str, typer.Option("--region", help="县区代码或名称；表里只有一个县时不必写。")] = "",
    year: Annotated[int | None, typer.Option("--year", help="年份，默认最近一年。", show_default=False)] = None,
    moves: Annotated[bool, typer.Option("--moves/--no-moves", help="是否允许在县内调配教师。")] = True,
    hiring: Annotated[bool, typer.Option("--hiring/--no-hiring", help="是否允许新增教师。")] = True,
    building: Annotated[bool, typer.Option("--building/--no-building", help="是否允许增加校舍、场地、设备。")] = True,
    indicators: Annotated[
        Texts, typer.Option("--indicator", metavar="ID", help="只调整这些指标，可写多次。", show_default=False)
    ] = None,
    order: Annotated[
        str, typer.Option("--order", help="目标先后：added 新增教师，moved 调配教师，yuan 投入。")
    ] = "added,moved,yuan",
    price: Annotated[
        Texts, typer.Option("--price", metavar="列名=元", help="单价，可写多次；不写用假定单价。", show_default=False)
    ] = None,
    limit: Annotated[
        Texts,
        typer.Option(
            "--limit",
            metavar="学校/列名/增加|调出|调入=数",
            help="各校限制，可写多次；学校写 * 表示每所。",
            show_default=False,
        ),
    ] = None,
    forbid: Annotated[
        Texts, typer.Option("--forbid", metavar="甲校->乙校", help="不许调配的学校组合，可写多次。", show_default=False)
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="最多计算多少秒。")] = 45.0,
    solver: Annotated[str, typer.Option("--solver", help="highs 或 scip，默认自动选择。", show_default=False)] = "",
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """求达标最省的办法：最少新增教师、最少调配、最少投入，附证明或差距；无解时说明原因。"""
    from dudao.balance.optimise.model import GOAL_WORDS, Freedom, Outcome
    from dudao.balance.optimise.solve import Progress
    from dudao.balance.standard import Method
    from dudao.errors import WrongUseError
    from dudao.issues import has_errors
    from dudao.pipelines.balance_standards import load_standard
    from dudao.pipelines.optimise_balance import optimise_file, parse_order, parse_prices
    from dudao.pipelines.optimise_payload import plan_payload

    if method not in ("", *Method):
        raise WrongUseError(f"没有名为“{method}”的算法。", advice="可用：weighted、unweighted。")
    freedom = Freedom(
        moves=moves,
        hiring=hiring,
        building=building,
        order=parse_order(order),
        prices=parse_prices(price or []),
        seconds=seconds,
    )

    told: set[str] = set()

    def tell(progress: Progress) -> None:
        # a search tells twice a second that it goes on, and may begin anew: each step is printed once
        names = "、".join(GOAL_WORDS[goal] for goal in progress.goals)
        line = f"第 {progress.step}/{progress.steps} 步：求最少的{names}…"
        if line not in told:
            told.add(line)
            messages_console().print(line, style="dim")

    county, complete, plan, issues = optimise_file(
        table,
        load_standard(standard),
        freedom,
        region=region,
        year=year,
        method=Method(method) if method else None,
        indicators=indicators or [],
        limits=limit or [],
        forbidden=forbid or [],
        solver=solver,
        tell=tell,
    )
    payload = plan_payload(county, complete, plan)
    if output is OutputFormat.JSON:
        print_json(payload | {"issues": [issue_payload(issue) for issue in issues]})
    else:
        _print(payload)
        if issues:
            print_issues(issues, title="数据问题")
    if plan.outcome in (Outcome.INFEASIBLE, Outcome.UNDECIDED) or has_errors(issues):
        raise typer.Exit(ExitCode.FINDINGS)


def _print(payload: dict[str, object]) -> None:
    console = results_console()
    console.print(f"{payload['name']}：{payload['words']}", style="bold", markup=False)
    for name, title in (("proofs", ""), ("reasons", "原因"), ("moves", "调配"), ("additions", "增加")):
        entries = payload[name]
        if not isinstance(entries, list) or not entries:
            continue
        if title:
            console.print(f"\n{title}（{len(entries)} 条）", style="bold", markup=False)
        for entry in entries[:_MOST_LINES]:
            console.print(f"  · {entry.get('words') or entry.get('message')}", markup=False, soft_wrap=True)
        if len(entries) > _MOST_LINES:
            console.print(f"  另有 {len(entries) - _MOST_LINES} 条，见 --format json。", markup=False)
    before, after = payload["schools_failing_before"], payload["schools_failing_after"]
    console.print(f"\n未达标学校（按学段）：{before} 所 → {after} 所", markup=False)
    _print_figures(payload)
    console.print("\n测算前提", style="bold")
    assumptions = payload["assumptions"]
    for line in assumptions if isinstance(assumptions, list) else []:
        console.print(f"  · {line}", markup=False, soft_wrap=True)


def _print_figures(payload: dict[str, object]) -> None:
    from rich.table import Table

    from dudao.balance.standard import LEVEL_NAMES

    levels = payload["levels"]
    assert isinstance(levels, dict)
    table = Table()
    for heading in ("学段", "指标", "差异系数", "限值", "达标学校"):
        table.add_column(heading, overflow="fold")
    for level, figures in levels.items():
        for each in figures:
            met = f"{each['schools_met_before']} → {each['schools_met_after']}"
            table.add_row(
                LEVEL_NAMES[level],
                each["name"],
                f"{_three(each['coefficient_before'])} → {_three(each['coefficient_after'])}",
                "—" if each["limit"] is None else f"{each['limit']:g}",
                met if each["schools_met_before"] is not None else "—",
            )
    results_console().print(table)


def _three(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
