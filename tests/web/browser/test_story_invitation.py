"""An invitation from the administrator's page to the first sign-in of whoever was invited."""

from typing import Any

from tests.web.browser.visitor import Platform, Visitor

CHOSEN = "north-lamp-harbour-41"
REASON = "新到岗的填报员"


def _invite(administrator: Visitor, username: str) -> str:
    """Make an account, invite its person and return the link that is shown once."""
    administrator.go("/admin/users/new/", "invitation_1_新建用户")
    for label, value in (("账号", username), ("姓名", "陈一"), ("地区", "990100"), ("部门", "市教育局")):
        administrator.main.get_by_label(label, exact=True).fill(value)
    administrator.main.get_by_label("角色", exact=True).select_option(label="部门填报员")
    administrator.main.get_by_label("理由", exact=False).fill(REASON)
    administrator.press("新建用户")
    administrator.look("invitation_2_待设密码")
    assert "待设密码" in administrator.main.inner_text()
    person = administrator.page.url
    administrator.main.locator("summary", has_text="生成邀请链接").click()
    administrator.main.locator("details[open]").get_by_label("理由", exact=False).fill(REASON)
    administrator.press("生成邀请链接")
    administrator.look("invitation_3_链接只显示一次")
    link = str(administrator.main.get_by_label("邀请链接").input_value())
    assert link.startswith(f"{administrator.platform.address}/invitation/#")
    administrator.page.goto(person)
    assert "邀请链接尚未使用" in administrator.main.inner_text()
    assert link not in administrator.page.content()
    administrator.main.locator("summary", has_text="生成邀请链接").click()
    assert "原来的邀请链接随即失效。" in administrator.main.inner_text(), "nobody takes a link away unaware"
    return link


def test_somebody_invited_sets_a_password_and_the_link_is_good_once(browser: Any, platform: Platform) -> None:
    administrator = Visitor(browser, platform).sign_in("admin")
    link = _invite(administrator, "chenyi")
    secret = link.partition("#")[2]
    invited = Visitor(browser, platform, width=390, height=844)
    sent: list[str] = []
    invited.page.on("request", lambda request: sent.append(request.url))
    with invited.page.expect_response(lambda response: response.request.method == "POST"):
        invited.page.goto(link)
    invited.page.locator("input[name=new_password1]").wait_for()
    invited.look("invitation_4_设置密码")
    assert "陈一，您的账号是 chenyi" in invited.main.inner_text()
    assert not [address for address in (*sent, invited.page.url) if secret in address], (
        "the secret stays out of addresses"
    )

    # a password that will not do is refused where it was typed, and the invitation is still good
    _type_twice(invited, "12345678901")
    invited.press("设置密码")
    invited.look("invitation_5_密码不合要求")
    assert "密码只包含数字。" in invited.main.inner_text()
    _type_twice(invited, CHOSEN)
    invited.press("设置密码")
    assert "密码已设置，请登录。" in invited.page.content()
    invited.page.locator("input[name=username]").fill("chenyi")
    invited.page.locator("input[type=password]").first.fill(CHOSEN)
    with invited.page.expect_navigation():
        invited.page.get_by_role("button", name="登录", exact=True).click()
    invited.look("invitation_6_第一次登录")
    assert "陈一" in invited.page.content()

    late = Visitor(browser, platform)
    late.page.goto(link)
    late.page.get_by_role("heading", name="邀请链接不能使用").wait_for()
    late.look("invitation_7_已使用")
    administrator.page.reload()
    assert "待设密码" not in administrator.main.inner_text()
    for one in (administrator, invited, late):
        one.leave()


def _type_twice(one: Visitor, password: str) -> None:
    for name in ("new_password1", "new_password2"):
        one.page.locator(f"input[name={name}]").fill(password)
