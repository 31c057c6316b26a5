"""What came in against what went out: 退休612人，补充403人，净减少209人."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.arithmetic import add, subtract
from dudao.claims.differences.claim import less
from dudao.claims.differences.left_over import BEFORE
from dudao.claims.likeness import is_level, same_unit
from dudao.claims.mentions import Mention, Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.years_listed import listed_by_years
from dudao.quantities.model import Interval

BALANCE_PARAGRAPHS = 2
"""In how many paragraphs before: income and spending may be a chapter each."""
BALANCE_REACH = 24
"""How many figures back income and spending may stand."""
_COMPARED = re.compile(r"[比较]")
"""比上年减少26人 is no flow."""
NET_CLAUSES = 2
"""How many clauses behind what went the net change may stand: 退休301人，进少出多，净减少38人."""
_NET_OF_WHOM = re.compile(r"(?!三年|两年|五年|全年|同期|当年|相抵|实际|合计|年)[^，。；、\d]{2,4}净")
_YEARLY = re.compile(r"均|每")
NET_LOSS = re.compile(r"净(?:减|流出|[转调]出)")
_CAME = re.compile(r"返聘|补充|招聘|新增|调入|转入|流入|增加|引进|新聘|录用|新招")
WENT = re.compile(r"退休|退出|流失|调出|转出|流出|减少|离职|辞职|自然减员|减员|离岗")


def _told_by_years(passage: Passage, last: Mention) -> Mention | None:
    """Return the amount that a list of years up to a figure divides; None for any other figure."""
    place = bisect_left(passage.mentions, last.index, key=lambda one: one.index)
    for other in range(place - 1, max(place - BEFORE, -1), -1):
        parts = listed_by_years(passage, other)
        if parts and parts[-1] is last:
            return passage.mentions[other]
    return None


def net(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 三年共退休612人，补充403人，净减少209人: what came in against what went out, told one behind the other."""
    mentions, by = passage.mentions, passage.mentions[place]
    pair = [one for one in mentions[max(place - BEFORE, 0) : place] if one.depth <= by.depth][-2:]
    if len(pair) < 2 or not all(one.amount and same_unit(one, by) and one.depth == by.depth for one in pair):
        return
    if all(WENT.search(one.lead) for one in pair) and passage.text.startswith(("、", "，"), pair[0].quantity.span.end):
        yield from _net_of_gone(passage, by, pair)
        return
    if pair[0].sentence < by.sentence:
        yield from _net_of_chapter(passage, place)
        return
    if (head := _told_by_years(passage, pair[0])) is not None:
        # 补充318名，其中2021年94名、…、2023年117名，减员246名，净增72名: of all that came in those years.
        pair = [replace(head, clause_number=pair[1].clause_number - 1), pair[1]]
    in_order = pair[0].clause_number + 1 == pair[1].clause_number == by.clause_number - 1 and pair[0].part == by.part
    opposed = [_side(one) for one in pair]
    yearly = any(_YEARLY.search(one.clause) for one in (*pair, by))  # 三年招聘529人，年均退休150人
    if not in_order or sorted(opposed) != [-1, 1]:
        # 招聘286人，其中公招173人、…；自然减员241人，净增45人
        yield from _net_of_chapter(passage, place)
        return
    compared = any(not one.level and _COMPARED.search(one.clause) for one in pair)
    if yearly or compared or any(one.quantity.upper is not None for one in pair):
        return
    came, went = pair if opposed[0] > 0 else pair[::-1]
    if (more := _came_too(passage, bisect_left(mentions, pair[0].index, key=lambda one: one.index))) is not None:
        # 公开招聘206名、调入37名，退休调出119名，净增124名: of all that came in.
        yield from _net_of_all(passage, by, [*more, pair[0]], pair[1])
        return
    grows = NET_LOSS.search(by.lead) is None
    # 招聘412人，退休298人，在编教师净增96人，调出18人: more came or went, or the net change is of others.
    strength = WEAK if flows_on(mentions, place) or _NET_OF_WHOM.match(by.lead) is not None else EXPLICIT
    yield from less(passage, by, came if grows else went, went if grows else came, strength)


def _came_too(passage: Passage, first: int) -> list[Mention] | None:
    """Return what else came in (or went out), told behind 、 before the first of the two; None where nothing is."""
    mentions = passage.mentions
    row: list[Mention] = []
    for one in mentions[max(first - BEFORE, 0) : first][::-1]:
        after = row[-1] if row else mentions[first]
        between = passage.text[one.quantity.span.end : after.quantity.span.start]
        if not between.startswith("、") or "，" in between or not same_unit(one, after) or one.depth != after.depth:
            break
        row.append(one)
    return row[::-1] or None


def _net_of_all(passage: Passage, by: Mention, first: list[Mention], second: Mention) -> Iterator[Proposal]:
    """Yield the net change of several that came in (or went out) and one that went (or came); only when it fits."""
    names = {f"a{number}": one for number, one in enumerate(first, 1)}
    spoken = "＋".join(text_of(one) for one in first) + f"－{text_of(second)}"
    wording = Wording("difference", ClaimType.DIFFERENCE, f"net = {' + '.join(names)} - b", spoken)
    operands = names | {"b": second}

    def formula(values: Sequence[Interval]) -> Interval:
        return subtract(add(values[:-1]), values[-1])

    found = propose(passage, wording, ("net", by), operands, formula, WEAK, derived=False)
    if found is not None:
        yield found


