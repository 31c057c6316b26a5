"""Which part of a report a place belongs to: what was achieved, what is wrong, what is planned."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dudao.documents.headings import heading_end
from dudao.documents.model import Block, BlockKind


class Chapter(StrEnum):
    """What a chapter of a report tells."""

    RESULTS = "results"
    PROBLEMS = "problems"
    PLANS = "plans"
    OTHER = "other"


_PROBLEMS = re.compile(
    r"存在的?(?:主要|突出)?的?(?:问题|困难|不足|短板|差距)|主要问题|问题[与和及]不足|不足之处|不足[与和及]|短板|薄弱环节|面临的?困难|问题及原因|困难[与和]问题"
)
_PROBLEMS_ONLY = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]+[）)]?[、．.]?|第[一二三四五六七八九十]+(?:部分|章|节))?[ 　]*"
    r"(?!.*(?:整改|解决|治理|化解|破解|聚焦|围绕|针对|关于|着力|回应|督促))[^，。；：\n]{0,8}(?:问题|困难|不足|差距|挑战)[。：:]?"
)
"""A short heading that says nothing but that there are problems: 突出问题, 困难, 主要不足."""
_MENDED = re.compile(r"(?:补|弥补|破解|攻克|夯实|抓|强)[齐足强上好弱]?[^，。]{0,10}(?:短板|薄弱环节|不足)")
"""补齐资源短板 tells what was done."""
_ANNEX = re.compile(r"[ 　]*附[件表录]?[一二三四五六七八九十\d]{0,2}[：:]")
_PLANS = re.compile(
    r"下一?步|(?:工作|总体|主要|预期)目标|(?<!整)改进|整改(?:措施|方向|思路|计划|安排)|打算|努力方向|工作计划|今后|(?:意见|几点|有关|工作|思考与|对策及?)建议|(?:意见[和与及]|[、和与及])建议[：:]?$|\d年[^，。]{0,8}预算(?:安排|草案)|对策|工作安排|工作思路|工作要点|发展目标|主要任务|(?:总体|工作|整改)要求|保障措施|[下明]年"
)
_RESULTS = re.compile(
    r"成效|成绩|做法|自[查检评]|落实情况|工作情况|履职|完成情况|主要工作|亮点|经验|举措|进展|概况|现状|加强|推进|提升|保障"
)
_RECTIFIED = re.compile(r"(?:整改|反馈问题)(?:工作)?(?:完成|落实|进展|推进)?(?:情况|成效|进度)[^，。]{0,4}$")
"""Under 整改情况 a heading 大班额问题 names what was put right."""
_BARE = re.compile(r"[\u4e00-\u9fff、“”（）]{2,16}[：:]?")
_PLANS_ONLY = re.compile(
    r"(?:下一?步[^，。]{0,8}|工作|整改|今后[^，。]{0,6}|主要)?(?:打算|安排|思路|计划|措施|工作目标|努力方向)[：:]?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_PART_OF_YEAR = re.compile(r"上半年|[一二三]季度|(?<!\d)1月?[-—–~～至到](?:[2-9]|1[01])月")
_LINE = re.compile(r"[^\n]+")
_SUMS_UP = re.compile(r"[ \u3000]*(?P<words>综上(?:所述)?|总之|总的来[看说])[，,：:]")
"""A paragraph that sums up belongs to the whole report, whatever chapter comes before it."""
_HEADING_LIMIT = 80
_PART = re.compile(r"[ \u3000]*第[^，。；\n]{1,5}?(?:章|部分|篇)")
_SECTION = re.compile(r"[ \u3000]*第[^，。；\n]{1,5}?节")
_WHOLE, _BELOW = 1, 2
"""Parts and sections stand above what is numbered 一、; what sums up or is annexed stands beside the parts."""


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters of one text by the places where they begin.

    `headings` are the words they begin with, `times` the years that these or the headings above them name.
    """

    starts: tuple[int, ...]
    kinds: tuple[Chapter, ...]
    headings: tuple[str, ...]
    times: tuple[str, ...] = ()

    def time_at(self, position: int) -> str:
        """Return the year that the headings above a position name, or the part of a year; empty without one."""
        place = bisect_right(self.starts, position) - 1
        return self.times[place] if 0 <= place < len(self.times) else ""

    def at(self, position: int) -> Chapter:
        """Return what the chapter that holds the position tells."""
        place = bisect_right(self.starts, position) - 1
        return self.kinds[place] if place >= 0 else Chapter.OTHER

    def heading_at(self, position: int) -> str:
        """Return the nearest heading above the position, empty when there is none."""
        place = bisect_right(self.starts, position) - 1
        return self.headings[place] if place >= 0 else ""


