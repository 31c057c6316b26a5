"""`dudao check`: what the figures of a report or score sheet say when they are recomputed."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, progress
from dudao.issues import Level

app = typer.Typer(rich_markup_mode=None)

# Starting a second process costs about as much as checking this many short reports.
FEW_FILES = 8


@app.command(epilog="退出码：0 没有错误级发现，1 有，2 用法不对，3 有文件读不了或方案用不了。")
def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="文件…", help="自评报告或自评表：txt、docx、xlsx、pdf、html 等；“-”是标准输入。"),
    ],
    scheme: Annotated[str, typer.Option("--scheme", metavar="编号", help="对照的评价方案；不给时自动匹配。")] = "",
    level: Annotated[Level, typer.Option("--level", help="只列出这一级别及以上的发现。")] = Level.NOTE,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="代码", help="只列出代码以此开头的发现，可重复。")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--html", metavar="文件", help="另存带标注的网页；多个报告时是文件夹。")
    ] = None,
    commented: Annotated[
        Path | None, typer.Option("--docx", metavar="文件", help="另存在原处加批注的 docx；多个报告时是文件夹。")
    ] = None,
    table: Annotated[Path | None, typer.Option("--csv", metavar="文件", help="另存各报告的统计表。")] = None,
    dismissals: Annotated[
        Path | None,
        typer.Option("--dismissals", metavar="文件", help="不采纳记录；不给时用报告旁的“报告名.dudao.json”。"),
    ] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option(
            "--dismiss", metavar="序号=理由", help="不采纳列出的第几处并记下理由，可重复；多个文件时是最后一个的。"
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁决定不采纳；不给时用本机登录名。")] = "",
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="同时使用的进程数；0 为自动。")] = 0,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """核验报告中的数字：逐一读出，重新计算，在原处指出对不上的地方。"""
    from dudao.cli.check_report import JsonReport, TextReport
    from dudao.cli.set_aside import SetAside
    from dudao.pipelines.check import UnreadableDocument, check_file, check_files
    from dudao.pipelines.check_outputs import CheckOutputs
    from dudao.pipelines.finding_filter import FindingFilter
    from dudao.pipelines.tie_documents import TieDocuments

    wanted = FindingFilter(level, tuple(only or ()))
    outputs = CheckOutputs(page, commented, table, several=len(files) > 1)
    outputs.check_places(files)
    set_aside = SetAside(dismissals, tuple(dismiss or ()), by)
    set_aside.check_use()
    report = JsonReport() if output is OutputFormat.JSON else TextReport(several=len(files) > 1)
    # A single file that cannot be read ends the command; among several it is told at its turn.
    one = [check_file(files[0], scheme=scheme)] if len(files) == 1 else None
    results = one or check_files(files, scheme=scheme, processes=_processes(jobs, len(files)))
    tied = TieDocuments()
    report.ties = tied.ties
    with progress("核验", len(files)) as advance, report:
        for number, result in enumerate(results, start=1):
            if not isinstance(result, UnreadableDocument):
                result = tied.add(result)
                kept = wanted.apply(set_aside.apply(result))
                result = set_aside.record(kept, last=number == len(files))
                outputs.add(result)
            report.add(result)
            advance(1)
        outputs.finish()
    if outputs.uncommented:
        named = "、".join(outputs.uncommented[:5]) + ("等" if len(outputs.uncommented) > 5 else "")
        sys.stderr.write(f"提醒：{len(outputs.uncommented)}个文件不是 docx，没有加批注：{named}。\n")
    if report.unreadable:
        raise typer.Exit(ExitCode.UNREADABLE)
    if report.errors:
        raise typer.Exit(ExitCode.FINDINGS)


def _processes(jobs: int, files: int) -> int:
    if jobs:
        return jobs
    return 1 if files < FEW_FILES else min(2, os.cpu_count() or 1)
