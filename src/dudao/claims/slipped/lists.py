"""Lists of amounts side by side, and stages told paragraphs apart, that one slip keeps from being their total."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import chain, pairwise

from dudao.claims.arithmetic import (
    add,
    step,
)
from dudao.claims.completeness import crossing, goes_both_ways, of_other_side, some_go_on, told_of_some
from dudao.claims.divisions import divides
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.nearby.runs import amounts_in_a_row, levels_of
from dudao.claims.proposals import STRUCTURAL, Proposal, Wording, digits_written, joined, propose
from dudao.claims.slipped.added_to import added_to
from dudao.claims.slipped.columns import slipped_columns
from dudao.claims.slipped.dealt_parts import dealt_parts
from dudao.claims.slipped.read_on import lists_of_a_name, lists_read_on
from dudao.claims.slipped.said_totals import of_other_things, said_totals
from dudao.claims.slipped.standing import FAR, NAME, UNLIKELY, Standing
from dudao.claims.slipped.trials import plain_amount
from dudao.claims.slips import digits_of, moves_of, one_slip_away
from dudao.claims.stage_names import stage_of
from dudao.claims.sums.closed import begins_behind_colon, closed_list
from dudao.claims.sums.each_named import with_each_counted
from dudao.claims.sums.lists import told_like
from dudao.claims.sums.overlap import told_twice
from dudao.claims.sums.proposing import shortfall
from dudao.claims.sums.told_each import choices, lists_told_each, makes, makes_another
from dudao.claims.wholes import adds_up

LEFT_OUT = 20.0
"""The same for a list whose parts make less than the total."""
NAMED_PARTS = 5.0
"""The same where words open the list in the sentence of its total or close it: in true texts such a list adds up."""
PARTS_TOLD = 50.0
"""The same where the parts tell more than their amounts: 其中 then often names the largest alone."""
TOGETHER = 4.0
"""The same for a total that is said to be one."""
UNSAID = 100.0
"""The same, whatever the gap, where no word says that the amounts are parts."""
NEVER = 1e9
TELLING_DIGITS = 3
"""A total of fewer digits (860万元) is too easily one slip away from parts that leave something out."""
OVERLAPPING = 5
"""So many times unlikelier must chance be where the names of the parts may overlap."""
LEAD = 12
"""How many characters before the clause of its first part a list may be opened."""
SENTENCES = 2
"""How many sentences before a list that no word opens its total may stand."""
TOTALS = 12
"""How many figures back the total of a list may stand."""
LAST_DIGIT = 10
"""Lists that no word closes leave out less than so many units."""
A_FEW = 2
"""So few that two parts leave are told elsewhere or nowhere."""
BREATH = 3
"""How many parts a list of one breath has at least."""
_STAGED = re.compile(r"小学|初中")
_TOTAL = re.compile(r"(?:总[分数额计量]|[共总合]计|共)(?:为|是|达)?$")
_TAKEN = re.compile(r"扣|减")
"""满意度91.2分，加分12分，扣分5分，总分960.7分: what is taken off is no part."""
_DONE_WITH = re.compile(r"(?:已|共|目前|现)*(?:整改|完成|办结|解决|化解|整治|销号|竣工|完工|落实|处理|处置)")
"""What is done with all of them begins anew behind ； and is no part of them."""
_STATE = re.compile("完成|整改|竣工|完工|在建|开工|未|正在|已|办结|解决|化解|销号|处理|落实")
_GOES_ON = re.compile(r"[、，,和及]\s*\d")
_OF_ALL_KINDS = re.compile("各级各类|各类学校")
_SCHOOLS = re.compile("幼儿园|小学|义务教育")
_LATER = re.compile("中职|职业|中专|高校|高等|大学|特殊|其他|其余")
"""What schools of all kinds hold beside kindergartens, compulsory and general upper secondary education."""
_MARKS = frozenset("：:（(")
_MINUS = re.compile(r"[\t\n|][-－−]")
"""11000 | 9991 | -9: what a cell of a table takes off is no part."""
_LISTED = re.compile(
    r"其中|包括|[：:（(]|分为|由|按[^，。；]{1,8}(?:分|划分|统计)|看[，,]|用于|中[，,]|来源|来自|(?:安排|分配|投入|分布|覆盖)(?:到|给|在|于)"
)


def slipped_lists(passage: Passage, standing: Standing) -> Iterator[Proposal]:
    """Yield lists of amounts side by side that miss an amount told before by one digit."""
    passage = with_each_counted(passage)
    mentions = passage.mentions
    totals = levels_of(mentions)
    first = 0
    while first < len(mentions):
        run = amounts_in_a_row(mentions, first, totals)
        if len(run) >= 2:
            yield from _list(passage, first, run, standing)
        first += max(len(run), 1)
    for total, parts in said_totals(passage):
        yield from _one_slip(passage, total, parts, standing, sure=True)
    for total, parts in slipped_columns(passage):
        yield from _one_slip(passage, total, parts, standing, sure=True)
    for total, parts, sure in dealt_parts(passage):
        yield from _one_slip(passage, total, parts, standing, sure=sure)
    for total, parts in added_to(passage):
        yield from _one_slip(passage, total, parts, standing, sure=True)
    yield from chain(_told_each(passage, standing), _read_on(passage, standing))


def _read_on(passage: Passage, standing: Standing) -> Iterator[Proposal]:
    """Yield the first list behind each total that one slip keeps from making it, whatever stands between its parts."""
    done: set[int] = set()
    for total, parts, tried, rare in chain(lists_read_on(passage, standing), lists_of_a_name(passage, standing)):
        members = (total, *parts)
        indexes = {one.index for one in members}
        if total.index in done or indexes & standing.wrong or indexes <= standing.confirmed:
            continue
        if of_other_side(total, parts) or _nested(passage, parts):
            continue
        if abs(shortfall(total, parts)) < LAST_DIGIT * max(step(one.quantity) for one in members):
            continue  # 187所, of which 186 are told: the little that is left is hardly a slip
        closely = not divides(total, parts)
        if _near_by_slip(members, standing.confirmed, tried, rare, rare, closely=closely):
            found = _proposed(passage, total, parts)
            if found is not None and not found.holds:
                done.add(total.index)
                yield found


def _nested(passage: Passage, parts: Sequence[Mention]) -> bool:
    """Return whether 其中 between two parts makes the later one of the earlier: 高中6155亿元，其中中职2223亿元."""
    return any(
        "其中" in passage.text[left.quantity.span.end : right.quantity.span.start] for left, right in pairwise(parts)
    )


def _told_each(passage: Passage, standing: Standing) -> Iterator[Proposal]:
    """Yield lists whose parts tell their growth or share as well, which one slip keeps from making their total."""
    told = lists_told_each(passage)
    made = {one.parts[0].index for one in told if makes(one)}
    whole = {one.place for one in told if len(makes(one)) == len(one.parts)}
    for one in told:
        if (
            one.leaves_out
            or one.parts[0].index in made
            or crossing(one.total, one.parts)
            or told_twice(passage, one.total, one.parts)
            or makes_another(passage, one)
            or _of_more_stages(one.total, one.parts)
        ):
            continue
        if one.complete and one.place in whole:
            # 172个项目投资1434.9亿元，按阶段划分，64个完成651.3亿元；…: as the money adds up, so do the projects.
            yield from _one_slip(passage, one.total, list(one.parts), standing, sure=True)
            continue
        divided = divides(one.total, one.parts)
        if not divided and digits_written(one.total.quantity) <= TELLING_DIGITS:
            continue
        sure = one.complete or divided
        for tried, parts in enumerate(choices(one), 1):
            members = (one.total, *parts)
            indexes = {each.index for each in members}
            if indexes & standing.wrong:
                break
            rarer = NAMED_PARTS if sure else PARTS_TOLD
            # 58214万元，增长6.3%: a growth of two digits tells little of the last ones of its amount.
            known = {one.total.index} & standing.totalled if sure else standing.confirmed
            if not _near_by_slip(members, known, tried, rarer, rarer):
                continue
            found = _proposed(passage, one.total, list(parts))
            if found is not None and not found.holds:
                yield found
            break


def _one_slip(
    passage: Passage, total: Mention, parts: list[Mention], standing: Standing, *, sure: bool
) -> Iterator[Proposal]:
    """Yield a sum that its words ask for and one slip keeps from holding; unless `sure`, chance must be unlikely."""
    members = (total, *parts)
    indexes = {one.index for one in members}
    if indexes & standing.wrong or total.index in standing.totalled or indexes <= standing.confirmed:
        return
    if sure:
        near = one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)
    else:
        near = _near_by_slip(members, standing.confirmed, 1, NAMED_PARTS)
    found = _proposed(passage, total, parts) if near else None
    if found is not None and not found.holds:
        yield found


def slipped_stages(passage: Passage, total: Mention, parts: list[Mention], standing: Standing) -> Iterator[Proposal]:
    """Yield a whole of stages told paragraphs apart that one slip keeps from being their sum."""
    members = (total, *parts)
    indexes = {one.index for one in members}
    if indexes & standing.wrong or indexes <= standing.confirmed or adds_up(total, parts):
        return
    if _near_by_slip(members, standing.confirmed, FAR, UNLIKELY):
        found = _proposed(passage, total, parts)
        if found is not None:
            yield found


def _list(passage: Passage, first: int, run: list[Mention], standing: Standing) -> Iterator[Proposal]:
    tried = 0
    for total, parts, left_out in _totals(passage, first, run):
        members = (total, *parts)
        indexes = {one.index for one in members}
        if indexes & standing.wrong or goes_both_ways(parts):
            return
        if standing.totals.get(total.index, {total.index}) != {total.index} and parts[0].part != total.part:
            continue  # 325万元，其中校舍104万元，设备221万元；东区…: a part of what adds up is no total
        if total.quantity.value <= max(one.quantity.value for one in parts) or told_twice(passage, total, parts):
            continue
        if some_go_on(parts) or any(
            told_like(total, parts[:number], one) for number, one in enumerate(parts) if one.part != total.part
        ):
            continue
        if _ends_with_a_deed(total, parts):
            continue  # 发现隐患526处，其中重大隐患2处；整改517处
        if parts[0].depth > parts[-1].depth:
            continue  # 405人（含残疾1人），毕业402人: what a parenthesis counts within is beside nothing outside it
        tried += 1
        if any(adds_up(total, parts[:end]) for end in range(2, len(parts))):
            continue  # 需要186人，目前仅97人，缺口89人，近三年年均引进10人: what is told behind is no part
        # 班主任3975人次、学科教师13653人次 may overlap; that they then make nearly the whole must be unlikelier.
        crossed = crossing(total, parts)
        if crossed and -LAST_DIGIT < shortfall(total, parts) < 0:
            continue  # 骨干教师241名，其中省级68名、市级178名: five are both
        if 0 < shortfall(total, parts) <= A_FEW and len(parts) == len("两项") and not divides(total, parts):
            continue  # 床位594张，其中医院473张，卫生院120张: one stands elsewhere
        doubted = tried * (OVERLAPPING if crossed else 1)
        closely = not divides(total, parts)
        if indexes <= standing.confirmed or not _near_by_slip(
            members, standing.confirmed, doubted, left_out, closely=closely
        ):
            continue
        found = _proposed(passage, total, parts)
        if found is not None and not found.holds:
            yield found
        return
    yield from _unsaid(passage, first, run, standing)


def _ends_with_a_deed(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether what was done with all of them stands behind the parts, no part of which is told by its state."""
    states = any(_STATE.search(one.lead) for one in parts[:1])
    return any(_DONE_WITH.match(one.lead) and (one.part != total.part or not states) for one in parts[1:])


