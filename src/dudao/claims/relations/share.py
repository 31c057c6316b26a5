"""A part, its whole and the share between them: 3534人，占总数113369人的3.12%; 其中公办2616人，占比50%."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.fractions import (
    fraction_beside,
    out_of_behind,
    share_of,
    share_of_grades,
    share_of_sum,
    share_of_two,
    written_fraction,
)
from dudao.claims.likeness import core_noun, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal
from dudao.claims.rate_names import OF_MEAN_POPULATION, is_rate_of
from dudao.claims.rates import rate
from dudao.claims.series import starts_series
from dudao.claims.shares.afar import named_afar, of_all_there, of_names_told, of_noted_whole, of_whole_beside
from dudao.claims.shares.by_grade import rate_by_grade
from dudao.claims.shares.by_runner import rate_by_runner
from dudao.claims.shares.candidates import Standing, candidate_wholes, parts_of_one, whole_of_sibling
from dudao.claims.shares.fixed_places import (
    counted_behind,
    named_behind,
    of_closed_list_by_name,
    of_plan,
    rated_behind,
    two_in_parenthesis,
)
from dudao.claims.shares.parallel import kinds_joined
from dudao.claims.shares.parts import (
    explicit_whole,
    part_before,
    part_behind,
    part_of_share,
    part_or_list,
    subject_of,
    told_behind,
)
from dudao.claims.shares.per_head import of_means
from dudao.claims.shares.together import (
    degrees_of_all,
    degrees_upward,
    of_siblings,
    of_two_halves,
    share_of_named,
    share_together,
)
from dudao.claims.slips import one_digit_apart, share_one_slip_away
from dudao.claims.stage_names import NARROWED
from dudao.claims.wholes import (
    adds_up,
    head_of_closed_list,
    named_otherwise,
    named_wholes,
    of_those,
    whole_noun,
)
from dudao.quantities.model import Kind

LISTED = 10
"""How many figures back a list of grades may begin."""
NAMED = 3
"""How many characters a name has that tells by itself what a share is of."""
SHARES_NEAR = 6
"""How many figures behind a share the next one stands that goes on with it."""
CHAIN_NEEDED = 2
"""So many bare shares of a paragraph must fit one whole before another that does not is called wrong."""
_RATE = re.compile(
    r"(?:率|覆盖面|比例|比重|面|进度|(?<=满意)度)(?:为|达到|达|是|约|近|超过|高|已|还|仅|只|有|均|：|:)*$"
)
_TOGETHER = re.compile(
    r"(?P<kinds>[两三四])[类种者][^，。；、占\d]{0,8}占|"
    r"(?:(?P<count>[两三四五六七八])[^，。；、占\d]{0,6}?)?(?:合计|之和|总和|总共|共|合起来|加起来|合)(?:约)?占|"
    r"(?P<names>[^，。；：\d]{2,24})(?P<items>[两三四五])[项类者](?:共|合计|约)?占"
)
_ENTIRE = re.compile(r"占(?:了|到)?全[省市县区州旗镇]")
_OF_BEFORE = re.compile(r"(?:而|其)?(?:上年|去年|上一年|前年|上学年|上年度)(?:同期|末|底)?的?占")
"""教育经费占19.39%，上年占19.21%: no amount of this year tells the share of the year before."""
_SAID_OF_SHARE = re.compile("占|比例|比重")
_ALL_OF_THEM = re.compile("全部|[均都](?!衡)")
_AMONG_THOSE = re.compile(r"(?P<whole>[^，。；、\d]{0,8}(?:教师|教职工|学生|在校生|幼儿|人员|人口|儿童|幼儿园|学校))中")
_SEXES = frozenset("男女")
_AS_BELOW = re.compile(r"下同|同下")


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a percentage is the share of a part in a whole."""
    standing = Standing()
    mentions = passage.mentions
    places = {one.index: one for one in mentions}
    for place, share in enumerate(mentions):
        quantity = share.quantity
        if quantity.kind is not Kind.PERCENT or quantity.upper is not None or not 0 < quantity.value <= 1000:
            continue
        if OF_MEAN_POPULATION.search(share.lead):
            continue
        if (counted := counted_behind(passage, place) or named_behind(passage, place)) is not None:
            yield from share_of(passage, *counted, share, EXPLICIT)
            continue
        if share.role in (Role.LEVEL, Role.SHARE) and (rated := rated_behind(passage, place)) is not None:
            yield from share_of(passage, *rated, share, STRUCTURAL)
            continue
        if share.role is Role.LEVEL and not share.lead and (two := two_in_parenthesis(passage, place)) is not None:
            yield from share_of(passage, *two, share, STRUCTURAL)
            continue
        if share.role is Role.LEVEL and (told := out_of_behind(passage, place)) is not None:
            yield from share_of(passage, *told, share, EXPLICIT)
            continue
        if (listed := of_closed_list_by_name(passage, place)) is not None:
            yield from share_of(passage, *listed, share, STRUCTURAL)
            continue
        if (planned := of_plan(passage, place)) is not None:
            yield from share_of(passage, *planned, share, EXPLICIT)
            continue
        if (means := of_means(passage, place)) is not None:
            yield from share_of(passage, *means, share, STRUCTURAL)
            continue
        if (run := rate_by_runner(passage, place)) is not None:
            yield from run
            continue
        if named := [*rate_by_grade(passage, place)]:
            yield from named
            continue
        if (risen := _reached(mentions, place)) is not None:
            yield from _risen(passage, place, risen)
        elif (done := _done_of_all(passage, place)) is not None:
            yield from share_of(passage, *done, share, STRUCTURAL)
        elif share.role is Role.SHARE and not starts_series(passage, place):
            yield from _worded(passage, place, standing)
        elif share.role in (Role.LEVEL, Role.CHANGE) and _RATE.search(share.lead):
            yield from rate(passage, place)
    for part, share in standing.open:
        chains = [
            (len(fitted), number)
            for (paragraph, number), fitted in standing.fitted.items()
            if paragraph == part.paragraph and len(fitted) >= CHAIN_NEEDED and same_unit(places[number], part)
            if not named_otherwise(passage, part, places[number])
        ]
        if not chains:
            continue
        whole = places[max(chains)[1]]
        # 占出口总值的39.6%。…，占31.8%。…，占7%: the bare shares behind are of what the first one names.
        headed = standing.fitted[part.paragraph, whole.index][0] == _next_share(mentions, share)
        if not whole_noun(share)[1] or (headed and share_one_slip_away(share.quantity, part.quantity, whole.quantity)):
            yield from share_of(passage, part, whole, share, STRUCTURAL)


