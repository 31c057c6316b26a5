"""Growth repeated over years: 由2018年的100亿元增加到2021年的133.1亿元，年均增长10%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from itertools import takewhile

from dudao.claims.arithmetic import compare, cut_off, stands_for
from dudao.claims.likeness import own_subject, same_unit, year_of
from dudao.claims.mentions import Mention, Passage, Role
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, Wording, propose, settle, text_of
from dudao.claims.series import all_series
from dudao.quantities.model import Interval, Kind

ROW_REACH = 12
"""How many years of amounts may stand before the growth."""
SPAN_REACH = 60
"""How many characters before the first amount the years may be named."""
COUNTED_REACH = 5
"""How many figures before a growth that counts its years the level of the first year may stand."""
REACH = 4
"""How many figures before the growth the two levels may stand."""

OTHERS_HOLD = 2
"""So many growths over all years must agree with the yearly ones of their paragraph before another is called wrong."""
CENSUS_NAMED = 160
"""How many characters before the growth a census may be named."""
CENSUS_YEARS = 10
_CENSUS = re.compile(r"第[五六七八]次(?:全国)?人口普查|[五六七八]普")
_THAN = re.compile("[与比同较]")

YEARLY = re.compile(r"年均|年平均|平均每年|年复合|年递增")
"""Growth that is repeated each year, which no two levels of neighbouring years make."""
_GROWN_SINCE = re.compile(
    r"(?:比|较)(?P<year>(?:19|20)\d\d)年(?:末|底)?(?:累计|共|总共|总计)?(?:增长|提高|增加)(?:了|约)*"
)
_SPAN = re.compile(r"(?P<first>(?:19|20)\d\d)\s?年?\s?(?:[-—–~～]+|至|到)\s?(?P<last>(?:19|20)\d\d)")
_BARELY = re.compile(
    r"(?:年均|年平均|平均每年|年)(?:递增|增长|增加|提高|上升|下降|减少|递减|增幅|增速|降幅)?(?:率|速度|幅度)?(?:为|达到?|是|约|近)?"
)
_SINCE = re.compile(r"(?:比|较|与)((?:19|20)\d\d)年(?:底|末|度)?(?:相比)?")
_DATED = re.compile(r"(?:19|20)\d\d(?=年)")
_YEARS = re.compile(r"(?P<count>[两三四五六])年(?:来|间|内)?")
_OF_YEAR = re.compile(r"(?:是|为|相当于)(?:19|20)\d\d年(?:末|底)?的?$")
"""1578.3万册，是2018年1127.4万册的1.40倍，五年年均增长7.0%."""
_SPOKEN = "两三四五六"
_BETWEEN = frozenset({"", "和", "及", "与", "以及", "、"})
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_WIDE = Context(prec=30)


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the claims that a yearly growth leads from one level to another."""
    mentions = passage.mentions
    yield from _over_all_years(passage)
    for place, rate in enumerate(mentions):
        if rate.quantity.kind is not Kind.PERCENT or rate.role is not Role.CHANGE or not YEARLY.search(rate.lead):
            continue
        pair = _row(passage, place) or _pair(mentions, place) or _dealt(passage, place) or _of_census(passage, place)
        if pair is None:
            counted = _counted(mentions, place)
            found = _claim(passage, counted[0], counted[1], rate, counted[2]) if counted is not None else None
            if found is not None and found.holds:
                yield found
            elif counted is None:
                yield from _of_whole_growth(passage, place)
            continue
        old, new, years = pair
        subject = own_subject(rate.lead)
        if len(subject) > 2 and (new.quantity.kind is Kind.PERCENT or subject not in new.topic + old.topic):
            continue  # 占比由3.62%降至3.48%，主要是地区生产总值年均增长7.9%: what grows so is named anew
        yield _claim(passage, old, new, rate, years)


