"""Lists of increases and growths of another list: 分别增长4.1%、3.7%."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import Formula, fall_of_decrease, growth, growth_of_increase, point, subtract
from dudao.claims.dealt.excesses import percentages_before
from dudao.claims.dealt.rows import near_to
from dudao.claims.formulas import minus
from dudao.claims.likeness import core_noun, is_amount, of_another_year, same_unit
from dudao.claims.mentions import Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, propose, text_of
from dudao.claims.series import Series
from dudao.quantities.model import Interval, Kind

_YEARS = re.compile(
    r"(?:各年|逐年|分年(?:度)?)[^，。]{0,8}$|"
    r"(?:19|20)\d\d\s*年?[、，和至—–-]{1,2}\s*(?:19|20)\d\d|[近前后两三四五]年[来内]?[^，。]{0,20}$"
)
_INCREASE = re.compile(r"增量|增加额|增长额|净增|新增")
"""What was added each year: the growth beside it is that of the level, not of the increase."""
_LATER_YEARS = re.compile(r"后(?P<count>[两三四五])年")
_LAST_YEAR = re.compile(
    r"(?:而)?(?:上年|去年|上年同期|去年同期|上年度|(?:19|20)\d\d年)"
    r"(?:(?:分别|依次)|这[两三四](?:个|项)?(?:率|比例|指标|数据?)?(?:分别|依次)?)(?:为|是)"
)
_FALLS = re.compile(r"(?:下降|减少|降低|下滑)(?:了|约|幅度|为)*$")


def yearly_growth(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield the growth of each year over the one before it, for amounts listed year by year."""
    amounts = [one for one in before if is_amount(one.members[0]) and near_to(row, one) and _is_of_years(row, one)]
    if not amounts or row.members[0].quantity.kind is not Kind.PERCENT or row.members[0].role is Role.TO:
        return  # 比例分别由21.5%和19.8%上升为46.4%和38.6%: what was reached, and no growth
    years = amounts[-1]
    sentence = passage.segmentation.sentences.span(years.members[0].sentence)
    if not _YEARS.search(passage.text[sentence.start : years.members[0].quantity.span.start]):
        return
    if _INCREASE.search(years.members[0].lead):
        return
    later = _LATER_YEARS.search(row.members[0].lead)
    if later is not None and len(years) == len(row) == "零一两三四五".index(later["count"]):
        # A page break has cut the row of amounts short: the first of them is the base of the first growth.
        return
    names = core_noun(row.members[0].clause)
    chosen = next((one for one in reversed(amounts) if _said_of(names, one)), years)
    falls = bool(_FALLS.search(row.members[0].lead))
    changes = row.members[1:] if len(row) == len(chosen) else row.members
    for old, new, change in zip(chosen.members, chosen.members[1:], changes, strict=False):
        spoken = f"（{text_of(new)}÷{text_of(old)}－1）×100%"
        wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
        formula = _fall if falls else _growth
        proposal = propose(passage, wording, ("growth", change), {"new": new, "old": old}, formula, STRUCTURAL)
        if proposal is not None:
            yield proposal


def _is_of_years(row: Series, amounts: Series) -> bool:
    """Return whether amounts are as many as the growths of a row, or one more: the first year has none."""
    return (len(amounts) == len(row) and amounts.dealt) or (len(amounts) == len(row) + 1 and row.dealt)


def _said_of(names: str, row: Series) -> bool:
    noun = core_noun(row.members[0].noun)
    return len(noun) >= 2 and (noun[-2:] in names)


