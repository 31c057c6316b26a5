"""The names of what a place has one value of in a year for each kind of school: 差异系数, 生师比, 平均班额.

小学综合差异系数, 综合差异系数小学 and the row 综合 of the column 小学 in a table of 差异系数 are one name.
"""

import re
from dataclasses import dataclass

STAGE = r"义务教育|中小学|小学|初中|普通高中|高中|中职|幼儿园"
SEVERAL = frozenset({"义务教育", "中小学"})
_INDEX = re.compile(
    r"(?P<cv>差异系数)|(?P<ratio>生师比)|(?P<size>(?:平均)?班额|班均(?:学生|幼儿)?(?:人数|学生数|规模)|平均每班(?:学生)?(?:人数)?)"
)
_OF: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        ("高于规定学历教师", r"(?:高于)?规定学历(?:的)?(?:专任)?教师数?|高学历教师数?"),
        ("骨干教师", r"(?:县级以上|县级及以上|区级以上|校级以上)?(?:的)?骨干教师数?"),
        ("体育艺术教师", r"体育、?(?:和)?艺术(?:（美术、音乐）)?(?:学科)?(?:专任)?教师数?|体艺(?:专任)?教师数?"),
        ("教学及辅助用房", r"教学及(?:教学)?辅助用房(?:面积)?|教辅用房(?:面积)?"),
        ("体育运动场馆", r"(?:体育)?运动场馆(?:面积)?|体育场馆(?:面积)?"),
        ("教学仪器设备", r"教学仪器设备(?:值)?|仪器设备值?"),
        ("网络多媒体教室", r"(?:网络)?多媒体教室(?:数)?"),
        ("综合", r"综合|平均(?!班额|每班)"),
    )
)
_STAGES = re.compile(STAGE)
NAMED = re.compile(f"{_INDEX.pattern}|{STAGE}")
"""The words that name an index or a kind of school."""
_BEFORE_STAGE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|全[省市县区旗州盟]|[我本][省市县区旗州盟]|表中|其中|普通|义务教育|年|的|和|与|及|是|有|数|项|校际|差|额|积|值|比|系数"
    r"|公办|民办|农村|乡村|城区|县城|城镇|乡镇)$"
)
"""城关小学 is the name of one; 校际差异系数小学 and 全县小学 speak of all."""
_NARROW = re.compile(
    r"公办|民办|农村|乡村|城区|县城|城镇|镇区|乡镇|寄宿|集团|小规模|教学点|一年级|七年级|起始年级|新建"
)
_FILLS = re.compile(
    r"指标|学校|阶段|教育|校际|(?:每百名?学生|每百生)(?:拥有|的)?|生均|拥有|县级以上|均值|数值|实际|完成值?|当年|本年|情况|现状"
    r"|全[省市县区旗州盟]|[我本][省市县区旗州盟]|合计|总计|七项|7项|数据|各项|单项|人/班|[（(][^（）()]*[）)]|[\d.、:：\s\-—/]|年度?|学年|的|数|值"
)


@dataclass(frozen=True, slots=True)
class IndexName:
    """Which index, of what (empty for the whole), of which kind of school, narrowed to which."""

    index: str
    of: str
    stage: str
    narrow: str = ""

    @property
    def words(self) -> str:
        """The name as a report would write it."""
        return f"{self.narrow}{self.stage}{self.of}{self.index}"

    @property
    def key(self) -> str:
        """The name under which two figures are one."""
        return f"index:{self.index}:{self.of}/{self.stage}/{self.narrow}"


def index_in(words: str) -> str:
    """Return the index that words name last, empty without one."""
    found = [match.lastgroup for match in _INDEX.finditer(words)]
    return {"cv": "差异系数", "ratio": "生师比", "size": "平均班额"}[str(found[-1])] if found else ""


def what_of(words: str) -> str:
    """Return of which means an index is told: 骨干教师; empty for none, or for several that differ."""
    named = {name for name, pattern in _OF if pattern.search(words)}
    return named.pop() if len(named) == 1 else ""


def stages_in(words: str) -> list[str] | None:
    """Return the kinds of school that words name, in their order; None where a school has such a name of its own."""
    found = []
    for match in _STAGES.finditer(words):
        if not _BEFORE_STAGE.search(words[: match.start()]):
            return None
        found.append("普通高中" if match[0] == "高中" else match[0])
    return [stage for stage in found if stage not in SEVERAL] or found


def narrowed_to(words: str) -> str:
    """Return to which schools words narrow an index."""
    return "".join(dict.fromkeys(_NARROW.findall(words)))


def index_of_label(label: str, caption: str) -> IndexName | None:
    """Return the index that the labels of a cell name, with the words above its table; None for anything else."""
    index = index_in(label) or ("差异系数" if "差异系数" in caption else "")
    stages = stages_in(label)
    if not index or stages is None or len(stages) > 1:
        return None
    rest = _STAGES.sub("", _INDEX.sub("", label))
    of = what_of(rest) if index == "差异系数" else ""
    for _, pattern in _OF:
        rest = pattern.sub("", rest)
    if _FILLS.sub("", rest) or not stages:
        return None
    return IndexName(index, of, stages[0], narrowed_to(caption))
