"""One figure against another that is named: 小学270所，比初中多177所."""

import re
from collections.abc import Iterator

from dudao.claims.differences.apart import DISTANT
from dudao.claims.differences.claim import less
from dudao.claims.differences.left_over import BEFORE
from dudao.claims.differences.shortages import LACK
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, digits_written
from dudao.quantities.model import Kind

ALIKE = 0.55
TELLING = 5
NAME = 2
"""How many characters a name has at least that is looked for among others."""
_YEAR = re.compile(r"(?:19|20)\d\d年")
_STAFF_PAY = re.compile(r"教师|公务员")
_THAN = re.compile(r"^(?:比|较|与)(?P<other>[^，。；、\d]{2,8}?)(?:相比)?(?P<word>多|少|高|低)(?:了|出|支出)*$")
ITSELF = re.compile(
    r"^(?P<who>[^比较同与跟，。；、\d]{2,8}?)(?:仍|还|均|要)?(?P<word>高出|多出|低出|高|低|快|慢)(?:了|约|近)*$"
)
ABOVE = re.compile(r"(?P<word>高于|低于|多于|少于|超过|超出)(?P<other>[^，。；、\d]{2,14}?)(?:约|近)*+$")


_IS = re.compile(r"(?:仅|约)?(?:为|是)$")
_HELD_AGAINST = re.compile(r"(?P<word>超出|超过|高于|高出|多于|低于|少于)[^，。；、\d]{2,14}")
_HIGHER = ("超出", "超过", "高于", "高出", "多于")
NAMED_BY = 2
"""How many characters the name of the other one has at least."""


def compared_with_named(passage: Passage, place: int, match: re.Match[str]) -> Iterator[Proposal]:
    """Yield 小学270所，比初中多177所 where the other one is named before."""
    mentions, by = passage.mentions, passage.mentions[place]
    if len(core_noun(match["other"])) < NAMED_BY:
        # 比上年多39人: of what is left of 上年 any name may hold a part.
        return
    if match["other"].endswith("的") and match.start("word") < match.start("other"):
        return  # 超过计划的400名 is more than those 400, and not by 400
    near = [
        one
        for one in mentions[max(place - 8, 0) : place]
        if is_level(one)
        and is_amount(one)
        and same_unit(one, by)
        and one.paragraph == by.paragraph
        and not ABOVE.search(one.lead)
        and not LACK.search(one.lead)
    ]
    named = by.lead[: match.start()]
    if sum(one.part == by.part for one in near) > 1:
        # 小学招生…；普高招生2.17万人、毕业1.96万人，招生比毕业多0.21万人: what is compared stands in its own part.
        near = [one for one in near if one.part == by.part]
    if len(near) < 2 or by.sentence - near[-1].sentence > bool(named):
        return
    subject = _like(near, named) if named else near[-1]
    other = _like([one for one in near if one is not subject], match["other"])
    if subject is None or other is None or subject is other:
        return
    if _YEAR.search(by.clause) and any(_in_row(near, one) for one in (subject, other)):
        # 2019至2022年工资依次为8.76万元、…、11.20万元，…。2019年教师低于公务员0.15万元: one of the rows, by its year.
        return
    more = match["word"] in ("多", "高", "高于", "多于", "超过", "超出")
    high, low = (subject, other) if more else (other, subject)
    yield from less(passage, by, high, low, EXPLICIT)


def _in_row(near: list[Mention], one: Mention) -> bool:
    """Return whether a figure is one of several that one clause deals out."""
    return any(
        other is not one and other.clause_number == one.clause_number and other.depth == one.depth for other in near
    )


def other_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 职业教育3.05亿元，较预算多0.11亿元，预算为2.94亿元: what it is compared with is told behind."""
    mentions, by = passage.mentions, passage.mentions[place]
    said = _THAN.search(by.lead)
    if said is None or not 0 < place < len(mentions) - 1:
        return
    subject, other = mentions[place - 1], mentions[place + 1]
    in_order = subject.clause_number + 1 == by.clause_number == other.clause_number - 1 and subject.part == other.part
    alike = is_level(subject) and is_level(other) and same_unit(subject, by) and same_unit(other, by)
    name = _IS.sub("", other.lead)
    again = other.lead.startswith(said["other"]) or (len(name) >= NAMED_BY and said["other"].startswith(name))
    if in_order and alike and again:
        more = said["word"] in "多高"
        yield from less(passage, by, subject if more else other, other if more else subject, EXPLICIT)


def by_subject(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教师平均工资124730元，公务员122960元，教师高出1770元: one of the only two figures before, named again."""
    mentions, by = passage.mentions, passage.mentions[place]
    said = ITSELF.match(by.lead)
    if said is None or place < 2:
        return
    points = by.quantity.kind is Kind.PERCENTAGE_POINT
    near = [
        one
        for one in mentions[max(place - BEFORE, 0) : place]
        if one.sentence == by.sentence and (one.quantity.kind is Kind.PERCENT if points else same_unit(one, by))
    ]
    if (
        len(near) != 2
        or near[1].clause_number != by.clause_number - 1
        or not near[0].depth == near[1].depth == by.depth
    ):
        return
    named = [said["who"] in one.clause for one in near]
    if sum(named) == 1 and all(one.quantity.upper is None for one in near):
        subject, other = near if named[0] else near[::-1]
        more = said["word"][0] in "高多快"
        high, low = (subject, other) if more else (other, subject)
        yield from less(passage, by, high, low, EXPLICIT)


