"""Tables as offices draw them: nested totals, numbered rows, 其中, headers of two lines, pasted as lines of text."""

import pytest

from dudao.claims.check import check_text
from dudao.claims.model import ClaimReport
from dudao.documents.bare_tables import bare_tables
from dudao.documents.lined_tables import lined_tables
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.issues import Level

NESTED = """附表1：各乡镇中小学情况
序号 乡镇 学校数（所） 教职工（人）
1 东关街道 9 684
2 西关街道 7 572
城区小计 16 1256
3 石门镇 8 318
4 柳河镇 6 227
农村小计 14 545
总计 30 1801
"""
NUMBERED = """2022年教育支出决算表
单位：万元
项目 预算数 决算数
教育支出合计 83555.00 85204.80
一、教育管理事务 2315.00 2286.14
二、普通教育 81240.00 82918.66
其中：学前教育 28650.00 29904.27
中小学教育 52590.00 53014.39
"""
GROUPED = """学段 2021年 2022年 增减
学校数（所） 学生数（人） 学校数（所） 学生数（人） 学校数 学生数
幼儿园 64 15832 69 16427 5 595
小学 52 38416 50 38107 -2 -309
初中 23 17925 23 18240 0 315
合计 139 72173 142 72774 3 601
"""


def checked(text: str) -> ClaimReport:
    return check_text(document_of(read_plain_text(text.encode(), "x.txt"), file="x", sha256="", media="text/plain"))


def errors(text: str) -> list[str]:
    return [one.message for one in checked(text).findings if one.level is Level.ERROR]


@pytest.mark.parametrize("text", [NESTED, NUMBERED, GROUPED], ids=["nested", "numbered", "grouped"])
def test_tables_whose_figures_agree_are_confirmed_and_raise_nothing(text: str) -> None:
    assert errors(text) == []
    assert len(checked(text).claims) >= 4


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (NESTED, "城区小计 16 1256", "城区小计 16 1356"),
        (NESTED, "柳河镇 6 227", "柳河镇 6 287"),
        (NESTED, "总计 30 1801", "总计 30 1851"),
        (NUMBERED, "普通教育 81240.00 82918.66", "普通教育 81240.00 83918.66"),
        (GROUPED, "38107 -2 -309", "38107 -2 -369"),
        (GROUPED, "合计 139 72173", "合计 139 72773"),
    ],
)
def test_one_wrong_cell_is_called(text: str, right: str, wrong: str) -> None:
    assert right in text
    assert errors(text.replace(right, wrong))


def test_the_header_again_on_the_next_page_parts_nothing() -> None:
    header, first = "学校名称 学生数（人） 教学班（个）\n", "第一小学 1843 42\n第二小学 1526 35\n"
    text = f"{header}{first}{header}第三小学 1634 37\n合计 5003 114\n"
    [table] = lined_tables(text)
    assert (table.rows, table.columns) == (5, 3)
    assert errors(text) == []
    assert errors(text.replace("5003", "5083"))


def test_rows_with_a_cell_missing_are_no_table() -> None:
    assert lined_tables("县区 应完成 已完成 备注\n云溪区 186 171\n青山县 94\n合计 280 171\n") == ()


def test_sentences_with_gaps_are_no_table() -> None:
    assert (
        lined_tables("小学 54 所，在校生 2381 人。\n初中 18 所，在校生 1007 人。\n合计 72 所，在校生 3388 人。\n") == ()
    )


BESIDE = """单位：人
学校 编制 在编 空编 学校 编制 在编 空编
南关中学 164 151 13 东街小学 118 112 6
北关中学 137 129 8 西街小学 94 87 7
开发区中学 105 98 7 新城小学 76 75 1
小计 406 378 28 小计 288 274 14
"""


def test_tables_side_by_side_in_lines_are_two() -> None:
    assert [(table.rows, table.columns) for table in lined_tables(BESIDE)] == [(5, 4), (5, 4)]
    assert errors(BESIDE) == []
    assert errors(BESIDE.replace("118 112 6", "118 112 9"))


def test_lines_side_by_side_under_another_header_or_none_are_no_table() -> None:
    assert lined_tables("东街小学 118 112 西街小学 94 87\n" * 4) == ()
    assert lined_tables(BESIDE.replace("学校 编制 在编 空编\n", "园所 编制 在编 空编\n")) == ()


CELLED = """项目学校 建设内容 中央资金 县级资金 合计 已支付
东山小学 食堂 240 65.5 305.5 288.1
西河中学 宿舍楼360平方米 318 90 408 351.6
南湾学校 — 156 42.3 198.3 198.3
合计 — 714 197.8 911.8 838
""".replace(" ", "\n")


def test_cells_a_line_with_two_columns_of_words_are_a_table() -> None:
    [table] = bare_tables(CELLED)
    assert (table.rows, table.columns) == (5, 6)
    assert errors(CELLED) == []
    assert errors(CELLED.replace("305.5", "350.5"))
    assert errors(CELLED.replace("\n90\n", "\n96\n"))


def test_words_and_figures_without_a_header_are_no_table() -> None:
    assert bare_tables(CELLED.partition("已支付\n")[2]) == ()
