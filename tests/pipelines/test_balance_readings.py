"""A printed total that contradicts its sections: the county's verdict stands only where both readings give the same."""

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
    assert "1行数据有疑，须核对后再下结论" in county.reasons
    assert "balance.readings_agree" not in {issue.code for issue in result.issues}


@pytest.mark.parametrize(("teaching_area", "verdict"), [(9000, Verdict.MET), (1000, Verdict.NOT_MET)])
def test_a_contradiction_that_decides_nothing_leaves_the_verdict(
    tmp_path: Path, teaching_area: int, verdict: Verdict
) -> None:
    result, county = balance(tmp_path, pupils=810, teaching_area=teaching_area)
    assert county.verdict is verdict
    assert not county.incomplete
    assert {"balance.readings_agree", "tables.sections_do_not_add_up"} <= {issue.code for issue in result.issues}


def test_a_total_that_fits_is_not_mentioned(tmp_path: Path) -> None:
    result, county = balance(tmp_path, pupils=800, teaching_area=9000)
    assert county.verdict is Verdict.MET
    assert not {issue.code for issue in result.issues} & {"balance.readings_agree", "tables.sections_do_not_add_up"}
