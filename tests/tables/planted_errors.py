"""Errors that people make in school tables, each planted into one school, with what must be pointed at."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.tables.office_layouts import School


@dataclass(frozen=True, slots=True)
class Error:
    """One kind of error: the change, words of the heading it is found under (any of them), layouts it cannot be in."""

    name: str
    plant: Callable[[list[School], School], None]
    headings: tuple[str, ...]
    not_in: tuple[str, ...] = ()
    school: str = "211"
    level: str = "warning"


def _set(column: str, value: object) -> Callable[[list[School], School], None]:
    def plant(schools: list[School], school: School) -> None:
        school.figures[column] = value  # type: ignore[assignment]

    return plant


def _times(column: str, factor: float) -> Callable[[list[School], School], None]:
    def plant(schools: list[School], school: School) -> None:
        value = school.figures[column]
        assert isinstance(value, int | float)
        school.figures[column] = round(value * factor, 2)

    return plant


def _word(name: str, value: str | None) -> Callable[[list[School], School], None]:
    def plant(schools: list[School], school: School) -> None:
        school.words[name] = value

    return plant


def _no_county(schools: list[School], school: School) -> None:
    school.county = None


def _same_id(schools: list[School], school: School) -> None:
    other = next(each for each in schools if each is not school and each.kind == school.kind)
    school.id = other.id


def _same_name(schools: list[School], school: School) -> None:
    other = next(each for each in schools if each is not school and each.kind == school.kind)
    school.words["name"] = other.name


def _copied(schools: list[School], school: School) -> None:
    other = next(each for each in schools if each is not school and each.kind == school.kind)
    school.figures = dict(other.figures)


def _no_pupils(schools: list[School], school: School) -> None:
    for name in ("pupils", "pupils_primary"):
        school.figures[name] = None


def _zero_pupils(schools: list[School], school: School) -> None:
    for name in ("pupils", "pupils_primary"):
        school.figures[name] = 0


BY_LEVEL = "sheet_of_each_level"
NO_COUNTY_COLUMN = ("county_in_title", "sheet_of_each_county")

ERRORS: tuple[Error, ...] = (
    Error("text in a number cell", _set("sports_area", "约三千"), ("体育运动场馆",), level="error"),
    Error("negative area", _set("teaching_area", -1200), ("教学及辅助用房",), level="error"),
    Error("formula in error", _set("multimedia_rooms", "=#DIV/0!"), ("网络多媒体",), level="error"),
    Error("zero pupils", _zero_pupils, ("在校",)),
    Error("no pupils told", _no_pupils, ("在校",)),
    Error("no area told", _set("teaching_area", None), ("教学及辅助用房",)),
    Error("no teachers told", _set("backbone_teachers_primary", None), ("骨干教师",)),
    Error("one identifier twice", _same_id, ("标识码",), level="error"),
    Error("one name twice", _same_name, ("学校名称",), ("names_broken_over_lines",)),
    Error("figures of another school copied", _copied, ("学校名称",)),
    Error("identifier too short", _word("id", "21440009"), ("标识码",)),
    Error("no county", _no_county, ("县区",), (*NO_COUNTY_COLUMN, "county_merged_left"), level="error"),
    Error("no name", _word("name", None), ("学校名称",), ("names_broken_over_lines",)),
    Error("unknown type of school", _word("kind", "大学堂"), ("办学类型",), (BY_LEVEL,), level="error"),
    Error("unknown urban-rural class", _word("urban", "郊外"), ("城乡",), (BY_LEVEL,), level="error"),
    Error("more backbone than all teachers", _set("backbone_teachers_primary", 99), ("骨干教师",)),
    Error("more with a higher degree than teachers", _set("above_degree_teachers_primary", 130), ("高于规定学历",)),
    Error("half a teacher", _set("pe_art_teachers_primary", 4.5), ("体育艺术",)),
    Error("yuan taken for ten thousand yuan", _times("equipment_value", 10_000), ("教学仪器设备",)),
    Error("ten thousand yuan taken for yuan", _times("equipment_value", 0.0001), ("教学仪器设备",)),
    Error("a digit too many", _times("sports_area", 10), ("体育运动场馆",)),
    Error("a digit too few", _times("teaching_area", 0.1), ("教学及辅助用房",)),
    Error("a digit too many in the rooms", _times("multimedia_rooms", 10), ("网络多媒体",)),
    Error("sections do not add up", _times("pupils", 1.5), ("在校",), (BY_LEVEL,), level="error"),
    Error("pupils in a section it does not run", _set("pupils_junior", 120), ("办学类型", "在校"), (BY_LEVEL,)),
    Error("sections of a combined school swapped away", _set("pupils_primary", None), ("在校",), (BY_LEVEL,), "312"),
    Error("no junior teachers told", _set("pe_art_teachers_junior", None), ("体育艺术",), (), "312"),
    Error("ten times the teachers", _times("full_time_teachers_primary", 10), ("专任教师",)),
)
