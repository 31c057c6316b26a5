"""An amount, the heads it is spread over, and the amount per head: 10140人，9,245,154.23元，911.75元/生."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dudao.claims.arithmetic import Formula, add, divide, scale
from dudao.claims.likeness import is_level, same_unit
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import (
    EXPLICIT,
    STRUCTURAL,
    WEAK,
    Proposal,
    Wording,
    digits_written,
    joined,
    propose,
    text_of,
)
from dudao.claims.series import Series, all_series
from dudao.claims.stage_names import stage_of
from dudao.quantities.model import Interval, Kind

REACH = 6
"""How many figures back the amount and the heads may stand."""
FAR = 120
"""How many figures back the heads may stand when the stage ties them to the mean."""
AMOUNTS_TRIED = 4
HEADS_TRIED = 4
DIGITS_NEEDED = 3
ROW_REACH = 8
"""How many figures back the amounts of a row of means may stand."""
ROWS_TRIED = 40
"""How many rows of heads are tried."""
_STAGE_NAMES: dict[int | None, str] = {0: "幼儿", 2: "小学", 3: "初中", 6: "高中", 7: "职"}
SURE_ROW = 3
"""A row of so many means that all but one fit is known by the others."""
_HEADS = frozenset({*"人名位所个班校园家户起辆套件条处座场", "人次", "场次", "户次", "平方米", "册"})
_EACH_OF = re.compile(r"平均每(?P<unit>[个起辆套件条处座场])[^，。；]{0,6}?(?:为|达|达到|约|近)*$")
"""平均每个集团4.7所: what is counted by the very unit that 每 names."""
_GROUPS = frozenset({"所", "个", "班", "校", "园", "家"})
_BARE = re.compile(
    r"(?:年)?(?:平均班额|平均工资(?:收入)?|平均年?收入|人均|生均|师均|校均|园均|班均|户均|(?:平均|折合|约合)?每(?:平方米|公里|[人生名校园班所位户件起次册亩家套台场辆]次?)|[次件场项亩村镇家台床]均)[^，]{0,4}?(?:为|达|达到|约|近)*$"
)
_PRICE = re.compile(r"每(?:[人名生户校园班所位])?(?:每|一)?(?:年(?!均|平均)|学年|学期|月|天|日|次|餐)")
"""每生每学期470元 is what is paid for each, and no mean of what was paid."""
_MADE = re.compile(r"(?:合计|共计|总计|共需|共|计|约?需|应|折合|即)")
_NAMED = re.compile(r"[人生师校园班户]均(?P<noun>[^，。；、]{2,6}?)(?:为|达到|达|约|近|面积)*$")
_GROUND = re.compile(r"占地|用地|运动场|绿化|绿地|校舍|建筑|教学|体育")
"""An area of another name is another area: 校舍27.96万平方米 makes no 生均占地."""
_BY_AREA = re.compile(r"每平方米|/平方米")
_YEARLY = re.compile(r"(?:平均每年|每年平均|年均|年平均)(?P<verb>[^，。；、\d]{0,4}?)(?:为|达到?|约|近)?$")
_SO_MANY_YEARS = re.compile(
    r"(?:近|过去|前|后|这|连续|未来|今后)(?P<count>[两二三四五六七八九十])年(?!级|制)"
    r"|(?P<told>[两二三四五六七八九十])年(?:来|间)?(?:合计|共计|总计|累计|共)"
    r"|^(?P<bare>[两二三四五六七八九十])年(?:来|间|内)?(?!级|制|期|规划|计划|行动|均|平均)"
)
_YEAR_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)年?\s?[-—–~～至到]+\s?(?P<last>(?:19|20)\d\d)年")
_PER_PERSON = re.compile(r"每[名位人生]|[人生师]均")
_PER_SCHOOL = re.compile(r"每[所校园]|[校园]均")
_MEAN_OF = re.compile(r"平均(?:得分|分数?|值|数)?(?:为|是)?$")
LIST_REACH = 24
"""How many figures behind a mean the list may reach that it is taken of."""
_BY_MONTH = re.compile(r"(?:折合|折算|相当于|即|合)(?:每[生人]|人均|生均)?每?月")
_MONTHLY = re.compile(r"月均|每月|每人每月|月(?:人均|生均|平均|补助|补贴|工资|收入|津贴)|(?:人均|生均)每?月")
_MONTHS = (12, 10, 9, 11, 6)
"""How many months a yearly amount may be spread over: the year, the months of teaching, half of it."""
PER_MANY = re.compile(r"每(?P<many>百|千|万)名?(?:在校)?(?P<whose>学生|幼儿|儿童|教师)")
"""每百名学生拥有骨干教师1.39人."""
_MANY = {"百": 100, "千": 1000, "万": 10_000}
_NOTED = re.compile(r"学生|在校|在园|[小初高中]中?生|幼儿(?!园)|教师|教职工")
_AMOUNTS = (Kind.MONEY, Kind.AREA, Kind.COUNT, Kind.OTHER)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that an amount per head is the amount over the heads."""
    yield from _of_rows(passage)
    for place, per in enumerate(passage.mentions):
        if per.each and (hundred := PER_MANY.search(per.lead)) is not None:
            yield from _per_many(passage, place, hundred)
            continue
        if per.amount and per.level and _MEAN_OF.search(per.lead):
            yield from _of_list(passage, place)
        if per.amount and (yearly := _YEARLY.match(per.lead)) is not None:
            yield from _per_year(passage, place, yearly["verb"])
            continue
        if not per.each or per.quantity.upper is not None or per.quantity.kind not in _AMOUNTS:
            continue
        if not is_level(per):
            continue
        if place and _BY_MONTH.match(per.lead) is not None:
            yield from _per_month(passage, passage.mentions[place - 1], per)
        yield from _quotients(passage, place)


