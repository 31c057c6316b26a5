"""`dudao balance forecast`: pupils by grade moved on year by year, and where places will be missing."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, issue_payload, print_issues, print_json, results_console

_MOST_LINES = 60


def forecast(
    table: Annotated[Path, typer.Argument(metavar="数据表", help="分年级学生数和班数表（xlsx、csv、parquet）。")],
    entrants: Annotated[
        str, typer.Option("--entrants", metavar="年=人数,…", help="各年一年级招生数，或带县区、年份、招生数的 csv。")
    ] = "",
    births: Annotated[
        str, typer.Option("--births", metavar="年=人数,…", help="各年出生人口，或 csv；按 6 周岁入学折成招生数。")
    ] = "",
    entry_rate: Annotated[float, typer.Option("--entry-rate", min=0, help="出生人口中在本地入学的比例。")] = 1.0,
    years: Annotated[int, typer.Option("--years", min=1, max=30, help="预测几年。")] = 6,
    promotion: Annotated[
        str,
        typer.Option(
            "--promotion",
            metavar="8个数",
            help="一升二至八升九的升级率；不写则由表内最近两年推算，只有一年时为 1。",
            show_default=False,
        ),
    ] = "",
    primary_grades: Annotated[int, typer.Option("--primary-grades", min=5, max=6, help="小学年限。")] = 6,
    class_limits: Annotated[
        str, typer.Option("--class-limits", metavar="小学,初中", help="班额上限；不写则用当年的标准。")
    ] = "",
    size_limits: Annotated[
        str, typer.Option("--size-limits", metavar="小学,初中,一贯制", help="规模上限；不写则用当年的标准。")
    ] = "",
    region: Annotated[str, typer.Option("--region", help="只算一个县区（名称）。")] = "",
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """预测学位：各年级学生逐年升级，看哪些学校、哪一年会超规模、超班额，缺多少学位。"""
    from dudao.errors import WrongUseError
    from dudao.issues import has_errors
    from dudao.pipelines.forecast_places import (
        ForecastRequest,
        entrants_of_births,
        forecast_file,
        forecast_payload,
        parse_numbers,
        parse_year_figures,
    )
    from dudao.planning.forecast import assumptions_in_words

    if bool(entrants) == bool(births):
        raise WrongUseError(
            "要给出招生数或出生人口，两者择一。", advice="例如 --entrants 2025=1200,2026=1150 或 --births 2019=1300。"
        )
    figures = (
        parse_year_figures(entrants, "--entrants")
        if entrants
        else entrants_of_births(parse_year_figures(births, "--births"), entry_rate)
    )
    classes = [int(each) for each in parse_numbers(class_limits, 2, "--class-limits")] if class_limits else []
    sizes = [int(each) for each in parse_numbers(size_limits, 3, "--size-limits")] if size_limits else []
    request = ForecastRequest(
        years,
        figures,
        parse_numbers(promotion, 8, "--promotion") if promotion else None,
        primary_grades,
        (classes[0], classes[1]) if classes else None,
        (sizes[0], sizes[1], sizes[2]) if sizes else None,
    )
    found, assumptions, issues = forecast_file(table, request, region=region)
    words = list(assumptions_in_words(assumptions))
    if births:
        words.insert(1, f"招生数由 6 年前的出生人口乘以入学比例 {entry_rate:.1%} 得出。")
    payload = forecast_payload(found, words)
    if output is OutputFormat.JSON:
        print_json(payload | {"issues": [issue_payload(issue) for issue in issues]})
    else:
        _print(payload)
        if issues:
            print_issues(issues, title="数据问题")
    if has_errors(issues):
        raise typer.Exit(ExitCode.FINDINGS)


def _print(payload: dict[str, object]) -> None:
    from rich.table import Table

    from dudao.planning.forecast import GRADE_NAMES

    console = results_console()
    table = Table(title="各年学生与现有学位", title_justify="left")
    for heading in ("年份", "县区", "学段", "学生", "现有学位", "缺学位（按校）", "不足的学校"):
        table.add_column(heading, overflow="fold")
    balances, excesses = payload["balances"], payload["excesses"]
    assert isinstance(balances, list)
    assert isinstance(excesses, list)
    for each in balances:
        level = "小学" if each["level"] == "primary" else "初中"
        places = "班数未填报" if each["places"] is None else f"{each['places']:,}"
        missing = "—" if each["missing"] is None else f"{each['missing']:,}"
        short = str(each["schools_short"])
        table.add_row(str(each["year"]), each["region"], level, f"{each['pupils']:,}", places, missing, short)
    console.print(table)
    console.print(f"\n超过上限（{len(excesses)} 处）", style="bold")
    for each in excesses[:_MOST_LINES]:
        if each["kind"] == "size":
            what = f"在校生 {each['value']:,.0f} 人，超过规模上限 {each['limit']}"
        else:
            what = f"{GRADE_NAMES[each['grade'] - 1]}年级平均班额 {each['value']:.1f} 人，超过 {each['limit']}"
        console.print(f"  · {each['year']} 年 {each['school_name']}：{what}", markup=False, soft_wrap=True)
    if len(excesses) > _MOST_LINES:
        console.print(f"  另有 {len(excesses) - _MOST_LINES} 处，见 --format json。", markup=False)
    console.print("\n测算前提", style="bold")
    assumptions = payload["assumptions"]
    for line in assumptions if isinstance(assumptions, list) else []:
        console.print(f"  · {line}", markup=False, soft_wrap=True)
