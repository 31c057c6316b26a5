"""The parts that follow their total: 共43所，其中公办10所，民办33所."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from dudao.claims.completeness import OPEN_LIST, crossing, must_add_up, names_apart, names_rest
from dudao.claims.divisions import divides, halves_of_year, outcomes_divide
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import (
    EXPLICIT,
    STRUCTURAL,
    WEAK,
    Proposal,
)
from dudao.claims.slips import one_slip_away
from dudao.claims.stage_names import named_by_stage, names_all_stages
from dudao.claims.sums.bare import unit_lost
from dudao.claims.sums.closed import denies, one_of_them
from dudao.claims.sums.counted_row import dealt_to_counted
from dudao.claims.sums.in_parenthesis import (
    in_two_rows,
    is_all_list,
    of_another_time,
    of_change,
    of_standard,
    told_first,
)
from dudao.claims.sums.listed_itself import full_points, is_listed_itself
from dudao.claims.sums.lists import (
    AMONG_PARTS,
    OUTCOMES_AHEAD,
    PARTS_LIMIT,
    goes_on_behind,
    one_after_another,
    opens_by_colon,
    opens_list,
)
from dudao.claims.sums.opposed import DENIED, opposed, too_many_opposed
from dudao.claims.sums.overlap import (
    fill_another,
    graded,
    makes_with_next,
    mentions_share,
    of_those_gone,
    overlap,
    shared_of_divided,
    shares_fill,
    told_by_shares,
    told_twice,
)
from dudao.claims.sums.proposing import shortfall, stretches, sum_of, surely
from dudao.claims.sums.run_behind import (
    SECOND_TOLD,
    cuts_row,
    divided_first,
    made_before,
    of_other_places,
    of_other_years,
    of_others,
    run_behind,
    selections,
    undivided,
    whole_list,
    within_row,
)
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Kind

_OF_WHICH = re.compile(r"^[^，]{0,10}?(?<![高初集其])中(?![等小学心央职考级高国]|专(?!任|职|业))")
"""23个问题中已完成整改17个."""
_USED = re.compile(r"(?:主要|分别|重点)?(?:用于|投向|投入到|支持)[^，。；\d]{0,24}$")
_LACKING = re.compile(r"缺口|空[编缺]|缺[编额员少]|欠[拨付缴]|尚?缺$")
_COUNTED = re.compile(r"(?:总数|总量|共有|共|总计|合计)(?:为|达|约)*+$")
_SCORED = re.compile(r"(?:实际|自评|评价|评估)?得分?(?:为|：)?")
_REST_FOLLOWS = re.compile(r"[，；。]?(?:其余|剩余|余下|剩下|另有|还有|尚有|其他|其它)")
_GOES_ON_BELOW = re.compile(r"[；;、][ \u3000]*\n")
"""其中中学教职工9380人，专任教师6664人； and a new line: the list is not at its end."""
_HOLDS = re.compile(r"(?:其中)?(?:包?含|包括)")
_INDEX = re.compile(
    r"(?:率|系数|指数|比值|均值|值)(?:均|都|分别|低于|高于|小于|大于|不高于|不低于|不超过|控制在|为|达|约|到)*$"
)
"""校际差异率低于0.15，其中数学为0.087: an index has no parts that make it."""
_DUE_BY = re.compile(
    r"[^，。；、\d]{0,8}(?:20\d\d年|今年|明年|后年|年内|年底|\d{1,2}月|本月|[春秋]季)[^，。；、]{0,14}?"
    r"(?:完成|销号|到位|整改|竣工|投用|达标|消除|解决|交付|开工)"
)


def parts_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the sums of the parts that follow a total, in a parenthesis and outside."""
    following = passage.mentions[place + 1] if place + 1 < len(passage.mentions) else None
    if following is None:
        return
    if following.role is Role.SHARE and place + 2 < len(passage.mentions):
        following = passage.mentions[place + 2]
    # A level outside any parenthesis right behind the total: nothing stands inside one.
    if following.depth > passage.mentions[place].depth or not following.level:
        yield from _list_behind(passage, place, inside=True)
    yield from _list_behind(passage, place, inside=False)


