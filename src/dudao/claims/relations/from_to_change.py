"""Two levels and the change between them: 由28.67%上升到39.78%，上升11.11个百分点; 上年8838.44元，增长8.14%."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise

from dudao.claims.dealt.rows_of_two_times import (
    ROW_LIMIT,
    Pair,
    goes_on,
    heads_row,
    others_between,
    row_pairs,
    told_before_row,
    whole_listed,
)
from dudao.claims.differences.done_away import done_away
from dudao.claims.differences.of_levels import claims_of_change, growth_of_levels, says_again, unit_left_out
from dudao.claims.differences.points_told import points_told
from dudao.claims.differences.year_before import year_before
from dudao.claims.differences.years_named import years_named
from dudao.claims.likeness import (
    core_noun,
    is_amount,
    likeness,
    of_another_year,
    own_subject,
    relative_year_of,
    same_unit,
    year_of,
)
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.series import all_series
from dudao.quantities.model import Kind

REACH = 3
"""How many figures may stand between the two levels, and behind them before the change."""

BESIDE = 2
"""So many characters at most stand between a figure and a parenthesis that is about it."""
SMALLEST = 10
"""A smaller difference that no word announces fits by chance."""

SAID_BETWEEN = 2
"""How many changes may stand between a level and the parenthesis that tells what it was before."""
_EACH = re.compile("人均|生均|师均|校均|班均")
_FROM_WORD = re.compile(r"(?:由|从|自).*$")
"""随班就读增加213人，送教上门由372人减少至285人: what stands before 由 is another thing than what changed before."""
_BARE_YEAR = re.compile(r"(?:19|20)\d\d年(?:为|是|达到?)?")
_BASED = re.compile(r"比(?![例重率值])|较|同比|与|跟")
_REACHED = re.compile(r"(?:到|至)?(?:19|20)\d\d年(?:底|末|初)?|调整|调增|调减|追加|跌|拉|提|跃")
SUBJECT = 2
"""How many characters the subject of a level has that is known when it comes back."""
_AGAINST_PLAN = re.compile(
    r"(?:比|较|与)[^，。；]{0,8}(?:预算|执行|决算|计划|完成)[^，。；]{0,6}(?:增长|增加|提高|下降|减少)"
)
_PLAN = re.compile(r"预算|执行|决算|支出|收入|完成|计划")
FAR = 120
"""How many figures back the plan or the outcome of the year before may stand."""
_SINCE = re.compile(
    r"^(?:比|较|与)(?:上年|去年|上一年|(?P<year>(?:19|20)\d\d)年)(?:末|底|度)?(?:相比)?[^，。；、\d]{2,5}$"
)
NAME = 4
"""How many last characters of its name two figures of different years share: 教育支出, 毛入园率."""
TRIED = 3
"""How many earlier figures of a name are tried."""
YEAR_REACH = 60
_DEALT = re.compile("分别|依次|各自|年均|年平均|平均每年|每年")
_OVER_ALL = re.compile(r"(?P<count>[两三四五六])年")
_OVERALL = re.compile(r"[两三四五六]年(?:来|间|内)?(?:共|累计|一共)?|累计|共|总体|末年比首年")
_CHANGING = frozenset({Role.CHANGE, Role.TO})

_FURTHER = re.compile(r"(?:到?(?:19|20)\d\d年)?(?:再|又|继续|进一步)")
_THEN = re.compile(r"(?:19|20)\d\d年(?:同期|度)?(?:为|是|仅为)?$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a change is what two levels make it."""
    yield from _over_years(passage)
    yield from _since_plan(passage)
    yield from _since_told(passage)
    yield from done_away(passage)
    yield from _rows_compared(passage)
    for newer, older, change in chain(years_named(passage), points_told(passage), year_before(passage)):
        yield from claims_of_change(passage, newer, older, change, STRUCTURAL)
    dealt = {one.index for row in all_series(passage) if row.dealt for one in row.members}
    for first, last in passage.sentences:
        if last - first < 3 or _CHANGING.isdisjoint(one.role for one in passage.mentions[first:last]):
            continue
        rows = list(row_pairs(passage, first, last))
        yield from _dealt(passage, rows, first, last)
        taken = {one.index for newer, older, _, _ in rows for one in (newer, older)}
        pairs = [
            one
            for one in _pairs(passage.mentions, first, last)
            if one[0].index not in taken and one[1].index not in taken
        ]
        for newer, older, end, strength in pairs:
            for change in _changes(passage.mentions, end, first, last, newer, older):
                alone = change.index not in dealt and not _DEALT.search(change.lead)
                alone = alone and not of_another_year(change, older)
                if alone and not _over_more_years(newer, older, change):
                    yield from _of_several_years(passage, newer, older, change, strength)
        single = [one for one in pairs if not heads_row(passage, one[1])]
        if len(single) >= 2:
            yield from _dealt(passage, single, first, last)


