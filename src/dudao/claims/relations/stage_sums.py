"""Stages that make up a whole of their own name: 义务教育学校618所 … 小学426所 … 初中192所."""

import re
from collections.abc import Iterator

from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal
from dudao.claims.stage_names import stage_in, stage_of
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up

TOPIC = 40
"""How many characters before a figure the name of the whole may stand when the figure has no stage of its own."""
HEAD = 16
"""How many characters the head of a sentence has that names what the next one is told of."""
PARAGRAPHS = 2
"""How many paragraphs from the whole its stages may stand: one for each of them follows the one of the whole."""
REACH = 30
"""How many figures before or behind the whole its stages may stand."""

PARAGRAPH_HEAD = 8
"""How many characters of a paragraph may be its heading: （二）初中。"""
CHAPTERS = 150
"""How many figures behind all pupils those of the stages may stand."""
WHOLES_TRIED = 60
"""So many figures of one text that may be all its pupils are looked at."""
STAGES = 3
SPECIAL = 8
"""The number of special education among the stages."""
_ALL_PUPILS = re.compile(r"(?:各级各类)?(?:学历教育|教育)?在?校?(?:在校生|在校|在校学生|在校园学生|学生|生)")
_ONE_STAGE = re.compile(
    r"(?:在园幼儿|(?:普通|义务教育)?(?:小学|初中|高中|中职|中等职业学校?|高中阶段教育|高中阶段|特殊教育学校|特教学校|特殊教育)"
    r"(?:学校)?(?:在校)?生)(?:数)?"
)
_PUPILS = re.compile(r"在校学?生")
_NOTES = re.compile(r"（[^（）]*）")
"""初中16所（含九年一贯制学校5所），在校生11970人 are those of 初中."""
_WHOLES = (
    (re.compile(r"义务教育|(?<!其)中小学(?!幼|校?[、及和与]?幼)"), (2, 3)),
    (re.compile(r"高中阶段"), (6, 7)),
)
"""The name of a whole and the stages that make it up, by their number in `completeness`."""
_MEASURES = (
    ("招生", re.compile(r"招生|招收|新生")),
    ("毕业生", re.compile(r"毕业")),
    ("教师", re.compile(r"专任教师|教师")),
    ("教职工", re.compile(r"教职工|教职员工")),
    ("在校生", re.compile(r"在校学?生|学生|生$")),
    ("学校", re.compile(r"学校|小学|初中|中学|义务教育$")),
)
_BARE = re.compile(r"招生|在校生|毕业生|专任教师|教职工")
"""What is told of a whole that the sentence before names."""
_SOME_OF = re.compile(
    r"覆盖|涉及|惠及|寄宿|住校|随迁|留守|残疾|贫困|困难|女|公办|民办|民族|资助|参与|参加|受益|骨干|高级|学历|达标"
)
_DEALT_TO_PLACES = re.compile(r"[县区市旗镇乡][、和][\u4e00-\u9fff]{2,4}[县区市旗镇乡][^，。；]{0,24}(?:分别|依次)")
_INCLUDED = re.compile(r"[（(](?:含|包括)[^（）()]*[）)]")
_SPECIAL = re.compile(r"(?<!含)(?:特殊教育|特教|一贯|九年制|完全中学|完中|附设)")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of stages; called wrong only where each stage stands once in the paragraph of the whole."""
    for whole, stages in all_pupils(passage):
        yield from sum_of(passage, whole, stages, WEAK)
    for total, parts, sure in candidates(passage):
        yield from sum_of(passage, total, parts, STRUCTURAL if sure or adds_up(total, parts) else WEAK)


def all_pupils(passage: Passage) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield all pupils and those of each stage: 在校（园）学生86412人 … 在园幼儿18046人 … 小学在校生38127人."""
    mentions = passage.mentions
    tried = 0
    for place, total in enumerate(mentions):
        if total.family != "人" or not total.level or total.each or total.slack != 0 or total.depth:
            continue
        if tried == WHOLES_TRIED:
            return
        if _ALL_PUPILS.fullmatch(core_noun(total.noun)) is None:
            continue
        tried += 1
        told: dict[int, Mention] = {}
        for one in mentions[place + 1 : place + 1 + CHAPTERS]:
            if one.family != "人" or not one.level or one.each or one.slack != 0 or one.depth:
                continue
            stage = _stage_of_pupils(passage, one)
            if stage is not None:
                told.setdefault(stage, one)
        parts = [*told.values()]
        if not adds_up(total, parts):
            # Pupils of special education who sit in other schools are told with those as well.
            others = [one for stage, one in told.items() if stage != SPECIAL]
            parts = others if adds_up(total, others) else parts
        if len(parts) >= STAGES:
            yield total, parts


