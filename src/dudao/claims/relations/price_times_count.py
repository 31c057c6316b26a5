"""A price or rate per head, the heads, and the amount they make: 每生每天5元，24150人，按200天计，2415万元."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dudao.claims.arithmetic import multiply, scale, step
from dudao.claims.likeness import is_level
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, WEAK, Proposal, Wording, propose, text_of
from dudao.claims.slips import product_one_slip_away
from dudao.quantities.model import Interval, Kind

TWELVE = Decimal(12)
BESIDE = 2
"""How far apart heads, price and amount may stand in the order of figures, years and days between them."""
WORDS_LIMIT = 80
REACH = 5
"""How many figures before and behind the price the heads and the amount may stand."""

_HEADS = frozenset(
    {"人", "名", "位", "所", "个", "班", "校", "园", "家", "户", "人次", "平方米", "套", "台", "册", "件", "张", "辆"}
)
_PERSONS = frozenset({"人", "名", "位", "人次", ""})
_PER_PERSON = re.compile(r"每[人生名位]|[人生师]均|/[人生]")
_PRICE = re.compile(r"单价|每[套台册件张辆间]|每[人生名校园班所位户]|[人生师校园班]均|标准")
_UNIT_PRICE = re.compile(
    r"(?:采购|购置|购买|平均|中标)?(?:单价|每[套台册件张辆间组部盏架桶])(?:单价|价格)?(?:为|是|约)?$"
)
_MEAN_PRICE = re.compile(r"平均(?:单价|每[套台件张辆间]|(?:采购|购置)单价)(?:为|约)?")
_THINGS = frozenset({"套", "台", "件", "张", "辆", "册"})
_COST = re.compile(r"(?:投入|花费|支出|使用|用去|投资|总价|金额|安排)(?:资金|经费|金额)?(?:为|共)?$")
_AMOUNT = re.compile(
    r"^计|共|合计|总计|总额|应拨|实拨|拨付|发放|支出|投入|需|兑现|补助|金额|资金|承担|安排|下达|核拨|列支"
)
_MONTHLY = re.compile(r"每(?:人|生|名|位)?每?月|月均|月人均|/月")
_DAILY = re.compile(r"每(?:人|生)?每?[天日]|/天")
_YEARLY = re.compile(r"每学?年(?!级)|/年")
_DAYS = re.compile(r"(?P<days>\d{2,3})天")
_MONTHS = re.compile(r"(?P<months>\d{1,2})个月")
_SUMS_UP = re.compile(
    r"^(?:[春秋]季学期|[两三四]个?学期|学期|全年|全学年|一学期|一年|每月|每年|年|全[省市县区校])*"
    r"(?:合计|共计|总计|共|共需|一共|约?需|应|计|即需|即|折合|测算)"
    r"(?:资金|经费|补助|补贴|增支|支出|安排|拨付|发放|下达|列支|补助资金)*(?:为|达|约)*$"
)
_PAID_OUT = re.compile(
    r"^(?:应|已|实际|全额|足额)*(?:拨付|补助|发放|兑现|安排|核拨|下达)(?:资金|经费|补助)?(?:为|共)?$"
)
_PAID_TO_ALL = re.compile(
    r"[^，。；、\d]{0,8}?(?:共|共计|合计)(?:需|应|已)?(?:拨付|补助|发放|兑现|安排|核拨|下达)(?:资金|经费|补助)?(?:为|达)?"
)
"""按7000元标准拨付，126名特教学生共拨付88.2万元."""
_PLAINLY = re.compile(
    r"(?:全年|全学年)?(?:支出|发放|安排|拨付|投入|补助)(?:资金|经费|补助)?|(?:全年|全学年|年度)(?:资金|经费)(?:总额|需求)?"
)
"""每生每天5元，全年按200天计算，支出3684.5万元: where the days are told, nothing else can be meant."""
_HANDED_OUT = re.compile(r"每[人生名位](?:每(?:年|学年|学期))?(?:发放|补助|资助|给予|补贴|奖励)$")
_FUNDS = re.compile(r"(?:共|合计|所需)?(?:补助|补贴|资助|奖励)?(?:资金|经费|金额)(?:共|共计|合计|为)?")
"""为1190名残疾人每人每年发放1000元补助，补贴资金119万元: nothing else is paid."""
_BY_RATE = re.compile(r"[按以]")
_MANY_TERMS = re.compile(r"[两二三四五]年|[两二三四五]个?学[年期]|(?<!\d)\d年|上年|去年|累计|结余|扣除|抵")
_DEALT = re.compile(r"分别|依次|各自")
_TERMS = re.compile(r"(?P<terms>[两三四])个?学期")
_OFTEN = tuple(map(Decimal, ("0.5", *range(2, 13))))
"""How often what is paid per month or term may be paid without a word; what fits so is not called wrong."""


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that an amount is a price times a count; only when it fits, unless the three stand in order."""
    mentions = passage.mentions
    for place, written in enumerate(mentions):
        if written.quantity.kind is not Kind.MONEY or written.quantity.upper is not None or not _counts(written):
            continue
        raised = place > 0 and written.role is Role.TO and mentions[place - 1].each  # 由每生每年400元提高到600元
        if not (written.each or raised or _PRICE.search(written.lead)):
            continue
        price = written if _MEAN_PRICE.fullmatch(written.lead) else _as_said(written)
        if (yearly := _of_days(passage, place)) is not None:
            yield yearly
            continue
        near = mentions[max(place - REACH, 0) : place + REACH + 1]
        near = tuple(one for one in near if _together(price, one) and _counts(one) and one is not written)
        yield from _made(passage, price, near)


