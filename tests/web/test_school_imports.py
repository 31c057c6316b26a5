"""Tables of schools come in, are read with all their problems, are taken as snapshots, and can be gone back from."""

import pytest
from django.db import DatabaseError, connection, transaction

from dudao.web.audit.models import Event
from dudao.web.audit.queries import verify
from dudao.web.people.models import Region, User
from dudao.web.refusals import InvalidValueError, NotAllowedError, NotPossibleError
from dudao.web.schools.actions import imports, snapshots
from dudao.web.schools.differences import Difference
from dudao.web.schools.files import frame_of, json_of
from dudao.web.schools.models import CountyBalance, HeadingMemory, Import, InUse, Snapshot
from dudao.web.schools.problem_report import problems_of
from dudao.web.schools.queries import rows_in_use
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World
from tests.web.school_files import HEADINGS, school, workbook

YEAR = 2024


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("county-clerk", Role.SUPERVISION_CLERK, world.county)


def brought(by: User, region: Region, content: bytes, name: str = "学校.xlsx", year: int = YEAR) -> Import:
    row = imports.receive(by=by, region=region, year=year, kind="schools", raw=content, name=name)
    return imports.read(by=by, row=row)


def codes(row: Import) -> dict[str, int]:
    return {problem.code: problem.count for problem in problems_of(json_of(row.report))}