def _list_behind(passage: Passage, place: int, *, inside: bool) -> Iterator[Proposal]:
    total = passage.mentions[place]
    if not inside and (in_turn := dealt_to_counted(passage, place)):
        yield from sum_of(passage, total, in_turn, EXPLICIT)
        return
    run, marked = run_behind(passage, place, inside=inside)
    run = full_points(total, run)
    if len(run) < 2 or (inside and (of_change(passage, place, run) or of_another_time(passage, run))):
        return
    if (total.quantity.unit == "" and _INDEX.search(total.lead)) or of_other_places(total, run):
        return
    if not inside and of_those_gone(passage, place, run):
        return
    if inside and (in_two_rows(passage, place, run) or of_standard(passage, total, run)):
        return
    bounded = total.slack is None or total.quantity.kind is Kind.SCORE
    if bounded and any(one.quantity.value >= total.quantity.value for one in run):
        # 满意度88.92分，其中家长、学生分别为87.64分和94.27分: a mean; 超过100万辆，其中三市超过400万辆: bounds.
        return
    if "分别" in run[0].lead and any(one.quantity.value == total.quantity.value for one in run[1:]):
        # 43862人，近三年分别为42315人、43106人和43862人: a row that ends with the figure itself is none of its parts.
        return
    for choice in selections(total, run):
        for parts in stretches(total, choice, from_first=True):
            if (
                _breaks_off(total, choice, parts)
                or _within_one_breath(passage, choice, parts)
                or cuts_row(passage, parts)
                or _adds_nothing(parts)
            ):
                continue
            if total.slack is None and -shortfall(total, parts) * 10 > total.quantity.value:
                # 学生超过5万人的有4个县，分别为10.84万人、8.13万人: any sum is more than that.
                continue
            strength = EXPLICIT if marked else (STRUCTURAL if divides(total, parts) else WEAK)
            used = len(parts) == len(run) and _USED.search(parts[0].lead)
            among = len(parts) == len(run) >= AMONG_PARTS and _OF_WHICH.search(total.tail)
            against = len(parts) == len(run) and total.tail.endswith("中") and opposed(parts)
            told = used or against or among or (len(parts) == len(run) and _counted_off(passage, total, parts))
            if strength == WEAK and not (total.total or told or surely(total, parts, len(run))):
                continue
            yield from sum_of(passage, total, parts, strength)
            yield from _divided_next(total, run, parts, passage)
            return
    if run[0].sentence > total.sentence and makes_with_next(passage, place, run):
        return
    if of_other_years(passage, total, run[0]) or (not inside and within_row(passage, place, run[0])):
        return
    if total.base or _dealt_to_wholes(passage, place, run) or (not marked and _beside_first(passage, place, run[0])):
        return
    if not (marked or total.total) and is_listed_itself(passage, place, run):
        return
    opened = next((number for number, one in enumerate(run) if number and one.lead.startswith("其中")), 0)
    if opened and len(run) - opened >= 2 and adds_up(total, run[opened:]):
        # 投资16.84亿元，比计划15亿元多1.84亿元，其中一区5.12亿元…: the list is of the head, whatever lies between.
        yield from sum_of(passage, total, run[opened:], EXPLICIT)
        first = run[:opened]
        dealt = len(first) >= AMONG_PARTS and "分别" in first[0].lead and one_after_another(total, first)
        if dealt and abs(shortfall(total, first)) * SECOND_TOLD <= total.quantity.value:
            # 5268万元，投入分别为1860万元、…、325万元，其中省级补助3150万元，区级自筹2118万元: divided before as well.
            yield from sum_of(passage, total, first, EXPLICIT)
        return
    whole = whole_list(passage, total, run)
    if not divides(total, whole) and not (marked and (named_by_stage(whole) or names_apart(whole))):
        below = [*takewhile(lambda one: one.quantity.value < total.quantity.value, whole)]
        # 6183人，其中管理人员17人，工人59人，专业技术人员6607人: one digit of the last is too much.
        kept = marked and (inside or len(whole) >= AMONG_PARTS)
        kept = kept and one_slip_away(total.quantity, [one.quantity for one in whole])
        whole = whole if kept else below
    if len(whole) < 2:
        return
    whole = divided_first(total, whole) if marked else undivided(total, whole)
    if len(whole) < 2:
        return
    # 26项主要指标，其中…: what the total itself is called leaves nothing open.
    named_so = total.tail if passage.text.startswith(total.tail, total.quantity.span.end) else ""
    between = passage.text[total.quantity.span.end + len(named_so) : whole[-1].quantity.span.end]
    if marked and total.quantity.kind is Kind.SCORE and all(_SCORED.fullmatch(one.lead) for one in whole):
        # 得分90.6分。其中：决策（15分）得14分；过程（25分）得21.8分
        if len(whole) >= AMONG_PARTS and not OPEN_LIST.search(between):
            yield from sum_of(passage, total, whole, EXPLICIT)
        return
    if not inside and shares_fill(passage, place, whole) and fill_another(passage, place, whole):
        return
    if told_by_shares(passage, place, whole):
        return
    all_named = inside and is_all_list(passage, total, whole) and not _far_too_few(total, whole)
    if all_named or shares_fill(passage, place, whole) or (not inside and _behind_colon(passage, total, whole)):
        if (not crossing(total, whole) or names_rest(whole)) and not OPEN_LIST.search(between):
            yield from sum_of(passage, total, whole, EXPLICIT)
        return
    if whole[0].sentence > total.sentence and made_before(passage, place, whole):
        return
    if told_twice(passage, total, whole) or (inside and shortfall(total, whole) < 0 and told_first(passage, whole)):
        return
    if total.tail.endswith("中") and graded(total, whole):
        yield from sum_of(passage, total, whole, EXPLICIT)
        return
    if whole[0].sentence > total.sentence and (shared_of_divided(passage, total, whole) or _far_too_few(total, whole)):
        return
    behind = whole[-1].quantity.span.end
    if _GOES_ON_BELOW.match(passage.text, behind):
        return
    more_follows = shortfall(total, whole) > 0 and _REST_FOLLOWS.search(passage.text, behind, behind + 16)
    named = more_follows and more_follows[0].endswith(("其他", "其它")) and passage.text.startswith("；", behind)
    if named and divides(total, whole):
        more_follows = None  # 268人，其中在职173人，离休0人，退休75人；年末其他人员12人
    if (more_follows and not _beside_only(passage, total, whole)) or overlap(passage, place, whole):
        return
    if not inside and (with_inner := _with_inner(passage, place, whole)) is not None:
        if adds_up(total, with_inner):
            yield from sum_of(passage, total, with_inner, STRUCTURAL)
        return
    counted = bool(_COUNTED.search(total.lead)) or names_all_stages(whole)
    counted = counted and _adjacent(total, whole[0]) and named_by_stage(whole)
    announced = inside or counted or total.tail.endswith("中") or opens_list(passage, total, run[0])
    if not announced and one_after_another(total, whole) and abs(shortfall(total, whole)) * 5 <= total.quantity.value:
        alike = all(one.quantity.unit == total.quantity.unit for one in whole)
        of_rest = names_rest(whole) and _heads(passage, place) and not one_of_them(total, whole)
        announced = (alike and bool(_OF_WHICH.search(total.tail))) or of_rest
    if whole[0].clause_number - total.clause_number <= OUTCOMES_AHEAD and outcomes_divide(total, whole):
        yield from sum_of(passage, total, whole, WEAK if goes_on_behind(passage.mentions, whole[-1]) else STRUCTURAL)
        return
    if announced and _must_be_all(passage, total, whole):
        yield from sum_of(passage, total, whole, EXPLICIT)
        return
    shared = whole[0].clause_number - total.clause_number == 2 and mentions_share(passage, place)
    named = len(whole) >= AMONG_PARTS and divides(total, whole) and total.quantity.kind is Kind.COUNT
    shared = shared or (named and whole[0].clause_number - total.clause_number <= AMONG_PARTS)
    if not (announced or shared or _adjacent(total, whole[0]) or (marked and halves_of_year(total, whole))):
        return
    if (head := _larger_head(passage, place, whole)) is not None:
        yield from sum_of(passage, head, whole, EXPLICIT)
        return
    if (restored := unit_lost(passage, place, whole)) is not None:
        yield from sum_of(passage, total, restored, STRUCTURAL)
        return
    others = of_others(total, whole) and _far_beyond(total, whole, marked=marked)
    # Two parts that are each more than the total are not made so by one slip.
    others = others or sum(one.quantity.value > total.quantity.value for one in whole) > 1
    if whole[0].sentence > total.sentence and others:
        return  # 小学在校12600人，…。从职称看，正高级147人、副高级6208人、中级10327人、…: of others, told nowhere
    apart = whole[-1].sentence > whole[0].sentence and (len(whole) == 2 or not _nearly(total, whole))
    if not marked and not inside and whole[0].part != total.part and _lacks(total) and not any(map(_lacks, whole)):
        return  # 编制缺口286名；不在岗19名；代课147名: each lack is told by itself, and nobody there is a part of it
    if not apart and must_add_up(total, whole, between, announced=announced):
        yield from sum_of(passage, total, whole, EXPLICIT if announced else STRUCTURAL)


