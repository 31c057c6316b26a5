"""The parts that stand before their total: 2536万元，205万元，合计2741万元."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, takewhile

from dudao.claims.completeness import OPEN_LIST
from dudao.claims.divisions import divides
from dudao.claims.likeness import is_amount, is_level, same_unit
from dudao.claims.mention_words import ADDED_UP
from dudao.claims.mentions import LEAD_LIMIT, Mention, Passage, Role
from dudao.claims.named_parts import named_parts
from dudao.claims.proposals import (
    EXPLICIT,
    STRUCTURAL,
    WEAK,
    Proposal,
)
from dudao.claims.slips import one_slip_away
from dudao.claims.sums.accounts import account, is_side
from dudao.claims.sums.counted_twice import counted_twice
from dudao.claims.sums.lists import BASE_REACH, PARTS_LIMIT, opens_list, top_parts
from dudao.claims.sums.proposing import shortfall, stretches, sum_of, surely
from dudao.claims.wholes import adds_up
from dudao.quantities.model import Kind

CHOSEN_FROM = 8
"""Of how many parts before it the three of 以上三项 may be chosen."""
SENTENCES_BACK = 3
"""How many sentences back the parts of 以上三项合计 may stand."""
_BARELY = re.compile(
    r"(?:在校生|在园幼儿|学生)?(?:总规模|总人数|总数|总量|总额)(?:为|达到?|共)?|(?:[^，。；、\d分别]{0,4}(?:资金|经费|金额))?(?:共|一共|总共|共计|合计|总计)(?:有|为|达)?"
)
_IN_TURN = re.compile("分别|依次")
_JOINT = re.compile(r"和|及|与|以及|")
_THEN_TOTAL = re.compile(r"[）)]\s*(?:共计|合计|总计|共|计)\s*")
_PURE_TOTAL = re.compile(
    r"^(?:以上|上述|这|[^，。；\d]{0,8}(?:金额|资金|人数|数量|投入|经费))?(?:(?P<count>[两二三四五六七八])(?:项|类|者|部分|地|县|市|区|校|个学段)|[两三四五六]年(?:来|间)?|各项|全部)?"
    r"(?:支出|收入|资金|投入|经费)?"
    rf"(?:累计(?:投入|安排|支出)?|(?:共计|合计|总计|总共|一共|小计|加总|之和|{ADDED_UP})[^，。；\d为达约]{{0,4}})(?:为|达|约)*+$"
)
_COUNTED_TOTAL = re.compile(
    r"^(?:以上|上述|这)?(?P<count>[两二三四五六七八])(?:项|类|者|部分|个学段|个县|县|地|校|级)"
    r"(?:(?:应|实际|已|共|累计)*(?:安排|投入|计提|征收|补充|拨付|下达|落实)(?:资金|经费|教师)?(?:共|约)?|"
    r"[^，。；、\d]{0,4}?(?:共|相加|合计)(?:[^，。；、\d人均校生师次]{0,2}|招生|毕业生?|在校生|学生)(?:有|为|达)?|[^，。；、\d]{0,4}(?:总量|总额|总和)(?:为|达|达到|是)?)$"
)
_COUNTED_HEAD = re.compile(r"[^，。；\d]{0,8}(?:共|合计|共计|总计)(?:有|为)?")
_SIMPLY = re.compile(
    rf"^(?:[两二]者)?(?:合为|{ADDED_UP}|共|一共|共有|共计|合计|总计)(?:有|为|缺编?|[^，。；\d人均校生师次]{{2}})?$"
)
_TOGETHER = re.compile(rf"^(?:共|共计|合计|总计|总共|一共|{ADDED_UP})$")
_LOOSE_LIST = re.compile(r"其中|等|含|包括|主要|比|较|另")
_YEARS_TOGETHER = re.compile(
    r"^(?P<count>[两二三四五六])年(?:来|间)?(?:(?:共|累计|合计|共计|总计)[^，。；\d]{0,4}|总(?:投入|支出|收入|投资)(?:达到?|为)?)$"
)
_YEARS_COUNTED = re.compile(r"^(?:近|这)?(?P<count>[两二三四五六])年(?:来|间)?(?:累计|合计|共计|总计|总共|一共|共|总)")
_DATED = re.compile(r"(?:19|20)\d\d年")
_COUNTS = "一二三四五六七八"
_TOTAL_NOUN = re.compile(r"总收入|总支出|收入总计|支出总计|收入合计|支出合计|收支总计|^合计投入|^共计投入")
_TAKEN_UP = re.compile(r"[^，。；、\d]{0,6}?(?<![高初集其])中(?:有|，|,|已)")
_ADDED = re.compile(r"加上|再加|连同|另加|加(?=上年|转移|调入)")
_RUNNING = re.compile(r"累计[^，。；、\d]{0,4}$")
_ABOVE = re.compile(r"^(?:以上|上述)")
_WENT = re.compile(r"减员|退休|流失|调出|离职|应[配补]|需")
_KINDS = re.compile(r"职业|行业|专业|学科|门类|工种|领域|国家|地区|省份?|城市|[县市区]")
"""What those of two lists may have in common, so that both together are fewer than their sum."""
_LACKING = re.compile(r"(?:合计|共计|总计|共|净)(?P<what>[欠缺少差])")
_OVER = re.compile(r"[超余多][^，。；、]{0,3}$")
REACH_OVER = 8
_KINDS_OF_OFFER = {"公办", "普惠民办"}
"""Who runs the kindergartens that are 普惠."""


def parts_before(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield the sum of the parts that stand before a total."""
    mentions, total = passage.mentions, passage.mentions[place]
    if (once := counted_twice(passage, place)) is not None:
        yield from once
        return
    if total.summing and (named := named_parts(passage, place)) is not None:
        yield from sum_of(passage, total, named, EXPLICIT)
        return
    if total.summing and len(aside := _aside(passage, place)) >= 2:
        yield from sum_of(passage, total, aside, EXPLICIT)
        return
    if (total.summing or total.total) and len(row := _row_before(passage, place)) >= 2:
        yield from sum_of(passage, total, row, EXPLICIT)
        return
    worded = _PURE_TOTAL.search(total.lead) or _COUNTED_TOTAL.search(total.lead)
    pure = worded is not None or bool(_TOTAL_NOUN.search(total.lead))
    # Of 以上六项 the very number is taken, whatever 其中 opens between them.
    counted_off = worded is not None and bool(worded["count"])
    running = _RUNNING.search(total.lead) is not None
    counted_years = _years_counted(total)
    floor = total.sentence - (SENTENCES_BACK if _ABOVE.match(total.lead) else 0)
    run: list[Mention] = []
    for other in range(place - 1, max(place - 1 - 3 * PARTS_LIMIT, -1), -1):
        one = mentions[other]
        if one.sentence < floor or one.paragraph != total.paragraph:
            break
        if pure and run and not counted_off and opens_list(passage, one, run[-1]):
            break
        if running and _RUNNING.search(one.lead):
            # 新增甲类63家，累计245家；新增乙类108家，累计508家: what was reached by then is no part of the next.
            break
        first = counted_years > 0 and one.role is Role.FROM and _DATED.search(one.lead) is not None
        if one.depth != total.depth or not ((one.level or first) and one.amount and same_unit(one, total)) or one.each:
            continue
        if _TAKEN_UP.match(passage.text, one.quantity.span.end):
            # 小学39所中有36所，初中19所中有14所，合计50所: what the parts are taken of is no part itself.
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
        if not short and any(_WENT.search(one.lead) for one in run):
            # 减员143人、补充97人，…两年合计少补81人: what came is taken from what went.
            return
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
    if not total.quantity.unit or _covered_by_several(run[-2:], total):
        return
    if is_side(total) and (found := [*account(passage, run, total)]):
        yield from found
        return
    if pure and _ADDED.search(run[0].clause):
        yield from _added(passage, run, place)
        return
    if worded is not None and worded["count"]:
        wanted = _COUNTS.index(worded["count"].replace("两", "二")) + 1
        if others := _of_other_unit(mentions[max(place - wanted, 0) : place], total):
            yield from sum_of(passage, total, others, EXPLICIT)
            return
        top = top_parts(run)[-CHOSEN_FROM:]
        alike = [one for one in top if one.quantity.unit == total.quantity.unit]
        top = alike if len(alike) >= wanted else top  # 新建中小学27所，新增学位34860个；两项合计新增学位46200个
        last = run[-wanted:]
        if adds_up(total, last) and len(last) == wanted:
            # 2020年34所，其中公办15所；现有31所，其中公办18所，普惠性民办11所，两类合计29所
            yield from sum_of(passage, total, last, EXPLICIT)
            return
        fitting = next((one for one in combinations(top, wanted) if adds_up(total, one)), None)
        chosen = [*fitting] if fitting is not None else top[-wanted:]
        if fitting is None and _chosen_by_name(passage, total):
            return
        if len(chosen) == wanted:
            yield from sum_of(passage, total, chosen, EXPLICIT)
            return
        if _ABOVE.match(total.lead):
            # 以上六项共扣4.4分, of which not all were read.
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
    if _counts_within(total, run):
        return
    if (_TOGETHER.search(total.lead) or _SIMPLY.search(total.lead)) and _in_a_row(passage, run, place):
        yield from sum_of(passage, total, run, STRUCTURAL)
    elif (years := _of_years(total, run)) is not None:
        yield from sum_of(passage, total, years, EXPLICIT)
    elif (
        _SIMPLY.search(total.lead)
        and len(beside) >= 2
        and (divides(total, beside) or _one_list(passage, beside, place))
    ):
        yield from sum_of(passage, total, beside, STRUCTURAL)
    elif len(beside) == 2 and "普惠" in total.noun and {_run_by(one.noun) for one in beside} == _KINDS_OF_OFFER:
        # 公办幼儿园58所、普惠性民办幼儿园54所，普惠性幼儿园112所
        yield from sum_of(passage, total, beside, STRUCTURAL)
    elif pure and counted_years and counted_years > len(run) and all(_DATED.search(one.lead) for one in run):
        return  # 2021年71.92亿元，2022年75.64亿元，三年累计: one of the years is told elsewhere
    elif pure:
        subtotal = max((number for number, one in enumerate(run[:-1]) if one.summing), default=0)
        run = run[subtotal:]
        if _headed(passage, run, total):
            yield from sum_of(passage, total, run, STRUCTURAL if subtotal else EXPLICIT)


