"""A rate of what is left of a whole: 52所小学中有6所未达标，达标率88.5%; 辍学3人，巩固率99.8%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, divide, percent, point, subtract
from dudao.claims.fractions import share_of
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.rate_names import name_of_rate, names_of_part
from dudao.quantities.model import Interval, Kind

REACH = 3
"""How many figures back what is missing may stand, and as many before it the whole."""
TELLING = 3
"""How many characters in a row what is lacking and what a rate covers have in common."""
_DENIED = re.compile(r"(?:未能|尚未|没有|未|不|没)(?P<what>[^，。；、\d]{0,12})")
_TO_MARK = re.compile(r"[^，。；：、（(\d\n]{0,30}")
_DUE = re.compile(r"应|核定|需|计划|任务")
"""应参保1200人: what is due bears the name of the rate too."""
_REACHED = re.compile(r"达到[^，。；、\d]{0,10}(?:标准|要求)")
"""未达到省定标准 denies what 达标率 covers."""
_OPPOSITES = {
    "压减": re.compile("保留|留存"),
    "巩固": re.compile("辍学|流失"),
    "就业": re.compile("待业|失业"),
    "到岗": re.compile("缺岗|空缺"),
    "配备": re.compile("缺配|缺编|空缺"),
    "出勤": re.compile("缺勤"),
    "到课": re.compile("缺课|旷课"),
    "参保": re.compile("漏保|断保"),
    "安置": re.compile("失学"),
}
"""What is missing where it has a name of its own."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a rate is one whole without the count its words deny, of that whole."""
    for place, share in enumerate(passage.mentions):
        if share.quantity.kind is Kind.PERCENT and (name := name_of_rate(share)) is not None:
            yield from _rest(passage, place, name)


def _rest(passage: Passage, place: int, name: str) -> Iterator[Proposal]:
    mentions, share = passage.mentions, passage.mentions[place]
    if share.lead.startswith("最"):
        return  # 7个县中2个未足额到位，最低的到位率仅为62.4%: that of one of them
    beside = [one for one in mentions[max(place - 2 * REACH, 0) : place] if _counts(one, share)]
    missing = [one for one in beside[-REACH:] if _lacks(one, name, _clause_behind(passage, one))]
    if len(missing) != 1:
        return
    lacking = missing[0]
    wholes = [one for one in beside if one.index < lacking.index and same_unit(one, lacking)]
    settled = len(wholes) >= 2 and wholes[-1].quantity.value + lacking.quantity.value == wholes[-2].quantity.value
    if wholes and settled and _bears(wholes[-1], name) and beside[-1] is lacking:
        # 15项指标中达标13项，未达标2项，达标率86.7%: the two make the whole, so that the rate is that of the first.
        yield from share_of(passage, wholes[-1], wholes[-2], share, EXPLICIT)
        return
    if wholes and _bears(wholes[-1], name):
        yield from _of_both(passage, share, wholes[-1], lacking)
    sure = len(wholes) == 1 and beside[-1] is lacking and not _bears(wholes[0], name)
    for whole in reversed(wholes):
        if whole.quantity.value > lacking.quantity.value:
            yield from _of_whole(passage, share, whole, lacking, STRUCTURAL if sure else WEAK)


def _of_whole(passage: Passage, share: Mention, whole: Mention, lacking: Mention, strength: int) -> Iterator[Proposal]:
    spoken = f"（{text_of(whole)}－{text_of(lacking)}）÷{text_of(whole)}×100%"
    wording = Wording("rest_rate", ClaimType.SHARE, "share = (whole - lacking) / whole", spoken)
    operands = {"whole": whole, "lacking": lacking}
    found = propose(passage, wording, ("share", share), operands, _left, strength)
    if found is not None:
        yield found


def _of_both(passage: Passage, share: Mention, having: Mention, lacking: Mention) -> Iterator[Proposal]:
    """Yield 合格46所，不合格6所，合格率88.5%, when it fits: there may be a third outcome."""
    wording = Wording(
        "rest_rate",
        ClaimType.SHARE,
        "share = having / (having + lacking)",
        f"{text_of(having)}÷（{text_of(having)}＋{text_of(lacking)}）×100%",
    )
    operands = {"having": having, "lacking": lacking}
    found = propose(passage, wording, ("share", share), operands, _having, WEAK)
    if found is not None:
        yield found


def _counts(one: Mention, share: Mention) -> bool:
    """Return whether a figure is a count of the sentence of a rate, in or outside of parentheses as the rate."""
    return is_amount(one) and is_level(one) and not one.each and one.sentence == share.sentence


def _lacks(one: Mention, name: str, behind: str = "") -> bool:
    """Return whether the words of a count deny what a rate names: 6所未达标, 不合格9家, 辍学3人."""
    words = (one.lead, behind or one.tail)
    opposite = next((said for rate, said in _OPPOSITES.items() if name.endswith(rate)), None)
    if opposite is not None and any(opposite.search(text) for text in words):
        return True
    reached = [_REACHED.sub("达标", text) for text in words]
    denied = [match["what"] for text in reached for match in _DENIED.finditer(text)]
    if name.endswith("覆盖") and any(_named_alike(what, name) for what in denied):
        return True
    return any(re.search(said, what) for said in names_of_part(name) for what in denied)


def _named_alike(what: str, name: str) -> bool:
    """Return whether what is lacking is what a rate covers: 没有公办中心幼儿园, 公办中心园覆盖率."""
    return any(what[first : first + TELLING] in name for first in range(max(len(what) - TELLING + 1, 0)))


def _bears(one: Mention, name: str) -> bool:
    """Return whether a count is of those that have what a rate names, not of all: 合格46所."""
    return name[-2:] in one.lead + one.tail and _DUE.search(one.lead) is None


def _clause_behind(passage: Passage, one: Mention) -> str:
    """Return the words behind a count up to the next mark or figure: 46所生均教学及辅助用房面积不达标."""
    return _TO_MARK.match(passage.text, one.quantity.span.end)[0]  # type: ignore[index]


def _having(values: Sequence[Interval]) -> Interval:
    """Return having / (having + lacking) as 1 / (1 + lacking / having), so that no count is taken twice."""
    return divide(point(Decimal(100)), add([divide(values[1], values[0]), point(Decimal(1))]))


def _left(values: Sequence[Interval]) -> Interval:
    """Return 1 - lacking / whole, so that the whole is not taken twice."""
    return subtract(point(Decimal(100)), percent(values[1], values[0]))
