"""Whether two figures share words that the text says of little else: 劝返复学173人, 经劝返重新入学的137名学生.

Another department tells the same thing in other words, so that few of the words of one place stand in the other. Those
that do weigh the more the fewer sentences of the text hold them, and figures of more digits need less weight: five
digits in another order hardly meet by chance.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from dudao.claims.contradictions.echo_words import MONEY_SORT, PLANNED_SORT, SORTS, WEAK, pairs, plain, sorts
from dudao.claims.mentions import Mention

_LEAST_WORDS = 4
BEHIND = "|"
"""Parts the words before a figure from those behind it."""
_BEFORE = 24
_OF_THEM = re.compile("中(?![小学职等])")
"""What is said of some of those counted (614名校长教师中骨干较少) does not name them."""
_ITEM = re.compile(r"(?:小学|初中|普通高中|高中|中职|幼儿园|学前)[\d.,]+[万亿]?[^\d，；、]{0,3}[、，]?")
"""What stands before a figure in its list: 小学3264元、初中4187元."""
_ROW = re.compile(r"(?:[\d.]+[万亿]?[^\d，。；、]{1,3}[、和及])+[\d.]+[万亿]?[^\d，。；、]{1,3}(?=，)")
"""Bare figures in a row, behind which their sum stands: 投入分别为2.15亿元、2.38亿元和2.64亿元，三年累计."""
_BASE = re.compile("占[^，。；占]*$")
_MARK = re.compile("[，。；：]|、(?![^，。；]*(?:分别|依次))")
_ALL_THERE_ARE = re.compile(r"占全[省市县区旗州盟](?:现有)?$")
_WEIGHTS = ((2, 1.0), (4, 0.7), (8, 0.4))
_COMMON = 0.15
_NEEDED = {3: 1.0, 4: 0.7}
_NEEDED_OF_MANY = 0.15
_TELLING = 2.5


def near_words(mention: Mention) -> str:
    """Return the words right around a figure, those of the clause before too where these say little."""
    behind = _OF_THEM.split(mention.tail, maxsplit=1)[0]
    if _ALL_THERE_ARE.search(mention.lead):
        return f"{BEHIND}{behind}"  # 乡村骨干教师仅占全县682名骨干教师的17.5%
    near = f"{mention.lead}{BEHIND}{behind}"
    if len(plain(near)) >= _LEAST_WORDS and not mention.lead.startswith("占"):
        return near
    before = _ROW.sub("", mention.topic)[-_BEFORE:].rsplit("\t", 1)[-1]  # not the cells before
    before = _BASE.sub("占", before)  # 寄宿生3275人，占在校学生的34.1% is named by what stands before
    if (
        len(mention.topic) > _BEFORE
        and (mark := _MARK.search(before))
        and len(plain(before[mark.end() :])) >= _LEAST_WORDS
    ):
        before = before[mark.end() :]  # not 小学 of 海韵小学
    return f"{_ITEM.sub('', before)}{BEHIND}{behind}"


class Rarity:
    """How many sentences with figures hold each pair of characters."""

    def __init__(self, told: Iterable[tuple[int, str]]) -> None:
        held: dict[str, set[int]] = defaultdict(set)
        for sentence, near in told:
            for pair in pairs(near):
                held[pair].add(sentence)
        self._counts = {pair: len(sentences) for pair, sentences in held.items()}

    def weight(self, shared: Iterable[str]) -> float:
        """Return how much the pairs that two places share tell."""
        return sum(self._weight_of(pair) for pair in shared)

    def _weight_of(self, pair: str) -> float:
        count = self._counts.get(pair, 0)
        return next((weight for most, weight in _WEIGHTS if count <= most), _COMMON)


def share_rare_words(one: str, other: str, digits: int, rarity: Rarity) -> bool:
    """Return whether two figures of so many digits share rare words enough to be of one thing."""
    shared = (pairs(one) & pairs(other)) - WEAK
    if not shared:
        return False
    return rarity.weight(shared) >= _NEEDED.get(digits, _NEEDED_OF_MANY)


def telling(one: str, other: str, rarity: Rarity) -> bool:
    """Return whether two figures share several rare words, so that neither needs all the words of the other."""
    return rarity.weight((pairs(one) & pairs(other)) - WEAK) >= _TELLING


def own_clause(near: str) -> str:
    """Return the words before a figure in its own clause.

    What is not done of those counted (318名尚未上岗) stands behind them, what was given up beside them (撤并学校14所，
    新增学位) before.
    """
    return near.split(BEHIND)[0].rsplit("，", 1)[-1]


def of_like_kinds(one: str, other: str, around: Sequence[str], *, strict: bool) -> bool:
    """Return whether the words right around two figures narrow them to the same kinds, or all around does.

    Only a `strict` reader takes 教育经费 and 教育支出 for two things.
    """
    left, right = around
    for sort in SORTS:
        named, others_named = (own_clause(one), own_clause(other)) if sort is PLANNED_SORT else (one, other)
        mine, others = sorts(sort, named), sorts(sort, others_named)
        if sort is MONEY_SORT and not strict and not (mine and others):
            continue
        if mine and others and not (mine <= others or others <= mine):
            return False
        if not mine <= sorts(sort, right) or not others <= sorts(sort, left):
            return False
    return True
