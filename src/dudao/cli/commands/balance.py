"""`dudao balance`: from a table of schools to indicators, difference coefficients and standards met."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.commands.balance_duties import duties
from dudao.cli.commands.balance_forecast import forecast
from dudao.cli.commands.balance_generate import generate
from dudao.cli.commands.balance_optimise import optimise
from dudao.cli.commands.balance_template import template
from dudao.cli.commands.balance_whatif import whatif
from dudao.cli.default_command import DefaultCommandGroup
from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, issue_payload, write_pieces

app = typer.Typer(cls=DefaultCommandGroup, rich_markup_mode=None, no_args_is_help=True)


class Engine(StrEnum):
    """What the computation runs on."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


class MethodChoice(StrEnum):
    """How schools weigh in mean and deviation."""

    WEIGHTED = "weighted"
    UNWEIGHTED = "unweighted"


StandardOption = Annotated[
    str, typer.Option("--standard", metavar="标准", help="quality-2017、basic-2012，或本省标准文件的路径。")
]


@app.callback()
def balance() -> None:
    """由学校数据表计算均衡指标、差异系数和达标情况：dudao balance 数据表 --standard quality-2017。"""


@app.command("table", epilog="退出码：0 没有错误级问题，1 数据有错误级问题，2 用法不对，3 文件读不了。")
def balance_of_table(
    table: Annotated[Path, typer.Argument(metavar="数据表", help="xlsx、csv、parquet 文件，或 parquet 文件夹。")],
    standard: StandardOption = "quality-2017",
    method: Annotated[
        MethodChoice | None, typer.Option("--method", help="差异系数的算法，默认用标准规定的。", show_default=False)
    ] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="计算引擎。")] = Engine.POLARS,
    marked: Annotated[
        Path | None, typer.Option("--marked", metavar="OUT.xlsx", help="另存一份，有问题的单元格加色并附批注。")
    ] = None,
    worksheet: Annotated[
        Path | None, typer.Option("--worksheet", metavar="OUT.xlsx", help="写出带公式的核对计算表。")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="OUT.html", help="写出自包含的 HTML 报告，含图和复核表。")
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option("--pictures", metavar="文件夹", help="写出差异系数图和各校分布图（SVG、PNG）。")
    ] = None,
    region: Annotated[str, typer.Option("--region", help="只算一个县区（代码或名称）。")] = "",
    write: Annotated[Path | None, typer.Option("--out", metavar="OUT.json", help="JSON 结果写入文件。")] = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """计算一张学校数据表（命令名 table 可省略）。"""
    from dataclasses import replace

    from dudao.balance.standard import Method
    from dudao.issues import has_errors
    from dudao.pipelines.balance import balance_table
    from dudao.pipelines.balance_payload import balance_pieces
    from dudao.pipelines.balance_standards import load_standard
    from dudao.tables.read import read_table

    asked = load_standard(standard)
    chosen = None if method is None else Method(method)
    if engine is Engine.POLARS:
        schools = read_table(table)
        if marked is not None:
            from dudao.tables.mark import write_marked_copy

            write_marked_copy(table, schools, marked)
        if region:
            from dudao.pipelines.balance_selection import select_region

            schools = replace(schools, frame=select_region(schools.frame, region))
        result = balance_table(schools, asked, method=chosen)
    else:
        _refuse_on_engines(table, engine, marked=marked, region=region)
        from dudao.pipelines.balance_engines import balance_on_duckdb, balance_on_spark

        compute = balance_on_duckdb if engine is Engine.DUCKDB else balance_on_spark
        result = compute(table, asked, method=chosen)
    if worksheet is not None or html is not None or pictures is not None:
        from dudao.pipelines.balance_files import write_balance_files

        write_balance_files(result, worksheet=worksheet, html=html, pictures=pictures)
    if write is not None or output is OutputFormat.JSON:
        pieces = balance_pieces(result, [issue_payload(issue) for issue in result.issues])
        write_pieces(pieces, write, printed=output is OutputFormat.JSON)
    if output is OutputFormat.TEXT:
        from dudao.cli.balance_page import print_balance

        print_balance(result)
    if has_errors(result.issues):
        raise typer.Exit(ExitCode.FINDINGS)


def _refuse_on_engines(table: Path, engine: Engine, *, marked: Path | None, region: str) -> None:
    from dudao.errors import UnreadableInputError, WrongUseError

    if not table.exists():
        raise UnreadableInputError(f"找不到文件 {table}。", advice="请检查路径和文件名。")
    if not table.is_dir() and table.suffix.lower() not in (".parquet", ".pq"):
        raise WrongUseError(
            f"--engine {engine.value} 只读 parquet 文件或文件夹，{table.name} 不是。",
            advice="其他文件请用 --engine polars。",
        )
    if marked is not None or region:
        raise WrongUseError("--marked 和 --region 只能与 --engine polars 同用。")


app.command("template")(template)
app.command("duties")(duties)
app.command("whatif")(whatif)
app.command("optimise")(optimise)
app.command("forecast")(forecast)
app.command("generate")(generate)
