"""The checked report as one html page that needs nothing else: no network, no further files.

On the left the outline and the document with every checked figure marked by its verdict, on the right the
findings with their recomputation. Works without scripts; with them it filters, folds, and walks with N and P.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from dudao.claims.model import ClaimReport, Finding
from dudao.documents.model import Block, BlockKind, Document
from dudao.documents.structure import place_in_repaired
from dudao.issues import Level
from dudao.reporting.annotated.document_html import STYLE, DocumentHtml, marks_of
from dudao.reporting.annotated.entries import OPEN, STATE_NAMES, Entry, State, entries
from dudao.reporting.annotated.finding_html import finding_html

_LEVELS = {Level.ERROR: "错误", Level.WARNING: "提醒", Level.NOTE: "说明"}
_OUTLINE_LEVELS = 3
_SCORE = re.compile(r"[。]?[（(][^（()）]*分[^（()）]*[）)][。]?$")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def annotated_page(
    document: Document,
    report: ClaimReport,
    findings: Iterable[Finding],
    *,
    dismissed: Iterable[tuple[Finding, str]] = (),
    summary: Iterable[str] = (),
    made: str = "",
) -> str:
    """Return the page.

    Args:
        document: the report as read.
        report: its quantities and claims.
        findings: what a person should look at, from the claims and from the audit of the score sheet.
        dismissed: findings that were set aside, each with its reason.
        summary: further lines for the head, such as the totals of the score sheet.
        made: when and by what the page was made, as it is to be printed.
    """
    found = entries(document, report, findings, dismissed)
    return page_of(document, found, figures=len(report.quantities), summary=summary, made=made)


def page_of(
    document: Document, found: list[Entry], *, figures: int, summary: Iterable[str] = (), made: str = ""
) -> str:
    """Return the page of entries that were made before.

    Args:
        document: the report as read.
        found: what is listed and marked, in order.
        figures: how many figures were read.
        summary: further lines for the head.
        made: when and by what the page was made, as it is to be printed.
    """
    page = DocumentHtml(document, marks_of(found))
    title = _title(document)
    places = _headings_above(document, found)
    listed = "".join(finding_html(entry, document, places) for entry in found)
    issues = "".join(f"<li>{escape(issue.message)} {escape(issue.remedy)}</li>" for issue in document.issues)
    reading = (
        f'<section class="iss" aria-label="识读说明"><h3>识读说明</h3><ul>{issues}</ul></section>' if issues else ""
    )
    return _asset("page.html").format(
        policy=_POLICY,
        bare="" if any(block.kind is BlockKind.HEADING for block in document.blocks) else ' class="bare"',
        title=escape(title),
        style=_asset("page.css"),
        script=_asset("page.js"),
        head=_head(document, title, made),
        strip=_strip(found, figures, summary),
        outline=_outline(document, page),
        body="".join(page.blocks()),
        chips=_chips(found),
        selects=_selects(found),
        listed=listed or '<p class="none">没有可列出的发现。</p>',
        reading=reading,
        problems=sum(entry.state in OPEN for entry in found),
    )


def _asset(name: str) -> str:
    return (files("dudao.reporting.annotated") / name).read_text(encoding="utf-8")


def _title(document: Document) -> str:
    for block in document.blocks:
        if block.kind is BlockKind.TITLE:
            return " ".join(_mended(document, block).split())
    return document.file.replace("\\", "/").rsplit("/", 1)[-1]


def _mended(document: Document, block: Block) -> str:
    repaired = document.repaired
    start, end = (place_in_repaired(repaired, place) for place in (block.span.start, block.span.end))
    return repaired.text[start:end].strip()


def _head(document: Document, title: str, made: str) -> str:
    file = document.file.replace("\\", "/").rsplit("/", 1)[-1]
    note = " · ".join(filter(None, [file, f"{len(document.text):,} 字", f"校验码 {document.sha256[:12]}", made]))
    return (
        '<header class="top"><div class="brand"><span class="sq" aria-hidden="true">核</span>督导'
        "<span>报告核验</span></div>"
        f'<div class="ti"><h1>{escape(title)}</h1><p>{escape(note)}</p></div></header>'
    )


def _strip(found: list[Entry], figures: int, summary: Iterable[str]) -> str:
    """Return the line of key figures with the bar of verdicts."""
    counts = Counter(entry.state for entry in found)
    order = [state for state in State if counts[state]]
    total = sum(counts.values())
    width, gap = 380, 1
    bars, left = [], 0.0
    for state in order:
        share = max(4.0, (width - gap * len(order)) * counts[state] / total)
        bars.append(f'<rect class="f {STYLE[state]}" x="{left:.1f}" y="0" width="{share:.1f}" height="10"/>')
        left += share + gap
    label = "，".join(f"{STATE_NAMES[state]} {counts[state]}" for state in order) or "没有可核验的关系"
    bar = (
        f'<svg class="bar" viewBox="0 0 {max(left, 1):.0f} 10" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{"".join(bars)}</svg>'
        if order
        else ""
    )
    lines = "".join(f"<span>{escape(line)}</span>" for line in summary)
    return (
        f'<section class="sum" aria-label="核验结果"><b>{total} 处数字与表述</b>{bar}'
        f'<span class="lab">{escape(label)}</span>{lines}<span class="sp"></span>'
        f"<span>读出数字 {figures} 个</span></section>"
    )


def _outline(document: Document, page: DocumentHtml) -> str:
    """Return the headings with how many open findings and figures stand below each, up to the next one."""
    headings = [
        (index, block)
        for index, block in enumerate(document.blocks)
        if block.kind is BlockKind.HEADING and block.level <= _OUTLINE_LEVELS
    ]
    if not headings:
        return '<p class="none">文中没有标题。</p>'
    shallowest = min(block.level for _, block in headings)
    items = []
    for place, (index, block) in enumerate(headings):
        end = headings[place + 1][1].span.start if place + 1 < len(headings) else len(document.text)
        below = page.marked_in(type(block.span)(block.span.start, max(end, block.span.end)))
        problems = sum(mark.state in OPEN for mark in below)
        count = f'<b class="bad" title="待处理">{problems}</b>' if problems else f"<span>{len(below)}</span>"
        name = escape(_SCORE.sub("", " ".join(_mended(document, block).split())))
        items.append(
            f'<li class="o{block.level - shallowest}"><a href="#b{index}" title="{name}">{name}</a>{count}</li>'
        )
    return f'<ol class="ol">{"".join(items)}</ol>'


def _chips(found: list[Entry]) -> str:
    counts = Counter(entry.state for entry in found)
    problems = sum(counts[state] for state in OPEN)
    chips = [f'<button type="button" class="chip" data-f="open" aria-pressed="false">待处理<b>{problems}</b></button>']
    chips += [
        f'<button type="button" class="chip" data-f="{state}" aria-pressed="false">'
        f'<i class="dot {STYLE[state]}" aria-hidden="true"></i>{STATE_NAMES[state]}<b>{counts[state]}</b></button>'
        for state in State
        if counts[state]
    ]
    return "".join(chips)


def _selects(found: list[Entry]) -> str:
    kinds = sorted({entry.kind for entry in found})
    levels = [level for level in Level if any(entry.level is level for entry in found)]
    kind_options = "".join(f"<option>{escape(kind)}</option>" for kind in kinds)
    level_options = "".join(f'<option value="{level}">{_LEVELS[level]}</option>' for level in levels)
    return (
        f'<label>类型<select id="kind"><option value="">全部</option>{kind_options}</select></label>'
        f'<label>级别<select id="level"><option value="">全部</option>{level_options}</select></label>'
    )


def _headings_above(document: Document, found: list[Entry]) -> dict[int, str]:
    """Return for the first place of each entry the heading it stands under."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    starts = [block.span.start for block in headings]
    places: dict[int, str] = {}
    for entry in found:
        if entry.marks:
            index = bisect_right(starts, entry.marks[0].start) - 1
            if index >= 0:
                name = " ".join(_mended(document, headings[index]).split())
                places[entry.marks[0].start] = name if len(name) <= 18 else name[:17] + "…"
    return places