def _rows_compared(passage: Passage) -> Iterator[Proposal]:
    """Yield 分别提高到720元、940元，比原标准650元、850元分别提高70元、90元: three rows of one length, in this order."""
    rows = all_series(passage)
    for newer, older, changes in zip(rows, rows[1:], rows[2:], strict=False):
        length = len(newer)
        follows = older.first == newer.first + length and changes.first == older.first + length
        if not follows or not length == len(older) == len(changes):
            continue
        first, base, change = newer.members[0], older.members[0], changes.members[0]
        same = first.sentence == base.sentence == change.sentence
        said = _BASED.match(base.lead) is not None and change.role is Role.CHANGE and "分别" in change.lead
        if same and said and first.level and same_unit(first, base):
            for new, old, by in zip(newer.members, older.members, changes.members, strict=True):
                told = replace(by, direction=change.direction)
                yield from claims_of_change(passage, new, replace(old, role=Role.PREVIOUS), told, STRUCTURAL)


def _of_several_years(
    passage: Passage, newer: Mention, older: Mention, change: Mention, strength: int
) -> Iterator[Proposal]:
    """Yield the change from the older level, or from the first of 由83.6%、87.9%提高到91.3% where that fits."""
    found = [*claims_of_change(passage, newer, older, change, strength)]
    if any(not one.holds for one in found) and (first := _first_listed(passage, older)) is not None:
        of_first = [*claims_of_change(passage, newer, replace(first, role=older.role), change, strength)]
        if any(one.holds for one in of_first) or _OVER_ALL.match(change.lead) is not None:
            found = of_first
    yield from found


def _first_listed(passage: Passage, last: Mention) -> Mention | None:
    """Return the first of the levels of several years that a list up to a figure tells; None for one alone."""
    place = bisect_left(passage.mentions, last.index, key=lambda one: one.index)
    first = None
    for one in passage.mentions[max(place - ROW_LIMIT, 0) : place][::-1]:
        after = first or last
        if one.depth != after.depth or not same_unit(one, after) or (year := year_of(one)) is None:
            break
        joined = one.clause_number == after.clause_number and passage.text.startswith("、", one.quantity.span.end)
        # 2021年为38.6%，2022年为42.1%，2023年为45.3%，两年提高6.7个百分点: clause behind clause, year after year
        beside = after.clause_number - one.clause_number == 1 and year_of(after) == year + 1
        if not joined and not (beside and one.part == after.part):
            break
        first = one
    return first


def _over_more_years(newer: Mention, older: Mention, change: Mention) -> bool:
    """Return whether a change over 三年 is said behind two figures of neighbouring years: the row began earlier."""
    counted = _OVER_ALL.match(change.lead)
    later, earlier = year_of(newer), year_of(older)
    if counted is None or later is None or earlier is None:
        return False
    # 由2020年的46.7%提高到58.9%，四年提高…: of the later one no year is told.
    return 0 < later - earlier < "零一两三四五六".index(counted["count"]) - 1


def _since_plan(passage: Passage) -> Iterator[Proposal]:
    """Yield 拟安排729500万元，与上年执行数相比增长2.91%, where 执行数 stands far before; only when it fits."""
    mentions = passage.mentions
    for place, change in enumerate(mentions):
        if change.role is not Role.CHANGE or change.quantity.kind is not Kind.PERCENT or not change.quantity.decimals:
            continue
        if not _AGAINST_PLAN.search(change.lead):
            continue
        newer = next((one for one in mentions[max(place - 3, 0) : place][::-1] if is_amount(one) and one.level), None)
        if newer is None or newer.sentence != change.sentence or newer.each:
            continue
        for older in mentions[max(place - FAR, 0) : place - 1][::-1]:
            usable = is_amount(older) and older.level and same_unit(older, newer) and not older.each
            if usable and older is not newer and _PLAN.search(older.clause):
                found = growth_of_levels(passage, newer, older, change, WEAK)
                if found is not None:
                    yield found
                    break


