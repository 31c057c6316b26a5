"""`dudao serve`: handed on to the platform, which alone knows Django."""

from typing import Annotated

import typer

from dudao.cli.platform import hand_on

app = typer.Typer(rich_markup_mode=None)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口。", min=1, max=65535)] = 8000,
    threads: Annotated[int, typer.Option(help="同时处理的请求数。", min=1, max=256)] = 4,
    worker: Annotated[bool, typer.Option(help="附带一个后台程序；另行运行 dudao worker 时写 --no-worker。")] = True,
) -> None:
    """启动平台，在浏览器里填报、汇总、报送。"""
    hand_on(
        "serve", ["--host", host, "--port", str(port), "--threads", str(threads), *([] if worker else ["--no-worker"])]
    )
