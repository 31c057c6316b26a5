"""`dudao balance generate`: a made-up nation of school tables, drawn from a seed."""

from pathlib import Path
from typing import Annotated

import typer

from dudao.cli.output import FormatOption, OutputFormat, print_json, print_text


def generate(
    out: Annotated[Path, typer.Argument(metavar="OUT.parquet", help="写入的 parquet 文件。")],
    schools: Annotated[int, typer.Option("--schools", min=1, help="每年的学校数。")] = 200_000,
    counties: Annotated[int, typer.Option("--counties", min=1, help="县区数。")] = 2846,
    years: Annotated[int, typer.Option("--years", min=1, max=30, help="年数。")] = 1,
    seed: Annotated[int, typer.Option("--seed", min=0, help="随机种子；同一种子得到同样的数据。")] = 1,
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """生成虚构的全国学校数据表，供试用和测速；校名、代码都是编排的，不对应任何学校。"""
    from dudao.errors import WrongUseError
    from dudao.tables.generate import NationSize, write_schools

    if out.suffix.lower() != ".parquet":
        raise WrongUseError(f"{out.name} 不是 .parquet 文件名。", advice="请写成 OUT.parquet。")
    if not out.parent.is_dir():
        raise WrongUseError(f"文件夹 {out.parent} 不存在。", advice="请先建好文件夹。")
    rows = write_schools(NationSize(schools, counties, years, seed), out)
    if output is OutputFormat.JSON:
        print_json({"file": str(out), "rows": rows, "counties": counties, "years": years, "seed": seed})
    else:
        print_text(f"已写入 {out}：{rows} 行（{years} 年 × {schools} 所学校，{counties} 个县区，种子 {seed}）。")
