"""What the shares said of parts tell: that they fill their whole, or that they overlap."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from dudao.claims.arithmetic import step
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.lists import AMONG_PARTS, PARTS_LIMIT
from dudao.claims.sums.proposing import shortfall
from dudao.claims.wholes import whole_noun
from dudao.quantities.model import Kind, Quantity

MOST = 95
"""Parts with shares that make less than so many percent were not meant to be all."""
PERCENTS = Decimal(100)
BEHIND = 24
"""How many characters behind the last part it may be said that some are counted twice."""
_TWICE = re.compile(
    r"(?:合计|[两二三]者|部分)[^，。；、\d]{0,4}占|[两二三][种项类者][^，。；、\d]{0,4}(?:都|均)|同时(?!，|,)|既[^，。；]{1,12}又|重复(?:的|计|涉)|交叉|二者兼|两者兼|兼有|兼具"
)
_HIGH = re.compile(r"达到|以上|高于|超过|全部|大于")
_LOW = re.compile(r"低于|以下|不足|未达|小于|不到")
_OF_PLAN = re.compile(r"(?:预算|计划|任务|目标|指标)[^，。；、\d]{0,4}的?(?:约|近)?$|(?:执行|支出)(?:率|进度)")
SHARED_WITHIN = 3
"""How many figures behind an amount its own share may stand, and how many characters of a name come back."""
DEALT_WITHIN = 8
"""How many characters apart the shares may stand that are dealt out behind the last part."""


def shares_fill(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether every part has a share of its own, and the shares make a hundred: then nothing is left out."""
    shares = _shares_of(passage, place, parts)
    if len(shares) < len(parts):
        return False
    room = sum((step(one) for one in shares), Decimal(0))
    return abs(sum((one.value for one in shares), Decimal(0)) - PERCENTS) <= room