def _of_days(passage: Passage, place: int) -> Proposal | None:
    """Return 每生每天5元，全年按200天计，每生每年1000元: what the rate of a day makes in a year."""
    daily = passage.mentions[place]
    yearly = passage.mentions[place + 1] if place + 1 < len(passage.mentions) else None
    if yearly is None or not _DAILY.search(daily.lead + daily.quantity.unit) or daily.part != yearly.part:
        return None
    money = yearly.each and yearly.level and yearly.quantity.kind is Kind.MONEY and yearly.quantity.upper is None
    words = passage.words_between(daily, yearly)
    days = [match["days"] for match in _DAYS.finditer(words)]
    if not money or len(days) != 1 or not _YEARLY.search(yearly.lead + yearly.quantity.unit):
        return None
    times = Decimal(days[0])
    wording = Wording("price_times_count", ClaimType.PER_CAPITA, f"year = day * {times}", f"{text_of(daily)}×{times}")
    return propose(
        passage, wording, ("year", yearly), {"day": _as_said(daily)}, lambda one: scale(one[0], times), STRUCTURAL
    )


def _counts(one: Mention) -> bool:
    """Return whether a figure says how much there is, or how much more is paid: 每生增加100元，需增支581万元."""
    return is_level(one) or (one.role is Role.CHANGE and one.amount and one.direction > 0)


def _together(price: Mention, one: Mention) -> bool:
    """Return whether a figure stands in the sentence of a price, or in the one after it."""
    return one.sentence == price.sentence or (one.sentence == price.sentence + 1 and one.paragraph == price.paragraph)


def _as_said(price: Mention) -> Mention:
    """Return a price per head as what it says: 2000元 is no rounded figure."""
    figure = price.quantity
    if figure.kind is not Kind.MONEY or figure.decimals or figure.scale != 1 or figure.approximation is not None:
        return price
    return replace(price, quantity=replace(figure, interval=Interval(figure.value, figure.value)))


