"""A part, its whole and the share between them: 3534人，占总数113369人的3.12%; 其中公办2616人，占比50%."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dudao.claims.completeness import divides
from dudao.claims.fractions import (
    fraction_beside,
    out_of_behind,
    share_of,
    share_of_sum,
    share_of_two,
    written_fraction,
)
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.rates import rate
from dudao.claims.series import starts_series
from dudao.claims.wholes import (
    INNER_REACH,
    NAMED,
    WHOLE_REACH,
    enclosing_list,
    far_generals,
    general_before,
    head_of_closed_list,
    larger_in_sentence,
    named_among,
    named_wholes,
    of_previous,
    one_in_other,
    opens_sentence,
    whole_noun,
)
from dudao.quantities.model import Kind

SHORT = 3
"""A subject so short may be that of a part further back: 专职214名，兼职72名，专职占比74.8%."""
PART_REACH = 4
"""How many figures back the part may stand."""
CHAIN_NEEDED = 2
"""So many bare shares of a paragraph must fit one whole before another that does not is called wrong."""
_RATE = re.compile(r"(?:率|覆盖面|比例|比重|面|进度|(?<=满意)度)(?:为|达到|达|是|约|近|超过|已|仅|均|：|:)*$")
_ATTRIBUTE = re.compile(r"学历|职称|周?岁|资格|骨干|女|少数民族|专业|寄宿|留守|毕业")
"""What a part of a count of persons is told by; it divides nothing else than the count before it."""
COUNTS = "两三四五六七八"
PARTS_TOGETHER = 6
"""How many parts 合计占 may speak of when it does not say."""
TOGETHER_REACH = 60
"""How many figures back the whole of parts told together may stand."""
_TOGETHER = re.compile(
    r"(?:(?P<count>[两三四五六七八])[^，。；、占\d]{0,6}?)?(?:合计|之和|总和|总共|共|合起来|加起来|合)(?:约)?占|"
    r"(?P<names>[^，。；：\d]{2,24})(?P<items>[两三四五])[项类者](?:共|合计|约)?占"
)
_NAME_MARK = re.compile(r"[、和与及]")
_THAT_IS = re.compile(r"[，、（(]?(?:即|计|也就是|为|有)(?:约)?\s*")
_OF_PLAN = re.compile(
    r"^(?:完成|为|是|占|达到?|相当于)(?:年度|年初|全年|序时)?(?P<whole>计划|任务|预算|目标)(?:任务|数)?的(?:约|近)?$"
)
_CARRIED_OUT = re.compile(r"(?:仅|只|已)?完成(?:了|计划)?(?:约|近)?")
_REALLY = re.compile(r"实[际到有招聘]")
_PLANNED = re.compile(r"(?P<whole>计划|任务|目标)")
"""计划招聘30人，实际到岗26人，完成86.7%."""
_IN_THOSE = re.compile(r"[^，]{0,10}?(?<![高初集其])中(?![等小学心央职]|专(?!任|职|业))")
_UPWARD = re.compile(r"(?P<degree>本科|专科|大专|硕士|中级)及?以上")
_DEGREES = ("博士", "硕士", "研究生", "本科", "专科", "大专", "正高", "副高", "高级", "中级")
_BARE_SHARE = re.compile(r"(?:仅|只|也|均|约|共)*占")
"""46岁以上占42.4% says of whom it is the share."""
_AMONG_ALL = re.compile(r"在(?:全部|全[省市县区州]|所有|总计)(?:的)?$")
_TAKES = re.compile(r"中[，,]?占(?:比)?(?:为|到|了|约)?$")
"""覆盖1386个班，在全部1412个班中占98.2%."""


_ALL_SPENT = re.compile(r"(?:支出|生产总值|总收入|总投入|GDP)$")
_ENTIRE = re.compile(r"占(?:了|到)?全[省市县区州旗镇]")
_OR_MORE = re.compile(r"及?以[上下](?:[^，。；、占\d]{0,6})的")
_AS_BELOW = re.compile(r"下同|同下")


@dataclass(slots=True)
class _Standing:
    """What earlier shares say about the whole of a later one: （下同）, the last that fitted, and all that fitted.

    `fitted` counts, per paragraph and whole, the bare shares that fitted; `open` are bare shares that fitted nothing.
    `sibling` is the last share that fitted, with its part and whole.
    """

    below: Mention | None = None
    last: Mention | None = None
    fitted: Counter[tuple[int, int]] = field(default_factory=Counter)
    open: list[tuple[Mention, Mention]] = field(default_factory=list)
    sibling: tuple[Mention, Mention, Mention] | None = None


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a percentage is the share of a part in a whole."""
    standing = _Standing()
    mentions = passage.mentions
    places = {one.index: one for one in mentions}
    for place, share in enumerate(mentions):
        quantity = share.quantity
        if quantity.kind is not Kind.PERCENT or quantity.upper is not None or not 0 < quantity.value <= 1000:
            continue
        if (counted := _counted_behind(passage, place)) is not None:
            yield from share_of(passage, *counted, share, EXPLICIT)
            continue
        if share.role is Role.LEVEL and not share.lead and (two := _two_in_parenthesis(passage, place)) is not None:
            yield from share_of(passage, *two, share, STRUCTURAL)
            continue
        if share.role is Role.LEVEL and (told := out_of_behind(passage, place)) is not None:
            yield from share_of(passage, *told, share, EXPLICIT)
            continue
        if (planned := _of_plan(passage, place)) is not None:
            yield from share_of(passage, *planned, share, EXPLICIT)
            continue
        if (risen := _reached(mentions, place)) is not None:
            yield from _risen(passage, place, risen)
        elif share.role is Role.SHARE and not starts_series(passage, place):
            yield from _worded(passage, place, standing)
        elif share.role in (Role.LEVEL, Role.CHANGE) and _RATE.search(share.lead):
            yield from rate(passage, place)
    for part, share in standing.open:
        chains = [
            (count, number)
            for (paragraph, number), count in standing.fitted.items()
            if paragraph == part.paragraph and count >= CHAIN_NEEDED and same_unit(places[number], part)
        ]
        if chains:
            yield from share_of(passage, part, places[max(chains)[1]], share, STRUCTURAL)