def _counts_within(total: Mention, parts: Sequence[Mention]) -> bool:
    """Return whether a count is of what its own words behind it name and no part does: 3个乡4个镇，共有230个村."""
    names = [one.tail for one in parts]
    if not (total.tail and all(names)) or total.tail in names:
        return False
    return not set(total.tail) & set("".join(names))


def _run_by(noun: str) -> str:
    """Return who runs the kindergartens of a name, of those whose fees are held down; empty for others."""
    if "公办" in noun:
        return "公办"
    return "普惠民办" if "普惠" in noun and "民办" in noun else ""


def _row_before(passage: Passage, place: int) -> list[Mention]:
    """Return the row that 分别 deals right before a bare total: 2024年、2025年分别补充教师260人、240人，共500人."""
    mentions, total = passage.mentions, passage.mentions[place]
    if not _BARELY.fullmatch(total.lead):
        return []
    row = [*takewhile(lambda one: one.sentence == total.sentence, mentions[max(place - PARTS_LIMIT, 0) : place][::-1])]
    row = [one for one in row[::-1] if one.clause_number == row[0].clause_number and same_unit(one, total)]
    dealt = bool(row) and _IN_TURN.search(row[0].lead) is not None and total.clause_number - row[-1].clause_number == 1
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
    if len(bracketed := _in_brackets(mentions, place)) > 1:
        return bracketed
    between = passage.text[last.quantity.span.end : total.quantity.span.start]
    inside = [one for one in mentions[max(place - PARTS_LIMIT, 0) : place] if one.parenthesis == last.parenthesis]
    whole = (
        _THEN_TOTAL.fullmatch(between) is not None
        and "其中" not in passage.text[last.parenthesis : last.quantity.span.start]
    )
    listed = all(one.level and same_unit(one, total) and not one.each for one in inside)
    return inside if whole and listed else []


