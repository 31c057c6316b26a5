"""Figures in Arabic digits: measurements with scale and unit, ranges, ratios, fractions, list numbers, bare numbers."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from dudao.provenance import Span
from dudao.quantities.approximators import BEFORE_TAILS, approximation_after, approximation_before, interval_of
from dudao.quantities.dates import Name, name_at, named
from dudao.quantities.durations import loose_duration_at
from dudao.quantities.model import Approximation, Interval, Kind, Quantity
from dudao.quantities.plain import plain_figure_at
from dudao.quantities.scales import SCALE_PATTERN, SCALES, plainly
from dudao.quantities.units import DIVISORS, UNIT_HEADS, Unit, unit_at

_DECIMALS = r"(?:\.[0-9]{1,12})?"
# A full-width comma usually ends a clause, so it separates thousands only where no clause could end.
_NUMBER = (
    r"(?:[0-9]{1,3}(?:，[0-9]{3}){2,8}(?![0-9])"
    + _DECIMALS
    + r"|[0-9]{1,3}，[0-9]{3}\.[0-9]{1,12}"
    + r"|[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9])"
    + _DECIMALS
    + r"|[0-9]{1,30}"
    + _DECIMALS
    + ")"
)
_SMALL_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MEASURED_IN = re.escape("".join(sorted(UNIT_HEADS | frozenset("十百千万亿"))))
_MEASURE = re.compile(
    r"(?P<number>"
    + _NUMBER
    # the mark of a note set between a figure and its unit: 3500¹万元, 3500[1]万元
    + rf")(?:(?:[{_SMALL_DIGITS}]{{1,2}}|\[[0-9]{{1,2}}\])(?=[{_MEASURED_IN}]))?"
    + r"(?P<few> {0,2}[余多])?(?: {0,2}(?P<scale>"
    + SCALE_PATTERN
    + r"))?(?P<more> {0,2}[余多])?"
)
_NEXT_PLACE = re.compile(
    r" ?(?:(?P<number>[0-9]{1,4}(?:\.[0-9]{1,12})?) ?(?P<scale>[十百千]?万|千|百)(?![分克米瓦])"
    r"|(?P<rest>[0-9]{3,4})(?![0-9.年-]))"
)
_RANGE = re.compile(r" {0,2}(?:[-–—~～]{1,2}|至|到) {0,2}(?=[0-9])")
_SLOGAN = re.compile(r"[0-9]{1,2}\+[0-9]{1,2}(?:\+[0-9]{1,2}){0,4}(?![0-9.])")
_PROPORTIONS = re.compile(
    r"(?P<first>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?: ?[:∶] ?[0-9]{1,9}(?:\.[0-9]{1,9})?){2,9}(?![0-9])"
)
"""2.4:3.9:3.7 has no one value; read whole, so that no two of its terms are taken for a ratio."""
_RATIO = re.compile(
    r"(?P<left>[0-9]{1,9}(?:\.[0-9]{1,9})?) ?[:∶] ?(?P<right>[0-9]{1,9}(?:\.[0-9]{1,9})?)(?!\.?[0-9]| ?[:∶] ?[0-9])"
)
_BASES = (1, 10, 100)
_FRACTION = re.compile(r"(?P<top>[0-9]{1,2})/(?P<bottom>[0-9]{1,3})(?![0-9/年])")
_PARTS = re.compile(r"(?P<bottom>[0-9]{1,4}) ?分之 ?(?P<top>[0-9]{1,4}(?:\.[0-9]{1,6})?)")
_LIST_THEN_YEAR = re.compile(r"(?P<item>[0-9]{1,2})\.(?=(?:19|20)[0-9]{2} {0,2}(?:年|学年|[-–—~～至]))")
_SECTION = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,4}(?![0-9.])")
_BRACKETS = "[〔【﹝"
_OLD_DOCUMENT_NUMBER = re.compile(r"(?:19|20)[0-9]{2} ?[\[〔【﹝] ?(?P<serial>[0-9]{1,5}) ?[\]〕】﹞] ?号")
_DIGITS = re.compile(r"[0-9]+")
_GAP = re.compile(r" {1,2}")
_TOLERANCE = re.compile(r"(?P<middle>[0-9]{1,9}(?:\.[0-9]{1,6})?) {0,2}± {0,2}(?=[0-9])")
_CURRENCY_SIGNS = frozenset("￥¥")
_CHANGE_BEFORE = re.compile(r"[从由自]$|[增减升降长高低少加落回]$")

_ONE = Decimal(1)
# What may continue a number: a unit, a scale, a point, the dash of a range; anything else leaves it bare.
_CONTINUING_MARKS = UNIT_HEADS | frozenset("十百千万亿余多.-–—~～至到0123456789[" + _SMALL_DIGITS)
_MEASURING_MARKS = UNIT_HEADS | frozenset("十百千万亿.")
_ENDING_MARKS = frozenset(",，、:∶/+")
_JOINING_MARKS = frozenset(".:∶/+-–—~～至到")
_JOINED = re.compile(r" {0,2}(?:[-–—~～]{1,2}|[.:∶/+至到]) {0,2}[0-9]")
# 1-2-3: no range of two figures
_CHAIN = re.compile(r"[-–—~～][0-9]{1,9}[-–—~～](?![-–—~～])")
# Before a figure these ask for a closer look: 第3, a minus or 负, ±, the dash of a range, a gap within a figure.
_CAREFUL_BEFORE = frozenset("第 -−–—负±")
_NAMING_MARKS = frozenset("年月日时-–—~～至到/.:∶+±分学0123456789[〔【﹝")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number with its scale and unit, before the words around it are looked at."""

    end: int
    number: Decimal
    decimals: int
    scale: Decimal
    few: bool
    unit: Unit | None
    divisor: str
    exact_step: Decimal


