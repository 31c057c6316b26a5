"""The worksheet out and back in: what would change first, row by row what cannot be, nothing before it is confirmed."""

from collections.abc import Callable
from io import BytesIO
from re import search

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dudao.web.audit.models import Event
from dudao.web.evaluations.actions import answers
from dudao.web.evaluations.models import FactValue, PointScore
from tests.web.conftest import ITEM, OpenedRound, SignIn

BULK = "/2022/990100/duty/bulk/"


def template(client: Client) -> Workbook:
    answer = client.get(f"{BULK}template/")
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def upload(client: Client, book: Workbook) -> tuple[int, str]:
    held = BytesIO()
    book.save(held)
    answer = client.post(BULK, {"file": SimpleUploadedFile("填报.xlsx", held.getvalue())})
    return answer.status_code, answer.content.decode()


def row_of(sheet: Worksheet, name: str, part: str = "") -> int:
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 3).value == name and (sheet.cell(row, 4).value or "") == part:
            return row
    raise AssertionError(f"no row {name} {part}")


def signed(text: str) -> str:
    found = search(r'name="signed" value="([^"]+)"', text)
    assert found is not None
    return found.group(1)


def growth(opened: OpenedRound) -> FactValue:
    return FactValue.objects.get(region=opened.assessment.region, name="education_spending_growth", period="2022")


def test_the_worksheet_holds_the_own_items_with_what_stands_there(opened: OpenedRound, signed_in: SignIn) -> None:
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=growth(opened), value="7.90", unit="%", version=0)
    sheet = template(signed_in(opened.officer))["填报"]
    assert sheet.protection.sheet
    items = {sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)}
    assert any(str(item).startswith("3.10") for item in items)
    assert not any(str(item).startswith("1.1 ") for item in items)
    assert sheet.cell(row_of(sheet, "一般公共预算教育支出增幅"), 7).value == "7.90"
    assert sheet.cell(2, 1).protection.locked
    assert not sheet.cell(2, 7).protection.locked


def test_changes_are_shown_first_and_saved_only_when_confirmed(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    book = template(client)
    sheet = book["填报"]
    sheet.cell(row_of(sheet, "一般公共预算教育支出增幅"), 7).value = 7.91
    sheet.cell(row_of(sheet, "教育经费保障情况", "自评分"), 7).value = "11"
    status, text = upload(client, book)
    assert status == 200
    assert "将更新 2 处" in text
    assert growth(opened).value == ""
    assert not Event.objects.filter(action__startswith="evaluations.fact").exists()
    assert client.post(f"{BULK}confirm/", {"signed": signed(text)}).status_code == 302
    assert growth(opened).value == "7.91"
    assert PointScore.objects.get(answer=opened.answer()).points == 11
    assert Event.objects.filter(action="evaluations.bulk.save").count() == 1
    again = client.post(f"{BULK}confirm/", {"signed": signed(text)})
    assert again.status_code in {302, 409}
    assert upload(client, template(client))[1].count("没有要保存的变化") == 1


def test_every_wrong_row_is_named_and_nothing_is_saved(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    book = template(client)
    sheet = book["填报"]
    bad = row_of(sheet, "一般公共预算教育支出增幅")
    sheet.cell(bad, 7).value = "四十五"
    points = row_of(sheet, "教育经费保障情况", "自评分")
    sheet.cell(points, 7).value = "99"
    kept = row_of(sheet, "生均一般公共预算教育支出比上年没有下降", "普通小学")
    sheet.cell(kept, 7).value = "是"
    sheet.append(["数999999-0", "", "别人的数", "", "", "", "1", ""])
    sheet.append([sheet.cell(kept, 1).value, "", "重复", "", "", "", "否", ""])
    status, text = upload(client, book)
    assert status == 200
    for row in (bad, points, sheet.max_row - 1, sheet.max_row):
        assert f"第 {row} 行" in text
    assert "不是数字" in text
    assert "超出范围" in text
    assert 'name="signed"' not in text
    assert not FactValue.objects.exclude(value="").exists()


def test_what_somebody_changed_since_the_download_is_told(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    book = template(client)
    answers.save_fact(by=opened.clerk, answer=opened.answer(), fact=growth(opened), value="5", unit="%", version=0)
    sheet = book["填报"]
    sheet.cell(row_of(sheet, "一般公共预算教育支出增幅"), 7).value = "6"
    _, text = upload(client, book)
    assert "clerk" in text
    assert growth(opened).value == "5"


def moved(sheet: Worksheet) -> None:
    sheet.cell(1, 6).value, sheet.cell(1, 7).value = sheet.cell(1, 7).value, sheet.cell(1, 6).value


def deleted(sheet: Worksheet) -> None:
    sheet.delete_cols(5)


def widened(sheet: Worksheet) -> None:
    sheet.insert_cols(4)


@pytest.mark.parametrize(
    ("change", "words"),
    [(moved, "第 6 列应为“上年”，现为“本年填写”"), (deleted, "缺少“单位”列"), (widened, "第 4 列应为“分项”")],
)
def test_moved_columns_are_told(
    opened: OpenedRound, signed_in: SignIn, change: Callable[[Worksheet], None], words: str
) -> None:
    client = signed_in(opened.officer)
    book = template(client)
    change(book["填报"])
    status, text = upload(client, book)
    assert status == 422
    assert words in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "0 字节"),
        ("假.xlsx", b"%PDF-1.7", "不是 xlsx"),
        ("坏.xlsx", b"PK\x03\x04" + b"x" * 200, "损坏"),
        ("大.xlsx", b"PK" + b"0" * (5 * 1024 * 1024), "超过 5 MB"),
    ],
)
def test_what_is_no_worksheet_is_refused_in_words(
    opened: OpenedRound, signed_in: SignIn, name: str, content: bytes, words: str
) -> None:
    client = signed_in(opened.officer)
    answer = client.post(BULK, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_consent_serves_its_person_alone(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    book = template(client)
    sheet = book["填报"]
    sheet.cell(row_of(sheet, "一般公共预算教育支出增幅"), 7).value = "7"
    consent = signed(upload(client, book)[1])
    assert signed_in(opened.clerk).post(f"{BULK}confirm/", {"signed": consent}).status_code == 422
    assert client.post(f"{BULK}confirm/", {"signed": consent + "x"}).status_code == 422
    assert growth(opened).value == ""
    assert signed_in(opened.other_officer).get(BULK).status_code == 404
    assert signed_in(opened.other_officer).get(f"{BULK}template/").status_code == 404


def test_one_item_alone(opened: OpenedRound, signed_in: SignIn) -> None:
    answer = signed_in(opened.clerk).get(f"{BULK}template/?item={ITEM}")
    sheet = load_workbook(BytesIO(answer.content))["填报"]
    assert {str(sheet.cell(row, 2).value).split()[0] for row in range(2, sheet.max_row + 1)} == {ITEM}
