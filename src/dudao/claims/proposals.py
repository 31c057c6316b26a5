"""What a relation hands in: a claim with its verdict, which figure it explains, and how plainly it was worded."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from dudao.claims.arithmetic import Formula, Judgement, compare, cut_off, judge, step
from dudao.claims.mentions import Mention, Passage, span_of
from dudao.claims.model import Claim, ClaimType, Computed, Verdict
from dudao.quantities.model import Interval, Kind, Quantity

EXPLICIT = 3
"""The words state the relation: 占总数113369人的3.12%, 合计."""
STRUCTURAL = 2
"""The order of the sentence states it: a level, then its increase, then its growth."""
WEAK = 1
"""Only nearness suggests it; handed in only when the figures fit exactly."""

_WIDE = Context(prec=40)
_UNIT_FACTORS = (Decimal(10) ** 4, Decimal(10) ** 8, Decimal(10) ** -4, Decimal(10) ** -8)
_FACTOR_NAMES = {
    Decimal(10) ** 4: "大一万倍",
    Decimal(10) ** 8: "大一亿倍",
    Decimal(10) ** -4: "小一万倍",
    Decimal(10) ** -8: "小一亿倍",
}
_IN_SCALES = frozenset({Kind.MONEY, Kind.COUNT, Kind.AREA})
_SCALE_WORDS = {Decimal(1): "", Decimal(10) ** 4: "万", Decimal(10) ** 8: "亿"}
_TO_ONE = re.compile(r"\d+(?:\.(?P<point>\d+))?\s*[:：∶]\s*1")
_ONE_TO = re.compile(r"1\s*[:：∶]\s*\d")
_DIGITS = re.compile(r"^[\d.,，\s]+")
_SEPARATORS = re.compile(r"[,，\s]")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", 0xFF05: "%"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim as one relation reads it.

    `stated` is the number of the figure the claim explains; of several readings of one figure the best is kept.
    `effect` says which conclusion hangs on it, empty for none. `warning` is a remark on the wording. `formula` makes
    the first operand of the others, for those who try other figures; None where no formula of figures was judged.
    """

    claim: Claim
    stated: int
    strength: int
    effect: str = ""
    warning: str = ""
    slip: str = ""
    formula: Formula | None = None
    derived: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figures fit."""
        return self.claim.verdict in (Verdict.CONSISTENT, Verdict.CONSISTENT_IF_ROUNDED)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a relation speaks: its name, its type, its formula over operand names, the same in Chinese with figures."""

    relation: str
    type: ClaimType
    formula: str
    spoken: str
    effect: str = ""
    warning: str = ""


def propose(
    passage: Passage,
    wording: Wording,
    stated: tuple[str, Mention],
    operands: Mapping[str, Mention],
    formula: Formula,
    strength: int,
    *,
    derived: bool = True,
) -> Proposal | None:
    """Return the proposal that `stated = formula(operands)`; None when weak wording does not fit."""
    figures = [one.quantity for one in operands.values()]
    if strength <= WEAK and any(one.interval.low is None or one.interval.high is None for one in figures):
        # 限额3826亿元以内 makes whatever share is tried of it.
        return None
    judgement = judge(stated[1].quantity, formula, figures, derived=derived)
    if not judgement.holds and strength <= WEAK:
        return None
    if not judgement.value.is_finite():
        return None
    slip = "" if judgement.holds else _unit_slip(stated[1], operands, formula, judgement, derived=derived)
    found = settle(passage, wording, stated, operands, judgement, strength, slip=slip)
    return replace(found, formula=formula, derived=derived)


def settle(
    passage: Passage,
    wording: Wording,
    stated: tuple[str, Mention],
    operands: Mapping[str, Mention],
    judgement: Judgement,
    strength: int,
    *,
    slip: str = "",
) -> Proposal:
    """Return the proposal for a judgement that is already made."""
    name, mention = stated
    indexes = {name: mention.index} | {key: one.index for key, one in operands.items()}
    figure = mention.quantity
    claim = Claim(
        type=wording.type,
        relation=wording.relation,
        span=span_of(passage, list(indexes.values())),
        operands=indexes,
        formula=wording.formula,
        verdict=judgement.verdict,
        computed=Computed(judgement.value, judgement.interval, figure.unit),
        message=_message(wording.spoken, figure, judgement),
        rounding=judgement.rounding,
    )
    return Proposal(claim, mention.index, strength, wording.effect, wording.warning, slip)


def order_claim(
    passage: Passage, wording: Wording, operands: Mapping[str, Mention], verdict: Verdict, strength: int
) -> Proposal:
    """Return the proposal for a comparison of figures; the first operand is the one explained."""
    indexes = {key: one.index for key, one in operands.items()}
    rounding = "各数均按四舍五入计" if verdict is Verdict.CONSISTENT_IF_ROUNDED else ""
    said = "成立" if verdict is not Verdict.INCONSISTENT else "不成立"
    claim = Claim(
        type=wording.type,
        relation=wording.relation,
        span=span_of(passage, list(indexes.values())),
        operands=indexes,
        formula=wording.formula,
        verdict=verdict,
        computed=None,
        message=f"{wording.spoken}，{said}",
        rounding=rounding,
    )
    return Proposal(claim, next(iter(indexes.values())), strength, wording.effect, wording.warning)