def arabic_figure_at(text: str, folded: str, start: int) -> tuple[Quantity | None, int]:
    """Return the quantity whose first digit stands at `start`, and where to read on."""
    before = folded[start - 1] if start else ""
    digits = _DIGITS.match(folded, start)
    assert digits is not None
    behind = digits.end()
    if before not in _CAREFUL_BEFORE and folded[behind : behind + 1] in _MEASURING_MARKS:
        plain = plain_figure_at(text, folded, start, before)
        if plain is not None:
            return plain, plain.span.end
    if before == "第" or folded[max(0, start - 2) : start] == "第 ":
        return _ordinal(text, folded, start)
    mark = folded[behind : behind + 3].lstrip(" ")[:1]
    # What follows the digits decides which readings are worth a try.
    if mark in _NAMING_MARKS and (mark not in _JOINING_MARKS or _JOINED.match(folded, behind) is not None):
        special = _special(text, folded, start, mark)
        if special is not None:
            return special, special.span.end
    thousands = mark in (",", "，") and folded[behind + 1 : behind + 4].isdecimal()
    ends = mark in _ENDING_MARKS or mark not in _CONTINUING_MARKS or _CHAIN.match(folded, behind) is not None
    if behind - start <= 30 and ends and not thousands:
        return _bare(text, folded, start, behind, Decimal(digits[0]), 0)
    figure = _figure_at(folded, start)
    if figure is None:
        return None, behind
    whole_things = figure.unit is not None and figure.unit.kind is Kind.COUNT and figure.scale == _ONE
    if whole_things and figure.decimals and _heads_line(folded, start):
        # 1.4所: a list number and a count, as whole things have no decimals
        end = folded.index(".", start)
        return _exact(text, start, end, Decimal(folded[start:end]), Kind.ORDINAL), end + 1
    upper = _range_end(folded, start, figure)
    if figure.unit is None and figure.scale == _ONE and not figure.few and upper is None:
        return _bare(text, folded, start, figure.end, figure.number, figure.decimals)
    quantity = _measured(text, folded, start, figure, upper)
    if upper is None and before == "±":
        quantity = _either_way(text, quantity)
    elif upper is None and _is_negative(folded, start, quantity):
        quantity = _negated(text, quantity)
    return quantity, quantity.span.end


def _exact(text: str, start: int, end: int, value: Decimal, kind: Kind, unit: str = "") -> Quantity:
    return Quantity(Span(start, end), text[start:end], value, Interval(value, value), unit, kind)