def _worded(passage: Passage, place: int, standing: _Standing) -> Iterator[Proposal]:
    """Yield the reading of a share that 占 announces."""
    mentions, share = passage.mentions, passage.mentions[place]
    if (fraction := fraction_beside(passage, place)) is not None:
        yield from share_of(passage, *fraction, share, EXPLICIT)
        return
    if (written := written_fraction(passage, place)) is not None:
        yield written
        return
    if (together := _TOGETHER.search(share.clause if "项占" in share.clause else share.lead)) is not None:
        if together["items"]:
            yield from _share_of_named(passage, place, together)
            return
        yield from _share_together(passage, place, together["count"])
        return
    if _told_behind(passage, place):
        yield from _part_behind(passage, place)
        return
    if (upward := _degrees_upward(passage, place)) is not None:
        found = share_of_sum(passage, *upward, share)
        if found is not None:
            yield found
            return
    if (halves := _of_two_halves(passage, place)) is not None:
        yield from share_of_two(passage, *halves, share)
        return
    if (told := _of_whole_beside(passage, place) or _of_noted_whole(passage, place)) is not None:
        proposals = list(share_of(passage, *told, share, STRUCTURAL))
        if proposals:
            yield from proposals
            return
    explicit = _explicit_whole(passage, place)
    if explicit is not None and _part(mentions, place, explicit) is None:
        yield from _part_before(passage, place, mentions[explicit])
        return
    part_place = _part(mentions, place, explicit)
    if part_place is None:
        yield from _named_afar(passage, place, _subject(share))
        return
    part = mentions[part_place]
    if explicit is not None:
        whole = mentions[explicit]
        if part is not whole and same_unit(part, whole):
            if (head := head_of_closed_list(mentions, part_place)) is not None and head is not whole:
                part = _rather(passage, part, head, whole, share)
            yield from share_of(passage, part, whole, share, EXPLICIT)
            standing.sibling = part, whole, share
        return
    resets = bool(_AS_BELOW.search(passage.text[max(share.quantity.span.start - 8, 0) : share.quantity.span.start]))
    noun = whole_noun(share)[1]
    bare = not noun
    failed: list[Proposal] = []
    head = None if bare else head_of_closed_list(mentions, part_place)
    beside, refused = _whole_of_sibling(mentions, part_place, standing), False
    for whole, strength in _wholes(passage, part_place, place, standing):
        if whole is part or not same_unit(part, whole):
            continue
        known = whole is head and not _ENTIRE.search(share.lead)
        if noun and not known and whole.quantity.value == (head or part).quantity.value and share.quantity.value < 100:
            # 检查96所（高中3所、…），占全区总数的72.7%。96所学校…: what was checked, named again, is not all there is.
            continue
        if refused and strength == WEAK and share.quantity.decimals == 0:
            # A percentage of two digits fits some far figure by chance.
            break
        said_of = part if head is None or whole is head else _rather(passage, part, head, whole, share)
        proposals = list(share_of(passage, said_of, whole, share, strength))
        if not proposals:
            continue
        if not proposals[0].holds:
            failed.extend(proposals)
            refused = refused or whole is beside
            continue
        yield from proposals
        standing.last = whole
        standing.sibling = part, whole, share
        if resets:
            standing.below = whole
        if bare or resets or whole is standing.below:
            standing.fitted[part.paragraph, whole.index] += 1
        return
    yield from failed[:1]
    if not bare or failed:
        return
    if beside is not None:
        yield from share_of(passage, part, beside, share, STRUCTURAL)
    else:
        standing.open.append((part, share))


