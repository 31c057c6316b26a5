"""Places in a ranking: 由第8位升至第5位，上升3位; 居全市9个县区第3位; 甲县居第1位 among values listed."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.mentions import Passage
from dudao.claims.model import Claim, ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal
from dudao.provenance import Span
from dudao.quantities.model import Quantity

LISTED = 3
"""So many values at least must be listed before a place among them is checked."""

_STOP = "。"
_NUMBER = r"第\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?(?:位|名)"
_MOVED = re.compile(
    rf"(?:由|从)[^，。；\d]{{0,10}}(?P<old>{_NUMBER})[^，。；\d第]{{0,8}}?"
    r"(?:(?P<up>升至|升到|上升到|上升至|跃升至|跃升到|提升到|提升至|前移至|前移到|进到|跃居|跃至|进至)"
    r"|(?P<down>降至|降到|下降到|下降至|后移至|后退到|退到|退至|跌至|滑落至|下滑至))"
    rf"[^，。；\d第]{{0,8}}(?P<new>{_NUMBER})[，、（(；]?[^，。；\d]{{0,6}}?"
    r"(?:(?P<rise>上升|前移|提升|前进|跃升|提高|进|升)|(?P<fall>下降|后移|下滑|后退|退后|降低|退|降))了?"
    r"\s?(?P<by>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?:位|名|个位次|个名次|个位)"
)
_OF_MANY = re.compile(
    rf"(?P<many>\d{{1,4}}|[一二三四五六七八九十百]{{1,5}})\s?(?:个|所|家)[^，。；\d第]{{0,14}}?(?:中|里)?(?:居|列|排|排名|位居|位列|名列)?(?P<place>{_NUMBER})"
)
_NAMED = re.compile(
    rf"(?P<name>[^，。；、：\s\d]{{2,6}}?)(?:位居|位列|名列|排名|居|列|排)[^，。；、\d第]{{0,6}}(?P<place>{_NUMBER})"
)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims about places in a ranking that the text itself can check."""
    stretches = [*_with_places(passage.text)]
    if not stretches:
        return
    starts = [one.span.start for one in passage.quantities]
    for match in _matches(_MOVED, passage.text, stretches):
        figures = [_figure(passage, starts, match.span(name)) for name in ("old", "new", "by")]
        if None not in figures:
            yield _moved(passage, [one for one in figures if one is not None], rises=bool(match["up"]), match=match)
    for match in _matches(_OF_MANY, passage.text, stretches):
        many, place = (_figure(passage, starts, match.span(name)) for name in ("many", "place"))
        if many is not None and place is not None and many != place:
            yield from _of_many(passage, many, place)
    for match in _matches(_NAMED, passage.text, stretches):
        place = _figure(passage, starts, match.span("place"))
        if place is not None:
            yield from _among(passage, match["name"], place)


def _with_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between full stops that name a place; no pattern reaches beyond one."""
    start = 0
    while (place := text.find("第", start)) >= 0:
        before, behind = text.rfind(_STOP, start, place), text.find(_STOP, place)
        end = behind if behind >= 0 else len(text)
        yield (before + 1 if before >= 0 else start), end
        start = end


def _matches(pattern: re.Pattern[str], text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for first, last in stretches:
        yield from pattern.finditer(text, first, last)


def _figure(passage: Passage, starts: list[int], span: tuple[int, int]) -> int | None:
    """Return the number of the figure that overlaps a span; None without."""
    place = bisect_left(starts, span[0])
    for number in (place, place - 1):
        if 0 <= number < len(starts):
            one = passage.quantities[number].span
            if one.start < span[1] and span[0] < one.end:
                return number
    return None


def _moved(passage: Passage, figures: list[int], *, rises: bool, match: re.Match[str]) -> Proposal:
    old, new, by = (passage.quantities[number] for number in figures)
    places = old.value - new.value if rises else new.value - old.value
    same_way = bool(match["rise"]) == rises
    verdict = Verdict.CONSISTENT if places == by.value and same_way else Verdict.INCONSISTENT
    said = "相符" if verdict is Verdict.CONSISTENT else f"不符，与之相符的值为{places:f}"
    message = f"{old.text}与{new.text}相差{abs(old.value - new.value):f}位，与文中“{by.text}”{said}"
    names = dict(zip(("old", "new", "by"), figures, strict=True))
    formula = "by = old - new" if rises else "by = new - old"
    return _proposal(passage, ClaimType.DIFFERENCE, names, formula, verdict, message, figures[2])


def _of_many(passage: Passage, many: int, place: int) -> Iterator[Proposal]:
    """Yield 居全市9个县区第3位: no place is behind the last."""
    count, rank = passage.quantities[many], passage.quantities[place]
    if count.value < 2 or count.value % 1 or rank.value < 1:
        return
    verdict = Verdict.CONSISTENT if rank.value <= count.value else Verdict.INCONSISTENT
    said = "成立" if verdict is Verdict.CONSISTENT else "不成立"
    message = f"{rank.text}不超过{count.text}，{said}"
    names = {"place": place, "n": many}
    yield _proposal(passage, ClaimType.OTHER, names, "place <= n", verdict, message, place)


def _among(passage: Passage, name: str, place: int) -> Iterator[Proposal]:
    """Yield 甲县居第1位 where the sentence lists the value of 甲县 among three or more; others may be left unlisted."""
    rank = passage.quantities[place]
    sentence = passage.segmentation.sentences.index_at(rank.span.start)
    first, last = passage.sentences[sentence]
    listed = [one for one in passage.mentions[first:last] if one.level and one.quantity.upper is None]
    own = next((one for one in listed if one.noun and one.noun == name), None)
    if own is None:
        return
    alike = [one for one in listed if one.quantity.unit == own.quantity.unit and one.quantity.kind is own.quantity.kind]
    if len(alike) < LISTED or len({one.noun for one in alike}) < len(alike) or any(not one.noun for one in alike):
        return
    above = sum(one.quantity.value > own.quantity.value for one in alike)
    below = sum(one.quantity.value < own.quantity.value for one in alike)
    if rank.value - 1 in (above, below):
        verdict, said = Verdict.CONSISTENT, "相符"
    elif min(above, below) > rank.value - 1:
        verdict, said = Verdict.INCONSISTENT, "不符"
    else:
        return
    message = (
        f"所列各数中，{name}{own.quantity.text}由高到低第{above + 1}、由低到高第{below + 1}，与文中“{rank.text}”{said}"
    )
    others = {f"v{number}": one.index for number, one in enumerate(alike, 1)}
    names = {"place": place} | others
    yield _proposal(passage, ClaimType.OTHER, names, "place = rank of own among v", verdict, message, place)


def _proposal(
    passage: Passage,
    kind: ClaimType,
    names: dict[str, int],
    formula: str,
    verdict: Verdict,
    message: str,
    stated: int,
) -> Proposal:
    figures: list[Quantity] = [passage.quantities[number] for number in names.values()]
    claim = Claim(
        type=kind,
        relation="rank",
        span=Span(min(one.span.start for one in figures), max(one.span.end for one in figures)),
        operands=names,
        formula=formula,
        verdict=verdict,
        computed=None,
        message=message,
    )
    strength = EXPLICIT if kind is ClaimType.DIFFERENCE else STRUCTURAL
    return Proposal(claim, stated, strength, "影响位次的结论")