def _per_month(passage: Passage, yearly: Mention, per: Mention) -> Iterator[Proposal]:
    """Yield 生均成本14081元，折合每生每月1173元: a twelfth of the amount per head before; only when it fits."""
    beside = per.clause_number - yearly.clause_number == 1 and yearly.depth == per.depth and yearly.part == per.part
    if not (beside and yearly.each and yearly.level and same_unit(yearly, per)) or _MONTHLY.search(yearly.lead):
        return
    wording = Wording("per_capita", ClaimType.PER_CAPITA, "per = total / 12", f"{text_of(yearly)}÷12")
    found = propose(passage, wording, ("per", per), {"total": yearly}, _over_years(12), WEAK)
    if found is not None:
        yield found


def _of_rows(passage: Passage) -> Iterator[Proposal]:
    for row in all_series(passage):
        head = row.members[0]
        if head.each and head.level and head.quantity.decimals and head.quantity.kind in _AMOUNTS:
            yield from _rows(passage, row)


def _per_year(passage: Passage, place: int, verb: str) -> Iterator[Proposal]:
    """Yield 近三年共招聘教师529人，年均176人: the amount right before, over the years its clause counts.

    A verb of its own (年均退休150人) must be that of the amount.
    """
    mentions, per = passage.mentions, passage.mentions[place]
    total = mentions[place - 1] if place else None
    if total is None or not (total.level and total.amount and same_unit(total, per)) or total.each:
        return
    years = _years_of(total) or _years_opening(passage, total)
    if (
        verb not in total.clause
        or years < 2
        or per.clause_number - total.clause_number != 1
        or total.depth != per.depth
    ):
        return
    spoken = f"{text_of(total)}÷{years}年"
    wording = Wording("per_capita", ClaimType.PER_CAPITA, f"per = total / {years}", spoken)
    proposal = propose(passage, wording, ("per", per), {"total": total}, _over_years(years), STRUCTURAL)
    if proposal is not None:
        yield proposal


def _years_of(total: Mention) -> int:
    """Return over how many years an amount is told: 近三年, 后两年, 2021—2023年; 0 when its words do not say."""
    if (counted := _SO_MANY_YEARS.search(total.clause)) is not None:
        return "零一两三四五六七八九十".index(
            (counted["count"] or counted["told"] or counted["bare"]).replace("二", "两")
        )
    span = _YEAR_SPAN.search(total.clause)
    return int(span["last"]) - int(span["first"]) + 1 if span is not None else 0