def of_two_joined(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教师9.14万元、公务员9.12万元，高出200元: the first of two that stand side by side against the second."""
    mentions, by = passage.mentions, passage.mentions[place]
    pair = mentions[max(place - 2, 0) : place]
    if len(pair) < 2 or not all(one.level and one.amount and same_unit(one, by) for one in pair):
        return
    first, second = pair
    joined = passage.text.startswith(("、", "，"), first.quantity.span.end) and second.lead.strip("，、") != ""
    before = mentions[place - 3] if place > 2 else None
    alone = before is None or before.part != first.part or not same_unit(before, first)
    beside = by.clause_number - second.clause_number == 1 and second.clause_number - first.clause_number <= 1
    named = len(first.noun) >= 2 and len(second.noun) >= 2 and first.depth == second.depth == by.depth
    if joined and alone and beside and named and _STAFF_PAY.search(first.noun) and _STAFF_PAY.search(second.noun):
        yield from less(passage, by, first, second, EXPLICIT)


def pair_behind(passage: Passage, place: int) -> bool:
    """Return whether the two that are compared follow: 教师平均工资较公务员高0.13万元，分别为9.86万元、9.73万元."""
    mentions, by = passage.mentions, passage.mentions[place]
    pair = mentions[place + 1 : place + 3]
    dealt = len(pair) == 2 and pair[0].lead in ("分别为", "分别是", "依次为") and not pair[1].lead.strip("和与及")
    further = mentions[place + 3] if place + 3 < len(mentions) else None
    more = further is not None and further.clause_number == pair[-1].clause_number
    return dealt and not more and all(same_unit(one, by) and one.sentence == by.sentence for one in pair)


def _like(near: list[Mention], name: str) -> Mention | None:
    """Return the figure whose name is most like a name, if any is; 上年 names none."""
    if len(core_noun(name)) < NAME:
        return None
    best = max(reversed(near), key=lambda one: likeness(one.noun, name), default=None)
    return best if best is not None and likeness(best.noun, name) > 0.75 else None


def right_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 报名2463人，超出计划招生2250人213人: the difference stands right behind what a figure is held against."""
    if place < 2:
        return
    level, other, by = passage.mentions[place - 2 : place + 1]
    said = _HELD_AGAINST.fullmatch(other.lead)
    touching = not passage.text[other.quantity.span.end : by.quantity.span.start].strip()
    in_order = other.clause_number - level.clause_number == 1 and level.sentence == by.sentence
    if said is None or not (touching and in_order and level.depth == other.depth == by.depth):
        return
    if is_level(level) and is_amount(level) and same_unit(level, other) and same_unit(other, by) and not by.each:
        high, low = (level, other) if said["word"] in _HIGHER else (other, level)
        yield from less(passage, by, high, low, STRUCTURAL)


def earlier_year(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 7161亿元，比上年增加1206亿元 where last year's level stands far before; only when it fits."""
    mentions, by = passage.mentions, passage.mentions[place]
    level = mentions[place - 1] if place else None
    if level is None or level.sentence != by.sentence or own_subject(by.lead):
        return
    if not is_level(level) or not is_amount(level) or not same_unit(level, by):
        return
    wanted = level.quantity.value - by.direction * by.quantity.value
    for other in range(place - 2, max(place - 2 - DISTANT, -1), -1):
        old = mentions[other]
        if old.quantity.value != wanted or not is_level(old) or not same_unit(old, level):
            continue
        alike = likeness(old.noun or old.lead, level.noun or level.lead) >= ALIKE
        alike = alike or ("年初" in by.lead and "年初" in old.clause)
        # A figure of five digits is not met by chance, whatever it is called there.
        if alike or digits_written(old.quantity) >= TELLING:
            high, low = (level, old) if by.direction > 0 else (old, level)
            yield from less(passage, by, high, low, WEAK)
            return