def _of_whole_beside(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 一般公共预算支出5632.40亿元，一般公共预算教育经费所占比例为18.14%.

    The whole is all that was spent or made, told right before; the part is told by its name in a chapter before.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    subject = _subject(share).removesuffix("所")
    whole = mentions[place - 1] if place else None
    if whole is None or len(subject) <= SHORT or whole_noun(share)[1]:
        return None
    beside = share.clause_number - whole.clause_number == 1 and whole.sentence == share.sentence
    alone = place < 2 or mentions[place - 2].sentence != share.sentence
    spent = whole.level and whole.amount and _ALL_SPENT.search(core_noun(whole.noun)) is not None
    if not (beside and alone and spent):
        return None
    named = [
        one
        for one in mentions[max(place - WHOLE_REACH, 0) : place - 1]
        if is_level(one) and same_unit(one, whole) and own_subject(core_noun(one.noun)) == subject and not one.each
    ]
    plain = named and len({one.quantity.value for one in named}) == 1
    return (named[-1], whole) if plain and named[-1].quantity.value < whole.quantity.value else None


def _of_noted_whole(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 教育支出占一般公共预算支出（74.35亿元）的20.0%: the part is told before by its name."""
    mentions, share = passage.mentions, passage.mentions[place]
    whole = mentions[place - 1] if place else None
    if whole is None or whole.depth <= share.depth or whole.sentence != share.sentence or not whole.amount:
        return None
    opened = passage.text[max(whole.parenthesis - 1 - LEAD_LIMIT, 0) : max(whole.parenthesis - 1, 0)]
    subject = own_subject(core_noun(share.clause.partition("占")[0]))
    if "占" not in opened or whole.lead or whole.slack is None or len(subject) <= SHORT:
        return None
    if any(one.clause_number == share.clause_number and one is not whole for one in mentions[place - 2 : place]):
        return None
    named = [
        one
        for one in mentions[max(place - WHOLE_REACH, 0) : place - 1]
        if is_level(one) and same_unit(one, whole) and own_subject(core_noun(one.noun)) == subject and not one.each
    ]
    plain = named and len({one.quantity.value for one in named}) == 1
    return (named[-1], whole) if plain and named[-1].quantity.value < whole.quantity.value else None


def _reached(mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """Return the share that 占教职工的比重由83.17%升至83.91% reaches, as if 占 stood before it; None else."""
    share, before = mentions[place], mentions[place - 1] if place else None
    if before is None or share.role is not Role.TO or before.role is not Role.FROM or before.sentence != share.sentence:
        return None
    said, started, _ = before.clause.rpartition("由") if "由" in before.clause else before.clause.rpartition("从")
    if not started or "占" not in said or before.quantity.kind is not Kind.PERCENT:
        return None
    return replace(share, role=Role.SHARE, lead=said, clause=said)


def _risen(passage: Passage, place: int, share: Mention) -> Iterator[Proposal]:
    """Yield the share that was reached; only when it fits, for the part may be of the year before too."""
    mentions = passage.mentions
    part_place = _part(mentions, place - 1, None)
    words, noun = whole_noun(share)
    if part_place is None or not noun:
        return
    for whole, _ in named_wholes(mentions, part_place, place, words, noun):
        found = next(share_of(passage, mentions[part_place], whole, share, WEAK), None)
        if found is not None:
            yield found
            return


def _share_together(passage: Passage, place: int, count: str | None) -> Iterator[Proposal]:
    """Yield 分别为612人、498人、377人，三地合计占全市的53.1%; only when it fits."""
    mentions, share = passage.mentions, passage.mentions[place]
    parts: list[Mention] = []
    wanted = COUNTS.index(count) + 2 if count else PARTS_TOGETHER
    for other in range(place - 1, max(place - 1 - 2 * wanted, -1), -1):
        one = mentions[other]
        if one.sentence == share.sentence and one.role is Role.SHARE:
            # 52.1万人，占8.9%；61.5万人，占10.5%，两类合占19.5%
            continue
        if len(parts) == wanted or one.sentence != share.sentence or not (one.amount and one.level) or one.each:
            break
        if parts and not same_unit(one, parts[0]):
            break
        parts.insert(0, one)
    if len(parts) < 2 or (count and len(parts) != wanted) or not share.quantity.decimals:
        return
    reached = sum((one.quantity.value for one in parts), Decimal(0))
    first = mentions.index(parts[0], max(place - 1 - 2 * wanted, 0))
    for other in range(first - 1, max(first - 1 - TOGETHER_REACH, -1), -1):
        whole = mentions[other]
        usable = whole.amount and whole.level and not whole.each and same_unit(whole, parts[0])
        if usable and whole.quantity.value > reached:
            found = share_of_sum(passage, parts, whole, share)
            if found is not None:
                yield found
                return


def _share_of_named(passage: Passage, place: int, said: re.Match[str]) -> Iterator[Proposal]:
    """Yield 规划投入失24.6分，教师队伍失18.3分…，规划投入和教师队伍两项占失分总数的63.8%: the parts by their names."""
    mentions, share = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - INNER_REACH, 0) : place]
        if one.paragraph == share.paragraph and one.level and one.amount and not one.each
    ]
    names = [name.strip() for name in _NAME_MARK.split(said["names"]) if name.strip()]
    parts = [next((one for one in near if name in one.lead), None) for name in names]
    known = [one for one in parts if one is not None]
    if len(known) != COUNTS.index(said["items"]) + 2 or len(known) < len(parts):
        return
    reached = sum((one.quantity.value for one in known), Decimal(0))
    for whole in near:
        if whole not in known and same_unit(whole, known[0]) and whole.quantity.value > reached:
            found = share_of_sum(passage, known, whole, share)
            if found is not None:
                yield found
                return


def _of_plan(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 计划补充1500名，实际补充1438名，为计划的95.9%."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _OF_PLAN.search(share.lead)
    if place < 2:
        return None
    whole, part = mentions[place - 2 : place]
    if said is None and _CARRIED_OUT.fullmatch(share.lead) and _REALLY.match(part.lead):
        said = _PLANNED.search(whole.lead)
    if said is None:
        return None
    beside = share.clause_number - part.clause_number == 1 and part.clause_number - whole.clause_number == 1
    usable = all(one.level and one.amount and not one.each and one.depth == share.depth for one in (whole, part))
    named = said["whole"] in whole.lead and said["whole"] not in part.lead
    return (part, whole) if beside and usable and named and same_unit(part, whole) else None


def _counted_behind(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 残疾儿童入学率97.1%，即380名中已入学369名."""
    mentions, share = passage.mentions, passage.mentions[place]
    pair = mentions[place + 1 : place + 3]
    if len(pair) < 2 or not same_unit(*pair) or any(one.sentence != share.sentence or not one.amount for one in pair):
        return None
    whole, part = pair
    said = whole.lead in ("即", "也就是") and _IN_THOSE.match(whole.tail) is not None
    beside = whole.clause_number - share.clause_number == 1 and part.clause_number - whole.clause_number <= 1
    return (part, whole) if said and beside and share.role in (Role.SHARE, Role.LEVEL) else None


def _two_in_parenthesis(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 城关街道（18个问题整改17个，94.4%）: all that a parenthesis holds."""
    mentions, share = passage.mentions, passage.mentions[place]
    inside = [one for one in mentions[max(place - 3, 0) : place + 2] if one.parenthesis == share.parenthesis >= 0]
    if len(inside) != 3 or inside[2] is not share:
        return None
    whole, part, _ = inside
    usable = all(one.level and one.amount and not one.each for one in (whole, part)) and same_unit(whole, part)
    beside = part.clause_number == whole.clause_number and share.clause_number - part.clause_number == 1
    named = part.lead.startswith(whole.tail[:2]) if whole.tail else False
    return (part, whole) if usable and beside and named and part.quantity.value <= whole.quantity.value else None


def _told_behind(passage: Passage, place: int) -> bool:
    """Return whether the part is told behind its share: 骨干教师占交流总数的30.1%，即126名."""
    if place + 1 >= len(passage.mentions):
        return False
    share, part = passage.mentions[place], passage.mentions[place + 1]
    between = passage.text[share.quantity.span.end : part.quantity.span.start]
    return part.amount and _THAT_IS.fullmatch(between) is not None and not passage.mentions[place - 1].base


def _part_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the share of a part told behind it in one of the amounts before it; only when it fits."""
    mentions, share, part = passage.mentions, passage.mentions[place], passage.mentions[place + 1]
    tried = 0
    for other in range(place - 1, max(place - 1 - 2 * PART_REACH, -1), -1):
        whole = mentions[other]
        usable = whole.amount and whole.level and not whole.each and same_unit(whole, part)
        if whole.sentence < share.sentence - 1 or tried > (PART_REACH if share.quantity.decimals else 0):
            return
        if usable and whole.quantity.value > part.quantity.value:
            tried += 1
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _degrees_upward(passage: Passage, place: int) -> tuple[list[Mention], Mention] | None:
    """Return the higher degrees and all of 研究生213人，本科2436人，专科974人，…本科及以上学历占79.4%."""
    mentions, share = passage.mentions, passage.mentions[place]
    said = _UPWARD.search(share.lead)
    if said is None:
        return None
    near = [
        one
        for one in mentions[max(place - INNER_REACH, 0) : place]
        if one.sentence == share.sentence and one.level and one.amount and not one.each
    ]
    last = next((number for number, one in enumerate(near) if one.noun.startswith(said["degree"])), None)
    if last is None:
        return None
    parts = [one for one in near[: last + 1] if any(name in one.noun for name in _DEGREES)]
    wholes = [one for one in near if one not in parts and same_unit(one, parts[-1])]
    reached = sum((one.quantity.value for one in parts), Decimal(0))
    whole = max(wholes, key=lambda one: one.quantity.value, default=None)
    return (parts, whole) if whole is not None and len(parts) >= 2 and whole.quantity.value > reached else None


def _of_two_halves(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return the part and what it leaves of a whole that is not told: 公办园4836人，民办园6092人，公办园占比44.3%."""
    mentions, share = passage.mentions, passage.mentions[place]
    pair = mentions[max(place - 2, 0) : place]
    subject = share.lead.partition("占")[0]
    if len(pair) < 2 or len(subject) < 2 or whole_noun(share)[1] or not same_unit(*pair):
        return None
    beside = pair[1].clause_number - pair[0].clause_number <= 1 and share.clause_number - pair[1].clause_number == 1
    usable = all(one.level and one.amount and not one.each and one.sentence == share.sentence for one in pair)
    named = [one for one in pair if subject in one.noun]
    if not (beside and usable) or len(named) != 1 or not divides(pair[0], pair):
        return None
    return named[0], pair[1] if named[0] is pair[0] else pair[0]


def _whole_of_sibling(mentions: tuple[Mention, ...], part_place: int, standing: _Standing) -> Mention | None:
    """Return the whole of the share just before, when part follows part: …占总数的74.9%；高级职称1227人，占18.0%."""
    part = mentions[part_place]
    if standing.sibling is None or part_place == 0:
        return None
    earlier, whole, share = standing.sibling
    before = part_place - 1
    while before > 0 and mentions[before].each:
        before -= 1
    if mentions[before] is not share or not same_unit(part, whole) or part.paragraph != earlier.paragraph:
        return None
    near = part.sentence == earlier.sentence or (
        part.sentence == earlier.sentence + 1 and len(part.noun) >= 2 and part.noun[-2:] == earlier.noun[-2:]
    )
    return whole if near and part.quantity.value <= whole.quantity.value else None


def _part_before(passage: Passage, place: int, whole: Mention) -> Iterator[Proposal]:
    """Yield 教育支出占一般公共预算支出257.4亿元的19.37% where the part stands a sentence earlier; only when it fits."""
    mentions, share = passage.mentions, passage.mentions[place]
    if share.quantity.decimals == 0:
        return
    for other in range(place - 2, max(place - 2 - 2 * PART_REACH, -1), -1):
        part = mentions[other]
        if part.paragraph != share.paragraph or part.sentence < share.sentence - 1:
            return
        if is_level(part) and is_amount(part) and same_unit(part, whole) and not part.each:
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _rather(passage: Passage, part: Mention, head: Mention, whole: Mention, share: Mention) -> Mention:
    """Return what a share behind a list is said of: the whole list, unless only its last part fits."""
    of_part = next(share_of(passage, part, whole, share, WEAK), None)
    of_head = next(share_of(passage, head, whole, share, WEAK), None)
    return part if of_part is not None and of_head is None else head


def _explicit_whole(passage: Passage, place: int) -> int | None:
    """Return the figure between 占 and the share: 占总数113369人的3.12%."""
    mentions, share = passage.mentions, passage.mentions[place]
    if place == 0:
        return None
    whole = mentions[place - 1]
    if whole.sentence != share.sentence or not is_amount(whole) or whole.clause_number != share.clause_number:
        return None
    between = passage.words_between(whole, share).lstrip()
    if _AMONG_ALL.search(whole.lead) and _TAKES.search(share.clause):
        return place - 1
    if "占" in whole.clause[-20:] and whole.base and "占" not in whole.lead:
        return place - 1
    if "占" in whole.lead and (between.startswith(("的", "之", "总")) or not between or "占" in whole.lead[-20:]):
        return place - 1
    return None


def _part(mentions: tuple[Mention, ...], place: int, explicit: int | None) -> int | None:
    """Return the amount the share is said of: the nearest one before it at the same or an outer depth."""
    share = mentions[place]
    subject = _subject(share)
    first = explicit if explicit is not None else place
    steps = 0
    for other in range(first - 1, max(first - 1 - INNER_REACH, -1), -1):
        part = mentions[other]
        if part.sentence != share.sentence or steps >= PART_REACH:
            return None
        if part.depth > share.depth:
            continue
        steps += 1
        if not is_amount(part) or part.each or part.quantity.upper is not None:
            continue
        if _OR_MORE.match(part.tail):
            # 6道题中答对5道以上的占63.7%: what they are told by, and not how many they are.
            return None
        if part.role in (Role.CHANGE, Role.PREVIOUS, Role.FROM, Role.EXCESS):
            continue
        if subject and likeness(subject, part.noun) < NAMED and subject not in part.noun:
            if first - other <= 1 and len(subject) <= SHORT:
                continue
            return None
        return other
    return None


def _subject(share: Mention) -> str:
    """Return what the share is said of when its own clause names it: 公办园在园幼儿占比53%; empty else."""
    before, said, _ = share.lead.partition("占")
    if not said:
        return ""
    words = own_subject(core_noun(before))
    return words if len(words) >= 2 else ""


def _wholes(passage: Passage, part_place: int, place: int, standing: _Standing) -> Iterator[tuple[Mention, int]]:
    """Yield the wholes a share may mean, the likeliest first, and how plainly the words mean them."""
    mentions = passage.mentions
    part, share = mentions[part_place], mentions[place]
    words, noun = whole_noun(share)
    if noun:
        yield from named_wholes(mentions, part_place, place, words, noun)
        head = enclosing_list(passage, part_place)
        if head is not None:
            named = likeness(noun, head.noun) >= NAMED or one_in_other(noun, head.noun)
            yield head, STRUCTURAL if named else WEAK
        return
    enclosing = enclosing_list(passage, part_place)
    if enclosing is not None:
        yield enclosing, EXPLICIT
    elif (among := named_among(passage, part_place)) is not None:
        yield among, STRUCTURAL
    general = general_before(mentions, part_place)
    if general is not None:
        yield general, STRUCTURAL
    previous = mentions[part_place - 1] if part_place else None
    if previous is not None and enclosing is None and of_previous(previous, part, share):
        yield previous, STRUCTURAL
    beside = _whole_of_sibling(mentions, part_place, standing)
    if beside is not None and standing.sibling is not None and standing.sibling[0].sentence == part.sentence:
        yield beside, STRUCTURAL
    if _ATTRIBUTE.search(part.lead):
        larger = larger_in_sentence(mentions, part_place)
        alike = [one for one in larger if len(one.noun) >= SHORT and one.noun[-2:] == part.noun[-2:]]
        if len(alone := larger if len(larger) == 1 else alike) == 1:
            yield alone[0], STRUCTURAL
    says_no_more = _BARE_SHARE.match(share.lead) is not None and enclosing is None
    if says_no_more and (head := opens_sentence(passage, part_place)) is not None:
        yield head, STRUCTURAL
    if standing.below is not None:
        yield standing.below, WEAK
    if general is None and enclosing is None:
        far = far_generals(mentions, part_place)
        for whole in far:
            plain = (
                len(far) == 1
                and not _subject(share)
                and not _of_those_due(mentions, part_place)
                and (_telling(whole) or part.sentence - whole.sentence <= 2)
            )
            yield whole, STRUCTURAL if plain else WEAK
    if standing.last is not None:
        yield _nearest_same(mentions, part_place, standing.last), WEAK
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        whole = mentions[other]
        if is_level(whole) and is_amount(whole) and not whole.each and whole.quantity.value > part.quantity.value:
            yield whole, WEAK


def _of_those_due(mentions: tuple[Mention, ...], part_place: int) -> bool:
    """Return whether the share before is one of those due: 占应参与学生数的96.2%；参与教师2980人，占93.5%."""
    before = mentions[part_place - 1] if part_place else None
    same = before is not None and before.sentence == mentions[part_place].sentence and before.role is Role.SHARE
    return same and before is not None and "占应" in before.lead


def _telling(whole: Mention) -> bool:
    """Return whether a name is so particular that the same one far behind means the same figure: 在园幼儿, not 教师."""
    return len(core_noun(whole.noun)) > SHORT


def _nearest_same(mentions: tuple[Mention, ...], part_place: int, whole: Mention) -> Mention:
    """Return the last mention before a part of the very amount that an earlier share was taken of."""
    for other in range(part_place - 1, max(part_place - WHOLE_REACH, -1), -1):
        one = mentions[other]
        same = one.quantity.value == whole.quantity.value and one.quantity.unit == whole.quantity.unit
        if one is whole or (same and one.level and not one.each):
            return one
    return whole


def _named_afar(passage: Passage, place: int, subject: str) -> Iterator[Proposal]:
    """Yield 公办园在园幼儿占比52.46% where part and whole stand far before by their names; only when it fits.

    The whole may be named too, and the part be that of a chapter before: 预算支出512.37亿元，教育经费占预算支出18.82%.
    """
    mentions, share = passage.mentions, passage.mentions[place]
    if len(subject) <= SHORT or not share.quantity.decimals:
        return
    named = [
        number
        for number in range(max(place - WHOLE_REACH, 0), place)
        if is_level(mentions[number])
        and is_amount(mentions[number])
        and own_subject(core_noun(mentions[number].noun)) == subject
    ]
    for number in reversed(named[-2:]):
        part = mentions[number]
        for whole in (*_named_near(mentions, place), *far_generals(mentions, number)):
            found = next(share_of(passage, part, whole, share, WEAK), None)
            if found is not None:
                yield found
                return


def _named_near(mentions: tuple[Mention, ...], place: int) -> Iterator[Mention]:
    """Yield the amounts just before a share that bear the name behind 占."""
    _, noun = whole_noun(mentions[place])
    for one in mentions[max(place - PART_REACH, 0) : place][::-1]:
        if noun and is_level(one) and is_amount(one) and not one.each and core_noun(one.noun).endswith(noun):
            yield one
