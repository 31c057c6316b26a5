"""A level, its increase, its growth: 44.42亿元，比上年增加3.84亿元，增长9.48%."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import divide, fall_of_decrease, growth_of_increase, percent, scale
from dudao.claims.fractions import within_share
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit, year_of
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, order_claim, propose, text_of
from dudao.claims.relations.compound_growth import YEARLY
from dudao.claims.series import starts_series
from dudao.claims.wholes import enclosing_list, head_of_closed_list
from dudao.quantities.model import Interval, Kind

_GAINED = re.compile(r"^(?:比上年|较上年|同比)?新增(?:了|约)?$")
_ARRIVES = re.compile(r"^(?:总[量额数值]|规模|总规模)?(?:已|累计)?达(?:到|了|到了)?(?:约|近)?$")
_FALL_OF_RATE = re.compile(r"(?:降幅|增幅|升幅|减幅|涨幅)(?:为|达|约)*$")
"""近视率52.4%，同比下降1.2个百分点，降幅2.2%: a rate of a rate."""
REACH = 6
"""How many figures back the level may stand."""
NAMED = 5
"""How many characters the name of a level has at least that is known when it comes back."""
NAMED_REACH = 24
"""How many figures back it may stand then."""
_THAN = re.compile(r"(?:比|较|与|同)[^，。；、\d]{1,14}?(?:相比)?(?:净)?(?:增|减|下降|上升|提高|降低|多|少)")
"""问题196个，比春季开学督导减少58个: what it is compared with is no subject of its own."""

_WITH = frozenset("与同和跟较比")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d年(?:同期|度)?(?:为|是|仅为?)?")
_SIDES = ("收", "支")
_BOTH_SIDES = re.compile(r"(?:^|[，,、年度])收入?[、和与及]?支出?(?:[总合共]计|总[额数量])?(?:决算|预算)?数?[均都各]?$")
_OF_OLD = re.compile(r"^(?:[^，。；、\d]{0,6})?(?:原有|原来|原先|此前共?有|整治前)")
"""原有培训机构1473家，压减1401家，压减率95.1%: the level is that of before."""
_AWAY_RATE = re.compile(r"(?:压减|压缩|缩减|减少|消减|清减|裁减)(?:率|比例)(?:为|达到?|约)*$")
_COMPARED = re.compile(r"比(?![例重率值])|较|同期|上年|去年")
_KEPT = re.compile(r"保留|剩|现有|现存|仅|尚有|仍有|还有|[到至]$")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a growth is what level and increase make it."""
    mentions = passage.mentions
    for place, rate in enumerate(mentions):
        if rate.role is not Role.CHANGE or not _is_rate(rate):
            continue
        if place > 1 and starts_series(passage, place) and starts_series(passage, place - 1):
            # 小学13842元、初中18905元，分别增加396元、412元，增幅2.95%、2.23%: rows are read one to one elsewhere.
            continue
        delta_place = _delta(mentions, place)
        if delta_place is None:
            continue
        if (base := _base(mentions, delta_place, place)) is not None:
            yield from _of_base(passage, base, mentions[delta_place], rate)
            if base.clause_number == mentions[delta_place].clause_number:
                continue
        found = _level(mentions, min(place, delta_place), max(place, delta_place), mentions[delta_place])
        if found is None or found[1] == WEAK:
            found = _named_before(mentions, min(place, delta_place), mentions[delta_place]) or found
        if found is None:
            continue
        level, strength = found
        if _dated_before(mentions, level) or _OF_OLD.search(level.lead):
            yield from _of_base(passage, level, mentions[delta_place], rate)
            continue
        proposal = _propose(passage, level, mentions[delta_place], rate, strength)
        if (proposal is None or not proposal.holds) and _done_away_of(level, mentions[delta_place], rate):
            yield from _of_base(passage, level, mentions[delta_place], rate)
            continue
        if proposal is None or not proposal.holds:
            proposal = _of_whole(passage, level, mentions[delta_place], rate, strength) or proposal
        if proposal is not None:
            yield proposal


def _base(mentions: tuple[Mention, ...], delta_place: int, place: int) -> Mention | None:
    """Return what stood before, when it is told right before its increase: 比上年的27315万元增加1325万元，增长4.9%."""
    base, delta = mentions[delta_place - 1] if delta_place else None, mentions[delta_place]
    if base is None or base.role is not Role.PREVIOUS or delta_place > place:
        return None
    beside = base.clause_number == delta.clause_number or _held_against(base, delta)
    usable = beside and is_amount(base) and same_unit(base, delta)
    return base if usable and base.quantity.value > 0 else None


def _held_against(base: Mention, delta: Mention) -> bool:
    """Return whether a clause holds what is told against what was before: 与去年同期1196万元相比，增加86万元."""
    compared = base.clause[:1] in _WITH and base.tail.startswith(("相比", "比较", "相较"))
    return compared and delta.clause_number - base.clause_number == 1 and not own_subject(delta.lead)