def test_a_clean_file_is_read_taken_and_computed(world: World, clerk: User) -> None:
    row = brought(clerk, world.county, workbook([school(n) for n in range(1, 6)]))
    assert (row.state, row.rows, row.errors, row.obstacles) == ("ready", 5, 0, [])
    assert row.parts == {"990101": 5}
    assert InUse.objects.count() == 0  # nothing counts before somebody takes it

    made = snapshots.take(by=clerk, row=row)
    assert (made.rows, made.by, made.frame) == (5, clerk, row.frame)
    assert made.change == {"added": 5, "removed": 0, "changed": 0, "same": 0, "values": 0}
    assert InUse.objects.get().snapshot == made
    balance = CountyBalance.objects.get(standard="quality-2017")
    assert balance.summary["levels"][0][1] == 5
    frame = frame_of(made.frame)
    assert frame["equipment_value"].to_list()[0] == pytest.approx(500 * 0.3 * 10000)
    assert set(frame["region"]) == {"990101"}
    assert set(frame["year"]) == {YEAR}
    actions = list(Event.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == ["schools.import.receive", "schools.import.read", "schools.snapshot.take"]
    assert verify() == []


def test_rows_of_other_counties_and_years_are_left_out_and_told_with_their_place(world: World, clerk: User) -> None:
    headings = (*HEADINGS, "年份")
    rows = [
        [*school(1), 2024],
        [*school(2, "邻县"), 2024],
        [*school(3), 2023],
        [*school(4), None],
    ]
    row = brought(clerk, world.county, workbook(rows, headings))
    assert row.parts == {"990101": 2}
    found = {problem.code: problem for problem in problems_of(json_of(row.report))}
    stranger, late = found["imports.other_region"], found["imports.other_year"]
    assert [(cell.row, cell.value) for cell in stranger.cells] == [(3, "邻县")]
    assert "“邻县”不属于临河县" in stranger.told(stranger.cells[0])
    assert [(cell.row, cell.value) for cell in late.cells] == [(4, "2023")]
    assert row.errors == 2

    with pytest.raises(InvalidValueError, match="2 处错误"):
        snapshots.take(by=clerk, row=row)
    made = snapshots.take(by=clerk, row=row, reason="其他县和往年的行不入库")
    assert made.rows == 2


def test_a_city_takes_several_counties_and_those_not_named_keep_theirs(
    world: World, clerk: User, person: MakePerson
) -> None:
    second = Region(code="990102", name="河东区", level="county")
    Region.objects.add_child(Region.objects.get(pk=world.city.pk), instance=second)
    own = snapshots.take(by=clerk, row=brought(clerk, world.county, workbook([school(1)])))
    city = person("city-clerk", Role.SUPERVISION_CLERK, world.city)
    row = brought(
        city, Region.objects.get(pk=world.city.pk), workbook([school(7, "河东区"), school(8, "云州市河东区")])
    )
    assert row.parts == {"990102": 2}
    snapshots.take(by=city, row=row)
    assert InUse.objects.get(region=world.county).snapshot == own
    assert rows_in_use(Region.objects.filter(level="county"), "schools", YEAR).height == 3


def test_what_changes_is_told_before_and_a_roll_back_restores_it(world: World, clerk: User) -> None:
    first = snapshots.take(by=clerk, row=brought(clerk, world.county, workbook([school(1), school(2), school(3)])))
    changed = school(2, changed={"体育运动场馆面积（平方米）": 100})
    row = brought(clerk, world.county, workbook([school(1), changed, school(4)]))
    found: Difference = snapshots.change_of(row)
    assert [each.name for each in found.added] == ["临河县第4小学"]
    assert [each.name for each in found.removed] == ["临河县第3小学"]
    assert [(each.name, each.column.name, each.before, each.after) for each in found.changed] == [
        ("临河县第2小学", "sports_area", 5400.0, 100.0)
    ]
    second = snapshots.take(by=clerk, row=row)
    assert InUse.objects.get().snapshot == second

    with pytest.raises(InvalidValueError, match="理由"):
        snapshots.restore(by=clerk, snapshot=first, region=world.county, reason="")
    snapshots.restore(by=clerk, snapshot=first, region=world.county, reason="统计局更正了报表")
    assert InUse.objects.get().snapshot == first
    assert Snapshot.objects.count() == 2
    event = Event.objects.get(action="schools.snapshot.restore")
    assert (event.reason, event.before) == ("统计局更正了报表", {"in_use": {"990101": second.pk}})
    with pytest.raises(NotPossibleError, match="已是现用数据"):
        snapshots.restore(by=clerk, snapshot=first, region=world.county, reason="再退一次试试")


def test_taking_the_same_data_again_is_refused(world: World, clerk: User) -> None:
    content = workbook([school(1)])
    snapshots.take(by=clerk, row=brought(clerk, world.county, content))
    with pytest.raises(NotPossibleError, match="完全相同"):
        snapshots.take(by=clerk, row=brought(clerk, world.county, content))


def test_headings_said_once_are_known_the_next_time(world: World, clerk: User) -> None:
    headings = ["人头" if heading == "在校生数" else heading for heading in HEADINGS]
    row = brought(clerk, world.county, workbook([school(1)], headings))
    assert {each["heading"]: each["meaning"] for each in row.columns}["人头"] == ""
    row = imports.assign(by=clerk, row=row, assigned={"人头": "pupils"})
    assert {each["heading"]: each["meaning"] for each in row.columns}["人头"] == "pupils"
    assert frame_of(row.frame)["pupils"].to_list() == [500.0]
    assert HeadingMemory.objects.get().assigned == {"人头": "pupils"}

    again = brought(clerk, world.county, workbook([school(2)], headings), year=2025)
    assert again.remembered
    assert frame_of(again.frame)["pupils"].to_list() == [600.0]
    with pytest.raises(InvalidValueError, match="两列都指定为“在校生数”"):
        imports.assign(by=clerk, row=again, assigned={"人头": "pupils", "办学类型": "pupils"})


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "空.xlsx", "空文件"),
        (b"%PDF-1.4 nothing", "表.xlsx", "扩展名"),
        (b"%PDF-1.4 nothing", "表.pdf", "不是数据表"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密.xlsx", "已加密"),
        (b"\x00\x01\x02\x03" * 100, "乱.xlsx", "不是可以上传的文件类型"),
    ],
)
def test_files_that_cannot_be_tables_are_refused_with_their_own_sentence(
    world: World, clerk: User, content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(InvalidValueError, match=sentence):
        brought(clerk, world.county, content, name)
    assert Import.objects.count() == 0


def test_a_table_without_its_headings_is_kept_as_refused_with_the_reason(world: World, clerk: User) -> None:
    row = brought(clerk, world.county, workbook([["甲", 1], ["乙", 2]], ["某", "某某"]))
    assert row.state == "refused"
    assert "没有找到“学校基本情况表”的表头" in row.refusal
    with pytest.raises(NotPossibleError, match="不能读取"):
        snapshots.take(by=clerk, row=row)


def test_a_missing_required_column_stands_in_the_way(world: World, clerk: User) -> None:
    headings = ["某名" if heading == "学校名称" else heading for heading in HEADINGS]
    row = brought(clerk, world.county, workbook([school(1)], headings))
    assert any("缺少“学校名称”列" in each for each in row.obstacles)
    with pytest.raises(NotPossibleError, match="还不能入库"):
        snapshots.take(by=clerk, row=row)


def test_moved_columns_are_read_by_their_headings(world: World, clerk: User) -> None:
    order = list(range(len(HEADINGS)))[::-1]
    headings = [HEADINGS[place] for place in order]
    rows = [[row[place] for place in order] for row in (school(1), school(2))]
    there = brought(clerk, world.county, workbook([school(1), school(2)]))
    moved = brought(clerk, world.county, workbook(rows, headings))
    wanted = ["school_id", "pupils", "sports_area"]
    assert frame_of(moved.frame).select(wanted).equals(frame_of(there.frame).select(wanted))


def test_text_in_a_number_cell_is_an_error_with_its_cell(world: World, clerk: User) -> None:
    row = brought(clerk, world.county, workbook([school(1), school(2, changed={"专任教师数": "四十五"})]))
    problems = [each for each in problems_of(json_of(row.report)) if each.heading == "专任教师数"]
    assert problems[0].level == "error"
    assert [(cell.row, cell.value) for cell in problems[0].cells] == [(3, "四十五")]


def test_only_those_of_the_region_bring_and_only_the_office_takes(
    world: World, clerk: User, person: MakePerson
) -> None:
    content = workbook([school(1)])
    for role in (Role.LEADER, Role.REVIEWER, Role.SCHOOL_SUPERVISOR, Role.SYSTEM_ADMINISTRATOR):
        stranger = person(f"no-{role.value}", role, world.province)
        with pytest.raises(NotAllowedError):
            brought(stranger, world.county, content)
    officer = person("officer", Role.DEPARTMENT_OFFICER, world.city, world.education)
    with pytest.raises(NotAllowedError):
        brought(officer, world.county, content)  # of the city, not of the county
    row = brought(officer, Region.objects.get(pk=world.city.pk), content)
    with pytest.raises(NotAllowedError, match="督导室确认入库"):
        snapshots.take(by=officer, row=row)
    neighbour = person("neighbour", Role.SUPERVISION_CLERK, world.other_city)
    with pytest.raises(NotAllowedError):
        snapshots.take(by=neighbour, row=row)


def test_a_snapshot_cannot_be_changed_or_deleted(world: World, clerk: User) -> None:
    made = snapshots.take(by=clerk, row=brought(clerk, world.county, workbook([school(1)])))
    for command in ("UPDATE schools_snapshot SET rows = 2", "DELETE FROM schools_snapshotpart"):
        with (
            pytest.raises(DatabaseError, match="不能修改或删除"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(command)
    made.refresh_from_db()
    assert made.rows == 1


def test_an_import_that_is_given_up_stays_readable_and_cannot_be_taken(world: World, clerk: User) -> None:
    row = brought(clerk, world.county, workbook([school(1)]))
    imports.drop(by=clerk, row=row)
    assert Import.objects.get().state == "dropped"
    with pytest.raises(NotPossibleError, match="已放弃"):
        snapshots.take(by=clerk, row=row)
