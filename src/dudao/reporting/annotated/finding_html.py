"""One entry beside the document: what was written, how it was recomputed, what would fit."""

import re
from html import escape

from dudao.documents.model import Document
from dudao.documents.structure import place_in_repaired
from dudao.provenance import Span
from dudao.reporting.annotated.document_html import STYLE
from dudao.reporting.annotated.entries import STATE_NAMES, Entry, State
from dudao.reporting.annotated.recomputed import Recomputed

_ICONS = {
    State.INCONSISTENT: "≠",
    State.CONTRADICTION: "⇄",
    State.ERROR: "!",
    State.WARNING: "△",
    State.NOTE: "i",
    State.UNCHECKED: "?",
    State.ROUNDED: "≈",
    State.CONSISTENT: "✓",
    State.DISMISSED: "—",
}


_SENTENCE_END = re.compile(r"[。；！？\n]")
_AROUND = 24


def finding_html(entry: Entry, document: Document, places: dict[int, str]) -> str:
    """Return one entry as a fold-out; `places` names the heading above each position of the text."""
    style = STYLE[entry.state]
    number = f'<span class="no">{entry.number}</span>' if entry.number else ""
    head = (
        f'<summary><span class="tag {style}"><i aria-hidden="true">{_ICONS[entry.state]}</i>{number}'
        f"{STATE_NAMES[entry.state]}</span><b>{escape(_headline(entry))}</b></summary>"
    )
    parts = [f'<p class="q">“{escape(entry.quote)}”</p>'] if entry.quote else []
    if entry.worked is not None:
        parts.append(_recomputed(entry.worked))
    parts.append(f'<p class="why">{escape(entry.message)}</p>')
    if entry.related:
        parts.append(_pair(entry, document))
    if entry.reason:
        label = "不采纳的理由" if entry.state is State.DISMISSED else "说明"
        parts.append(f'<p class="sub">{label}：{escape(entry.reason)}</p>')
    if entry.remedy:
        parts.append(f'<div class="sug"><span>建议</span><span>{escape(entry.remedy)}</span></div>')
    place = places.get(entry.marks[0].start if entry.marks else 0, "")
    where = f"{escape(place)} · " if place else ""
    parts.append(
        f'<p class="foot"><a href="#m-{entry.key}" data-go="{entry.key}">到原文</a>'
        f"<span>{where}{escape(entry.kind)}</span></p>"
    )
    level = str(entry.level) if entry.level is not None else ""
    opened = " open" if entry.number == 1 else ""
    return (
        f'<details class="fd" id="{entry.key}" data-s="{entry.state}" data-k="{escape(entry.kind)}" '
        f'data-l="{level}"{opened}>{head}<div class="bd">{"".join(parts)}</div></details>'
    )


def _headline(entry: Entry) -> str:
    words = entry.message.split("。")[0].split("；")[0]
    return words if len(words) <= 26 else words[:25] + "…"


def _recomputed(worked: Recomputed) -> str:
    """Return the figures of a claim with what each stands for, and what the formula gives."""
    rows = [
        f"<tr><th scope='row'>{escape(text)}</th><td>{f'代表 {escape(means)}' if means else '按原数'}</td></tr>"
        for text, means in worked.figures
    ]
    if worked.value:
        value, interval = escape(worked.value), escape(worked.interval)
        rows.append(f"<tr class='sum'><th scope='row'>算得 {value}</th><td>可取 {interval}</td></tr>")
    return f'<table class="calc"><caption class="vh">重算</caption><tbody>{"".join(rows)}</tbody></table>'


def _pair(entry: Entry, document: Document) -> str:
    """Return both places of a contradiction side by side."""
    places = [*entry.marks[:1], *entry.related]
    cells = "".join(f'<a href="#" data-at="{span.start}">“{escape(_words(document, span))}”</a>' for span in places[:6])
    return f'<div class="pair" role="group" aria-label="前后两处">{cells}</div>'


def _words(document: Document, span: Span) -> str:
    """Return the mended words of a place with those of its sentence right around them."""
    repaired = document.repaired
    start, end = place_in_repaired(repaired, span.start), place_in_repaired(repaired, span.end)
    before = _SENTENCE_END.split(repaired.text[max(0, start - _AROUND) : start])[-1]
    behind = _SENTENCE_END.split(repaired.text[end : end + _AROUND])[0]
    return " ".join(f"{before}{repaired.text[start:end]}{behind}".split())
