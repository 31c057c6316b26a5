"""`dudao restore`: handed on to the platform, which alone knows Django."""

from typing import Annotated

import typer

from dudao.cli.platform import hand_on

app = typer.Typer(rich_markup_mode=None)


@app.command()
def restore(
    source: Annotated[str, typer.Argument(metavar="备份文件", help="dudao backup 写出的文件。")],
    check: Annotated[bool, typer.Option("--check", help="只核对备份是否完好，不写入。")] = False,
) -> None:
    """把备份恢复到空的平台（SQLite 或 PostgreSQL 均可），读回核对每一张表和每一个文件。"""
    hand_on("restore", [source, *(["--check"] if check else [])])