def _since_told(passage: Passage) -> Iterator[Proposal]:
    """Yield 毛入园率达到93%，比2020年提高3.4个百分点 where an earlier chapter tells that of 2020; only when it fits.

    Of the last figures with this name those count that stand in a sentence of the year compared with; last year's need
    no date.
    """
    mentions = passage.mentions
    for place, change in enumerate(mentions):
        since = _SINCE.search(change.lead) if change.role is Role.CHANGE and change.quantity.decimals else None
        if since is None or place == 0:
            continue
        newer = mentions[place - 1]
        name = core_noun(newer.noun)[-NAME:]
        beside = newer.sentence == change.sentence and change.clause_number - newer.clause_number == 1
        if not (beside and newer.level and len(name) == NAME) or newer.role is Role.PREVIOUS:
            continue
        if not (newer.quantity.kind is Kind.PERCENT or newer.amount):
            continue
        tried = 0
        for older in mentions[max(place - FAR, 0) : place - 1][::-1]:
            if tried == TRIED:
                break
            if not (older.level and same_unit(older, newer) and older.each == newer.each):
                continue
            if not core_noun(older.noun).endswith(name):
                continue
            if since["year"] and not _of_year(passage, older, since["year"]):
                continue
            tried += 1
            found = [one for one in claims_of_change(passage, newer, older, change, WEAK) if one.holds]
            if found:
                yield from found
                break


def _of_year(passage: Passage, one: Mention, year: str) -> bool:
    """Return whether the words of its sentence before a figure name a year."""
    start = passage.segmentation.sentences.span(one.sentence).start
    return passage.text.find(year, max(start, one.quantity.span.start - YEAR_REACH), one.quantity.span.start) >= 0


def _over_years(passage: Passage) -> Iterator[Proposal]:
    """Yield 依次为94.2%、95.1%、95.8%，三年提高1.6个百分点: from the first to the last of a row; only when it fits."""
    for row in all_series(passage):
        behind = row.first + len(row)
        if not row.dealt or behind >= len(passage.mentions):
            continue
        change = passage.mentions[behind]
        yearly = _DEALT.search(change.lead) is not None or not row.members[0].level
        if change.role is not Role.CHANGE or yearly:
            continue
        if change.sentence == row.members[-1].sentence and _OVERALL.search(change.lead):
            start = passage.mentions[row.first - 1] if row.first else None
            if start is not None and start.role is Role.FROM and start.sentence == change.sentence:
                # 由2021年的94.8%逐年升至95.7%、96.4%，两年提高1.6个百分点: from where it began
                yield from claims_of_change(passage, row.members[-1], start, change, STRUCTURAL)
                continue
            if (latest := told_before_row(passage, row.first)) is not None:
                yield from claims_of_change(passage, latest, row.members[0], change, WEAK)
                continue
            counted = _OVER_ALL.match(change.lead)
            sure = counted is not None and 0 <= len(row) - 2 - "两三四五六".index(counted["count"]) <= 1
            yield from claims_of_change(passage, row.members[-1], row.members[0], change, STRUCTURAL if sure else WEAK)


def _dealt(passage: Passage, pairs: list[Pair], first: int, last: int) -> Iterator[Proposal]:
    """Yield 由650元提高到720元，由850元提高到940元，分别提高70元和90元: as many changes as pairs, in their order."""
    for place in range(first, last):
        head = passage.mentions[place]
        if head.role is not Role.CHANGE or "分别" not in head.lead:
            continue
        before = [one for one in pairs if one[2] < place]
        row = [head]
        while place + len(row) < last and goes_on(passage, head, place + len(row)):
            row.append(passage.mentions[place + len(row)])
        if len(row) == len(before) + 1 and all(left[0] is right[1] for left, right in pairwise(before)):
            # 2020年48.2亿元、2021年50.9亿元、2022年53.6亿元，分别增长…: the first year's base is not told
            del row[0]
        if len(before) != len(row):
            continue
        if before and others_between(passage.mentions[before[-1][2] + 1 : place], before[-1][0]):
            continue
        for (newer, older, _, _), change in zip(before, row, strict=True):
            yield from claims_of_change(passage, newer, older, replace(change, direction=head.direction), STRUCTURAL)


