"""`dudao score`: the points of an assessment, why, and what would win back what was lost."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, print_issues, print_json, results_console

app = typer.Typer(rich_markup_mode=None)


@app.command()
def score(
    assessment: Annotated[
        Path,
        typer.Argument(
            metavar="ASSESSMENT", help="评价数据文件（.yaml），或带自评分的报告、自评表（docx、pdf、txt 等）。"
        ),
    ],
    scheme: Annotated[
        str, typer.Option("--scheme", metavar="ID", help="改用这个方案；不写用文件里写的，报告则自动匹配。")
    ] = "",
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="KEY=VALUE",
            help="假设某个数据改成另一个值，可写多次，如 education_spending=125亿元、pupils.primary@2021=10030人。",
            show_default=False,
        ),
    ] = None,
    packs: Annotated[
        list[Path] | None,
        typer.Option("--packs", help="另外的方案包文件夹，可写多次；也可用环境变量 DUDAO_PACKS。", show_default=False),
    ] = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """按方案给评价数据或自评表评分：每一分的依据、缺什么、怎样挽回失分。"""
    from dudao.issues import has_errors
    from dudao.packs.find import user_folders
    from dudao.pipelines.score import score_file

    folders = (*user_folders(), *(packs or []))
    scored = score_file(assessment, scheme_id=scheme, what_if=what_if or [], folders=folders)
    if output is OutputFormat.JSON:
        from dudao.cli.score_payload import score_payload

        print_json(score_payload(scored))
    else:
        from dudao.cli.score_tables import score_page

        results_console().print(score_page(scored))
        if scored.issues:
            print_issues(scored.issues, title="评价数据里要看的地方")
    if has_errors(scored.issues) or any(each.contradicts for each in scored.score.points):
        raise typer.Exit(ExitCode.FINDINGS)