def _of_whole_growth(passage: Passage, place: int) -> Iterator[Proposal]:
    """Yield 1995年…，比1990年增长55.3%，年递增率9.2%: the growth of all the years, told before, in equal steps."""
    rate, whole = passage.mentions[place], passage.mentions[place - 1] if place else None
    since = _SINCE.search(whole.lead) if whole is not None and whole.role is Role.CHANGE else None
    if whole is None or since is None or whole.quantity.kind is not Kind.PERCENT or whole.direction != rate.direction:
        return
    start = passage.segmentation.sentences.starts[rate.sentence]
    told = {int(year) for year in _DATED.findall(passage.text[start : whole.quantity.span.start])} - {int(since[1])}
    beside = rate.clause_number - whole.clause_number == 1 and rate.depth == whole.depth
    years = told.pop() - int(since[1]) if len(told) == 1 else 0
    if not beside or years < 2 or _BARELY.fullmatch(rate.lead) is None:
        return
    sign = Decimal(rate.direction)

    def yearly(values: Sequence[Interval]) -> Interval:
        ends = [_step_of(bound, sign, years) for bound in (values[0].low, values[0].high)]
        return Interval(min(ends), max(ends))

    spoken = f"（1{'＋' if sign > 0 else '－'}{text_of(whole)}）开{years}次方－1"
    formula = f"growth = (1 + whole) ** (1 / {years}) - 1"
    wording = Wording("compound_growth", ClaimType.TWO_LEVEL_CHANGE, formula, spoken)
    found = propose(passage, wording, ("growth", rate), {"whole": whole}, yearly, STRUCTURAL)
    if found is not None:
        yield found


def _step_of(growth: Decimal | None, sign: Decimal, years: int) -> Decimal:
    """Return by how many per cent a year something grows (falls) that grows by so many in all the years."""
    reached = 1 + sign * (growth or Decimal(0)) / 100
    if reached <= 0:
        return Decimal(0)
    return (_WIDE.power(reached, _WIDE.divide(Decimal(1), Decimal(years))) - 1) * 100 * sign


def _over_all_years(passage: Passage) -> Iterator[Proposal]:
    """Yield 年均增长7.02%，2020年达到…，比2015年增长40.4%: the growth of each year against that of all of them.

    Some take the mean of the yearly growths for it, so that one that does not fit is wrong only where others do.
    """
    told: dict[int, list[Proposal]] = {}
    for place, rate in enumerate(passage.mentions):
        yearly = rate.quantity.kind is Kind.PERCENT and rate.role is Role.CHANGE and YEARLY.search(rate.lead)
        pair = _overall(passage.mentions, place) if yearly and rate.quantity.upper is None else None
        if pair is not None:
            told.setdefault(rate.paragraph, []).append(_claim_overall(passage, rate, *pair))
    for claims in told.values():
        holding = [one for one in claims if one.holds]
        yield from claims if len(holding) >= OTHERS_HOLD else holding


def _overall(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, int] | None:
    """Return the growth since a year that is told behind a yearly one, with the years up to the level between."""
    rate, last = mentions[place], None
    for one in mentions[place + 1 : place + 1 + REACH]:
        if one.part != rate.part or one.depth != rate.depth:
            return None
        since = (
            _GROWN_SINCE.fullmatch(one.lead) if one.quantity.kind is Kind.PERCENT and one.role is Role.CHANGE else None
        )
        if since is not None and last is not None and one.quantity.upper is None:
            years = last - int(since["year"])
            return (one, years) if 1 < years <= 30 and one.direction == rate.direction > 0 else None
        if one.level and one.amount:
            last = year_of(one)
    return None


