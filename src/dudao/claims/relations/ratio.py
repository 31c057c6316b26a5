"""Ratios and multiples: 学生15200人，教师1000人，生师比15.2:1; 是2015年的2.3倍; 翻一番."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise

from dudao.claims.arithmetic import divide, stands_for, step
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.model import ClaimType, Verdict
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, order_claim, propose, text_of
from dudao.claims.series import all_series, names_before, starts_series
from dudao.claims.stage_names import NARROWED, stage_of
from dudao.quantities.model import Interval, Kind

REACH = 5
"""How many figures back the two amounts may stand."""
NAMES_TRIED = 5
"""How many figures of the name of one side are tried."""
FAR = 60
"""How many figures back they may stand when the name of the ratio says what they count."""
WHOLES_FAR = 160
"""How many figures back they may stand when they are all the pupils or teachers there are."""

_MULTIPLE_OF = re.compile(r"(?:是|为|相当于)(?P<other>[^，。；、\d]{2,20}?)的?(?:约|近|超过|达)*$")
_NAMES_BOTH = re.compile(r"^(?P<who>[^，。；、\d是为]{2,4})(?:是|为|相当于)(?P<other>[^，。；、\d]{2,4})的(?:约|近)*$")
_AVERAGE = re.compile(r"的?平均(?:数|水平|值)?$|全[省市县区盟州]")
_IS_OF = re.compile(r"，(?:是|为|相当于|达到?)[^，。；、（）()\d]{1,16}$")
_BY_HOW_MUCH = re.compile(r"(?:教师)?(?:高|多|低|少|超|相差|差)出?(?:约)?")
_CLOSED_OF = re.compile(r"\s*[）)]的(?:约|近)?\s*")
_EARLIER = re.compile(
    r"原|上年|去年|前年|上期|上学|同期|年前|期间|期末|年底|年初|时期|初期|基期|当初|此前|以前|过去|其|前者|后者|20\d\d"
)
"""A multiple of what was before: 由100所增加到230所，是原来的2.3倍; 是全市平均的1.05倍 speaks of another figure."""
_PER = re.compile(
    r"生师比|师生比|班师比|师班比|专兼职比|职普比|普职比|人机比|生机比|医生比|床位比|比例为|比例是|之比|收入比|[与和][^，。；、]{1,6}比(?:例)?(?:约?为|是)?"
)
_BARE_RATIO = re.compile(r"生师比(?:例)?(?:约?为|是|达到?)?$")
"""生师比3.59: the ratio to one, without writing the one."""
_BOTH = re.compile(r"[二两]者(?:之)?比|[二两]者比例|比例为$|比例约?为?$")
_BETWEEN = re.compile(
    r"(?P<left>[^，。；、与和]{2,8})(?:与|和)(?P<right>[^，。；、]{1,8}?)(?:之)?比(?:例)?(?:约?为|是|达到?)?$"
)
_PUPIL = re.compile(r"学生|在校生|在校学生|幼儿(?!园)")
_PLAIN = re.compile(
    r"(?:[^，。；]{2,5}[省市县区州旗])?(?:全[市县区]|公办|[年末现有共]|幼儿园|小学|初中|高中|普通|中职|义务教育阶段|中小学)*"
    r"(?:在校学生|在校生|学生|在园幼儿|专任教师|教师|教职工)(?:人数|总数|数)?$"
)
_WHOLE_NAME = re.compile(
    r"(?:现有|共有|年末|全[市县区])*(?:在校学生|在校生|学生|在园幼儿|专任教师|教师|教职工)(?:人数|总数|数)?"
)
_ALL_PUPILS = re.compile(r"(?:小学|初中|高中|普通高中|中职|幼儿园)?(?:在校|在园)?(?:学生|生|幼儿)(?:数|人数)?")
_ALL_TEACHERS = re.compile(r"^(?:小学|初中|高中|普通高中|中职|幼儿园)(?:专任)?教师(?:数|人数)?$")
_DEALT = re.compile(r"分别|依次")
_TEACHER = re.compile(r"教师|教职工|老师")
_PUPIL_OR_ENTRY = re.compile(r"学生|在校生|招生|招收|录取|升入")
_ENTERED = re.compile(r"(?:升|进|考)入")
_NAMES: tuple[tuple[str, "re.Pattern[str] | int", "re.Pattern[str] | int"], ...] = (
    ("生师比", _PUPIL, _TEACHER),
    ("师生比", _TEACHER, _PUPIL),
    ("生机比", _PUPIL, re.compile(r"计算机|电脑|学生机")),
    ("专兼职比", re.compile(r"专职"), re.compile(r"兼职")),
    ("职普比", 7, 6),
    ("普职比", 6, 7),
)
"""Ratios with a name of their own, and what stands on either side: a word, or a stage by its number."""
_RATIO_STAGES = {0: "幼儿园", 2: "小学", 3: "初中", 6: "普通高中", 7: "中职"}
_STAGE_NAMES = {6: "普通高中|普高", 7: "中职|中等职业|职业"}
_JOINED = re.compile(r"\s*(?:、|和|与|及|，)\s*")
_JOINED_ALONE = re.compile(r"\s*[、和与及]\s*")
_DOUBLED = re.compile(r"翻了?(?P<times>一|两|二|1|2)番")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a ratio or multiple is what two amounts make it."""
    for place, one in enumerate(passage.mentions):
        if one.quantity.kind is Kind.OTHER and not one.quantity.unit and _BARE_RATIO.search(one.lead):
            yield from _proportion(passage, place)
        if one.quantity.kind is not Kind.RATIO or one.quantity.upper is not None:
            continue
        if one.quantity.unit == "倍":
            yield from _multiple(passage, place)
        elif ":" in one.quantity.text or "∶" in one.quantity.text or "：" in one.quantity.text:
            yield from _proportion(passage, place)
    yield from _doubled(passage)
    yield from _of_noted_row(passage)


