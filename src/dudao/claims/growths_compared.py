"""A growth held against another one: 教育支出增长9.8%，高于财政经常性收入6.5%的增幅.

The law asks that what is spent on schooling grow faster than the income of the treasury, so that reports tell the two
growths one behind the other. 高于…增幅3.3% may also say by how much, so only words behind the figure (6.5%的增幅) make
it a growth for sure; of the others none is called wrong.
"""

import re
from collections.abc import Iterator

from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, WEAK, Proposal, Wording, order_claim, text_of
from dudao.quantities.model import Kind

REACH = 3
"""How many figures back the growth may stand that is compared."""
CLAUSES = 2
SENTENCE = 40
"""How many figures of a sentence are looked at."""
_COMPARES = re.compile(r"(?P<word>高于|快于|大于|超过|低于|慢于|小于)(?P<what>[^，。；：、\d]{2,24})$")
_FASTER = ("高于", "快于", "大于", "超过")
_GROWTH_BEHIND = re.compile(r"\s*的(?:增长)?(?:幅度|增幅|率|增长率|增速|速度|增长速度|涨幅|增长水平)")
_GROWTH_BEFORE = re.compile(r"(?:增长|增幅|增速|涨幅|增长率|增长幅度|增长速度)(?:为|达)?$")


def growth_behind(text: str, end: int) -> bool:
    """Return whether words behind a figure that ends at a place call it a growth: 6.5%的增幅."""
    return _GROWTH_BEHIND.match(text, end) is not None


def growths_compared(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield that the growth told before a figure is higher or lower than the one it is held against."""
    other = passage.mentions[place]
    if other.quantity.kind is not Kind.PERCENT or other.quantity.upper is not None:
        return
    said = _COMPARES.search(other.clause)
    if said is None:
        return
    sure = growth_behind(passage.text, other.quantity.span.end)
    if not sure and _GROWTH_BEFORE.search(said["what"]) is None:
        return
    one = _growth_before(passage, place)
    if one is None or other.quantity.interval.low is None or other.quantity.interval.high is None:
        return
    faster = said["word"] in _FASTER
    gap = (one.quantity.value - other.quantity.value) * (1 if faster else -1)
    if not sure and (gap <= 0 or _tells_distance(passage, one, other)):
        return
    verdict = Verdict.CONSISTENT if gap > 0 else Verdict.INCONSISTENT
    spoken = f"{text_of(one)}{said['word']}{text_of(other)}"
    sign = ">" if faster else "<"
    wording = Wording("meets_standard", ClaimType.EXCEEDS_STANDARD, f"a {sign} b", spoken, "影响是否达标的结论")
    yield order_claim(passage, wording, {"a": one, "b": other}, verdict, EXPLICIT if sure else WEAK)


def _tells_distance(passage: Passage, one: Mention, other: Mention) -> bool:
    """Return whether a figure is by how much two growths of the sentence differ: 6.5%…9.8%，高于…增幅3.3%."""
    first, last = passage.sentences[one.sentence]
    told = {each.quantity.value for each in passage.mentions[first : min(last, first + SENTENCE)]}
    return one.quantity.value - other.quantity.value in told or one.quantity.value + other.quantity.value in told


def _growth_before(passage: Passage, place: int) -> Mention | None:
    """Return the nearest increase in per cent right before a comparison, in its sentence."""
    other = passage.mentions[place]
    for one in passage.mentions[max(place - REACH, 0) : place][::-1]:
        if one.part != other.part or other.clause_number - one.clause_number > CLAUSES:
            return None
        if one.depth != other.depth:
            continue
        grows = one.role is Role.CHANGE and one.direction > 0 and one.quantity.kind is Kind.PERCENT
        return one if grows and one.quantity.upper is None and one.quantity.interval.low is not None else None
    return None
