"""`dudao balance template`: a blank table to fill in, with what stays from last year."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.output import print_text


def template(
    target: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="写出的模板。")],
    kind: Annotated[str, typer.Option("--kind", metavar="表种", help="表的种类，默认学校表。")] = "schools",
    last: Annotated[
        Path | None, typer.Option("--last", metavar="上年表", help="上年的表：带出学校名单，数据另放一页供参考。")
    ] = None,
) -> None:
    """写出空白填报模板，可带出上年的学校名单。"""
    from dudao.errors import WrongUseError
    from dudao.tables.catalogue import KINDS
    from dudao.tables.read import read_table
    from dudao.tables.template import write_template

    if kind not in KINDS:
        names = "、".join(f"{name}（{each.title}）" for name, each in KINDS.items())
        raise WrongUseError(f"没有名为“{kind}”的表。", advice=f"可用的有：{names}。")
    if target.suffix.lower() != ".xlsx":
        raise WrongUseError(f"模板写成 xlsx，{target.name} 不是。", advice="请把文件名改为 .xlsx 结尾。")
    if not target.parent.is_dir():
        raise WrongUseError(f"文件夹 {target.parent} 不存在。", advice="请先建好文件夹。")
    previous = None if last is None else read_table(last, KINDS[kind])
    filled = write_template(KINDS[kind], target, last=previous)
    carried = f"，带出上年{filled}行" if filled else ""
    print_text(f"已写出 {target}：{KINDS[kind].title}{carried}。")
