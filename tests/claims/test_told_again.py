"""Two files of one place in different words: a figure miswritten, a thing done that the other found undone."""

import pytest

from dudao.documents.plain_text import read_plain_text
from dudao.documents.reading import document_of
from dudao.pipelines.check import CheckedDocument, check_document
from dudao.pipelines.tie_documents import TieDocuments

REPORT = "{place}人民政府2023年履行教育职责自评报告\n一、主要成效\n{words}\n"
OPINION = (
    "关于{place}{year}年履行教育职责的督导意见书\n{place}人民政府：\n一、主要成绩\n成绩明显。\n二、主要问题\n{words}\n"
)


def checked(name: str, text: str) -> CheckedDocument:
    draft = read_plain_text(text.encode(), name)
    return check_document(document_of(draft, file=name, sha256="", media="text/plain"))


def told(said: str, admitted: str, *, place: str = "东陵县", other: str = "东陵县", year: str = "2023") -> list[str]:
    tied = TieDocuments()
    tied.add(checked("自评报告.txt", REPORT.format(place=place, words=said)))
    tied.add(checked("督导意见书.txt", OPINION.format(place=other, year=year, words=admitted)))
    return [one.message for one in tied.ties]


CASES = [
    ("义务教育学校大班额全部消除。", "实验小学仍有大班额11个。"),
    ("全县所有学校均配备专职校医或保健教师。", "6所乡镇学校没有配备校医或保健教师。"),
    ("全县教师全员培训率达100%。", "乡村小学教师全员培训率仅83.2%。"),
    ("发放学生资助资金5162万元，惠及学生8.6万人次。", "资助资金5612万元发放较慢，惠及学生8.6万人次。"),
]


@pytest.mark.parametrize(("said", "admitted"), CASES)
def test_what_one_file_says_and_the_other_denies_is_told_with_both_names(said: str, admitted: str) -> None:
    (message,) = told(said, admitted)
    assert "自评报告.txt" in message
    assert "督导意见书.txt" in message


@pytest.mark.parametrize(("said", "admitted"), CASES)
def test_another_county_or_year_is_never_held_against_it(said: str, admitted: str) -> None:
    assert told(said, admitted, other="西陵县") == []
    assert told(said, admitted, year="2022") == []


def test_the_finding_stands_in_the_later_file() -> None:
    tied = TieDocuments()
    tied.add(checked("督导意见书.txt", OPINION.format(place="东陵县", year="2023", words=CASES[0][1])))
    text = REPORT.format(place="东陵县", words=CASES[0][0])
    (finding,) = tied.add(checked("自评报告.txt", text)).findings
    assert finding.code == "claims.tie"
    assert "大班额" in text[finding.span.start : finding.span.end]


YEARS = "{place}人民政府{year}年履行教育职责自评报告\n一、主要成效\n{words}\n"


def told_in_years(first: str, second: str) -> list[str]:
    tied = TieDocuments()
    tied.add(checked("甲.txt", YEARS.format(place="东陵县", year=2022, words=first)))
    tied.add(checked("乙.txt", YEARS.format(place="东陵县", year=2023, words=second)))
    return [one.message for one in tied.ties]


def test_what_rose_beside_a_figure_of_last_year_is_held_against_last_years_report() -> None:
    first = "公办园在园幼儿占比50.8%。学前三年毛入园率93.6%。"
    second = "学前三年毛入园率由2022年的93.6%提高到94.7%，公办园在园幼儿占比由48.5%提高到53.1%。"
    (message,) = told_in_years(first, second)
    assert "48.5%" in message
    assert "50.8%" in message
    assert told_in_years(first, second.replace("48.5", "50.8")) == []


def test_what_it_came_to_is_of_the_year_of_the_report() -> None:
    first = "小学大班额56个，占小学班级总数的6.2%。"
    assert told_in_years(first, "小学大班额由2022年的56个减少到27个，占小学班级总数的2.8%。") == []


def test_figures_of_the_school_year_are_those_of_its_first_year() -> None:
    tied = TieDocuments()
    brief = "东陵县2023-2024学年教育事业统计简报\n2023-2024学年，全县小学33所，在校生31264人，小学专任教师1837人。\n"
    tied.add(checked("简报.txt", brief))
    tied.add(checked("报告.txt", YEARS.format(place="东陵县", year=2023, words="全县小学专任教师1873人。")))
    (tie,) = tied.ties
    assert tie.second.text == "1873人"


SUMMARY = "{place}2023年教育事业发展统计简况\n{words}\n"


def between(first: str, second: str) -> list[str]:
    tied = TieDocuments()
    tied.add(checked("简况.txt", SUMMARY.format(place="东陵县", words=first)))
    tied.add(checked("自评报告.txt", REPORT.format(place="东陵县", words=second)))
    return [one.message for one in tied.ties]


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [
        ("学前三年毛入园率92.6%，比上年下降0.4个百分点。", "学前三年毛入园率92.6%，较上年有所提高。", True),
        ("学前三年毛入园率92.6%，比上年下降0.4个百分点。", "学前三年毛入园率92.6%，较上年略有下降。", False),
        ("学前三年毛入园率92.6%，比上年下降0.4个百分点。", "学前三年毛入园率92.6%，比2020年提高3.2个百分点。", False),
        ("2023年5月，我县通过省级优质均衡评估。", "我县2023年6月通过省级优质均衡评估。", True),
        ("2023年5月，我县通过省级优质均衡评估。", "我县2023年5月18日通过省级优质均衡评估。", False),
        ("小学在校生58642人，生师比17.4∶1。", "小学生师比14.7∶1，初中生师比12.9∶1。", True),
        ("小学在校生58642人，生师比17.4∶1。", "初中生师比12.9∶1，小学生师比17.4∶1。", False),
    ],
)
def test_two_files_date_one_event_and_move_one_measure_alike(first: str, second: str, differs: bool) -> None:
    assert bool(between(first, second)) is differs
