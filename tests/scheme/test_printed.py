"""What cells print, read: texts and what they mean, and texts that only look like it."""

from decimal import Decimal

import pytest

from dudao.scheme.table_import.columns import Role, role_of
from dudao.scheme.table_import.printed import read_departments, read_evidence, read_name, read_points


@pytest.mark.parametrize(
    ("text", "number", "name", "points"),
    [
        ("一、党的领导\n（17分）", "1", "党的领导", "17"),
        ("1.学习贯彻情况(4分)", "1", "学习贯彻情况", "4"),
        ("3党建工作情况（5分）", "3", "党建工作情况", "5"),
        ("4 .校园安全工作情况(8分)", "4", "校园安全工作情况", "8"),
        ("（一）依法治教（６３分，自评得分61.6分）", "1", "依法治教", "63"),
        ("A1 组织领导 10分", "A1", "组织领导", "10"),
        ("1.1.2 专题研究（2.5分）", "1.1.2", "专题研究", "2.5"),
        ("①机构健全", "1", "机构健全", None),
        ("第二部分 保障（二十分）", "2", "保障", "20"),
        ("党\n的\n领\n导\n︵17分︶".replace("︵", "（").replace("︶", "）"), "", "党的领导", "17"),
        ("教师培训（每人不少于72学时）(3分)", "", "教师培训（每人不少于72学时）", "3"),
        ("2022年工作", "", "2022年工作", None),
        ("12个班以上学校", "", "12个班以上学校", None),
        ("3—6岁普及程度", "", "3—6岁普及程度", None),
        ("3.3—6岁普及程度", "3", "3—6岁普及程度", None),
        ("30%以上达标", "", "30%以上达标", None),
        ("1.5倍增长", "", "1.5倍增长", None),
        ("每发现1起扣1分", "", "每发现1起扣1分", None),
        ("少于2次的得3分", "", "少于2次的得3分", None),
        ("一、", "", "一", None),
    ],
)
def test_number_name_and_points_of_a_cell(text: str, number: str, name: str, points: str | None) -> None:
    read = read_name(text)
    assert (read.number, read.name, read.points) == (number, name, None if points is None else Decimal(points))


@pytest.mark.parametrize(
    ("text", "points", "doubtful"),
    [
        ("17", "17", False),
        ("１７", "17", False),
        ("4.5分", "4.5", False),
        ("（5分）", "5", False),
        ("十分", "10", False),
        ("20%", "20", True),
        ("每项1分，共5分", "5", True),
        ("10分（含加分2分）", "10", True),
        ("-5", "-5", False),
        ("酌情", None, False),
        ("0-5", None, False),
        ("一票否决", None, False),
    ],
)
def test_points_of_a_cell(text: str, points: str | None, doubtful: bool) -> None:
    assert read_points(text) == (None if points is None else Decimal(points), doubtful)


@pytest.mark.parametrize(
    ("text", "lead", "others"),
    [
        ("市教育局", "市教育局", ()),
        ("市教育局、市财政局", "市教育局", ("市财政局",)),
        ("教育局\n财政局；审计局", "教育局", ("财政局", "审计局")),
        ("牵头单位：市财政局；配合单位：市教育局、市人社局", "市财政局", ("市教育局", "市人社局")),
        ("财政局、教育局（牵头）", "教育局", ("财政局",)),
        ("教育局、教育局", "教育局", ()),
        ("", "", ()),
    ],
)
def test_departments_of_a_cell(text: str, lead: str, others: tuple[str, ...]) -> None:
    assert read_departments(text) == (lead, others)


def test_evidence_of_a_cell() -> None:
    assert read_evidence("1.会议记录；2.文件\n3.统计表") == ("会议记录", "文件", "统计表")
    assert read_evidence("2023年决算表；决算表") == ("2023年决算表", "决算表")


@pytest.mark.parametrize(
    ("role", "texts"),
    [
        (Role.LEVEL, "一级指标 二级指标 A级指标 C级 评价维度 评估项目 考核指标 重点任务 二级指标及分值 测评指标"),
        (Role.CONTENT, "评价要点 考核内容 观测点 评价要素 指标内涵 评价内容及要求 工作任务 指标解释"),
        (Role.POINTS, "分值 分值（分） 标准分 满分 权重（%） 赋分值 配分 基础分"),
        (Role.RULE, "评分标准 评分细则 计分办法 赋分标准 考核标准 量化标准 评分标准及办法 计分说明"),
        (Role.LEAD, "牵头单位 牵头部门"),
        (Role.DEPARTMENT, "责任单位 责任科室 配合单位 协同部门"),
        (Role.EVIDENCE, "佐证材料 备查资料 支撑材料 数据来源 材料清单"),
        (Role.IGNORED, "自评得分 自评分 自评说明 得分 复核得分 核定分 备注 完成情况 指标类型"),
        (Role.SERIAL, "序号 编号"),
    ],
)
def test_headers_say_what_their_columns_hold(role: Role, texts: str) -> None:
    assert {text: role_of(text) for text in texts.split()} == dict.fromkeys(texts.split(), role)
