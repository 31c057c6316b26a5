"""A county's school data in a real browser: from the bureau's file to the balance page, a what-if, a plan."""

import io
import re
from typing import Any

import openpyxl
import pytest

from tests.web.browser.visitor import Visitor
from tests.web.school_files import HEADINGS, school, workbook

pytestmark = pytest.mark.timeout(900)
PLACE = "/2025/990101/"


def file_of(*, mistakes: bool) -> dict[str, Any]:
    """A table of eight schools as a bureau hands it over; with an own heading, words for a number, a stranger."""
    rows = [school(number) for number in range(1, 9)]
    rows[3] = school(4, changed={"体育运动场馆面积（平方米）": 2000})
    headings = list(HEADINGS)
    if mistakes:
        rows[1] = school(2, changed={"专任教师数": "四十五"})
        rows.append(school(9, "东湖区"))
        headings[HEADINGS.index("在校生数")] = "人头"
    return {"name": "临河县2025.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows, headings)}


def bring(one: Visitor, file: dict[str, Any]) -> None:
    one.main.get_by_label(re.compile("选择文件")).set_input_files(file)
    one.press("上传并校验")


def test_a_county_takes_a_table_in_and_plans_with_it(visit: Any) -> None:
    clerk = visit("linhe")
    clerk.go(f"{PLACE}imports/", "30-imports-empty")
    field = clerk.main.get_by_label(re.compile("选择文件"))
    field.set_input_files({"name": "空表.xlsx", "mimeType": "application/octet-stream", "buffer": b""})
    assert "空表.xlsx：空文件（0 字节），不会保存" in clerk.main.inner_text()
    assert not field.evaluate("input => input.checkValidity()")
    bring(clerk, file_of(mistakes=True))
    clerk.look("31-import-problems")
    content = clerk.page.content()
    assert "“东湖区”不属于临河县" in content
    assert "四十五" in content

    # the heading that nobody could know is given its meaning, and is read anew
    clerk.page.get_by_role("link", name=re.compile("列名对应")).click()
    clerk.look("32-import-columns")
    clerk.main.get_by_label("人头 对应").select_option("pupils")
    clerk.press("按此对应重新读取")
    assert "已按新的列名对应重新读取" in clerk.page.content()

    # the marked copy shows the cell
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("link", name=re.compile("下载标注错误的 Excel")).click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    cell = book.worksheets[0].cell(row=3, column=HEADINGS.index("专任教师数") + 1)
    assert cell.comment is not None

    # a mended file with the same headings but one is taken
    clerk.go(f"{PLACE}imports/", "33-imports-waiting")
    bring(clerk, file_of(mistakes=False))
    clerk.page.get_by_role("link", name=re.compile("预览变化")).click()
    clerk.look("34-import-changes")
    assert "新增 8" in clerk.page.content()
    clerk.press("确认入库")
    clerk.look("35-snapshot")
    assert "已入库：新增 8" in clerk.page.content()

    clerk.go(f"{PLACE}balance/", "36-balance")
    content = clerk.page.content()
    assert "临河县第4小学" in content
    assert "未达标" in content
    for name in ("学校明细", "计算表", "历年"):
        clerk.page.get_by_role("navigation", name="均衡监测").get_by_role("link", name=name).click()
        clerk.look(f"37-balance-{name}")
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("link", name="导出计算表").click()
    sheets = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert "汇总" in sheets.sheetnames

    # the playing field grows on paper, and the way is kept under a name
    clerk.go(f"{PLACE}balance/whatif/", "38-whatif")
    clerk.main.get_by_label("第 1 处改动的学校").fill("临河县第4小学")
    clerk.main.get_by_label("第 1 处改动的项目").select_option("sports_area")
    clerk.main.get_by_label("第 1 处改动的数值").fill("+5000")
    clerk.press("试算")
    clerk.look("39-whatif-tried")
    assert "2,000 → 7,000" in clerk.page.content()
    shared = clerk.page.url
    clerk.main.get_by_label("方案名称").fill("第4小学扩建操场")
    clerk.press("保存方案")
    clerk.look("40-scenario")
    assert "推演，不是上报数据" in clerk.page.content()

    # somebody else opens the link that was sent on; a leader reads and saves nothing
    city = visit("yunzhou", width=1440, height=900)
    city.page.goto(shared)
    assert "2,000 → 7,000" in city.page.content()
    leader = visit("lingdao", width=390, height=844)
    leader.go("/2024/990100/balance/", "41-city-phone")
    leader.go(f"{PLACE}balance/whatif/", "42-whatif-phone")
    assert leader.page.get_by_role("button", name="保存方案").count() == 0

    # the cheapest way is searched by the worker beside the server
    clerk.go(f"{PLACE}balance/proposals/", "43-proposals")
    clerk.press("开始测算")
    clerk.page.get_by_text("未达标学校：1 → 0 所").wait_for(timeout=120_000)
    clerk.look("44-proposal")


def test_computed_figures_are_taken_over_in_the_item(visit: Any) -> None:
    clerk = visit("yunzhou", width=1440, height=900)
    clerk.go("/2024/990100/duty/self/3.2/", "45-item-computed")
    part = clerk.main.get_by_role("region", name="由学校数据计算")
    part.scroll_into_view_if_needed()
    clerk.look("45-item-computed")
    line = part.get_by_role("row", name=re.compile("学校平均规模"))
    assert "尚未填报" in line.inner_text()
    line.get_by_role("button", name=re.compile("取用")).click()
    clerk.page.wait_for_load_state("load")
    assert "已取用学校数据" in clerk.page.content()
    line = clerk.main.get_by_role("region", name="由学校数据计算").get_by_role("row", name=re.compile("学校平均规模"))
    assert "一致" in line.inner_text()
