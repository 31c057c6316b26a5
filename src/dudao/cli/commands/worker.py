"""`dudao worker`: handed on to the platform, which alone knows Django."""

from typing import Annotated

import typer

from dudao.cli.platform import hand_on

app = typer.Typer(rich_markup_mode=None)


@app.command()
def worker(
    grace: Annotated[float, typer.Option(help="停止时给正在进行的任务多少秒收尾。", min=0, max=3600)] = 20,
) -> None:
    """执行导入、推演、邮件等后台任务，直到停止；可同时运行几个。dudao serve 自带一个。"""
    hand_on("worker", ["--grace", str(grace)])