def levels_and_increases(row: Series, before: list[Series]) -> tuple[Series, Series] | None:
    """Return the two rows before a row of growths when they are levels and what these grew by."""
    if len(before) < 2 or row.members[0].quantity.kind is not Kind.PERCENT:
        return None
    levels, increases = before[-2:]
    if levels.members[0].role is Role.CHANGE and increases.members[0].level:
        # 分别增加238元、316元，达到12466元、16084元，增幅分别为1.95%、2.00%
        levels, increases = increases, levels
    head, level = increases.members[0], levels.members[0]
    changed = head.role is Role.CHANGE and head.amount and same_unit(head, level)
    told = level.level and near_to(row, levels, 0) and head.direction == row.members[0].direction
    return (levels, increases) if changed and told else None


def named_and_increases(passage: Passage, row: Series, before: list[Series]) -> tuple[Series, Series] | None:
    """Return the levels told by name and the row right before a row of growths: 小学13842元、初中18905元，分别增加…."""
    increases = before[-1] if before else None
    if increases is None or increases.first + len(row) != row.first or not increases.dealt:
        return None
    head = increases.members[0]
    levels = passage.mentions[max(increases.first - len(row), 0) : increases.first]
    told = len(levels) == len(row) and all(one.level and same_unit(one, head) for one in levels)
    beside = told and all(one.sentence == head.sentence and one.depth == head.depth for one in levels)
    changed = head.role is Role.CHANGE and head.amount and head.direction == row.members[0].direction
    return (Series(increases.first - len(row), levels, dealt=False), increases) if beside and changed else None


def growth_of_increases(passage: Passage, row: Series, levels: Series, increases: Series) -> Iterator[Proposal]:
    """Yield 依次为8126元、11385元，较上年分别增加214元、301元，增幅分别为2.70%、2.72%."""
    rises = row.members[0].direction >= 0
    sign = "－" if rises else "＋"
    for level, delta, rate in zip(levels.members, increases.members, row.members, strict=True):
        spoken = f"{text_of(delta)}÷（{text_of(level)}{sign}{text_of(delta)}）×100%"
        formula = f"growth = delta / (level {'-' if rises else '+'} delta)"
        wording = Wording("dealt_lists", ClaimType.LEVEL_DELTA_GROWTH, formula, spoken)
        operands = {"level": level, "delta": delta}
        compute = growth_of_increase if rises else fall_of_decrease
        proposal = propose(passage, wording, ("growth", rate), operands, _of_pair(compute), STRUCTURAL)
        if proposal is not None:
            yield proposal


def told_of_last_year(passage: Passage, row: Series, behind: Series) -> Iterator[Proposal]:
    """Yield 占比54.7%，覆盖率91.6%，分别提高3.4个和2.1个百分点，上年分别为51.3%、89.5%: the rows in their order."""
    head, first = row.members[0], behind.members[0]
    said = head.quantity.kind is Kind.PERCENTAGE_POINT and _LAST_YEAR.fullmatch(first.lead) is not None
    beside = behind.first == row.first + len(row) and first.clause_number - row.members[-1].clause_number == 1
    if not (said and beside and len(behind) == len(row) and first.quantity.kind is Kind.PERCENT):
        return
    told = [one for one in percentages_before(passage, row) if one.role not in (Role.CHANGE, Role.PREVIOUS, Role.FROM)]
    if len(told) != len(row):
        return
    for new, by, old in zip(told, row.members, behind.members, strict=True):
        high, low = (new, old) if head.direction > 0 else (old, new)
        wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "diff = a - b", f"{text_of(high)}－{text_of(low)}")
        found = propose(passage, wording, ("diff", by), {"a": high, "b": low}, minus, STRUCTURAL, derived=False)
        if found is not None:
            yield found