def _message(spoken: str, figure: Quantity, judgement: Judgement) -> str:
    """Return the formula in Chinese with its result, the feasible interval, and the value that would fit."""
    value = shown(judgement.value, figure, more=2)
    if judgement.verdict is Verdict.INCONSISTENT:
        fitting = shown(judgement.value, figure, more=0)
        low, high = judgement.interval.low, judgement.interval.high
        between = ""
        if low is not None and high is not None and low != high:
            between = f"（按各数取舍，可行范围{shown(low, figure, more=2)}至{shown(high, figure, more=2)}）"
        return f"{spoken}＝{value}{between}，文中写“{figure.text}”，与之相符的值为{fitting}"
    tail = f"，{judgement.rounding}" if judgement.rounding else ""
    return f"{spoken}＝{value}，与文中“{figure.text}”相符{tail}"


_LONGEST = 24
"""A figure of more digits is none that anybody counted, and no value is shown for it."""


def shown(value: Decimal, figure: Quantity, *, more: int) -> str:
    """Return a value in the unit and scale a figure is written in, with some decimals more than the figure has."""
    if not value.is_finite() or value.adjusted() > _LONGEST:
        return "无法计算"
    to_one, factor, suffix = _form(
        figure.text.translate(_HALF_WIDTH), figure.value, figure.scale, figure.unit, figure.han
    )
    if to_one is not None and value:
        places = to_one + more
        left = _WIDE.divide(Decimal(1), value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
        return f"{left.normalize():f}:1"
    places = figure.decimals + more
    if _ONE_TO.match(figure.text.translate(_HALF_WIDTH)):
        right = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
        return f"1:{right.normalize():f}"
    rounded = _WIDE.divide(value, factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    text = f"{rounded:f}"
    if more and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{suffix}"


@lru_cache(maxsize=512)
def _form(text: str, value: Decimal, scale: Decimal, unit: str, han: bool) -> tuple[int | None, Decimal, str]:
    """Return how a figure is written: the decimals of x:1 (None for others), its factor to the base unit, its unit."""
    base = _TO_ONE.fullmatch(text.strip())
    written = _DIGITS.match(text)
    factor, suffix = scale, _DIGITS.sub("", text)
    if han or not suffix or not written:
        factor, suffix = Decimal(1), unit
    ratio = value / factor if factor else value
    if written and not han and ratio:
        number = Decimal(_SEPARATORS.sub("", written[0]).rstrip("."))
        if number and number != ratio:
            factor = value / number
    return (None if base is None else len(base["point"] or "")), factor, suffix


def _unit_slip(
    stated: Mention, operands: Mapping[str, Mention], formula: Formula, judgement: Judgement, *, derived: bool
) -> str:
    """Return which figure makes the relation fit once its 万 or 亿 is put right; empty when none does.

    That the word was left out is told rather than that it was written for nothing.
    """
    figures = [one.quantity for one in operands.values()]
    value, interval = judgement.value, judgement.interval
    found: list[str] = []
    for place, figure in enumerate([stated.quantity, *figures]):
        if figure.kind not in _IN_SCALES:
            continue
        for factor in _UNIT_FACTORS:
            if figure.kind is Kind.COUNT and figure.value * factor < 1:
                continue  # nobody counts 0.0005所
            moved = _times(figure, factor)
            if place:
                changed = [*figures[: place - 1], moved, *figures[place:]]
                moved_right = judge(stated.quantity, formula, changed, derived=derived)
            else:
                moved_right = compare(
                    moved, value, interval, lambda: formula([cut_off(one) for one in figures]), derived=derived
                )
            # A divisor that became negative fits anything and explains nothing.
            if moved_right.holds and moved_right.value.is_finite():
                said = f"{_FACTOR_NAMES[factor]}{_scale_slip(figure.scale, figure.scale * factor)}"
                found.append(f"“{figure.text}”的单位可能有误：实际应{said}，改正后各数正好相符")
    return next((one for one in found if "漏写" in one), found[0] if found else "")


def _scale_slip(written: Decimal, meant: Decimal) -> str:
    """Return how the scale word should be put right: （“万”漏写）, （“万”应为“亿”）; empty for other scales."""
    if written not in _SCALE_WORDS or meant not in _SCALE_WORDS:
        return ""
    wrong, right = _SCALE_WORDS[written], _SCALE_WORDS[meant]
    if not wrong:
        return f"（“{right}”漏写）"
    return f"（“{wrong}”应为“{right}”）" if right else f"（“{wrong}”多写）"


def _times(figure: Quantity, factor: Decimal) -> Quantity:
    low, high = figure.interval.low, figure.interval.high
    interval = Interval(None if low is None else low * factor, None if high is None else high * factor)
    return Quantity(
        figure.span,
        figure.text,
        figure.value * factor,
        interval,
        figure.unit,
        figure.kind,
        figure.approximation,
        figure.upper,
        figure.decimals,
        figure.scale * factor,
        figure.han,
    )


def joined(figures: Sequence[Quantity], sign: str = "＋") -> str:
    """Return figures as written with a sign between them."""
    return sign.join(_squeezed(one) for one in figures)


def _squeezed(figure: Quantity) -> str:
    return "".join(figure.text.split())


def text_of(mention: Mention) -> str:
    """Return the figure of a mention as written, gaps taken out."""
    return _squeezed(mention.quantity)


def digits_written(figure: Quantity) -> int:
    """Return how many significant digits a figure is written with: 1330.5 has five, 500 has one."""
    number = figure.value / step(figure) if figure.decimals else figure.value / figure.scale
    text = f"{abs(number):f}".partition(".")[0].lstrip("0")
    return len(text if figure.decimals else text.rstrip("0")) or 1