def _claim_overall(passage: Passage, rate: Mention, overall: Mention, years: int) -> Proposal:
    def repeated(growth: Decimal | None) -> Decimal:
        return (_WIDE.power(1 + (growth or Decimal(0)) / 100, Decimal(years)) - 1) * 100

    def over(told: Interval) -> Interval:
        return Interval(repeated(told.low), repeated(told.high))

    judgement = compare(
        overall.quantity,
        repeated(rate.quantity.value),
        over(stands_for(rate.quantity)),
        lambda: over(cut_off(rate.quantity)),
        derived=True,
    )
    spoken = f"（1＋{text_of(rate)}）的{years}次方－1"
    wording = Wording("compound_growth", ClaimType.TWO_LEVEL_CHANGE, f"growth = (1 + rate) ** {years} - 1", spoken)
    return settle(passage, wording, ("growth", overall), {"rate": rate}, judgement, STRUCTURAL)


def _pair(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention, int] | None:
    rate = mentions[place]
    for other in range(place - 1, max(place - 1 - REACH, 0), -1):
        new, old = mentions[other], mentions[other - 1]
        if old.sentence != rate.sentence:
            break
        if old.role is Role.FROM and new.role is Role.TO and same_unit(old, new):
            first, last = year_of(old), year_of(new)
            if first is None or last is None or not 1 < last - first <= 30 or old.quantity.value <= 0:
                return None
            return old, new, last - first
    return _dated(mentions, place)


def _dealt(passage: Passage, place: int) -> tuple[Mention, Mention, int] | None:
    """Return first and last of 2020年、2021年、2022年分别为a、b、c，…两年年均增长x%: a step for each year counted."""
    rate = passage.mentions[place]
    counted = _YEARS.search(rate.lead)
    rows = [
        one
        for one in all_series(passage)
        if one.first < place and place - one.first <= ROW_REACH and one.members[0].sentence == rate.sentence
    ]
    rows = [one for one in rows if one.dealt and one.members[0].level and one.members[0].amount]
    if counted is None or len(rows) != 1 or rows[0].members[0].quantity.value <= 0:
        return None
    row, years = rows[0].members, _SPOKEN.index(counted["count"]) + 2
    begins = passage.segmentation.sentences.starts[rate.sentence]
    head = row[0].quantity.span.start
    dates = set(_DATED.findall(passage.text[max(begins, head - SPAN_REACH) : head].translate(_FULL_WIDTH)))
    return (row[0], row[-1], years) if len(row) == years + 1 == len(dates) else None


def _dated(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention, int] | None:
    """Return two levels of named years in any order: 2010年2.94亿元，是2005年0.98亿元的3倍，年均增长24.6%."""
    rate = mentions[place]
    near = [
        one
        for one in mentions[max(place - REACH, 0) : place]
        if one.sentence == rate.sentence and one.amount and one.role is not Role.CHANGE and not one.each
    ]
    if len(near) < 2 or not same_unit(near[-2], near[-1]):
        return None
    years = year_of(near[-2]), year_of(near[-1])
    if years[0] is None or years[1] is None or not 1 < abs(years[0] - years[1]) <= 30:
        return None
    old, new = (near[-1], near[-2]) if years[0] > years[1] else (near[-2], near[-1])
    return (old, new, abs(years[0] - years[1])) if old.quantity.value > 0 else None


def _counted(mentions: tuple[Mention, ...], place: int) -> tuple[Mention, Mention, int] | None:
    """Return a level and the one it is compared with when the growth counts the years: 较2019年的14亿元…四年年均."""
    rate = mentions[place]
    counted = _YEARS.search(rate.lead)
    if counted is None:
        return None
    for other in range(place - 1, max(place - 1 - COUNTED_REACH, 0), -1):
        old = mentions[other]
        if old.sentence != rate.sentence:
            return None
        told = old.role is Role.PREVIOUS or (old.level and _OF_YEAR.search(old.lead) is not None)
        if not told or old.quantity.value <= 0:
            continue
        before = [one for one in mentions[max(other - REACH, 0) : other] if one.level and same_unit(one, old)]
        return (old, before[-1], _SPOKEN.index(counted["count"]) + 2) if before else None
    return None