def told_by_shares(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether every part has its own share of the total and all of them hold: what is missing is told nowhere.

    床位910.1万张，其中医院占78.4%，基层占18.1%，公共卫生占3.3%. Near a hundred the shares must be well rounded.
    """
    shares, total = _shares_of(passage, place, parts), passage.mentions[place].quantity.value
    if len(shares) != len(parts) or total <= 0:
        return False
    closely = 2 if sum(one.value for one in shares) > MOST else 1
    return all(
        abs(part.quantity.value * PERCENTS / total - share.value) * closely <= step(share)
        for part, share in zip(parts, shares, strict=True)
    )


def fill_another(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether parts with shares of their own make another whole than the one told, which no slip explains.

    预算调整为715903万元。…市本级支出193520万元，占27.3%；各县支出515346万元，占72.7%: of all that was spent.
    """
    shares = _shares_of(passage, place, parts)
    together = sum((one.quantity.value for one in parts), Decimal(0))
    if len(shares) != len(parts) or together <= 0:
        return False
    fits = all(
        abs(part.quantity.value * PERCENTS / together - share.value) <= step(share)
        for part, share in zip(parts, shares, strict=True)
    )
    return fits and not one_slip_away(passage.mentions[place].quantity, [one.quantity for one in parts])


def _shares_of(passage: Passage, place: int, parts: Sequence[Mention]) -> list[Quantity]:
    """Return the shares said of the parts, each right behind its part or dealt out behind the last."""
    mentions = passage.mentions
    behind: dict[int, Quantity] = {}
    part: Mention | None = None
    listed = {one.index for one in parts}
    dealt: list[Quantity] = []
    for one in mentions[place + 1 : place + 1 + 3 * PARTS_LIMIT]:
        if one.sentence > parts[-1].sentence:
            break
        if one.index in listed:
            part = one
        elif part is parts[-1] and one.level and one.depth == part.depth and same_unit(one, part):
            # 装备制造5.90万人、交通运输4.66万人，五个大类合计32.90万人，占66.6%: the share is that of another.
            break
        elif one.quantity.kind is Kind.PERCENT and one.role is Role.SHARE and part is not None:
            if part is parts[-1] and (not dealt or one.parenthesis == part.parenthesis):
                # 几乎占到一半（49.1%）: the parenthesis says the same share again.
                dealt.append(one.quantity)
            behind.setdefault(part.index, one.quantity)
    in_a_row = len(dealt) == len(parts) and dealt[-1].span.start - dealt[0].span.end <= DEALT_WITHIN * len(dealt)
    return dealt if in_a_row else list(behind.values())


def told_twice(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether words beside the parts say that some are counted in two, or that together they are a part.

    诫勉2人（1人同时受党纪处分）; 公办12.95万人，购买学位0.58万人，两部分合计占97.8%.
    """
    last = parts[-1].quantity.span.end
    end = min(passage.segmentation.sentences.span(parts[-1].sentence).end, last + BEHIND)
    return _TWICE.search(passage.text, total.quantity.span.end, end) is not None


def overlap(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether the shares said of the parts are not those of all of it: they exceed it, or leave something."""
    if told_by_shares(passage, place, parts):
        return True
    mentions = passage.mentions
    shares: dict[int, Decimal] = {}
    part: Mention | None = None
    for one in mentions[place + 1 : place + 1 + 3 * PARTS_LIMIT]:
        if one.sentence > parts[-1].sentence:
            break
        if one in parts:
            part = one
        elif part is not None and _share_like(one) and one.quantity.value <= PERCENTS:
            shares.setdefault(part.index, one.quantity.value)
    return len(shares) >= 2 and sum(shares.values()) > PERCENTS + 1


def _share_like(one: Mention) -> bool:
    """Return whether a figure is a share or a rate of the whole: 占44.9%, 竣工率44.9%; not 为预算的56.0%, of a plan."""
    if _OF_PLAN.search(one.lead):
        return False
    return one.quantity.kind is Kind.PERCENT and one.role in (Role.SHARE, Role.LEVEL)


def shared_of_divided(passage: Passage, one: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether an amount is told as a share of what is divided: 958亿元，占总投入的80.8%。分学段看，总投入…."""
    place = bisect_left(passage.mentions, one.index, key=lambda each: each.index)
    for share in passage.mentions[place + 1 : place + 1 + SHARED_WITHIN]:
        name = whole_noun(share)[1] if share.role is Role.SHARE and share.sentence == one.sentence else ""
        if name:
            return name[-SHARED_WITHIN:] in core_noun(parts[0].clause) and name[-SHARED_WITHIN:] not in core_noun(
                one.noun
            )
    return False


def makes_with_next(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether a list makes a figure and the next of its sentence: 应届862人，往届51人。市内713人，市外200人."""
    total = passage.mentions[place]
    behind = passage.mentions[place + 1 : place + 1 + PARTS_LIMIT]
    beside = [one for one in behind if one.sentence == total.sentence and one.level and same_unit(one, total)]
    return bool(beside) and shortfall(total, run) + beside[0].quantity.value == 0


def graded(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts are graded: 14个市中，达到95%的8个，90%至95%的3个，低于90%的3个."""
    if len(parts) < AMONG_PARTS or not all(one.lead.endswith(("的", "的有")) for one in parts):
        return False
    first, last = parts[0].clause, parts[-1].clause
    high, low = (first, last) if _HIGH.search(first) else (last, first)
    near = abs(shortfall(total, parts)) * 3 <= total.quantity.value
    return near and _HIGH.search(high) is not None and _LOW.search(low) is not None


def mentions_share(passage: Passage, place: int) -> bool:
    """Return whether the figure right behind a total is its own share: 专任教师5412人，占92.1%；高级职称1326人、…."""
    following = passage.mentions[place + 1] if place + 1 < len(passage.mentions) else None
    return following is not None and following.role is Role.SHARE and following.part == passage.mentions[place].part


def of_those_gone(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether a list divides by how much a figure fell: 由114人减至41人，其中转岗36人、解聘24人、离职13人."""
    older, newer = passage.mentions[place - 1] if place else None, passage.mentions[place]
    if older is None or older.role is not Role.FROM or newer.role is not Role.TO or not same_unit(older, newer):
        return False
    gone = abs(older.quantity.value - newer.quantity.value)
    return gone in accumulate(one.quantity.value for one in run)
