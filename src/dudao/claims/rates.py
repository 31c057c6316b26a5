"""A rate and the two counts that make it: 受理326件，办结318件，办结率97.5%."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.fractions import fraction_beside, share_of, share_of_sum, written_fraction
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, digits_written
from dudao.claims.rate_names import DENIED, OVER_ALL, PURE_RATE, is_rate_of, name_of_rate, takes_up
from dudao.claims.rate_siblings import done_of_due, posts_used, whole_of_rate_before
from dudao.claims.rate_wholes import (
    BEARER_REACH,
    DUE,
    RATE_REACH,
    REST_OF,
    STEM,
    all_asked,
    asked_by_name,
    begins_part,
    done_of_planned,
    due_behind,
    general_of_rate,
    gone_on,
    of_parted_whole,
    of_rest_behind,
    outcomes_before,
    planned_before,
    vacant_of_posts,
    whole_before,
)
from dudao.claims.savings import rate_of_savings
from dudao.claims.spent_by_name import spent_of_named
from dudao.claims.wholes import WHOLE_REACH, far_generals, named_among

DIGITS_NEEDED = 4
"""A part with fewer digits makes a rate of too many wholes by chance."""
BEARERS = 2
_WHOLE_STEM = re.compile(r"(?P<stem>完成)(?:率|进度)(?:为|达到|达|是|约|近|仅|只|有|均|：|:)*$")
_WIDENED = re.compile(r"[（(](?:含|包括)[^（）()]{1,8}[）)]率")
"""就业（含升学）率: more is counted than the name says."""
ENTIRE = 100
_IN_FULL = re.compile(r"(?:已|均|都)*(?:足额|全额|如数)")
_IN_FACT = re.compile(r"(?:其中|目前|现)*(?:实际|实|已|达)")
_COUNTED_AS = re.compile(r"学生|在校|在园|幼儿(?!园)|教师|教职工|合计|合起来|加起来")


def rate(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield a rate (普惠率85%) that two counts beside it make exactly; rates have bases of their own, so no more."""
    mentions, share = passage.mentions, passage.mentions[place]
    if (fraction := fraction_beside(passage, place)) is not None:
        yield from share_of(passage, *fraction, share, EXPLICIT)
        return
    if (written := written_fraction(passage, place)) is not None:
        yield written
        return
    over_all = OVER_ALL.match(share.lead) is not None and "满意" not in share.lead
    if not over_all and (made := of_parted_whole(mentions, place) or of_rest_behind(mentions, place)) is not None:
        yield from share_of(passage, *made, share, STRUCTURAL)
        return
    if (used := posts_used(mentions, place)) is not None:
        yield from share_of(passage, *used, share, STRUCTURAL)
        return
    if not over_all and (vacant := vacant_of_posts(mentions, place)) is not None:
        yield from share_of(passage, *vacant, share, EXPLICIT)
        return
    if not over_all and (plain := done_of_planned(mentions, place)) is not None:
        yield from share_of(passage, *plain, share, EXPLICIT)
        return
    if not over_all and (budgeted := spent_of_named(mentions, place)) is not None:
        yield from share_of(passage, *budgeted, share, STRUCTURAL)
        return
    if place == 0:
        return
    if saved := [*rate_of_savings(passage, place)]:
        yield from saved
        return
    if (both := _named_alike(mentions, place)) is not None:
        yield from share_of(passage, *both, share, STRUCTURAL)
        return
    if (those := _some_of_those(passage, place)) is not None:
        yield from share_of(passage, *those, share, STRUCTURAL)
        return
    if (due := due_behind(mentions, place)) is not None:
        yield from share_of(passage, *due, share, STRUCTURAL)
        return
    part_place = _part_of_rate(mentions, place)
    if part_place is None:
        return
    part = mentions[part_place]
    if share.quantity.value == ENTIRE and _IN_FULL.match(part.tail):
        # 小学1200元、初中1400元、幼儿园1000元足额拨付，到位率100%: each was given in full, none is a part of another.
        return
    named = _named_by_rate(mentions, place)
    if named is None:
        named = _only_bearer(mentions, place)
    if (further := gone_on(passage, place)) is not None:
        found = share_of_sum(passage, further[1:], further[0], share, STRUCTURAL)
        if found is not None:
            yield found
            return
    if (several := _bearers_of_sum(mentions, place)) is not None:
        found = share_of_sum(passage, several[1:], several[0], share)
        if found is not None:
            yield found
            return
    if named is not None:
        part_place, part = named, mentions[named]
    if (owed := done_of_due(mentions, part_place, share)) is not None:
        yield from share_of(passage, part, owed, share, EXPLICIT)
        return
    start = share.quantity.span.start
    widened = _WIDENED.search(passage.text, max(start - 16, 0), start) is not None
    if _same_told_otherwise(passage, part_place, place):
        # 学校45所，已完成38所、2516间，完成率83.9%: by which of the two counts is not said.
        over_all = True
    if not (widened or over_all) and part.level and (beside := whole_before(passage, part_place, share)) is not None:
        rated = list(share_of(passage, part, beside[0], share, beside[1]))
        if rated and not rated[0].holds:
            # 计划招聘150名，入围450名，录用147名，录用率98%: another amount of the sentence may be meant.
            rated = _of_another(passage, part_place, share) or rated
        yield from rated
        if rated:
            return
    if not (widened or over_all) and (planned := planned_before(mentions, part_place, share)) is not None:
        yield from share_of(passage, part, planned, share, STRUCTURAL)
        return
    asked = asked_by_name(mentions, part_place, share) or all_asked(mentions, part_place, share)
    if asked is not None:
        yield from share_of(passage, part, asked, share, STRUCTURAL)
        return
    among = named_among(passage, part_place)
    if among is not None and same_unit(among, part) and among.quantity.value >= part.quantity.value:
        # 专任教师1668人。…专任教师中，持有资格证的1607人，持证率96.3%
        sure = is_rate_of(share, part) and share.clause_number - part.clause_number == 1
        yield from share_of(passage, part, among, share, STRUCTURAL if sure else WEAK)
        if sure:
            return
    for far in far_generals(mentions, part_place):
        if (found := next(share_of(passage, part, far, share, WEAK), None)) is not None:
            yield found
            return
    parts = outcomes_before(mentions, part_place)
    for other in range(part_place - 1, max(part_place - 8, -1), -1):
        whole = mentions[other]
        if not (is_level(whole) and is_amount(whole) and same_unit(whole, part)) or whole.each:
            continue
        if whole.paragraph != part.paragraph:
            return
        if whole.quantity.value > part.quantity.value or share.quantity.value == 100 == whole.quantity.value:
            if len(parts) >= 2 and other < part_place - len(parts) + 1:
                found = share_of_sum(passage, parts, whole, share)
                if found is not None:
                    yield found
                    return
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return
    if share.quantity.decimals:
        found_far = [*_rate_of_earlier(passage, part_place, share)] or [*_rate_of_stage(passage, part_place, share)]
        yield from found_far
        if found_far:
            return
    if not widened and (same := whole_of_rate_before(mentions, part_place, share)) is not None:
        yield from share_of(passage, part, same, share, STRUCTURAL)
        return
    if not widened and (begun := begins_part(mentions, part_place, share)) is not None:
        yield from share_of(passage, part, begun, share, STRUCTURAL)
        return
    if not widened and (general := general_of_rate(mentions, part_place, share)) is not None:
        yield from share_of(passage, part, general, share, STRUCTURAL)