def _years_opening(passage: Passage, total: Mention) -> int:
    """Return the years that open the sentence of what was reached over them: 2019年至2023年期间，全市累计资助…."""
    if "累计" not in total.clause:
        return 0
    start = passage.segmentation.sentences.starts[total.sentence]
    span = _YEAR_SPAN.match(passage.text, start, total.quantity.span.start)
    return int(span["last"]) - int(span["first"]) + 1 if span is not None else 0


def _over_years(years: int) -> Formula:
    return lambda values: scale(values[0], Decimal(1) / Decimal(years))


PUPILS = "生"
"""在校生9824人，其中小学6417人: what a list of pupils deals out are pupils."""
_STAGE = re.compile("小学|初中|高中|幼儿园")
_IN_SCHOOL = re.compile(r"在校生|在校学生|[学中]生$")


def _per_many(passage: Passage, place: int, said: re.Match[str]) -> Iterator[Proposal]:
    """Yield 骨干教师1240人，每百名学生拥有骨干教师1.39人 over the pupils told before; only when it fits."""
    mentions, per = passage.mentions, passage.mentions[place]
    many = _MANY[said["many"]]
    unit = per.quantity.unit.partition("/")[0]
    amounts = [
        one
        for one in (*_told_behind(mentions, place), *mentions[max(place - REACH, 0) : place][::-1])
        if one.level and one.amount and not one.each and one.quantity.unit == unit and one.sentence == per.sentence
        if one.slack is not None
    ]
    for amount in amounts[:2]:
        for other in range(place - 1, max(place - FAR, -1), -1):
            head = mentions[other]
            usable = head.level and head.amount and not head.each and head.family == "人" and head is not amount
            named = said["whose"][-2:] in head.noun or (PUPILS in head.topic and _STAGE.fullmatch(head.noun))
            named = named or (said["whose"] == "学生" and _IN_SCHOOL.search(head.noun) is not None)
            if not usable or not named or head.quantity.value <= 0 or head.slack is None:
                continue
            spoken = f"{text_of(amount)}÷{text_of(head)}×{many}"
            wording = Wording("per_capita", ClaimType.PER_CAPITA, f"per = total / n * {many}", spoken)
            operands = {"total": amount, "n": head}
            found = propose(passage, wording, ("per", per), operands, _times(Decimal(many)), WEAK)
            if found is not None:
                yield found
                return


def _rows(passage: Passage, row: Series) -> Iterator[Proposal]:
    """Yield 小学、初中分别为3768人、2301人，每百名学生拥有5.89人、7.61人: over the pupils told side by side before.

    The heads are as many figures in a row of their own; they are known by making all means but one.
    """
    mentions, head = passage.mentions, row.members[0]
    said = PER_MANY.search(head.lead)
    if said is None and not _BARE.search(head.lead):
        return
    many = _MANY[said["many"]] if said is not None else 1
    length, unit = len(row), head.quantity.unit.partition("/")[0]
    amounts = _amounts_of(mentions[max(row.first - ROW_REACH, 0) : row.first], row, unit)
    if len(amounts) < length:
        return
    seen: set[tuple[Decimal, ...]] = set()
    for other in range(row.first - length, max(row.first - FAR, -1), -1):
        heads = mentions[other : other + length]
        values = tuple(one.quantity.value for one in heads)
        if values in seen or not _are_heads(heads) or heads[0].index in {one.index for one in amounts}:
            continue
        seen.add(values)
        found = [
            one
            for per, amount, over in zip(row.members, amounts, heads, strict=True)
            if (one := _mean_of(passage, per, amount, over, many)) is not None
        ]
        wrong = sum(not one.holds for one in found)
        sure = length >= SURE_ROW or (wrong < length and _staged_alike(passage, row, heads))
        if len(found) == length and (wrong == 0 or (wrong == 1 and sure)):
            yield from found
            return
        if len(seen) >= ROWS_TRIED:
            return


def _amounts_of(before: Sequence[Mention], row: Series, unit: str) -> list[Mention]:
    """Return the amounts of the sentence right before a row of means, as many as it has."""
    head = row.members[0]
    usable = [one for one in before if one.sentence == head.sentence and one.quantity.unit == unit]
    return [one for one in usable if one.level and one.amount and not one.each][-len(row) :]


