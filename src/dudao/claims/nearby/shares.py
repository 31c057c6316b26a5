"""Shares that the amounts just before them make."""

import re
from collections.abc import Iterator

from dudao.claims.fractions import share_of_sum
from dudao.claims.likeness import same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.nearby.rules import KEPT, SHARE, Trial, comparable, is_operand, near_figures, tried
from dudao.claims.proposals import Proposal
from dudao.claims.stage_names import stage_in
from dudao.claims.wholes import adds_up

FEW = 10
WHOLES = 3
"""How many wholes are tried for two parts."""
_NAMES_TWO = re.compile(
    r"普惠[^，。；、\d]{0,8}(?:率|占比|比例|占)|[二两]者|[二两][项类]|[^，。；、\d]、[^，。；、\d]{1,6}率|合计"
)


def shares(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the share of one of the amounts just before the result in another."""
    one = passage.mentions[place]
    found = list(tried(passage, one, _quotas(passage, place), derived=True))
    found = found or list(_neighbours_share(passage, place))
    yield from found or [*_pooled(passage, place)] or _joined(passage, place)


def _neighbours_share(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 项目42个，已完工16个，在建19个，…尚未启动2个，开工率83.3%: parts side by side over their whole."""
    mentions, one = passage.mentions, passage.mentions[place]
    near = [other for other in mentions[max(place - KEPT, 0) : place] if is_operand(other) and other.level]
    near = [other for other in near if one.paragraph == other.paragraph and one.sentence - other.sentence <= 1]
    if not one.quantity.decimals or len(near) < 3:
        return
    for number, whole in enumerate(near[:-2]):
        parts = [other for other in near[number + 1 :] if same_unit(other, whole) and not other.each]
        if len(parts) < 3 or not adds_up(whole, parts):
            continue
        for first in range(len(parts) - 1):
            for last in range(first + 2, len(parts)):
                found = share_of_sum(passage, parts[first:last], whole, one)
                if found is not None:
                    yield found
                    return


def _pooled(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 毕业生2476人，升学1684人，就业745人，升学就业率98.1%: two amounts over the one before them."""
    mentions, one = passage.mentions, passage.mentions[place]
    near = mentions[max(place - 3, 0) : place]
    plain = all(is_operand(other) and other.level and not other.each and same_unit(other, near[0]) for other in near)
    if len(near) == 3 and plain and one.quantity.decimals and near[0].sentence == one.sentence:
        found = share_of_sum(passage, [*near[1:]], near[0], one)
        if found is not None:
            yield found


def _joined(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 在园63827人，公办园35214人，…，普惠性民办园24386人，普惠率93.4%: of both that the name of a rate joins."""
    mentions, one = passage.mentions, passage.mentions[place]
    if not one.quantity.decimals or _NAMES_TWO.search(one.lead) is None:
        return
    near = [other for other in mentions[max(place - KEPT, 0) : place] if is_operand(other) and other.level]
    near = [other for other in near if other.paragraph == one.paragraph and not other.each]
    second = near[-1] if near else None
    alike = [other for other in near if second is not None and same_unit(other, second)]
    if len(alike) < 3 or second is None or one.sentence - second.sentence > 1:
        return
    for first in range(len(alike) - 2, 0, -1):
        both = [alike[first], second]
        if "普惠" in one.lead and ("公办" not in both[0].clause or "普惠" in both[0].clause):
            continue
        for whole in alike[:first][::-1][:WHOLES]:
            found = share_of_sum(passage, both, whole, one)
            if found is not None:
                yield found
                return


def _quotas(passage: Passage, place: int) -> Iterator[Trial]:
    one = passage.mentions[place]
    stem = one.lead[:2]
    near = near_figures(passage, place, lambda other: is_operand(other) or _cut_off(other, stem), limit=2 * KEPT)
    parts = [other for other in near if other.index < one.index][:4]
    trials = [
        (number + behind, part, whole)
        for number, part in enumerate(parts)
        for behind, whole in enumerate(near)
        if whole is not part and comparable(part, whole) and not _all_of_few(part, whole)
        if not _of_other_stage(one, part, whole)
    ]
    for _, part, whole in sorted(trials, key=lambda trial: trial[0]):
        yield float(part.quantity.value * 100 / whole.quantity.value), SHARE, part, whole


def _all_of_few(part: Mention, whole: Mention) -> bool:
    """Return whether two small counts are equal: 博物馆1个、电视台1座，覆盖率100% says nothing of either."""
    return part.quantity.value == whole.quantity.value < FEW


def _of_other_stage(one: Mention, part: Mention, whole: Mention) -> bool:
    """Return whether a rate names a stage that part and whole are not of: 初中22688人，小学28155人，高中入学率81%."""
    own, told = stage_in(one.lead), (stage_in(part.noun), stage_in(whole.noun))
    return one.role is not Role.SHARE and own is not None and None not in told and own not in told


def _cut_off(one: Mention, stem: str) -> bool:
    """Return whether a change is what a rate is named by: 审减1800万元，审减率8.4%."""
    named = one.role is Role.CHANGE and one.amount and one.lead.endswith(stem)
    return named and one.quantity.upper is None and one.quantity.value > 0
