"""The numbered lines of a report as a tree, with the points printed behind their titles."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dudao.documents.score_sheets.numbering import Numbering, numbering
from dudao.documents.score_sheets.points import PrintedPoints, plain, points_at_end, printed_behind, understand
from dudao.documents.score_sheets.row_depths import BONUS
from dudao.provenance import Span

_LONGEST_PLAIN_TITLE = 60
_TOTAL_TITLE = re.compile(r".{0,12}?(?:总计|合计|小计|共计|总分|总得分|综上).{0,6}|(?:以上|上述|前述|以上所述).{0,10}")

_NUMBERED_CELL = re.compile(r"(?<=\t)(?=[0-9]{1,2} ?[.．、](?![0-9])|[（(][一二三四五六七八九十0-9]{1,3}[）)])")
_POINTS_BEGIN = ("分值", "满分", "标准分", "基准分", "指标分值", "权重", "赋分", "配分", "(", "[")

# Chapters in which an item's title with points is a mention and no second row.
_OTHER_CHAPTER = re.compile(
    r"存在的?(?:主要|突出)?(?:困难|问题|不足|差距)|问题(?:和|与|及|、)(?:不足|原因|短板)|主要问题$|不足之处"
    r"|(?:下一步|下步|下阶段|今后).{0,8}(?:打算|安排|计划|措施|工作|方向|思路|重点)?$"
    r"|(?:整改|改进)(?:的?(?:措施|方向|计划|打算|思路|意见|安排))|(?:扣分|失分)(?:情况|原因|说明|项)"
)


@dataclass(slots=True, eq=False)
class Heading:
    """One numbered or scored line: where its title lies, what follows until `end`, and the headings below it."""

    kind: str
    number: Numbering | None
    title: Span
    body_start: int
    points: PrintedPoints | None
    parent: "Heading | None"
    children: list["Heading"] = field(default_factory=list)
    end: int = 0
    lines: Span = field(default_factory=lambda: Span(0, 0))

    def below(self) -> Iterator["Heading"]:
        """Yield all headings below, in order."""
        for child in self.children:
            yield child
            yield from child.below()

    def has_points_below(self) -> bool:
        """Return whether a heading below prints points."""
        return any(heading.points is not None for heading in self.below())


_NOTHING = re.compile(r"[ \t\n　。:：]*")
_BELOW_HAN = frozenset({"han_bracket", "dotted3", "dotted2", "number", "number_bracket", "circled"})
"""Numbers that an official text prints below 一、 and never above it."""


def outline(text: str, styled: Mapping[int, int]) -> Heading:
    """Return the root over all headings of a text, which keeps its places.

    `styled` gives the level of lines that the file itself calls headings, by the place where they begin. A numbered
    line without points is a heading only where its number continues its siblings: lists inside the words of an
    item start again from 1 and stay words.
    """
    root = Heading("root", None, Span(0, 0), 0, None, None, end=len(text))
    open_headings = [root]
    elsewhere: Heading | None = None
    inner: dict[str, int] = {}
    place = 0
    for line in _lines(text):
        above = open_headings[-1]
        if (
            above.points is None
            and above.parent is not None
            and _NOTHING.fullmatch(text, above.body_start, place) is not None
        ):
            points = _points_alone(line, place)
            if points is not None and above is not elsewhere:
                above.points, above.body_start = points, points.end
                place += len(line)
                continue
        heading = _read_line(line, place, styled.get(place, 0))
        if heading is None and above.points is None and above.parent is not None and elsewhere is None:
            last = points_at_end(plain(line.rstrip()))
            above.points = _moved(last, place) if last else None
        place += len(line)
        if heading is None:
            continue
        position = _position(heading, open_headings, inner)
        if position is None:
            continue
        inner.clear()
        for closed in open_headings[position:]:
            closed.end = heading.lines.start
        if elsewhere in open_headings[position:]:
            elsewhere = None
        del open_headings[position:]
        if heading.points is None and _OTHER_CHAPTER.search(text[heading.title.start : heading.title.end]):
            elsewhere = heading
        elif elsewhere is not None:
            heading.points = None
        heading.parent = open_headings[-1]
        heading.parent.children.append(heading)
        open_headings.append(heading)
    for heading in open_headings:
        heading.end = len(text)
    return root


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text; a cell of a table that begins with a number of its own is one too."""
    for line in text.splitlines(keepends=True):
        yield from _NUMBERED_CELL.split(line) if "\t" in line else (line,)


def _points_alone(line: str, place: int) -> PrintedPoints | None:
    """Return the points of a line that prints nothing else (`分值：10分 自评得分：9.5分`); None for any other."""
    words = plain(line.rstrip())
    if not 3 <= len(words) <= _LONGEST_PLAIN_TITLE or not words.lstrip().startswith(_POINTS_BEGIN):
        return None
    points = understand(words.strip(" \t。;()[]"))
    if points is None or points.full_points is None:
        return None
    moved = PrintedPoints(points.full_points, points.self_points, points.deduction, 0, len(words.rstrip()))
    return _moved(moved, place)


