"""A report through the checks in a real browser: uploaded, decided on by keys, mended, compared; and the draft."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.browser.visitor import Visitor
from tests.web.checked_reports import word

pytestmark = pytest.mark.timeout(900)
CHECKS = "/2024/990100/duty/checks/"
TITLE = "云州市人民政府2024年度履行教育职责自评报告"
WRONG = "2024年全市一般公共预算教育支出40.28亿元，比2023年的38.62亿元增长4.8%。"
MORE = "2024年全市初中在校生45270人，比2023年的44800人增加570人。"
FINE = "2024年全市在园幼儿5232人，其中公办园在园幼儿2616人，占比50%。"
TIED = "2024年全市公办园在园幼儿占比49.8%。"


def docx(folder: Path, name: str, *lines: str) -> str:
    (folder / name).write_bytes(word([TITLE, "一、教育经费", *lines]))
    return str(folder / name)


def upload(one: Visitor, file: str) -> None:
    one.page.locator("input[type=file]").set_input_files(file)
    with one.page.expect_navigation():
        one.page.get_by_role("button", name="上传并核验").click()


def test_planted_errors_are_found_decided_on_and_told_as_solved(visit: Any, tmp_path: Path) -> None:
    clerk = visit("yunzhou", width=1440, height=900)
    clerk.go(CHECKS, "30-reports")
    upload(clerk, docx(tmp_path, "初稿.docx", WRONG, MORE, "二、学前教育", FINE, TIED))
    clerk.look("31-report")
    page = clerk.page
    assert re.search(r"/checks/\d+/", page.url)
    cards = page.locator(".fds .fd")
    assert cards.count() == 3
    assert page.locator(".fd.sel ins").inner_text() == "4.3%"
    assert page.locator(".paper .m.b.sel").count() >= 1

    # by keys: the next one, set aside with a reason; and back
    page.keyboard.press("n")
    page.locator(".fd.sel", has_text="570人").wait_for()
    assert "finding=2" in page.url
    page.keyboard.press("d")
    reason = page.get_by_label("理由（至少 5 个字）")
    reason.wait_for()
    reason.type("按学籍系统核对过n")  # letters in a field are letters
    with clerk.saved():
        page.locator(".fd.sel").get_by_role("button", name="不采纳", exact=True).click()
    page.locator(".fd.sel.h-dismissed").wait_for()
    assert "按学籍系统核对过n" in page.locator(".fd.sel").inner_text()
    page.get_by_text("已处理 1 / 3").wait_for()
    assert page.locator(".paper .m.d").count() >= 1
    page.keyboard.press("p")
    page.locator(".fd.sel ins", has_text="4.3%").wait_for()
    with clerk.saved():
        page.keyboard.press("a")
    page.get_by_text("已处理 2 / 3").wait_for()
    clerk.look("32-report-decided")

    # the third one stands elsewhere too, and leads there
    page.locator(".paper .m sup", has_text="3").click()
    page.locator(".fd.sel", has_text="填报数据").wait_for()
    assert page.locator(".fd.sel .pair a").get_attribute("href").endswith("/self/3.1/")
    with page.expect_navigation():
        page.get_by_role("link", name="有问题的段落").click()
    assert "show=problems" in page.url
    assert page.locator(".paper .fold").count() >= 1
    clerk.look("33-report-problems")

    # mended and uploaded anew
    with page.expect_navigation():
        page.get_by_role("link", name="换新稿重核").click()
    upload(clerk, docx(tmp_path, "二稿.docx", WRONG.replace("4.8", "4.3"), MORE, "二、学前教育", FINE, TIED))
    page.get_by_text("已改正 1", exact=False).first.wait_for()
    clerk.look("34-report-second")
    assert page.locator(".fds .fd").count() == 1
    with page.expect_navigation():
        page.get_by_role("link", name="与上一稿比较").click()
    assert "增长4.8%" in clerk.main.inner_text()
    clerk.look("35-report-versions")
    with page.expect_navigation():
        page.get_by_role("link", name="返回核验").click()
    page.locator("summary", has_text="导出核验意见").click()
    assert clerk.download("Word，批注在原处").startswith(b"PK")
    page.locator("summary", has_text="导出核验意见").click()


def test_the_page_holds_at_the_smaller_screen_and_on_a_phone(visit: Any) -> None:
    for width, height, name in ((1366, 768, "36-report-1366"), (390, 844, "37-report-phone")):
        leader = visit("lingdao", width=width, height=height)
        leader.go(f"{CHECKS}2/?only=all", name)
        wide = leader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0


def test_a_draft_is_checked_while_it_is_written_and_nothing_typed_is_lost(visit: Any) -> None:
    clerk = visit("yunzhou")
    page = clerk.page
    clerk.go("/2024/990100/duty/self/3.3/", "38-draft-before")
    note = page.get_by_label("自评说明").first
    with clerk.saved():
        note.fill(WRONG)
        note.press("End")
    finding = page.locator("#reference .find li", has_text="4.3%").first
    finding.wait_for()
    finding.locator("summary").click()
    reason = page.locator("#reference input[name=reason]").first
    reason.fill("口径不同")
    # a save of the text brings the pane anew; the reason half typed stays where it was
    with clerk.saved():
        note.type(" 优良率", delay=20)
    page.wait_for_timeout(500)
    reason = page.locator("#reference input[name=reason]").first
    assert reason.input_value() == "口径不同"
    assert note.input_value().endswith("优良率")
    clerk.look("39-draft-checked")