def _staged_alike(passage: Passage, row: Series, heads: Sequence[Mention]) -> bool:
    """Return whether a row of means of three digits each is said of the very stages that its heads are named by."""
    sentence = passage.segmentation.sentences.span(row.members[0].sentence)
    words = passage.text[sentence.start : row.members[0].quantity.span.start]
    stages = [stage_of(one) for one in heads]
    told = [place for stage in stages if stage in _STAGE_NAMES and (place := words.find(_STAGE_NAMES[stage])) >= 0]
    exact = all(digits_written(one.quantity) >= DIGITS_NEEDED for one in row.members)
    return exact and len(told) == len(stages) == len(set(stages)) and told == sorted(told)


def _are_heads(heads: Sequence[Mention]) -> bool:
    """Return whether figures side by side count persons or classes, each of its own name."""
    alike = all(one.level and one.family in ("人", "班") and not one.each for one in heads)
    apart = len({one.quantity.value for one in heads}) == len(heads)
    return alike and apart and heads[-1].clause_number - heads[0].clause_number < 2 * len(heads)


def _mean_of(passage: Passage, per: Mention, amount: Mention, head: Mention, many: int) -> Proposal | None:
    spoken = f"{text_of(amount)}÷{text_of(head)}" + (f"×{many}" if many > 1 else "")
    formula = "per = total / n" + (f" * {many}" if many > 1 else "")
    wording = Wording("per_capita", ClaimType.PER_CAPITA, formula, spoken)
    return propose(passage, wording, ("per", per), {"total": amount, "n": head}, _times(Decimal(many)), STRUCTURAL)


def _times(many: Decimal) -> Formula:
    return lambda values: scale(divide(values[0], values[1]), many)


def _quotients(passage: Passage, place: int) -> Iterator[Proposal]:
    mentions, per = passage.mentions, passage.mentions[place]
    unit = per.quantity.unit.partition("/")[0]
    near: list[Mention] = []
    other_mean = -1
    for other in range(place - 1, max(place - 1 - REACH, -1), -1):
        one = mentions[other]
        if one.sentence != per.sentence:
            break
        if one.each:
            other_mean = max(other_mean, one.index)
        elif is_level(one) and one.role is not Role.SHARE and one.slack is not None:
            # 高于4.2人的标准 is open above and would fit any mean.
            near.append(one)
    amounts = [one for one in near if one.quantity.unit == unit and one.quantity.upper is None]
    counted = (Kind.COUNT, Kind.AREA) if _BY_AREA.search(per.lead + per.quantity.unit) else (Kind.COUNT,)
    near_by = [*near, *_told_behind(mentions, place)]
    heads = [one for one in near_by if one.quantity.unit in _HEADS and one.quantity.kind in counted]
    heads = [one for one in heads if _spread_over(per, one)]
    noted = _noted_heads(passage, place)
    failed: list[Proposal] = []
    for amount in amounts[:AMOUNTS_TRIED]:
        for head in heads[:HEADS_TRIED]:
            if head is amount or head.quantity.value <= 1 or amount.quantity.value < head.quantity.value / 100:
                continue
            divided = min(amount.index, head.index) < other_mean < max(amount.index, head.index)
            apart = head.index > per.index or amount.part != per.part or _of_another_name(per, amount, amounts)
            apart = apart or _of_other_heads(per, head, near_by)
            behind = mentions[place + 1] if place + 1 < len(mentions) else None
            strength = WEAK if divided or apart else _strength(passage, per, amount, head, near, behind)
            if noted is not None:
                own = head is noted and amount is near[0] and amount.part == per.part
                strength = STRUCTURAL if own and not _PRICE.search(per.lead) else WEAK
            proposal = _propose(passage, per, amount, head, strength)
            if proposal is None:
                continue
            if proposal.holds:
                yield proposal
                return
            failed.append(proposal)
    yield from failed
    if digits_written(per.quantity) >= DIGITS_NEEDED:
        totals = [one for one in _told_behind(mentions, place) if one.quantity.unit == unit]
        for amount in (*(amounts[:1] if not heads else ()), *totals):
            yield from _heads_afar(passage, place, amount)


