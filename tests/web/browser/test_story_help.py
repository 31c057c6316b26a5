"""Help beside the page: a drawer for the keyboard and the mouse, and a plain page where no script runs."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.browser.visitor import Platform, Visitor

pytestmark = pytest.mark.timeout(600)
FOCUS_INSIDE = "document.getElementById('help-drawer').contains(document.activeElement)"


@pytest.fixture
def clerk(browser: Any, platform: Platform) -> Iterator[Visitor]:
    visitor = Visitor(browser, platform)
    yield visitor.sign_in("yunzhou")
    visitor.leave()


def test_the_question_mark_opens_help_beside_the_page_and_escape_gives_the_focus_back(clerk: Visitor) -> None:
    page = clerk.page
    clerk.go("/tasks/", "80-page-without-help")
    page.locator("#help-open").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#help-drawer:modal #help-name")
    assert page.locator("#help-name").inner_text() == "下发和组织一轮评价"
    assert page.evaluate("document.activeElement.id") == "help-name"
    assert page.url.endswith("/tasks/")
    clerk.look("81-help-beside-the-page")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{FOCUS_INSIDE} || document.activeElement === document.body")
    page.keyboard.press("Escape")
    page.wait_for_selector("#help-drawer", state="hidden")
    page.wait_for_function("document.activeElement.id === 'help-open'")  # the dialog tells of its end a moment later


def test_help_stays_beside_while_one_works_and_its_links_stay_in_it(clerk: Visitor) -> None:
    page = clerk.page
    page.goto(clerk.platform.address + "/account/")
    page.locator("#help-open").click()
    page.wait_for_selector("#help-drawer:modal #help-name")
    page.get_by_role("button", name="留在旁边").click()
    page.wait_for_selector("#help-drawer:not(:modal) #help-name")
    page.wait_for_selector("body.help-beside")
    beside, work = page.locator("#help-drawer").bounding_box(), page.locator("main").bounding_box()
    assert work["x"] + work["width"] <= beside["x"] + 1
    page.locator("#help-drawer").get_by_role("link", name="帮助目录").click()
    page.wait_for_selector("#help-name:text-is('文档')")
    page.locator("#help-body a[href='/help/search/']").click()
    page.wait_for_selector("#help-name:not(:text-is('文档'))")
    clerk.look("82-help-kept-beside")
    assert page.url.endswith("/account/")
    page.keyboard.press("Escape")
    page.wait_for_selector("#help-drawer", state="hidden")
    page.wait_for_selector("body:not(.help-beside)")


def test_without_script_the_question_mark_is_a_link_to_the_page(browser: Any, platform: Platform) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(platform.address + "/login/")
    page.locator("input[name=username]").fill("yunzhou")
    page.locator("input[type=password]").first.fill(platform.password)
    page.get_by_role("button", name="登录").click()
    page.goto(platform.address + "/tasks/")
    with context.expect_page() as opened:
        page.locator("#help-open").click()
    opened.value.wait_for_load_state("load")
    assert opened.value.url.endswith("/help/run-a-round/")
    assert opened.value.locator("h1").inner_text() == "下发和组织一轮评价"
    context.close()
