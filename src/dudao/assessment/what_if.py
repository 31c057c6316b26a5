"""What-if: the same assessment with some facts changed (`education_spending@2022=125亿元`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dudao.assessment.facts import Fact, FactSource
from dudao.assessment.model import Assessment
from dudao.assessment.values import read_value
from dudao.errors import WrongUseError
from dudao.located_yaml.fields import nearest
from dudao.periods import is_period
from dudao.scheme.model import Scheme

_FORM = re.compile(
    r"(?P<name>[^.@=\s]+)(?:\.(?P<part>[^@=\s]+))?(?:@(?P<period>[^=\s]+))?\s*=\s*(?P<value>.+)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Change:
    """One changed fact of the region judged."""

    fact: Fact


def read_changes(written: Iterable[str], assessment: Assessment, scheme: Scheme) -> tuple[Change, ...]:
    """Return the changes written as `NAME[.PART][@PERIOD]=VALUE`.

    Without a period it is the year of the assessment, or the last one stated where that year is not: a scheme may
    judge the year before.

    Raises:
        WrongUseError: a change cannot be understood, or names a fact the scheme does not know.
    """
    return tuple(_change(text, assessment, scheme) for text in written)


def changed(assessment: Assessment, changes: Iterable[Change]) -> Assessment:
    """Return the assessment with the changed facts in place of those of the same name, part and period."""
    new = {_key(change.fact): change.fact for change in changes}
    kept = tuple(fact for fact in assessment.facts if _key(fact) not in new)
    return replace(assessment, facts=(*kept, *new.values()))


def _key(fact: Fact) -> tuple[str, str, str, str]:
    return fact.name, fact.place, fact.period, fact.part


def _usual_period(name: str, part: str, assessment: Assessment) -> str:
    year = str(assessment.year)
    stated = {
        fact.period
        for fact in assessment.facts
        if fact.name == name and fact.part == part and fact.place == assessment.region.id
    }
    return max(stated, default=year) if year not in stated else year


def _change(text: str, assessment: Assessment, scheme: Scheme) -> Change:
    match = _FORM.fullmatch(text.strip())
    if match is None:
        advice = "写法是 数据名=值，如 education_spending=125亿元、pupils.primary@2021=10030人。"
        raise WrongUseError(f"--what-if “{text}”看不懂。", advice=advice)
    name, part = match["name"], match["part"] or ""
    period = match["period"] or _usual_period(name, part, assessment)
    declared = {declaration.name: declaration for declaration in scheme.facts}
    if name not in declared:
        near = nearest(name, tuple(declared))
        advice = f"是否要写“{near}”？" if near else f"可用的数据有：{'、'.join(declared)}。"
        raise WrongUseError(f"方案没有数据“{name}”。", advice=advice)
    parts = dict(declared[name].parts)
    if bool(part) != bool(declared[name].dimension) or (parts and part not in parts):
        advice = f"请写成 {name}.{'|'.join(parts) or '分项'}=…" if declared[name].dimension else f"请写成 {name}=…"
        raise WrongUseError(f"数据“{name}”{'要写明' if declared[name].dimension else '没有'}分项。", advice=advice)
    if not is_period(period):
        raise WrongUseError(f"期间“{period}”认不出。", advice="年份写 2022，学年写 2022-2023，日期写 2022-06-30。")
    read = read_value(match["value"])
    if read.problem:
        raise WrongUseError(
            f"--what-if “{text}”：{read.problem}。", advice="值写成数加单位，如 125亿元、40%；是非写 是 或 否。"
        )
    source = FactSource(method=f"假设（--what-if {text}）")
    fact = Fact(name, assessment.region.id, period, read.value, read.unit, part, source, match["value"].strip())
    return Change(fact)
