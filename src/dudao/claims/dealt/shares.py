"""Lists of shares of another list, or of its whole: 分别为612人、498人，分别占23.1%、18.8%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, divide, point, step
from dudao.claims.dealt.rows import mostly_hold, near_to
from dudao.claims.formulas import share_in_percent
from dudao.claims.likeness import core_noun, is_amount, is_level, likeness, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, joined, propose, text_of
from dudao.claims.series import Series, all_series, names_before
from dudao.claims.slips import share_one_slip_away
from dudao.claims.stage_names import stage_in
from dudao.claims.sums.proposing import sum_of
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Interval

BESIDE_REACH = 24
"""How many figures right before a row of shares are looked at for its parts and their whole."""
WHOLE_BEFORE = 4
"""How many sentences before the parts of a row of shares the amount may stand that they make exactly."""
DIVIDED = 3
"""How many parts a row has at least that divides a whole without a word that says so."""
FAR_OFF = 10
"""How many points a share may lie off before it is judged: more than any rounding makes."""
NAMES_REACH = 40
"""How many figures back the named parts of a row of shares may stand."""
NAME = 3
"""How many characters the name of a whole has that opens a list far behind it."""
MEASURES = 3
"""How many figures of each measure before a row of shares are looked at."""
WHOLE_REACH = 120
"""How many figures back that whole may stand."""
_WHOLES_NAMED = re.compile(
    r"占(?:[到了]?(?:全[省市县区州旗]|本[省市县区州旗校]|各自|同类|相应|对应))?(?P<names>[^，。；：占\d]{4,40})的$"
)
NOTED = 20
"""How many characters before the parenthesis of a whole say that shares are taken of it."""
_TAKEN_OF = re.compile(r"占[^，。；、\d]{2,14}$")
_THEN_SHARES = re.compile(r"\s*[）)]\s*(?:的)?(?:比例|比重|份额)?(?:分别|依次)(?:为|是|达到?)?\s*")
_PLANNED_OF = re.compile(r"(?:分别|依次)(?:为|是|完成|达到?)[^，。；、\d]{0,6}(?:计划|任务|目标)(?:数)?的$")
_PLANNED = re.compile(r"计划|任务|目标|拟")
_DONE = re.compile(r"实际|完成|建成|实现|已")
_NAME_JOINTS = re.compile(r"[、和与及]")
_OF_ALL = re.compile(r"占[^，。；、]{0,8}总[^，。；、]{0,8}的$")
_MEASURE = re.compile("招生|招收|毕业|专任教师|教职工|在校|在园|学校")
_WITHIN = re.compile(r"在?(?P<whole>[^，。；：、\d]{3,16}?)(?:当中|之中|中)[，,：]")


def dealt_shares(passage: Passage, row: Series, before: list[Series]) -> Iterator[Proposal]:
    """Yield the shares of a row: of two rows of amounts, or of amounts named one by one."""
    if same := _of_same_measures(passage, row):
        yield from same
        return
    amounts = [one for one in before if is_amount(one.members[0]) and near_to(row, one)]
    # 三年总额分别为…，人均分别为…；拨款三年分别为…: a row of means between two rows of amounts parts them not.
    amounts = [one for one in amounts if one.members[0].each == amounts[-1].members[0].each]
    found = False
    for number in range(len(amounts) - 1, 0, -1):
        parts, wholes = amounts[number], amounts[number - 1]
        if not same_unit(parts.members[0], wholes.members[0]) or parts.members[0].each != wholes.members[0].each:
            continue
        if all(a.quantity.value > b.quantity.value for a, b in zip(parts.members, wholes.members, strict=True)):
            parts, wholes = wholes, parts
        if any(a.quantity.value > b.quantity.value for a, b in zip(parts.members, wholes.members, strict=True)):
            continue
        found = True
        head = row.members[0]
        own = parts.members[0].sentence == head.sentence
        own = own or (parts.members[0].paragraph == head.paragraph and not outer_before(passage, row))
        threes = zip(parts.members, wholes.members, row.members, strict=True)
        strength = STRUCTURAL if own else WEAK
        shares = [one for part, whole, share in threes for one in share_at(passage, share, part, [whole], strength)]
        if shares and not mostly_hold(shares):
            # 分别需要488人、745人，缺口分别为60人、90人，占总缺口的22.2%、33.3%: of one whole, and not of each need.
            named = [*_named_shares(passage, row, amounts)]
            # The amount of one year is no whole of the others' parts, however well it happens to fit one of them.
            dealt = {one.index for one in wholes.members} & {one.claim.operands.get("whole") for one in named}
            shares = named if (named and not dealt) or _OF_ALL.search(head.clause) else shares
            if shares is not named and parts.first + len(parts) < row.first and own:
                shares = []  # …分别占教育经费的65%、67%、63%，…占财政总支出的36%、32%、29%: another whole for each row
        yield from shares
        break
    if not found:
        named = [*_named_shares(passage, row, amounts)]
        yield from named or _of_levels_told(passage, row)


def of_noted_whole(passage: Passage, row: Series) -> list[Proposal]:
    """Return 招生13264人，…招生6182人，占招生总数（19446人）的比例分别为68.2%、31.8%."""
    head, whole = row.members[0], passage.mentions[row.first - 1] if row.first else None
    if whole is None or whole.depth <= head.depth or whole.sentence != head.sentence or not is_amount(whole):
        return []
    opened = passage.text[max(whole.parenthesis - NOTED, 0) : max(whole.parenthesis - 1, 0)]
    closed = passage.text[whole.quantity.span.end : head.quantity.span.start]
    if _TAKEN_OF.search(opened) is None or _THEN_SHARES.fullmatch(closed) is None:
        return []
    told = [one for one in outer_before(passage, row) if same_unit(one, whole) and not one.each]
    parts = told[-len(row) :]
    if len(parts) < len(row) or any(one.quantity.value > whole.quantity.value for one in parts):
        return []
    pairs = zip(parts, row.members, strict=True)
    found = [one for part, share in pairs for one in share_at(passage, share, part, [whole], STRUCTURAL)]
    return found if mostly_hold(found) or len(told) == len(row) else []


def of_plans(passage: Passage, row: Series) -> list[Proposal]:
    """Return 计划新建园30所、校25所，实际建成园32所、校27所，分别为计划的106.7%、108.0%: done over planned."""
    size, head = len(row), row.members[0]
    told = [one for one in outer_before(passage, row) if not one.each][-2 * size :]
    if len(told) < 2 * size or _PLANNED_OF.search(head.clause) is None:
        return []
    plans, done = told[:size], told[size:]
    worded = _PLANNED.search(plans[0].clause) and _DONE.search(done[0].lead) and not _PLANNED.search(done[0].lead)
    apart = plans[-1].clause_number < done[0].clause_number and done[-1].clause_number < head.clause_number
    alike = all(same_unit(plan, one) for plan, one in zip(plans, done, strict=True))
    if not (worded and apart and alike):
        return []
    threes = zip(done, plans, row.members, strict=True)
    return [found for part, plan, share in threes for found in share_at(passage, share, part, [plan], STRUCTURAL)]


def shares_of_kinds(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 抽查合同218份、1.37亿元，36份未招标，涉及2485万元，分别占抽查总数的16.5%和18.1%: of different units."""
    size, head = len(row), row.members[0]
    near = [one for one in passage.mentions[max(row.first - 2 * size, 0) : row.first] if one.level and one.amount]
    near = [one for one in near if one.sentence == head.sentence and not one.each and one.depth == head.depth]
    if len(near) < 2 * size or "占" not in head.clause or not row.dealt:
        return
    wholes, parts = near[:size], near[size:]
    matched = all(same_unit(part, whole) for part, whole in zip(parts, wholes, strict=True))
    if matched and not any(same_unit(parts[0], one) for one in parts[1:]):
        for part, whole, share in zip(parts, wholes, row.members, strict=True):
            if part.quantity.value <= whole.quantity.value:
                yield from share_at(passage, share, part, [whole], STRUCTURAL)