def _special(text: str, folded: str, start: int, mark: str) -> Quantity | None:
    """Return the year, date, time, list number, slogan, ratio or fraction that begins at `start`."""
    if mark == "." and (match := _LIST_THEN_YEAR.match(folded, start)):
        end = start + len(match["item"])
        return _exact(text, start, end, Decimal(match["item"]), Kind.ORDINAL)
    if mark == "." and (match := _SECTION.match(folded, start)):
        return _exact(text, start, match.end(), Decimal(folded[start : folded.index(".", start)]), Kind.ORDINAL)
    if mark in _BRACKETS and (match := _OLD_DOCUMENT_NUMBER.match(folded, start)):
        return named(text, start, Name(match.end(), Decimal(match["serial"]), Kind.DOCUMENT_NUMBER, "号"))
    if mark == "±" and (match := _TOLERANCE.match(folded, start)):
        return _tolerance(text, folded, start, match)
    name = name_at(folded, start, mark)
    if name is not None:
        return named(text, start, name)
    if mark == "+" and (match := _SLOGAN.match(folded, start)):
        value = Decimal(folded[start : folded.index("+", start)])
        return _exact(text, start, match.end(), value, Kind.OTHER)
    if mark == "分" and (match := _PARTS.match(folded, start)) and Decimal(match["bottom"]):
        return _parts(text, start, match.end(), Decimal(match["bottom"]), Decimal(match["top"]))
    if mark in ".:∶" and (match := _PROPORTIONS.match(folded, start)):
        return _exact(text, start, match.end(), Decimal(match["first"]), Kind.OTHER)
    if mark in ".:∶" and (match := _RATIO.match(folded, start)) and Decimal(match["left"]) and Decimal(match["right"]):
        return _ratio(text, folded, start, match)
    if mark == "/" and (match := _FRACTION.match(folded, start)) and int(match["top"]) < int(match["bottom"]):
        return _exact(text, start, match.end(), Decimal(match["top"]) / Decimal(match["bottom"]), Kind.RATIO)
    return None


def _tolerance(text: str, folded: str, start: int, match: re.Match[str]) -> Quantity | None:
    """Return 16±2人 as 16, give or take 2."""
    room = _figure_at(folded, match.end())
    if room is None or room.unit is None:
        return None
    middle = Decimal(match["middle"]) * room.scale * room.unit.factor
    width = room.number * room.scale * room.unit.factor
    interval = Interval(middle - width, middle + width)
    decimals = len(match["middle"].partition(".")[2])
    unit, kind, span = room.unit.base, room.unit.kind, Span(start, room.end)
    return Quantity(span, text[start : room.end], middle, interval, unit, kind, None, None, decimals, room.scale)


def _either_way(text: str, quantity: Quantity) -> Quantity:
    """Return ±5% as 5 %, which may be anything from −5 % to 5 %."""
    span = Span(quantity.span.start - 1, quantity.span.end)
    high = quantity.interval.high if quantity.interval.high is not None else quantity.value
    return replace(quantity, span=span, text=text[span.start : span.end], interval=Interval(-high, high))


def _figure_at(folded: str, start: int) -> _Figure | None:
    match = _MEASURE.match(folded, start)
    if match is None:
        return None
    if folded[match.end("number") : match.end("number") + 1].isdecimal():
        return None
    digits = match["number"].replace(",", "").replace("，", "")
    number = Decimal(digits)
    decimals = len(digits.partition(".")[2])
    scale = SCALES[match["scale"]] if match["scale"] else _ONE
    step = scale.scaleb(-decimals)
    few = bool(match["few"] or match["more"])
    end = match.end()
    if match["scale"] and not few and scale >= 1000 and (part := _NEXT_PLACE.match(folded, end)):
        smaller = SCALES[part["scale"]] if part["scale"] else _ONE
        written = part["number"] or part["rest"]
        if smaller < scale and Decimal(written) * smaller < scale:
            number += Decimal(written) * smaller / scale
            step = smaller.scaleb(-len(written.partition(".")[2]))
            end = part.end()
    if not few and scale == _ONE and (loose := loose_duration_at(folded, end)):
        lasting = Unit(loose.unit, loose.unit, Kind.DURATION)
        return _Figure(loose.end, number + loose.extra, decimals, scale, loose.few, lasting, "", step)
    gap = end
    while gap < len(folded) and gap - end < 2 and folded[gap] == " ":
        gap += 1
    unit = unit_at(folded, gap)
    if unit is None:
        if few:
            # 比5多3人: 多 without a unit behind it belongs to the next words, unless a scale was written
            end = match.end("scale") if match["scale"] else match.end("number")
            few = bool(match["few"] and match["scale"])
        return _Figure(end, number, decimals, scale, few, None, "", step)
    unit, end = _whole_unit(folded, gap, unit)
    divisor = ""
    if folded[end : end + 1] == "/":
        for name in DIVISORS:
            if folded.startswith(name, end + 1):
                divisor = name
                end += 1 + len(name)
                break
    return _Figure(end, number, decimals, scale, few, unit, divisor, step)


