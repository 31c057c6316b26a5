"""`dudao balance duties`: tables of finance, pay, classes, kindergartens and more, as facts that schemes score."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, issue_payload, print_issues, print_json, results_console

if TYPE_CHECKING:
    from dudao.pipelines.duties.run import DutiesResult


def duties(
    tables: Annotated[
        list[str],
        typer.Argument(metavar="数据表…", help="xlsx、csv、parquet，表种自动识别，也可写明：finance=经费.xlsx。"),
    ],
    region: Annotated[
        str, typer.Option("--region", help="地区代码：表里只有名称时用它查限值；写市的代码时，各县区作为下级。")
    ] = "",
    year: Annotated[
        int | None, typer.Option("--year", help="评价年度，也用于没有年份的表。", show_default=False)
    ] = None,
    standard: Annotated[
        str, typer.Option("--standard", metavar="标准", help="学校表按哪个均衡标准算差异系数。")
    ] = "quality-2017",
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="ID", help="按这个方案声明的数据名挑选和改名，供评分。")
    ] = "",
    facts: Annotated[
        Path | None, typer.Option("--facts", metavar="OUT.yaml", help="写成评价数据文件，可用 dudao score 评分。")
    ] = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """由数据表计算各项职责：两个只增不减、三个增长、公用经费、工资、班额校额、学前、巩固率、体质、安防、双减等。"""
    from dudao.issues import has_errors
    from dudao.pipelines.duties.run import DutiesRequest, duties_payload, run_duties

    asked = DutiesRequest(tuple(tables), region, year, standard, scheme, facts)
    result = run_duties(asked)
    if output is OutputFormat.JSON:
        print_json(duties_payload(result) | {"issues": [issue_payload(issue) for issue in result.issues]})
    else:
        _print(result)
        if result.issues:
            print_issues(result.issues, title="数据问题和限值提示")
    if has_errors(result.issues):
        raise typer.Exit(ExitCode.FINDINGS)


def _print(result: "DutiesResult") -> None:
    from rich.table import Table

    from dudao.pipelines.duties.assessment_file import written

    console = results_console()
    page = Table(title="由数据表算出的数据", title_justify="left")
    for heading in ("地区", "年度", "数据", "分项", "值", "算法"):
        page.add_column(heading, overflow="fold")
    for fact in result.facts:
        place = result.names.get(fact.place, fact.place)
        value = "算不出" if fact.value is None else written(fact)
        page.add_row(place, fact.period, fact.name, fact.part, value, fact.source.method)
    console.print(page)
    if result.written:
        console.print(result.written, markup=False, soft_wrap=True)