def _of_other_heads(per: Mention, head: Mention, heads: Sequence[Mention]) -> bool:
    """Return whether a mean is named as other heads are: 救助2576人次，参保5551人，救助金107万元，人均救助水平190元."""
    said = _NAMED.search(per.lead)
    stem = said["noun"][: len("救助")] if said is not None else ""
    return (
        bool(stem)
        and stem not in head.clause
        and any(stem in one.clause for one in heads if one is not head and one.quantity.kind is Kind.COUNT)
    )


def _noted_heads(passage: Passage, place: int) -> Mention | None:
    """Return the heads that a mean notes right behind it: 初中7460.7万元，生均4611元（初中在校生16180人）."""
    mentions, per = passage.mentions, passage.mentions[place]
    noted = mentions[place + 1] if place + 1 < len(mentions) else None
    if noted is None or noted.parenthesis != per.quantity.span.end + 1 or not (noted.level and noted.slack is not None):
        return None
    following = mentions[place + 2] if place + 2 < len(mentions) else None
    if following is not None and following.parenthesis == noted.parenthesis:
        return None
    if noted.each or noted.base:
        return None
    if _PER_SCHOOL.search(per.lead):
        return noted if noted.family == "所" and "个" not in noted.quantity.unit else None
    heads = noted.family == "人" and "人" not in per.quantity.unit and _NOTED.search(noted.noun) is not None
    return noted if heads else None


def _spread_over(per: Mention, head: Mention) -> bool:
    """Return whether what 每 names may be the heads: 平均每名督学负责2.1所 is spread over persons."""
    if _PER_PERSON.search(per.lead):
        return head.family == "人"
    if "班额" in per.lead and head.family == "所":
        # 36所普通高中在校生8.17万人，平均班额51.6人: no class size is spread over schools.
        return "班" in head.quantity.unit or head.quantity.unit == "个" or "班" in head.tail
    return head.family == "所" if _PER_SCHOOL.search(per.lead) else True


