"""Every kind of page in the dark theme, on a phone, at twice the size and on paper."""

from typing import Any

import pytest

from tests.web.browser.visitor import Platform, Visitor

pytestmark = pytest.mark.timeout(900)
TASK = "/2024/990100/duty"
COUNTY = "/2024/990101"
PAGES = {
    "yunzhou": (
        "/",
        "/tasks/",
        f"{TASK}/progress/",
        f"{TASK}/progress/reminders/",
        f"{TASK}/duties/",
        f"{TASK}/outcome/",
        f"{TASK}/self/2.2/",
        f"{TASK}/self/3.1/?tab=history",
        f"{TASK}/evidence/",
        f"{TASK}/evidence/coverage/",
        f"{TASK}/evidence/upload/",
        f"{TASK}/evidence/1/",
        f"{TASK}/checks/",
        f"{TASK}/checks/draft/",
        f"{TASK}/outputs/",
        "/notices/",
        "/account/",
        "/search/?q=教育",
        "/audit/",
    ),
    "caizheng": ("/", f"{TASK}/self/2.1/", f"{TASK}/bulk/"),
    "lingdao": ("/",),
    "linhe": (f"{COUNTY}/balance/", f"{COUNTY}/balance/hand/", f"{COUNTY}/balance/years/", f"{COUNTY}/imports/"),
    "shifan": ("/", "/schemes/", "/schemes/shifan-city-2024/1/", "/schemes/new/", "/rounds/1/", "/admin/users/"),
}
DARK = "addEventListener('DOMContentLoaded', () => document.documentElement.setAttribute('data-bs-theme', 'dark'))"
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


def walk(one: Visitor, username: str, look: str) -> None:
    one.sign_in(username)
    for address in PAGES[username]:
        answer = one.page.goto(one.platform.address + address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        one.look(f"looks-{look}-{username}-{address.strip('/').split('?')[0].replace('/', '-') or 'home'}")
        assert one.page.evaluate(WIDER) <= 0, f"{address} is wider than the window ({look})"


@pytest.mark.parametrize(
    ("look", "width", "height"),
    [("dark", 1366, 768), ("phone", 390, 844), ("zoom", 683, 384)],
)
def test_no_page_has_a_fault_or_is_wider_than_the_window(
    browser: Any, platform: Platform, look: str, width: int, height: int
) -> None:
    for username in PAGES:
        one = Visitor(browser, platform, width, height)
        if look.startswith("dark"):
            one.context.add_init_script(DARK)
        walk(one, username, look)
        one.leave()


def test_paper_is_white_and_holds_no_buttons_whatever_the_theme(browser: Any, platform: Platform) -> None:
    one = Visitor(browser, platform)
    one.context.add_init_script(DARK)
    one.sign_in("yunzhou")
    for address in (f"{TASK}/self/2.2/", f"{TASK}/progress/", "/audit/"):
        one.page.goto(one.platform.address + address)
        one.page.emulate_media(media="print")
        assert one.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert one.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(23, 33, 46)"
        assert not one.page.locator(".bt:visible, .dd-side:visible, .filters:visible").count(), address
        one.page.emulate_media(media="screen")
    one.leave()
