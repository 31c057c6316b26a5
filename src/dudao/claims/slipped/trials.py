"""Which figures nearby are tried as the operands of a result that nothing explains."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from dudao.claims.fractions import has_own_share, in_one_row
from dudao.claims.likeness import core_noun, likeness, own_subject, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.rate_names import is_rate_of
from dudao.claims.relations.per_capita import PER_MANY
from dudao.claims.relations.ratio import named_pairs
from dudao.claims.slipped.school_means import pupils_per_school
from dudao.claims.slipped.shapes import DIFFERENCE, FALL, FALL_BY, GROWTH, MEAN, RATIO, RISE_BY, SHARE, Shape
from dudao.claims.stage_names import stage_of
from dudao.claims.wholes import NAMED, far_generals, head_of_closed_list, whole_noun
from dudao.quantities.model import Kind

REACH = 14
"""How many figures back the operands may stand."""
WHOLES_REACH = 40
"""How many figures back a whole may stand that the words name."""
PARTS_TRIED = 2
CLAUSES = 3
"""How many clauses before its share a part may stand."""
KEPT = 5
"""How many operands of a kind are tried."""
HEADS_NAMED = 2
"""How many characters of the name of the heads an amount must bear: 教师."""
SUBJECT = 4
"""How many characters the name of a part has at least that is looked for far before."""
NAMES_REACH = 120
"""How many figures back it may stand."""
RATIO_NAME = 30
"""How many characters before a ratio its name may stand."""
PARAGRAPHS = 1
PLACES = frozenset({"所", "个", "家", "校", "园"})
"""What schools, kindergartens and counties are counted by."""
_BEYOND = re.compile(r"[高低多少]于|[高低]出|超[过出]")
_PROPORTION = re.compile(r"(?:两者|二者)?(?:之比|比例|比值|比率)(?:为|是|达到?)?")
_BENEFITS = re.compile(r"(?:共|累计|全年)*(?:惠及|受益|覆盖|资助|补助|受助|享受)")
_COVERAGE = re.compile(r"覆盖率(?:为|达到?|是)?$")
_OF_YEAR = re.compile(r"(?:本年|当年)(?:度)?[^，。；、]{0,4}(?:收入|支出)")
_WITH_CARRIED = re.compile(r"(?:收入|支出|收支)(?:总计|总量)")
"""The totals of accounts hold what years before left, the income of the year does not."""
_CHANGED = frozenset({Role.CHANGE, Role.EXCESS})
_BASES = frozenset({Role.PREVIOUS, Role.FROM})
Trial = tuple[Shape, Mention, Mention]


def _near(passage: Passage, place: int, wanted: Callable[[Mention], bool], reach: int = REACH) -> list[Mention]:
    """Return the figures before a result that may be its operands, the nearest first."""
    one = passage.mentions[place]
    found: list[Mention] = []
    for other in range(place - 1, max(place - 1 - reach, -1), -1):
        candidate = passage.mentions[other]
        if one.paragraph - candidate.paragraph > PARAGRAPHS or len(found) >= (KEPT if reach == REACH else WHOLES_REACH):
            break
        if wanted(candidate):
            found.append(candidate)
    return found


def plain_amount(one: Mention) -> bool:
    """Return whether a figure is an exact amount that stands for itself: no range, no change, nothing about."""
    usable = one.quantity.upper is None and one.quantity.value > 0 and one.family is not None
    return usable and one.amount and one.role not in _CHANGED and one.quantity.approximation is None


def _pairs(near: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield pairs of figures that can be compared, those nearest to the result first; the later told stands first."""
    pairs = [(i + j, near[i], near[j]) for j in range(1, len(near)) for i in range(j)]
    for _, later, earlier in sorted(pairs, key=lambda pair: pair[0]):
        if same_unit(later, earlier) and later.each == earlier.each:
            yield later, earlier


