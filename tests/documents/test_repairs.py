"""Each kind of conversion damage, and what must be left alone."""

from dataclasses import replace

import pytest

from dudao.documents.model import RepairedText
from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import repaired_text
from dudao.documents.text_builder import Draft


def mended(text: str, *, wrapped: bool = True) -> RepairedText:
    return repaired_text(Draft(text, (), (), wrapped=wrapped))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("區(qū)政府履行教育職責(zé)", "区政府履行教育职责"),
        ("领（lǐng）导", "领导"),
        ("新时代教育督導體制機制", "新时代教育督导体制机制"),
        ("著名教师的著作", "著名教师的著作"),
        ("在编教师（含特岗）", "在编教师（含特岗）"),
        ("教师(teacher)", "教师(teacher)"),
        (
            "全市教育经费投入 21.09 亿元，比 2019 年增加 0.09 亿元。",
            "全市教育经费投入21.09亿元，比2019年增加0.09亿元。",
        ),
        ("认真履行行业党组   织职责，做好各项工作。", "认真履行行业党组织职责，做好各项工作。"),
        ("全市投入经费44 .42亿元，比上年有所增长。", "全市投入经费44.42亿元，比上年有所增长。"),
        ("小学 5 3 2 所，其中公办若干，民办若干。", "小学532所，其中公办若干，民办若干。"),
        ("1. 2021年全市召开会议，研究教育工作。", "1. 2021年全市召开会议，研究教育工作。"),
        ("学校名称  在校生  专任教师", "学校名称  在校生  专任教师"),
        (
            "在园幼儿11 ,204人，普高录取1, 823人，职高录取1 , 104人。",
            "在园幼儿11,204人，普高录取1,823人，职高录取1,104人。",
        ),
        (
            "小学54所，在校学生23 816人，教育总投入6 . 87亿元，增长8.5 3%。",
            "小学54所，在校学生23816人，教育总投入6.87亿元，增长8.53%。",
        ),
        (
            "全县共有教学点12 处，2020 816人返乡，情况各不相同。",
            "全县共有教学点12处，2020 816人返乡，情况各不相同。",
        ),
    ],
)
def test_damage_within_a_line_is_mended(written: str, meant: str) -> None:
    assert mended(written).text == meant


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("下发了《关于开展专项行动的通知》（某委教", "领秘〔2021〕4号），开展对照检视。"),
        ("全面加强基层党组织建设，学校党建工作得到加强，认真组织", "所属单位召开专题会议，制度扎实有效。"),
        ("2021年建设认定一批学校，扩大了资源供给，认定30所普", "惠性幼儿园，毛入园率稳步提高。"),
        ("财政部门充分发挥公共财政的保障职能，足额拨付教育经费，", "自然资源部门给予大力支持。"),
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n", " \n\n", "\r\n\r\n", "\n- 12 -\n", "\n\n— 3 —\n\n", "\n\n7\n\n", "\f"])
def test_a_sentence_broken_by_a_page_end_is_joined(before: str, after: str, gap: str) -> None:
    assert mended(before + gap + after).text == before + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("教师的数据以9月的学年初统计为准。经自查，我县应得分100分，自评得分", "96.3分，扣3.7分。"),
        ("近视率比上年下降0.9个百分点，小学、初中、高中分别为", "32.1%、66.4%和78.5%。"),
        ("小学、初中生均教学及辅助用房面积分别达到8.50平方米和", "10.01平方米。"),
        ("四个学段生均支出分别比上年增加412元、637元、285元和1044元，增长", "2. 78%、3.46%、1.65%和5.47%。"),
    ],
)
def test_a_line_that_begins_with_a_figure_goes_on_where_the_page_shows_it(before: str, after: str) -> None:
    draft = replace(read_plain_text(f"{before}\n{after}\n".encode(), "a.txt"), run_on=frozenset({len(before)}))
    assert repaired_text(draft).text.startswith(before + after.replace(" ", ""))