def _dated_before(mentions: tuple[Mention, ...], level: Mention) -> bool:
    """Return whether a level is that of an earlier year: 2022年10.48亿元，2021年为10.11亿元，同比增加0.37亿元.

    A bare year behind a level of no year is an earlier one too: 支出138642万元，2022年133517万元，多支出5125万元.
    """
    place = bisect_left(mentions, level.index, key=lambda one: one.index)
    year = year_of(level)
    before = [one for one in mentions[max(place - REACH, 0) : place] if one.sentence == level.sentence and one.level]
    alike = [one for one in before if same_unit(one, level) and one.amount]
    if year is None or not alike:
        return False
    undated = year_of(alike[-1]) is None and level.clause_number - alike[-1].clause_number == 1
    return (year_of(alike[-1]) or 0) > year or (undated and _BARE_YEAR.fullmatch(level.lead) is not None)


def _done_away_of(level: Mention, delta: Mention, rate: Mention) -> bool:
    """Return whether a rate tells how many of those there were are gone: 机构634家，压减607家，压减率95.7%."""
    compared = any(_COMPARED.search(one.lead) for one in (level, delta, rate))
    return _AWAY_RATE.search(rate.lead) is not None and not compared and _KEPT.search(level.lead) is None


def _of_base(passage: Passage, base: Mention, delta: Mention, rate: Mention) -> Iterator[Proposal]:
    times = rate.quantity.kind is Kind.RATIO

    def formula(values: Sequence[Interval]) -> Interval:
        return divide(values[1], values[0]) if times else percent(values[1], values[0])

    spoken = f"{text_of(delta)}÷{text_of(base)}{'' if times else '×100%'}"
    wording = Wording("level_increase_growth", ClaimType.LEVEL_DELTA_GROWTH, "growth = delta / base", spoken)
    found = propose(passage, wording, ("growth", rate), {"base": base, "delta": delta}, formula, EXPLICIT)
    if found is not None:
        yield found


def _of_whole(passage: Passage, part: Mention, delta: Mention, rate: Mention, strength: int) -> Proposal | None:
    """Return 资金500万元，其中市级200万元，比上年增加50万元，增长11.1% as said of the whole of a list, when it fits.

    Behind a list that its parts make in full (24个，其中小学13个、初中11个，减少62个) it is said of the whole.
    """
    place = bisect_left(passage.mentions, part.index, key=lambda one: one.index)
    if (head := head_of_closed_list(passage.mentions, place)) is not None:
        return _propose(passage, head, delta, rate, strength)
    whole = enclosing_list(passage, place)
    return None if whole is None else _propose(passage, whole, delta, rate, WEAK)


def _is_rate(mention: Mention) -> bool:
    quantity = mention.quantity
    return quantity.kind is Kind.PERCENT or (quantity.kind is Kind.RATIO and quantity.unit == "倍")


def _delta(mentions: tuple[Mention, ...], place: int) -> int | None:
    """Return the increase beside a growth: just before it, else just behind it."""
    rate = mentions[place]
    if YEARLY.search(rate.lead):
        # 两年年均增长7.1%，累计增加2.73亿元: the increase is that of all the years.
        return None
    if place >= 2 and _arrived(mentions[place - 2], mentions[place - 1], rate):
        return place - 2
    for other in (place - 1, place + 1):
        if not 0 <= other < len(mentions):
            continue
        delta = mentions[other]
        changes = delta.role is Role.CHANGE and delta.direction == rate.direction
        if (
            delta.sentence == rate.sentence
            and (changes or (rate.direction > 0 and _GAINED.search(delta.lead)))
            and (is_amount(delta) or (delta.quantity.kind is Kind.PERCENTAGE_POINT and _FALL_OF_RATE.search(rate.lead)))
            and (other < place or not changes or not own_subject(delta.lead))
            and (other > place or not own_subject(rate.lead))
        ):
            return other
    return None


def _arrived(delta: Mention, level: Mention, rate: Mention) -> bool:
    """Return whether the level stands between increase and growth: 增加10所，达到512所，增长2.0%."""
    if not delta.sentence == level.sentence == rate.sentence or own_subject(rate.lead):
        return False
    arrives = level.role is Role.TO or (level.role is Role.LEVEL and _ARRIVES.search(level.lead))
    changes = delta.role is Role.CHANGE and is_amount(delta) and delta.direction == rate.direction
    return bool(arrives) and changes and same_unit(delta, level)