def _unsaid(passage: Passage, first: int, run: list[Mention], standing: Standing) -> Iterator[Proposal]:
    """Yield 受益38462人，…；小学22913人，初中12549人: chance hardly brings them within a digit of an amount."""
    tried = 0
    for total, parts, left_out in _before(passage, first, run):
        members = (total, *parts)
        indexes = {one.index for one in members}
        if indexes & standing.wrong or goes_both_ways(parts) or indexes <= standing.confirmed:
            continue
        if total.quantity.value <= max(one.quantity.value for one in parts) or told_twice(passage, total, parts):
            continue
        tried += 1
        if crossing(total, parts) or any(adds_up(total, parts[:end]) for end in range(2, len(parts) + 1)):
            continue
        if _near_by_slip(
            members, standing.confirmed, tried, left_out, min(left_out, UNSAID) if divides(total, parts) else UNSAID
        ):
            found = _proposed(passage, total, parts)
            if found is not None and not found.holds:
                yield found
            return


def _of_more_stages(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether schools of all kinds are told up to 高中 alone: 各类民办学校1783所，民办幼儿园…，民办高中…."""
    named = "".join(one.lead for one in parts)
    return (
        _OF_ALL_KINDS.search(total.lead) is not None and _SCHOOLS.search(named) is not None and not _LATER.search(named)
    )


def _before(passage: Passage, first: int, run: list[Mention]) -> Iterator[tuple[Mention, list[Mention], float]]:
    """Yield the amounts that may be the total of a run: its own first one, then those of the sentences before."""
    if len(run) > 2:
        # 常住人口11840人，在园幼儿11236人（另有…304人）: amounts beside one another often leave something out.
        yield run[0], run[1:], NEVER
        # 分别补拨385万元、306万元，691万元欠款全部到位
        if "分别" in run[0].clause and not run[-1].lead:
            yield run[-1], run[:-1], TOGETHER
    for other in passage.mentions[max(first - TOTALS, 0) : first][::-1]:
        if other.paragraph != run[0].paragraph or run[0].sentence - other.sentence > SENTENCES:
            return
        if plain_amount(other) and other.level and not other.each and same_unit(other, run[0]):
            yield other, run, NAMED_PARTS if divides(other, run) else UNSAID


def _proposed(passage: Passage, total: Mention, parts: Sequence[Mention]) -> Proposal | None:
    if told_of_some(parts) or any(_MINUS.match(passage.text, max(part.quantity.span.start - 2, 0)) for part in parts):
        return None
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    formula = "total = " + " + ".join(names)
    wording = Wording(NAME, ClaimType.SUM, formula, joined([part.quantity for part in parts]))
    return propose(passage, wording, ("total", total), names, add, STRUCTURAL, derived=False)


def _totals(passage: Passage, first: int, run: list[Mention]) -> Iterator[tuple[Mention, list[Mention], float]]:
    """Yield what a list may be the parts of, and how rare chance must be: its own first amount, then those before."""
    for place in range(len(run) - 2):
        if _listed(passage, run[place], run[place + 1]) or _in_one_breath(passage, run[place:]):
            yield run[place], _in_breath(passage, run[place + 1 :]), _named(run[place])
        elif place == 0 and not begins_behind_colon(passage, run[0]) and (parts := closed_list(passage, first)):
            yield run[place], parts, _named(run[place])
    for place in range(len(run) - 2):
        if (stages := _stages_beside(run[place:])) is not None:
            yield run[place], stages, LEFT_OUT
    added = next((place for place, one in enumerate(run) if place >= 2 and _added_up(one)), 0)
    taken = any(_TAKEN.search(one.lead) for one in run[:added])
    if added and not taken and not of_other_things(run[added], run[:added]):
        yield run[added], run[:added], TOGETHER
    nearest = True
    for other in passage.mentions[max(first - TOTALS, 0) : first][::-1]:
        if other.paragraph != run[0].paragraph or not (plain_amount(other) and other.level) or other.each:
            continue
        if other.quantity.unit == run[0].quantity.unit and _listed(passage, other, run[0]):
            # 合计9.77亿元，使用9.42亿元，其中…: the word opens the list of the amount next to it.
            yield other, run, _named(other) if nearest and other.sentence == run[0].sentence else LEFT_OUT
            nearest = False


def _added_up(one: Mention) -> bool:
    return one.summing or _TOTAL.search(one.lead) is not None


def _named(total: Mention) -> float:
    return NAMED_PARTS if digits_written(total.quantity) >= TELLING_DIGITS else LEFT_OUT


def _listed(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether words between a total and what may be its first part open a list."""
    start = passage.segmentation.clauses.span(first.clause_number).start
    words = passage.text[max(total.quantity.span.end, start - LEAD) : first.quantity.span.start]
    if total.depth and first.depth and total.parenthesis != first.parenthesis:
        # 班主任（1340名）和科学、美术教师（895名）: each parenthesis tells the number of what stands before it.
        return False
    bare = first.depth > total.depth and not (first.lead or first.tail)
    if bare and _GOES_ON.match(passage.text, first.quantity.span.end):
        # 分别比标准（4.5平方米、5.8平方米）高0.62平方米: bare figures say how much what stands before is.
        return False
    opened = _LISTED.search(words)
    # 配套园17所，未移交6所。整改情况：已移交5所，累计移交16所: a heading of what follows opens no list.
    return opened is not None and (opened[0] not in _MARKS or total.part == first.part)


def _in_breath(passage: Passage, parts: list[Mention]) -> list[Mention]:
    """Return the parts up to the end of a list of one breath: 建设794万元、设备231万元、资助326万元，支出1190万元."""
    joined_on = [passage.text[one.quantity.span.end : one.quantity.span.end + 1] in ("、", "和", "及") for one in parts]
    end = [*joined_on, False].index(False) + 1
    return parts[:end] if 1 < end < len(parts) else parts


def _in_one_breath(passage: Passage, run: Sequence[Mention]) -> bool:
    """Return whether a list of one breath follows an amount: 82417人，幼儿17206人、小学生36154人、初中生17983人."""
    total, *parts = run
    joints = [passage.text[left.quantity.span.end : left.quantity.span.end + 1] for left, right in pairwise(parts)]
    named = len({one.noun for one in parts}) == len(parts)
    begins = passage.text[total.quantity.span.end : total.quantity.span.end + 1] in ("，", ",", "（", "(")
    return len(parts) >= BREATH and begins and named and all(joint in ("、", "和", "及") for joint in joints)


def _stages_beside(run: Sequence[Mention]) -> list[Mention] | None:
    """Return the two stages right behind a total of neither: 专任教师3642人，小学2335人，初中1307人."""
    total, *parts = run[:3]
    further = run[3] if len(run) > 3 else None
    in_order = all(right.clause_number - left.clause_number <= 1 for left, right in pairwise(run[:3]))
    alone = further is None or further.clause_number - parts[-1].clause_number > 1 or stage_of(further) is None
    staged = [_STAGED.fullmatch(one.noun) for one in parts]
    named = all(one is not None for one in staged) and parts[0].noun != parts[1].noun
    return parts if in_order and alone and named and _STAGED.search(total.noun) is None else None


def _near_by_slip(
    members: Sequence[Mention],
    confirmed: AbstractSet[int],
    tried: int,
    left_out: float = LEFT_OUT,
    exceeding: float = UNLIKELY,
    *,
    closely: bool = False,
) -> bool:
    """Return whether one slip of a figure that nothing confirms would make a sum fit, and chance hardly would.

    `closely` asks of parts that leave something to fit to the last digit: what is left may be parts that nobody names.
    """
    digits = [digits_of(one.quantity) for one in members]
    known = [one for one in digits if one is not None]
    if len(known) < len(members):
        return False
    gap = members[0].quantity.value - sum((one.quantity.value for one in members[1:]), Decimal(0))
    free = [place for place, one in enumerate(members) if one.index not in confirmed]
    # What a slip of the total adds to the gap, one of a part takes from it.
    reached = {
        moved * own.unit if place else -moved * own.unit
        for place in free
        for own in (known[place],)
        for moved in moves_of(own.number)
    }
    rounded = sum((one.unit for one in known if one.unit != 1), Decimal(0)) / 2
    # Between figures all written to the tens a part that is left out would be as round as they are.
    whole = max(one.unit for one in known)
    while all(one.quantity.value % (whole * 10) == 0 for one in members):
        whole *= 10
    for room in (Decimal(0),) if closely and gap > 0 else (Decimal(0), rounded):
        if any(abs(gap - one) <= room for one in reached):
            alike = sum(1 for one in reached if (one > 0) == (gap > 0) and (room or one % whole == 0))
            likely = tried * alike * float(2 * room or whole) / float(members[0].quantity.value)
            # What is missing from a total may be parts that are not named.
            return likely * (exceeding if gap < 0 else left_out) <= 1
    return False
