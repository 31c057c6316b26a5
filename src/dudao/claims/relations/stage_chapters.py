"""Stages told each in a paragraph or section of its own, behind the whole that they make.

Bulletins tell 义务教育 in one paragraph (招生…, 在校生…, 专任教师…), then 小学 and 初中 in one each, with the same
measures. Whatever is told of the whole and of each of its stages must add up. Where two measures do, the sections are
known to make the whole, and another measure that one slip keeps from adding up is called wrong.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dudao.claims.likeness import core_noun
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.slips import one_slip_away
from dudao.claims.stage_names import stage_in
from dudao.claims.sums.proposing import sum_of, surely
from dudao.claims.wholes import adds_up
from dudao.documents.headings import heading_level

NAME = "stage_chapters"
HEAD = 36
"""How many characters at the start of a paragraph tell what it is about."""
STAGES = 4
"""How many sections behind its own may tell the stages of a whole."""
ROWS = 3
"""So many sentences about a stage each make the whole told before them."""
SURE = 2
"""So many measures that add up make the others strict."""
_WHOLES = ((re.compile(r"义务教育"), (2, 3)), (re.compile(r"高中阶段|高中段"), (6, 7)))
_NOTES = re.compile(r"[（(][^（）()]*[）)]")
_MARK = re.compile(r"[，。；：,;:\d]")
_OF_SOME = re.compile(
    r"民办|公办|普惠|女|寄宿|住校|随迁|留守|残疾|贫困|困难|民族|骨干|高级|学历|达标|附设|进城|农村|乡村|城区|班额|教学点|教学班|点校|生均|其中"
)
_MEASURES = (
    ("招生", re.compile(r"招生|招收|新生")),
    ("毕业生", re.compile(r"毕业")),
    ("专任教师", re.compile(r"专任教师")),
    ("教职工", re.compile(r"教职员?工")),
    ("在校生", re.compile(r"在校学?生|在校$|在园幼儿")),
)
_STAGE_WORDS = re.compile(
    r"义务教育(?:阶段)?|高中(?:阶段|段)(?:教育)?|中等职业(?:教育|学校)?|普通高中|职业高中|普通|小学|初级中学|初中|高中|中职|教育"
)
_SCHOOLS = "学校"

_Told = dict[tuple[str, str], Mention]


@dataclass(slots=True)
class _Section:
    """Paragraphs about one stage, or about a whole of stages, and the first figure of each measure in them."""

    stage: int | None
    whole: tuple[int, ...]
    told: _Told = field(default_factory=dict)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of what is told of the stages in sections of their own."""
    if not passage.mentions:
        return
    yield from _rows(passage)
    sections = _sections(passage)
    for place, section in enumerate(sections):
        if not section.whole:
            continue
        members: dict[int, _Section] = {}
        for other in sections[place + 1 : place + 1 + STAGES]:
            if other.stage not in section.whole or other.stage in members:
                break
            members[other.stage] = other
        if len(members) == len(section.whole):
            yield from _sums(passage, section.told, [members[stage].told for stage in section.whole])


def _rows(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums of stages told sentence after sentence: 学校1466所，…。其中，幼儿园760所，…。小学415所，…."""
    number = 0
    while number + ROWS < len(passage.sentences):
        rows: list[_Told] = []
        seen: list[int] = []
        behind = number + 1
        while behind < len(passage.sentences):
            start = passage.segmentation.sentences.starts[behind]
            head = passage.text[start : start + HEAD].strip().removeprefix("其中")
            if stage_in(head) is None:
                break
            words = _MARK.split(_NOTES.sub("", head.lstrip("，,：:")))[0]
            stage = None if re.search("民办|公办|普惠", words) else stage_in(words)
            if stage is None or stage in seen:
                break
            seen.append(stage)
            rows.append(_told_in(passage, behind))
            behind += 1
        if len(rows) >= ROWS:
            yield from _sums(passage, _told_in(passage, number), rows)
        number = max(behind - 1, number + 1)


def _told_in(passage: Passage, number: int) -> _Told:
    """Return the first figure of each measure in a sentence."""
    first, last = passage.sentences[number]
    told: _Told = {}
    for one in passage.mentions[first:last]:
        key = _measure(one)
        if key is not None:
            told.setdefault(key, one)
    return told


def _sums(passage: Passage, whole: _Told, members: Sequence[Mapping[tuple[str, str], Mention]]) -> Iterator[Proposal]:
    rows = [
        (total, sorted((one[key] for one in members), key=lambda one: one.index))
        for key, total in whole.items()
        if all(key in one for one in members)
    ]
    fitting = {total.index for total, parts in rows if adds_up(total, parts)}
    if not any(total.index in fitting and surely(total, parts, len(rows)) for total, parts in rows):
        return
    for total, parts in rows:
        # Schools of two stages are counted with one of them.
        strict = len(fitting) >= SURE and (total.quantity.unit != "所" or len(parts) >= ROWS)
        slipped = strict and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)
        if total.index in fitting or slipped:
            yield from sum_of(passage, total, parts, STRUCTURAL, relation=NAME)


def _sections(passage: Passage) -> list[_Section]:
    """Return the text as sections of one stage or whole each; other paragraphs stand between as sections of none."""
    if not any(name.search(passage.text) for name, _ in _WHOLES):
        return []
    found: list[_Section] = []
    place = 0
    for number, start in enumerate(passage.segmentation.paragraphs.starts):
        end = passage.segmentation.paragraphs.span(number).end
        head = passage.text[start : min(start + HEAD, end)].strip()
        if not head:
            continue
        stage, whole = _about(head)
        known = stage is not None or bool(whole)
        if (known or _is_heading(head, end - start)) and not (
            found and (found[-1].stage, found[-1].whole) == (stage, whole)
        ):
            found.append(_Section(stage, whole))
        while place < len(passage.mentions) and passage.mentions[place].paragraph <= number:
            one = passage.mentions[place]
            place += 1
            key = _measure(one) if found and one.paragraph == number else None
            if key is not None:
                found[-1].told.setdefault(key, one)
    return found


def _about(head: str) -> tuple[int | None, tuple[int, ...]]:
    """Return the stage a paragraph begins with, or the stages of the whole it begins with."""
    words = _MARK.split(_NOTES.sub("", head).lstrip("（(一二三四五六七八九十)）、.0123456789 —-"))[0]
    if re.search("民办|公办|普惠|特殊|成人|高等", words):
        return None, ()
    for name, stages in _WHOLES:
        if name.search(words):
            return None, stages
    return stage_in(words), ()


def _is_heading(head: str, length: int) -> bool:
    """Return whether a paragraph is a heading of its own, or is numbered as one."""
    return heading_level(head) > 0 or (length <= HEAD and not any(one.isdigit() for one in head))


def _measure(one: Mention) -> tuple[str, str] | None:
    """Return what a figure measures, with its unit; None where it is no plain amount of all of a stage."""
    plain = one.level and one.amount and not one.each and one.depth == 0 and one.family is not None
    if not plain or one.slack is None or one.quantity.value <= 0 or _OF_SOME.search(one.lead):
        return None
    unit = one.family or ""
    name = next((name for name, said in _MEASURES if said.search(one.lead)), "")
    if not name and one.quantity.unit == "所":
        name = _SCHOOLS
    return (name or _STAGE_WORDS.sub("", core_noun(one.noun)), unit)
