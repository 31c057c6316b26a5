"""A claim over the cells of a table: its sentence, verdict and place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.claims.arithmetic import Formula, judge
from dudao.claims.model import Claim, ClaimType, Computed
from dudao.claims.proposals import Proposal, shown
from dudao.provenance import Span
from dudao.quantities.model import Interval, Kind, Quantity

_COUNTED = re.compile(r"[数人所名个班]$|学校|学生|教师|幼儿|班级|[（(][人所名个班家园户][）)]")
_SEVERAL_UNITS = re.compile(r"单位\s*[：:]\s*[^\s，。；、]{1,6}[、/／]")
"""单位：个、平方米、万元 says of no column what it is measured in."""
_MEASURED = re.compile(r"元|经费|支出|投入|投资|款|收入|资金|金额|面积|平方米|预算|决算|工资|亩")
_CHANGE_OF_COUNT = re.compile(
    r"(?:比|较|同|与)(?:上学?年|去年|前一?年|上一年|(?:19|20)\d\d年)(?:同期)?(?:相?比)?(?=增减|增加|减少|净增|变化|增[（(]|增$)"
)
_SCORED = re.compile(r"权重|分值|得分|赋分|标准分|扣分|核减分|自评分|满分")
_RATE = re.compile(
    r"率|比|均|占(?!地|用)|差异|系数|年份|序号|编号|编码|代码|标准(?!分(?![类档]))|百分|[%％‰]|幅|增速|增长(?![额数量人])|每|满意度|完成度|进度|指数"
    r"|班额(?![班数校分情])|排名|位次|名次|年龄|年限|最[高低大小]|中位|[单均造]价|元[/／]"
)


@dataclass(frozen=True, slots=True)
class TableWording:
    """How a relation of tables speaks: its name, type, formula over operand names, the same in Chinese."""

    relation: str
    type: ClaimType
    formula: str
    spoken: str


def table_claim(
    quantities: Mapping[int, Quantity] | Sequence[Quantity],
    wording: TableWording,
    operands: Mapping[str, int],
    rule: Formula,
    strength: int,
    *,
    derived: bool,
) -> Proposal:
    """Return the proposal that the first operand is what the rule makes of the others, in their order."""
    stated, *others = (quantities[number] for number in operands.values())
    judgement = judge(stated, rule, others, derived=derived)
    value = shown(judgement.value, stated, more=2)
    said = "相符" if judgement.holds else f"不符，与之相符的值为{shown(judgement.value, stated, more=0)}"
    spans = [quantities[number].span for number in operands.values()]
    claim = Claim(
        type=wording.type,
        relation=wording.relation,
        span=Span(min(one.start for one in spans), max(one.end for one in spans)),
        operands=dict(operands),
        formula=wording.formula,
        verdict=judgement.verdict,
        computed=Computed(judgement.value, judgement.interval, stated.unit),
        message=f"{wording.spoken}＝{value}，与文中“{stated.text}”{said}",
        rounding=judgement.rounding,
    )
    # Other readings of doubtful figures are tried without their minus.
    signed = any(quantities[number].value < 0 for number in operands.values())
    tried = None if signed else rule
    return Proposal(claim, next(iter(operands.values())), strength, formula=tried, derived=derived)


def is_scored(names: Iterable[str]) -> bool:
    """Return whether one of the columns tells points: then rows are named by what is scored, 公办园占比 or 满意度."""
    return any(_SCORED.search(name) for name in names)


def as_point(figure: Quantity) -> Quantity:
    """Return points of one decimal at most as exact: nobody rounds 12.4 of 13."""
    if figure.kind not in (Kind.OTHER, Kind.SCORE) or figure.decimals != 1 or figure.approximation is not None:
        return figure
    return replace(figure, interval=Interval(figure.value, figure.value))


def is_rate_column(name: str) -> bool:
    """Return whether the name of a column says that its figures are rates, means or ranks, which add up to nothing."""
    return _RATE.search(_CHANGE_OF_COUNT.sub("", name)) is not None


def says_count(name: str, caption: str = "") -> bool:
    """Return whether the name of a column says that its figures are counts or amounts, which add up."""
    return not is_rate_column(name) and bool(_COUNTED.search(name) or _MEASURED.search(f"{name}{caption}"))


def lies_between(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Return whether a figure is no more than the largest of several and no less than the smallest: a mean or rate."""
    values = [one.value for one in parts]
    return min(values) > 0 and min(values) <= total.value <= max(values)


def written_digits(figure: Quantity) -> int:
    """Return how many digits a figure is written with, noughts at either end left aside."""
    return len(format(abs(figure.value / figure.scale), "f").replace(".", "").strip("0"))


def told_digits(figure: Quantity) -> int:
    """Return how many digits a figure tells, noughts behind its point among them: 10.00 has four, 0.55 two."""
    return len(format(abs(figure.value / figure.scale), f".{figure.decimals}f").replace(".", "").lstrip("0"))


def negated(figure: Quantity) -> Quantity:
    """Return a figure that a minus stands before which is no part of it."""
    low, high = figure.interval.low, figure.interval.high
    interval = Interval(None if high is None else -high, None if low is None else -low)
    return replace(figure, value=-figure.value, interval=interval, text=f"-{figure.text}")


def as_amount(figure: Quantity) -> Quantity:
    """Return a figure of a cell that stands alone in its line, where 87.7 and 60 look like the number of a heading."""
    if figure.kind is not Kind.ORDINAL or not (figure.decimals or figure.text.isdecimal()):
        return figure
    half = figure.scale.scaleb(-figure.decimals) / 2 if figure.decimals else Decimal(0)
    return replace(figure, kind=Kind.OTHER, interval=Interval(figure.value - half, figure.value + half))


def as_written(figure: Quantity, name: str, caption: str) -> Quantity:
    """Return a whole figure as one rounded to its last digit unless its column counts things: 33518 of 万元."""
    if figure.decimals or figure.interval.low != figure.interval.high:
        return figure
    counted = figure.kind is Kind.COUNT or bool(_COUNTED.search(name) and not _MEASURED.search(name))
    measured = _MEASURED.search(caption) and not _SEVERAL_UNITS.search(caption)
    if not _MEASURED.search(name) and (counted or not measured):
        return figure
    half = figure.scale / 2
    return replace(figure, interval=Interval(figure.value - half, figure.value + half))
