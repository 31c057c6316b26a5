"""`dudao read`: what is in a file, with the place of everything."""

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Annotated

import typer

from dudao.cli.outcome import ExitCode
from dudao.cli.output import FormatOption, OutputFormat, progress, write_json
from dudao.errors import UnreadableInputError

if TYPE_CHECKING:
    from dudao.documents.model import Document

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="退出码：0 已读出，2 用法不对，3 有文件读不了。")
def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件…", help="docx、pdf、xlsx、xls、html、txt、doc、wps 或扫描件。")
    ],
    output: FormatOption = OutputFormat.TEXT,
) -> None:
    """读出文件的文字、标题、表格、自评表和引用的文件，并给出每处的位置（从0数起的字符位置）。"""
    from dudao.documents.reading import read_document

    report = _JsonReport() if output is OutputFormat.JSON else _TextReport()
    unreadable: list[UnreadableInputError] = []
    with progress("读取", len(files)) as advance, report:
        for file in files:
            try:
                report.add(read_document(file))
            except UnreadableInputError as error:
                if len(files) == 1:
                    raise
                unreadable.append(error)
                report.refuse(file, error)
            advance(1)
    if unreadable:
        raise typer.Exit(ExitCode.UNREADABLE)


class _JsonReport:
    """Writes one document after another, so that any number of them needs the memory of one."""

    def __init__(self) -> None:
        self._written = 0
        self._refused: list[dict[str, str]] = []

    def __enter__(self) -> None:
        return None

    def add(self, document: "Document") -> None:
        from dudao.pipelines.read_payload import read_payload

        sys.stdout.write(",\n" if self._written else '{"documents": [\n')
        write_json(read_payload(document))
        self._written += 1

    def refuse(self, file: Path, error: UnreadableInputError) -> None:
        self._refused.append({"file": str(file), "message": error.message, "advice": error.advice})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        sys.stdout.write("\n]" if self._written else '{"documents": []')
        if self._refused:
            sys.stdout.write(',\n"errors": ')
            write_json(self._refused)
        sys.stdout.write("}\n")


class _TextReport:
    """Prints one document after another for people."""

    def __enter__(self) -> None:
        return None

    def add(self, document: "Document") -> None:
        from dudao.cli.read_page import print_read

        print_read(document)

    def refuse(self, file: Path, error: UnreadableInputError) -> None:
        typer.echo(f"错误：{error.message}\n建议：{error.advice}", err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None