@pytest.mark.parametrize("item", ["3.推进改革", "3.2 分值设置", "12.教师队伍"])
def test_an_item_does_not_go_on_the_line_before(item: str) -> None:
    before = "健全机制，完善制度，保障教育优先发展，各项工作取得成效"
    draft = replace(read_plain_text(f"{before}\n{item}\n".encode(), "a.txt"), run_on=frozenset({len(before)}))
    assert f"\n{item}" in repaired_text(draft).text


@pytest.mark.parametrize(
    "text",
    [
        "一、工作成效\n\n全市推动了学前教育普惠发展，新增公办学位若干。",
        "健全机制，完善制度，保障教育优先发展，全县学校总数达到120\n35所幼儿园建成投用。",
        "某市人民政府\n\n某市人民政府关于履行教育职责的报告",
        "投入持续增长，保障有力。\n\n各校认真落实，成效明显。",
        "健全机制，完善制度，保障教育优先发展，各项工作取得成效\n\n二、存在问题",
        "健全机制，完善制度，保障教育优先发展，各项工作取得成效\n\n（二）加大投入",
        "健全机制，完善制度，保障教育优先发展，各项工作取得成效\n\n一是投入不足，二是师资不足。",
    ],
)
def test_line_ends_that_end_something_stay(text: str) -> None:
    assert mended(text).text == text


def test_a_number_alone_in_its_line_is_no_page_number_within_running_text() -> None:
    text = "全县统筹安排，保障有力，各校生均公用经费标准逐年提高，\n850\n元以上的学校占多数。"
    assert "850" in mended(text).text


def test_paragraphs_of_an_author_are_joined_only_where_a_sentence_cannot_end() -> None:
    sloppy = "全市共有学校若干所，在校生若干人，教师若干人，总体情况良好\n各县区认真落实。"
    assert mended(sloppy, wrapped=False).text == sloppy
    open_title = "印发了《关于进一步加强\n教育工作的意见》，各地认真落实。"
    assert mended(open_title, wrapped=False).text == open_title.replace("\n", "")


def test_a_character_torn_apart_by_a_line_end_is_put_together() -> None:
    torn = "育".encode()
    raw = "全市优先发展教".encode() + torn[:1] + b"\n" + torn[1:] + ("事业，成效明显。" * 40).encode()
    draft = read_plain_text(raw, "a.txt")
    assert "\ufffd" in draft.text
    assert repaired_text(draft).text.startswith("全市优先发展教育事业")


def test_half_a_character_stays_visible_and_is_told() -> None:
    raw = "经费".encode() + "亿".encode()[:2] + ("元，比上年增长。" * 30).encode()
    draft = read_plain_text(raw, "a.txt")
    assert repaired_text(draft).text.startswith("经费\ufffd元")
    assert [issue.code for issue in draft.issues] == ["documents.unreadable_character"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            "全县共有小学54所,其中公办31所;民办23所(含教学点),均已达标。",
            "全县共有小学54所，其中公办31所；民办23所（含教学点），均已达标。",
        ),
        ("在校学生１２，３４５人，占５１．２％，生师比１：１５。", "在校学生12,345人，占51.2%，生师比1:15。"),
        ("在校学生12，345人，其中寄宿生若干。", "在校学生12,345人，其中寄宿生若干。"),
        ("共12\u200b345人，占8\u00ad5.1\u202f%，位居全市前列。", "共12345人，占85.1%，位居全市前列。"),
        ("生师比为1:15,高于标准", "生师比为1:15，高于标准"),
    ],
)
def test_widths_of_digits_and_marks_are_made_even(written: str, meant: str) -> None:
    repaired = mended(written)
    assert repaired.text == meant
    assert not repaired.doubtful


