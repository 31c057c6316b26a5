"""`dudao manage …`: handed on to the platform, which alone knows Django."""

import typer

from dudao.cli.platform import hand_on

app = typer.Typer(rich_markup_mode=None)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage(context: typer.Context) -> None:
    """平台的维护命令，例如 migrate、first_administrator；不带参数时列出全部。"""
    hand_on("manage", context.args)