def growth_of_kinds(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 资助486.3万人次、62.84亿元，比上年分别增加11.7万人次、2.56亿元，增长2.47%、4.25%: of different units."""
    mentions, size, first = passage.mentions, len(row), row.first
    if first < 2 * size or row.members[0].quantity.kind is not Kind.PERCENT:
        return
    increases, levels = mentions[first - size : first], mentions[first - 2 * size : first - size]
    head = increases[0]
    dealt = "分别" in head.lead and head.role is Role.CHANGE and all(not one.lead for one in increases[1:])
    matched = all(same_unit(a, b) and b.level and b.amount for a, b in zip(increases, levels, strict=True))
    if not dealt or not matched or same_unit(levels[0], levels[1]) or levels[0].sentence != head.sentence:
        return
    rises = head.direction >= 0
    sign = "－" if rises else "＋"
    for level, delta, rate in zip(levels, increases, row.members, strict=True):
        spoken = f"{text_of(delta)}÷（{text_of(level)}{sign}{text_of(delta)}）×100%"
        formula = f"growth = delta / (level {'-' if rises else '+'} delta)"
        wording = Wording("dealt_lists", ClaimType.LEVEL_DELTA_GROWTH, formula, spoken)
        compute = growth_of_increase if rises else fall_of_decrease
        operands = {"level": level, "delta": delta}
        found = propose(passage, wording, ("growth", rate), operands, _of_pair(compute), STRUCTURAL)
        if found is not None:
            yield found


def _of_pair(compute: Callable[[Interval, Interval], Interval]) -> Formula:
    return lambda values: compute(values[0], values[1])


def _growth(values: Sequence[Interval]) -> Interval:
    return growth(values[0], values[1])


def _fall(values: Sequence[Interval]) -> Interval:
    return subtract(point(Decimal(0)), growth(values[0], values[1]))


def levels_around(rows: Sequence[Series], place: int, before: list[Series]) -> list[Series]:
    """Return the rows of levels of a row of changes; 分别增长x%、y%（上年分别为a、b） tells the older last."""
    row = rows[place]
    levels = [one for one in before if near_to(row, one, 0) and one.members[0].role is not Role.CHANGE]
    following = rows[place + 1] if place + 1 < len(rows) else None
    if following is None or len(following) != len(row) or following.members[0].sentence != row.members[0].sentence:
        return levels
    told = following.members[0].role is Role.PREVIOUS and following.first == row.first + len(row)
    return [following, levels[-1]] if told and levels else levels


def matched_change(passage: Passage, row: Series, levels: list[Series]) -> Iterator[Proposal]:
    """Yield the changes of a row against two rows of levels: 由a、b分别提高到A、B，分别提高p、q个百分点."""
    if len(levels) < 2 or not same_unit(levels[-1].members[0], levels[-2].members[0]):
        return
    newer, older = levels[-1], levels[-2]
    if newer.members[0].role is Role.PREVIOUS:
        newer, older = older, newer
    if of_another_year(row.members[0], older.members[0]):
        return
    if any(one.role is Role.CHANGE for one in passage.mentions[older.first + len(older) : newer.first]):
        # 分别为18.7%、41.7%，分别下降2.3、6.6个百分点；…分别为17.5%、22.2%，分别上升…: the first has its own change.
        return
    points = newer.members[0].quantity.kind is Kind.PERCENT
    falls = bool(_FALLS.search(row.members[0].lead))
    for new, old, change in zip(newer.members, older.members, row.members, strict=True):
        operands = {"new": new, "old": old}
        if points:
            wording = Wording(
                "dealt_lists", ClaimType.DIFFERENCE, "diff = new - old", f"{text_of(new)}－{text_of(old)}"
            )
            formula = _drop if falls else minus
            proposal = propose(passage, wording, ("diff", change), operands, formula, STRUCTURAL, derived=False)
        elif change.quantity.kind is Kind.PERCENT:
            spoken = f"（{text_of(new)}÷{text_of(old)}－1）×100%"
            wording = Wording("dealt_lists", ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", spoken)
            formula = _fall if falls else _growth
            proposal = propose(passage, wording, ("growth", change), operands, formula, STRUCTURAL)
        else:
            continue
        if proposal is not None:
            yield proposal


def _drop(values: Sequence[Interval]) -> Interval:
    return subtract(values[1], values[0])
