"""The pages of school data as each role: upload, problems, taking, balance, what-if, downloads, roll back."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dudao.web.background.models import Job
from dudao.web.background.worker import run_all
from dudao.web.people.models import Region, User
from dudao.web.schools.actions import imports, snapshots
from dudao.web.schools.models import Import, InUse, Scenario, Snapshot
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, SignIn, World
from tests.web.school_files import HEADINGS, Row, school, workbook

PLACE = "/2024/990101/"
CITY = "/2024/990100/"


@pytest.fixture
def clerk(world: World, person: MakePerson) -> User:
    return person("county-clerk", Role.SUPERVISION_CLERK, world.county)


@pytest.fixture
def client(clerk: User, signed_in: SignIn) -> Client:
    return signed_in(clerk)


Take = Callable[..., Snapshot]


@pytest.fixture
def taken(world: World, clerk: User) -> Take:
    """Take rows as the data of the county in a year."""

    def take(rows: list[Row], year: int = 2024) -> Snapshot:
        row = imports.receive(
            by=clerk, region=world.county, year=year, kind="schools", raw=workbook(rows), name="学校.xlsx"
        )
        return snapshots.take(by=clerk, row=imports.read(by=clerk, row=row))

    return take


def uploaded(client: Client, rows: list[Row], name: str = "学校.xlsx") -> Any:
    file = SimpleUploadedFile(name, workbook(rows))
    return client.post(f"{PLACE}imports/upload/", {"kind": "schools", "file": file}, follow=True)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_clerk_goes_from_the_file_to_the_balance_page(client: Client) -> None:
    listing = text_of(client.get(f"{PLACE}imports/"))
    assert "还没有导入过数据表" in listing
    rows = [
        school(1),
        school(2, changed={"专任教师数": "四十五"}),
        school(3, "邻县"),
        school(4, changed={"体育运动场馆面积（平方米）": 900}),
    ]
    page = text_of(uploaded(client, rows))
    row = Import.objects.get()
    assert "“邻县”不属于临河县，这一行没有导入" in page
    assert "四十五" in page
    assert f"{PLACE}imports/{row.pk}/marked/" in page

    refused = client.post(f"{PLACE}imports/{row.pk}/take/", {})
    assert refused.status_code == 422
    assert "入库须说明理由" in text_of(refused)
    snapshot = client.post(f"{PLACE}imports/{row.pk}/take/", {"reason": "邻县的行不入库"}, follow=True)
    assert "邻县的行不入库" in text_of(snapshot)
    assert row.frame in text_of(snapshot)

    balance = text_of(client.get(f"{PLACE}balance/"))
    assert "临河县第4小学" in balance  # misses sports grounds
    assert "手工复核" in text_of(client.get(f"{PLACE}balance/hand/"))
    assert "临河县第1小学" in text_of(client.get(f"{PLACE}balance/schools/"))
    assert "历年差异系数" in text_of(client.get(f"{PLACE}balance/years/"))
    assert "均衡监测表" in text_of(client.get(f"{PLACE}balance/?print=1"))


def test_a_large_import_is_taken_by_a_worker_as_it_was_when_that_was_decided(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dudao.web.schools.views.imports.TAKEN_AT_ONCE", 1)
    uploaded(client, [school(1), school(2), school(3, "邻县")])
    row = Import.objects.get()
    address = f"{PLACE}imports/{row.pk}/"
    assert client.post(f"{address}take/", {}).status_code == 422  # what speaks against it is told at once
    asked = text_of(client.post(f"{address}take/", {"reason": "邻县的行不入库"}, follow=True))
    assert 'hx-trigger="every 2s"' in asked
    assert f"{address}take/" not in asked  # it is decided
    assert not Snapshot.objects.exists()
    run_all()
    made = Snapshot.objects.get()
    assert (made.by.username, made.reason, made.frame) == ("county-clerk", "邻县的行不入库", row.frame)
    assert Job.objects.get().result_url == f"{PLACE}snapshots/{made.pk}/"
    assert Import.objects.get().state == "taken"


def test_a_table_read_anew_before_the_worker_came_is_not_taken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dudao.web.schools.views.imports.TAKEN_AT_ONCE", 1)
    uploaded(client, [school(1), school(2)])
    row = Import.objects.get()
    address = f"{PLACE}imports/{row.pk}/"
    client.post(f"{address}take/", {})
    Import.objects.update(frame="0" * 64)
    run_all()
    assert not Snapshot.objects.exists()
    assert Job.objects.get().state == "failed"
    assert "已重新读取" in text_of(client.get(f"/jobs/{Job.objects.get().pk}/", headers={"HX-Request": "true"}))


def test_problems_are_found_filtered_and_paged(client: Client) -> None:
    rows = [school(n, changed={"专任教师数": "无数"}) for n in range(1, 71)] + [school(71, "邻县")]
    uploaded(client, rows)
    row = Import.objects.get()
    address = f"{PLACE}imports/{row.pk}/?show=problems"
    first = text_of(client.get(address + "&level=error"))
    assert "第 2 行" in first
    assert "1 / 2" in first
    second = text_of(client.get(address + "&level=error&page=2"))
    assert "第 72 行" in second
    only = text_of(client.get(address + "&q=邻县"))
    assert only.count("没有导入") >= 1
    assert "无数" not in only.split('aria-label="问题"')[-1]


def test_the_marked_copy_carries_the_problem_in_its_cell(client: Client) -> None:
    uploaded(client, [school(1), school(2, changed={"专任教师数": "四十五"})])
    row = Import.objects.get()
    answer = client.get(f"{PLACE}imports/{row.pk}/marked/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cell = book.worksheets[0].cell(row=3, column=HEADINGS.index("专任教师数") + 1)
    assert cell.value == "四十五"
    assert cell.comment is not None
    assert "四十五" in cell.comment.text
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.xlsx", b"", "没有选择文件"),  # a browser sends an empty file as none
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "不是可以上传的文件类型"),
        ("说明.docx", b"%PDF-1.7 x", "扩展名"),
        ("说明.pdf", b"%PDF-1.7 x", "不是数据表"),
    ],
)
def test_bad_files_are_told_at_the_form(client: Client, name: str, content: bytes, sentence: str) -> None:
    answer = client.post(f"{PLACE}imports/upload/", {"kind": "schools", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert sentence in text_of(answer) or "空文件" in text_of(answer)
    assert Import.objects.count() == 0


def test_headings_are_assigned_in_the_page(client: Client) -> None:
    headings = ["人头" if heading == "在校生数" else heading for heading in HEADINGS]
    file = SimpleUploadedFile("自拟.xlsx", workbook([school(1)], headings))
    client.post(f"{PLACE}imports/upload/", {"kind": "schools", "file": file})
    row = Import.objects.get()
    page = text_of(client.get(f"{PLACE}imports/{row.pk}/?show=columns"))
    assert "没有用到" in page
    said = {"heading": ["人头"], "meaning": ["pupils"]}
    after = text_of(client.post(f"{PLACE}imports/{row.pk}/columns/", said, follow=True))
    assert "已按新的列名对应重新读取" in after
    assert "人工指定" in text_of(client.get(f"{PLACE}imports/{row.pk}/?show=columns"))


def test_a_what_if_is_tried_saved_and_found_by_its_link(client: Client, taken: Take) -> None:
    taken([school(1), school(2), school(3, changed={"体育运动场馆面积（平方米）": 900})])
    query = "?school=临河县第3小学&column=sports_area&value=%2B6000"
    page = text_of(client.get(f"{PLACE}balance/whatif/{query}"))
    assert "推演，不是上报数据" in page
    assert "900 → 6,900" in page
    assert "未达标 → 达标" in page
    saved = client.post(
        f"{PLACE}balance/whatif/save/",
        {"name": "扩建操场", "school": "临河县第3小学", "column": "sports_area", "value": "+6000"},
        follow=True,
    )
    row = Scenario.objects.get()
    assert row.changes == ["临河县第3小学/sports_area=+6000"]
    assert "扩建操场" in text_of(saved)
    assert "学校数据已更新" not in text_of(saved)
    taken([school(1), school(2)])
    assert "学校数据已更新" in text_of(client.get(f"{PLACE}balance/whatif/{row.pk}/"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?school=没有的学校&column=sports_area&value=1", "表里没有学校"),
        ("?school=临河县第1小学&column=sports_area&value=很多", "不是数"),
        ("?school=临河县第1小学&column=sports_area&value=-999999", "小于 0"),
    ],
)
def test_a_what_if_that_cannot_be_says_why(client: Client, taken: Take, query: str, sentence: str) -> None:
    taken([school(1), school(2)])
    answer = client.get(f"{PLACE}balance/whatif/{query}")
    assert answer.status_code == 200
    assert sentence in text_of(answer)


def test_worksheet_report_and_template_come_as_files(client: Client, taken: Take) -> None:
    taken([school(n) for n in range(1, 5)])
    sheet = client.get(f"{PLACE}balance/worksheet/")
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    assert "汇总" in book.sheetnames
    report = client.get(f"{PLACE}balance/report/")
    assert report["Content-Disposition"].startswith("attachment")
    assert "均衡测算报告" in text_of(report)
    template = client.get("/2025/990101/imports/template/schools/")
    names = [row[4].value for row in openpyxl.load_workbook(io.BytesIO(template.content)).worksheets[0].iter_rows()]
    assert "临河县第1小学" in names
    assert client.get("/2023/990101/balance/worksheet/").status_code == 409


def test_a_roll_back_from_the_page(client: Client, taken: Take) -> None:
    first = taken([school(1)])
    second = taken([school(1), school(2)])
    page = text_of(client.get(f"{PLACE}snapshots/{second.pk}/"))
    assert "临河县第2小学" in page  # added against the one before
    address = f"{PLACE}snapshots/{first.pk}/restore/"
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "统计口径有误"})
    assert InUse.objects.get().snapshot_id == first.pk


def test_the_city_sees_all_its_counties(world: World, person: MakePerson, signed_in: SignIn, taken: Take) -> None:
    Region.objects.add_child(
        Region.objects.get(pk=world.city.pk), instance=Region(code="990102", name="河东区", level="county")
    )
    # a heading of the table of codes, which no table of schools is ever imported for
    Region.objects.add_child(
        Region.objects.get(pk=world.city.pk), instance=Region(code="990199", name="市辖区", level="county")
    )
    taken([school(1), school(2)])
    taken([school(1), school(2)], year=2023)
    city = signed_in(person("leader", Role.LEADER, world.city))
    page = text_of(city.get(f"{CITY}balance/"))
    assert "1 / 2" in page
    assert "市辖区" not in page
    assert "河东区" in page
    assert "没有数据" in page
    assert "2023" in page
    assert f'href="{PLACE}balance/"' in page
    empty = text_of(city.get("/2021/990101/balance/"))
    assert "还没有学校数据" in empty
    assert "导出计算表" not in empty  # there is nothing to be handed out
    assert "打印" not in empty
    province = signed_in(person("head", Role.PROVINCIAL_ADMINISTRATOR, world.province))
    assert "临河县" in text_of(province.get("/2024/990000/balance/"))


ADDRESSES = (
    f"{PLACE}imports/",
    f"{PLACE}imports/{{import}}/",
    f"{PLACE}imports/{{import}}/file/",
    f"{PLACE}snapshots/{{snapshot}}/",
    f"{PLACE}balance/",
    f"{PLACE}balance/schools/",
    f"{PLACE}balance/hand/",
    f"{PLACE}balance/years/",
    f"{PLACE}balance/worksheet/",
    f"{PLACE}balance/report/",
    f"{PLACE}balance/whatif/",
    f"{PLACE}balance/proposals/",
)
IMPORTS, BALANCE, PLANS = slice(0, 4), slice(4, 11), slice(11, 12)


@pytest.mark.parametrize(
    ("role", "where", "imports_open", "balance_open", "plans_open"),
    [
        (Role.SUPERVISION_CLERK, "county", True, True, True),
        (Role.SUPERVISION_CLERK, "city", True, True, True),
        (Role.PROVINCIAL_ADMINISTRATOR, "province", True, True, False),
        (Role.REVIEWER, "province", True, True, False),
        (Role.LEADER, "county", False, True, False),
        (Role.LEADER, "city", False, True, False),
        (Role.SCHOOL_SUPERVISOR, "county", False, False, False),
        (Role.SYSTEM_ADMINISTRATOR, "province", False, False, False),
        (Role.DEPARTMENT_OFFICER, "city", False, False, False),
        (Role.SUPERVISION_CLERK, "other", False, False, False),
        (Role.PROVINCIAL_ADMINISTRATOR, "other", False, False, False),
    ],
)
def test_each_role_opens_what_the_table_of_roles_says(
    world: World,
    person: MakePerson,
    signed_in: SignIn,
    taken: Take,
    role: Role,
    where: str,
    imports_open: bool,
    balance_open: bool,
    plans_open: bool,
) -> None:
    made = taken([school(1), school(2)])
    region = {
        "county": world.county,
        "city": world.city,
        "province": world.province,
        "other": world.other_province if role is Role.PROVINCIAL_ADMINISTRATOR else world.other_city,
    }[where]
    department = world.education if role is Role.DEPARTMENT_OFFICER else None
    visitor = signed_in(person("visitor", role, region, department))
    addresses = [each.format(**{"import": made.origin_id, "snapshot": made.pk}) for each in ADDRESSES]
    for part, is_open in ((IMPORTS, imports_open), (BALANCE, balance_open), (PLANS, plans_open)):
        for address in addresses[part]:
            status = visitor.get(address).status_code
            assert (status == 200) is is_open, (address, status)
            assert is_open or status in {403, 404}, (address, status)


def test_an_officer_sees_own_imports_and_the_balance_of_the_own_region_alone(
    world: World, person: MakePerson, signed_in: SignIn, clerk: User, taken: Take
) -> None:
    made = taken([school(1)])
    officer = person("officer", Role.DEPARTMENT_OFFICER, world.city, world.education)
    visitor = signed_in(officer)
    assert visitor.get(f"{CITY}balance/").status_code == 200
    assert visitor.get(f"{PLACE}balance/").status_code == 404
    city = text_of(visitor.get(f"{CITY}balance/"))
    assert "临河县" in city
    assert f'href="{PLACE}balance/"' not in city  # nobody is led where they may not go
    content = SimpleUploadedFile("城.xlsx", workbook([school(1)]))
    visitor.post(f"{CITY}imports/upload/", {"kind": "schools", "file": content})
    own = Import.objects.get(by=officer)
    page = text_of(visitor.get(f"{CITY}imports/"))
    assert "城.xlsx" in page
    assert f"snapshots/{made.pk}" not in page
    assert "请通知督导室" in text_of(visitor.get(f"{CITY}imports/{own.pk}/"))
    assert visitor.post(f"{CITY}imports/{own.pk}/take/", {}).status_code == 403


def test_pages_cost_the_same_with_more_schools_counties_and_imports(
    world: World, person: MakePerson, signed_in: SignIn, client: Client, taken: Take
) -> None:
    city_clerk = person("city-clerk", Role.SUPERVISION_CLERK, world.city)
    city = signed_in(city_clerk)
    first = taken([school(1), school(2)])
    taken([school(1)], year=2023)
    pages = (
        (client, f"{PLACE}imports/"),
        (client, f"{PLACE}imports/{first.origin_id}/?show=problems"),
        (client, f"{PLACE}balance/"),
        (client, f"{PLACE}balance/schools/"),
        (client, f"{PLACE}balance/years/"),
        (client, f"{PLACE}balance/whatif/"),
        (city, f"{CITY}balance/"),
        (city, f"{CITY}imports/"),
    )

    def counted() -> list[int]:
        found = []
        for visitor, address in pages:
            visitor.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert visitor.get(address).status_code == 200
            found.append(len(captured))
        return found

    few = counted()
    for number in range(2, 7):
        parent = Region.objects.get(pk=world.city.pk)
        county = Region(code=f"99010{number}", name=f"第{number}区", level="county")
        Region.objects.add_child(parent, instance=county)
        rows = [school(n, county.name) for n in range(1, 9)]
        row = imports.receive(
            by=city_clerk,
            region=Region.objects.get(code=county.code),
            year=2024,
            kind="schools",
            raw=workbook(rows),
            name="区.xlsx",
        )
        snapshots.take(by=city_clerk, row=imports.read(by=city_clerk, row=row))
    for size in (5, 9, 14):
        taken([school(n) for n in range(1, size)])
        taken([school(n) for n in range(1, size)], year=2022 - size)
    assert counted() == few