def _made(passage: Passage, price: Mention, near: tuple[Mention, ...]) -> Iterator[Proposal]:
    times, spoken = _periods(passage, price)
    counted = (Kind.COUNT, Kind.AREA) if price.quantity.unit.endswith("/平方米") else (Kind.COUNT,)
    heads = [one for one in near if one.quantity.unit in _HEADS and one.quantity.kind in counted and not one.each]
    amounts = [
        one
        for one in near
        if one.quantity.kind is Kind.MONEY
        and not one.each
        and one.quantity.upper is None
        and (_AMOUNT.search(one.lead) or _SUMS_UP.search(one.lead))
    ]
    slipped: Proposal | None = None
    for amount in sorted(amounts, key=lambda one: abs(one.index - price.index)):
        often = Decimal(1) if times == TWELVE and _MONTHLY.search(amount.lead) else times
        if often == 1 and (terms := _terms(price, amount)) is not None:
            often, spoken = terms, f"×{terms}"
            times = often
        for head in sorted(heads, key=lambda one: abs(one.index - price.index)):
            if not _paid_for(price, head):
                continue
            if head.quantity.value < 2 or amount.quantity.value <= price.quantity.value:
                continue
            told = spoken if often == times else ""
            paid = [one.index for one in near if one.index < min(head.index, price.index) and one in amounts]
            # 9116人、每人150元，计136.74万元，…12480人、每人85元，计…: what was paid for already is no rival.
            own = [one for one in near if one.index > max(paid, default=-1)]
            rivals = [one for one in own if one in heads and _paid_for(price, one)]
            alone = _alone(head, rivals, amount) and _alone(price, [one for one in own if one.each], amount)
            told_often = told != "×12" or "年" in amount.lead
            strength = _strength(passage, price, head, amount) if alone and told_often else WEAK
            proposal = _propose(passage, price, head, amount, often, told, strength)
            single = alone and not _one_of_prices(passage, price)
            if proposal is None and single and slipped is None and _slips(price, head, amount, often):
                slipped = _propose(passage, price, head, amount, often, spoken if often == times else "", STRUCTURAL)
            if proposal is None or (not proposal.holds and _fits_otherwise(price, head, amount)):
                continue
            yield proposal
            return
    if slipped is not None:
        yield slipped


def _alone(one: Mention, others: Sequence[Mention], amount: Mention) -> bool:
    """Return whether no other figure of its kind stands in its part before the amount: 小学…人、初中…人 are two."""
    rivals = (
        other
        for other in others
        if other.part == one.part and other.index < amount.index and other.depth == one.depth and other.level
    )
    return one.summing or one.lead.startswith("另") or all(other.index == one.index for other in rivals)


def _strength(passage: Passage, price: Mention, head: Mention, amount: Mention) -> int:
    """Return whether heads, price and amount follow one another, and words say that the amount comes of the two."""
    if _bought(passage, price, head, amount):
        return STRUCTURAL
    first, second = (head, price) if head.index < price.index else (price, head)
    beside = second.index - first.index <= BESIDE and 0 < amount.index - second.index <= BESIDE
    near = second.clause_number - first.clause_number <= 2 and amount.clause_number - second.clause_number <= 2
    if Role.CHANGE in (price.role, head.role, amount.role) or _one_of_prices(passage, price):
        return WEAK
    priced = price.each or _UNIT_PRICE.match(price.lead)
    if not (beside and near and priced and first.part == amount.part and not head.depth > amount.depth):
        return WEAK
    words = passage.text[first.quantity.span.start : amount.quantity.span.start]
    if _terms(price, amount) is not None:
        words = _TERMS.sub("", words)
    if len(words) > WORDS_LIMIT or _MANY_TERMS.search(words) or _DEALT.search(head.clause + price.clause):
        return WEAK
    daily = _DAILY.search(price.lead + price.quantity.unit) and _DAYS.search(words) and _PLAINLY.fullmatch(amount.lead)
    to_all = amount.index - head.index == 1 and head.index > price.index and _PAID_TO_ALL.fullmatch(amount.lead)
    paid_each = (
        head.clause_number == price.clause_number
        and amount.clause_number - price.clause_number == 1
        and _HANDED_OUT.search(passage.text, head.quantity.span.end, price.quantity.span.start) is not None
        and _FUNDS.fullmatch(amount.lead) is not None
    )
    said = (
        daily
        or paid_each
        or _SUMS_UP.match(amount.lead)
        or (to_all and _BY_RATE.search(price.clause))
        or (_PAID_OUT.match(amount.lead) and _BY_RATE.search(price.clause))
    )
    return STRUCTURAL if said else WEAK


def _slips(price: Mention, head: Mention, amount: Mention, often: Decimal) -> bool:
    """Return whether one slip alone keeps a price, heads and an amount told together from being a product."""
    plain = all(one.role is not Role.CHANGE and one.quantity.approximation is None for one in (price, head, amount))
    if not plain or not price.part == head.part == amount.part or _fits_otherwise(price, head, amount):
        return False
    return price.each and product_one_slip_away(amount.quantity, (price.quantity, head.quantity), often)


