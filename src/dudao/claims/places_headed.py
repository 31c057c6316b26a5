"""Sections of a report that are each of one county or school: （一）陇原市, 2.榆中区（96.4分）, 第二小学：每百名学生….

A circular tells the same things of every county in the same words; which one a figure is of stands in the heading.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from dudao.claims.places_named import is_place_name
from dudao.documents.headings import heading_end, marker

_LINE = re.compile(r"[^\n]+")
_ASIDE = re.compile(r"[（(][^（）()]{0,30}[）)]\s*$")
_OPENING = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,14}(?:[（(][\u4e00-\u9fff]{1,8}[）)])?)[：:]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,9}[县区市旗州盟镇乡]|[\u4e00-\u9fff]{2,8}(?:街道|苏木|农场|开发区|兵团)")
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,16}(?:学校|[小中]学|幼儿园|中心校|高中|教学点|职中|职教中心|学院)")
_KIND = re.compile(
    r"(?:公办|民办|普通|普惠性?|义务教育|特殊教育|职业|中等|高等|农村|乡村|城区|城镇|城乡|县城|县域|寄宿制?|完全|高级|初级|优质|薄弱|小规模|"
    r"九年|十二年|一贯制|独立|乡镇|中心|各类|各级|全部|所有|其他|部分|集团|抽查|被查|有关|相关|阶段|关于|方面|和|及|与|、)*"
    r"(?:学校|[小中]学|幼儿园|中小学校?|高中|初中|教学点|学院|职中)"
)
"""A kind of school, and no school: 乡镇中心幼儿园, 九年一贯制学校."""
_OF_ALL = re.compile(
    r"(?:以上|上述|全部)?(?:[两三四五六七八九十]{1,3}|\d{1,3})个?(?:县|市|区|旗|镇|乡|街道|校|所学校)|合计|总计|总体|综上|全[省市州县区旗]"
)
"""四县（区）合计: a paragraph behind the last section that speaks of all."""
_NAMES_NOTHING = re.compile(r"[\d.．,，%％\s]*")
_ROW = 2
"""So many places with a section of their own show that the report goes through them one by one."""
_UNNUMBERED = 9
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class HeadedPlaces:
    """The stretches of a text by the places where they begin, and whose they are; empty for those of nobody."""

    starts: tuple[int, ...]
    names: tuple[str, ...]

    def at(self, position: int) -> str:
        """Return the county or school whose section holds the position, empty outside of such sections."""
        place = bisect_right(self.starts, position) - 1
        return self.names[place] if place >= 0 else ""


def read_headed_places(text: str) -> HeadedPlaces:
    """Return the sections of a text that are each of one county or school; none unless two such follow one another."""
    sections: list[tuple[int, str]] = []
    open_level, counted = 0, 0
    for line in _LINE.finditer(text):
        words = line[0]
        if _NAMES_NOTHING.fullmatch(words):
            continue
        indent = len(words) - len(words.lstrip(" \u3000\t"))
        level, end = heading_end(words)
        _, title = marker(words)
        name = _headed(words[title:end]) if level else ""
        opening = None if name else _OPENING.match(words, max(title, indent))
        if opening is not None and (told := _name_of(opening["name"])):
            # What follows the colon is this line alone.
            sections += [(line.start(), told), (line.end(), _last(sections))]
            counted += 1
        elif name:
            sections.append((line.start(), name))
            open_level, counted = level, counted + 1
        elif not level and len(words) <= _LONGEST and (name := _name_of(words.strip(" \u3000\t：:"))):
            sections.append((line.start(), name))
            open_level, counted = _UNNUMBERED, counted + 1
        elif open_level and ((level and level <= open_level) or _OF_ALL.match(words.strip(" \u3000\t"))):
            sections.append((line.start(), ""))
            open_level = 0
    names = {name for _, name in sections if name}
    if counted < _ROW or len(names) < _ROW:
        return HeadedPlaces((), ())
    return HeadedPlaces(tuple(start for start, _ in sections), tuple(name for _, name in sections))


def _last(sections: list[tuple[int, str]]) -> str:
    """Return whose section goes on behind a line with an opening of its own."""
    return sections[-1][1] if sections else ""


def _headed(title: str) -> str:
    return _name_of(_ASIDE.sub("", title.strip(" \u3000\t。：:")))


def _name_of(words: str) -> str:
    """Return the words if they are the name of a place or of one school, empty otherwise."""
    bare = _ASIDE.sub("", words)
    if _PLACE.fullmatch(bare):
        return bare if is_place_name(bare) else ""
    return words if _SCHOOL.fullmatch(bare) and not _KIND.fullmatch(bare) else ""
