"""Sentences of the core and of the trail on pages in another language."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from dudao.web.phrase_book import PhraseBook, book, told
from tools.phrases import phrases, template
from tools.translations import catalogues, compile_catalogue

SAYINGS = {
    "未达到要求，{1}": "does not meet the requirement: {1}",
    "得 {1} 分": "{1} {1|point|points}",
    "{1}行有疑，改正{2}行": "{1} {1|row is|rows are} in doubt, {2} corrected; check {1|it|them}",
    "去年{n1}处": "{n1} {n1|place|places} last year",
    "{1} {2}，符合“{3}”": "{1} {2} meets “{3}”",
    "不低于 {1}": "at least {1}",
    "{n1}所": "{n1} schools",
    "缺 {1} 年{2}": "{2} for {1} is missing",
    "缺 {1} 年{2}（已有 {3} 年的）": "{2} for {1} is missing (given for {3})",
    "下载佐证材料：{1}（{2}）": "Downloaded evidence: {1} ({2})",
    "{1}{2}与{3}之比": "{1} {2} to {3}",
    "{1}{n2}年达标办法": "Ways for {1} to meet the standard in {n2}",
    "算得{1}": "computed as {1}",
    "{n1}元": "{n1} yuan",
    "优秀": "excellent",
    "合格": "passed",
    "请核对。": "Please check.",
}
BOOK = PhraseBook(SAYINGS)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("未达到要求，得 2 分", "does not meet the requirement: 2 points"),
        ("未达到要求，得 1 分", "does not meet the requirement: 1 point"),
        ("得 21 分", "21 points"),
        ("得 1.5 分", "1.5 points"),
        ("得 −1 分", "−1 point"),
        ("得 许多 分", "许多 points"),  # no number at all
        ("1行有疑，改正5行", "1 row is in doubt, 5 corrected; check it"),
        ("5行有疑，改正1行", "5 rows are in doubt, 1 corrected; check them"),
        ("去年1处", "1 place last year"),
        ("得 {1|a|b} 分", "{1|a|b} points"),  # what looks like a choice in a value is none
        ("体质健康优良率 47%，符合“不低于 40%”", "体质健康优良率 47% meets “at least 40%”"),
        ("缺 2024 年毛入园率", "毛入园率 for 2024 is missing"),
        ("缺 2024 年毛入园率（已有 2022、2023 年的）", "毛入园率 for 2024 is missing (given for 2022, 2023)"),
        ("下载佐证材料：纪要（演示）（纪要.docx）", "Downloaded evidence: 纪要（演示） (纪要.docx)"),
        ("大班额班级数与班级总数之比", "大班额班级数 to 班级总数"),
        ("公用经费：得 3 分", "公用经费: 3 points"),
        ("得 3 分。请核对。", "3 points. Please check."),
        ("优秀、合格", "excellent, passed"),
        ("12所", "12 schools"),
        ("临河县2026年达标办法", "Ways for 临河县 to meet the standard in 2026"),
        ("算得（16477元÷12000元－1）×100%＝37.31%", "computed as (16477 yuan ÷ 12000 yuan − 1) × 100% = 37.31%"),
    ],
)
def test_a_sentence_is_said_by_the_phrase_it_was_made_from(sentence: str, said: str) -> None:
    assert BOOK.say(sentence) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "没有人写过这样的话",
        "优秀、从没听说过",  # half a list would be worse than none
        "甲所",  # no number stands before the unit
        "3 points",
        "",
        "得 3 分" + "了" * 2000,
    ],
)
def test_what_the_book_does_not_know_stays_as_it_is(sentence: str) -> None:
    assert BOOK.say(sentence) == sentence


def test_a_page_in_chinese_says_what_the_core_said() -> None:
    assert translation.get_language() == settings.LANGUAGE_CODE
    assert told("未达到要求，得 2 分") == "未达到要求，得 2 分"


def test_english_pages_have_a_book() -> None:
    for path in catalogues():
        compile_catalogue(path)
    book.cache_clear()
    with translation.override("en"):
        assert told("未达到要求，得 2 分") == "does not meet the requirement: 2 points"
        assert told("云州市的自评已经上级确认").startswith("The self-evaluation of 云州市 was confirmed")


def test_a_sentence_with_values_becomes_a_phrase_with_gaps() -> None:
    (line,) = ast.parse('f"缺 {period} 年{self.label(name)}"').body
    assert isinstance(line, ast.Expr)
    assert isinstance(line.value, ast.JoinedStr)
    assert template(line.value) == "缺 {1} 年{2}"


def test_a_phrase_that_is_cut_off_at_a_length_is_a_phrase_and_a_key_is_none(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "phrases.py").write_text("PHRASES = ()")
    (tmp_path / "web" / "told.py").write_text(
        'a(title=f"读取{row}"[:200])\nb = TABLE[f"{row}一栏"]\n', encoding="utf-8"
    )
    assert [phrase for phrase, _ in phrases(tmp_path)] == ["读取{1}"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("读取云州市 2024 学校基本情况表 校.xlsx", "Read 云州市 2024 学校基本情况表 校.xlsx"),
        ("第 8 号快照：新增 12，更新 0，不变 3，减少 1", "Snapshot 8: 12 added, 0 updated, 3 unchanged, 1 gone"),
        ("取出云州市及下辖地区的备份", "Took a backup of 云州市 and the regions below it"),
    ],
)
def test_jobs_and_the_trail_of_school_data_are_said_in_english(sentence: str, said: str) -> None:
    compile_catalogue(next(path for path in catalogues() if path.stem == "phrases"))
    book.cache_clear()
    with translation.override("en"):
        assert told(sentence) == said


def test_every_phrase_of_the_catalogue_can_be_found_again() -> None:
    (path,) = (each for each in catalogues() if each.stem == "phrases")
    folder = Path(path).parent
    assert folder.name == "LC_MESSAGES"
    english = book("en")
    lost = [phrase for phrase in english.plain if english.say(phrase) == phrase]
    assert lost == []