def _in_brackets(mentions: Sequence[Mention], place: int) -> list[Mention]:
    """Return as many as are counted, each alone in its parenthesis: 采购（36万元）和服务（21万元），两项合计57万元."""
    total = mentions[place]
    worded = _PURE_TOTAL.search(total.lead) or _COUNTED_TOTAL.search(total.lead)
    if worded is None or not worded["count"]:
        return []
    count = _COUNTS.index(worded["count"].replace("两", "二")) + 1
    row = list(mentions[max(place - count, 0) : place])
    alone = len({one.parenthesis for one in row}) == count and all(one.depth == total.depth + 1 for one in row)
    alike = all(one.level and same_unit(one, total) and not one.each for one in row)
    return row if alone and alike and row[0].sentence == total.sentence else []


def _of_other_unit(beside: Sequence[Mention], total: Mention) -> Sequence[Mention]:
    """Return the counts right before a total of another unit that make it: 公办743个、民办318个，两项合计1061人."""
    counted = all(
        one.level and one.quantity.kind is total.quantity.kind is Kind.COUNT and one.depth == total.depth
        for one in beside
    )
    follow = all(0 <= right.clause_number - left.clause_number <= 1 for left, right in pairwise((*beside, total)))
    if not (counted and follow) or any(same_unit(one, total) for one in beside):
        return ()
    made = adds_up(total, beside) or one_slip_away(total.quantity, [one.quantity for one in beside])
    return beside if made and beside[0].sentence == total.sentence else ()


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


def _years_counted(total: Mention) -> int:
    """Return of how many years a total is said to be, 0 where it counts none: 三年累计投入."""
    counted = _YEARS_COUNTED.search(total.lead)
    return _COUNTS.index(counted["count"].replace("两", "二")) + 1 if counted is not None else 0


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
    named, others = ([one for one in run if (one.noun == back) is alike] for alike in (True, False))
    if len(others) != nouns[back]:
        return run
    # 投入20分，得19.2分；过程25分，得23.6分；合计42.8分: a bare total is of the column that comes nearest to it.
    return min(others, named, key=lambda column: abs(shortfall(total, column)))


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


def _covered_by_several(parts: Sequence[Mention], total: Mention) -> bool:
    """Return whether a total tells kinds that both may cover: 本科生从事593个职业、专科生537个职业，共计665个职业."""
    largest = max(one.quantity.value for one in parts)
    kinds = all(_KINDS.match(one.tail) for one in (*parts, total))
    return kinds and shortfall(total, parts) < 0 and total.quantity.value >= largest


def _headed(passage: Passage, run: list[Mention], total: Mention) -> bool:
    """Return whether the parts before 合计 stand side by side, with no total of their own among them."""
    between = passage.text[run[0].quantity.span.start : total.quantity.span.start]
    if OPEN_LIST.search(between) or "其中" in between:
        return False
    return not any(one.total for one in run[1:]) and total.clause_number - run[0].clause_number <= 3 * len(run)
