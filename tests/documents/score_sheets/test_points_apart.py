"""Points that stand apart from their titles: cards, points behind sentences, two tables side by side."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from dudao.documents.reading import read_document
from dudao.documents.score_sheet import ScoreSheet
from dudao.documents.score_sheets.prose import read_prose
from dudao.documents.score_sheets.reading import read_score_sheet


def points(sheet: ScoreSheet | None) -> list[tuple[str, str, str]]:
    assert sheet is not None
    return [(row.name, str(row.full_points), str(row.self_points)) for row in sheet.rows]


NUMBERED_CARDS = """青松县自评情况
1.学习贯彻
分值：10分
自评得分：9分
自评说明：全年学习12次。
2.经费投入
分值：20分
自评得分：19.5分
自评说明：足额拨付。
"""

NAMED_CARDS = """青松县自评情况
指标名称：学习贯彻
分值：10
自评得分：9
指标名称：经费投入
满分：20分
自评分：19.5分
"""

SENTENCES = """青松县自评情况
1.学习贯彻。全年学习12次，落实到位。（10分，自评9分）
2.经费投入。足额拨付，及时到位。（20分，自评19.5分）
"""

BELOW = """青松县自评情况
1.学习贯彻
全年学习12次，落实到位。（10分，自评9分）
2.经费投入
足额拨付，及时到位。（20分，自评19.5分）
"""


@pytest.mark.parametrize("text", [NUMBERED_CARDS, NAMED_CARDS, SENTENCES, BELOW])
def test_points_apart_from_their_titles_are_read(text: str) -> None:
    assert points(read_prose(text)) == [("学习贯彻", "10", "9"), ("经费投入", "20", "19.5")]


def test_what_stands_on_a_card_is_its_note() -> None:
    sheet = read_prose(NUMBERED_CARDS)
    assert sheet is not None
    assert "全年学习12次" in sheet.rows[0].note
    assert NUMBERED_CARDS[sheet.rows[1].span.start :].startswith("经费投入")


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况\n学校定期自查。（见附件1）\n二、主要做法\n落实到位。（共5项）\n",
        "1.学习贯彻\n全年学习12次。（10分）\n2.经费投入\n足额拨付。（20分）\n",
        "1.学习贯彻\n自评得分说明如下\n2.经费投入\n分值较高\n",
        "一、存在问题\n1.学习不够。（10分，自评9分）\n2.经费不足。（20分，自评19分）\n",
    ],
)
def test_no_points_are_invented(text: str) -> None:
    assert read_prose(text) is None


@pytest.fixture
def word_table(tmp_path: Path) -> Callable[[list[list[str]]], ScoreSheet | None]:
    def build(rows: list[list[str]]) -> ScoreSheet | None:
        document = docx.Document()
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                table.cell(row, column).text = words
        document.save(str(tmp_path / "自评表.docx"))
        return read_score_sheet(read_document(tmp_path / "自评表.docx"))

    return build


def test_two_tables_side_by_side_are_one_sheet(word_table: Callable[[list[list[str]]], ScoreSheet | None]) -> None:
    sheet = word_table(
        [
            ["指标", "分值", "自评得分", "指标", "分值", "自评得分"],
            ["学习贯彻", "10", "9", "校园安全", "30", "30"],
            ["经费投入", "20", "19.5", "队伍建设", "40", "38"],
            ["合计", "100", "96.5", "", "", ""],
        ]
    )
    assert points(sheet) == [
        ("学习贯彻", "10", "9"),
        ("经费投入", "20", "19.5"),
        ("校园安全", "30", "30"),
        ("队伍建设", "40", "38"),
    ]
    assert sheet is not None
    assert (str(sheet.full_points), str(sheet.self_points)) == ("100", "96.5")
