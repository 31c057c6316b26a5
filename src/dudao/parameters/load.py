"""From the YAML files of parameters to the parameters, all problems at once.

A file holds one parameter or a list of a family; each value names its document, since when, until when or last known.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from dudao.issues import Issue, Level, has_errors
from dudao.located_yaml.fields import Fields
from dudao.located_yaml.nodes import YamlList, YamlNode
from dudao.located_yaml.read import read_yaml_file
from dudao.located_yaml.sources import read_source
from dudao.parameters.model import NATION, DatedValue, Direction, Parameter
from dudao.provenance import ClauseSource, SourceStatus

VALUES = Path(__file__).parent / "values"

PARAMETER_KEYS = ("name", "title", "unit", "direction", "note", "source", "values")
VALUE_KEYS = ("value", "text", "region", "region_name", "since", "until", "last_known", "source")


def load_parameters(folder: Path) -> tuple[dict[str, Parameter], list[Issue]]:
    """Return the parameters below a folder by name, and what is wrong with their files."""
    issues: list[Issue] = []
    found: dict[str, Parameter] = {}
    for file in sorted(folder.rglob("*.yaml")):
        node, problems = read_yaml_file(file)
        issues.extend(problems)
        entries = node.items if isinstance(node, YamlList) else () if node is None else (node,)
        for entry in entries:
            parameter = _parameter(entry, issues)
            if parameter is None:
                continue
            if parameter.name in found:
                earlier = found[parameter.name].location
                message = f"参数“{parameter.name}”写了两次，前一次在{earlier}。"
                issues.append(
                    Issue(Level.ERROR, "parameters.duplicate", message, parameter.location, "请合并。", (earlier,))
                )
            found.setdefault(parameter.name, parameter)
    return found, issues


@cache
def shipped_parameters() -> dict[str, Parameter]:
    """Return the parameters that come with dudao.

    Raises:
        RuntimeError: the files that ship are damaged; a test keeps that from happening.
    """
    found, issues = load_parameters(VALUES)
    if has_errors(issues):
        raise RuntimeError(f"shipped parameters are unsound: {issues[0].location} {issues[0].message}")
    return found


def _parameter(node: YamlNode, issues: list[Issue]) -> Parameter | None:
    fields = Fields(node, known=PARAMETER_KEYS, what="参数", issues=issues, prefix="parameters")
    required = (("name", "代号"), ("title", "中文名称"), ("direction", "用法：at_least、at_most、exact或starts_at"))
    absent = [key for key, meaning in required if not fields.require(key, meaning)]
    source = read_source(fields.node("source"), what="参数", issues=issues, prefix="parameters")
    direction = fields.choice("direction", Direction)
    fields.what = f"参数{fields.text('name')}"
    fields.require("values", "取值的列表")
    values = [value for entry in fields.items("values") if (value := _value(entry, fields.what, source, issues))]
    issues.extend(_overlaps(fields.what, values))
    if absent or direction is None:
        return None
    name, title, unit = fields.text("name"), fields.text("title"), fields.text("unit")
    return Parameter(name, title, unit, direction, tuple(values), fields.text("note"), fields.location)


def _value(node: YamlNode, what: str, above: ClauseSource, issues: list[Issue]) -> DatedValue | None:
    fields = Fields(node, known=VALUE_KEYS, what=f"{what}的取值", issues=issues, prefix="parameters")
    number, text = fields.number("value"), fields.text("text")
    if number is None and not text:
        fields.error("value_missing", f"{what}有一处取值没有写value（或text）。", fields.location, "请写上数值。")
    region = fields.text("region", NATION)
    if not re.fullmatch(r"\d{6}", region):
        remedy = "请写六位行政区划代码，全国写“000000”或不写。"
        fields.error("region", f"{what}的地区“{region}”不是行政区划代码。", fields.place("region"), remedy)
    since, until, last_known = _day(fields, "since"), _day(fields, "until"), _day(fields, "last_known")
    source = read_source(fields.node("source"), what=what, issues=issues, inherited=above, prefix="parameters")
    if fields.require("since", "从哪天起，如 2023-01-01") and until is None and last_known is None:
        message = f"{what}从{since}起的取值没有写到哪天为止，也没有写最后见到它有效的日子。"
        fields.error("end_missing", message, fields.location, "请写 until（已失效）或 last_known（最后见到有效）。")
    if not source.document and not source.number and source.status is SourceStatus.CONFIRMED:
        message = f"{what}从{since}起的取值没有出处。"
        remedy = "请写 source: {document: …, number: …}；没有见到原件的，写 status: unconfirmed。"
        fields.error("source_missing", message, fields.location, remedy)
    if since is None:
        return None
    if until is not None and until < since:
        fields.error("dates", f"{what}的取值从{since}到{until}，日子倒了。", fields.location, "请改正since或until。")
    name = fields.text("region_name", "全国" if region == NATION else "")
    return DatedValue(region, name, since, until, last_known, number, text, source, fields.location)


def _day(fields: Fields, key: str) -> date | None:
    text = fields.text(key)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fields.error(
            "not_a_day",
            f"{fields.what}的“{key}”应是日子，这里写的是“{text}”。",
            fields.place(key),
            "写法：2023-01-01。",
        )
        return None


def _overlaps(what: str, values: Iterable[DatedValue]) -> list[Issue]:
    issues = []
    ordered = sorted(values, key=lambda value: (value.region, value.since))
    for earlier, later in pairwise(ordered):
        if earlier.region == later.region and (earlier.until is None or later.since <= earlier.until):
            message = f"{what}在{later.since}有两个取值：从{earlier.since}起的没有在这之前结束。"
            remedy = "请给较早的取值写上until。"
            issues.append(
                Issue(Level.ERROR, "parameters.overlap", message, later.location, remedy, (earlier.location,))
            )
    return issues