def read_chapters(text: str, blocks: Sequence[Block] = ()) -> Chapters:
    """Return the chapters of a text; a lower heading says what it tells itself, or inherits from the one above.

    Headings are told by their numbers, and by the blocks that are marked as headings without one.
    """
    written: dict[int, tuple[int, str]] = {}
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level:
            words = text[block.span.start : block.span.end].strip()[:_HEADING_LIMIT]
            written[block.span.start] = (_rank(block.level, words), words)
    for line in _LINE.finditer(text):
        level, end = heading_end(line[0])
        if level:
            written[line.start()] = (_rank(level, line[0]), line[0][: min(end, _HEADING_LIMIT)].strip())
        elif sums_up := _SUMS_UP.match(line[0]):
            written[line.start()] = (_WHOLE, sums_up["words"])
        elif (annexed := _ANNEX.match(line[0]) is not None) or _is_bare_heading(line[0].strip()):
            rank = _WHOLE if annexed else 1 + _BELOW
            written[line.start()] = (rank, line[0][:_HEADING_LIMIT].strip())
    starts = sorted(written)
    kinds: list[Chapter] = []
    open_kinds: dict[int, Chapter] = {}
    times: list[str] = []
    open_times: dict[int, str] = {}
    rectified = 0
    for start in starts:
        level, words = written[start]
        for deeper in [one for one in open_kinds if one >= level]:
            del open_kinds[deeper]
        above = next((open_kinds[one] for one in sorted(open_kinds, reverse=True)), Chapter.OTHER)
        if level <= rectified or not rectified:
            rectified = level if _RECTIFIED.search(words) and not _PROBLEMS.search(words) else 0
        for deeper in [one for one in open_times if one >= level]:
            del open_times[deeper]
        named = set(_YEAR.findall(words))
        over = next((open_times[one] for one in sorted(open_times, reverse=True)), "")
        open_times[level] = part_of_year(next(iter(named)), words) if len(named) == 1 else over
        times.append(open_times[level])
        kind = Chapter.RESULTS if rectified else _told_by(words, above)
        open_kinds[level] = kind
        kinds.append(kind)
    return Chapters(tuple(starts), tuple(kinds), tuple(written[start][1] for start in starts), tuple(times))


def _rank(level: int, words: str) -> int:
    """Return how high a heading stands: 第三部分 above 一、, which has the same level by its number."""
    if _PART.match(words):
        return _WHOLE
    return _BELOW if _SECTION.match(words) else level + _BELOW


def is_of_part(words: str) -> bool:
    """Return whether words speak of a part of a year: 上半年, 1—9月."""
    return _PART_OF_YEAR.search(words) is not None


def part_of_year(year: str, words: str) -> str:
    """Return a year, or a name for the part of it that words speak of: 2024年上半年, 1—9月."""
    return f"{year}-part" if year and is_of_part(words) else year


def _is_bare_heading(line: str) -> bool:
    """Return whether a line without a number says what the chapter below it tells: 主要问题和扣分原因, 整改打算."""
    if not _BARE.fullmatch(line):
        return False
    return bool(_PROBLEMS.search(line) or _PROBLEMS_ONLY.fullmatch(line) or _PLANS_ONLY.search(line))


def _told_by(words: str, above: Chapter) -> Chapter:
    """Return what a heading announces; under a chapter of problems or plans everything belongs to it."""
    if above in (Chapter.PROBLEMS, Chapter.PLANS):
        return above
    if _PROBLEMS.search(_MENDED.sub("", words)) or _PROBLEMS_ONLY.fullmatch(words):
        return Chapter.PROBLEMS
    if above is Chapter.RESULTS:
        return Chapter.RESULTS
    if _PLANS.search(words) and not re.search(r"成效|做法|情况", words):
        return Chapter.PLANS
    return Chapter.RESULTS if _RESULTS.search(words) else above
