"""What is told and what runs in the background, as people see it: the bell, the list, its settings, the jobs."""

from typing import Any

import pytest

pytestmark = pytest.mark.timeout(600)


def test_the_worker_of_the_server_does_what_comes_round(visit: Any) -> None:
    admin = visit("admin")
    admin.go("/jobs/", "60-jobs-of-the-system")
    admin.main.get_by_label("列出已完成的定期步骤").check()
    admin.main.get_by_role("button", name="查找").click()
    admin.page.wait_for_url("**/jobs/?*steps=1*")
    done = admin.main.get_by_role("row").filter(has_text="截止提醒").filter(has_text="已完成")
    for _ in range(60):
        if done.count():
            break
        admin.page.wait_for_timeout(1000)
        admin.page.reload()
    assert done.count() >= 1
    admin.main.get_by_role("link", name="截止提醒").first.click()
    admin.page.wait_for_url("**/jobs/*/")
    admin.look("61-job")


def test_a_notice_is_read_where_it_leads_and_the_bell_counts_down(visit: Any) -> None:
    officer = visit("caizheng", width=390, height=844)
    officer.go("/", "62-home-with-news")
    officer.go("/notices/", "63-notices-on-a-phone")
    bell = officer.page.locator(".dd-topbtn[href='/notices/']")
    before = int(bell.inner_text())
    officer.main.locator(".notice-list a").first.click()
    officer.page.wait_for_load_state("load")
    assert "/notices/" not in officer.page.url
    officer.page.goto(officer.platform.address + "/notices/?show=unread")
    assert int(bell.inner_text() or 0) == before - 1
    officer.page.get_by_role("button", name="全部标为已读").click()
    officer.page.wait_for_load_state("load")
    assert bell.get_attribute("aria-label") == "消息，没有未读"


def test_settings_are_kept_and_a_half_quiet_time_is_explained(visit: Any) -> None:
    clerk = visit("yunzhou")
    clerk.go("/notices/settings/", "64-notice-settings")
    clerk.main.get_by_label("随时发邮件").check()
    clerk.main.get_by_label("免打扰止").fill("")
    clerk.page.get_by_role("button", name="保存设置").click()
    clerk.page.wait_for_load_state("load")
    assert "要么都填，要么都不填" in clerk.main.inner_text()
    clerk.look("65-notice-settings-refused")
    clerk.main.get_by_label("免打扰止").fill("07:00")
    clerk.main.get_by_label("部门提交").uncheck()
    clerk.page.get_by_role("button", name="保存设置").click()
    clerk.page.wait_for_load_state("load")
    assert "消息设置已保存" in clerk.main.inner_text()
    assert clerk.main.get_by_label("随时发邮件").is_checked()
    assert not clerk.main.get_by_label("部门提交").is_checked()


def test_what_was_written_is_found_from_any_page(visit: Any) -> None:
    clerk = visit("yunzhou")
    clerk.go("/notices/", "66-before-the-search")
    clerk.page.keyboard.press("/")
    clerk.page.keyboard.type("经费")
    clerk.page.keyboard.press("Enter")
    clerk.page.wait_for_url("**/search/**")
    clerk.look("67-found")
    assert clerk.main.locator("mark").count() >= 1
    clerk.main.locator(".hits a").first.click()
    clerk.page.wait_for_url("**/self/**")
    phone = visit("caizheng", width=390, height=844)
    phone.page.get_by_role("link", name="搜索").click()
    phone.main.get_by_label("查找").fill("找不到的词")
    phone.main.get_by_role("button", name="搜索").click()
    phone.page.wait_for_load_state("load")
    assert "没有找到" in phone.main.inner_text()
    phone.look("68-nothing-found-on-a-phone")
