"""Sentences broken by the end of a page or a printed line.

Seen in texts taken from pdf: a report of Anshan has a blank line in the middle of 鞍委教 / 领秘〔2021〕4号 wherever
a page of the original ended, sometimes with the page number between. The line ends are taken out where the
sentence plainly goes on, so that a number and what it counts are read together.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dudao.documents.headings import heading_level, starts_an_item
from dudao.documents.model import RepairedText
from dudao.documents.repairs.mending import Edit
from dudao.documents.repairs.spaces import is_row
from dudao.provenance import Span

_BREAK = re.compile(
    r"(?:\r?\n|\f)[ \u3000\r\n\f]*"
    # the page number in its own line: in dashes, or bare with a blank line behind it
    r"(?:[-—–－·]{1,2} ?\d{1,3} ?[-—–－·]{1,2}[ \u3000]*(?:\r?\n|\f)[ \u3000\r\n\f]*"
    r"|\d{1,3}[ \u3000]*\r?\n[ \u3000]*(?:\r?\n|\f)[ \u3000\r\n\f]*)?"
)
_PAGE_NUMBER = re.compile(
    r"(?<=\n)[ \u3000]{0,80}(?:[-—–－]{1,2} ?\d{1,3} ?[-—–－]{1,2}|第 ?\d{1,3} ?页.{0,8})[ \u3000]{0,80}\r?\n"
)
_ENDED = tuple("。！？!?：:；;…”’》）)】〕.")
_GOES_ON = tuple("，、,—-（(《〈“‘〔")
_OPEN = {"《": "》", "（": "）", "(": ")", "〔": "〕", "“": "”"}
_CONTINUES_WITH = re.compile(r"[\u4e00-\u9fff0-9０-９A-Za-z，。、；：）》〉”〕,.;:)%％〔（(《“]")
_SENTENCE_MARK = re.compile(r"[，。；,;]")
_POINTS_BEHIND_TITLE = re.compile(r"[0-9０-９] ?分 ?[）)]$")
_SCORED = re.compile(r"(?:自评)?得分?[0-9０-９]")
_FIGURE_ENDS = re.compile(r"[0-9][.,．·]?$")
_FIGURE_GOES_ON = re.compile(r"[.,．·]?[0-9]{1,8}(?:[.,．·][0-9]{1,4})?[ \u00a0]?[%％\u4e00-\u9fff]")
_FIGURE_STARTS = re.compile(
    r"[0-9０-９]{1,3}[ \u00a0]?[.．][ \u00a0]?[0-9０-９]{1,4}[ \u00a0]?"
    r"(?:[%％‰万亿元人所倍岁]|分(?![值类项为])|个百分点|平方|公里)"
)
"""分别占90.5%和 | 9.5%: the next line begins with a figure and not with item 9."""
_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:]{0,15}[%％]?[，。；：、）)]?")
_WIDER = 6
"""A line by so much wider than the others, a title or a row of a table, is not one of theirs."""
_ROWS = 50
"""Among so many lines one more may be wider than the page."""
_SURE_LENGTH = 25
_NARROW, _WIDE = 15, 60
_WIDEST_INDENT = 4
"""A paragraph opens with a gap of two characters, four where the gaps are half as wide."""


def page_numbers(text: str) -> Iterator[Edit]:
    """Yield a deletion for each line that is only a page number in dashes."""
    for match in _PAGE_NUMBER.finditer(text):
        yield Edit(match.start(), match.end())


def broken_sentences(
    current: RepairedText, tables: tuple[Span, ...], *, wrapped: bool, run_on: frozenset[int] = frozenset()
) -> Iterator[Edit]:
    """Yield a deletion for each line end in the middle of a sentence.

    Args:
        current: the text so far mended.
        tables: places of tables in the source; nothing is joined there.
        wrapped: whether the lines may be those of paper (txt, pdf, scans). Where they are paragraphs of the
            author (docx, html), only what cannot end a sentence (a comma, an open 《) is joined.
        run_on: the places in the source of line ends of which the page shows that the next line goes on.
    """
    text = current.text
    full = _full_line(text) if wrapped else None
    line_start = 0
    table = 0
    for match in _BREAK.finditer(text):
        before = text[line_start : match.start()]
        after = match.end()
        # A page number alone in its line is part of the break, a number that begins a sentence is not.
        indent = _indent(text, match, line_start) if full is not None else 0
        line_end = text.find("\n", after)
        following = text[after : line_end if line_end >= 0 else len(text)]
        line_start = after
        told = bool(run_on) and _origin(current, match) in run_on
        splits = _splits_a_figure(before, following, full=told or (full is not None and full.is_brim(before)))
        if not (
            splits
            or (told and _may_go_on(before, following))
            or _is_broken(before, following, wrapped=wrapped, full=full, indent=indent)
        ):
            continue
        source = _origin(current, match)
        while table < len(tables) and tables[table].end <= source:
            table += 1
        if table < len(tables) and tables[table].start <= source:
            continue
        if splits:
            # A gap stays where the digits meet: what reads the figure decides whether it is one.
            yield Edit(match.start(), match.start() + 1, " ")
            if match.end() > match.start() + 1:
                yield Edit(match.start() + 1, match.end())
        else:
            yield Edit(match.start() - (len(before) - len(before.rstrip(" \u3000"))), match.end())


def _origin(current: RepairedText, end: re.Match[str]) -> int:
    """Return the place in the source of a line end."""
    return current.origin(end.start()) if end.start() < len(current.text) else len(current.text)


@dataclass(frozen=True, slots=True)
class _FullLine:
    """How long a full line is, counted by `length`."""

    size: float
    length: Callable[[str], float]

    def fits(self, line: str, indent: float = 0, following: str = "") -> bool:
        """Return whether a line is full, the gap before its first word counted: the next word had no room.

        A number with its mark is one word: 公用经费 | 18342.6万元 leaves a gap as wide as the number.
        """
        word = _WORD.match(following)
        wanted = self.length(word[0]) - 1 if word is not None else 0
        return self.size - 2.5 - max(wanted, 0) <= self.length(line) + indent <= self.size + _WIDER

    def is_brim(self, line: str) -> bool:
        """Return whether not even half a character had room."""
        return self.length(line) >= self.size - 0.6


def _full_line(text: str) -> _FullLine | None:
    """Return what a full line is when the text was wrapped at a fixed width, as on paper; else None.

    Wrapped text has many lines of nearly the same width and none much wider; programs may wrap by characters, in
    which a digit counts as much as a character of Chinese.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 8:
        return None
    found: list[tuple[int, _FullLine]] = []
    for length in (_width, _characters):
        sizes = sorted(map(length, lines))
        full = sizes[int(len(sizes) * 0.95)]
        near = sum(1 for size in sizes if full - 2.5 <= size <= full + 1.5)
        # A title or a row of a table may be kept on one line, wider than all others.
        wider = sum(1 for size in sizes if size > full + _WIDER)
        if _NARROW <= full <= _WIDE and near * 3 >= len(sizes) and wider <= 1 + len(sizes) // _ROWS:
            # A mark may hang out of its line: what most lines measure is the width.
            (usual, _), *_ = Counter(size for size in reversed(sizes) if full - 2.5 <= size <= full + 1.5).most_common()
            found.append((sum(1 for size in sizes if abs(size - usual) < 1), _FullLine(usual, length)))
    # Lines that were cut by characters are brimful by characters, and of many widths.
    return max(found, key=lambda one: one[0])[1] if found else None


