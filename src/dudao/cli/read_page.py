"""One read document as people see it: its text with places, its tables, score sheet and cited documents."""

from typing import TYPE_CHECKING

from dudao.cli.output import print_issues, results_console
from dudao.documents.model import BlockKind, Document
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.reading import read_score_sheet
from dudao.quantities.decimals import decimal_text

if TYPE_CHECKING:
    from rich.console import Console

_KINDS = {
    BlockKind.TITLE: ("标题", "bold"),
    BlockKind.HEADING: ("", "bold cyan"),
    BlockKind.PARAGRAPH: ("", ""),
    BlockKind.FOOTNOTE: ("脚注", "dim"),
}


def print_read(document: Document) -> None:
    """Print what was read from one document."""
    from rich.rule import Rule
    from rich.text import Text

    console = results_console()
    console.print(Rule(Text(document.file, style="bold"), align="left", style="blue"))
    _print_blocks(document, console)
    for table in document.tables:
        name = f"“{table.name}”" if table.name else ""
        console.print(
            Text(
                f"表格{name}：{table.rows}行{table.columns}列，第{table.span.start + 1}—{table.span.end}字", style="dim"
            )
        )
    sheet = read_score_sheet(document)
    if sheet is not None:
        _print_sheet(sheet, console)
    _print_cited(document, console)
    if document.issues:
        print_issues(document.issues, title="识读说明")
    console.print(Text(_conclusion(document, sheet)))


def _print_blocks(document: Document, console: "Console") -> None:
    from rich.text import Text

    width = len(str(len(document.text)))
    for block in document.blocks:
        words = document.text[block.span.start : block.span.end].strip()
        if block.kind is BlockKind.CELL:
            words, style, label = words.replace("\n", " "), "", "│ "
        else:
            kind, style = _KINDS[block.kind]
            label = f"［{kind}］" if kind else f"{'#' * block.level} " if block.level else ""
        line = Text(f"{block.span.start:>{width}}  ", style="dim")
        line.append(label, style="dim")
        line.append(words, style=style)
        console.print(line)


def _print_sheet(sheet: ScoreSheet, console: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="自评表", title_justify="left")
    table.add_column("编号", no_wrap=True)
    table.add_column("指标", overflow="fold")
    table.add_column("满分", justify="right")
    table.add_column("自评", justify="right")
    for row in sheet.rows:
        points = (decimal_text(row.full_points) or "—", decimal_text(row.self_points) or "—")
        table.add_row(row.id, Text("  " * (row.level - 1) + row.name), *points)
    table.add_section()
    table.add_row("", "合计", decimal_text(sheet.full_points) or "—", decimal_text(sheet.self_points) or "—")
    console.print(table)


def _print_cited(document: Document, console: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    if not document.cited:
        return
    table = Table(title="引用的文件", title_justify="left")
    table.add_column("位置", justify="right", no_wrap=True)
    table.add_column("文号", overflow="fold")
    table.add_column("标题", overflow="fold")
    for cited in document.cited:
        table.add_row(str(cited.span.start), Text(cited.number or "—"), Text(cited.title or "—"))
    console.print(table)


def _conclusion(document: Document, sheet: ScoreSheet | None) -> str:
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    numbered = sum(cited.number is not None for cited in document.cited)
    repaired = len(document.text) - len(document.repaired.text)
    parts = [
        f"{len(document.text):,}字",
        f"标题{headings}个",
        f"表格{len(document.tables)}个",
        f"引用文件{len(document.cited)}处（有文号{numbered}处）",
        "有自评表" if sheet is not None else "没有自评表",
    ]
    if repaired:
        parts.append(f"识读时略去转换造成的{repaired}个字符（注音、断行、空格等），原文不变")
    return "，".join(parts) + "。"