def _named_alike(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole that stand in a row before a rate and bear its name: 毕业生225人，实际毕业223人，毕业率."""
    stem = name_of_rate(mentions[place]) or ""
    if place < BEARERS or len(stem) < STEM:
        return None
    whole, part = mentions[place - BEARERS : place]
    in_a_row = whole.sentence == part.sentence and part.clause_number - whole.clause_number == 1
    in_a_row = in_a_row and mentions[place].clause_number - part.clause_number == 1 and same_unit(whole, part)
    plain = all(one.level and one.amount and not one.each for one in (whole, part))
    named = all(stem[-STEM:] in one.lead + one.tail for one in (whole, part))
    done = _IN_FACT.match(part.lead) is not None and not DENIED.search(part.lead + whole.lead)
    return (part, whole) if in_a_row and plain and named and done else None


def _some_of_those(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 洗浴设施覆盖31所寄宿学校中的24所，覆盖率77.4%: some of those right before a rate."""
    mentions, share = passage.mentions, passage.mentions[place]
    if place < BEARERS or name_of_rate(share) is None or OVER_ALL.match(share.lead):
        return None
    whole, part = mentions[place - BEARERS : place]
    between = passage.text[whole.quantity.span.end : part.quantity.span.start]
    beside = whole.clause_number == part.clause_number == share.clause_number - 1 and part.sentence == share.sentence
    plain = all(one.level and one.amount and not one.each and one.depth == share.depth for one in (whole, part))
    return (part, whole) if beside and plain and same_unit(part, whole) and between.endswith("中的") else None


def _same_told_otherwise(passage: Passage, part_place: int, place: int) -> bool:
    """Return whether a part is told in another unit in the same breath before its rate: 已完成38所、2516间."""
    mentions, part = passage.mentions, passage.mentions[part_place]
    other = mentions[part_place + 1] if part_place + 1 < place else None
    if other is None or other.family == part.family or not (other.level and other.amount):
        return False
    between = passage.text[part.quantity.span.end : other.quantity.span.start]
    return between in ("、", "、共", "共", "和") and other.depth == part.depth


def _of_another(passage: Passage, part_place: int, share: Mention) -> list[Proposal]:
    """Return the reading of a rate by another amount of its sentence before the part, where it fits."""
    mentions, part = passage.mentions, passage.mentions[part_place]
    for whole in mentions[max(part_place - BEARER_REACH, 0) : part_place][::-1]:
        usable = whole.sentence == part.sentence and whole.amount and whole.level and not whole.each
        if usable and same_unit(whole, part) and whole.quantity.value > 0:
            found = list(share_of(passage, part, whole, share, WEAK))
            if found:
                return found
    return []


def _part_of_rate(mentions: tuple[Mention, ...], place: int) -> int | None:
    steps = 0
    for other in range(place - 1, max(place - 5, -1), -1):
        part = mentions[other]
        if part.sentence != mentions[place].sentence or steps >= 2:
            return None
        if REST_OF.match(part.lead) or part.depth > mentions[place].depth:
            continue
        if part.part != mentions[place].part and other < place - 1:
            return None  # 民办园18所，其中普惠性15所；公办园幼儿占比57.0%，普惠率91.1%: of what its own part is told of
        steps += 1
        told = is_level(part) or part.lead == name_of_rate(mentions[place])  # 核减900万元，核减率7.1%
        if is_amount(part) and told and part.depth <= mentions[place].depth:
            return other
    return None


def _named_by_rate(mentions: tuple[Mention, ...], place: int) -> int | None:
    """Return the amount a rate names when another one follows it: 升学9637人，直接就业4205人，升学率67.0%."""
    share = mentions[place]
    match = PURE_RATE.search(share.lead)
    if match is None or len(match["stem"]) != STEM:
        return None
    for other in range(place - 1, max(place - 1 - RATE_REACH, -1), -1):
        one = mentions[other]
        if one.sentence != share.sentence:
            return None
        if is_amount(one) and is_level(one) and one.depth == share.depth and one.lead.startswith(match["stem"]):
            return other
    return None


def _only_bearer(mentions: tuple[Mention, ...], place: int) -> int | None:
    """Return the amount whose words end with what a rate names when no other one of the sentence does.

    适龄儿童1936人，已入学1885人：随班就读867人，送教上门285人，入学率97.37%
    """
    share = mentions[place]
    match = PURE_RATE.search(share.lead)
    if match is None or len(match["stem"]) != STEM:
        return None
    found: list[int] = []
    for other in range(place - 1, max(place - 1 - BEARER_REACH, -1), -1):
        one = mentions[other]
        if one.sentence != share.sentence:
            break
        if match["stem"] in one.lead and not DUE.search(one.lead):
            found.append(other)
    if len(found) != 1:
        return None
    part = mentions[found[0]]
    usable = part.amount and part.level and not part.each and part.depth == share.depth
    return found[0] if usable and part.lead.endswith(match["stem"]) else None


def _bearers_of_sum(mentions: tuple[Mention, ...], place: int) -> list[Mention] | None:
    """Return the whole and the parts that all bear the name of a rate: 24项中，超额完成9项，如期完成12项，…完成率."""
    share = mentions[place]
    match = PURE_RATE.search(share.lead) or _WHOLE_STEM.search(share.lead)
    if match is None:
        return None
    stem = match["stem"][-STEM:]
    near = [
        one
        for one in mentions[max(place - BEARER_REACH, 0) : place]
        if one.sentence == share.sentence and one.amount and one.level and not one.each
    ]
    if _named_by_both(match["stem"], near[-2:]):
        before = [one for one in near[:-2] if same_unit(one, near[-1])]
        return [before[-1], *near[-2:]] if before else None
    parts = [one for one in near if one.lead.endswith(stem) and not DENIED.search(one.lead)]
    if len(parts) < BEARERS or not all(same_unit(one, parts[0]) for one in parts):
        return None
    before = [one for one in near if one.index < parts[0].index and same_unit(one, parts[0])]
    return [before[-1], *parts] if before and stem not in before[-1].lead else None


def _named_by_both(stem: str, pair: Sequence[Mention]) -> bool:
    """Return whether the two words of a rate take up one of two amounts each: 升入高职624人，就业331人，就业升学率."""
    if len(stem) != 2 * STEM or len(pair) != len("两数") or not same_unit(*pair):
        return False
    first, second = stem[:STEM], stem[STEM:]
    one, other = pair
    return any(
        takes_up(left, one) and takes_up(right, other) and not (takes_up(left, other) or takes_up(right, one))
        for left, right in ((first, second), (second, first))
    )


def _rate_of_earlier(passage: Passage, part_place: int, share: Mention) -> Iterator[Proposal]:
    """Yield 编制21560名，在编20873名，空编687名，使用率96.8%: two amounts of the sentence that make the rate."""
    mentions = passage.mentions
    near = [
        one
        for one in mentions[max(part_place - RATE_REACH, 0) : part_place + 1]
        if one.sentence == share.sentence and is_level(one) and is_amount(one) and not one.each
    ]
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            part, whole = near[later], near[earlier]
            if same_unit(part, whole) and part.quantity.value < whole.quantity.value:
                found = next(share_of(passage, part, whole, share, WEAK), None)
                if found is not None:
                    yield found
                    return


def _rate_of_stage(passage: Passage, part_place: int, share: Mention) -> Iterator[Proposal]:
    """Yield 参与学生41160人，参与率91.0% of 小学在校生45230人 told before; only when it fits and counts the same."""
    mentions, part = passage.mentions, passage.mentions[part_place]
    kind = _COUNTED_AS.search(part.noun)
    if kind is None or digits_written(part.quantity) < DIGITS_NEEDED:
        return
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        whole = mentions[other]
        alike = is_level(whole) and is_amount(whole) and same_unit(whole, part) and not whole.each
        if alike and whole.quantity.value > part.quantity.value and _COUNTED_AS.search(whole.noun) is not None:
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return