def _done_of_all(passage: Passage, place: int) -> tuple[Mention, Mention] | None:
    """Return part and whole of 清单126条，年底完成121条，完成比例96.0%: a proportion named by what was done."""
    mentions, share = passage.mentions, passage.mentions[place]
    if place < 2 or "比例" not in share.lead or "占" in share.lead or not is_rate_of(share, mentions[place - 1]):
        return None
    whole, part = mentions[place - 2 : place]
    in_a_row = share.clause_number - part.clause_number == 1 == part.clause_number - whole.clause_number
    plain = all(one.level and one.amount and not one.each and one.depth == share.depth for one in (whole, part))
    beside = in_a_row and whole.sentence == share.sentence
    return (part, whole) if beside and plain and same_unit(part, whole) and not is_rate_of(share, whole) else None


def _next_share(mentions: Sequence[Mention], share: Mention) -> int:
    """Return the number of the next share told behind one; its own where none is."""
    place = bisect_left(mentions, share.index + 1, key=lambda one: one.index)
    following = (one.index for one in mentions[place : place + SHARES_NEAR] if one.role is Role.SHARE)
    return next(following, share.index)


def _worded(passage: Passage, place: int, standing: Standing) -> Iterator[Proposal]:
    """Yield the reading of a share that 占 announces."""
    mentions, share = passage.mentions, passage.mentions[place]
    if (fraction := fraction_beside(passage, place)) is not None:
        yield from share_of(passage, *fraction, share, EXPLICIT)
        return
    if (written := written_fraction(passage, place)) is not None:
        yield written
        return
    if (together := _TOGETHER.search(share.clause if "项占" in share.clause else share.lead)) is not None:
        if together["items"]:
            yield from share_of_named(passage, place, together)
            return
        yield from share_together(passage, place, together["count"] or together["kinds"])
        return
    if told_behind(passage, place):
        yield from part_behind(passage, place)
        return
    if (upward := degrees_upward(passage, place)) is not None:
        listed = [one for one in mentions[max(place - LISTED, 0) : place] if one.index > upward[1].index]
        plain = all(one.level and same_unit(one, upward[1]) and one.depth == share.depth for one in listed)
        # Grades that make the whole leave no doubt of which share is meant.
        closed = plain and len(listed) > len(upward[0]) and adds_up(upward[1], listed)
        found = share_of_sum(passage, *upward, share, STRUCTURAL if closed else WEAK)
        if found is not None:
            yield found
            return
    if (degrees := degrees_of_all(passage, place)) is not None:
        found = share_of_grades(passage, *degrees, share)
        yield from (found,) if found is not None else ()
        return
    if (halves := of_two_halves(passage, place)) is not None:
        yield from share_of_two(passage, *halves, share)
        return
    if (siblings := of_siblings(passage, place)) is not None:
        found = share_of_sum(passage, *siblings, share, STRUCTURAL)
        yield from (found,) if found is not None else ()
        return
    told = of_whole_beside(passage, place) or of_noted_whole(passage, place) or of_names_told(passage, place)
    told = told or of_all_there(passage, place)
    if told is not None:
        proposals = list(share_of(passage, *told, share, STRUCTURAL))
        if proposals:
            yield from proposals
            return
    explicit = explicit_whole(passage, place)
    if explicit is not None and part_of_share(mentions, place, explicit) is None:
        yield from part_before(passage, place, mentions[explicit])
        return
    part_place = part_of_share(mentions, place, explicit)
    if part_place is None:
        yield from named_afar(passage, place, subject_of(share))
        return
    part = mentions[part_place]
    if explicit is not None:
        whole = mentions[explicit]
        if part is not whole and same_unit(part, whole):
            if (head := head_of_closed_list(mentions, part_place)) is not None and head is not whole:
                part = part_or_list(passage, part, head, whole, share)
            yield from share_of(passage, part, whole, share, EXPLICIT)
            standing.sibling = part, whole, share
        return
    resets = bool(_AS_BELOW.search(passage.text[max(share.quantity.span.start - 8, 0) : share.quantity.span.start]))
    noun = whole_noun(share)[1]
    bare = not noun
    joined = kinds_joined(passage, part_place)
    failed: list[tuple[Mention, Proposal]] = []
    head = None if bare else head_of_closed_list(mentions, part_place)
    beside, refused = whole_of_sibling(mentions, part_place, standing), False
    for whole, strength in candidate_wholes(passage, part_place, place, standing):
        if whole is part or not same_unit(part, whole):
            continue
        if whole is mentions[part_place - 1] and parts_of_one(mentions, part_place):
            continue
        known = whole is head and not _ENTIRE.search(share.lead)
        if noun and not known and whole.quantity.value == (head or part).quantity.value and share.quantity.value < 100:
            # 检查96所（高中3所、…），占全区总数的72.7%。96所学校…: what was checked, named again, is not all there is.
            continue
        if refused and strength == WEAK and share.quantity.decimals == 0:
            # A percentage of two digits fits some far figure by chance.
            break
        said_of = part if head is None or whole is head else part_or_list(passage, part, head, whole, share)
        proposals = list(share_of(passage, said_of, whole, share, strength))
        if not proposals:
            continue
        if not proposals[0].holds and (
            _OF_BEFORE.match(share.lead)
            or _of_other_subject(passage, share, part)
            or _of_wider_name(noun, part, whole)
            or (noun and whole.index > share.index and _of_a_kind(noun, whole))
            or _of_some_within(share, part)
            or (bare and _like_its_whole(passage, part_place, whole, share, standing))
        ):
            continue
        if not proposals[0].holds and joined:
            # 初中11所、一贯制1所、小学29所全部达标，占学校总数的83.67%: all of them together.
            of_all = _ALL_OF_THEM.search(part.tail) is not None
            of_kinds = share_of_sum(passage, joined, whole, share, strength if of_all else WEAK)
            if of_kinds is not None:
                yield of_kinds
                return
            if of_all:
                continue
        if not proposals[0].holds:
            failed.extend((whole, one) for one in proposals)
            refused = refused or whole is beside
            continue
        # 31所…。36所寄宿制学校中，9所…，占29.0%: what fits is the first telling of the whole that is meant.
        yield from [one for meant, one in failed if one_digit_apart(meant.quantity, whole.quantity)]
        yield from proposals
        standing.last = whole
        standing.sibling = part, whole, share
        if resets:
            standing.below = whole
        if bare or resets or whole is standing.below:
            standing.fitted.setdefault((part.paragraph, whole.index), []).append(share.index)
        return
    yield from [one for _, one in failed[:1]]
    if failed:
        return
    if not bare:
        standing.open.append((part, share))
        return
    if beside is not None:
        yield from share_of(passage, part, beside, share, STRUCTURAL)
    elif not of_those(passage, part_place):
        standing.open.append((part, share))


