"""Parts and their total: 共43所，其中公办10所，民办33所; 2536万元，205万元，合计2741万元."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, combinations, pairwise, takewhile

from dudao.claims.arithmetic import add, step
from dudao.claims.completeness import (
    OPEN_LIST,
    crossing,
    divides,
    must_add_up,
    named_by_stage,
    names_rest,
    outcomes_divide,
)
from dudao.claims.likeness import core_noun, is_amount, is_level, own_subject, same_unit
from dudao.claims.mentions import LEAD_LIMIT, TOPIC_LIMIT, Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.named_parts import named_parts
from dudao.claims.proposals import (
    EXPLICIT,
    STRUCTURAL,
    WEAK,
    Proposal,
    Wording,
    joined,
    propose,
)
from dudao.claims.series import all_series, names_before
from dudao.claims.wholes import adds_up, named_among
from dudao.quantities.model import Kind, Quantity

PARTS_LIMIT = 16
"""How many parts one total may have."""
PERCENTS = Decimal(100)
CHANCE = 50
"""A weak sum must be at least so many times unlikelier than not to fit by chance."""
AMONG_PARTS = 3
"""So many parts behind 74所学校中 that make it exactly need no further word."""
OUTCOMES_AHEAD = 5
"""How many clauses behind a total it may be told what became of it."""
BASE_REACH = 12
"""How many figures back the amount may stand that others are added to."""
CHOSEN_FROM = 8
"""Of how many parts before it the three of 以上三项 may be chosen."""
OPENS_WITHIN = 12
"""How many characters behind a total the parenthesis with its parts may open."""
AGAIN = 3
"""How many characters the name of a whole has that is known when it comes back."""
SENTENCES_BACK = 3
"""How many sentences back the parts of 以上三项合计 may stand."""
SENTENCES_AHEAD = 2
"""In how many following sentences the parts may stand when 其中 opens the next one."""

_OPENS = re.compile(
    r"其中|包括|包含|分别为|分别是|各年|分为|分布[在于]|含(?!量)|从[^，。；]{1,6}看[，：]|分[^，。；、\d]{1,6}看|"
    r"按[^，。；]{1,8}(?:分|看|划分|统计)[，：]"
)
_FIGURE = re.compile(r"\d")
_COLON = re.compile(r"\s*(?:[（(][^（）()\d]{1,20}[）)]\s*)?[：:]")
"""187所（不含教学点）：幼儿园98所: what follows the colon is what the figure is made of."""
_OF_WHICH = re.compile(r"^[^，]{0,10}?(?<![高初集其])中(?![等小学心央职考级高国]|专(?!任|职|业))")
"""23个问题中已完成整改17个."""
VIEWED = r"(?:从|按|分)[^，。；、\d]{1,8}(?:看|分|划分|统计)"
"""分类别看, 按学段分: words that look at a whole by its parts."""
_VIEWED = re.compile(rf"{VIEWED}[，：,:]")
_AGAIN = re.compile(r"^(?:目前|现|截至目前|至今|这|上述|该|此)?$")
_BUILT = re.compile(r"(?:已|全部)(?:完工|竣工|建成|投用)$|^(?:完工|竣工|建成投用)$")
_UNBUILT = re.compile(r"(?:未开工|未动工|尚未开工|未启动|待开工)$")
_BUILDING = re.compile(r"完工|竣工|建成|投用|在建|开工|动工|启动|推进|实施")
_NOT_COUNTED = re.compile(r"\s*[（(]?(?:不计|不算|不单独计|不列入|不含在内|未计入)")
"""教学点46个不计校数: told among the parts, but none of them."""
_PLACES = re.compile(r"(?:[县区市州旗乡镇村校园]|县区|乡镇|学校|幼儿园)(?:共有?|合计|总共|有|为)?")
_VIEWED_WHO = re.compile(rf"(?:^|[，。；：、])(?P<who>[^，。；：、\d]{{0,10}}?){VIEWED}[，：,:]")
"""；专任教师按学段分，: what is looked at by its parts may be named."""
_MADE_OF = (
    (("小学", "初中"), "义务教育|中小学"),
    (("公办园", "民办园"), "幼儿|园"),
    (("公办", "民办"), "幼儿|园|学校"),
    (("普通高中", "中职"), "高中阶段"),
)
"""The names of all that a whole so called is made of."""
_AS_OF = re.compile(r"截至|截止|目前|到目前")
_BARELY = re.compile(r"(?:共|一共|总共|共计|合计|总计)(?:有|为|达)?")
_JOINT = re.compile(r"和|及|与|以及|")
_THEN_TOTAL = re.compile(r"[）)]\s*(?:共计|合计|总计|共|计)\s*")
_AMONG = re.compile(r"[；，。](?P<whole>[^，。；：、\d]{2,12})(?:当中|之中|中|里)[，：,]")
_OPENING = re.compile(
    r"\s*(?:其中|包括|分[^，。；、\d]{1,6}看|按[^，。；]{1,8}(?:分|看|划分|统计)[，：]|从[^，。；]{1,6}看)"
)
_PURE_TOTAL = re.compile(
    r"^(?:以上|上述|这|[^，。；\d]{0,8}(?:金额|资金|人数|数量|投入|经费))?(?:(?P<count>[两二三四五六七八])(?:项|类|者|部分|地|县|市|区|校|个学段)|[两三四五六]年(?:来|间)?|各项|全部)?"
    r"(?:支出|收入|资金|投入|经费)?"
    r"(?:累计(?:投入|安排|支出)?|(?:共计|合计|总计|总共|一共|小计|加总|之和|合起来|加起来)[^，。；\d为达约]{0,4})(?:为|达|约)*+$"
)
_COUNTED_TOTAL = re.compile(
    r"^(?:以上|上述|这)?(?P<count>[两二三四五六七八])(?:项|类|者|部分|个学段|个县|县|地|校|级)"
    r"(?:[^，。；、\d]{0,4}?(?:共|相加|合计)(?:[^，。；、\d人均校生师次]{0,2}|招生|毕业生?|在校生|学生)(?:有|为|达)?|[^，。；、\d]{0,4}(?:总量|总额|总和)(?:为|达|达到|是)?)$"
)
_COUNTED_HEAD = re.compile(r"[^，。；\d]{0,8}(?:共|合计|共计|总计)(?:有|为)?")
_SIMPLY = re.compile(
    r"^(?:[两二]者)?(?:合为|合起来|加起来|共|一共|共有|共计|合计|总计)(?:有|为|缺编?|[^，。；\d人均校生师次]{2})?$"
)
_TOGETHER = re.compile(r"^(?:共|共计|合计|总计|总共|一共)$")
_LOOSE_LIST = re.compile(r"其中|等|含|包括|主要|比|较|另")
_YEARS_TOGETHER = re.compile(
    r"^(?P<count>[两二三四五六])年(?:来|间)?(?:(?:共|累计|合计|共计|总计)[^，。；\d]{0,4}|总(?:投入|支出|收入|投资)(?:达到?|为)?)$"
)
_DATED = re.compile(r"(?:19|20)\d\d年")
_USED = re.compile(r"(?:主要|分别|重点)?(?:用于|投向|投入到|支持)[^，。；\d]{0,24}$")
_COUNTS = "一二三四五六七八"
_TOTAL_NOUN = re.compile(r"总收入|总支出|收入总计|支出总计|收入合计|支出合计|收支总计|^合计投入|^共计投入")
_COUNTED = re.compile(r"(?:总数|总量|共有|共|总计|合计)(?:为|达|约)*+$")
_REST_FOLLOWS = re.compile(r"[，；。]?(?:其余|剩余|余下|剩下|另有|还有|尚有|其他|其它)")
_SENTENCE_MARK = re.compile(r"[，。；：]")
_OWN_SHARE = re.compile(r"，占[^，。；：]{0,12}?[\d.]+%$")
"""87个，占6.98%（小学52个，初中35个）: the share belongs to the total."""
_LOOSE = re.compile(r"其中|含|包括|包含|主要|如|另|同比|比|较|占")
_ADDED = re.compile(r"加上|再加|连同|另加|加(?=上年|转移|调入)")
_OTHER_MATTER = re.compile(
    r"回收|收回|惠及|受益|覆盖|参加|参与|通过|现已|已经|已达|已配|配备|建成|累计|获评|评为|认定|创建|新建|改造"
)
_WITHIN = re.compile(r"其中|含|包括")
_HOLDS = re.compile(r"(?:其中)?(?:包?含|包括)")
_ABOVE = re.compile(r"^(?:以上|上述)")
DEALT_WITHIN = 8
"""How many characters apart the shares may stand that are dealt out behind the last part."""
_OPPOSITES = (
    ("高于", "低于"),
    ("上升", "下降"),
    ("正增长", "负增长"),
    ("增长", "下降"),
    ("增加", "减少"),
    ("达标", "未达"),
)
_LACKING = re.compile(r"(?:合计|共计|总计|共|净)(?P<what>[欠缺少差])")
_OVER = re.compile(r"[超余多][^，。；、]{0,3}$")
REACH_OVER = 8
_ANYTHING = Decimal(10) ** 18


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a total is the sum of its parts."""
    for place, total in enumerate(passage.mentions):
        if not total.amount or total.family is None or total.each or total.quantity.value <= 0:
            continue
        if total.level:
            yield from _parts_behind(passage, place)
            yield from _parts_before(passage, place)
            yield from _of_those(passage, place)
            yield from _outcomes_after(passage, place)
        elif total.role is Role.CHANGE:
            yield from _changes_within(passage, place)
    yield from _divided_otherwise(passage)
    yield from _viewed_again(passage)
    yield from _stages_of_building(passage)