def _pairs(mentions: tuple[Mention, ...], first: int, last: int) -> Iterator[tuple[Mention, Mention, int, int]]:
    """Yield (new, old, place of the later one, strength) for the pairs of levels a sentence compares."""
    for place in range(first, last):
        one = mentions[place]
        if one.role is Role.PREVIOUS:
            found = False
            if (head := whole_listed(mentions, first, place)) is not None:
                yield head, one, place, EXPLICIT
                continue
            for other in range(place - 1, max(place - 1 - REACH, first - 1), -1):
                level = mentions[other]
                alike = same_unit(level, one) or unit_left_out(level, one)
                if says_again(mentions[max(other - 1, first)], level):
                    continue
                if level.role in (Role.LEVEL, Role.SHARE, Role.TO) and alike and not level.base:
                    # The nearest level is meant, unless it is a part and the whole before it fits.
                    yield level, one, place, STRUCTURAL if found else EXPLICIT
                    found = True
            if not found:
                level_place = _following(mentions, place, last, (Role.LEVEL, Role.TO, Role.SHARE))
                if level_place is not None:
                    yield mentions[level_place], one, level_place, STRUCTURAL
        elif one.role is Role.FROM:
            level_place = _following(mentions, place, last, (Role.TO, Role.LEVEL))
            if level_place is not None:
                strength = EXPLICIT if mentions[level_place].role is Role.TO else WEAK
                yield mentions[level_place], one, level_place, strength
        elif place + 1 < last and (one.role in (Role.LEVEL, Role.SHARE) or _goes_further(one, mentions[place + 1])):
            yield from _neighbours(mentions, place)
            yield from _next_year(mentions, place, last)


def _goes_further(one: Mention, other: Mention) -> bool:
    """Return whether a level that was reached went on to the next: 2021年降到4162人，2022年再降到3985人."""
    dated = year_of(one) is not None and year_of(other) is not None
    return one.role is other.role is Role.TO and dated and _FURTHER.match(other.lead) is not None


def _following(mentions: tuple[Mention, ...], place: int, last: int, roles: tuple[Role, ...]) -> int | None:
    for other in range(place + 1, min(place + 3, last)):
        candidate = mentions[other]
        if candidate.role in roles and same_unit(candidate, mentions[place]):
            return other
    return None


def _neighbours(mentions: tuple[Mention, ...], place: int) -> Iterator[tuple[Mention, Mention, int, int]]:
    """Yield two levels side by side when the years before them say which is the newer one."""
    one, other = mentions[place], mentions[place + 1]
    if not same_unit(one, other) or other.role not in (one.role, Role.LEVEL, Role.TO):
        return
    earlier, later = year_of(one), year_of(other)
    if earlier is None and later is not None and _THEN.match(other.lead) and f"{later + 1}年" in one.topic:
        # 2023年教育支出7.86亿元；生均支出1.42万元，2022年为1.39万元: the first is that of the year before the comma.
        earlier = later + 1
    if earlier is None or later is None:
        earlier, later = relative_year_of(one), relative_year_of(other)
    if other.role is Role.TO and _of_the_same(other, one):
        yield other, one, place + 1, STRUCTURAL
    elif earlier is not None and later is not None and earlier != later:
        strength = STRUCTURAL if likeness(one.noun, other.noun) > 0.6 or not core_noun(other.noun) else WEAK
        newer, older = (other, one) if later > earlier else (one, other)
        yield newer, older, place + 1, strength


def _next_year(mentions: tuple[Mention, ...], place: int, last: int) -> Iterator[tuple[Mention, Mention, int, int]]:
    """Yield 2022年12.05亿元，增长6.07%；2023年12.88亿元, whose growth stands behind it as that of 2022 does."""
    if place + 3 >= last:
        return
    one, change, other, next_change = mentions[place : place + 4]
    alike = change.role is next_change.role is Role.CHANGE and change.quantity.kind is next_change.quantity.kind
    if not alike or not _BARE_YEAR.fullmatch(other.lead) or _BASED.match(change.lead) or _BASED.match(next_change.lead):
        return
    earlier, later = year_of(one), year_of(other)
    if earlier is not None and later == earlier + 1 and other.level and same_unit(one, other):
        yield other, one, place + 2, STRUCTURAL