def _whole_unit(folded: str, start: int, unit: Unit) -> tuple[Unit, int]:
    """Return the unit and its end, with a gap inside taken in (个 百分点) and a unit in brackets (所（个）)."""
    end = start + len(unit.written)
    if unit.written == "个" and folded[end : end + 1] == " ":
        behind = _GAP.match(folded, end)
        longer = unit_at(unit.written + folded[behind.end() : behind.end() + 6], 0) if behind else None
        if behind and longer is not None and len(longer.written) > len(unit.written):
            return longer, behind.end() + len(longer.written) - len(unit.written)
    if unit.kind is Kind.COUNT and folded[end : end + 1] == "(":
        inner = unit_at(folded, end + 1)
        closed = end + 1 + len(inner.written) if inner else end
        if inner is not None and inner.kind is Kind.COUNT and folded[closed : closed + 1] == ")":
            return unit, closed + 1
    return unit, end


def _range_end(folded: str, start: int, low: _Figure) -> _Figure | None:
    """Return the upper figure of 600-800元 or 30%～40%; None when a second figure stands by itself."""
    separator = _RANGE.match(folded, low.end)
    if separator is None or low.few or folded[start - 1 : start] in ("-", "—"):
        return None
    high = _figure_at(folded, separator.end())
    if high is None or high.few or high.unit is None:
        return None
    if low.unit is not None and (low.unit.base != high.unit.base or low.divisor != high.divisor):
        return None
    joined_by_word = folded[separator.start() : separator.end()].strip() in ("至", "到")
    if low.unit is not None and joined_by_word and _CHANGE_BEFORE.search(folded[max(0, start - 4) : start].rstrip()):
        return None
    shared = high.scale if low.scale == _ONE and low.unit is None and low.number < high.number else low.scale
    if low.number * shared >= high.number * high.scale:
        return None
    return high


def _measured(text: str, folded: str, start: int, figure: _Figure, high: _Figure | None) -> Quantity:
    unit = figure.unit
    scale = figure.scale
    end = figure.end
    upper: Decimal | None = None
    step = figure.exact_step
    if high is not None:
        unit = high.unit
        end = high.end
        if scale == _ONE and figure.unit is None and figure.number < high.number:
            scale = high.scale
            step *= scale
    kind = unit.kind if unit else Kind.COUNT
    factor = unit.factor if unit else _ONE
    base = unit.base if unit else ""
    divisor = high.divisor if high else figure.divisor
    if divisor:
        base = f"{base}/{divisor}"
    value = plainly(figure.number * scale * factor, scale)
    approximation = approximation_before(folded, start, kind) or approximation_after(folded, end)
    open_step = None
    if figure.few:
        approximation = approximation if approximation is Approximation.ABOUT else Approximation.OVER
        open_step = _open_step(figure.number, figure.decimals) * scale * factor
    rounded = figure.decimals > 0 or scale != _ONE
    interval = interval_of(
        value, kind=kind, step=step * factor, rounded=rounded, approximation=approximation, open_step=open_step
    )
    if high is not None:
        upper = plainly(high.number * high.scale * factor, high.scale)
        top = interval_of(
            upper,
            kind=kind,
            step=high.exact_step * factor,
            rounded=high.decimals > 0 or high.scale != _ONE,
            approximation=approximation,
        )
        interval = Interval(interval.low, top.high)
    return Quantity(
        Span(start, end),
        text[start:end],
        value,
        interval,
        base,
        kind,
        approximation,
        upper,
        figure.decimals,
        scale,
    )


_MINUS = re.compile(r"(?:^|[长为是率幅速升降额达至加少:(\t\n])[-−－]$|(?<![正担欠背抱肩胜])负$")
_COUNT_MINUS = re.compile(r"[增减升降速额幅长为][-−－负]$")


def _is_negative(folded: str, start: int, quantity: Quantity) -> bool:
    """Return whether a minus stands before a rate or an amount (增长-3.5%), and no dash of a range or page number."""
    if start == 0 or folded[start - 1] not in "-−负" or quantity.approximation is not None:
        return False
    if quantity.kind is Kind.COUNT:
        return _COUNT_MINUS.search(folded[max(0, start - 2) : start]) is not None
    if quantity.kind not in (Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.MONEY):
        return False
    return _MINUS.search(folded[max(0, start - 2) : start]) is not None


def _negated(text: str, quantity: Quantity) -> Quantity:
    span = Span(quantity.span.start - 1, quantity.span.end)
    low, high = quantity.interval.low, quantity.interval.high
    interval = Interval(None if high is None else -high, None if low is None else -low)
    return replace(quantity, span=span, text=text[span.start : span.end], value=-quantity.value, interval=interval)


def _open_step(number: Decimal, decimals: int) -> Decimal:
    """Return how far 余 may reach: one unit of the last digit that is not zero (3500余 → 100, 20多 → 10)."""
    if decimals or number == 0:
        return _ONE.scaleb(-decimals)
    step = _ONE
    while number % (step * 10) == 0:
        step *= 10
    return step


