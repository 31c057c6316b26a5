import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import duties
from dudao.web.evaluations.duty_list import duty_matrix
from dudao.web.evaluations.models import Duty, FactValue
from dudao.web.evaluations.refusals import InvalidValueError, NotPossibleError
from dudao.web.people.models import Department
from tests.web.conftest import SignIn, World
from tests.web.test_rounds import Opened, opened, scheme

__all__ = ["opened", "scheme"]

PAGE = "/2022/990100/duty/duties/"
HEAD = ("指标编号", "指标名称", "部门", "职责类型")


def workbook(*rows: tuple[str, ...]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    book.close()
    return buffer.getvalue()


def upload(client: Client, raw: bytes, name: str = "清单.xlsx") -> tuple[int, str, str]:
    answer = client.post(PAGE + "import/", {"file": SimpleUploadedFile(name, raw)})
    page = answer.content.decode()
    sealed = page.partition('name="confirmed" value="')[2].partition('"')[0]
    return answer.status_code, page, sealed


def test_the_list_opens_for_its_region_and_shows_an_officer_the_own_rows(
    opened: Opened, world: World, signed_in: SignIn
) -> None:
    for view in ("departments", "items", "without", "several", "nonsense"):
        assert signed_in(opened.clerk).get(PAGE + f"?view={view}").status_code == 200
    own = signed_in(opened.officer).get(PAGE).content.decode()
    assert world.finance.name in own
    assert world.education.name not in own
    assert "导入 Excel" not in own
    assert "导入 Excel" not in signed_in(opened.leader).get(PAGE).content.decode()
    assert signed_in(opened.stranger).get(PAGE).status_code == 404
    assert signed_in(opened.province).get(PAGE).status_code == 404


def test_a_click_changes_a_duty_and_is_recorded(opened: Opened, world: World, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    answer = client.post(PAGE + "set/", {"cell": f"{world.finance.pk}:none:3.10", "view": "items"})
    assert answer["Location"] == PAGE + "?view=items"
    assert not Duty.objects.filter(item="3.10", department=world.finance).exists()
    assert "没有牵头单位" in client.get(PAGE).content.decode()
    client.post(PAGE + "set/", {"cell": ":lead:3.10", "lead-3.10": world.education.pk})
    assert Duty.objects.get(item="3.10", lead=True).department == world.education
    assert Event.objects.filter(action="evaluations.duty.set").count() == 2


def test_figures_follow_the_lead_of_their_item(opened: Opened, world: World) -> None:
    owned = FactValue.objects.filter(name="education_spending_growth", region=world.city)
    assert {row.owner for row in owned} == {world.finance}
    duties.set_duty(by=opened.clerk, assessment=opened.assessment, item="3.10", department=world.finance, duty="none")
    duties.set_duty(by=opened.clerk, assessment=opened.assessment, item="3.10", department=world.education, duty="lead")
    assert {row.owner for row in owned.all()} == {world.education}


def test_an_item_never_gets_two_leads(opened: Opened, world: World, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    answer = client.post(PAGE + "set/", {"cell": f"{world.education.pk}:lead:3.10"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第 3.10 项已有牵头单位市财政局，每项只能有一个牵头单位。" in page
    assert 'id="duties"' in page  # what htmx puts in the place of the list


@pytest.mark.parametrize("cell", ["", "²:lead:3.10", "x:lead:3.10", "{}:lead:9.99", "{}:boss:3.10"])
def test_a_cell_that_does_not_exist_is_refused(cell: str, opened: Opened, world: World, signed_in: SignIn) -> None:
    answer = signed_in(opened.clerk).post(PAGE + "set/", {"cell": cell.format(world.finance.pk)})
    assert answer.status_code == 422


def test_others_change_no_duties(opened: Opened, world: World, signed_in: SignIn) -> None:
    given = {"cell": f"{world.finance.pk}:none:3.10"}
    assert signed_in(opened.officer).post(PAGE + "set/", given).status_code == 403
    assert signed_in(opened.leader).post(PAGE + "set/", given).status_code == 403
    assert signed_in(opened.stranger).post(PAGE + "set/", given).status_code == 404
    foreign = {"cell": f"{world.other_finance.pk}:help:3.10"}
    assert signed_in(opened.clerk).post(PAGE + "set/", foreign).status_code == 404
    assert not Event.objects.filter(action="evaluations.duty.set").exists()


def test_what_was_sent_upwards_keeps_its_duties(opened: Opened, world: World) -> None:
    opened.assessment.state = "submitted"
    opened.assessment.save()
    with pytest.raises(NotPossibleError, match="已报送"):
        duties.set_duty(
            by=opened.clerk, assessment=opened.assessment, item="3.10", department=world.finance, duty="none"
        )


def test_an_export_comes_back_unchanged(opened: Opened, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    exported = client.get(PAGE + "export/")
    assert exported["Content-Disposition"].startswith("attachment")
    status, page, sealed = upload(client, exported.content)
    assert (status, sealed) == (200, "")
    assert "没有变动" in page


def test_moved_columns_and_a_title_line_are_found(opened: Opened, world: World, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    moved = workbook(
        ("云州市部门职责清单", "", "", ""),
        ("依据", "职责类型", "部门（全称）", "备注", "指标 编号"),
        ("市政发〔2022〕3号", "配合", "市财政局", "", "3.10"),
        ("", "牵头", "教育局", "", "教育经费保障情况"),
    )
    status, page, sealed = upload(client, moved)
    assert status == 200
    assert "将变动" in page
    assert Duty.objects.get(item="3.10", lead=True).department == world.finance
    assert client.post(PAGE + "import/", {"confirmed": sealed}).status_code == 302
    assert Duty.objects.get(item="3.10", lead=True).department == world.education
    assert Duty.objects.get(item="3.10", department=world.finance).source == "市政发〔2022〕3号"
    assert Event.objects.filter(action="evaluations.duty.import").count() == 1


def test_every_wrong_row_is_told_and_nothing_is_saved(opened: Opened, world: World, signed_in: SignIn) -> None:
    before = duty_matrix(opened.assessment).fingerprint
    raw = workbook(
        HEAD,
        ("3.10", "", "市财政局", "牵头"),
        ("3.10", "", "市财政局", "配合"),
        ("3.10", "", "市教育局", "牵头"),
        ("12.9", "", "市教育局", "牵头"),
        ("3.11", "", "市财征局", "牵头"),
        ("3.11", "", "市教育局", "主管"),
    )
    status, page, sealed = upload(signed_in(opened.clerk), raw)
    assert (status, sealed) == (422, "")
    assert "第 3.10 项市财政局重复，第 2 行已有" in page
    assert "第 3.10 项已有牵头单位市财政局，每项只能有一个牵头单位。" in page
    assert "指标“12.9”不在方案中" in page
    assert "是否为“市财政局”" in page
    assert "职责类型“主管”请填“牵头”或“配合”" in page
    assert duty_matrix(opened.assessment).fingerprint == before


@pytest.mark.parametrize(
    ("raw", "name", "sentence"),
    [
        (b"", "空.xlsx", "空文件"),
        (b"PK\x03\x04broken", "坏.xlsx", "已损坏"),
        (b"%PDF-1.4 nothing", "表.pdf", "不是 Excel"),
        (workbook(("编号", "部门")), "少.xlsx", "没有同时找到"),
        (workbook(HEAD), "只有表头.xlsx", "没有内容"),
        ("指标编号,部门,职责类型\n3.10,市财政局,牵头\n".encode("gb18030"), "表.csv", "没有变动"),
        (b"\x00\x01\x02\x03" * 50, "x.bin", "不是可以上传"),
    ],
)
def test_files_that_are_no_list_are_told(
    raw: bytes, name: str, sentence: str, opened: Opened, world: World, signed_in: SignIn
) -> None:
    Duty.objects.filter(item="3.10", department=world.education).delete()
    status, page, _sealed = upload(signed_in(opened.clerk), raw, name)
    assert sentence in page
    assert status == (200 if sentence == "没有变动" else 422)


def test_a_preview_that_is_no_longer_true_is_not_saved(opened: Opened, world: World, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    _status, _page, sealed = upload(client, workbook(HEAD, ("3.10", "", "市教育局", "牵头")))
    duties.set_duty(by=opened.clerk, assessment=opened.assessment, item="2.4", department=world.finance, duty="help")
    assert client.post(PAGE + "import/", {"confirmed": sealed}).status_code == 409
    assert client.post(PAGE + "import/", {"confirmed": sealed + "x"}).status_code == 422
    assert Duty.objects.get(item="3.10", lead=True).department == world.finance


def test_a_table_with_two_leads_cannot_be_forced(opened: Opened, world: World) -> None:
    from dudao.web.evaluations.duty_table import WantedDuty

    wanted = [WantedDuty(2, "3.10", world.finance.pk, True), WantedDuty(3, "3.10", world.education.pk, True)]
    with pytest.raises(InvalidValueError, match="两个牵头单位"):
        duties.replace_duties(
            by=opened.clerk,
            assessment=opened.assessment,
            wanted=wanted,
            seen=duty_matrix(opened.assessment).fingerprint,
        )


def test_a_task_sheet_is_printed_for_each_department(opened: Opened, world: World, signed_in: SignIn) -> None:
    client = signed_in(opened.clerk)
    one = client.get(PAGE + f"?print=1&department={world.finance.pk}").content.decode()
    assert one.count("<article>") == 1
    assert "市财政局：" in one
    assert "一般公共预算教育支出决算表" in one
    assert client.get(PAGE + "?print=1").content.decode().count("<article>") >= 2
    own = signed_in(opened.officer).get(PAGE + f"?print=1&department={world.education.pk}").content.decode()
    assert "<article>" not in own


def test_queries_do_not_grow_with_departments(
    opened: Opened,
    world: World,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    Department.objects.bulk_create(Department(region=world.city, name=f"市第{n}局") for n in range(40))
    client = signed_in(opened.clerk)
    addresses = (PAGE, PAGE + "?view=items", PAGE + "?print=1", "/2022/990100/duty/progress/")
    for address in addresses:
        client.get(address)  # how to ask is made once, and counts while it is made
    for address in addresses:
        FactValue.objects.update(version=F("version") + 1)
        # The first one to ask for the scores as they stand now reads the rows; whoever follows does not.
        with django_assert_max_num_queries(26):
            assert client.get(address).status_code == 200
        with django_assert_max_num_queries(22):
            assert client.get(address).status_code == 200