def _read_line(line: str, place: int, level: int) -> Heading | None:
    if not level and line.strip().isdecimal():
        return None
    words = plain(line.rstrip())
    indent = len(words) - len(words.lstrip(" \t#*"))
    words = words[indent:]
    if not words or (words.isdecimal() and not level):
        return None
    number = numbering(words)
    printed = printed_behind(words, from_=number.length if number else 0)
    if number is None and printed is not None and (number := numbering(words, glued=True)):
        number = Numbering("glued", number.numbers, number.length)
    start = place + indent
    lines = Span(place, place + len(line))
    if number is None and level:
        title = _trimmed(words, 0, printed.start if printed else len(words))
        behind = printed.end if printed else len(words)
        moved = _moved(printed, start) if printed else None
        return Heading(f"style{level}", None, _span(title, start), start + behind, moved, None, lines=lines)
    if number is None:
        if printed is None or not _stands_alone(words, printed):
            return _plain_chapter(words, start, lines)
        title = _trimmed(words, 0, printed.start)
        kind = "bonus" if BONUS.match(words) else "plain"
        return Heading(kind, None, _span(title, start), start + printed.end, _moved(printed, start), None, lines=lines)
    if printed is not None:
        title = _trimmed(words, number.length, printed.start)
        if title[0] == title[1]:
            return None
        return Heading(
            number.kind, number, _span(title, start), start + printed.end, _moved(printed, start), None, lines=lines
        )
    title = _trimmed(words, number.length, _end_of_sentence(words, number.length))
    last = points_at_end(words)
    points = _moved(last, start) if last and last.start > title[1] else None
    return Heading(number.kind, number, _span(title, start), start + title[1], points, None, lines=lines)


def _plain_chapter(words: str, start: int, lines: Span) -> Heading | None:
    """Return the heading of a chapter on problems or next steps that stands without a number."""
    if len(words) <= 20 and not words.endswith("。") and _OTHER_CHAPTER.search(words):
        return Heading("chapter", None, Span(start, start + len(words)), start + len(words), None, None, lines=lines)
    return None


def _stands_alone(words: str, printed: PrintedPoints) -> bool:
    """Return whether a line without number is a title: short, with self points, and nothing behind them."""
    own = printed.self_points is not None or printed.deduction is not None
    title = words[: printed.start].rstrip()
    named = 2 <= printed.start <= _LONGEST_PLAIN_TITLE and not (title.endswith("。") and "," in title)
    named = named and not _TOTAL_TITLE.fullmatch(words[: printed.start].strip(" ,;:"))
    return own and printed.full_points is not None and named and not words[printed.end :].strip(" 。;:")


_CODE = "code"


def _position(heading: Heading, open_headings: list[Heading], inner: dict[str, int]) -> int | None:
    """Return how many of the open headings stay open above the new one; None when it is no heading after all.

    `inner` keeps the last numbers of lists inside the words: a list that began again from 1 goes on to 2.
    """
    if heading.kind == "chapter":
        return 1
    kinds = [opened.kind for opened in open_headings]
    if heading.kind == "bonus":
        # Beside the sections, not within the last of them.
        return next((place for place, opened in enumerate(open_headings) if opened.points is not None), len(kinds))
    same = kinds.index(heading.kind) if heading.kind in kinds else None
    if heading.points is None and heading.number is not None and heading.number.last is not None:
        if same is None:
            expected = heading.number.last == 1
        else:
            before = open_headings[same].number
            expected = before is not None and before.last is not None and heading.number.last == before.last + 1
            expected = expected and inner.get(heading.kind, -1) != heading.number.last - 1
        if not expected:
            inner[heading.kind] = heading.number.last
            return None
    if same is None and heading.kind == "han" and heading.number is not None and (heading.number.last or 0) > 1:
        # 3.校园稳定（4分）, then 二、重点任务（45分）: the text begins within a section whose heading it leaves out.
        return next((place for place, kind in enumerate(kinds) if kind in _BELOW_HAN), len(kinds))
    if same is None and heading.kind.startswith(_CODE) and heading.number is not None and heading.number.last == 1:
        return next((place for place, opened in enumerate(open_headings) if _names_class(opened)), len(kinds))
    return len(open_headings) if same is None else same


def _names_class(opened: Heading) -> bool:
    """Return whether the letter of an open heading names a class beside others: A1, A2, A3, then B1 is below none."""
    above = opened.parent
    if above is None or not opened.kind.startswith(_CODE):
        return False
    before = [one for one in above.children if one.kind == opened.kind and one is not opened]
    return bool(before) and not any(below.kind.startswith(_CODE) for one in before for below in one.children)


def _end_of_sentence(words: str, start: int) -> int:
    for place in range(start, len(words)):
        if words[place] in "。;":
            return place
    return len(words)


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start] in " \t":
        start += 1
    while end > start and words[end - 1] in " \t。,;:、":
        end -= 1
    return start, end


def _span(ends: tuple[int, int], start: int) -> Span:
    return Span(start + ends[0], start + ends[1])


def _moved(printed: PrintedPoints, by: int) -> PrintedPoints:
    return PrintedPoints(
        printed.full_points, printed.self_points, printed.deduction, printed.start + by, printed.end + by
    )
