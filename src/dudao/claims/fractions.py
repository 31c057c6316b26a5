"""The claim that a percentage is one figure over another: 2616÷5232＝50%; fractions that are written out: 520/832."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, divide, percent, point, scale
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.slips import share_one_slip_away
from dudao.quantities.model import Interval, Kind

_NEAR_OPEN = 5
"""Open amounts (600多人) must come so near to the share as a part of it."""
SIBLING_REACH = 8
"""How many figures back in the sentence the shares of other parts are looked at."""
_TELLING = 25
"""A whole is known to a twenty-fifth at least where two shares are said to agree on it."""
_TOTALLED = re.compile(r"总[额数量计]|合计|共计|的$")
_SURELY = 500
"""The same where they stand in different sentences."""
WHOLES_REACH = 14
"""How many figures back in other sentences the shares of the same whole are looked at."""
PARAGRAPHS = 3
_OUT_OF = re.compile(r"[^，。；、\d]{0,6}(?:里|中(?![小学职专等]))(?:有)?[^，。；、\d]{0,4}(?<![和及与])")
_ROW = re.compile(r"(?:[、和及与][\d.,]+[^，。；：、\d]{0,4})*[、和及与]")
_OWN_RATE = re.compile(r"(?:率|比例|比重)(?:为|达到|达|是|约|近)?$")
_FRACTION = re.compile(r"\s*\d+\s*[/／]\s*\d+\s*")


def fraction_beside(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of a share beside its fraction: 62.5%（520/832）, 占比（5.12万人，总数9.87万人）51.9%."""
    before = passage.mentions[max(place - 2, 0) : place]
    if len(before) == 2 and before[0].parenthesis == before[1].parenthesis >= 0 == passage.mentions[place].depth:
        closed = passage.text[before[1].quantity.span.end : passage.mentions[place].quantity.span.start].strip()
        small, large = sorted(before, key=lambda one: one.quantity.value)
        amounts = all(is_level(one) and is_amount(one) and not one.each for one in before)
        opens = passage.text[before[0].parenthesis - 3 : before[0].parenthesis - 1].endswith(("比", "率", "例", "重"))
        if closed in ("）", ")") and amounts and opens and same_unit(small, large) and large.quantity.value:
            return small, large
    if (told := out_of_behind(passage, place)) is not None:
        return told
    share, behind = passage.mentions[place], passage.mentions[place + 1 : place + 3]
    if len(behind) < 2:
        return None
    part, whole = behind
    opened = passage.text[share.quantity.span.end : part.quantity.span.start].strip()
    between = passage.text[part.quantity.span.end : whole.quantity.span.start].strip()
    if opened not in ("（", "("):
        return None
    return (part, whole) if between in ("/", "／", "÷") and whole.quantity.value else None


