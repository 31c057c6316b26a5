"""Lists read on behind their total, whatever else each part tells, that one slip keeps from making it.

学生68412人，其中小学96所，学生41827人；初中31所，学生26585人 and 收入43260万元，增长8%。其中：本级28914万元，增长6%；
上划14346万元: between the parts stand figures of other units, shares and growths. No word says that nothing is left
out, so that such a list is only confirmed where it fits. One digit away from its total it is a slip, as long as chance
would not bring other amounts so near.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dudao.claims.completeness import OPEN_LIST, crossing, done_of_planned, goes_both_ways, some_go_on
from dudao.claims.likeness import core_noun
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import digits_written
from dudao.claims.slipped.standing import Standing
from dudao.claims.slipped.trials import plain_amount
from dudao.claims.stage_names import named_by_stage
from dudao.claims.sums.in_parenthesis import in_two_rows, of_another_time, of_change, of_standard
from dudao.claims.sums.lists import told_like
from dudao.claims.sums.overlap import told_twice
from dudao.claims.sums.run_behind import (
    cuts_row,
    of_other_places,
    of_other_years,
    run_behind,
    selections,
    within_row,
)
from dudao.claims.wholes import adds_up

SEARCHES = 2000
"""So many amounts of one text are taken for totals."""
FEWEST = 100
"""A smaller total is one slip away from whatever is told behind it."""
NAME = 3
"""How many characters the name of a total has by which its parts are known among others."""
KNOWN = 4
"""A total of fewer digits comes within a digit of what is told of it too easily."""
TELLING = 3
"""A total of one name with its parts must have so many digits."""
NAMED_LIMIT = 8
_MEASURE = re.compile(r"(?:招生|在校生|毕业生|专任教师|教职工)$")
"""Whatever stands before these, it is one thing that is counted: 本专科共招生, 普通本科招生."""
PARAGRAPHS = 3
"""How many paragraphs away amounts of the same name are taken for parts."""
MARKED, UNMARKED, NAMED = 20.0, 100.0, 50.0
"""So many times rarer must chance be where 其中 opens the list, where nothing does, and where parts bear its name."""


def lists_read_on(passage: Passage, standing: Standing) -> Iterator[tuple[Mention, list[Mention], int, float]]:
    """Yield totals with what may be all their parts, the longest list first, how many were tried, how rare chance."""
    searched = 0
    for place, total in enumerate(passage.mentions):
        if not (plain_amount(total) and total.level) or total.each or total.base or total.quantity.value < FEWEST:
            continue
        if total.index in standing.totalled or total.index in standing.wrong:
            continue
        searched += 1
        if searched > SEARCHES:
            return
        tried = 0
        for inside in (True, False):
            for parts, sure in _lists(passage, place, inside=inside):
                tried += 1
                yield total, parts, tried, MARKED if sure and digits_written(total.quantity) >= KNOWN else UNMARKED


def lists_of_a_name(passage: Passage, standing: Standing) -> Iterator[tuple[Mention, list[Mention], int, float]]:
    """Yield the same for amounts of one name: 校舍46.82万平方米。小学…校舍28.35万平方米。初中…18.47万平方米."""
    named: dict[tuple[str, str], list[Mention]] = {}
    for one in passage.mentions:
        if plain_amount(one) and one.level and not one.each and not one.base and one.family and not one.depth:
            name, measure = core_noun(one.noun.replace("本级", "")), _MEASURE.search(one.noun)
            if measure is not None or len(name) >= NAME:
                named.setdefault((one.family, measure[0] if measure is not None else name[-NAME:]), []).append(one)
    for members in named.values():
        for number, total in enumerate(members[:SEARCHES]):
            if digits_written(total.quantity) < TELLING or total.index in standing.totalled:
                continue
            behind = members[number + 1 : number + 1 + NAMED_LIMIT]
            before = members[max(number - NAMED_LIMIT, 0) : number]
            tried = 0
            for parts in _windows(total, behind, before):
                if any(adds_up(total, some) for some in (behind[:2], behind[:3], before[-2:], before[-3:])):
                    break
                if _parts(passage, total, parts):
                    tried += 1
                    yield total, [*parts], tried, NAMED


def _windows(total: Mention, behind: Sequence[Mention], before: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Yield the amounts right behind a total and right before it, as many as are less than it."""
    for side in (behind, before[::-1]):
        near = [*takewhile(lambda one: _near(total, one), side)]
        for end in range(2, len(near) + 1):
            yield sorted(near[:end], key=lambda one: one.index)


def _near(total: Mention, one: Mention) -> bool:
    return one.quantity.value < total.quantity.value and abs(one.paragraph - total.paragraph) <= PARAGRAPHS


def _lists(passage: Passage, place: int, *, inside: bool) -> Iterator[tuple[list[Mention], bool]]:
    total = passage.mentions[place]
    run, marked = run_behind(passage, place, inside=inside)
    if len(run) < 2 or of_other_places(total, run) or of_other_years(passage, total, run[0]):
        return
    if inside and (of_change(passage, place, run) or of_another_time(passage, run) or in_two_rows(passage, place, run)):
        return
    if inside and of_standard(passage, total, run):
        return
    if not inside and within_row(passage, place, run[0]):
        return
    done: set[tuple[int, ...]] = set()
    named = core_noun(total.noun)
    column = [one for one in run if len(named) >= NAME and core_noun(one.noun).endswith(named)]
    for choice in [*selections(total, run), column] if len(column) > 1 else selections(total, run):
        if any(adds_up(total, choice[:end]) for end in range(2, len(choice) + 1)):
            return
        for end in range(len(choice), 1, -1):
            parts = choice[:end]
            key = tuple(one.index for one in parts)
            if key in done or not _parts(passage, total, parts):
                continue
            done.add(key)
            yield parts, marked and end == len(choice)


def _parts(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    if any(one.quantity.value >= total.quantity.value for one in parts) or not all(map(plain_amount, parts)):
        return False
    if crossing(total, parts) or goes_both_ways(parts) or some_go_on(parts) or cuts_row(passage, parts):
        return False
    if done_of_planned(total, parts) or told_twice(passage, total, parts) or not _told_alike(parts):
        return False
    between = passage.text[total.quantity.span.end : parts[-1].quantity.span.end]
    if OPEN_LIST.search(between):
        return False
    return not any(told_like(total, parts[:n], one) for n, one in enumerate(parts) if n and one.part != total.part)


def _told_alike(parts: Sequence[Mention]) -> bool:
    """Return whether parts on both sides of ； are told of the same: 市级财政收入…；县级财政收入…, and none as …的."""
    if any(one.lead.endswith("的") for one in parts) and not all(one.lead.endswith("的") for one in parts):
        return False  # 由教师结对帮扶的4126人: some of those before
    if len({"教学点" in (one.lead + one.tail) for one in parts}) > 1:
        return False  # 小学418所、教学点57个: counted as schools or not
    if len({one.part for one in parts}) == 1 or named_by_stage(parts):
        return True
    return len({core_noun(one.noun)[-2:] for one in parts}) == 1
