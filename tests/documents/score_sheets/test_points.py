from decimal import Decimal

import pytest

from dudao.documents.score_sheets.points import plain, printed_behind


@pytest.mark.parametrize(
    ("line", "full", "own"),
    [
        ("1.加强党的领导情况。(5分,自评分4.8分)", "5", "4.8"),
        ("（一）依法治教（63分，自评得分61.6分）", "63", "61.6"),
        ("（1）校园安全（分值5分，自评4.8分）", "5", "4.8"),
        ("2、师资队伍【6分，自查得分5.5分】", "6", "5.5"),
        ("3. 经费投入［10分］自评得分：9.5分", "10", "9.5"),
        ("3. 经费投入（10分）（自评9.5分）", "10", "9.5"),
        ("4.信访稳定(8分,自评分8 分)", "8", "8"),
        ("4.信访稳定（标准分：8分；得分：7 .5分）", "8", "7.5"),
        ("5.控辍保学（3分，扣0.2分）", "3", "2.8"),
        ("5.控辍保学（3分，不扣分）", "3", "3"),
        ("6.控辍保学（３分，自评２.５分）", "3", "2.5"),
        ("7.学前教育 分值4分 自评得分3.5分", "4", "3.5"),
        ("8.学前教育（满分4分）", "4", None),
        ("9.特殊教育（本项4分，我市自评分3.9分）", "4", "3.9"),
    ],
)
def test_points_behind_a_title(line: str, full: str, own: str | None) -> None:
    points = printed_behind(plain(line))
    assert points is not None
    assert (points.full_points, points.own_points()) == (Decimal(full), own and Decimal(own))


@pytest.mark.parametrize(
    "line",
    [
        "1.中考体育与健康科目满分60分，其中平时成绩占20分。",
        "2.书面作业不超过90分钟（小学60分钟）。",
        "3.组织培训12次（参训教师1200人）。",
        "4.我市高度重视。全省测评（满分100分）名列前茅。",
        "5.印发通知（辽政教督室函〔2021〕19号）。",
        "6.强化班子建设（见附件5）",
    ],
)
def test_other_numbers_in_brackets_are_no_points(line: str) -> None:
    assert printed_behind(plain(line)) is None
