"""A comparison said in words between two figures just given: 余额398.42亿元，限额426.59亿元，债务余额低于债务限额."""

import re
from collections.abc import Iterator

from dudao.claims.arithmetic import judge_order
from dudao.claims.likeness import is_amount, is_level, likeness, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, Wording, order_claim, text_of

REACH = 6
"""How many figures back the two may stand."""
ALIKE = 0.6

_SAID = re.compile(
    r"(?P<left>[^，。；、：\d\n]{2,14}?)(?P<word>低于|高于|大于|小于|少于|多于|超过|不低于|不高于)(?P<right>[^，。；、：\d\n]{2,14})[。；，]"
)
_PLACES = re.compile(r"[省市州县区旗盟乡镇地]|县区|市县|街道")
_LESS = ("低于", "小于", "少于", "不高于")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the comparisons said in words behind the figures they compare."""
    mentions = passage.mentions
    for first, last in passage.sentences:
        if last - first < 2:
            continue
        for place in range(first + 1, last):
            start = mentions[place].quantity.span.end
            end = mentions[place + 1].quantity.span.start if place + 1 < last else start + 60
            match = _SAID.match(passage.text[start : min(end, start + 60)].lstrip("，、 "))
            if match is not None:
                yield from _claim(passage, mentions[max(place - REACH, first) : place + 1], match)


def _claim(passage: Passage, near: tuple[Mention, ...], match: re.Match[str]) -> Iterator[Proposal]:
    left = _named(near, match["left"], match["word"])
    right = _named(near, match["right"], match["word"])
    if left is None or right is None or left is right or not same_unit(left, right):
        return
    less = match["word"] in _LESS
    strict = not match["word"].startswith("不")
    lesser, greater = (left, right) if less else (right, left)
    verdict = judge_order(lesser.quantity, greater.quantity, strict=strict)
    sign = ("<" if less else ">") + ("" if strict else "=")
    spoken = f"{text_of(left)}{match['word']}{text_of(right)}"
    wording = Wording("stated_order", ClaimType.OTHER, f"a {sign} b", spoken, "改变比较的结论")
    yield order_claim(passage, wording, {"a": left, "b": right}, verdict, EXPLICIT)


def _counts_places(one: Mention) -> bool:
    """Return whether a figure counts those of whom something is said: 2个市（州）初中低于小学."""
    return one.quantity.unit == "个" and _PLACES.match(one.tail) is not None


def _named(near: tuple[Mention, ...], name: str, word: str) -> Mention | None:
    """Return the amount of a name; 有4所学校低于标准 counts those that are lower, whatever is said behind it."""
    usable = [one for one in near if is_level(one) and is_amount(one) and not _counts_places(one)]
    levels = [one for one in usable if one.noun and word not in one.noun]
    best = max(levels, key=lambda one: likeness(one.noun, name), default=None)
    return best if best is not None and likeness(best.noun, name) >= ALIKE else None
