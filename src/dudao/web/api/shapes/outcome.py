"""Shapes of the rules on the whole (一票否决、等次) and of the facts that only they ask for."""

from typing import Annotated

from ninja import Field, Schema

from dudao.web.api.shapes.common import Given


class OutcomeRuleShape(Schema):
    """A rule on the whole: `holds` is null while something it looks at is unknown; then `missing` says what."""

    name: str
    effect: str
    holds: bool | None
    steps: list[str]
    missing: list[str]


class OutcomeFactShape(Schema):
    """A fact that such a rule asks for: of the region itself or of one below it; an empty value is not filled in."""

    region: str
    region_name: str
    name: str
    title: str
    part: str
    part_title: str
    period: str
    unit: str
    kind: str
    value: str
    version: int


class OutcomeShape(Schema):
    """What the rules on the whole say by the figures filled in so far: a forecast, no result of an evaluation.

    `grade` is null while several are possible, `possible` lists them from best to worst; both are empty where the
    scheme has no grades.
    """

    points: str | None
    low: str
    high: str
    full: str
    grade: str | None
    possible: list[str]
    steps: list[str]
    rules: list[OutcomeRuleShape]
    facts: list[OutcomeFactShape]


class OutcomeFactGiven(Given):
    """The fact and its new value: digits as text or 是/否, empty for none."""

    region: Annotated[str, Field(max_length=12, pattern="^[0-9]+$", description="地区代码")]
    name: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]*$", description="数据项")]
    period: Annotated[str, Field(max_length=12, pattern=r"^[^\x00]*$", description="所属年")]
    part: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")] = ""
    value: Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]