@pytest.mark.parametrize(
    ("written", "meant", "doubtful"),
    [
        ("全县共有小学3O所，其中公办l7所。", "全县共有小学30所，其中公办17所。", ["30所", "17所"]),
        ("新建校舍3 24万平方米，已经竣工使用。", "新建校舍324万平方米，已经竣工使用。", ["324万"]),
        ("总投入9,87亿元，比上年略有增长。", "总投入9,87亿元，比上年略有增长。", ["9,87", "87亿元"]),
        ("参加小学、初中考试的人数分别为12，34，56人。", "参加小学、初中考试的人数分别为12，34，56人。", []),
        ("招收112，345人，分别", "招收112,345人，分别", []),
        ("分别招收112，345人", "分别招收112，345人", ["112，", "345人"]),
        ("全市共有COVID19检测点，H1N1疫苗接种，覆盖率较高。", "全市共有COVID19检测点，H1N1疫苗接种，覆盖率较高。", []),
        ("甲校|12|34|乙校", "甲校|12|34|乙校", []),
    ],
)
def test_figures_in_doubt_are_read_as_meant_and_told(written: str, meant: str, doubtful: list[str]) -> None:
    repaired = mended(written)
    assert repaired.text == meant
    assert [
        repaired.text[place:].startswith(words) for place, words in zip(repaired.doubtful, doubtful, strict=True)
    ] == [True for _ in doubtful]


def test_a_figure_that_a_full_line_cuts_is_read_as_one() -> None:
    lines = ["各级政府优先发展教育事业，足额安排经费保障学校运转，提高" for _ in range(9)]
    cut = "全县落实教育优先发展战略，各项工作取得成效，共有学生10,0"
    repaired = mended("\n".join([*lines, cut, "72人，比上年有所增加。"]))
    assert "共有学生10,072人" in repaired.text


def test_a_figure_is_read_as_one_where_lines_were_cut_by_characters_and_marks_hang_out() -> None:
    lines = ["2023年教育支出共9.46亿元，比上年增加0.49亿元，" for _ in range(5)]
    lines += ["各级政府优先发展教育事业，足额安排各项经费保障学校运转提高" for _ in range(5)]
    hung = f"{lines[-1]}，"
    cut = "到年末小学在校学生共有25316人，初中在校学生共有132"
    assert len(lines[0]) == len(lines[-1]) == len(cut)
    repaired = mended("\n".join([*lines, hung, hung, cut, "08人，比上年有所增加。"]))
    assert "共有13208人" in repaired.text.replace(" ", "")


def test_points_in_brackets_at_the_end_of_a_full_line_end_no_title_within_a_sentence() -> None:
    lines = ["各级政府优先发展教育事业，足额安排经费保障学校运转，提高" for _ in range(9)]
    cut = "本项得分96.2分，其中产出指标（50分）得48.4分，效益（10分）"
    assert "效益（10分）得9.6分" in mended("\n".join([*lines, cut, "得9.6分，等次为优。"])).text
    title = "1.党委政府重视教育、优先发展教育事业，健全领导体制（10分）"
    assert f"{title}\n市委常委会" in mended("\n".join([*lines, title, "市委常委会专题研究教育7次。"])).text


def test_the_first_line_of_a_paragraph_is_as_full_as_its_gap_makes_it() -> None:
    """The gap of two characters that opens a paragraph takes room in its line."""
    first = "　　本次统计覆盖学校（园）734所，其中独立设置\n幼儿园312所、小学（含教学点）268所、中学及其他\n154所；"
    lines = "\n".join(f"{'学校和学生的变化情况按学段逐项列出如下并说明原因'[:23]}" for _ in range(8))
    assert "其中独立设置幼儿园312所" in mended(f"{first}\n{lines}\n").text


def test_a_number_that_had_no_room_leaves_its_line_full_and_a_wider_title_does_not_hide_the_width() -> None:
    title = "关于全区教育经费收支决算情况和下一年预算安排以及学校建设项目进度的报告"
    lines = ["各级政府优先发展教育事业，足额安排经费保障学校运转，提高" for _ in range(30)]
    cut = "　　全区地方一般公共预算收入、转移支付和上年结余共有"
    read = mended("\n".join([title, *lines, cut, "182635.4万元，全部安排使用。"])).text
    assert read.startswith(f"{title}\n")
    assert "上年结余共有182635.4万元" in read
