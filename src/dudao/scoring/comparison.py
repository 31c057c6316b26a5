"""One comparison of a value with a bound: 不低于, 不超过, 高于, 低于, 等于."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dudao.scoring.settings import SettingsReader, exact_number
from dudao.scoring.wording import figure

WORDS = {"at_least": "不低于", "at_most": "不超过", "above": "高于", "below": "低于", "is": "为"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a value must stand to `bound`; a bool or text bound is compared with the fact as stated."""

    relation: str
    bound: Decimal | bool | str

    @property
    def numeric(self) -> bool:
        """Return whether numbers are compared."""
        return not isinstance(self.bound, bool | str)

    def holds(self, value: Fraction | bool | str) -> bool:
        """Return whether the value satisfies the comparison."""
        if isinstance(self.bound, bool | str) or isinstance(value, bool | str):
            return value == self.bound and isinstance(value, bool) is isinstance(self.bound, bool)
        bound = Fraction(self.bound)
        match self.relation:
            case "at_least":
                return value >= bound
            case "at_most":
                return value <= bound
            case "above":
                return value > bound
            case "below":
                return value < bound
            case _:
                return value == bound

    def wording(self, unit: str) -> str:
        """Return the comparison as a sentence part: 不低于 85%."""
        return f"{WORDS[self.relation]} {figure(self.bound, unit)}"


def read_comparison(settings: SettingsReader) -> Comparison:
    """Return the one comparison that is written."""
    written = [relation for relation in WORDS if settings.has(relation)]
    for relation in WORDS:
        settings.raw(relation, required=False)
    if len(written) != 1:
        names = "、".join(written) or "一个也没有"
        settings.report("one_comparison", f"应写且只写一个比较，现在写了：{names}", f"可写 {'、'.join(WORDS)}")
        return Comparison("at_least", Decimal(0))
    relation = written[0]
    value = settings.raw(relation)
    if relation == "is" and isinstance(value, bool):
        return Comparison(relation, value)
    number = exact_number(value)
    if number is not None:
        return Comparison(relation, number)
    if relation == "is" and isinstance(value, str):
        return Comparison(relation, value)
    settings.report("ill_typed_setting", f"{relation} 应为数，写的是 {value!r}", f'例如 {relation}: "85"', key=relation)
    return Comparison("at_least", Decimal(0))