def _of_same_measures(passage: Passage, row: Series) -> list[Proposal]:
    """Return 高中阶段招生3384人，在校10314人。中职招生1820人，在校5460人，分别占53.78%和52.94%: by what is measured.

    One that fits tells of which the others are, so that a slip keeps another from fitting.
    """
    size, head = len(row), row.members[0]
    near = [
        one
        for one in passage.mentions[max(row.first - MEASURES * size, 0) : row.first]
        if one.level and one.amount and not one.each and one.depth == head.depth and one.paragraph == head.paragraph
    ][-2 * size :]
    if len(near) < 2 * size or "占" not in head.clause or head.sentence - near[0].sentence > 1:
        return []
    wholes, parts = near[:size], near[size:]
    told = [_measured(one) for one in near]
    if parts[0].sentence != head.sentence or "" in told or told[:size] != told[size:] or len({*told}) < size:
        return []
    if any(not same_unit(a, b) or a.quantity.value > b.quantity.value for a, b in zip(parts, wholes, strict=True)):
        return []
    threes = [*zip(row.members, parts, wholes, strict=True)]
    found = [one for share, part, whole in threes for one in share_at(passage, share, part, [whole], STRUCTURAL)]
    slipped = all(
        one.holds or share_one_slip_away(share.quantity, part.quantity, whole.quantity)
        for one, (share, part, whole) in zip(found, threes, strict=True)
    )
    return found if slipped and any(one.holds for one in found) else []