def _of_some_within(share: Mention, part: Mention) -> bool:
    """Return whether a share is of some among those told before it: 专任教师324万人，教师中本科以上学历比例90.3%."""
    said = _AMONG_THOSE.match(share.lead)
    return said is not None and core_noun(part.noun).endswith(core_noun(said["whole"]))


def _like_its_whole(passage: Passage, part_place: int, whole: Mention, share: Mention, standing: Standing) -> bool:
    """Return whether the whole tried has a share in the very words of its part, and of a whole that is told nowhere.

    女性专业人员1529万人，所占比重48.6%；其中女性高级专业人员178万人，所占比重39.3%: women among all of each kind.
    """
    behind = bisect_left(passage.mentions, whole.index + 1, key=lambda one: one.index)
    own = [one for one in passage.mentions[behind:part_place] if one.role is Role.SHARE and one.depth == whole.depth]
    known = standing.sibling is not None and standing.sibling[0] is whole
    return bool(own) and not known and own[0].lead == share.lead != "占" and own[0].sentence == share.sentence


def _of_wider_name(noun: str, part: Mention, whole: Mention) -> bool:
    """Return whether a share is of all that bear the name of its part, and the whole tried does not bear it.

    民办学校在校生26418人，其中民办义务教育在校生5672人，占义务教育在校生的4.3%: of all of them, public ones too.
    """
    own = core_noun(part.noun)
    return len(noun) > NAMED and own != noun and own.endswith(noun) and noun not in core_noun(whole.noun)


