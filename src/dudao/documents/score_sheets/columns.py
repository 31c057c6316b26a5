"""What the columns of a score table are, from their headings (`一级指标`, `标准分`, `自查得分`, `评分说明`)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from dudao.documents.score_sheets.points import plain


class Role(StrEnum):
    """What a column of a score table holds; `OTHER` columns (评分标准, 复核得分) are left alone."""

    NUMBER = "number"
    NAME = "name"
    FULL = "full"
    SELF = "self"
    DEDUCTION = "deduction"
    NOTE = "note"
    OTHER = "other"


# The first pattern that fits decides, so what belongs to others stands before what looks like it.
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NUMBER, re.compile(r"序号|编号|指标编码|代码|No\.?")),
    (
        Role.OTHER,
        re.compile(
            r".*(?:复核|核查|核定|核验|省级?评|市级?评|县级?评|省得|评审|评估组|督导组|考核组|专家|实得|上级|网评|终评|认定|抽查).*"
        ),
    ),
    (Role.NOTE, re.compile(r".*(?:扣分|失分|得分)(?:原因|说明|理由|依据|情况说明|情况).*")),
    (
        Role.NOTE,
        re.compile(
            r".*(?:自评|自查)(?:说明|情况|描述|报告|依据|材料|意见|概述|内容|结果说明|简述).*|.*(?:完成|落实|工作|开展|实施|达标|履职)(?:开展)?情况.*|评分说明|说明|备注|备注说明|情况说明|主要做法.*"
        ),
    ),
    (Role.SELF, re.compile(r"(?:自评)?(?:加权|折算后?)(?:得分|分值?|自评分)")),
    (Role.DEDUCTION, re.compile(r"(?:自评|自查)?扣分(?:值|数)?")),
    (
        Role.SELF,
        re.compile(
            r".*(?:自评|自查|自测|自我评[价分]).*(?:分|得|值|数)|(?:[省市县区州旗])?(?:级|本级|政府)?(?:自评|自查|自测)|(?:得分|评分|实得分)"
        ),
    ),
    (
        Role.OTHER,
        re.compile(r".*(?:标准|细则|办法|方法|依据|方式|要求|说明|材料|部门|单位|责任).*(?<!标准分)(?<!标准分值)$"),
    ),
    (Role.FULL, re.compile(r".*(?:分值|满分|标准分|标准分数|基准分|赋分|配分|应得分|权重分?|总分)|分数|分")),
    (
        Role.NAME,
        re.compile(
            r".*(?:指标|项目|内容|要点|要素|测评点|评价点|观测点|考核项|类别|维度|方面|名称|任务|事项|重点).*|.*[一二三四]级|[ABC]级?"
        ),
    ),
)
_UNIT = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the table, what it holds, and its heading."""

    index: int
    role: Role
    heading: str


def role_of(heading: str) -> Role:
    """Return what a column with this heading holds."""
    words = re.sub(r"\s", "", _UNIT.sub("", plain(re.sub(r"\s", "", heading))))
    if "百分制" in heading:
        return Role.OTHER  # points out of a hundred before they are weighed
    for role, pattern in _ROLES:
        if pattern.fullmatch(words):
            return role
    return Role.OTHER


def columns_of(headings: list[str]) -> tuple[Column, ...] | None:
    """Return the columns of a header row; None when the row heads no score table.

    A score table names its items and has a column for the points that the government gives itself.
    """
    columns = tuple(
        Column(index, role_of(heading), heading) for index, heading in enumerate(headings) if heading.strip()
    )
    roles = [column.role for column in columns]
    if Role.NAME not in roles or not (Role.SELF in roles or Role.DEDUCTION in roles):
        return None
    return columns
