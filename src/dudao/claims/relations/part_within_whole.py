"""A part is no larger than its whole: 规范化小学275所 cannot be when there are 小学270所."""

import re
from collections.abc import Iterator

from dudao.claims.arithmetic import judge_order
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Kind

REACH = 14
"""How many figures back the whole may stand."""
PARAGRAPHS = 2
"""How many paragraphs back the whole of 规范化小学 may stand."""
FAR = 400
"""How many figures back a whole that is counted for the entire place may stand."""

WHOLES_KEPT = 30
"""How many counts for the entire place are remembered."""

SHARES_BETWEEN = 2
"""How many percentages said of a whole may lie between it and 其中."""

_OF_THOSE = re.compile(r"(?<![高初集其])[中里]$")
_THINGS = "小学|初中|中学|高中|幼儿园|完全中学|中小学校|中小学|教师|专任教师"
_BARE = re.compile(rf"^(?:{_THINGS})$")
_QUALIFIED = re.compile(
    rf"(?:规范化|标准化|示范性?|达标|特色|优质|重点|寄宿制|普惠性|平安|文明|星级|绿色|优秀|先进|乡村|农村|民办|公办)(?P<thing>{_THINGS})$"
)
_PLACE = re.compile(r"全[市县区省旗州](?:[共现]?有)?$")
_BOUND = re.compile(r"不低于|不少于|不超过|占|比|较|达到")
_OVER = re.compile(r"(?:超|欠|缺|少|多|差|增|减|结余)[^，。；、\d]{0,4}$")
_MEAN = re.compile("均|满意度")
_GAIN = re.compile(r"受益|参与|参加|接受|享受")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the parts that exceed their whole, and those named against the count of the entire place."""
    mentions = passage.mentions
    wholes: list[tuple[int, Mention]] = []
    for place, part in enumerate(mentions):
        if not is_level(part) or not is_amount(part) or part.each or part.quantity.upper is not None:
            continue
        yield from _qualified(passage, place)
        yield from _among(passage, place)
        if _PLACE.search(part.lead) and len(part.tail) >= 3:
            wholes.append((place, part))
        elif _GAIN.search(part.tail):
            yield from _of_all(passage, place, wholes)


def _qualified(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 规范化小学275所 against 小学270所, only when the part is the larger one."""
    part = passage.mentions[place]
    match = _QUALIFIED.search(part.noun)
    if match is None:
        return
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        whole = passage.mentions[other]
        if not (is_level(whole) and _BARE.match(whole.noun)) or whole.noun != match["thing"]:
            continue
        if not same_unit(whole, part) or whole.depth or whole.quantity.unit != part.quantity.unit:
            continue
        verdict = judge_order(part.quantity, whole.quantity)
        # Many more, or far away, are of another place or year rather than a slip.
        near = part.paragraph - whole.paragraph <= PARAGRAPHS and part.quantity.value * 4 < 5 * whole.quantity.value
        if verdict is Verdict.INCONSISTENT and near:
            yield _claim(passage, part, whole, verdict, STRUCTURAL, f"{part.noun}{text_of(part)}不多于{whole.noun}")
        return


def _among(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 683所，其中698所: what 其中 opens is no larger than the count right before it; only when it is.

    Nor is what is told of 2147名新生中 larger than they are. A percentage said of the whole may lie between.
    """
    mentions, part = passage.mentions, passage.mentions[place]
    before = place - 1
    while before > 0 and place - before <= SHARES_BETWEEN and mentions[before].quantity.kind is Kind.PERCENT:
        before -= 1
    if before < 0 or part.depth != mentions[before].depth:
        return
    whole = mentions[before]
    of_those = before == place - 1 and _OF_THOSE.search(whole.tail) and whole.quantity.unit != "个"
    opened = whole.clause_number < part.clause_number and _opens_alone(passage, part)
    if not part.lead.startswith("其中") and not opened and not of_those:
        # 六个乡镇中，问题最多的26个: townships and what is found in them are counted by one word.
        return
    if _MEAN.search(whole.lead):
        return  # 21个乡镇平均得分88.6分，其中街道93.1分: a mean lies among those of its parts
    beside = whole.sentence == part.sentence and part.clause_number - whole.clause_number <= place - before + opened
    alike = is_level(whole) and is_amount(whole) and whole.quantity.unit == part.quantity.unit and not whole.each
    if (
        not (beside and alike)
        # 合计超概算642万元，其中一楼概算1450万元: what is over is told of, then what it is over.
        or (_OVER.search(whole.lead) and not _OVER.search(part.lead))
        or whole.base
        or part.base
        or _BOUND.search(part.lead)
        or whole.quantity.upper is not None
    ):
        return
    for one in mentions[max(place - REACH, 0) : before]:
        if one.paragraph == part.paragraph and same_unit(one, part) and one.quantity.value >= part.quantity.value:
            return
    verdict = judge_order(part.quantity, whole.quantity)
    if verdict is Verdict.INCONSISTENT:
        yield _claim(passage, part, whole, verdict, STRUCTURAL, f"其中的{text_of(part)}不多于")


def _opens_alone(passage: Passage, part: Mention) -> bool:
    """Return whether 其中 stands before a mark of its own: 资金857万元，其中，用于试点的资金185万元."""
    start = passage.segmentation.clauses.starts[part.clause_number]
    return passage.text[max(start - len("其中，"), 0) : start] in ("其中，", "其中：")


def _of_all(passage: Passage, place: int, wholes: list[tuple[int, Mention]]) -> Iterator[Proposal]:
    """Yield 22.4万中小学生受益 against 全市20多万中小学生; only when it can be."""
    part = passage.mentions[place]
    for other, whole in reversed(wholes[-WHOLES_KEPT:]):
        if place - other > FAR:
            return
        if whole.tail[:3] == part.tail[:3] and whole.quantity.unit == part.quantity.unit:
            verdict = judge_order(part.quantity, whole.quantity)
            if verdict is not Verdict.INCONSISTENT:
                yield _claim(passage, part, whole, verdict, WEAK, f"{text_of(part)}{part.tail}不多于全部")
            return


def _claim(passage: Passage, part: Mention, whole: Mention, verdict: Verdict, strength: int, spoken: str) -> Proposal:
    wording = Wording(
        "part_within_whole",
        ClaimType.OTHER,
        "a <= b",
        f"{spoken}{text_of(whole)}",
        "部分多于总体，口径或数字有误",
    )
    return order_claim(passage, wording, {"a": part, "b": whole}, verdict, strength)
