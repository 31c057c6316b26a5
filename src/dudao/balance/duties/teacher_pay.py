"""义务教育教师平均工资收入不低于当地公务员: two means in equal scope, compared by county and year."""

from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Number, Where, at_least, exact, fact, ratio
from dudao.provenance import ClauseSource

SOURCE = ClauseSource(document="中华人民共和国义务教育法", clause="第三十一条")


def teacher_pay(place: str, year: int, *, teacher_mean: Number, civil_servant_mean: Number) -> tuple[Fact, ...]:
    """Return both means, their ratio and whether teachers earn at least as much; private schools are left out."""
    where = Where(place, str(year))
    tell = partial(fact, where, source=SOURCE)
    method = "教师平均工资收入÷公务员平均工资收入"
    return (
        tell("teacher_mean_pay", exact(teacher_mean), unit="元", method="年工资收入÷平均人数"),
        tell(
            "civil_servant_mean_pay",
            exact(civil_servant_mean),
            unit="元",
            method="年工资收入÷平均人数",
        ),
        tell("teacher_pay_ratio", ratio(teacher_mean, civil_servant_mean), method=method),
        tell("teacher_pay_not_below", at_least(teacher_mean, civil_servant_mean), method="比值 ≥ 1"),
    )