def _stage_of_pupils(passage: Passage, one: Mention) -> int | None:
    """Return the stage whose pupils a figure counts in full: 小学在校生, or 在校生 where 普通高中4所 is told before."""
    name = core_noun(one.noun)
    if _ONE_STAGE.fullmatch(name):
        return stage_of(one)
    if _PUPILS.fullmatch(name) is None:
        return None
    start = passage.segmentation.paragraphs.span(one.paragraph).start
    stage = stage_in(_NOTES.sub("", one.topic))
    return stage_in(passage.text[start : start + PARAGRAPH_HEAD]) if stage is None else stage


def candidates(passage: Passage) -> Iterator[tuple[Mention, list[Mention], bool]]:
    """Yield each whole of stages with the nearest figure of each, and whether these must make it."""
    for place, total in enumerate(passage.mentions):
        if not (total.level and total.amount) or total.each or total.family not in ("所", "人") or total.depth:
            continue
        own = stage_of(total) is not None
        if _DEALT_TO_PLACES.search(total.topic):
            continue  # 甲县、乙县在校生分别为41230人、34285人: the stages told next are of neither
        words = total.noun if own else total.noun + total.topic[-TOPIC:]
        opened = not own and _BARE.fullmatch(core_noun(total.noun)) is not None
        if opened and not any(name.search(words) for name, _ in _WHOLES):
            words += _opening(passage, total)
        if words is not total.noun and _SOME_OF.search(words):
            # 民办义务教育学校4所，在校生3127人: but some of all pupils of these stages.
            continue
        named = next((stages for name, stages in _WHOLES if name.search(words)), None)
        measure = _measure(total)
        if named is not None and measure:
            yield from _stages(passage, place, named, measure)


def _opening(passage: Passage, total: Mention) -> str:
    """Return the head of the sentence before, told of the same: 全省共有义务教育阶段学校7936所…。招生134.27万人."""
    if total.sentence == 0:
        return ""
    before = passage.segmentation.sentences.span(total.sentence - 1)
    same = before.start >= passage.segmentation.paragraphs.span(total.paragraph).start
    return passage.text[before.start : before.start + HEAD] if same else ""


def _stages(
    passage: Passage, place: int, stages: tuple[int, ...], measure: str
) -> Iterator[tuple[Mention, list[Mention], bool]]:
    mentions, total = passage.mentions, passage.mentions[place]
    for side in (mentions[place + 1 : place + 1 + REACH], mentions[max(place - REACH, 0) : place][::-1]):
        found: dict[int, list[Mention]] = {stage: [] for stage in stages}
        for one in side:
            if abs(one.paragraph - total.paragraph) > PARAGRAPHS:
                break
            if (
                one.level
                and one.amount
                and same_unit(one, total)
                and bool(one.quantity.unit) == bool(total.quantity.unit)  # 差异系数 0.46 和 0.41 make no 14所
                and not one.each
                and one.depth == 0
                and _measure(one) == measure
            ):
                stage = stage_of(one)
                if stage in found:
                    found[stage].append(one)
        if not all(found.values()):
            continue
        parts = sorted((members[0] for members in found.values()), key=lambda one: one.index)
        if adds_up(total, parts):
            yield total, parts, True
            return
        alone = all(len(members) == 1 and members[0].paragraph == total.paragraph for members in found.values())
        start, end = min(parts[0].quantity.span.start, total.quantity.span.start), parts[-1].quantity.span.end
        other = any(_another_whole(one, total, parts) for one in side)
        sure = (
            alone
            and not other
            and not _SPECIAL.search(_INCLUDED.sub("", passage.text[start : max(end, total.quantity.span.end) + 60]))
        )
        yield total, parts, sure
        if sure:
            return


def _another_whole(one: Mention, total: Mention, parts: list[Mention]) -> bool:
    """Return whether a figure between the whole and its last stage may be a whole of its own."""
    inner = min(total.index, parts[0].index) < one.index < max(total.index, parts[-1].index)
    apart = all(one is not part for part in parts) and one is not total
    return inner and apart and one.level and same_unit(one, total) and one.quantity.value > parts[0].quantity.value


def _measure(mention: Mention) -> str:
    """Return what a count of schools or persons counts; empty when its words do not say."""
    words = mention.noun or mention.lead
    if _SOME_OF.search(words):
        return ""
    if mention.family == "所":
        return "学校" if mention.quantity.unit in ("所", "学校") else ""
    if "校长" in words:
        return ""
    return next((name for name, said in _MEASURES if said.search(words)), "")