def _with_base(one: Mention, pairs: Iterator[tuple[Mention, Mention]]) -> Iterator[tuple[Mention, Mention]]:
    """Yield the pairs whose words bring them together with the result.

    What a change started from must be named as such: 增长44% alone is said of a figure of the year before that is
    nowhere told. Any other difference is said of figures of its own sentence.
    """
    for later, earlier in pairs:
        near = min(later.sentence, earlier.sentence) == one.sentence and max(later.depth, earlier.depth) <= one.depth
        if near and (one.role is not Role.CHANGE or not _BASES.isdisjoint((later.role, earlier.role))):
            yield later, earlier


def _changes(passage: Passage, place: int) -> Iterator[Trial]:
    one = passage.mentions[place]
    kind = one.quantity.kind
    if kind is Kind.PERCENTAGE_POINT or one.amount:
        yield from _differences(passage, place)
        return
    rises = one.direction >= 0
    near = _near(passage, place, plain_amount)
    beside = passage.mentions[place - 1 : place]
    for delta in passage.mentions[max(place - 2, 0) : place]:
        if not all(between is delta or same_unit(between, delta) for between in beside):
            # 比上年减少27所，在校学生48.62万人，同比下降1.3%: the growth is that of another amount.
            continue
        # 招生15672人，比上年增加428人；在校生45983人，比上年增长2.6%: the growth is that of the level right before it.
        own = [between for between in beside if between is not delta and between.level]
        if own and own[-1].part != delta.part:
            continue  # 比上年增加3800人；失业保险7950人，增长54.4%: the increase is that of another matter
        if delta.role is Role.CHANGE and delta.amount and delta.sentence == one.sentence and delta.quantity.value > 0:
            for level in own or near[:2]:
                after = level.role not in _BASES and level.quantity.value > delta.quantity.value
                if after and same_unit(level, delta) and _said_of(delta, level):
                    yield RISE_BY if rises else FALL_BY, level, delta
    yield from _by_name(passage, place)
    for later, earlier in _with_base(one, _pairs(near)):
        high, low = (later, earlier) if later.quantity.value >= earlier.quantity.value else (earlier, later)
        yield (GROWTH, high, low) if rises else (FALL, low, high)


