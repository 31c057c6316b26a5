"""What a sentence says of a row of a table: what the row does not bear out is told, what it does is not."""

import pytest

from dudao.claims.contradictions.rows_told import CODE
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import check_document

TABLE = """海宁州2023年校舍改造进展
各县（市）改造进展情况
县（市）\t项目数（个）\t已竣工项目（个）\t生均校舍差异系数
白水县\t38\t31\t0.41
青石县\t24\t22\t0.33
南河市\t52\t45\t0.47
合计\t114\t98\t
"""


def told(sentence: str) -> list[str]:
    text = f"{TABLE}\n二、分县进展\n{sentence}"
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain")
    return [one.message for one in check_document(document).findings if one.code == CODE]


@pytest.mark.parametrize(
    "sentence",
    [
        "白水县还有7个项目未竣工。",
        "南河市项目最多，达52个，竣工率86.5%。",
        "生均校舍差异系数最小的是青石县，为0.33；最大的是南河市，为0.47。",
        "青石县校舍项目比白水县少14个，全州竣工率86.0%。",
        "白水县2024年将再竣工6个项目。",
        "白水县、青石县分别有5个、2个项目未竣工验收。",
    ],
)
def test_what_the_row_bears_out_or_does_not_speak_of_is_not_told(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "白水县还有9个项目未竣工。",
        "青石县项目最多，全年未发生质量问题。",
        "南河市竣工率76.5%，需要加快进度。",
        "生均校舍差异系数最小的是青石县，为0.38。",
    ],
)
def test_what_the_row_does_not_bear_out_is_told(sentence: str) -> None:
    assert len(told(sentence)) == 1


DISTRICTS = """长江区2024年优质均衡自评
各学区资源配置
学区\t学校数（所）\t在校学生（人）\t达标学校（所）
沿江学区\t13\t17280\t12
城南学区\t12\t16805\t11
合计\t25\t34085\t23
"""


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("城南学区1所学校未达标。", 0),
        ("城南学区3所学校未达标。", 1),
        ("城南学区寄宿在校学生1608人。", 0),
        ("城南学区2所小学在校生超过2000人，学校校额偏大；9863名随迁子女中，大多在公办学校就读。", 0),
    ],
)
def test_only_columns_of_one_unit_are_parts_and_wholes(sentence: str, count: int) -> None:
    text = f"{DISTRICTS}\n二、工作情况\n{sentence}"
    document = document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain")
    assert len([one for one in check_document(document).findings if one.code == CODE]) == count
