"""The value that holds at a place on a day: the county's own, else its city's, its province's, the nation's."""

from collections.abc import Mapping
from datetime import date

from dudao.errors import WrongUseError
from dudao.issues import Issue, Level
from dudao.located_yaml.fields import nearest
from dudao.parameters.load import shipped_parameters
from dudao.parameters.model import NATION, DatedValue, Parameter, ParameterValue
from dudao.provenance import SourceStatus


def regions_above(region: str) -> tuple[str, ...]:
    """Return the region and all above it by their GB/T 2260 codes: 211102 → 211100 → 210000 → 000000."""
    steps = (region, f"{region[:4]}00", f"{region[:2]}0000", NATION)
    return tuple(dict.fromkeys(steps))


def value_at(
    name: str, region: str, day: date, parameters: Mapping[str, Parameter] | None = None
) -> ParameterValue | None:
    """Return the value in force at a region on a day; None when nothing was in force there and then.

    Args:
        name: the name of the parameter.
        region: the six-digit code of the region; `000000` for the nation.
        day: the day that is judged.
        parameters: where to look; those that come with dudao when not given.

    Raises:
        WrongUseError: there is no parameter of this name, or the region is no code.
    """
    known = shipped_parameters() if parameters is None else parameters
    if name not in known:
        near = nearest(name, list(known))
        raise WrongUseError(f"没有名为“{name}”的参数。", advice=f"是否要写“{near}”？" if near else "")
    if len(region) != 6 or not region.isdigit():
        raise WrongUseError(f"“{region}”不是六位行政区划代码。", advice="全国写 000000，辽宁省写 210000。")
    parameter = known[name]
    for place in regions_above(region):
        for value in parameter.values:
            if value.region == place and value.holds_on(day):
                return ParameterValue(parameter, value, tuple(_warnings(parameter, value, day)))
    return None


def _warnings(parameter: Parameter, value: DatedValue, day: date) -> list[Issue]:
    issues = []
    shown = f"{value.region_name}“{parameter.title}”（{_written(parameter, value)}，{value.since.year}年起）"
    if value.until is None and value.last_known is not None and day > value.last_known:
        message = f"{shown}最后一次见到有效是{value.last_known.isoformat()}，到{day.isoformat()}可能已经变了。"
        remedy = "请对照最新文件核对。"
        issues.append(Issue(Level.WARNING, "parameters.may_be_stale", message, value.location, remedy))
    if value.source.status is SourceStatus.UNCONFIRMED:
        note = f"（{value.source.note}）" if value.source.note else ""
        message = f"{shown}没有见到原件{note}。"
        remedy = "请取得原件核对后使用。"
        issues.append(Issue(Level.WARNING, "parameters.unconfirmed", message, value.location, remedy))
    return issues


def _written(parameter: Parameter, value: DatedValue) -> str:
    return value.text or f"{value.number:f}{parameter.unit}"