def _by_name(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield 专任教师25318人，…。与2018年相比，专任教师增加2946人，增长13.2%: the one level of that very name."""
    one, delta = passage.mentions[place], passage.mentions[place - 1] if place else None
    if delta is None or delta.role is not Role.CHANGE or not delta.amount or delta.quantity.value <= 0:
        return
    subject = core_noun(own_subject(delta.lead))
    beside = one.clause_number - delta.clause_number == 1 and not own_subject(one.lead)
    if len(subject) < len("教师数") or not beside or one.direction != delta.direction:
        return
    told = [
        other
        for other in passage.mentions[max(place - WHOLES_REACH, 0) : place - 1]
        if other.paragraph == one.paragraph and other.level and plain_amount(other) and same_unit(other, delta)
        if subject in core_noun(other.noun) and not other.each
    ]
    if len({other.quantity.value for other in told}) == 1:
        yield RISE_BY if one.direction >= 0 else FALL_BY, told[-1], delta


def _said_of(delta: Mention, level: Mention) -> bool:
    """Return whether a change may be that of a level: 整改81个。问题总数减少19个 names another thing."""
    subject = own_subject(delta.lead)
    if _OF_YEAR.search(delta.lead) and _WITH_CARRIED.search(level.lead):
        # 收入总计77355万元（含上年结转）…。本年收入增加842万元
        return False
    return len(core_noun(subject)) < 2 or likeness(subject, level.noun) >= NAMED or core_noun(subject) in level.noun


def _differences(passage: Passage, place: int) -> Iterator[Trial]:
    one = passage.mentions[place]
    points = one.quantity.kind is Kind.PERCENTAGE_POINT

    def wanted(other: Mention) -> bool:
        if points:
            plain = other.quantity.upper is None and other.quantity.approximation is None
            return other.quantity.kind is Kind.PERCENT and other.role is not Role.CHANGE and plain
        return same_unit(other, one) and plain_amount(other)

    places = _places_between(passage, place)
    beside = [other for other in _near(passage, place, wanted) if other.part == one.part] if points else []
    for later, earlier in _with_base(one, _pairs(_near(passage, place, wanted))):
        if later.index < places:
            # 专任教师883人、应配792人，均已满足，但有9所园教师不足，共缺21人: what is lacking is lacking in those.
            return
        if beside and later.part != one.part and earlier.part != one.part:
            # 占比由49.98%提高到55.66%；覆盖率90.78%，较整改前提高5.29个百分点: said of the rate beside it.
            continue
        high, low = (later, earlier) if later.quantity.value >= earlier.quantity.value else (earlier, later)
        yield DIFFERENCE, high, low


def _places_between(passage: Passage, place: int) -> int:
    """Return the index of the figure that counts places right before a difference of something else; -1 for none."""
    one = passage.mentions[place]
    for before in passage.mentions[max(place - 2, 0) : place][::-1]:
        near = before.sentence == one.sentence and one.clause_number - before.clause_number <= 1
        if near and before.amount and before.quantity.unit in PLACES and one.quantity.unit not in PLACES:
            return before.index
    return -1


_FEWEST = 10


def _shares(passage: Passage, place: int) -> Iterator[Trial]:
    one = passage.mentions[place]
    noun = whole_noun(one)[1]
    near = _near(passage, place, lambda other: plain_amount(other) and other.level, WHOLES_REACH if noun else REACH)
    parts = [other for other in near if other.sentence == one.sentence and other.depth <= one.depth]
    if one.role is not Role.SHARE:
        yield from _covered(passage, one, parts[:1])
        parts = [other for other in parts[: 2 * PARTS_TRIED] if is_rate_of(one, other)]
        if parts and one.clause_number - parts[0].clause_number == 1 and one.part == parts[0].part:
            parts = parts[:1]  # 上级资金支付4471.2万元，支付率92.0%；县级配套支付1015.1万元，支付率83.5%
    parts = (
        parts if _PROPORTION.fullmatch(one.lead) is None else [each for each in parts if not _BEYOND.search(each.lead)]
    )
    # 其中村小50岁以上378人，占村小教师的43.2%: a share behind 其中 is of no other part.
    parts = parts[: 1 if parts and parts[0].lead.startswith("其中") else PARTS_TRIED]
    if len(parts) == PARTS_TRIED and _PROPORTION.fullmatch(one.lead) and parts[0].part == parts[1].part == one.part:
        # 教师112846元，公务员109372元，…比例为103.18%: the first of the two over the second.
        yield SHARE, parts[1], parts[0]
    subject = own_subject(core_noun(one.clause.partition("占")[0])) if noun else ""
    if len(subject) >= SUBJECT:
        # 预算支出512.37亿元，教育经费占预算支出18.82%: the part is told by its name in a chapter before.
        before = (
            other for other in reversed(passage.mentions[max(place - NAMES_REACH, 0) : place]) if plain_amount(other)
        )
        far = next((other for other in before if own_subject(core_noun(other.noun)) == subject and other.level), None)
        for whole in near if far is not None and far not in parts else ():
            inner = whole.clause_number == one.clause_number and "占" in whole.lead
            told = inner or (whole.sentence == one.sentence and core_noun(whole.noun).endswith(noun))
            if far is not None and told and same_unit(far, whole) and far.each == whole.each:
                yield SHARE, far, whole
    for part in parts:
        if one.clause_number - part.clause_number > CLAUSES:
            continue
        if of_others(one, part) or after_closed_list(passage.mentions, place, part):
            continue
        for whole in near:
            if whole.index >= part.index or not same_unit(part, whole) or part.each != whole.each:
                continue
            if in_one_row(passage, part, whole) or has_own_share(passage, whole, part):
                continue
            if part.quantity.value > whole.quantity.value < _FEWEST and one.quantity.value < 100:
                continue  # 2个县…，全市达到4个，占66.7%: one digit makes of so few whatever is wanted
            near_by = whole.sentence == one.sentence or (
                whole.paragraph == one.paragraph and _alone(whole, part, near, noun)
            )
            largest = noun and _largest_named(whole, near, noun)
            named = noun and (
                largest or (near_by and likeness(noun, whole.noun) >= NAMED) or core_noun(whole.noun) == noun
            )
            heads = one.role is not Role.SHARE and _heads_before(passage, whole, part)
            if named or heads or (not noun and whole.part == part.part == one.part):
                yield SHARE, part, whole


def of_others(share: Mention, part: Mention) -> bool:
    """Return whether a share behind ； is of those it names: 农村小学教师1766人；本科及以上学历占比86.0%."""
    return part.part != share.part and len(own_subject(share.lead.partition("占")[0])) > 1


def after_closed_list(mentions: Sequence[Mention], place: int, part: Mention) -> bool:
    """Return whether a share follows a list that makes its head, of whose parts it is told of none but the last.

    随迁子女3.28万人，其中小学2.17万人、初中1.11万人，在公办学校就读比例96.3%: of all 3.28万.
    """
    share, last = mentions[place], mentions[place - 1] if place else None
    if last is None or not last.amount or share.clause_number - last.clause_number != 1:
        return False
    head = head_of_closed_list(mentions, place - 1)
    inner = head is not None and head.index < part.index <= last.index
    return inner and (part is not last or len(own_subject(share.lead.partition("占")[0])) > 1)


def _covered(passage: Passage, one: Mention, parts: Sequence[Mention]) -> Iterator[Trial]:
    """Yield 在园幼儿16382人…。普惠性幼儿园在园幼儿15211人，覆盖率92.85%: of all children, told once before."""
    for part in parts:
        if not _COVERAGE.search(one.lead) or "普惠" not in part.noun or one.clause_number - part.clause_number != 1:
            continue
        number = bisect_left(passage.mentions, part.index, key=lambda each: each.index)
        general = {each.quantity.value: each for each in far_generals(passage.mentions, number)}
        for whole in general.values() if len(general) == 1 else ():
            yield SHARE, part, whole


def _largest_named(whole: Mention, near: Sequence[Mention], noun: str) -> bool:
    """Return whether a whole bears the name behind 占 at the end of its own, and none that does is larger.

    全市一般公共预算教育支出58.94亿元…。普通教育支出46.38亿元，占教育支出的78.7%.
    """
    if len(noun) < SUBJECT or not core_noun(whole.noun).endswith(noun):
        return False
    return not any(
        core_noun(other.noun).endswith(noun)
        and same_unit(other, whole)
        and other.level
        and other.quantity.value > whole.quantity.value
        for other in near
    )


def _alone(whole: Mention, part: Mention, near: Sequence[Mention], noun: str) -> bool:
    """Return whether no other amount of a paragraph has a name as like the words behind 占."""
    return not any(
        other.paragraph == whole.paragraph
        and other.index < part.index
        and same_unit(other, whole)
        and other.quantity.value != whole.quantity.value
        and likeness(noun, other.noun) >= NAMED
        for other in near
    )


def _heads_before(passage: Passage, whole: Mention, part: Mention) -> bool:
    """Return whether a whole opens the sentence before: 追加资金6840万元，其中…。累计支出6225万元，支出进度91.0%."""
    if whole.sentence != part.sentence - 1 or whole.paragraph != part.paragraph:
        return False
    if part.lead.startswith("其中") and _only_of_unit(passage, whole):
        return True
    place = bisect_left(passage.mentions, whole.index, key=lambda one: one.index)
    before = passage.mentions[place - 1] if place else None
    if before is not None and before.clause_number == whole.clause_number and before.family != whole.family:
        # 下达专项资金共9批次、38462万元，…。累计支出27154万元，支出进度70.6%
        before = passage.mentions[place - 2] if place > 1 else None
    return before is None or before.sentence != whole.sentence


def _only_of_unit(passage: Passage, whole: Mention) -> bool:
    """Return whether a sentence tells one level of a unit: 小学386所，…在校生392817人，比上年减少….其中寄宿生…."""
    first, last = passage.sentences[whole.sentence]
    alike = [one for one in passage.mentions[first:last] if same_unit(one, whole) and one.level and one.amount]
    return all(one is whole or one.role in _BASES for one in alike)


def _means(passage: Passage, place: int) -> Iterator[Trial]:
    one = passage.mentions[place]
    if PER_MANY.search(one.lead):
        # 每百名学生拥有教师0.72人 is taken of a hundredth of the heads.
        return
    unit = one.quantity.unit.partition("/")[0]

    def whole(other: Mention) -> bool:
        return plain_amount(other) and other.level and not other.each

    near = [other for other in _near(passage, place, whole) if other.part == one.part]
    far = [other for other in _near(passage, place, whole, WHOLES_REACH) if other.part != one.part]
    far = [other for other in far if other.family == "人"]
    yield from pupils_per_school(passage, place)
    yield from _over_named(one, near, far)
    for amount in [other for other in near if other.quantity.unit == unit][:2]:
        for head in [other for other in near if other.quantity.kind is Kind.COUNT and other is not amount][:3]:
            if same_unit(amount, head) and amount.part == head.part and amount.clause_number == head.clause_number - 1:
                # 体育139人、美术97人: one of a list is not spread over the next.
                continue
            if amount.index > head.index or "其中" not in head.clause:  # the amount of all, the heads of some
                yield MEAN, amount, head


def _over_named(one: Mention, near: Sequence[Mention], far: Sequence[Mention]) -> Iterator[Trial]:
    """Yield 教师3218人。…发放教师绩效工资8688.6万元，人均27000元: the only heads of the paragraph the amount names."""
    unit = one.quantity.unit.partition("/")[0]
    amount = next((other for other in near if other.quantity.unit == unit), None)
    if amount is None or any(other.family == "人" for other in near):
        return
    heads = [
        other
        for other in far
        if other.paragraph == one.paragraph
        and len(core_noun(other.noun)) >= HEADS_NAMED
        and core_noun(other.noun)[-HEADS_NAMED:] in amount.clause
    ]
    # 乡村教师2143人…近三年补充乡村教师387人…发放乡村教师补助: those whose whole name comes back are meant.
    heads = [other for other in heads if core_noun(other.noun) in amount.clause] or heads
    if not heads:
        beside = [other for other in far if other.sentence == amount.sentence - 1 and other.paragraph == one.paragraph]
        heads = [other for other in beside if _BENEFITS.match(other.lead)] if len(beside) == 1 else []
    if len({other.quantity.value for other in heads}) == 1:
        yield MEAN, amount, heads[0]


def _ratios(passage: Passage, place: int) -> Iterator[Trial]:
    """Yield the two that the name of a ratio leads to: 幼儿园…在园幼儿41752人…专任教师2613人，生师比15.98:1."""
    one = passage.mentions[place]
    tried: set[tuple[int, int]] = set()
    for left, right, _ in named_pairs(passage, place, one.clause[-RATIO_NAME:]):
        if (left.index, right.index) in tried:
            continue
        tried.add((left.index, right.index))
        if None not in (stages := {stage_of(left), stage_of(right)}) and len(stages) > 1:
            continue  # 普惠性幼儿园在园幼儿247.15万人…。初中专任教师18.47万人，生师比13.28:1
        if left.slack is not None and right.slack is not None and plain_amount(left) and plain_amount(right):
            yield RATIO, left, right


TRIALS_OF: dict[str, Callable[[Passage, int], Iterator[Trial]]] = {
    "change": _changes,
    "share": _shares,
    "per_capita": _means,
    "ratio": _ratios,
}