def _measured(one: Mention) -> str:
    """Return what a figure of schools measures; empty for what its words do not name."""
    said = _MEASURE.findall(one.lead)
    return said[-1].replace("招收", "招生") if said else ""


def _named_shares(passage: Passage, row: Series, amounts: list[Series]) -> Iterator[Proposal]:
    """Yield the shares of parts that are named before 分别, in a stated whole or in the sum of all parts."""
    head = row.members[0]
    if (names := _names_of_wholes(row)) is not None:
        yield from _of_named_wholes(passage, row, names)
        return
    parts = _named_parts(passage, row) or (list(amounts[-1].members) if amounts else _parts_beside(passage, row))
    summed = _summed_beside(passage, row)
    if summed is not None:
        whole, parts = summed
        pairs = zip(parts, row.members, strict=True)
        shares = [found for part, share in pairs for found in share_at(passage, share, part, [whole], STRUCTURAL)]
        if mostly_hold(shares):
            yield from shares
            return
    opened = _opened_by_whole(passage, row)
    if opened is not None and _comes_near(opened[1], row, opened[0].quantity.value):
        whole, listed = opened
        pairs = zip(listed, row.members, strict=True)
        shares = [found for part, share in pairs for found in share_at(passage, share, part, [whole], STRUCTURAL)]
        if mostly_hold(shares):
            yield from shares
            if _fill(row):
                yield from sum_of(passage, whole, listed, STRUCTURAL)
            return
    if parts is None:
        return
    noun = core_noun(head.clause.rpartition("占")[2])
    beside = outer_before(passage, row)
    if (own := _of_wholes_beside(passage, row, beside)) is not None:
        yield from own
        return
    leading = [beside[-len(row) - 1]] if len(beside) > len(row) and beside[-len(row)] is parts[0] else []
    leading = [one for one in leading if is_level(one) and same_unit(one, parts[0])]
    # 三年总额分别为a、b、c万元；拨款三年分别为…: the amount of one year is no whole of the others' parts.
    dealt = {one.index for other in all_series(passage) if other.dealt for one in other.members}
    for whole in (*leading, *_stated_wholes(passage, row.first, parts, noun)):
        if whole.index in dealt and parts[0].index in dealt:
            continue
        if not _comes_near(parts, row, whole.quantity.value) or _is_of_one_stage(whole, parts):
            continue
        proposals = [
            one for p, s in zip(parts, row.members, strict=True) for one in share_at(passage, s, p, [whole], STRUCTURAL)
        ]
        if mostly_hold(proposals):
            yield from proposals
            return
    if len(parts) >= 2 and _comes_near(parts, row, sum((one.quantity.value for one in parts), Decimal(0))):
        proposals = [
            one for p, s in zip(parts, row.members, strict=True) for one in share_at(passage, s, p, parts, STRUCTURAL)
        ]
        if mostly_hold(proposals):
            yield from proposals