def _ordinal(text: str, folded: str, start: int) -> tuple[Quantity, int]:
    """Return 第155次 whole, from 第 to the unit."""
    match = _DIGITS.match(folded, start)
    assert match is not None
    end = match.end()
    value = Decimal(folded[start:end])
    unit = unit_at(folded, end + 1 if folded[end : end + 1] == " " else end)
    if unit is not None and unit.kind in (Kind.COUNT, Kind.ORDINAL):
        end = (end + 1 if folded[end : end + 1] == " " else end) + len(unit.written)
    first = folded.rindex("第", 0, start)
    return _exact(text, first, end, value, Kind.ORDINAL, unit.written if unit else ""), end


def _parts(text: str, start: int, end: int, bottom: Decimal, top: Decimal) -> Quantity:
    """Return 3分之1 as a ratio, 100分之30 as per cent."""
    if bottom in (100, 1000):
        value = top * 100 / bottom
        return _exact(text, start, end, value, Kind.PERCENT, "%")
    return _exact(text, start, end, top / bottom, Kind.RATIO)


def _ratio(text: str, folded: str, start: int, match: re.Match[str]) -> Quantity:
    """Return 1:15 as what stands on the right for one on the left (15).

    The 1 of 15.6:1 and the 10 of 7.07:10 are the base and exact.
    """
    left, right = Decimal(match["left"]), Decimal(match["right"])
    decimals = len(match["right"].partition(".")[2])
    value = right / left
    left_half = _ONE.scaleb(-len(match["left"].partition(".")[2])) / 2
    if left == 1 or (left in _BASES and decimals):
        left_half = Decimal(0)
    right_half = _ONE.scaleb(-decimals) / 2
    if left != 1 and (right == 1 or (right in _BASES and "." in match["left"])):
        right_half = Decimal(0)
    half = (right_half + value * left_half) / left
    approximation = approximation_before(folded, start, Kind.RATIO) or approximation_after(folded, match.end())
    interval = interval_of(value, kind=Kind.RATIO, step=half * 2, rounded=True, approximation=approximation)
    end = match.end()
    return Quantity(
        Span(start, end), text[start:end], value, interval, "", Kind.RATIO, approximation, decimals=decimals
    )


def _heads_line(folded: str, start: int) -> bool:
    """Return whether only blanks stand between the position and the beginning of its line."""
    place = start
    while place > 0 and start - place < 12 and folded[place - 1] in " \t":
        place -= 1
    return place == 0 or folded[place - 1] in "\r\n"


def _bare(text: str, folded: str, start: int, end: int, number: Decimal, decimals: int) -> tuple[Quantity, int]:
    """Return a number without unit: the number of a list item or heading is an ordinal, all else is other."""
    kind = Kind.ORDINAL if _numbers_an_item(folded, start, end, number, decimals) else Kind.OTHER
    span = Span(start, end)
    written = text[start:end]
    before = folded[start - 1] if start else ""
    if before in _CURRENCY_SIGNS:
        half = _ONE.scaleb(-decimals) / 2
        interval = Interval(number - half, number + half)
        return Quantity(span, written, number, interval, "元", Kind.MONEY, decimals=decimals), end
    approximation = None
    if before in BEFORE_TAILS or before == " ":
        approximation = approximation_before(folded, start, kind)
    if approximation is None:
        approximation = approximation_after(folded, end)
    if approximation is None and not decimals:
        interval = _exactly(number)
    elif kind is Kind.ORDINAL:
        interval = Interval(number, number)
    else:
        step = _ONE.scaleb(-decimals)
        interval = interval_of(number, kind=kind, step=step, rounded=decimals > 0, approximation=approximation)
    return Quantity(span, written, number, interval, "", kind, approximation, None, decimals), end


@lru_cache(maxsize=4096)
def _exactly(number: Decimal) -> Interval:
    """Return the interval of a whole number, one object for all places where it stands."""
    return Interval(number, number)


def _numbers_an_item(folded: str, start: int, end: int, number: Decimal, decimals: int) -> bool:
    """Return whether a bare number is the number of a heading or list item: （1）, 3党建工作, 4.国有资本."""
    mark = folded[end : end + 2].strip()[:1]
    if number >= 100 or not mark:
        return False
    if mark == ")" and not decimals and folded[start - 1 : start] == "(":
        return True
    if mark == "." and not decimals and not folded[end + 1 : end + 2].isdecimal():
        return True
    return mark not in "\t\r\n%" and _heads_line(folded, start)