def _viewed_again(passage: Passage) -> Iterator[Proposal]:
    """Yield 学校17所，其中城区5所、农村12所；按学段分，小学9所、初中8所: the head of the sentence divided again."""
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        before = mentions[place - 1] if place else None
        if before is None or before.sentence != first.sentence or not first.amount or first.family is None:
            continue
        start = max(before.quantity.span.end, first.quantity.span.start - LEAD_LIMIT)
        between = passage.text[start : first.quantity.span.start]
        viewed = _VIEWED_WHO.search(between)
        if viewed is None:
            continue
        parts = [*_in_one_list(passage, mentions[place : place + PARTS_LIMIT])]
        told = [one for one in mentions[max(place - PARTS_LIMIT, 0) : place] if _told_with(one, first)]
        who = core_noun(viewed["who"])
        head = next((one for one in told if not who or core_noun(one.noun) == who), None)
        if head is None or len(parts) < 2 or not head.amount or OPEN_LIST.search(between):
            continue
        near = abs(_gap(head, parts)) * 5 <= head.quantity.value and len(parts) >= AMONG_PARTS
        if adds_up(head, parts) or (near and not crossing(head, parts)):
            for one in sum_of(passage, head, parts, EXPLICIT):
                # The total was divided otherwise before: what is explained are the parts.
                yield replace(one, stated=first.index)


def _stages_of_building(passage: Passage) -> Iterator[Proposal]:
    """Yield 安排项目46个，总投资12.8亿元。已完工29个，在建12个，未开工5个: the projects of the sentence before."""
    mentions = passage.mentions
    for place, first in enumerate(mentions):
        if not first.amount or _BUILT.search(first.lead) is None:
            continue
        parts = [*_in_one_list(passage, mentions[place : place + OUTCOMES_AHEAD])]
        if (
            len(parts) < 2
            or not _UNBUILT.search(parts[-1].lead)
            or not all(_BUILDING.search(one.lead) for one in parts)
        ):
            continue
        back = mentions[max(place - PARTS_LIMIT, 0) : place]
        if any(one.sentence == first.sentence and same_unit(one, first) for one in back):
            continue
        told = [one for one in back if one.sentence == first.sentence - 1 and one.quantity.unit == first.quantity.unit]
        near = [one for one in told if one.level and abs(_gap(one, parts)) * 5 <= one.quantity.value]
        if len(told) == 1 == len(near) and near[0].paragraph == first.paragraph:
            yield from sum_of(passage, near[0], parts, EXPLICIT)


