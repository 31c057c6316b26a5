"""`dudao audit verify`: handed on to the platform, which alone knows Django."""

import typer

from dudao.cli.platform import hand_on

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="审计日志：校验是否完整。")


@app.callback()
def audit() -> None:
    """审计日志：校验是否完整。"""


@app.command()
def verify() -> None:
    """逐条核对哈希链，找出被改动、缺失或调换的记录；完整时退出码 0，否则 1。"""
    hand_on("audit", ["verify"])