def _multiple(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield X是Y的n倍 where both are given: 由100所增加到230所，是原来的2.3倍."""
    mentions, times = passage.mentions, passage.mentions[place]
    if (pair := _of_parenthesis(passage, place)) is not None:
        wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(pair[0])}÷{text_of(pair[1])}")
        stated = propose(passage, wording, ("times", times), {"new": pair[0], "old": pair[1]}, _quotient, EXPLICIT)
        if stated is not None:
            yield stated
        return
    if times.role is Role.LEVEL and (both := [*_of_two_named(passage, place)]):
        yield from both
        return
    if times.role not in (Role.CHANGE, Role.EXCESS) and (named_one := [*_of_named(passage, place)]):
        yield from named_one
        return
    if times.role in (Role.CHANGE, Role.EXCESS) or (
        "是" not in times.clause[-30:] and "相当于" not in times.clause[-30:]
    ):
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == times.sentence and is_amount(one) and one.role is not Role.CHANGE
    ]
    # 是小学850元的8.5倍、初中1050元的6.9倍: what an earlier multiple was taken of is not what this one is said of.
    taken = {before.index for before, after in pairwise(mentions[max(place - REACH, 0) : place]) if _is_times(after)}
    near = [one for number, one in enumerate(near) if number == len(near) - 1 or one.index not in taken]
    if not near and (risen := _just_risen(mentions, place)) is not None:
        near = risen
    if len(near) < 2 or not same_unit(near[-1], near[-2]):
        return
    if _JOINED_ALONE.fullmatch(passage.text, near[-2].quantity.span.end, near[-1].quantity.span.start):
        yield from _dealt_multiples(passage, place, near)
        return
    first, second = near[-2], near[-1]
    named = second.clause_number == times.clause_number and "是" in second.lead + second.clause
    old = second if named or second.role in (Role.PREVIOUS, Role.FROM) else first
    new = first if old is second else second
    beside = second.clause_number - first.clause_number <= 1
    said = named or not {Role.FROM, Role.PREVIOUS}.isdisjoint((first.role, second.role))
    other = _MULTIPLE_OF.search(times.clause)
    elsewhere = other is not None and not named and _EARLIER.search(other["other"]) is None
    strength = EXPLICIT if said and beside and not elsewhere else WEAK
    wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(new)}÷{text_of(old)}")
    proposal = propose(passage, wording, ("times", times), {"new": new, "old": old}, _quotient, strength)
    if proposal is not None:
        yield proposal


def _just_risen(mentions: tuple[Mention, ...], place: int) -> list[Mention] | None:
    """Return the two levels told right before: 抽测人数从2880人增加到10380人。今年的参测人数是去年的3.6倍."""
    times = mentions[place]
    other = _MULTIPLE_OF.search(times.lead)
    if place < len("前后") or other is None or _EARLIER.search(other["other"]) is None:
        return None
    old, new = mentions[place - 2 : place]
    told = old.role is Role.FROM and new.role is Role.TO and old.sentence == new.sentence and same_unit(old, new)
    near = times.sentence - new.sentence <= 1 and times.paragraph == new.paragraph and old.amount and not old.each
    named = any(old.lead[at : at + 2] in times.lead for at in range(len(old.lead) - 1))
    return [old, new] if told and near and named else None


def _dealt_multiples(passage: Passage, place: int, near: Sequence[Mention]) -> Iterator[Proposal]:
    """Yield 小学3126元，初中4518元，分别是标准2000元、2500元的1.56倍和1.81倍: each new one over its own old one."""
    row = [passage.mentions[place], *passage.mentions[place + 1 : place + 2]]
    between = passage.text[row[0].quantity.span.end : row[-1].quantity.span.start]
    paired = len(row) == 2 and _is_multiple(row[1]) and _JOINED_ALONE.fullmatch(between) is not None
    told = near[-4:]
    if not paired or len(told) < 4 or not all(same_unit(one, told[0]) for one in told) or "分别" not in told[2].clause:
        return
    for times, new, old in zip(row, told[:2], told[2:], strict=True):
        wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(new)}÷{text_of(old)}")
        found = propose(passage, wording, ("times", times), {"new": new, "old": old}, _quotient, EXPLICIT)
        if found is not None:
            yield found


_OF_ROW = re.compile(r"(?:为|是|达到?|相当于)[^，。；、\d]{0,10}(?:标准|水平|平均|定额|要求)(?:数|值)?$")
_THEN_OF = re.compile(r"\s*[）)]\s*的\s*")


def _of_noted_row(passage: Passage) -> Iterator[Proposal]:
    """Yield 小学1450元、初中2350元，分别为标准（1150元、1950元）的1.26倍、1.21倍."""
    rows = all_series(passage)
    for olds, row in pairwise(rows):
        if not _is_multiple(row.members[0]) or len(olds) != len(row) or olds.first + len(olds) != row.first:
            continue
        first, last = olds.members[0], olds.members[-1]
        opened = passage.text[max(first.parenthesis - 1 - LEAD_LIMIT, 0) : max(first.parenthesis - 1, 0)]
        closed = passage.text[last.quantity.span.end : row.members[0].quantity.span.start]
        if not _OF_ROW.search(opened) or _THEN_OF.fullmatch(closed) is None:
            continue
        before = passage.mentions[max(olds.first - 2 * len(olds), 0) : olds.first]
        news = [one for one in before if one.level and one.sentence == first.sentence and same_unit(one, first)]
        news = [one for one in news if one.depth == row.members[0].depth]
        if len(news) < len(row):
            continue
        strength = STRUCTURAL if len(news) == len(row) else WEAK
        for times, new, old in zip(row.members, news[-len(row) :], olds.members, strict=True):
            wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(new)}÷{text_of(old)}")
            found = propose(passage, wording, ("times", times), {"new": new, "old": old}, _quotient, strength)
            if found is not None:
                yield found


def _is_multiple(one: Mention) -> bool:
    return one.quantity.kind is Kind.RATIO and one.quantity.unit == "倍"


def _is_times(one: Mention) -> bool:
    """Return whether a figure is a multiple of the one right before it: 850元的8.5倍."""
    return _is_multiple(one) and one.lead == "的"


def _of_named(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 初中18207元，为小学的1.31倍, where the figure of 小学 stands before by its name; only when it fits."""
    mentions, times = passage.mentions, passage.mentions[place]
    said, new = _MULTIPLE_OF.search(times.clause), mentions[place - 1] if place else None
    if said is None or new is None or not (new.level and new.amount) or new.sentence != times.sentence:
        return
    name = _AVERAGE.sub("", said["other"])
    if len(name) < 2 or times.clause_number - new.clause_number != 1:
        return
    for old in mentions[max(place - FAR, 0) : place - 1][::-1]:
        usable = old.level and old.amount and same_unit(old, new) and old.quantity.value > 0
        if usable and name in old.clause:
            wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(new)}÷{text_of(old)}")
            found = propose(passage, wording, ("times", times), {"new": new, "old": old}, _quotient, WEAK)
            if found is not None:
                yield found
                return


