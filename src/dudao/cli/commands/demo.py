"""`dudao demo`: the demonstration regions, scored; then the platform with them, to be looked at in a browser."""

from typing import Annotated

import typer

from dudao.cli.output import FormatOption, OutputFormat, print_json, print_text, progress, results_console

app = typer.Typer(rich_markup_mode=None)


@app.command()
def demo(
    output: FormatOption = OutputFormat.TEXT,
    serve: Annotated[
        bool | None,
        typer.Option("--serve/--no-serve", help="建好后启动平台，或建好就结束；不写时只在终端里启动。"),
    ] = None,
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。", min=1, max=65535)] = 8000,
) -> None:
    """演示：打印阜新市2022年、双台子区2023年的评分表，在单独的文件夹里建立演示平台，打印账号和网址，然后启动。

    文件夹由 DUDAO_HOME 指明，不写时是当前目录下的 var/demo；--format json 只打印评分，不建立平台。
    """
    from dudao.pipelines.demonstration import demonstration_files, scored_demonstrations

    with progress("评分", len(demonstration_files())) as advance:
        scored = []
        for one in scored_demonstrations():
            scored.append(one)
            advance(1)
    if output is OutputFormat.JSON:
        from dudao.cli.score_payload import score_payload

        print_json({"demonstrations": [score_payload(one) for one in scored]})
        return
    from rich.rule import Rule

    from dudao.cli.score_tables import score_page

    console = results_console()
    for one in scored:
        console.print(score_page(one))
        console.print(Rule(style="blue"))
    print_text("命令行还可以试：")
    print_text("  dudao check examples/阜新市2022年自评表.xlsx      核验一份自评表")
    print_text("  dudao check examples/双台子区2023年自评报告.txt   核验一份自评报告")
    print_text("  dudao --help                                      全部命令")
    print_text("")
    _platform(serve, host, port)


def _platform(serve: bool | None, host: str, port: int) -> None:
    """Build the demonstration platform, and serve it where somebody is there to stop it."""
    from dudao.cli.platform import demonstration_environment, hand_on, serves_by_default

    environment = demonstration_environment()
    print_text(f"演示平台（文件夹 {environment['DUDAO_HOME']}）")
    hand_on("demonstrate", ["--host", host, "--port", str(port)], environment=environment, leave=False)
    if serve if serve is not None else serves_by_default():
        hand_on("serve", ["--host", host, "--port", str(port)], environment=environment)
        return
    print_text("没有启动：不在终端里运行，或已要求不启动。要启动，请运行 dudao demo --serve。")