def _of_a_kind(noun: str, whole: Mention) -> bool:
    """Return whether an amount is of a kind that a share does not name: 占在园幼儿总数的57.3%；普惠园在园16128人."""
    return not {*NARROWED.findall(whole.noun)} <= {*NARROWED.findall(noun)}


def _of_other_subject(passage: Passage, share: Mention, part: Mention) -> bool:
    """Return whether a share names what it is said of, and the amount before it is named otherwise.

    小学专任教师2.17万人，生师比17.9∶1，本科及以上学历比例83.6%: how many have studied is not told.
    正高级204人、副高级632人、中级941人，分别占…和48.36%，其中高级职称比例42.96%: 中级 has its share already.
    """
    own = core_noun(_SAID_OF_SHARE.split(share.lead)[0])
    if len(own) < NAMED or share.clause_number == part.clause_number:
        return False
    named = part.lead + part.noun + part.tail
    first, last = (bisect_left(passage.mentions, one.index, key=lambda each: each.index) for one in (part, share))
    if own not in core_noun(named) and any(one.role is Role.SHARE for one in passage.mentions[first + 1 : last]):
        return True
    return not any(own[place : place + 2] in named for place in range(len(own) - 1)) and not set(own) & _SEXES & {
        *named
    }


def _reached(mentions: tuple[Mention, ...], place: int) -> Mention | None:
    """Return the share that 占教职工的比重由83.17%升至83.91% reaches, as if 占 stood before it; None else."""
    share, before = mentions[place], mentions[place - 1] if place else None
    if before is None or share.role is not Role.TO or before.role is not Role.FROM or before.sentence != share.sentence:
        return None
    said, started, _ = before.clause.rpartition("由") if "由" in before.clause else before.clause.rpartition("从")
    if not started or "占" not in said or before.quantity.kind is not Kind.PERCENT:
        return None
    return replace(share, role=Role.SHARE, lead=said, clause=said)


def _risen(passage: Passage, place: int, share: Mention) -> Iterator[Proposal]:
    """Yield the share that was reached; only when it fits, for the part may be of the year before too."""
    mentions = passage.mentions
    part_place = part_of_share(mentions, place - 1, None)
    words, noun = whole_noun(share)
    if part_place is None or not noun:
        return
    for whole, _ in named_wholes(passage, part_place, place, words, noun):
        found = next(share_of(passage, mentions[part_place], whole, share, WEAK), None)
        if found is not None:
            yield found
            return