def _of_census(passage: Passage, place: int) -> tuple[Mention, Mention, int] | None:
    """Return what one census and the next counted: 与2010年第六次人口普查的412.3万人相比…，年平均增长率为0.62%."""
    mentions, rate = passage.mentions, passage.mentions[place]
    begins = max(rate.quantity.span.start - CENSUS_NAMED, 0)
    if not _CENSUS.search(passage.text, begins, rate.quantity.span.start):
        return None
    for other in range(place - 1, max(place - 1 - REACH, 0), -1):
        old, new = mentions[other], mentions[other - 1]
        if old.sentence != rate.sentence:
            return None
        earlier = year_of(old) is not None and (old.role is Role.PREVIOUS or _THAN.search(old.clause) is not None)
        if earlier and old.amount and same_unit(old, new) and new.level and old.quantity.value > 0:
            return old, new, CENSUS_YEARS
    return None


def _row(passage: Passage, place: int) -> tuple[Mention, Mention, int] | None:
    """Return first and last of the amounts of successive years: 2019—2022年分别为a、b、c、d，年均增长x%."""
    mentions, rate = passage.mentions, passage.mentions[place]
    if place > 1 and mentions[place - 1].summing:  # 0.86亿元、0.97亿元、1.12亿元，三年合计2.95亿元，年均增长14.1%
        place -= 1
    if place == 0:
        return None
    row = [*takewhile(lambda one: _in_row(one, mentions[place - 1]), mentions[max(place - ROW_REACH, 0) : place][::-1])]
    row = row[: next((number + 1 for number, one in enumerate(row) if _begins(row, number)), len(row))]
    if len(row) < 3 or row[0].sentence != rate.sentence or row[-1].quantity.value <= 0:
        return None
    begins = passage.segmentation.sentences.starts[rate.sentence]
    head = row[-1].quantity.span.start
    words = passage.text[max(begins, head - SPAN_REACH) : head].translate(_FULL_WIDTH)
    named = _SPAN.search(words) or _YEARS.search(words)
    if named is None:
        return None
    written = named.groupdict()
    spoken = "count" in written
    years = _SPOKEN.index(named["count"]) + 1 if spoken else int(written["last"]) - int(written["first"])
    return (row[-1], row[0], years) if years == len(row) - 1 else None


def _begins(row: list[Mention], number: int) -> bool:
    """Return whether the words before an amount end the row there; 增加到 leads to its last: 从a、b增加到c."""
    return row[number].lead not in _BETWEEN and not (number == 0 and row[0].role is Role.TO)


def _in_row(one: Mention, last: Mention) -> bool:
    return (
        (one.level or one.role is Role.FROM) and one.amount and same_unit(one, last) and one.sentence == last.sentence
    )


def _claim(passage: Passage, old: Mention, new: Mention, rate: Mention, years: int) -> Proposal:
    sign = rate.direction

    def yearly(top: Decimal | None, bottom: Decimal | None) -> Decimal:
        if not top or not bottom or top <= 0 or bottom <= 0:
            return Decimal(0)
        root = _WIDE.power(_WIDE.divide(top, bottom), _WIDE.divide(Decimal(1), Decimal(years)))
        return (root - 1) * 100 * sign

    def between(newer: Interval, older: Interval) -> Interval:
        ends = (yearly(newer.low, older.high), yearly(newer.high, older.low))
        return Interval(min(ends), max(ends))

    value = yearly(new.quantity.value, old.quantity.value)
    interval = between(stands_for(new.quantity), stands_for(old.quantity))
    judgement = compare(
        rate.quantity, value, interval, lambda: between(cut_off(new.quantity), cut_off(old.quantity)), derived=True
    )
    spoken = f"（{text_of(new)}÷{text_of(old)}）开{years}次方－1"
    wording = Wording(
        "compound_growth", ClaimType.TWO_LEVEL_CHANGE, f"growth = (new / old) ** (1 / {years}) - 1", spoken
    )
    return settle(passage, wording, ("growth", rate), {"new": new, "old": old}, judgement, EXPLICIT)
