"""`dudao doctor`: what this machine offers, what is missing, and how to mend it."""

from typing import TYPE_CHECKING

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, print_json, results_console

if TYPE_CHECKING:
    from dudao.cli.environment import Check

app = typer.Typer(rich_markup_mode=None)


@app.command()
def doctor(output: FormatOption = OutputFormat.TEXT) -> None:
    """检查本机环境；装有平台时也检查平台：设置、数据库、磁盘、权限、时钟、后台程序，各附补救办法。"""
    from dudao.cli.environment import examine
    from dudao.cli.platform import examination, installed_here

    checks = examine() + (examination() if installed_here() else [])
    if output is OutputFormat.JSON:
        print_json(
            {
                "checks": [
                    {"name": c.name, "state": str(c.state), "detail": c.detail, "remedy": c.remedy} for c in checks
                ]
            }
        )
    else:
        _print_table(checks)
    if any(check.state == "missing" for check in checks):
        raise typer.Exit(ExitCode.FINDINGS)


def _print_table(checks: "list[Check]") -> None:
    from rich.table import Table
    from rich.text import Text

    from dudao.cli.environment import State

    marks = {
        State.PRESENT: Text("✓", style="green"),
        State.OPTIONAL: Text("○", style="yellow"),
        State.MISSING: Text("✗", style="red"),
    }
    table = Table(title="本机环境", title_justify="left")
    for heading in ("", "项目", "情况", "怎么补"):
        table.add_column(heading, overflow="fold")
    for check in checks:
        table.add_row(marks[check.state], check.name, check.detail, check.remedy)
    results_console().print(table)