def _level(mentions: tuple[Mention, ...], first: int, last: int, delta: Mention) -> tuple[Mention, int] | None:
    """Return the level that changed, and how plainly the words say so."""
    subject = own_subject(mentions[first].lead)
    gained = delta.role is not Role.CHANGE
    if last - first == 2:
        return mentions[first + 1], EXPLICIT
    if (both := _both_sides(mentions, first)) is not None:
        return both, EXPLICIT
    after = last + 1
    if after < len(mentions) and mentions[after].sentence == delta.sentence:
        reached = mentions[after]
        arrives = reached.role is Role.TO or (reached.role is Role.LEVEL and _ARRIVES.search(reached.lead))
        if arrives and same_unit(reached, delta) and not own_subject(reached.lead).strip("到至总量"):
            return reached, EXPLICIT
    for place in range(first - 1, max(first - 1 - REACH, -1), -1):
        level = mentions[place]
        if level.sentence < delta.sentence - 1 or (level.sentence < delta.sentence and subject):
            return None
        points = delta.quantity.kind is Kind.PERCENTAGE_POINT
        fits = level.quantity.kind is Kind.PERCENT if points else is_amount(level) and same_unit(level, delta)
        if not is_level(level) or not fits or level.base or within_share(mentions, place):
            continue
        if points:
            return (level, WEAK) if level.sentence == delta.sentence else None
        if level.each != delta.each and (delta.each or first - place > 1 or subject):
            continue
        if level.depth > delta.depth and level.parenthesis != delta.parenthesis:
            continue
        if level.sentence < delta.sentence:
            return level, WEAK
        if gained:
            return level, WEAK
        if not subject or (first - place == 1 and _THAN.match(mentions[first].lead)):
            return level, EXPLICIT if first - place == 1 else STRUCTURAL
        named = likeness(subject, level.noun) > 0.8 and len(core_noun(subject)) <= len(core_noun(level.noun))
        if named:
            return level, STRUCTURAL
        return level, WEAK
    return None


def _both_sides(mentions: tuple[Mention, ...], first: int) -> Mention | None:
    """Return what came in and was spent alike: 收入总计4182万元，支出总计4182万元。收支较上年增加382万元，增长10.1%."""
    delta = mentions[first]
    if delta.role is not Role.CHANGE or _BOTH_SIDES.search(own_subject(delta.topic.rpartition("，")[2])) is None:
        return None
    sides = [one for one in mentions[max(first - REACH, 0) : first] if one.amount][-len(_SIDES) :]
    if len(sides) < len(_SIDES) or sides[0].quantity.value != sides[1].quantity.value:
        return None
    usable = all(one.level and same_unit(one, delta) and delta.sentence - one.sentence <= 1 for one in sides)
    return sides[1] if usable and all(side in one.clause for side, one in zip(_SIDES, sides, strict=True)) else None


def _named_before(mentions: tuple[Mention, ...], first: int, delta: Mention) -> tuple[Mention, int] | None:
    """Return the level told before by the name of what grew: 县级财政拨款…万元…。县级财政拨款比年初增加…."""
    subject = core_noun(own_subject(mentions[first].lead))
    if len(subject) < NAMED or not is_amount(delta):
        return None
    named = [
        one
        for one in mentions[max(first - NAMED_REACH, 0) : first]
        if one.paragraph == delta.paragraph
        and is_level(one)
        and is_amount(one)
        and same_unit(one, delta)
        and one.each == delta.each
        and core_noun(own_subject(one.noun)) == subject
    ]
    return (named[0], STRUCTURAL) if len(named) == 1 and not named[0].base else None


def _more_than_all(passage: Passage, level: Mention, delta: Mention, rate: Mention) -> Proposal:
    """Return that no level can have grown by more than itself: 12231.8万元，增加22510.2万元."""
    spoken = f"增加额{text_of(delta)}不多于增加后的{text_of(level)}"
    wording = Wording("level_increase_growth", ClaimType.LEVEL_DELTA_GROWTH, "delta <= level", spoken)
    operands = {"delta": delta, "level": level, "growth": rate}
    return order_claim(passage, wording, operands, Verdict.INCONSISTENT, EXPLICIT)


def _propose(passage: Passage, level: Mention, delta: Mention, rate: Mention, strength: int) -> Proposal | None:
    times = rate.quantity.kind is Kind.RATIO
    rises = rate.direction > 0
    if rises and strength == EXPLICIT and delta.quantity.value > level.quantity.value:
        return _more_than_all(passage, level, delta, rate)
    rule = growth_of_increase if rises else fall_of_decrease
    sign = "－" if rises else "＋"

    def formula(values: Sequence[Interval]) -> Interval:
        result = rule(values[0], values[1])
        return scale(result, Decimal("0.01")) if times else result

    hundred = "" if times else "×100%"
    wording = Wording(
        relation="level_increase_growth",
        type=ClaimType.LEVEL_DELTA_GROWTH,
        formula=f"growth = delta / (level {'-' if rises else '+'} delta)",
        spoken=f"{text_of(delta)}÷（{text_of(level)}{sign}{text_of(delta)}）{hundred}",
    )
    return propose(passage, wording, ("growth", rate), {"level": level, "delta": delta}, formula, strength)
