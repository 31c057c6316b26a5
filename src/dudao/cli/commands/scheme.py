"""`dudao scheme`: list, show, check, compare and import schemes."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import (
    FormatOption,
    OutputFormat,
    issue_payload,
    print_issues,
    print_json,
    print_text,
    results_console,
)

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def scheme() -> None:
    """方案：列出、查看、检查、比较、导入。"""


PacksOption = Annotated[
    list[Path] | None,
    typer.Option("--packs", help="另外的方案包文件夹，可写多次；也可用环境变量 DUDAO_PACKS。", show_default=False),
]


def _folders(packs: list[Path] | None) -> tuple[Path, ...]:
    from dudao.packs.find import user_folders

    return (*user_folders(), *(packs or []))


@app.command("list")
def list_schemes(packs: PacksOption = None, output: FormatOption = OutputFormat.TEXT) -> None:
    """列出可用的方案：随软件带来的，和自己文件夹里的。"""
    from dudao.cli.scheme_output import scheme_table, summary_payload
    from dudao.pipelines.list_schemes import list_schemes as listed

    found = listed(_folders(packs))
    if output is OutputFormat.JSON:
        payload: dict[str, object] = {"schemes": [summary_payload(summary) for summary in found.schemes]}
        if found.issues:
            payload["issues"] = [issue_payload(issue) for issue in found.issues]
        print_json(payload)
    else:
        results_console().print(scheme_table(found.schemes))
        if found.issues:
            print_issues(found.issues, title="有的方案包读不了")
    if found.issues:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("show")
def show_scheme(
    scheme_id: Annotated[str, typer.Argument(metavar="ID", help="方案编号，或方案包的路径。")],
    packs: PacksOption = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """显示一个方案的指标、分值、规则和出处。"""
    from dudao.cli.scheme_output import scheme_payload, scheme_tree
    from dudao.pipelines.load_scheme import usable_scheme

    scheme = usable_scheme(scheme_id, _folders(packs))
    if output is OutputFormat.JSON:
        print_json(scheme_payload(scheme))
    else:
        results_console().print(scheme_tree(scheme))


@app.command("check")
def check_schemes(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH…", help="方案包的文件夹或文件，也可写方案编号；不写则检查全部方案。"),
    ] = None,
    packs: PacksOption = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """检查方案包：写法、分值合计、编号、出处、数据声明、等次和规则。"""
    from dudao.issues import has_errors
    from dudao.pipelines.check_scheme import check_packs

    checked = check_packs(paths or [], _folders(packs))
    issues = [issue for pack in checked for issue in pack.issues]
    if output is OutputFormat.JSON:
        print_json({"issues": [issue_payload(issue) for issue in issues]})
    elif issues:
        print_issues(issues, title=f"检查了{len(checked)}个方案，有{len(issues)}处要看")
    else:
        print_text(f"检查了{len(checked)}个方案，没有发现问题。")
    if any(pack.unreadable for pack in checked):
        raise typer.Exit(ExitCode.UNREADABLE)
    if has_errors(issues):
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("compare")
def compare(
    old: Annotated[str, typer.Argument(metavar="A", help="原来的方案：编号或路径。")],
    new: Annotated[str, typer.Argument(metavar="B", help="现在的方案：编号或路径。")],
    packs: PacksOption = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """比较两个方案：新增、取消、分值、表述、位置和规则的变化。"""
    from dudao.cli.scheme_output import comparison_payload, comparison_table
    from dudao.pipelines.load_scheme import usable_scheme
    from dudao.scheme.compare import compare_schemes

    folders = _folders(packs)
    comparison = compare_schemes(usable_scheme(old, folders), usable_scheme(new, folders))
    if output is OutputFormat.JSON:
        print_json(comparison_payload(comparison))
    elif comparison.changes:
        results_console().print(comparison_table(comparison))
    else:
        print_text(f"两个方案的{comparison.unchanged}项都一样。")


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="上级下发的指标表：docx或xlsx。")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="把草稿写进这个新文件夹；不写则只显示。")
    ] = None,
    scheme_id: Annotated[str, typer.Option("--id", help="方案编号，如 liaoning-city-2024。")] = "",
    name: Annotated[str, typer.Option("--name", help="方案全称。")] = "",
    region: Annotated[str, typer.Option("--region", help="地区代号（拼音），如 liaoning。")] = "",
    region_name: Annotated[str, typer.Option("--region-name", help="地区名称，如 辽宁省。")] = "",
    level: Annotated[
        str, typer.Option("--level", help="评价对象：province（省级）、city（市级）或 county（县级）。")
    ] = "",
    year: Annotated[int | None, typer.Option("--year", help="评价年度。", min=1985, max=2100)] = None,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """把上级下发的指标表（Word或Excel）变成方案草稿，并列出拿不准的地方。"""
    from datetime import date

    from dudao.cli.scheme_output import scheme_payload, scheme_tree
    from dudao.errors import WrongUseError
    from dudao.pipelines.import_scheme import import_scheme, write_pack
    from dudao.scheme.import_table import ImportWishes
    from dudao.scheme.model import GovernmentLevel

    levels = [str(known) for known in GovernmentLevel]
    if level and level not in levels:
        raise WrongUseError(f"--level 不能是“{level}”。", advice=f"可写：{'、'.join(levels)}。")
    chosen = GovernmentLevel(level) if level else None
    wishes = ImportWishes(scheme_id, name, region, region_name, chosen, year)
    draft = import_scheme(file, wishes=wishes, this_year=date.today().year)
    written = write_pack(draft, out) if out is not None else ()
    if output is OutputFormat.JSON:
        print_json(
            {
                "scheme": scheme_payload(draft.scheme),
                "issues": [issue_payload(issue) for issue in draft.issues],
                "files": draft.files,
                "written": [str(path) for path in written],
            }
        )
        return
    results_console().print(scheme_tree(draft.scheme))
    if draft.issues:
        print_issues(draft.issues, title=f"有{len(draft.issues)}处要看")
    if out is None:
        print_text("没有写入文件；加上 --out 文件夹 可写成方案包。")
    else:
        print_text(f"已写入{len(written)}个文件，在“{out}”。改好后用 dudao scheme check {out} 检查。")
