import polars as pl
import pytest

from dudao.balance.model import Verdict
from dudao.balance.network import parse_merge, parse_new_school
from dudao.balance.whatif import Change, change_cells, parse_change, what_if
from dudao.errors import WrongUseError
from dudao.pipelines.balance_standards import load_standard


def schools() -> pl.DataFrame:
    amounts = {
        "above_degree_teachers": [6.0, 6.0],
        "backbone_teachers": [2.0, 2.0],
        "pe_art_teachers": [2.0, 2.0],
        "teaching_area": [900.0, 900.0],
        "sports_area": [1000.0, 500.0],
        "equipment_value": [300_000.0, 300_000.0],
        "multimedia_rooms": [4.0, 4.0],
    }
    base = {
        "region": ["a", "a"],
        "school_id": ["1", "2"],
        "school_name": ["东小学", "西小学"],
        "school_type": ["211", "211"],
        "pupils": [100.0, 100.0],
        "pupils_primary": [100.0, None],
    }
    return pl.DataFrame(base | amounts)


def test_enough_ground_makes_school_and_county_meet_the_standard() -> None:
    found = what_if(schools(), [parse_change("西小学/体育运动场馆面积=+300")], load_standard("quality-2017"))
    assert [(each.name, each.before, each.after) for each in found.verdicts] == [
        ("", Verdict.NOT_MET, Verdict.MET),
        ("西小学（小学）", Verdict.NOT_MET, Verdict.MET),
    ]
    [coefficient] = [each for each in found.figures if each.measure == "coefficient"]
    assert coefficient.before == pytest.approx(250 / 750)
    assert coefficient.after == pytest.approx(100 / 900)
    [cell] = found.cells
    assert (cell.before, cell.after) == (500, 800)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东小学/sports_area=900", Change("东小学", "sports_area", 900.0)),
        ("东小学/教学仪器设备资产值=+3.5万元", Change("东小学", "equipment_value", 35000.0, relative=True)),
        ("1/在校生数=-20", Change("1", "pupils", -20.0, relative=True)),
        ("东/西小学/图书册数=12,000", Change("东/西小学", "books", 12000.0)),
        ("东小学/中心城区高密度学校=是", Change("东小学", "dense_core_city", value=True)),
    ],
)
def test_changes_are_read(text: str, expected: Change) -> None:
    assert parse_change(text) == expected


@pytest.mark.parametrize("text", ["东小学", "东小学/面积", "东小学/没有这列=3", "东小学/图书册数=很多", "/图书册数=3"])
def test_changes_that_cannot_be_read_are_refused_with_advice(text: str) -> None:
    with pytest.raises(WrongUseError) as caught:
        parse_change(text)
    assert caught.value.advice


def test_whole_and_section_stay_in_step() -> None:
    changed, cells = change_cells(schools(), [Change("1", "pupils", 20.0, relative=True)])
    assert changed.select("pupils", "pupils_primary").row(0) == (120, 120)
    assert len(cells) == 2


def test_a_figure_spread_over_sections_asks_for_the_section() -> None:
    frame = schools().with_columns(pl.lit(50.0).alias("pupils_primary"), pl.lit(50.0).alias("pupils_junior"))
    with pytest.raises(WrongUseError, match="指明学段"):
        change_cells(frame, [Change("1", "pupils", 120.0)])
    changed, _ = change_cells(frame, [Change("1", "pupils_junior", 70.0)])
    assert changed["pupils"][0] == 120


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("南小学", "pupils", 1.0), "没有学校"),
        (Change("1", "sports_area", -2000.0, relative=True), "小于 0"),
        (Change("2", "pupils_primary", 5.0, relative=True), "没有填报"),
    ],
)
def test_changes_that_cannot_be_are_refused(change: Change, words: str) -> None:
    with pytest.raises(WrongUseError, match=words):
        change_cells(schools(), [change])


def test_the_table_given_is_not_changed() -> None:
    frame = schools()
    what_if(frame, [Change("1", "books", 5.0)], load_standard("quality-2017"))
    assert frame.equals(schools())


def test_a_school_taken_into_another_of_its_level_brings_everything_along() -> None:
    found = what_if(schools(), [], load_standard("quality-2017"), merges=[parse_merge("西小学=东小学")])
    assert found.network == ("西小学并入东小学",)
    [school] = found.after.counties[0].schools
    assert (school.school_name, school.pupils) == ("东小学", 200)
    values = {each.id: each.numerator for each in school.indicators}
    assert values["sports_area_per_student"] == 1500
    assert values["backbone_teachers_per_100"] == 4


def test_a_site_that_is_given_up_stays_behind() -> None:
    merge = parse_merge("西小学=东小学", keep_site=False)
    found = what_if(schools(), [], load_standard("quality-2017"), merges=[merge])
    values = {each.id: each.numerator for each in found.after.counties[0].schools[0].indicators}
    assert values["sports_area_per_student"] == 1000
    assert values["equipment_value_per_student"] == 600_000


def test_a_primary_school_taken_into_a_junior_one_makes_a_combined_school() -> None:
    both = schools().with_columns(
        pl.Series("school_type", ["211", "311"]), pl.Series("school_name", ["东小学", "西初中"])
    )
    found = what_if(both, [], load_standard("quality-2017"), merges=[parse_merge("东小学=西初中")])
    primary, junior = found.after.counties[0].schools
    assert (primary.school_type, primary.pupils, junior.pupils) == ("312", 100, 100)
    areas = [
        next(each for each in part.indicators if each.id == "sports_area_per_student") for part in (primary, junior)
    ]
    # 1500 m² are shared 1 : 1.1
    assert [each.numerator for each in areas] == [pytest.approx(1500 / 2.1), pytest.approx(1500 * 1.1 / 2.1)]


def test_a_new_school_counts_with_what_is_known_of_it() -> None:
    text = "新城小学/办学类型=小学/在校生数=100/教学仪器设备资产值=30万元/体育运动场馆面积=900"
    found = what_if(schools(), [], load_standard("quality-2017"), openings=[parse_new_school(text)])
    assert found.network == ("新办新城小学（小学、在校生数100、教学仪器设备资产值300,000、体育运动场馆面积900）",)
    county = found.after.counties[0]
    assert county.levels["primary"].schools == 3
    assert county.levels["primary"].indicator("equipment_value_per_student").mean == 3000
    assert {each.school_name for each in county.incomplete} == {"新城小学"}


@pytest.mark.parametrize("text", ["西小学", "西小学=西小学", "=东小学"])
def test_merges_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(WrongUseError):
        parse_merge(text)


@pytest.mark.parametrize("text", ["新城小学", "新城小学/办学类型=大学堂", "新城小学/办学类型=小学/在校生数=很多"])
def test_new_schools_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(WrongUseError):
        parse_new_school(text)


def test_a_school_that_is_there_already_is_not_opened_again() -> None:
    with pytest.raises(WrongUseError, match="已有"):
        what_if(schools(), [], load_standard("quality-2017"), openings=[parse_new_school("东小学/办学类型=小学")])
