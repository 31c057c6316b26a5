"""`dudao balance whatif`: other figures in some cells, verdicts before and after."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, issue_payload, print_issues, print_json, results_console


def whatif(
    table: Annotated[Path, typer.Argument(metavar="数据表", help="xlsx、csv、parquet 文件。")],
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="学校/列名=值", help="改变一格，可写多次；值以 + 或 - 开头表示增减。"),
    ] = None,
    merges: Annotated[
        list[str] | None,
        typer.Option("--merge", metavar="乙校=甲校", help="撤并：乙校的学生、教师、设备和校舍并入甲校，可写多次。"),
    ] = None,
    leave_sites: Annotated[bool, typer.Option("--leave-sites", help="撤并后原校舍场地不再使用，面积不并入。")] = False,
    openings: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="校名/列名=值/…", help="新办一所学校，至少写办学类型；没有写的按缺数处理。"),
    ] = None,
    standard: Annotated[
        str, typer.Option("--standard", metavar="标准", help="quality-2017、basic-2012，或本省标准文件的路径。")
    ] = "quality-2017",
    region: Annotated[str, typer.Option("--region", help="县区代码或名称；表里只有一个县时不必写。")] = "",
    year: Annotated[int | None, typer.Option("--year", help="年份，默认最近一年。", show_default=False)] = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """推演：改变学校数据表中的几格、撤并或新办学校，看结论、差异系数和达标学校怎样变化。结果是推演，不是上报数据。"""
    from dudao.balance.network import parse_merge, parse_new_school
    from dudao.balance.whatif import parse_change, what_if
    from dudao.errors import WrongUseError
    from dudao.issues import has_errors
    from dudao.pipelines.balance_selection import select_county
    from dudao.pipelines.balance_standards import load_standard
    from dudao.pipelines.whatif_payload import whatif_payload
    from dudao.tables.read import read_table

    asked = load_standard(standard)
    if not (changes or merges or openings):
        raise WrongUseError(
            "没有写要推演什么。", advice="请用 --set、--merge 或 --add，见 dudao balance whatif --help。"
        )
    parsed = [parse_change(text) for text in changes or ()]
    joined = [parse_merge(text, keep_site=not leave_sites) for text in merges or ()]
    opened = [parse_new_school(text) for text in openings or ()]
    read = read_table(table)
    county = select_county(read.frame, region=region, year=year)
    found = what_if(county, parsed, asked, merges=joined, openings=opened)
    payload = whatif_payload(found)
    if output is OutputFormat.JSON:
        print_json(payload | {"issues": [issue_payload(issue) for issue in read.issues]})
    else:
        _print(payload)
        if read.issues:
            print_issues(read.issues, title="数据问题")
    if has_errors(read.issues):
        raise typer.Exit(ExitCode.FINDINGS)


def _print(payload: dict[str, object]) -> None:
    console = results_console()
    console.print("推演，不是上报数据", style="bold yellow")
    network = payload["network"]
    assert isinstance(network, list)
    for line in network:
        console.print(f"  · {line}", markup=False, soft_wrap=True)
    for name, title in (("cells", "改变"), ("verdicts", "结论的变化"), ("figures", "数值的变化")):
        entries = payload[name]
        assert isinstance(entries, list)
        console.print(f"\n{title}", style="bold")
        for entry in entries:
            console.print(f"  · {entry['words']}", markup=False, soft_wrap=True)
        if not entries:
            console.print("  · 没有变化", markup=False)
