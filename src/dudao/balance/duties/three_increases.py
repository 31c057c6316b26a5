"""三个增长: appropriations grow faster than regular revenue; spending, pay and running cost per head rise."""

from functools import partial

from dudao.assessment.facts import Fact
from dudao.balance.duties.facts import Series, Where, exact, fact, growth, ratio
from dudao.provenance import ClauseSource

SOURCE = ClauseSource(document="中华人民共和国教育法", clause="第五十六条")


def three_increases(
    place: str,
    year: int,
    *,
    appropriation: Series,
    regular_revenue: Series,
    spending: Series,
    pupils: Series,
    teacher_pay: Series,
    teachers: Series,
    running_cost: Series,
) -> tuple[Fact, ...]:
    """Return the three tests for one year against the year before; each must be a real rise, a tie is none.

    Args:
        place: the county or city.
        year: the fiscal year that is judged.
        appropriation: 教育财政拨款 by year.
        regular_revenue: 财政经常性收入 by year.
        spending: education spending by year.
        pupils: enrolled pupils by year.
        teacher_pay: total pay of teachers by year.
        teachers: mean number of teachers by year.
        running_cost: 公用经费 by year.
    """
    where = Where(place, str(year))
    tell = partial(fact, where, source=SOURCE)
    money = growth(appropriation.get(year), appropriation.get(year - 1))
    revenue = growth(regular_revenue.get(year), regular_revenue.get(year - 1))
    faster = None if money is None or revenue is None else money > revenue
    per_pupil = _rises(year, spending, pupils)
    pay = _rises(year, teacher_pay, teachers)
    running = _rises(year, running_cost, pupils)
    third = False if False in (pay, running) else None if None in (pay, running) else True
    return (
        tell("appropriation_growth", money, unit="%", method="(本年−上年)÷上年"),
        tell("regular_revenue_growth", revenue, unit="%", method="(本年−上年)÷上年"),
        tell("appropriation_outgrows_revenue", faster, method="拨款增长 > 经常性收入增长"),
        tell("spending_per_pupil_rises", per_pupil, method="生均教育费用本年 > 上年"),
        tell("pay_and_running_cost_rise", third, method="教师工资和生均公用经费都增长"),
    )


def _rises(year: int, top: Series, bottom: Series) -> bool | None:
    now = exact(ratio(top.get(year), bottom.get(year)))
    before = exact(ratio(top.get(year - 1), bottom.get(year - 1)))
    return None if now is None or before is None else now > before
