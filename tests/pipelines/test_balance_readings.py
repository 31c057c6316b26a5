"""A printed total that contradicts its sections: not met under every reading stands, nothing is called met."""

from pathlib import Path

import pytest

from dudao.balance.model import CountyResult, Verdict
from dudao.balance.result import BalanceResult
from dudao.pipelines.balance import balance_file
from dudao.pipelines.balance_standards import load_standard

HEADINGS = (
    "县区,学校标识码,学校名称,办学类型,在校生数,小学在校生数,初中在校生数,"
    "小学高于规定学历教师数,初中高于规定学历教师数,小学县级以上骨干教师数,初中县级以上骨干教师数,"
    "小学体育艺术专任教师数,初中体育艺术专任教师数,教学及辅助用房面积,体育运动场馆面积,教学仪器设备资产值,网络多媒体教室数"
)


def balance(folder: Path, *, pupils: int, teaching_area: int) -> tuple[BalanceResult, CountyResult]:
    """Return the balance of a county of one combined school of 400 + 400 pupils whose total says `pupils`."""
    school = f"甲县,2136000001,城东九年一贯制学校,312,{pupils},400,400,40,40,8,8,8,8,{teaching_area},12000,4000000,40"
    path = folder / "甲县.csv"
    path.write_text(f"{HEADINGS}\n{school}\n", encoding="utf-8")
    result = balance_file(path, load_standard("quality-2017"))
    [county] = result.counties
    return result, county


def test_a_contradiction_that_decides_leaves_the_county_open(tmp_path: Path) -> None:
    """A junior pupil has 6.55 m² by the sections and 4.37 by the total; 5.8 are asked, 4.93 at the very least."""
    result, county = balance(tmp_path, pupils=1200, teaching_area=5000)
    assert county.verdict is Verdict.INCOMPLETE
    [doubt] = [each for each in county.incomplete if not each.level]
    assert doubt.school_name == "城东九年一贯制学校"
    assert doubt.sheet_row == 2
    assert "在校生数与各学段之和不等" in doubt.reason
    assert "按各学段为达标，按合计为未达标" in doubt.reason
    assert "1行数据有疑，须核对改正" in county.reasons
    assert "balance.readings_agree" not in {issue.code for issue in result.issues}


@pytest.mark.parametrize(
    ("teaching_area", "verdict", "words"),
    [(9000, Verdict.INCOMPLETE, "按哪一个算，本县都达标"), (1000, Verdict.NOT_MET, "按哪一个算，本县都未达标")],
)
def test_with_figures_in_doubt_a_county_is_not_called_met_but_may_be_not_met(
    tmp_path: Path, teaching_area: int, verdict: Verdict, words: str
) -> None:
    result, county = balance(tmp_path, pupils=810, teaching_area=teaching_area)
    assert county.verdict is verdict
    [doubt] = county.incomplete
    assert (doubt.school_name, doubt.sheet_row) == ("城东九年一贯制学校", 2)
    assert words in doubt.reason
    assert "1行数据有疑，须核对改正" in county.reasons
    assert {"balance.readings_agree", "tables.sections_do_not_add_up"} <= {issue.code for issue in result.issues}


def test_a_school_that_is_not_judged_leaves_its_county_as_it_is(tmp_path: Path) -> None:
    """A senior school whose total contradicts its sections touches no figure of the county."""
    met = "甲县,2136000001,城东九年一贯制学校,312,800,400,400,40,40,8,8,8,8,9000,12000,4000000,40"
    senior = "甲县,3436000002,城北高级中学,342,1200,0,0" + ",0" * 6 + ",9000,12000,4000000,40,900"
    path = tmp_path / "甲县.csv"
    path.write_text(f"{HEADINGS},高中在校生数\n{met},\n{senior}\n", encoding="utf-8")
    result = balance_file(path, load_standard("quality-2017"))
    [county] = result.counties
    assert county.verdict is Verdict.MET
    assert not county.incomplete
    assert "tables.sections_do_not_add_up" in {issue.code for issue in result.issues}


def test_a_total_that_fits_is_not_mentioned(tmp_path: Path) -> None:
    result, county = balance(tmp_path, pupils=800, teaching_area=9000)
    assert county.verdict is Verdict.MET
    assert not {issue.code for issue in result.issues} & {"balance.readings_agree", "tables.sections_do_not_add_up"}


@pytest.mark.parametrize(
    ("higher", "verdict", "words"),
    [
        (70, Verdict.INCOMPLETE, "按分类教师为达标，按专任教师为未达标"),
        (35, Verdict.INCOMPLETE, "按哪一个算，本县都达标"),
    ],
)
def test_more_teachers_of_one_sort_than_teachers_leave_a_county_open(
    tmp_path: Path, higher: int, verdict: Verdict, words: str
) -> None:
    """A primary school of 400 with 70 or 35 teachers of a higher degree among 10 or 34: 17 are asked for."""
    teachers = 10 if higher == 70 else 34
    row = f"甲县,2136000001,城东小学,211,400,400,0,{higher},0,8,0,8,0,9000,12000,4000000,40,{teachers}"
    path = tmp_path / "甲县.csv"
    path.write_text(f"{HEADINGS},小学专任教师数\n{row}\n", encoding="utf-8")
    [county] = balance_file(path, load_standard("quality-2017")).counties
    assert county.verdict is verdict
    [doubt] = county.incomplete
    assert doubt.reason.startswith("小学高于规定学历教师数多于专任教师，")
    assert words in doubt.reason


def test_rooms_taken_out_of_fewer_rooms_leave_nothing_to_compute(tmp_path: Path) -> None:
    row = "甲县,2136000001,城东小学,211,400,400,0,20,0,8,0,8,0,900,12000,4000000,40,1000"
    path = tmp_path / "甲县.csv"
    path.write_text(f"{HEADINGS},室内体育用房面积\n{row}\n", encoding="utf-8")
    [county] = balance_file(path, load_standard("quality-2017")).counties
    assert county.verdict is Verdict.INCOMPLETE
    [lacking] = county.incomplete
    assert lacking.indicator == "teaching_area_per_student"
    assert "扣除的部分比总数还大" in lacking.reason
