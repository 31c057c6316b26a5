"""One checked document as people read it: each finding with its sentence and formula, and what stayed unchecked."""

import re
from typing import TYPE_CHECKING

from dudao.claims.model import Claim, Finding, Verdict
from dudao.cli.output import LEVEL_NAMES, LEVEL_STYLES, results_console
from dudao.documents.model import Document
from dudao.issues import Level
from dudao.pipelines.check import CheckedDocument
from dudao.provenance import Span
from dudao.quantities.decimals import decimal_text

if TYPE_CHECKING:
    from rich.text import Text

_SENTENCE_END = re.compile(r"[。；;！？\n]")
_MOST_CONTEXT = 90
_LONGEST_SPAN = 150


def print_document(checked: CheckedDocument) -> None:
    """Print the findings of one document, then what was read and what could not be checked."""
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    console = results_console()
    document = checked.document
    console.print(Rule(Text(document.file, style="bold"), align="left", style="blue"))
    claims = {(claim.span, claim.message): claim for claim in checked.report.claims}
    by_span = {claim.span: claim for claim in checked.report.claims}
    for number, finding in enumerate(checked.findings, start=1):
        claim = claims.get((finding.span, finding.message)) or by_span.get(finding.span)
        head, body = _finding(document, finding, claim, number, checked)
        console.print(head)
        console.print(Padding(body, (0, 0, 1, 3)))
    for issue in document.issues:
        console.print(Text(f"读取：{issue.message}", style="dim"))
    first, *lines = _conclusion(checked)
    console.print(Text.from_markup(first))
    for line in lines:
        console.print(Padding(Text.from_markup(line.strip()), (0, 0, 0, 6)))


def print_summary(documents: int, findings: int, errors: int, unreadable: int, seconds: float) -> None:
    """Print what was found in all documents together."""
    from rich.rule import Rule
    from rich.text import Text

    console = results_console()
    console.print(Rule(style="blue"))
    parts = [f"共核验 {documents} 份文件", f"发现 {findings} 处，其中错误 {errors} 处", f"用时 {seconds:.1f} 秒"]
    if unreadable:
        parts.insert(1, f"[red]{unreadable} 份读不了[/]")
    console.print(Text.from_markup("，".join(parts) + "。"))


def _finding(
    document: Document, finding: Finding, claim: Claim | None, number: int, checked: CheckedDocument
) -> tuple["Text", "Text"]:
    from rich.text import Text

    head = Text.assemble(
        (f"{number}. {LEVEL_NAMES[finding.level]}", LEVEL_STYLES[finding.level]),
        (f"  第{_line(document.text, finding.span.start)}行  {finding.code}", "dim"),
    )
    body = _sentence(document.text, finding.span, _marks(finding, claim, checked))
    body.append(f"\n{finding.message}")
    if finding.remedy:
        body.append(f"\n建议：{finding.remedy}", style="green")
    for span in finding.related:
        body.append(f"\n另见第{_line(document.text, span.start)}行：", style="dim")
        body.append_text(_sentence(document.text, span, [span]))
    return head, body


def _marks(finding: Finding, claim: Claim | None, checked: CheckedDocument) -> list[Span]:
    if claim is not None:
        return [checked.report.quantities[index].span for index in claim.operands.values()]
    inside = [q.span for q in checked.report.quantities if finding.span.covers(q.span)]
    return inside if 0 < len(inside) <= 8 else [finding.span]


def _sentence(text: str, span: Span, marks: list[Span]) -> "Text":
    """Return the sentence around a span with the marked places underlined; long ones are cut with …"""
    from rich.text import Text

    start, end = _around(text, span)
    shown = Text()
    place = start
    for mark in sorted(Span(mark.start, min(mark.end, end)) for mark in marks if start <= mark.start < end):
        if mark.start < place:
            continue
        shown.append(_one_line(text[place : mark.start]))
        shown.append(_one_line(text[mark.start : mark.end]), style="bold underline")
        place = mark.end
    shown.append(_one_line(text[place:end]))
    before = "…" if start > 0 and not _SENTENCE_END.match(text[start - 1]) else ""
    after = "…" if end < len(text) and not _SENTENCE_END.match(text[end - 1]) and text[end] != "\n" else ""
    return Text.assemble(before, shown, after)


def _around(text: str, span: Span) -> tuple[int, int]:
    """Return the sentence around a span; of a long span, its first line."""
    start = span.start
    while start > 0 and span.start - start < _MOST_CONTEXT and not _SENTENCE_END.match(text[start - 1]):
        start -= 1
    if len(span) > _LONGEST_SPAN:
        line_end = text.find("\n", span.start)
        return start, min(line_end if line_end >= 0 else len(text), span.start + _LONGEST_SPAN)
    end = span.end
    limit = end + _MOST_CONTEXT
    while end < min(len(text), limit) and not _SENTENCE_END.match(text[end - 1]) and text[end] != "\n":
        end += 1
    return start, end


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _conclusion(checked: CheckedDocument) -> list[str]:
    coverage = checked.coverage
    errors = sum(finding.level is Level.ERROR for finding in checked.findings)
    found = "[green]没有发现对不上的数字[/]"
    if checked.findings:
        found = f"发现 {len(checked.findings)} 处" + (f"，其中[bold red]错误 {errors} 处[/]" if errors else "")
    characters = f"{len(checked.document.text):,}"
    if checked.dismissed:
        found += f"，另有 {len(checked.dismissed)} 处已不采纳"
    if checked.stale_dismissals:
        found += f"，{checked.stale_dismissals} 条不采纳记录已对不上现在的文字"
    lines = [f"[bold]小结[/]  {characters} 字，{found}。", f"      {_sheet_line(checked)}"]
    agreed = sum(
        claim.verdict in {Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED} for claim in checked.report.claims
    )
    rounded = sum(claim.verdict is Verdict.CONSISTENT_IF_ROUNDED for claim in checked.report.claims)
    lines.append(
        f"      读出数字 {coverage.quantities} 个；可相互核对的关系 {len(checked.report.claims)} 条，"
        f"{agreed} 条相符" + (f"（其中 {rounded} 条计入四舍五入后相符）" if rounded else "") + "。"
    )
    alone = coverage.quantities - coverage.in_claims
    lines.append(
        f"      [dim]未能核对：{alone} 个数字没有可对照的数字"
        + (f"，{coverage.not_checkable} 个缺少条件" if coverage.not_checkable else "")
        + "，请人工核实。[/]"
    )
    return lines


def _sheet_line(checked: CheckedDocument) -> str:
    sheet = checked.sheet
    if sheet is None:
        return "未见自评表：文中没有逐项印出分值和自评得分。"
    top = len(sheet.children(None))
    full = decimal_text(sheet.full_points) or "未印"
    own = decimal_text(sheet.self_points) or "未印"
    beside = f"对照方案 {checked.alignment.scheme.id}" if checked.alignment else "没有找到对应的方案"
    return f"自评表 {top} 部分、{len(sheet.rows)} 项，满分 {full}，自评 [bold]{own}[/]；{beside}。"