def _lacks(mention: Mention) -> bool:
    return _LACKING.search(mention.lead) is not None


def _far_too_few(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts of a later sentence make less than half of a total: the head of their list is another."""
    too_few = shortfall(total, parts) * 2 > total.quantity.value
    return too_few and not one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True)


def _far_beyond(total: Mention, parts: Sequence[Mention], *, marked: bool) -> bool:
    """Return whether parts of a later sentence make so much more than a total that they are of another one."""
    beyond = -shortfall(total, parts) * SECOND_TOLD > total.quantity.value
    return beyond and not (marked and one_slip_away(total.quantity, [one.quantity for one in parts], rounded=True))


def _divided_next(
    total: Mention, run: Sequence[Mention], parts: Sequence[Mention], passage: Passage
) -> Iterator[Proposal]:
    """Yield the parts that 其中 opens behind a list that is complete: 其中省级补助3150万元，区级自筹2118万元."""
    rest = [one for one in run if one.index > parts[-1].index and one.depth == parts[-1].depth]
    if len(rest) >= 2 and rest[0].lead.startswith("其中") and adds_up(total, rest):
        for one in sum_of(passage, total, rest, EXPLICIT):
            yield replace(one, stated=rest[0].index)


def _counted_off(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether each clause up to the end counts off a part: 未达标4所，3所运动场地不足，1所实验室不足。"""
    first = all(not one.lead.strip("，") and one.tail for one in parts) and one_after_another(total, parts)
    place = bisect_left(passage.mentions, parts[-1].index, key=lambda one: one.index) + 1
    following = passage.mentions[place] if place < len(passage.mentions) else None
    ends = following is None or following.part != total.part or not same_unit(following, total)
    return first and parts[0].part == total.part and ends


def _larger_head(passage: Passage, place: int, parts: Sequence[Mention]) -> Mention | None:
    """Return what a list divides that its own last part is too small for.

    投入1.64亿元，市级0.38亿元，县级1.26亿元；其中设施9840万元，其余6560万元: the head, divided again.
    """
    total = passage.mentions[place]
    if shortfall(total, parts) >= 0:
        return None
    before = passage.mentions[max(place - PARTS_LIMIT, 0) : place]
    heads = [one for one in before if one.sentence == total.sentence and one.level and same_unit(one, total)]
    return next((one for one in heads if not one.each and adds_up(one, parts)), None)


def _beside_only(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether what 另有 adds is one figure that does not fill the gap, so that it stands beside the total.

    学校53所，其中小学31所，初中16所，一贯制6所；另有市直1所: either the parts make 53, or they do with the one.
    """
    first = bisect_left(passage.mentions, parts[-1].index, key=lambda one: one.index) + 1
    behind = [
        one
        for one in passage.mentions[first : first + PARTS_LIMIT]
        if one.sentence == parts[-1].sentence and same_unit(one, total)
    ]
    if len(behind) != 1 or behind[0].part == parts[-1].part or not behind[0].lead.startswith("另"):
        return False
    return not adds_up(total, [*parts, behind[0]])


def _heads(passage: Passage, place: int) -> bool:
    """Return whether a figure begins a list, so that no amount of its unit stands right before it."""
    total, before = passage.mentions[place], passage.mentions[place - 1] if place else None
    if before is None or before.sentence != total.sentence or not same_unit(before, total):
        return True
    return total.clause_number - before.clause_number > 1


def _must_be_all(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts are told and denied, or each has its own time: 其中2个6月底前完成，4个年底前完成."""
    if shortfall(total, parts) * 2 > total.quantity.value:
        return False
    if total.tail.endswith("中") and (opposed(parts, DENIED) or too_many_opposed(total, parts)):
        return True
    if total.tail.endswith("中") and len(parts) == 2 and denies(parts):
        return one_slip_away(total.quantity, [one.quantity for one in parts])
    return all(_DUE_BY.match(passage.text, one.quantity.span.end) is not None for one in parts)


def _with_inner(passage: Passage, place: int, parts: Sequence[Mention]) -> list[Mention] | None:
    """Return parts with one told in parentheses behind the total: 83526人（含在园幼儿16240人）：小学…人，初中…人."""
    mentions, total = passage.mentions, passage.mentions[place]
    inner = mentions[place + 1]
    within = inner.depth == total.depth + 1 and inner.index < parts[0].index and same_unit(inner, total)
    return [inner, *parts] if within and _HOLDS.match(inner.lead) else None


def _adds_nothing(parts: Sequence[Mention]) -> bool:
    """Return whether the last part is none, told behind ；: 248人，其中在职173人，退休75人；其他人员0人."""
    return len(parts) > 2 and parts[-1].quantity.value == 0 and parts[-1].part != parts[-2].part == parts[0].part


def _breaks_off(total: Mention, listed: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Return whether a list of stages goes on behind the parts that fit: 128所：幼儿园52所…高中6所，特教学校1所."""
    if len(parts) == len(listed) or [*parts] != [*listed[: len(parts)]]:
        return False
    following, last = listed[len(parts)], parts[-1]
    beside = following.sentence == last.sentence and following.clause_number - last.clause_number <= 1
    return beside and named_by_stage(listed[: len(parts) + 1]) and not divides(total, parts)


def _dealt_to_wholes(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether 分别 deals the parts to several wholes: 建议41件、提案67件，其中今年分别为12件和21件."""
    if "分别" not in run[0].lead and "各" not in run[0].lead:
        return False
    mentions, total = passage.mentions, passage.mentions[place]
    before = mentions[place - 1] if place else None
    return before is not None and before.part == total.part and before.level and same_unit(before, total)


def _beside_first(passage: Passage, place: int, first: Mention) -> bool:
    """Return whether a figure makes one before it with the next: 8个，其中续建6个、…，新建2个；2025年完成剩余3个."""
    total = passage.mentions[place]
    before = passage.mentions[max(place - PARTS_LIMIT, 0) : place]
    heads = (one for one in before if one.sentence == total.sentence and one.level and same_unit(one, total))
    return any(one.quantity.value == total.quantity.value + first.quantity.value for one in heads)


def _within_one_breath(passage: Passage, run: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Return whether parts end within a list of one breath: 校长41人、教师62人 of 校长41人、教师62人、家长代表40人."""
    if len(parts) == len(run):
        return False
    last, following = parts[-1], run[len(parts)]
    return (
        following.depth == last.depth
        and passage.text.startswith("、", last.quantity.span.end)
        and passage.text.startswith("、", parts[-2].quantity.span.end)
        and following.clause_number - last.clause_number <= 1
    )


def _behind_colon(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a colon right behind a total opens a list of names and figures: 187所：幼儿园98所，小学61所."""
    opened = opens_by_colon(passage, total, parts[0].quantity.span.start)
    if not opened or abs(shortfall(total, parts)) * 5 > total.quantity.value:
        return False
    apart = len({one.noun for one in parts}) == len(parts) >= AMONG_PARTS and all(one.noun for one in parts)
    if any(one.lead.endswith("各") for one in parts):
        return False
    return apart and one_after_another(total, parts)


def _nearly(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts of two sentences come so near to the total that they must be meant as its parts."""
    return abs(shortfall(total, parts)) * 20 <= total.quantity.value


def _adjacent(total: Mention, part: Mention) -> bool:
    return part.clause_number - total.clause_number <= 1