def _indent(text: str, end: re.Match[str], start: int) -> float:
    """Return how wide the gap is that opens a paragraph, as the line behind it has none; 0 for any other line."""
    if text[end.end() - 1 : end.end()] in " \u3000":
        return 0
    gap = text[max(text.rfind("\n", 0, start) + 1, start - _WIDEST_INDENT) : start]
    return gap.count("\u3000") + gap.count(" ") / 2


def _width(line: str) -> float:
    """Return the width in Chinese characters; Latin letters and digits take half."""
    stripped = line.strip()
    return len(stripped) - 0.5 * len(stripped.encode("ascii", "ignore"))


def _characters(line: str) -> float:
    return float(len(line.strip()))


def _splits_a_figure(before: str, after: str, *, full: bool) -> bool:
    """Return whether a full line of a sentence ends within a figure that the next line goes on: 10, | 072人."""
    return (
        full
        and _FIGURE_ENDS.search(before.rstrip()) is not None
        and _FIGURE_GOES_ON.match(after) is not None
        and _SENTENCE_MARK.search(before) is not None
    )


def _may_go_on(before: str, after: str) -> bool:
    """Return whether a full line may go on in the next: it ends no sentence, and the next begins nothing anew."""
    line, following = before.rstrip(), after.lstrip()
    if not line or not following or (line[-1].isdigit() and following[0].isdigit()):
        return False
    if is_row(line) or is_row(following):
        return False  # rows of a table without rules fill the page too
    return not line.endswith(("。", "！", "？")) and not _begins_an_item(following)


def _begins_an_item(line: str) -> bool:
    return starts_an_item(line) and _FIGURE_STARTS.match(line) is None


def _is_broken(before: str, after: str, *, wrapped: bool, full: _FullLine | None, indent: float = 0) -> bool:
    line = before.strip()
    following = after.lstrip()
    if line[-1:].isdigit() and following[:1].isdigit():
        return False  # two numbers must not become one
    if not line or not following or after.startswith("\t") or _begins_an_item(following):
        return False
    if is_row(line) or is_row(following):
        return False
    if not _CONTINUES_WITH.match(following):
        return False
    if _POINTS_BEHIND_TITLE.search(line):
        # a title with its points, or a full line of a sentence: …得28.9分，满意度指标（10分） | 得9.6分
        inside = _SENTENCE_MARK.search(line) is not None and not starts_an_item(line)
        if inside and wrapped and _SCORED.match(following):
            return True
        return inside and full is not None and full.fits(before)
    if line.endswith(_GOES_ON) or following[0] in "，。、；）》〉”〕,;)%％":
        return len(line) >= 8
    if _unclosed(line) and _closes(line, following):
        return True
    if full is not None and full.fits(before, indent, following) and not line.endswith(("。", "！", "？", "：")):
        return True
    if not wrapped or line.endswith(_ENDED):
        # A closing bracket or quotation mark may end a sentence or stand inside one: leave it.
        return False
    if heading_level(line) and len(line) <= 40 and not _SENTENCE_MARK.search(line):
        return False
    return len(line) >= _SURE_LENGTH and bool(_SENTENCE_MARK.search(line))


def _unclosed(line: str) -> str:
    """Return the closing mark the end of the line still waits for, or nothing."""
    tail = line[-60:]
    for opening, closing in _OPEN.items():
        if tail.rfind(opening) > tail.rfind(closing):
            return closing
    return ""


def _closes(line: str, following: str) -> bool:
    closing = _unclosed(line)
    return bool(closing) and closing in following[:60]
