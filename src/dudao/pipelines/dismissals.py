"""Findings that a person has set aside with a reason, kept beside the report in `<report>.dudao.json`.

A dismissal is keyed to what the finding says of which sentence, not to its position: it holds as long as the
sentence and its figures stay, however the rest of the report is edited.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from dudao.claims.model import Finding
from dudao.documents.model import Document
from dudao.documents.structure import place_in_repaired
from dudao.errors import UnreadableInputError, WrongUseError
from dudao.provenance import Span

FORMAT = 1
SUFFIX = ".dudao.json"
SHORTEST_REASON = 2
_SENTENCE_END = re.compile(r"[。；！？!?\n]")
_FIGURE = re.compile(r"[0-9０-９]+(?:[.．][0-9]+)?")
_BLANK = re.compile(r"[\s\u3000]+")
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One finding set aside: by whom, when (ISO 8601), why; `quote` is the sentence, for people to read."""

    key: str
    code: str
    quote: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The findings of a report divided: those still open, those dismissed with their reasons, and what is stale."""

    open: tuple[Finding, ...]
    dismissed: tuple[tuple[Finding, Dismissal], ...]
    stale: tuple[Dismissal, ...] = field(default=())


def sidecar_of(report: Path) -> Path:
    """Return where the dismissals of a report lie when no other place is named."""
    return report.with_name(report.name + SUFFIX)


def finding_key(document: Document, finding: Finding) -> str:
    """Return what a finding is recognised by: its code, its mended sentence without blanks, the figures of all places.

    Two findings of one code in the same words count as one; a figure that changes makes it a new finding.
    """
    sentences = [sentence_at(document, span) for span in (finding.span, *finding.related)]
    figures = [figure for sentence in sentences for figure in _FIGURE.findall(sentence)]
    parts = [finding.code, _BLANK.sub("", sentences[0]), " ".join(figures), *finding.outside]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]


def apply_dismissals(document: Document, findings: Iterable[Finding], dismissals: Iterable[Dismissal]) -> Judged:
    """Divide the findings; a dismissal that fits no finding any more is stale and told as such."""
    by_key = {dismissal.key: dismissal for dismissal in dismissals}
    still_open: list[Finding] = []
    dismissed: list[tuple[Finding, Dismissal]] = []
    for finding in findings:
        dismissal = by_key.get(finding_key(document, finding))
        if dismissal is None:
            still_open.append(finding)
        else:
            dismissed.append((finding, dismissal))
    used = {dismissal.key for _, dismissal in dismissed}
    stale = tuple(dismissal for key, dismissal in by_key.items() if key not in used)
    return Judged(tuple(still_open), tuple(dismissed), stale)


def dismiss(document: Document, finding: Finding, *, reason: str, by: str, at: str) -> Dismissal:
    """Return the dismissal of a finding.

    Raises:
        WrongUseError: no reason, or nobody named.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise WrongUseError("不采纳一处发现需要写明理由。", advice="例如：“已核对统计年鉴，原数无误”。")
    if not by.strip():
        raise WrongUseError("不采纳一处发现需要写明是谁决定的。", advice="请给出姓名或账号。")
    quote = sentence_at(document, finding.span)
    return Dismissal(finding_key(document, finding), finding.code, quote, reason.strip(), by.strip(), at)


def read_dismissals(path: Path) -> tuple[Dismissal, ...]:
    """Return the dismissals of a file, none when there is no such file.

    Raises:
        UnreadableInputError: the file is damaged or of a newer format.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not isinstance(content, dict) or not isinstance(content.get("dismissals"), list):
        raise _damaged(path)
    if content.get("format") != FORMAT:
        raise UnreadableInputError(
            f"“{path}”的格式版本是{content.get('format')}，本程序只认识{FORMAT}。", advice="请升级 dudao。"
        )
    found: dict[str, Dismissal] = {}
    for entry in content["dismissals"]:
        values = [entry.get(name) for name in Dismissal.__slots__] if isinstance(entry, dict) else []
        if not values or not all(isinstance(value, str) for value in values):
            raise _damaged(path)
        dismissal = Dismissal(*map(str, values))
        found[dismissal.key] = dismissal
    return tuple(found.values())


def write_dismissals(path: Path, dismissals: Iterable[Dismissal]) -> None:
    """Write the dismissals whole or not at all: a temporary file beside it takes its place.

    Raises:
        UnreadableInputError: the place cannot be written to.
    """
    newest = {dismissal.key: dismissal for dismissal in dismissals}
    entries = [{name: getattr(dismissal, name) for name in Dismissal.__slots__} for dismissal in newest.values()]
    text = json.dumps({"format": FORMAT, "dismissals": entries}, ensure_ascii=False, indent=2) + "\n"
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise UnreadableInputError(
            f"“{path}”写不进去，理由没有保存。", advice="请检查文件夹权限，或用 --dismissals 指定别的位置。"
        ) from error


def _damaged(path: Path) -> UnreadableInputError:
    return UnreadableInputError(
        f"“{path}”不是不采纳记录，或已损坏。", advice="请从备份恢复；或改名后重新记录。原报告不受影响。"
    )


def sentence_at(document: Document, span: Span) -> str:
    """Return the mended sentences that a place touches, in one line."""
    text = document.repaired.text
    start = place_in_repaired(document.repaired, span.start)
    end = max(start, place_in_repaired(document.repaired, span.end))
    first = start
    while first > 0 and start - first < _LONGEST_SENTENCE and not _SENTENCE_END.match(text[first - 1]):
        first -= 1
    last = end
    if not (last > first and _SENTENCE_END.match(text[last - 1])):
        while last < len(text) and last - end < _LONGEST_SENTENCE and not _SENTENCE_END.match(text[last]):
            last += 1
    return " ".join(text[first:last].split())
