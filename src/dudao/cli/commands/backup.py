"""`dudao backup`: handed on to the platform, which alone knows Django."""

from typing import Annotated

import typer

from dudao.cli.platform import hand_on

app = typer.Typer(rich_markup_mode=None)


@app.command()
def backup(
    target: Annotated[
        str, typer.Argument(metavar="[文件或文件夹]", help="写到哪里；默认在 DUDAO_HOME 的 backups 文件夹。")
    ] = "",
    keep: Annotated[int, typer.Option(help="写好后，同一文件夹中只保留最近几份；0 为全部保留。", min=0)] = 0,
    region: Annotated[
        str, typer.Option(metavar="代码", help="只备份这一地区及下辖地区；不含别处的人员、填报、材料和审计记录。")
    ] = "",
    by: Annotated[str, typer.Option(metavar="账号", help="谁要这份备份，记入审计日志；与 --region 同用。")] = "",
) -> None:
    """备份平台的数据和文件，写好后读回核对；平台使用中也可以运行，数据取自同一时刻。"""
    limited = ["--region", region, "--by", by] if region else []
    hand_on("backup", [*([target] if target else []), "--keep", str(keep), *limited])