def _of_two_named(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 城区小学…生均支出11120元，乡镇小学…生均支出18488元，乡镇是城区的1.66倍: both known by their names."""
    mentions, times = passage.mentions, passage.mentions[place]
    said = _NAMES_BOTH.match(times.lead)
    if said is None:
        return
    near = [one for one in mentions[max(place - REACH - 3, 0) : place] if one.sentence == times.sentence and one.level]
    last = near[-1] if near else None
    if last is None:
        return
    sides: dict[bool, list[Mention]] = {True: [], False: []}
    for one in near:
        who, other = one.topic.rfind(said["who"]), one.topic.rfind(said["other"])
        comparable = (
            (one.amount or one.quantity.kind is Kind.PERCENT) and same_unit(one, last) and one.each == last.each
        )
        if comparable and who != other:
            sides[who > other].append(one)
    new, old = sides[True], sides[False]
    if len(new) == 1 == len(old) and new[0] is not old[0] and old[0].quantity.value > 0:
        wording = Wording("ratio", ClaimType.RATIO, "times = new / old", f"{text_of(new[0])}÷{text_of(old[0])}")
        found = propose(passage, wording, ("times", times), {"new": new[0], "old": old[0]}, _quotient, STRUCTURAL)
        if found is not None:
            yield found


def _of_parenthesis(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return the two of 8460元，为标准（3000元）的2.82倍."""
    if place < 2:
        return None
    new, old, times = passage.mentions[place - 2 : place + 1]
    if old.depth <= times.depth or new.sentence != times.sentence or not same_unit(new, old):
        return None
    between = passage.text[old.quantity.span.end : times.quantity.span.start]
    said = _IS_OF.search(passage.text[max(old.parenthesis - 24, 0) : old.parenthesis - 1])
    beside = new.level and new.depth == times.depth and times.clause_number - new.clause_number == 1
    return (new, old) if beside and said and _CLOSED_OF.fullmatch(between) else None


def _proportion(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 生师比15.2:1 against the pupils and teachers before it; without names, only figures that fit."""
    mentions, ratio = passage.mentions, passage.mentions[place]
    words = ratio.clause[-30:]
    if not _PER.search(words):
        return
    if _DEALT.search(words) and starts_series(passage, place):
        yield from [*_dealt(passage, place)] or _dealt_by_stage(passage, place)
        return
    unfit: Proposal | None = None
    tried: set[tuple[int, int, int]] = set()
    for left, right, how in named_pairs(passage, place, words):
        if (left.index, right.index, how) in tried or (unfit is not None and not _may_fit(ratio, right, left)):
            continue
        tried.add((left.index, right.index, how))
        named = _of(passage, ratio, right, left, how)
        if named is not None and named.holds:
            yield named
            return
        unfit = unfit or named
    if unfit is not None:
        yield unfit
        return
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence >= ratio.sentence - 1 and is_amount(one) and is_level(one)
    ]
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            for top, bottom in ((near[later], near[earlier]), (near[earlier], near[later])):
                if not _may_fit(ratio, top, bottom):
                    continue
                found = _of(passage, ratio, top, bottom, WEAK)
                if found is not None:
                    yield found
                    return


def _dealt(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 其中小学2658人，初中1714人，生师比分别为17.6:1和12.8:1: the ratios of the stages told last, in their order.

    The pupils of each stage stand before by their name. One of the ratios must hold for the others to be called wrong.
    """
    mentions = passage.mentions
    row = next((one for one in all_series(passage) if one.first == place), None)
    side = next((sides for name, *sides in _NAMES if name in mentions[place].clause), None)
    if row is None or side is None or isinstance(side[0], int):
        return
    teachers = mentions[max(place - len(row), 0) : place]
    before = mentions[max(place - len(row) - FAR, 0) : max(place - len(row), 0)]
    found: list[Proposal] = []
    for ratio, teacher in zip(row.members, teachers, strict=False):
        stage = stage_of(teacher)
        pupils = [
            one
            for one in before
            if one.level and one.amount and not one.each and _PUPIL.search(one.noun) and stage_of(one) == stage
        ]
        beside = teacher.sentence == ratio.sentence or _told_of(ratio, stage)
        if stage is None or not beside or teacher.family != "人" or not pupils:
            return
        top, bottom = (pupils[-1], teacher) if _PUPIL is side[1] else (teacher, pupils[-1])
        if (one := _of(passage, ratio, top, bottom, STRUCTURAL)) is not None:
            found.append(one)
    if len(found) == len(row) and any(one.holds for one in found):
        yield from found


def _dealt_by_stage(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 小学、初中生师比分别为16.20:1和12.61:1，小学专任教师1836人…: both sides told of each stage by name, once.

    One of the ratios must hold for the others to be called wrong.
    """
    mentions = passage.mentions
    row = next((one for one in all_series(passage) if one.first == place), None)
    if row is None or "生师比" not in mentions[place].clause:
        return
    stages = [_stage_in(name) for name in names_before(mentions[place].clause)]
    if len(stages) != len(row) or len({*stages} - {None}) < len(row):
        return
    behind = [one for one in mentions[place + len(row) :][: 2 * len(row)] if one.sentence == mentions[place].sentence]
    told = [
        one
        for one in (*mentions[max(place - WHOLES_FAR, 0) : place], *behind)
        if one.level and one.amount and not one.each and one.family == "人" and one.slack is not None
    ]
    found: list[Proposal] = []
    for ratio, stage in zip(row.members, stages, strict=True):
        pupils = {one.quantity.value: one for one in told if _ALL_PUPILS.fullmatch(one.noun) and stage_of(one) == stage}
        teachers = {
            one.quantity.value: one for one in told if _ALL_TEACHERS.search(one.noun) and stage_of(one) == stage
        }
        if len(pupils) != 1 or len(teachers) != 1:
            continue
        top, bottom = next(iter(teachers.values())), next(iter(pupils.values()))
        if (one := _of(passage, ratio, top, bottom, STRUCTURAL)) is not None:
            found.append(one)
    if any(one.holds for one in found):
        yield from found


def _told_of(ratio: Mention, stage: int | None) -> bool:
    """Return whether the words before a row of ratios name a stage: 小学、初中生师比分别为16.52:1和12.94:1."""
    return stage in _RATIO_STAGES and _RATIO_STAGES[stage] in ratio.clause


def _may_fit(ratio: Mention, top: Mention, bottom: Mention) -> bool:
    """Return whether two amounts come near the ratio, so that judging them is worth the work."""
    if ratio.quantity.kind is Kind.OTHER:
        top, bottom = bottom, top
    if any(one.quantity.approximation is not None for one in (ratio, top, bottom)):
        return True
    value, divisor = ratio.quantity.value, bottom.quantity.value
    room = step(top.quantity) + value * step(bottom.quantity) + divisor * step(ratio.quantity)
    return abs(value * divisor - top.quantity.value) <= 2 * room


def _of(passage: Passage, ratio: Mention, top: Mention, bottom: Mention, strength: int) -> Proposal | None:
    """Return that a ratio bottom:top holds; its value is what stands on the right for one on the left."""
    if not bottom.quantity.value:
        return None
    if ratio.quantity.kind is Kind.OTHER:
        # 生师比3.59 gives what stands on the left for one on the right.
        top, bottom = bottom, top
    wording = Wording("ratio", ClaimType.RATIO, "ratio = b / a", f"{text_of(top)}÷{text_of(bottom)}")
    return propose(passage, wording, ("ratio", ratio), {"b": top, "a": bottom}, _quotient, strength)


def named_pairs(passage: Passage, place: int, words: str) -> list[tuple[Mention, Mention, int]]:
    """Return the pairs of figures that the name of a ratio may lead to, and how surely: the nearest, the plainest."""
    mentions, ratio = passage.mentions, passage.mentions[place]
    before = [one for one in mentions[max(place - FAR, 0) : place] if one.level and one.amount and not one.each]
    if _BOTH.search(words):
        beside = [one for one in mentions[max(place - 3, 0) : place] if one.level and one.amount]
        # 工资19.83万元，公务员19.46万元，高出0.37万元，比例为1.019∶1: by how much is neither of the two.
        two = [one for one in beside if one.sentence == ratio.sentence and not _BY_HOW_MUCH.fullmatch(one.lead)][-2:]
        alike = len(two) == 2 and same_unit(two[0], two[1])
        return [(two[0], two[1], EXPLICIT)] if alike else []
    sides = next(((left, right) for name, left, right in _NAMES if name in words), None)
    stages = sides is not None and isinstance(sides[0], int)
    if sides is None:
        match = _BETWEEN.search(words)
        if match is None:
            return []
        sides = _side(match["left"]), _side(match["right"])
    if stages and (dealt := _dealt_stages(passage, place, sides)) is not None:
        return [(*dealt, EXPLICIT)]
    stage = None if stages else _stage_in(words)
    right_one = _nearest(before, sides[1], stage, None)
    left_one = _nearest(before, sides[0], stage, right_one if stages else None)
    if right_one is None or left_one is None or left_one is right_one:
        return [] if stages or stage is not None else _all_told_far(mentions, place, sides)
    close = min(left_one.sentence, right_one.sentence) >= ratio.sentence - 1
    if stages and any(one.index > max(left_one.index, right_one.index) and same_unit(one, left_one) for one in before):
        # 若计技工学校，高中阶段在校生为170.4万人，职普比为…: the ratio may be of other figures.
        close = False
    plain = stages or (_PLAIN.match(left_one.noun) and _PLAIN.match(right_one.noun))
    told = {stage_of(left_one), stage_of(right_one)}
    together = left_one.sentence == right_one.sentence == ratio.sentence
    both = stages or len(told) == 1 or (together and None in told)
    # 普惠性幼儿园在园幼儿14426人…全县幼儿园教职工2736人，教职工与幼儿比1∶5.8: of all children.
    alike = {*NARROWED.findall(left_one.clause)} == {*NARROWED.findall(right_one.clause)}
    pairs = [(left_one, right_one, STRUCTURAL if close and both and plain and alike else WEAK)]
    if not stages:
        lefts, rights = ([*islice(_bearing(before, side, stage), NAMES_TRIED)] for side in sides)
        pairs += [(left, right, WEAK) for left in lefts for right in rights if left is not right]
    return pairs if stages or stage is not None else [*pairs, *_all_told_far(mentions, place, sides)]


def _all_told_far(
    mentions: tuple[Mention, ...], place: int, sides: "tuple[re.Pattern[str] | int, re.Pattern[str] | int]"
) -> list[tuple[Mention, Mention, int]]:
    """Return all the pupils and all the teachers there are, who may be told in the first chapter."""
    far = mentions[max(place - WHOLES_FAR, 0) : place]
    whole = [one for one in far if one.level and one.amount and not one.each and _WHOLE_NAME.fullmatch(one.noun)]
    right, left = _nearest(whole, sides[1], None, None), _nearest(whole, sides[0], None, None)
    return [(left, right, WEAK)] if right is not None and left is not None else []


def _dealt_stages(
    passage: Passage, place: int, sides: "tuple[re.Pattern[str] | int, re.Pattern[str] | int]"
) -> tuple[Mention, Mention] | None:
    """Return both sides of 普通高中与中职招生数分别为3.92万人、2.14万人，职普比为3.5:6.5, by the names dealt out."""
    pair = passage.mentions[max(place - 2, 0) : place]
    ratio = passage.mentions[place]
    if len(pair) < 2 or pair[0].sentence != ratio.sentence or not same_unit(*pair):
        return None
    names = names_before(pair[0].clause)
    joint = _JOINED.fullmatch(passage.words_between(*pair)) and ratio.clause_number - pair[1].clause_number == 1
    if len(names) != 2 or not joint or not all(one.amount and one.level for one in pair):
        return None
    stages = [next((number for number in (6, 7) if re.search(_STAGE_NAMES[number], name)), None) for name in names]
    if stages == [sides[0], sides[1]]:
        return pair[0], pair[1]
    return (pair[1], pair[0]) if stages == [sides[1], sides[0]] else None


def _side(name: str) -> re.Pattern[str]:
    """Return what the figure of one side of a ratio is called: 幼儿 by 在园幼儿, else by its own name."""
    return _PUPIL if name in ("学生", "幼儿", "在校生") else re.compile(re.escape(name[-4:]))


def _nearest(
    before: list[Mention], side: "re.Pattern[str] | int", stage: int | None, beside: Mention | None
) -> Mention | None:
    """Return the last figure of a side: a name or a stage; `beside` is a figure that must count the same thing."""
    for one in reversed(before):
        if one.quantity.upper is not None:
            continue
        if isinstance(side, int):
            alike = beside is None or (_counts_alike(one, beside) and same_unit(one, beside))
            if "高中阶段" in one.noun:
                # 高中阶段在校生 are the two stages together.
                continue
            if stage_of(one) == side and one.family == "人" and alike and _PUPIL_OR_ENTRY.search(one.noun):
                return one
        elif side.search(one.noun) and (stage is None or stage_of(one) == stage):
            return one
    return None


def _counts_alike(one: Mention, other: Mention) -> bool:
    """Return whether two figures count the same of two stages: 普通高中招生、中职招生; 升入普通高中、升入中职学校."""
    return one.noun[-2:] == other.noun[-2:] or bool(_ENTERED.search(one.noun) and _ENTERED.search(other.noun))


def _bearing(before: list[Mention], side: "re.Pattern[str] | int", stage: int | None) -> Iterator[Mention]:
    """Yield the figures named like one side of a ratio, the nearest first."""
    for one in reversed(before):
        named = not isinstance(side, int) and one.quantity.upper is None and side.search(one.noun)
        if named and (stage is None or stage_of(one) == stage):
            yield one


def _stage_in(words: str) -> int | None:
    """Return the stage the clause of a ratio names itself: 小学生师比."""
    return next((number for number, one in _RATIO_STAGES.items() if one in words), None)


def _doubled(passage: Passage) -> Iterator[Proposal]:
    """Yield 翻一番 behind two levels: the later is at least about twice the earlier."""
    for match in _DOUBLED.finditer(passage.text):
        pair = _levels_before(passage, match.start())
        if pair is None:
            continue
        old, new = pair
        factor = Decimal(4) if match["times"] in ("两", "二", "2") else Decimal(2)
        interval = divide(stands_for(new.quantity), stands_for(old.quantity))
        value = new.quantity.value / old.quantity.value if old.quantity.value else Decimal(0)
        slack = factor * Decimal("0.97")
        if value >= factor:
            verdict = Verdict.CONSISTENT
        elif value >= slack or interval.high is None or interval.high >= slack:
            verdict = Verdict.CONSISTENT_IF_ROUNDED
        else:
            verdict = Verdict.INCONSISTENT
        spoken = f"{text_of(new)}÷{text_of(old)}＝{value:.2f}，文中写“{match[0]}”（应不小于{factor}倍）"
        wording = Wording("ratio", ClaimType.RATIO, f"new / old >= {factor}", spoken, "改变增长的结论")
        yield order_claim(passage, wording, {"new": new, "old": old}, verdict, EXPLICIT)


def _levels_before(passage: Passage, position: int) -> tuple[Mention, Mention] | None:
    """Return the pair 由a增加到b that ends within the clause before a position."""
    mentions = passage.mentions
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].quantity.span.end <= position:
            low = middle + 1
        else:
            high = middle
    if low < 2:
        return None
    old, new = mentions[low - 2], mentions[low - 1]
    close = position - new.quantity.span.end <= 12 and old.sentence == new.sentence
    if close and old.role is Role.FROM and new.role is Role.TO and same_unit(old, new):
        return old, new
    if close and new.role is Role.PREVIOUS and old.level and same_unit(old, new) and old.each == new.each:
        # 毕业生4215人，比2017年的2096人翻了一番
        return (new, old) if new.clause_number - old.clause_number <= 1 else None
    return None


def _quotient(values: Sequence[Interval]) -> Interval:
    return divide(values[0], values[1])