def _parts_behind(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the sums of the parts that follow a total, in a parenthesis and outside."""
    following = passage.mentions[place + 1] if place + 1 < len(passage.mentions) else None
    if following is None:
        return
    if following.role is Role.SHARE and place + 2 < len(passage.mentions):
        following = passage.mentions[place + 2]
    # A level outside any parenthesis right behind the total: nothing stands inside one.
    if following.depth > passage.mentions[place].depth or not following.level:
        yield from _list_behind(passage, place, inside=True)
    yield from _list_behind(passage, place, inside=False)


def _list_behind(passage: Passage, place: int, *, inside: bool) -> Iterator[Proposal]:
    total = passage.mentions[place]
    run, marked = _run_behind(passage, place, inside=inside)
    if len(run) < 2:
        return
    for choice in _selections(total, run):
        for parts in stretches(total, choice, from_first=True):
            if _breaks_off(total, choice, parts) or _within_one_breath(passage, choice, parts):
                continue
            if total.slack is None and -_gap(total, parts) * 10 > total.quantity.value:
                # 学生超过5万人的有4个县，分别为10.84万人、8.13万人: any sum is more than that.
                continue
            strength = EXPLICIT if marked else (STRUCTURAL if divides(total, parts) else WEAK)
            used = len(parts) == len(run) and _USED.search(parts[0].lead)
            among = len(parts) == len(run) >= AMONG_PARTS and _OF_WHICH.search(total.tail)
            opposed = len(parts) == len(run) and total.tail.endswith("中") and _opposed(parts)
            if strength == WEAK and not (total.total or used or opposed or among or surely(total, parts, len(run))):
                continue
            yield from sum_of(passage, total, parts, strength)
            return
    if total.base or _dealt_to_wholes(passage, place, run):
        return
    opened = next((number for number, one in enumerate(run) if number and one.lead.startswith("其中")), 0)
    if opened and len(run) - opened >= 2 and adds_up(total, run[opened:]):
        # 投资16.84亿元，比计划15亿元多1.84亿元，其中一区5.12亿元…: the list is of the head, whatever lies between.
        yield from sum_of(passage, total, run[opened:], EXPLICIT)
        return
    whole = _whole_list(passage, total, run)
    if not divides(total, whole) and not (marked and named_by_stage(whole)):
        whole = [*takewhile(lambda one: one.quantity.value < total.quantity.value, whole)]
    if len(whole) < 2:
        return
    between = passage.text[total.quantity.span.end : whole[-1].quantity.span.end]
    all_named = inside and _is_all_list(passage, total, whole)
    if all_named or _shares_fill(passage, place, whole) or (not inside and _behind_colon(passage, total, whole)):
        if (not crossing(total, whole) or names_rest(whole)) and not OPEN_LIST.search(between):
            yield from sum_of(passage, total, whole, EXPLICIT)
        return
    behind = whole[-1].quantity.span.end
    more_follows = _gap(total, whole) > 0 and _REST_FOLLOWS.search(passage.text, behind, behind + 16)
    if (more_follows and not _beside_only(passage, total, whole)) or _overlap(passage, place, whole):
        return
    if not inside and (with_inner := _with_inner(passage, place, whole)) is not None:
        if adds_up(total, with_inner):
            yield from sum_of(passage, total, with_inner, STRUCTURAL)
        return
    counted = bool(_COUNTED.search(total.lead)) and _adjacent(total, whole[0]) and named_by_stage(whole)
    announced = inside or counted or total.tail.endswith("中") or _opens_list(passage, total, run[0])
    if not announced and _one_after_another(total, whole) and abs(_gap(total, whole)) * 5 <= total.quantity.value:
        alike = all(one.quantity.unit == total.quantity.unit for one in whole)
        announced = (alike and bool(_OF_WHICH.search(total.tail))) or (names_rest(whole) and _heads(passage, place))
    if whole[0].clause_number - total.clause_number <= OUTCOMES_AHEAD and outcomes_divide(total, whole):
        yield from sum_of(passage, total, whole, STRUCTURAL)
        return
    if not (announced or _adjacent(total, whole[0])):
        return
    apart = whole[-1].sentence > whole[0].sentence and (len(whole) == 2 or not _nearly(total, whole))
    if not apart and must_add_up(total, whole, between, announced=announced):
        yield from sum_of(passage, total, whole, EXPLICIT if announced else STRUCTURAL)


def _beside_only(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether what 另有 adds is one figure that does not fill the gap, so that it stands beside the total.

    学校53所，其中小学31所，初中16所，一贯制6所；另有市直1所: either the parts make 53, or they do with the one.
    """
    first = bisect_left(passage.mentions, parts[-1].index, key=lambda one: one.index) + 1
    behind = [
        one
        for one in passage.mentions[first : first + PARTS_LIMIT]
        if one.sentence == parts[-1].sentence and same_unit(one, total)
    ]
    if len(behind) != 1 or behind[0].part == parts[-1].part or not behind[0].lead.startswith("另"):
        return False
    return not adds_up(total, [*parts, behind[0]])


def _heads(passage: Passage, place: int) -> bool:
    """Return whether a figure begins a list, so that no amount of its unit stands right before it."""
    total, before = passage.mentions[place], passage.mentions[place - 1] if place else None
    if before is None or before.sentence != total.sentence or not same_unit(before, total):
        return True
    return total.clause_number - before.clause_number > 1


def _one_after_another(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a list follows its total at once, clause after clause."""
    return all(right.clause_number - left.clause_number <= 1 for left, right in pairwise((total, *parts)))


def _of_those(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 教职工5403名。教职工中专任教师2406人、保育员1198人、其他1799人: the whole is named again."""
    mentions, first = passage.mentions, passage.mentions[place]
    among = "中" in first.lead or _behind_among(passage, first)
    whole = named_among(passage, place) if among else None
    if whole is None:
        return
    behind = mentions[place + 1 : place + PARTS_LIMIT]
    parts = [first, *takewhile(lambda one: one.clause_number - first.clause_number < PARTS_LIMIT, behind)]
    parts = [*_in_one_list(passage, parts)]
    if len(parts) >= 2 and (names_rest(parts) or divides(whole, parts)):
        yield from sum_of(passage, whole, parts, EXPLICIT)


def _behind_among(passage: Passage, first: Mention) -> bool:
    """Return whether the clause right before a figure names a whole: 在编教师中，正高级18人."""
    start = passage.segmentation.clauses.span(first.clause_number).start
    return passage.text.startswith(("中，", "中,", "里，"), max(start - 2, 0))


def _in_one_list(passage: Passage, figures: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the first figures that follow one another with but a mark and a name between."""
    before: Mention | None = None
    for one in figures:
        mark = before is None or passage.text[before.quantity.span.end : before.quantity.span.end + 1] in (
            "、",
            "，",
            ",",
        )
        if not mark or not (one.level and one.amount and same_unit(one, figures[0])) or one.each:
            return
        if before is not None and (one.clause_number - before.clause_number > 1 or one.sentence != before.sentence):
            return
        yield one
        before = one


def _divided_otherwise(passage: Passage) -> Iterator[Proposal]:
    """Yield the parts that names are dealt to: 教师1346名…；从岗位看，小学、初中、高中分别招聘504名、318名、524名.

    The total may have been divided otherwise before, so what is explained are the parts.
    """
    mentions = passage.mentions
    for row in all_series(passage):
        head = row.members[0]
        if not (row.dealt and head.level and head.amount) or len(row) < AMONG_PARTS or head.each:
            continue
        start = max(passage.segmentation.sentences.span(head.sentence).start, head.quantity.span.start - TOPIC_LIMIT)
        words = passage.text[start : head.quantity.span.start]
        viewed = [*_VIEWED.finditer(words)]
        if not viewed or len(names_before(words[viewed[-1].end() :])) != len(row):
            continue
        first = next(
            (one for one in mentions[max(row.first - PARTS_LIMIT, 0) : row.first] if _told_with(one, head)), None
        )
        if first is not None and abs(_gap(first, row.members)) * 5 <= first.quantity.value:
            for one in sum_of(passage, first, row.members, EXPLICIT):
                # The total may have been divided otherwise before: what is explained are the parts.
                yield replace(one, stated=head.index)


def _changes_within(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 义务教育在校生净增1.72万人，其中小学增加0.95万人，初中增加0.77万人: of all that a whole is made of."""
    mentions, total = passage.mentions, passage.mentions[place]
    behind = mentions[place + 1 : place + 1 + AMONG_PARTS]
    if not behind or "其中" not in behind[0].lead:
        return
    parts = [
        *takewhile(
            lambda one: (
                one.role is Role.CHANGE
                and one.direction == total.direction
                and one.amount
                and same_unit(one, total)
                and one.part == total.part
            ),
            behind,
        )
    ]
    names = tuple(own_subject(one.lead.replace("其中", "")) for one in parts)
    whole = passage.text[passage.segmentation.sentences.span(total.sentence).start : total.quantity.span.start]
    if any(set(names) == set(family) and re.search(said, whole) for family, said in _MADE_OF):
        yield from sum_of(passage, total, parts, EXPLICIT)


def _outcomes_after(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 项目64个。截至6月底，已完工21个，在建29个，尚未开工14个: what became of all, told a sentence later."""
    mentions, first = passage.mentions, passage.mentions[place]
    start = passage.segmentation.sentences.span(first.sentence).start
    if first.sentence == 0 or not _AS_OF.match(passage.text, start) or first.index != _first_of(passage, first).index:
        return
    behind = mentions[place : place + PARTS_LIMIT]
    parts = [*_in_one_list(passage, behind)]
    if len(parts) < AMONG_PARTS:
        return
    before = [one for one in mentions[max(place - BASE_REACH, 0) : place] if one.sentence == first.sentence - 1]
    wholes = [one for one in before if one.level and same_unit(one, first) and not one.each]
    if wholes and wholes[-1].paragraph == first.paragraph and outcomes_divide(wholes[-1], parts):
        yield from sum_of(passage, wholes[-1], parts, STRUCTURAL)


def _first_of(passage: Passage, one: Mention) -> Mention:
    return passage.mentions[passage.sentences[one.sentence][0]]


def _told_with(one: Mention, head: Mention) -> bool:
    return one.sentence == head.sentence and one.level and same_unit(one, head) and not one.each


def _opposed(parts: Sequence[Mention]) -> bool:
    """Return whether two parts are opposites: 16个州市中，低于平均数的9个，高于的7个."""
    return len(parts) == 2 and any(
        (one in parts[0].clause and other in parts[1].clause) or (other in parts[0].clause and one in parts[1].clause)
        for one, other in _OPPOSITES
    )


def _with_inner(passage: Passage, place: int, parts: Sequence[Mention]) -> list[Mention] | None:
    """Return parts with one told in parentheses behind the total: 83526人（含在园幼儿16240人）：小学…人，初中…人."""
    mentions, total = passage.mentions, passage.mentions[place]
    inner = mentions[place + 1]
    within = inner.depth == total.depth + 1 and inner.index < parts[0].index and same_unit(inner, total)
    return [inner, *parts] if within and _HOLDS.match(inner.lead) else None


def _breaks_off(total: Mention, listed: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Return whether a list of stages goes on behind the parts that fit: 128所：幼儿园52所…高中6所，特教学校1所."""
    if len(parts) == len(listed) or [*parts] != [*listed[: len(parts)]]:
        return False
    following, last = listed[len(parts)], parts[-1]
    beside = following.part == last.part and following.clause_number - last.clause_number <= 1
    return beside and named_by_stage(listed[: len(parts) + 1]) and not divides(total, parts)


def _dealt_to_wholes(passage: Passage, place: int, run: Sequence[Mention]) -> bool:
    """Return whether 分别 deals the parts to several wholes: 建议41件、提案67件，其中今年分别为12件和21件."""
    if "分别" not in run[0].lead and "各" not in run[0].lead:
        return False
    mentions, total = passage.mentions, passage.mentions[place]
    before = mentions[place - 1] if place else None
    return before is not None and before.part == total.part and before.level and same_unit(before, total)


def _within_one_breath(passage: Passage, run: Sequence[Mention], parts: Sequence[Mention]) -> bool:
    """Return whether parts end within a list of one breath: 校长41人、教师62人 of 校长41人、教师62人、家长代表40人."""
    if len(parts) == len(run):
        return False
    last, following = parts[-1], run[len(parts)]
    return (
        following.depth == last.depth
        and passage.text.startswith("、", last.quantity.span.end)
        and passage.text.startswith("、", parts[-2].quantity.span.end)
        and following.clause_number - last.clause_number <= 1
    )


def _is_all_list(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a parenthesis holds nothing but its parts, name and figure: （中心校14所，村小57所）."""
    start = parts[0].parenthesis
    behind = passage.text[parts[-1].quantity.span.end : parts[-1].quantity.span.end + 2]
    gap = _OWN_SHARE.sub("", passage.text[total.quantity.span.end : start - 1])
    if not total.quantity.unit or len(gap) > OPENS_WITHIN or _SENTENCE_MARK.search(gap):
        return False
    if not behind.startswith(("）", ")")) or _LOOSE.search(passage.text, start, parts[0].quantity.span.start):
        return False
    if any(not one.noun or one.noun == one.tail for one in parts):
        return False
    first = bisect_left(passage.mentions, parts[0].index, key=lambda one: one.index)
    return passage.mentions[first : first + len(parts)] == tuple(parts)


def _behind_colon(passage: Passage, total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a colon right behind a total opens a list of names and figures: 187所：幼儿园98所，小学61所."""
    if not _COLON.match(passage.text, total.quantity.span.end) or abs(_gap(total, parts)) * 5 > total.quantity.value:
        return False
    apart = len({one.noun for one in parts}) == len(parts) >= AMONG_PARTS and all(one.noun for one in parts)
    if any(one.lead.endswith("各") for one in parts):
        return False
    return apart and _one_after_another(total, parts)


def _shares_fill(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether every part has a share of its own, and the shares make a hundred: then nothing is left out."""
    shares = _shares_of(passage, place, parts)
    if len(shares) < len(parts):
        return False
    room = sum((step(one) for one in shares), Decimal(0))
    return abs(sum((one.value for one in shares), Decimal(0)) - PERCENTS) <= room


def _shares_of(passage: Passage, place: int, parts: Sequence[Mention]) -> list[Quantity]:
    """Return the shares said of the parts, each right behind its part or dealt out behind the last."""
    mentions = passage.mentions
    behind: dict[int, Quantity] = {}
    part: Mention | None = None
    listed = {one.index for one in parts}
    dealt: list[Quantity] = []
    for one in mentions[place + 1 : place + 1 + 3 * PARTS_LIMIT]:
        if one.sentence > parts[-1].sentence:
            break
        if one.index in listed:
            part = one
        elif one.quantity.kind is Kind.PERCENT and one.role is Role.SHARE and part is not None:
            if part is parts[-1]:
                dealt.append(one.quantity)
            behind.setdefault(part.index, one.quantity)
    in_a_row = len(dealt) == len(parts) and dealt[-1].span.start - dealt[0].span.end <= DEALT_WITHIN * len(dealt)
    return dealt if in_a_row else list(behind.values())


def _overlap(passage: Passage, place: int, parts: Sequence[Mention]) -> bool:
    """Return whether the shares said of the parts exceed the whole, so that the parts must overlap."""
    mentions = passage.mentions
    shares: dict[int, Decimal] = {}
    part: Mention | None = None
    for one in mentions[place + 1 : place + 1 + 3 * PARTS_LIMIT]:
        if one.sentence > parts[-1].sentence:
            break
        if one in parts:
            part = one
        elif part is not None and _share_like(one) and one.quantity.value <= PERCENTS:
            shares.setdefault(part.index, one.quantity.value)
    return len(shares) >= 2 and sum(shares.values()) > PERCENTS + 1


def _share_like(one: Mention) -> bool:
    """Return whether a figure is a share or a rate: 占44.9%, 竣工率44.9%."""
    return one.quantity.kind is Kind.PERCENT and one.role in (Role.SHARE, Role.LEVEL)


def _nearly(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether parts of two sentences come so near to the total that they must be meant as its parts."""
    return abs(_gap(total, parts)) * 20 <= total.quantity.value


def _whole_list(passage: Passage, total: Mention, run: list[Mention]) -> list[Mention]:
    """Return the parts of one list: those of its first sentence, up to where other things are told of."""
    top = _top_parts(run)
    first = [one for one in top if one.sentence == run[0].sentence]
    if len(first) == 1 and len(top) > 1 and top[1].sentence == run[0].sentence + 1:
        first = top[:2]
    for place, one in enumerate(first):
        if place and (_OTHER_MATTER.search(one.lead) or (one.summing and not names_rest([one]))):
            return first[:place]
        if place >= 2 and _closed(passage, total, first[:place], one):
            return min(first[:place], first, key=lambda parts: abs(_gap(total, parts)))
        if place >= 2 and one.part != first[place - 1].part and first[1].part == first[0].part:
            return first[:place]
        if place == 1 and one.part != first[0].part and len(first) > 2 and first[2].part == one.part:
            return first[:1]  # 其中应届2870人；本科上线1462人，一本上线518人
    return first


def _gap(total: Mention, parts: Sequence[Mention]) -> Decimal:
    return total.quantity.value - sum((one.quantity.value for one in parts), Decimal(0))


def _closed(passage: Passage, total: Mention, parts: list[Mention], following: Mention) -> bool:
    """Return whether a list has ended before a figure: its marks change from 、 to ，, or the whole is named again."""
    before, last = parts[-2:]
    again = len(total.noun) >= AGAIN and following.noun.startswith(total.noun)
    marks = passage.text.startswith("、", before.quantity.span.end) and passage.text.startswith(
        ("，", ",", "；", ";"), last.quantity.span.end
    )
    return again or (marks and not names_rest([following]))


def _run_behind(passage: Passage, place: int, *, inside: bool) -> tuple[list[Mention], bool]:
    """Return the amounts behind a total that may be its parts, and whether 其中 or the like announces them.

    With `inside`, the parts stand in the parenthesis that opens behind the total before any other level.
    """
    mentions, total = passage.mentions, passage.mentions[place]
    depth = total.depth + 1 if inside else total.depth
    run: list[Mention] = []
    unmarked: list[Mention] = []
    marked = inside
    allowed = total.sentence
    for other in range(place + 1, min(place + 1 + 3 * PARTS_LIMIT, len(mentions))):
        one = mentions[other]
        if one.sentence > allowed:
            opens = _opens_sentence(passage, one)
            goes_on = marked and bool(run) and one.quantity.unit == total.quantity.unit
            if not _carries_on(total, one, allowed, opens=opens, marked=marked, goes_on=goes_on):
                break
            if opens and not marked:
                if not _heads_sentence(passage, place) and _viewed(passage, one):
                    # 项目46个，已完工29个，在建12个。分类别看…: what is looked at by its parts is the whole.
                    break
                unmarked, run = run, []
            marked = marked or opens
            allowed = one.sentence
        if one.depth < depth and (run or inside) and one.level and one.role is not Role.SHARE:
            break
        if one.depth != depth or not one.level:
            continue
        if not run and not marked:
            if _viewed_within(passage, total, one) and not _heads_sentence(passage, place):
                break
            marked = _opens_list(passage, total, one)
        if not one.amount or not same_unit(one, total) or one.each or one.base:
            continue
        if _NOT_COUNTED.match(passage.text, one.quantity.span.end) or names_next(mentions, other):
            continue
        if run and one.quantity.value == run[-1].quantity.value and _AGAIN.search(one.lead):
            # 限期整改47个，目前47个限期整改问题已完成44个: what was told last is taken up again.
            break
        beside = marked and one.clause_number - (run[-1] if run else total).clause_number <= 1
        apart = one.part != total.part or not (run or marked)
        if one.quantity.value >= total.quantity.value and apart and not beside:
            break
        run.append(one)
        if len(run) >= PARTS_LIMIT:
            break
    return (run, marked) if len(run) >= 2 or not unmarked else (unmarked, inside)


def names_next(mentions: Sequence[Mention], place: int) -> bool:
    """Return whether a figure only says of how many places the next one is told: 其余6个县共21个."""
    one, following = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    if following is None or following.clause_number != one.clause_number or following.depth != one.depth:
        return False
    if following.quantity.span.start - one.quantity.span.end != len(following.lead):
        return False
    return _PLACES.fullmatch(following.lead) is not None and same_unit(one, following)


def _carries_on(total: Mention, one: Mention, allowed: int, *, opens: bool, marked: bool, goes_on: bool) -> bool:
    """Return whether the parts of a total may go on in the sentence of a figure."""
    if one.sentence - total.sentence > SENTENCES_AHEAD or (one.paragraph != total.paragraph and not opens):
        return False
    return (goes_on and one.sentence == allowed + 1) or (opens and not marked)


def _opens_list(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether 其中 or the like stands between a total and what may be its first part."""
    end = first.quantity.span.start
    if _COLON.match(passage.text, total.quantity.span.end, end):
        return True
    start = max(total.quantity.span.end, end - LEAD_LIMIT)
    if any(_opens_at(passage.text, match, end) for match in _OPENS.finditer(passage.text, start, end)):
        return True
    among = _AMONG.search(passage.text, start, end)
    return among is not None and core_noun(among["whole"]) == core_noun(total.noun) != ""


def _opens_at(text: str, opening: re.Match[str], end: int) -> bool:
    """Return whether a word opens a list at `end`; in 参测率分别为99.4%和98.8%；校长20名 it deals the rates alone."""
    return not opening[0].startswith("分别") or _FIGURE.search(text, opening.end(), end) is None


def _opens_sentence(passage: Passage, first: Mention) -> bool:
    """Return whether the sentence of a figure begins with 其中 or the like."""
    start = passage.segmentation.sentences.starts[first.sentence]
    return bool(_OPENING.match(passage.text, start, first.quantity.span.start))


def _viewed(passage: Passage, first: Mention) -> bool:
    """Return whether the sentence of a figure looks at a whole by its parts."""
    return _VIEWED.match(passage.text, passage.segmentation.sentences.starts[first.sentence]) is not None


def _viewed_within(passage: Passage, total: Mention, first: Mention) -> bool:
    """Return whether a whole is looked at by its parts between two figures: 12所；按学段分，小学9所."""
    start = max(total.quantity.span.end, first.quantity.span.start - LEAD_LIMIT)
    viewed = _VIEWED_WHO.search(passage.text, start, first.quantity.span.start)
    return viewed is not None and not (viewed["who"] and core_noun(viewed["who"]) == core_noun(total.noun))


def _heads_sentence(passage: Passage, place: int) -> bool:
    """Return whether no amount of its unit stands before a figure in its sentence."""
    total = passage.mentions[place]
    for one in passage.mentions[max(place - PARTS_LIMIT, 0) : place][::-1]:
        if one.sentence != total.sentence:
            break
        if one.level and same_unit(one, total):
            return False
    return True


def _selections(total: Mention, run: list[Mention]) -> Iterator[list[Mention]]:
    """Yield the choices of parts worth trying, the most natural first."""
    top = _top_parts(run)
    yield top
    if len(top) < len(run):
        yield run
    named = [one for one in run if _same_thing(total, one)]
    if len(named) < len(run):
        yield named


def stretches(
    total: Mention, parts: Sequence[Mention], *, from_first: bool, bounded: bool = False
) -> Iterator[Sequence[Mention]]:
    """Yield the stretches of two or more parts that make the total, the longest first.

    They begin with the first part or, without `from_first`, end with the last. Running sums leave few to be judged.
    With `bounded`, no figure may be open to one side (3400余人), as such figures would make any total.
    """
    ordered = parts if from_first else parts[::-1]
    sums = [*accumulate((one.quantity.value for one in ordered), initial=Decimal(0))]
    slacks = [*accumulate((_open(one.slack) for one in ordered), initial=_open(total.slack))]
    for length in range(len(ordered), 1, -1):
        if bounded and slacks[length] >= _ANYTHING:
            continue
        if abs(sums[length] - total.quantity.value) <= slacks[length]:
            chosen = ordered[:length] if from_first else ordered[:length][::-1]
            small = any(0 < one.quantity.value <= _open(total.slack) for one in chosen if total.slack is not None)
            if not small and adds_up(total, chosen):
                yield chosen


def surely(total: Mention, parts: Sequence[Mention], tried: int) -> bool:
    """Return whether a sum that no word announces fits so closely that chance does not explain it.

    Of `tried` stretches of figures of this size, fewer than one in a hundred texts would have one that fits.
    """
    if any(one.quantity.value <= _open(total.slack) for one in parts):
        return False
    room = _open(total.slack) + sum((_open(one.slack) for one in parts), Decimal(0))
    unit = max(room, step(total.quantity))
    return tried * unit * CHANCE <= total.quantity.value


def _open(slack: Decimal | None) -> Decimal:
    return _ANYTHING if slack is None else slack


def _top_parts(run: list[Mention]) -> list[Mention]:
    """Return the run without parts of parts: a figure that 其中 or 含 opens behind the first one."""
    kept: list[Mention] = []
    nested = -1
    for one in run:
        within = kept and len(kept[-1].noun) >= 2 and _is_of(kept[-1].noun, one.lead)
        if kept and (within or _WITHIN.search(one.lead)) and one.part == kept[-1].part:
            nested = one.part
            continue
        if nested == one.part and kept and one.quantity.value < kept[-1].quantity.value:
            continue
        nested = -1
        kept.append(one)
    return kept


def _is_of(noun: str, lead: str) -> bool:
    """Return whether words say that a figure is of the one before: 民办39所，民办园中普惠性31所."""
    return lead.startswith(noun) and "中" in lead[len(noun) : len(noun) + 3]


def _same_thing(total: Mention, part: Mention) -> bool:
    """Return whether the name of a part ends like the name of the total: 中学专任教师 of 专任教师."""
    ending = core_noun(total.noun)[-2:]
    return len(ending) == 2 and ending in part.noun


def _adjacent(total: Mention, part: Mention) -> bool:
    return part.clause_number - total.clause_number <= 1


def _parts_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the sum of the parts that stand before a total."""
    mentions, total = passage.mentions, passage.mentions[place]
    if total.summing and (named := named_parts(passage, place)) is not None:
        yield from sum_of(passage, total, named, EXPLICIT)
        return
    if total.summing and len(aside := _aside(passage, place)) >= 2:
        yield from sum_of(passage, total, aside, EXPLICIT)
        return
    if total.summing and len(row := _row_before(passage, place)) >= 2:
        yield from sum_of(passage, total, row, EXPLICIT)
        return
    worded = _PURE_TOTAL.search(total.lead) or _COUNTED_TOTAL.search(total.lead)
    pure = worded is not None or bool(_TOTAL_NOUN.search(total.lead))
    floor = total.sentence - (SENTENCES_BACK if _ABOVE.match(total.lead) else 0)
    run: list[Mention] = []
    for other in range(place - 1, max(place - 1 - 3 * PARTS_LIMIT, -1), -1):
        one = mentions[other]
        if one.sentence < floor or one.paragraph != total.paragraph:
            break
        if pure and run and _opens_list(passage, one, run[-1]):
            break
        if one.depth != total.depth or not (one.level and one.amount and same_unit(one, total)) or one.each:
            continue
        if one.base or (one.quantity.unit != total.quantity.unit and one.tail.endswith("的")):
            # 4个区的118所、6个县的302所，合计420所: the districts only say where the schools are.
            continue
        if (one.quantity.value > total.quantity.value and not pure) or len(run) >= PARTS_LIMIT:
            break
        run.append(one)
    run.reverse()
    if (lacking := _LACKING.search(total.lead)) is not None:
        # 欠拨70万元；…超拨15万元，合计欠拨55万元: only what lacks too is summed up, and what was over is taken off.
        short = [one for one in run if lacking["what"] in one.lead]
        run = short if len(short) > 1 else run
        if any(_OVER.search(one.lead) for one in mentions[max(place - REACH_OVER, 0) : place]):
            return
    counted = len(run) > 2 and run[-1].clause_number == total.clause_number
    if counted and run[-1].quantity.value == len(run) - 1 and _COUNTED_HEAD.fullmatch(total.lead):
        # 五个乡镇共54所: the last figure counts the others.
        yield from sum_of(passage, total, run[:-1], EXPLICIT)
        return
    if len(run) < 2:
        return
    if not total.quantity.unit:
        return
    if pure and _ADDED.search(run[0].clause):
        yield from _added(passage, run, place)
        return
    if worded is not None and worded["count"]:
        wanted = _COUNTS.index(worded["count"].replace("两", "二")) + 1
        top = _top_parts(run)[-CHOSEN_FROM:]
        fitting = next((one for one in combinations(top, wanted) if adds_up(total, one)), None)
        chosen = [*fitting] if fitting is not None else top[-wanted:]
        if fitting is None and _chosen_by_name(passage, total):
            return
        if len(chosen) == _COUNTS.index(worded["count"].replace("两", "二")) + 1:
            yield from sum_of(passage, total, chosen, EXPLICIT)
            return
    run = _column(total, run)
    if len(run) < 2:
        return
    strength = EXPLICIT if pure else (STRUCTURAL if total.summing else WEAK)
    by_chance = strength == WEAK and not total.total
    for parts in stretches(total, run, from_first=False, bounded=by_chance):
        if by_chance and not surely(total, parts, len(run)):
            continue
        yield from sum_of(passage, total, parts, strength)
        return
    within = [one for one in run if one.part == total.part]
    if pure and len(within) >= 2:
        # 教育支出14.52亿元；上级2.4亿元，县级1.15亿元，合计3.55亿元: what stands before ； is another matter.
        run = within
    beside = [one for one in run if total.clause_number - one.clause_number == 1] or _before_rates(passage, run, place)
    if _TOGETHER.search(total.lead) and _in_a_row(passage, run, place):
        yield from sum_of(passage, total, run, STRUCTURAL)
    elif (years := _of_years(total, run)) is not None:
        yield from sum_of(passage, total, years, EXPLICIT)
    elif (
        _SIMPLY.search(total.lead)
        and len(beside) >= 2
        and (divides(total, beside) or _one_list(passage, beside, place))
    ):
        yield from sum_of(passage, total, beside, STRUCTURAL)
    elif pure:
        subtotal = max((number for number, one in enumerate(run[:-1]) if one.summing), default=0)
        run = run[subtotal:]
        if _headed(passage, run, total):
            yield from sum_of(passage, total, run, STRUCTURAL if subtotal else EXPLICIT)


def _row_before(passage: Passage, place: int) -> list[Mention]:
    """Return the row that 分别 deals right before a bare total: 2024年、2025年分别补充教师260人、240人，共500人."""
    mentions, total = passage.mentions, passage.mentions[place]
    if not _BARELY.fullmatch(total.lead):
        return []
    row = [*takewhile(lambda one: one.sentence == total.sentence, mentions[max(place - PARTS_LIMIT, 0) : place][::-1])]
    row = [one for one in row[::-1] if row and one.clause_number == row[0].clause_number]
    dealt = bool(row) and "分别" in row[0].lead and total.clause_number - row[-1].clause_number == 1
    joined_up = all(_JOINT.fullmatch(one.lead) for one in row[1:])
    plain = all(one.level and same_unit(one, total) and not one.each and one.depth == total.depth for one in row)
    return row if dealt and joined_up and plain else []


def _aside(passage: Passage, place: int) -> list[Mention]:
    """Return what stands right before a total: （寄宿生46人、走读生71人）共计117人; 减少12万元和30万元，合计42万元."""
    mentions, total = passage.mentions, passage.mentions[place]
    last = mentions[place - 1] if place else None
    if last is None or last.sentence != total.sentence:
        return []
    if last.role is Role.CHANGE and last.depth == total.depth and total.clause_number - last.clause_number == 1:
        row = [*takewhile(lambda one: one.role is Role.CHANGE, mentions[max(place - PARTS_LIMIT, 0) : place][::-1])]
        row = [one for one in row[::-1] if one.clause_number == last.clause_number]
        bare = _PURE_TOTAL.search(total.lead) is not None and all(_JOINT.fullmatch(one.lead) for one in row[1:])
        return row if bare and all(same_unit(one, total) and one.direction == last.direction for one in row) else []
    if last.depth != total.depth + 1:
        return []
    between = passage.text[last.quantity.span.end : total.quantity.span.start]
    inside = [one for one in mentions[max(place - PARTS_LIMIT, 0) : place] if one.parenthesis == last.parenthesis]
    whole = (
        _THEN_TOTAL.fullmatch(between) is not None
        and "其中" not in passage.text[last.parenthesis : last.quantity.span.start]
    )
    listed = all(one.level and same_unit(one, total) and not one.each for one in inside)
    return inside if whole and listed else []


def _chosen_by_name(passage: Passage, total: Mention) -> bool:
    """Return whether a parenthesis says which ones are summed up: 上述三项（教育、社保、卫健）共支出."""
    start = total.quantity.span.start
    return "项（" in passage.text[max(start - LEAD_LIMIT, 0) : start]


def _in_a_row(passage: Passage, run: list[Mention], place: int) -> bool:
    """Return whether the parts of a bare 共 begin its sentence and follow one another: 会议5次，常务会8次，共13次."""
    total = passage.mentions[place]
    before = passage.mentions[max(place - len(run), 0) : place]
    follows = all(right.clause_number - left.clause_number <= 1 for left, right in pairwise((*run, total)))
    alike = all(one.family == total.family and not one.total and not one.base for one in run)
    alike = alike and (len({one.quantity.unit for one in run}) == 1 or not any(one.tail.endswith("的") for one in run))
    between = passage.text[run[0].quantity.span.start : total.quantity.span.start]
    named = all(one.noun and one.noun != one.tail[:14] for one in run) and len({one.noun for one in run}) == len(run)
    prior = passage.mentions[place - len(run) - 1] if place > len(run) else None
    first = prior is None or prior.sentence < total.sentence or prior.family != total.family
    return first and before == tuple(run) and follows and alike and named and not _LOOSE_LIST.search(between)


def _of_years(total: Mention, run: list[Mention]) -> list[Mention] | None:
    """Return the parts of 两年共补充1697名: as many of them, each with its year."""
    match = _YEARS_TOGETHER.search(total.lead)
    if match is None:
        return None
    parts = run[-1 - _COUNTS.index(match["count"].replace("两", "二")) :]
    dated = all(_DATED.search(one.lead) for one in parts) or _dealt_to_years(parts)
    return parts if dated and len(parts) == _COUNTS.index(match["count"].replace("两", "二")) + 1 else None


def _dealt_to_years(parts: Sequence[Mention]) -> bool:
    """Return whether 分别 deals a row to years: 2021—2023年财政拨款分别为1.68亿元、1.97亿元、2.29亿元."""
    head = parts[0]
    dealt = "分别" in head.lead or "依次" in head.lead
    return dealt and _DATED.search(head.topic) is not None and all(_JOINT.fullmatch(one.lead) for one in parts[1:])


def _column(total: Mention, run: list[Mention]) -> list[Mention]:
    """Return what a total adds up when names come back in turn: 小学58所，达标55所；初中21所，达标19所."""
    nouns = Counter(one.noun for one in run)
    back = next((noun for noun, times in nouns.items() if noun and times >= 2), None)
    if back is None or len(nouns) == 1:
        return run
    if total.noun == back:
        return [one for one in run if one.noun == back]
    others = [one for one in run if nouns[one.noun] == 1]
    return others if len(others) == nouns[back] else run


def _added(passage: Passage, run: list[Mention], place: int) -> Iterator[Proposal]:
    """Yield 加上…，总计: the parts and the amount they are added to, which stands in an earlier sentence."""
    mentions, total = passage.mentions, passage.mentions[place]
    first = next(number for number in range(place - 1, -1, -1) if mentions[number] is run[0])
    for other in range(first - 1, max(first - 1 - BASE_REACH, -1), -1):
        base = mentions[other]
        if base.paragraph < total.paragraph - 1:
            return
        if is_level(base) and is_amount(base) and same_unit(base, total) and not base.each:
            parts = [base, *run]
            if adds_up(total, parts):
                yield from sum_of(passage, total, parts, EXPLICIT)
                return


def _before_rates(passage: Passage, run: list[Mention], place: int) -> list[Mention]:
    """Return the parts of one clause when but a clause of percentages stands between them and the total."""
    last = run[-1]
    between = passage.mentions[bisect_left(passage.mentions, last.index, key=lambda one: one.index) + 1 : place]
    if not between or any(one.quantity.kind is not Kind.PERCENT for one in between):
        return []
    return [one for one in run if one.clause_number == last.clause_number]


def _one_list(passage: Passage, parts: list[Mention], place: int) -> bool:
    """Return whether the clause before 共 is but a list: 中央3820万元、省级1910万元、县级955万元，共6685万元."""
    total = passage.mentions[place]
    before = tuple(
        one for one in passage.mentions[max(place - 3 * len(parts), 0) : place] if one.index >= parts[0].index
    )
    before = tuple(one for one in before if one.quantity.kind is not Kind.PERCENT)
    between = passage.text[parts[0].quantity.span.start : total.quantity.span.start]
    alike = all(one.quantity.unit == total.quantity.unit and not one.total for one in parts)
    return tuple(parts) == before and alike and len(parts) >= 3 and not OPEN_LIST.search(between)


def _headed(passage: Passage, run: list[Mention], total: Mention) -> bool:
    """Return whether the parts before 合计 stand side by side, with no total of their own among them."""
    between = passage.text[run[0].quantity.span.start : total.quantity.span.start]
    if OPEN_LIST.search(between) or "其中" in between:
        return False
    return not any(one.total for one in run[1:]) and total.clause_number - run[0].clause_number <= 3 * len(run)


def sum_of(passage: Passage, total: Mention, parts: Sequence[Mention], strength: int) -> Iterator[Proposal]:
    """Yield the claim that a total is the sum of its parts; nothing when weak wording does not fit."""
    names = {f"p{number}": part for number, part in enumerate(parts, 1)}
    wording = Wording(
        relation="parts_and_total",
        type=ClaimType.SUM,
        formula="total = " + " + ".join(names),
        spoken=joined([part.quantity for part in parts]),
    )
    proposal = propose(passage, wording, ("total", total), names, add, strength, derived=False)
    if proposal is not None:
        yield proposal
