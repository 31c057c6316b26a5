"""Which lines of tables the words before a figure name, the last first: 初中 | 2023年; 小学、初中在校生."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dudao.claims.cells.lines import Line

_OF_ALL = re.compile(r"全[省市县区旗州盟]|[我本][省市县区旗州盟校]|合计|总计|共计|总[额数量]|累计|全部")
_COMPARED = "比较同与于过"
_KIND = re.compile(
    r"普通高中|中等职业(?:学校|教育)|中职|小学|初中|高中|幼儿园|学前教育|义务教育|特殊教育|公办|民办|城区|城镇|乡镇|乡村|农村|城市|县城"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A line with the place where its name ends; `whole` when the name stands in one piece."""

    line: Line
    end: int
    length: int
    whole: bool
    compared: bool


def named_lines(before: str, lines: Sequence[Line]) -> list[Named]:
    """Return the lines that words name, the last first; of two names of which one holds the other the longer."""
    found: list[Named] = []
    for line in lines:
        best: Named | None = None
        for name in line.names:
            place = before.rfind(name)
            if place >= 0:
                compared = place > 0 and before[place - 1] in _COMPARED
                one = Named(line, place + len(name), len(name), whole=True, compared=compared)
                if best is None or (one.end, one.length) > (best.end, best.length):
                    best = one
        best = best or _in_two(before, line) or _by_its_kind(before, line)
        if best is not None:
            found.append(best)
    # 石桥中学空编11名；小学空编23名: what stands in one piece is meant rather than 石桥小学 put together of two.
    by_length = sorted(found, key=lambda one: (one.whole, one.length))
    held = {(one.line.table, one.line.turned, one.end): one.length for one in by_length}
    kept = [one for one in found if one.length == held[one.line.table, one.line.turned, one.end]]
    return sorted(kept, key=lambda one: (one.end, one.length), reverse=True)


def _in_two(before: str, line: Line) -> Named | None:
    """Return 小学在校生 named by 小学 and, further on, 在校生."""
    name = line.names[0]
    if len(name) < 4 or name[:2] not in before or name[-2:] not in before:
        return None
    for cut in range(len(name) - 2, 1, -1):
        first, second = before.rfind(name[:cut]), before.rfind(name[cut:])
        if first >= 0 and second >= 0:
            end = max(first + cut, second + len(name) - cut)
            compared = first > second and first > 0 and before[first - 1] in _COMPARED
            return Named(line, end, len(name), whole=False, compared=compared)
    return None


def _by_its_kind(before: str, line: Line) -> Named | None:
    """Return 初中生均经费 named by 初中 alone, where the sentence has told before what is spoken of."""
    kind = _KIND.match(line.names[0])
    if kind is None or kind[0] == line.names[0]:
        return None
    place = before.rfind(kind[0])
    if place < 0:
        return None
    compared = place > 0 and before[place - 1] in _COMPARED
    return Named(line, place + len(kind[0]), len(kind[0]), whole=False, compared=compared)


def speaks_of_all(before: str) -> bool:
    """Return whether words speak of the whole that a total line is of."""
    return _OF_ALL.search(before) is not None