def _is_of_one_stage(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a whole is told of a stage that not all parts are of: 小学52所; …小学49所、初中21所，分别占."""
    stages = {stage_in(part.noun) for part in parts}
    return len(stages) > 1 and None not in stages and stage_in(whole.noun) in stages


def _names_of_wholes(row: Series) -> list[str] | None:
    """Return the names that 占全市小学、初中在校生的5.13%和9.43% deals the shares to; None without as many."""
    said = _WHOLES_NAMED.search(row.members[0].clause)
    names = _NAME_JOINTS.split(said["names"]) if said is not None else []
    return names if len(names) == len(row) and all(len(name) >= len("小学") for name in names) else None


def _of_named_wholes(passage: Passage, row: Series, names: list[str]) -> Iterator[Proposal]:
    """Yield the shares of the amounts right before the row in wholes of those names; only where they fit."""
    parts = outer_before(passage, row)[-len(row) :]
    if len(parts) < len(row):
        return
    for share, part, name in zip(row.members, parts, names, strict=True):
        stem = core_noun(name)[:2]
        for whole in passage.mentions[max(row.first - WHOLE_REACH, 0) : row.first][::-1]:
            larger = is_level(whole) and same_unit(whole, part) and whole.quantity.value > part.quantity.value
            if not larger or whole.each or stem not in whole.topic:
                continue
            if found := [*share_at(passage, share, part, [whole], WEAK)]:
                yield from found
                break


def _of_wholes_beside(passage: Passage, row: Series, beside: list[Mention]) -> list[Proposal] | None:
    """Return the shares of 小学24所、幼儿园31所，分别建成15所、22所，占62.5%和71.0%: each of its own whole."""
    count = len(row)
    parts, wholes = beside[-count:], beside[-2 * count : -count]
    if len(wholes) < count or not all(same_unit(one, parts[0]) for one in (*parts, *wholes)):
        return None
    if any(part.quantity.value > whole.quantity.value for part, whole in zip(parts, wholes, strict=True)):
        return None
    threes = zip(row.members, parts, wholes, strict=True)
    found = [one for share, part, whole in threes for one in share_at(passage, share, part, [whole], STRUCTURAL)]
    return found if len(found) == count and mostly_hold(found) else None


def _of_levels_told(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 在园幼儿…人，减少…；小学生…人，增加…；…。五个学段占比分别为…: of levels told with their changes."""
    if len(row) < DIVIDED or not _fill(row):
        return
    head = row.members[0]
    told = [
        one
        for one in passage.mentions[max(row.first - NAMES_REACH, 0) : row.first]
        if is_level(one) and is_amount(one) and not one.each and one.depth == head.depth
        if one.paragraph == head.paragraph and head.sentence - one.sentence <= 1
    ][-len(row) :]
    alike = len(told) == len(row) and all(same_unit(one, told[0]) for one in told)
    if not alike or told[0].sentence != told[-1].sentence or len({one.noun for one in told}) < len(told):
        return
    for whole in _stated_wholes(passage, row.first - 1, told, ""):
        if whole.index < told[0].index and _comes_near(told, row, whole.quantity.value):
            pairs = zip(told, row.members, strict=True)
            shares = [found for part, share in pairs for found in share_at(passage, share, part, [whole], STRUCTURAL)]
            if mostly_hold(shares):
                yield from shares
                return


def _comes_near(parts: Sequence[Mention], row: Series, whole: Decimal) -> bool:
    """Return whether all shares but one are about those of the parts, so that judging them is worth the work."""
    far = sum(
        abs(part.quantity.value * 100 - share.quantity.value * whole) > FAR_OFF * whole
        for part, share in zip(parts, row.members, strict=True)
    )
    return whole > 0 and far <= 1


def _named_parts(passage: Passage, row: Series) -> list[Mention] | None:
    """Return the amounts that bear the names dealt out before the row; None when not all are found."""
    span = passage.segmentation.sentences.span(row.members[0].sentence)
    words = passage.text[span.start : row.members[0].quantity.span.start][-160:]
    names = [re.split(r"[。；：，\s]", name)[-1] for name in names_before(words)][-len(row) :]
    if len(names) != len(row):
        return None
    found: list[Mention] = []
    for name in names:
        part = _bearing(passage, row.first, name)
        if part is None or part in found or (found and not same_unit(found[0], part)):
            return None
        found.append(part)
    return found


def _parts_beside(passage: Passage, row: Series) -> list[Mention] | None:
    """Return the amounts right before 分别占, one for each share, when a larger one of their sentence leads them."""
    if not row.dealt:
        return None
    beside = outer_before(passage, row)
    if len(beside) <= len(row):
        return None
    lead, *parts = beside[-len(row) - 1 :]
    fits = all(is_level(one) and is_amount(one) and same_unit(one, parts[0]) for one in parts)
    larger = all(lead.quantity.value > one.quantity.value for one in parts)
    leads = is_level(lead) and same_unit(lead, parts[0]) and lead.sentence == row.members[0].sentence
    return parts if fits and leads and larger else None


def _summed_beside(passage: Passage, row: Series) -> tuple[Mention, list[Mention]] | None:
    """Return the amounts right before a row of shares, one for each, and the amount told before that they make.

    实际支出4962.4万元。从方向看，校舍3124.8万元，运动场896.3万元，设备941.3万元，占比依次为63.0%、18.1%、19.0%.
    """
    beside = outer_before(passage, row)[-len(row) :]
    if not row.dealt or len(beside) < max(len(row), DIVIDED) or not all(same_unit(one, beside[0]) for one in beside):
        return None
    first = next(place for place in range(row.first - 1, -1, -1) if passage.mentions[place] is beside[0])
    for one in passage.mentions[max(first - BESIDE_REACH, 0) : first][::-1]:
        near = beside[0].sentence - one.sentence <= WHOLE_BEFORE and one.level and one.amount and not one.each
        if near and same_unit(one, beside[0]) and adds_up(one, beside):
            return one, beside
    return None


def _opened_by_whole(passage: Passage, row: Series) -> tuple[Mention, list[Mention]] | None:
    """Return whole and parts of 在教育经费总投入中，学前128.94亿元、…，分别占…: the whole is told chapters before."""
    parts = outer_before(passage, row)
    if not row.dealt or len(parts) != len(row) or len(parts) < DIVIDED:
        return None
    if not all(same_unit(one, parts[0]) for one in parts) or len({one.noun for one in parts}) < len(parts):
        return None
    sentence = passage.segmentation.sentences.span(parts[0].sentence)
    said = _WITHIN.search(passage.text, sentence.start, parts[0].quantity.span.start)
    name = core_noun(said["whole"]) if said is not None else ""
    largest = max(one.quantity.value for one in parts)
    for one in passage.mentions[max(row.first - WHOLE_REACH, 0) : row.first][::-1]:
        usable = is_level(one) and is_amount(one) and not one.each and same_unit(one, parts[0])
        if len(name) >= NAME and usable and one.quantity.value > largest and core_noun(one.noun) == name:
            return one, parts
    return None


def _fill(row: Series) -> bool:
    """Return whether a row of shares makes a hundred, so that the parts leave nothing out."""
    room = sum((step(one.quantity) for one in row.members), Decimal(0))
    return abs(sum((one.quantity.value for one in row.members), Decimal(0)) - 100) <= room


def outer_before(passage: Passage, row: Series) -> list[Mention]:
    """Return the amounts of the sentence right before a row, without those in parentheses of their own."""
    head = row.members[0]
    before = passage.mentions[max(row.first - BESIDE_REACH, 0) : row.first]
    return [
        one for one in before if one.sentence == head.sentence and one.depth == head.depth and one.amount and one.level
    ]


def _bearing(passage: Passage, before: int, name: str) -> Mention | None:
    mentions = passage.mentions
    for place in range(before - 1, max(before - NAMES_REACH, -1), -1):
        one = mentions[place]
        if is_level(one) and is_amount(one) and one.noun and not one.depth:
            stem = name[:3]
            if len(stem) >= 2 and (stem in one.noun or core_noun(one.noun) in name):
                return one
    return None


def _stated_wholes(passage: Passage, before: int, parts: Sequence[Mention], noun: str) -> Iterator[Mention]:
    mentions = passage.mentions
    largest = max(one.quantity.value for one in parts)
    for place in range(before - 1, max(before - NAMES_REACH, -1), -1):
        one = mentions[place]
        if is_level(one) and is_amount(one) and same_unit(one, parts[0]) and one.quantity.value > largest:
            named = not noun or likeness(noun, one.noun) > 0.6
            if named or one.total:
                yield one


def share_at(
    passage: Passage, share: Mention, part: Mention, wholes: Sequence[Mention], strength: int
) -> Iterator[Proposal]:
    """Yield the claim of a share in one whole, or in all the wholes together that the part is one of."""
    if len(wholes) == 1:
        operands = {"part": part, "whole": wholes[0]}
        spoken = f"{text_of(part)}÷{text_of(wholes[0])}×100%"
        wording = Wording("dealt_lists", ClaimType.SHARE, "share = part / whole", spoken)
        proposal = propose(passage, wording, ("share", share), operands, share_in_percent, strength)
    else:
        operands = {"part": part} | {f"p{n}": one for n, one in enumerate(wholes, 1) if one is not part}
        names = " + ".join(key for key in operands if key != "part")
        spoken = f"{text_of(part)}÷（{joined([one.quantity for one in wholes])}）×100%"
        wording = Wording("dealt_lists", ClaimType.SHARE, f"share = part / (part + {names})", spoken)
        proposal = propose(passage, wording, ("share", share), operands, _one_of_all, strength)
    if proposal is not None:
        yield proposal


def _one_of_all(values: Sequence[Interval]) -> Interval:
    """Return part / (part + rest): 1 / (1 + rest / part), so that the part is not counted twice."""
    rest = divide(add(values[1:]), values[0])
    return divide(point(Decimal(100)), add([rest, point(Decimal(1))]))