def _of_the_same(other: Mention, one: Mention) -> bool:
    """Return whether a level that was reached is said of the one before: 预算682140万元，执行中预算调整为715903万元."""
    subject = _REACHED.sub("", own_subject(other.lead)).strip("到至为成")
    return not subject or (len(subject) >= SUBJECT and subject[-SUBJECT:] in one.clause)


def _changes(
    mentions: tuple[Mention, ...], end: int, first: int, last: int, newer: Mention, older: Mention
) -> Iterator[Mention]:
    """Yield the changes said right behind the two levels, and those right before them."""
    for place in range(end + 1, min(end + 1 + REACH, last)):
        change = mentions[place]
        if change.role is Role.SHARE or (change.level and "占" in change.lead):
            # 增至13所，占全部17所学校的76.5%，增加7所: a share told between does not part them.
            continue
        if change.role is not Role.CHANGE and _makes_up(newer, older, change):
            # 由143个压减到19个，共消除124个: a verb of its own says by how many.
            yield replace(change, direction=1 if newer.quantity.value > older.quantity.value else -1)
            continue
        if change.role is not Role.CHANGE:
            break
        if own_subject(_EACH.sub("", change.lead) if newer.each or older.each else change.lead):
            break
        if change.clause_number > older.clause_number and _BASED.match(older.lead) and _BASED.match(change.lead):
            # 比春季的46.9%下降0.5个百分点，比2023年同期下降1.1个百分点: compared with what is not told.
            break
        yield change
    between = _between(mentions, end, newer, older)
    if between and (
        older.depth > newer.depth or (older.role is Role.PREVIOUS and older.clause_number - newer.clause_number == 2)
    ):
        # 8746.19元，增长6.03%（上年8248.80元）
        followed = mentions[end + 1] if end + 1 < last else None
        # 较上年提高1.24个百分点，比“十三五”末的86.05%提高5.31个百分点: each change has a base of its own.
        own = followed is not None and followed.role is Role.CHANGE and followed.clause_number == older.clause_number
        for told in between:
            subject = core_noun(own_subject(told.lead))
            if (not subject or subject in core_noun(newer.noun)) and not (own and _BASED.match(told.lead)):
                yield told
    levels = (newer.index, older.index)
    reach = range(max(end - REACH - 1, first), end + 1)
    start = min(place for place in reach if mentions[place].index in levels)
    before = mentions[start - 1] if start > first else None
    beside = before is not None and before.part == mentions[start].part
    named = older.role is Role.FROM and core_noun(_FROM_WORD.sub("", mentions[start].lead))
    compared = older.role in (Role.FROM, Role.PREVIOUS) and not named
    # 调增1.27亿元，调整预算19.89亿元，执行19.51亿元，比上年18.34亿元: the increase is said of neither pair.
    apart = any(one.level and same_unit(one, newer) for one in mentions[start + 1 : end])
    if before is not None and mentions[start].depth > before.depth:
        # 下降0.23%，主要是在校生增长（由10.12万人增至10.47万人）: the parenthesis belongs to what stands before it.
        apart = apart or mentions[start].parenthesis - before.quantity.span.end > BESIDE
    if before is not None and beside and before.role is Role.CHANGE and compared and not apart:
        yield before


def _between(mentions: tuple[Mention, ...], end: int, newer: Mention, older: Mention) -> list[Mention]:
    """Return the changes between a level and the one it is compared with: 减少12475人，减幅30.1%（2013年为41386人）."""
    if mentions[end].index != older.index:
        return []
    for first in range(end - 2, max(end - 2 - SAID_BETWEEN, -1), -1):
        if mentions[first].index == newer.index:
            between = [*mentions[first + 1 : end]]
            return between if all(one.role is Role.CHANGE for one in between) else []
    return []


def _makes_up(newer: Mention, older: Mention, one: Mention) -> bool:
    """Return whether an amount right behind two levels is just what lies between them."""
    alike = one.level and one.amount and same_unit(one, newer) and one.depth == newer.depth
    gap = abs(newer.quantity.value - older.quantity.value)
    return alike and gap >= SMALLEST and one.quantity.value == gap