def _of_list(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 7个县（区）平均得分90.4分…。得分依次为：西陵区94.2分、北岗区92.8分…: the mean of as many figures listed."""
    mentions, per = passage.mentions, passage.mentions[place]
    count = mentions[place - 1] if place else None
    if count is None or count.clause_number != per.clause_number or count.quantity.kind is not Kind.COUNT:
        return
    many = int(count.quantity.value)
    if many < 2:
        return
    listed = [
        one
        for one in mentions[place + 1 : place + 1 + LIST_REACH]
        if one.sentence - per.sentence <= 1 and one.paragraph == per.paragraph and same_unit(one, per)
    ]
    for first in range(len(listed) - many + 1):
        row = listed[first : first + many]
        if row[0].level and all(_next_in_list(passage, left, right) for left, right in pairwise(row)):
            following = listed[first + many] if first + many < len(listed) else None
            if following is None or not _next_in_list(passage, row[-1], following):
                spoken = f"（{joined([one.quantity for one in row])}）÷{many}"
                wording = Wording("per_capita", ClaimType.PER_CAPITA, f"per = sum / {many}", spoken)
                names = {f"p{number}": one for number, one in enumerate(row, 1)}
                found = propose(passage, wording, ("per", per), names, _mean, EXPLICIT)
                if found is not None:
                    yield found
            return


def _next_in_list(passage: Passage, left: Mention, right: Mention) -> bool:
    """Return whether a figure with a name of its own follows another one behind 、."""
    mark = passage.text[left.quantity.span.end : left.quantity.span.end + 1]
    named = bool(left.lead and right.lead) and left.lead != right.lead
    return mark in ("、", "，") and named and right.level and right.clause_number - left.clause_number <= 1


def _mean(values: Sequence[Interval]) -> Interval:
    return scale(add(values), Decimal(1) / len(values))


def _told_behind(mentions: tuple[Mention, ...], place: int) -> list[Mention]:
    """Return the counts said right behind a mean: 人均1.9颗，受益儿童4129人; 骨干教师1.29人（共83人）."""
    per = mentions[place]
    behind = mentions[place + 1 : place + 2]
    beside = (one for one in behind if one.depth == per.depth or one.parenthesis == per.quantity.span.end + 1)
    return [one for one in beside if one.part == per.part and is_level(one) and not one.each and one.slack is not None]


def _of_another_name(per: Mention, amount: Mention, amounts: list[Mention]) -> bool:
    """Return whether a mean bears the name of another amount: 占地61万平方米，校舍27万平方米，生均占地21平方米."""
    named = _NAMED.search(per.lead)
    if named is None or named["noun"] in amount.lead:
        return False
    if amount.quantity.kind is Kind.AREA and _GROUND.match(named["noun"]):
        return True
    return any(named["noun"] in one.lead for one in amounts)


def _heads_afar(passage: Passage, place: int, amount: Mention) -> Iterator[Proposal]:
    """Yield 面积301.4万平方米，生均9.08平方米 over the pupils of the stage told far before; only when it fits."""
    mentions, per = passage.mentions, passage.mentions[place]
    stage = stage_of(per)
    for other in range(place - 1, max(place - FAR, -1), -1):
        head = mentions[other]
        if head.family not in ("人", "班") or not is_level(head) or head.each or head.quantity.value <= 0:
            continue
        if head.slack is None:
            continue
        if stage is not None and stage_of(head) == stage:
            proposal = _propose(passage, per, amount, head, WEAK)
            if proposal is not None:
                yield proposal
                return


def _paid_behind(per: Mention, behind: Mention | None) -> bool:
    """Return whether the amount that a price makes is told behind it: 12480人、每人85元，计106.08万元."""
    if behind is None or behind.part != per.part or behind.clause_number - per.clause_number != 1 or behind.each:
        return False
    return behind.quantity.unit == per.quantity.unit and _MADE.match(behind.lead) is not None


def _strength(
    passage: Passage, per: Mention, amount: Mention, head: Mention, near: list[Mention], behind: Mention | None
) -> int:
    """Return how plainly the three belong together: side by side, the mean last, and nothing else said of it."""
    beside = {id(one) for one in near[:2]} == {id(amount), id(head)}
    if not beside or _last_of_list(passage, head, near) or _PRICE.search(per.lead) or _paid_behind(per, behind):
        return WEAK
    if (each := _EACH_OF.match(per.lead)) is not None:
        return STRUCTURAL if each["unit"] == head.quantity.unit and per.depth == head.depth else WEAK
    if per.quantity.kind is Kind.COUNT:
        return STRUCTURAL if _BARE.match(per.lead) and head.quantity.unit in _GROUPS else WEAK
    if _BARE.match(per.lead):
        return EXPLICIT
    return STRUCTURAL if "/" in per.quantity.unit else WEAK


def _last_of_list(passage: Passage, head: Mention, near: Sequence[Mention]) -> bool:
    """Return whether heads end a list: 企业22处、其他12处，接待18.7万人次，平均每处2125人次 is said of all."""
    before = max((one for one in near if one.index < head.index), key=lambda one: one.index, default=None)
    listed = before is not None and same_unit(before, head) and before.sentence == head.sentence
    return listed and before is not None and passage.text.startswith("、", before.quantity.span.end)


def _propose(passage: Passage, per: Mention, amount: Mention, head: Mention, strength: int) -> Proposal | None:
    if _MONTHLY.search(per.lead) and not _MONTHLY.search(amount.lead):
        return _monthly(passage, per, amount, head)
    wording = Wording("per_capita", ClaimType.PER_CAPITA, "per = total / n", f"{text_of(amount)}÷{text_of(head)}")
    operands = {"total": amount, "n": head}
    return propose(passage, wording, ("per", per), operands, _quotient, strength)


def _monthly(passage: Passage, per: Mention, amount: Mention, head: Mention) -> Proposal | None:
    """Return 8124人、5362万元，人均月补助550元 over the months of a year or of teaching; only when it fits."""
    for months in _MONTHS:
        spoken = f"{text_of(amount)}÷{text_of(head)}÷{months}"
        wording = Wording("per_capita", ClaimType.PER_CAPITA, f"per = total / n / {months}", spoken)
        formula = _times(Decimal(1) / months)
        found = propose(passage, wording, ("per", per), {"total": amount, "n": head}, formula, WEAK)
        if found is not None:
            return found
    return None


def _quotient(values: Sequence[Interval]) -> Interval:
    return divide(values[0], values[1])