def _net_of_gone(passage: Passage, by: Mention, gone: list[Mention]) -> Iterator[Proposal]:
    """Yield 招聘1126人，…；退休684人、调出213人，净增229人: what came less both that went; only when it fits."""
    first = bisect_left(passage.mentions, gone[0].index, key=lambda one: one.index)
    for came in passage.mentions[max(first - 2 * BEFORE, 0) : first][::-1]:
        usable = came.amount and came.level and same_unit(came, by) and not came.each and came.paragraph == by.paragraph
        if not usable or WENT.search(came.lead) or not _CAME.search(came.lead):
            continue
        parts = {f"b{number}": one for number, one in enumerate(gone, 1)}
        names = {"came": came} | parts
        spoken, sign = text_of(came), 1
        if NET_LOSS.search(by.lead) is None:
            strength, formula = _strength(came, [*gone, by]), f"net = came - {' - '.join(parts)}"
            spoken = f"{text_of(came)}－{'－'.join(text_of(one) for one in gone)}"
        else:
            strength, formula = WEAK, f"net = {' + '.join(parts)} - came"
            spoken, sign = f"{'＋'.join(text_of(one) for one in gone)}－{text_of(came)}", -1
        wording = Wording("difference", ClaimType.DIFFERENCE, formula, spoken)
        rule = _first_less_others if sign > 0 else _others_less_first
        found = propose(passage, wording, ("net", by), names, rule, strength, derived=False)
        if found is not None:
            yield found
            return


def _first_less_others(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], add(values[1:]))


def _others_less_first(values: Sequence[Interval]) -> Interval:
    return subtract(add(values[1:]), values[0])


def _net_of_chapter(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 补充教师187人，其中…。当年退休96人，净增91人: one of the two is told before a list of its own."""
    mentions, by = passage.mentions, passage.mentions[place]
    last = next((one for one in mentions[max(place - BEFORE, 0) : place][::-1] if one.depth <= by.depth), by)
    side = _side(last)
    flows = last.level or (last.amount and _COMPARED.search(last.clause) is None)
    if not side or not flows or last.each or by.clause_number - last.clause_number > NET_CLAUSES:
        return
    grows = NET_LOSS.search(by.lead) is None
    for other in mentions[max(place - 2 * BEFORE, 0) : place - 1][::-1]:
        usable = other.amount and same_unit(other, by) and not other.each and other.paragraph == by.paragraph
        if usable and _side(other) == -side:
            came, went = (last, other) if side > 0 else (other, last)
            more, fewer = (came, went) if grows else (went, came)
            found = list(less(passage, by, more, fewer, _strength(more, [fewer, by])))
            if found:
                yield from found
                return


def flows_on(mentions: Sequence[Mention], place: int) -> bool:
    """Return whether the sentence tells of further flows behind a net change: 净增96人，调出18人."""
    by, further = mentions[place], mentions[place + 1] if place + 1 < len(mentions) else None
    return further is not None and further.sentence == by.sentence and _side(further) != 0


def _side(one: Mention) -> int:
    """Return 1 for what came in, -1 for what went out, 0 for what is neither or both."""
    return bool(_CAME.search(one.lead)) - bool(WENT.search(one.lead))


def _strength(whole: Mention, parts: Sequence[Mention]) -> int:
    """Return how sure it is that a net change is of these flows: where one slip of a digit keeps it from being so."""
    near = one_slip_away(whole.quantity, [one.quantity for one in parts])
    return STRUCTURAL if near and whole.quantity.approximation is None else WEAK


_ALL_CAME = re.compile(r"收入总计(?:为|达)?$")
_ALL_WENT = re.compile(r"支出总计(?:为|达)?$")
OFFSET = re.compile(r"收支(?:相抵|相减|轧差)")


def net_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 净增727人。其间新招聘1194人，退休、调出467人: what the net change was made of; only when it fits."""
    mentions, went = passage.mentions, passage.mentions[place]
    came = mentions[place - 1] if place else None
    if came is None or not _CAME.search(came.lead) or WENT.search(came.lead) or not came.level:
        return
    beside = went.clause_number - came.clause_number <= 2 and went.sentence == came.sentence
    if not (beside and came.amount and same_unit(came, went)) or came.each or went.each:
        return
    for by in mentions[max(place - BEFORE, 0) : place - 1][::-1]:
        if by.paragraph == went.paragraph and by.amount and same_unit(by, came) and "净" in by.lead:
            grows = NET_LOSS.search(by.lead) is None
            yield from less(passage, by, came if grows else went, went if grows else came, WEAK)
            return


def balance_of_totals(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 收入合计53.67亿元；支出合计52.81亿元；收支相抵，结转下年0.86亿元; only when it fits.

    收入总计 and 支出总计, each told once, hold all there is: what they leave can be nothing else.
    """
    mentions, by = passage.mentions, passage.mentions[place]
    near = [
        one
        for one in mentions[max(place - BALANCE_REACH, 0) : place]
        if by.paragraph - one.paragraph <= BALANCE_PARAGRAPHS and is_level(one) and same_unit(one, by) and one.total
    ]
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            found = list(less(passage, by, near[earlier], near[later], WEAK))
            if found:
                yield from found
                return
    came, went = ([one for one in near if side.search(one.lead)] for side in (_ALL_CAME, _ALL_WENT))
    if len(came) == 1 == len(went) and OFFSET.search(by.topic) and came[0].quantity.value != went[0].quantity.value:
        yield from less(passage, by, came[0], went[0], STRUCTURAL)