def out_of_behind(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 68.4%（117所中80所达标）: so many out of so many, in the parenthesis right behind."""
    share, behind = passage.mentions[place], passage.mentions[place + 1 : place + 3]
    if len(behind) < 2 or behind[0].parenthesis != share.quantity.span.end + 1:
        return None
    whole, part = behind
    opened = passage.text[share.quantity.span.end : whole.quantity.span.start].strip()
    between = passage.text[whole.quantity.span.end : part.quantity.span.start].strip()
    alike = same_unit(part, whole) and whole.quantity.value >= part.quantity.value > 0
    return (part, whole) if opened in ("（", "(") and _OUT_OF.fullmatch(between) and alike else None


def written_fraction(passage: Passage, place: int) -> Proposal | None:
    """Return 43.5%（87/200） where the fraction was read as one figure."""
    if place + 1 >= len(passage.mentions):
        return None
    share, fraction = passage.mentions[place], passage.mentions[place + 1]
    opened = passage.text[share.quantity.span.end : fraction.quantity.span.start].strip()
    if (
        fraction.quantity.kind is not Kind.RATIO
        or not _FRACTION.fullmatch(fraction.quantity.text)
        or opened not in ("（", "(")
    ):
        return None
    wording = Wording("share", ClaimType.SHARE, "share = fraction", f"{text_of(fraction)}×100%")
    return propose(
        passage, wording, ("share", share), {"fraction": fraction}, lambda one: scale(one[0], Decimal(100)), EXPLICIT
    )


def share_of(passage: Passage, part: Mention, whole: Mention, share: Mention, strength: int) -> Iterator[Proposal]:
    """Yield the claim that a percentage is part over whole; nothing when the sizes speak against it."""
    wording = Wording("share", ClaimType.SHARE, "share = part / whole", f"{text_of(part)}÷{text_of(whole)}×100%")
    operands = {"part": part, "whole": whole}
    proposal = propose(
        passage, wording, ("share", share), operands, lambda values: percent(values[0], values[1]), strength
    )
    if proposal is not None and proposal.holds and not _told_apart(part, whole, share):
        return
    if proposal is None or (not proposal.holds and _of_one_untold(passage, part, whole, share)):
        return
    if proposal.holds or strength == EXPLICIT:
        yield proposal
    elif _plausible(part, whole) and not in_one_row(passage, part, whole):
        # 招聘1876名，超额完成计划（1800名）76名，完成率104.2%: of what was done, and not of what went beyond.
        beyond = share.quantity.value > 100 and part.quantity.value * 2 < whole.quantity.value
        doubtful = (
            beyond
            or part.quantity.value >= whole.quantity.value
            or has_own_share(passage, whole, part)
            or _counts_up_its_list(passage, part, whole)
        )
        slipped = share_one_slip_away(share.quantity, part.quantity, whole.quantity)
        if _asks_for_another_whole(passage, part, whole, share):
            return
        if not doubtful or (slipped and not _agrees_with_share_before(passage, part, share)):
            yield proposal


def _of_one_untold(passage: Passage, part: Mention, whole: Mention, share: Mention) -> bool:
    """Return whether a part and what holds it have shares of one whole that is not told.

    60岁及以上83858人，占20.04%，其中65岁及以上61204人，占14.63%: both are of all people.
    """
    place = bisect_left(passage.mentions, whole.index, key=lambda one: one.index) + 1
    own = passage.mentions[place] if place < len(passage.mentions) else part
    if own.index >= part.index or own.sentence != whole.sentence or not is_own_rate(own):
        return False
    if own.quantity.interval.low in (None, 0) or share.quantity.interval.low in (None, 0):
        return False
    asked = divide(part.quantity.interval, share.quantity.interval)
    return asked.meets(divide(whole.quantity.interval, own.quantity.interval)) and _narrow(asked)


def _agrees_with_share_before(passage: Passage, part: Mention, share: Mention) -> bool:
    """Return whether a part and its share ask for the same whole as others before: 1064人，占20%，2127人，占40%."""
    mentions = passage.mentions
    place = bisect_left(mentions, part.index, key=lambda one: one.index)
    asked = divide(part.quantity.interval, share.quantity.interval)
    for number in range(place - 1, max(place - SIBLING_REACH, 0), -1):
        other_part, other = mentions[number - 1 : number + 1]
        if other.sentence != share.sentence:
            return False
        if not (other_part.level and same_unit(other_part, part) and is_own_rate(other)):
            continue
        whole = divide(other_part.quantity.interval, other.quantity.interval)
        beside = number == place - 1
        if asked.meets(whole) and (beside or (_narrow(asked) and _narrow(whole))):
            return True
    return False


def _asks_for_another_whole(passage: Passage, part: Mention, whole: Mention, share: Mention) -> bool:
    """Return whether a share names a whole that the one at hand is not called, and one before it asks for it as well.

    支出总计77355万元。…基本支出58973.64万元，占76.42%。…教育支出61288.19万元，占本年支出的79.41%: its amount is told
    nowhere.
    """
    called = _TOTALLED.sub("", share.lead.rpartition("占")[2])
    asked = divide(part.quantity.interval, share.quantity.interval)
    if not called or called in _TOTALLED.sub("", whole.lead) or not _narrow(asked, _SURELY):
        return False
    mentions = passage.mentions
    place = bisect_left(mentions, part.index, key=lambda one: one.index)
    for number in range(place - 1, max(place - WHOLES_REACH, 0), -1):
        other_part, other = mentions[number - 1 : number + 1]
        if other.paragraph < share.paragraph - PARAGRAPHS:
            return False
        if not (other_part.level and same_unit(other_part, part) and is_own_rate(other)):
            continue
        before = divide(other_part.quantity.interval, other.quantity.interval)
        if _narrow(before, _SURELY) and asked.meets(before) and not before.contains(whole.quantity.value):
            return True
    return False


def _counts_up_its_list(passage: Passage, part: Mention, whole: Mention) -> bool:
    """Return whether an amount sums up a list that another is an item of: 中级1186人、初级938人，合计2124人，占30%."""
    listed = passage.text.startswith(("、", "；"), whole.quantity.span.end)
    return part.total and not whole.total and listed and part.sentence == whole.sentence


def _narrow(whole: Interval, telling: int = _TELLING) -> bool:
    """Return whether a share says its whole so closely that another one does not agree by chance."""
    if whole.low is None or whole.high is None:
        return False
    return (whole.high - whole.low) * telling <= whole.high


def in_one_row(passage: Passage, part: Mention, whole: Mention) -> bool:
    """Return whether two amounts stand in one row, so that neither is of the other: 871.77万元、363.24万元."""
    if part.sentence != whole.sentence:
        return False
    first, last = sorted((part, whole), key=lambda one: one.index)
    between = passage.text[first.quantity.span.end : last.quantity.span.start]
    return _ROW.fullmatch(between) is not None


def is_own_rate(one: Mention) -> bool:
    """Return whether a percentage is a share or a rate of the amount it follows."""
    named = one.role is Role.LEVEL and _OWN_RATE.search(one.lead) is not None
    return one.quantity.kind is Kind.PERCENT and (one.role is Role.SHARE or named)


def has_own_share(passage: Passage, whole: Mention, part: Mention) -> bool:
    """Return whether an amount is told with a share of its own, so that one behind it stands beside it, not within.

    50岁以上的687名，占34%；30岁以下的263名，占13%: the whole of both is told elsewhere, or nowhere.
    """
    place = bisect_left(passage.mentions, whole.index, key=lambda one: one.index) + 1
    behind = passage.mentions[place] if place < len(passage.mentions) else part
    if behind.index >= part.index or behind.sentence != whole.sentence:
        return False
    return is_own_rate(behind) and "其中" not in passage.text[behind.quantity.span.end : part.quantity.span.start]


def _told_apart(part: Mention, whole: Mention, share: Mention) -> bool:
    """Return whether amounts say enough for a share to hold by more than their openness: 5000元以上 fits any."""
    if part.slack is not None and whole.slack is not None and share.quantity.approximation is None:
        return True
    made = part.quantity.value * 100 / whole.quantity.value if whole.quantity.value else Decimal(0)
    return abs(made - share.quantity.value) * _NEAR_OPEN <= share.quantity.value


def _plausible(part: Mention, whole: Mention) -> bool:
    """Return whether two amounts are of a size that one can be a share of the other at all."""
    return whole.quantity.value / 2000 < part.quantity.value <= whole.quantity.value * 3


def share_of_two(passage: Passage, part: Mention, other: Mention, share: Mention) -> Iterator[Proposal]:
    """Yield the claim that a percentage is what a part makes of itself and the other half of an untold whole."""
    spoken = f"{text_of(part)}÷（{text_of(part)}＋{text_of(other)}）×100%"
    wording = Wording("share", ClaimType.SHARE, "share = part / (part + rest)", spoken)
    proposal = propose(passage, wording, ("share", share), {"part": part, "rest": other}, _half, STRUCTURAL)
    if proposal is not None:
        yield proposal


def _half(values: Sequence[Interval]) -> Interval:
    """Return part / (part + rest) as 1 / (1 + rest / part), so that the part is not counted twice."""
    return divide(point(Decimal(100)), add([divide(values[1], values[0]), point(Decimal(1))]))


def share_of_sum(
    passage: Passage, parts: list[Mention], whole: Mention, share: Mention, strength: int = WEAK
) -> Proposal | None:
    """Return the claim that a percentage is several counts together over a whole; None when weak words do not fit."""
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    wording = Wording(
        "share",
        ClaimType.SHARE,
        f"share = ({' + '.join(names)}) / whole",
        f"（{'＋'.join(text_of(one) for one in parts)}）÷{text_of(whole)}×100%",
    )

    return propose(
        passage,
        wording,
        ("share", share),
        names | {"whole": whole},
        lambda values: percent(add(values[:-1]), values[-1]),
        strength,
    )


def share_of_grades(passage: Passage, upper: list[Mention], lower: list[Mention], share: Mention) -> Proposal | None:
    """Return the claim that a percentage is some of all that are listed: 1 / (1 + the others / them)."""
    above = {f"p{number}": one for number, one in enumerate(upper, 1)}
    below = {f"q{number}": one for number, one in enumerate(lower, 1)}
    counted = "＋".join(text_of(one) for one in upper)
    wording = Wording(
        "share",
        ClaimType.SHARE,
        f"share = ({' + '.join(above)}) / ({' + '.join((*above, *below))})",
        f"（{counted}）÷（{counted}＋{'＋'.join(text_of(one) for one in lower)}）×100%",
    )

    def formula(values: Sequence[Interval]) -> Interval:
        rest = divide(add(values[len(upper) :]), add(values[: len(upper)]))
        return divide(point(Decimal(100)), add([rest, point(Decimal(1))]))

    return propose(passage, wording, ("share", share), above | below, formula, STRUCTURAL)


def within_share(mentions: Sequence[Mention], place: int) -> bool:
    """Return whether a figure is the whole told within the words of a share: 占6174个教学班的0.34%，减少43个."""
    one, share = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    told = share is not None and share.role is Role.SHARE and share.clause_number == one.clause_number
    return told and "占" in one.lead