def _bought(passage: Passage, price: Mention, head: Mention, amount: Mention) -> bool:
    """Return whether things bought, what they cost and their mean price stand alone: 86套，投入3万元，平均单价350元."""
    if not _MEAN_PRICE.fullmatch(price.lead) or head.quantity.unit not in _THINGS or not _COST.search(amount.lead):
        return False
    in_order = 0 < amount.clause_number - head.clause_number <= 1 == price.clause_number - amount.clause_number
    first = bisect_left(passage.mentions, head.index, key=lambda one: one.index)
    alone = [one.index for one in passage.mentions[first : first + 3]] == [head.index, amount.index, price.index]
    before = passage.mentions[first - 1] if first else None
    return in_order and alone and (before is None or before.part != head.part) and head.depth == price.depth


def _one_of_prices(passage: Passage, price: Mention) -> bool:
    """Return whether another price is told in the same breath: 省内每人500元、省外1000元，资助167人，共12.2万元."""
    place = bisect_left(passage.mentions, price.index, key=lambda one: one.index)
    following = passage.mentions[place + 1] if place + 1 < len(passage.mentions) else None
    if following is None or following.quantity.kind is not Kind.MONEY or following.sentence != price.sentence:
        return False
    between = passage.text[price.quantity.span.end : following.quantity.span.start]
    joint = between[:1] in ("、", "和", "或") and "，" not in between and "," not in between
    alike = following.quantity.unit.partition("/")[0] == price.quantity.unit.partition("/")[0]
    return joint and alike and following.depth == price.depth


def _fits_otherwise(price: Mention, head: Mention, amount: Mention) -> bool:
    """Return whether the amount is what the price makes when it is paid some months or terms, as may be left unsaid."""
    made = price.quantity.value * head.quantity.value
    room = step(amount.quantity)
    return any(abs(made * often - amount.quantity.value) <= room for often in _OFTEN)


def _terms(price: Mention, amount: Mention) -> Decimal | None:
    """Return for how many terms a price per term is paid: 每人每学期750元，两学期需207万元."""
    terms = _TERMS.search(amount.lead) if "学期" in price.lead else None
    return Decimal("一两三四五六".index(terms["terms"]) + 1) if terms is not None else None


def _paid_for(price: Mention, head: Mention) -> bool:
    """Return whether a price per head can be paid for what is counted: 每生600元 not for 128所."""
    per_person = bool(_PER_PERSON.search(price.lead + price.quantity.unit))
    return not per_person or head.quantity.unit in _PERSONS


def _periods(passage: Passage, price: Mention) -> tuple[Decimal, str]:
    """Return how often the price is paid: monthly twelve times, daily on so many days as the sentence says."""
    words = price.lead + price.quantity.unit + price.tail
    span = passage.segmentation.sentences.span(price.sentence)
    start, end = max(span.start, price.quantity.span.start - 60), min(price.quantity.span.end + 40, span.end)
    if _MONTHLY.search(words):
        months = {match["months"] for match in _MONTHS.finditer(passage.text, start, end)}
        number = int(months.pop()) if len(months) == 1 else 12
        return Decimal(number), f"×{number}"
    if _DAILY.search(words):
        days = [match["days"] for match in _DAYS.finditer(passage.text, start, end)]
        if days:
            # 全学年按200天计，春季学期100天: the last one said before the amount counts.
            return Decimal(int(days[-1])), f"×{days[-1]}"
    return Decimal(1), ""


def _propose(
    passage: Passage, price: Mention, head: Mention, amount: Mention, times: Decimal, spoken: str, strength: int
) -> Proposal | None:
    def formula(values: Sequence[Interval]) -> Interval:
        return scale(multiply(values[0], values[1]), times)

    wording = Wording(
        "price_times_count",
        ClaimType.PER_CAPITA,
        f"total = per * n{f' * {times}' if spoken else ''}",
        f"{text_of(price)}×{text_of(head)}{spoken}",
    )
    return propose(passage, wording, ("total", amount), {"per": price, "n": head}, formula, strength)
