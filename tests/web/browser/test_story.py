"""A round from the scheme to the documents, in a real browser, on the demonstration."""

import re
from typing import Any

import pytest

from tests.web.browser.visitor import Visitor

pytestmark = pytest.mark.timeout(900)
TASK = "/2024/990100/duty/"
SPENDING = "一般公共预算教育支出"


def item(name: str) -> str:
    return f"{TASK}self/{name}/"


def fill_what_is_empty(one: Visitor) -> None:
    """Give every open point its full points or nothing, and a note, so that the item can be handed in."""
    for field in one.main.get_by_label(re.compile("自评分$")).all():
        if field.get_attribute("name") == "points" and field.input_value() == "":
            with one.saved():
                field.fill("0")
                field.blur()
    for place in range(one.page.get_by_role("button", name="保存理由").count()):
        one.main.get_by_label("说明理由").nth(place).fill("以主管部门核定的数据为准。")
        with one.saved():
            one.page.get_by_role("button", name="保存理由").nth(place).click()
    note = one.main.get_by_label("自评说明").first
    if note.input_value() == "":
        with one.saved():
            note.fill("已按要求完成。")
            note.blur()


def bring_evidence(one: Visitor) -> None:
    """Upload a page of the final accounts beside the item, with the time it is about."""
    one.page.locator("summary", has_text="上传材料").first.click()
    form = one.main.locator("form.up")
    form.locator("input[name=effective_from]").fill("2024-01-01")
    form.locator("input[name=effective_to]").fill("2024-12-31")
    accounts = "云州市2024年度财政决算（演示）\n一般公共预算教育支出39.10亿元。\n"
    file = {"name": "2024年决算.txt", "mimeType": "text/plain", "buffer": accounts.encode()}
    form.locator("input[name=files]").set_input_files(file)
    with one.page.expect_navigation():
        form.get_by_role("button", name="上传").click()


def mend_two_contradictions(one: Visitor) -> None:
    """Run the check on the whole draft, follow its two findings, put both right, and see that nothing is left."""
    texts = {
        "3.2": ("2024年全市小学在校生10140人，比2023年的9800人增加{}人。", "440", "340"),
        "3.3": ("2024年全市初中在校生4527人，比2023年的4500人增加{}人。", "72", "27"),
    }
    for name, (text, wrong, _) in texts.items():
        one.page.goto(one.platform.address + item(name))
        one.fill_in("自评说明", text.format(wrong))
    one.go(f"{TASK}checks/draft/", "12-draft-check")
    found = one.main.locator(".find > li")
    assert found.count() >= 2
    for word in ("10140人－9800人＝340人", "4527人－4500人＝27人"):
        assert word in one.main.inner_text()
    for name, (text, _, right) in texts.items():
        one.page.goto(one.platform.address + f"{TASK}checks/draft/")
        with one.page.expect_navigation():
            one.main.locator(f".find a[href*='{item(name)}']").first.click()
        one.fill_in("自评说明", text.format(right))
    one.go(f"{TASK}checks/draft/", "12-draft-mended")
    assert "440" not in one.main.inner_text()
    assert "没有待处理的发现" in one.main.inner_text()


def test_a_round_goes_from_the_scheme_to_the_documents(visit: Any) -> None:
    # the province takes a scheme from the library and publishes it
    province = visit("shifan")
    province.go("/", "01-province-home")
    province.go("/schemes/", "02-schemes")
    province.main.get_by_label("方案", exact=True).first.select_option("liaoning-city-2022")
    province.main.get_by_label("地区", exact=True).first.select_option("990000")
    province.press("存为草稿")
    # the slug belongs to another province, which is told and changes nothing
    assert "已被其他地区使用" in province.page.content()
    province.go("/schemes/", "02-schemes")
    province.main.get_by_label("方案", exact=True).first.select_option("shifan-city-2024")
    province.main.get_by_label("地区", exact=True).first.select_option("990000")
    province.press("存为草稿")
    province.look("03-scheme-draft")
    with province.page.expect_navigation():
        province.page.get_by_role("link", name=re.compile("^发布")).first.click()
    province.look("03-scheme-publish")
    province.press("发布")
    province.look("04-scheme-published")
    assert "已发布" in province.page.content()

    # and opens a round of the coming year with it
    province.go("/rounds/new/", "04-round-new")
    scheme = province.main.get_by_label("评价方案").first
    scheme.select_option(label=scheme.locator("option", has_text="第 2 版").first.inner_text())
    province.page.get_by_role("button", name=re.compile("^选定|改选")).first.click()
    province.main.get_by_label(re.compile("年度")).first.fill("2025")
    for region in province.page.get_by_role("checkbox", name=re.compile("云州市")).all():
        region.check()
    province.look("04-round-open")
    province.press("下发任务")
    if province.main.get_by_label(re.compile("仍按这些日期下发")).count():
        province.main.get_by_label(re.compile("仍按这些日期下发")).first.check()
        province.press("下发任务")
    province.look("04-round-opened")
    assert "2025" in province.page.content()
    assert "云州市" in province.page.content()

    # the finance department sees last year's figures beside empty fields, and what falling figures cost
    finance = visit("caizheng")
    finance.go("/tasks/", "05-tasks")
    finance.go(item("2.1"), "06-finance-empty")
    content = finance.page.content()
    assert "12,480" in content or "12480" in content
    for part, value in (("幼儿园", "10020"), ("小学", "12210"), ("初中", "16980")):
        finance.fill_in(re.compile(f"^生均{SPENDING} {part}.*2024"), value)
    finance.fill_in(re.compile(f"^{SPENDING} .*2024"), "3910000000")
    finance.fill_in(re.compile("公用经费足额拨付率.*2024"), "100")
    finance.fill_in(re.compile("公用经费按学期足额到校.*2024"), "是")
    finance.fill_in(re.compile(f"{SPENDING}占财政支出的比例.*2024"), "17.9")
    finance.page.reload()
    assert re.search("[−-]270", finance.page.content()), "the fall of 270元 a pupil in primary schools is shown"
    for label, points in (("教育支出“两个只增不减” 自评分", "4"), ("义务教育生均公用经费拨付 自评分", "6")):
        finance.fill_in(label, points)
    finance.fill_in(f"{SPENDING}占比 自评分", "3")
    finance.fill_in("自评说明", "教育支出39.10亿元，比上年增加；小学、初中生均支出低于上年。")
    finance.look("07-finance-filled")
    bring_evidence(finance)
    finance.go(item("2.1"), "07-finance-evidence")
    assert "在评价期内" in finance.page.content()
    finance.press("提交审核")
    finance.look("08-finance-submitted")

    # the clerk returns it with a reason; finance mends it; the clerk accepts
    clerk = visit("yunzhou")
    clerk.go(item("2.1"), "09-clerk-item")
    clerk.page.locator("summary", has_text="退回").first.click()
    clerk.main.get_by_label(re.compile("理由")).first.fill("请写明小学和初中下降的原因。")
    clerk.press("退回")
    finance.go(item("2.1"), "10-finance-returned")
    assert "请写明小学和初中下降的原因" in finance.page.content()
    finance.fill_in("自评说明", "教育支出39.10亿元，比上年增加；小学、初中在校生增加，生均支出低于上年。")
    finance.press("重新提交")
    clerk.go(item("2.1"), "11-clerk-again")
    clerk.press("接受")

    # the clerk finishes what others left open, watches the grid fill up, and sends the whole upwards
    for name in ("2.2", "3.1", "3.2", "3.3", "4.1", "4.2", "5.1"):
        clerk.page.goto(clerk.platform.address + item(name))
        if clerk.page.get_by_role("button", name="接受").count() == 0:
            fill_what_is_empty(clerk)
            clerk.press("提交")
        clerk.press("接受")
    mend_two_contradictions(clerk)
    clerk.go(f"{TASK}progress/", "12-progress")
    assert "会在哪里失分" in clerk.page.content()
    clerk.main.get_by_label("登录密码").first.fill(clerk.platform.password)
    clerk.press("报送")
    clerk.go(f"{TASK}progress/", "13-sent")
    assert "已报送" in clerk.page.content()
    for name, start in (("自评表 Excel", b"PK"), ("自评表 Word", b"PK"), ("自评报告 Word", b"PK")):
        assert clerk.download(name).startswith(start)

    # what was sent is locked, and the province reads it
    clerk.page.goto(clerk.platform.address + item("2.1"))
    assert clerk.main.get_by_label("自评说明").first.get_attribute("readonly") is not None
    province.go(item("2.1"), "14-province-reads")


def test_filling_in_works_on_a_phone_and_by_keyboard(visit: Any) -> None:
    officer = visit("jiaoyu", width=390, height=844)
    officer.go("/", "20-phone-home")
    officer.go(item("3.3"), "21-phone-item")
    wide = officer.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert not wide, "the page scrolls sideways on a phone"
    officer.page.keyboard.press("Tab")
    assert officer.page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize(
    ("username", "addresses"),
    [
        ("lingdao", ("/", "/tasks/", f"{TASK}progress/", "/account/")),
        ("anshan", ("/", "/2022/210300/duty/progress/", "/2021/210300/duty/progress/", "/2021/210300/duty/self/3.1/")),
        ("yangquan", ("/", "/2021/140300/duty/progress/", "/2021/140300/duty/self/2.6/")),
        ("panjin", ("/", "/tasks/", "/2023/211102/duty/progress/")),
        ("admin", ("/", "/audit/", "/account/")),
    ],
)
def test_every_role_finds_readable_pages(visit: Any, username: str, addresses: tuple[str, ...]) -> None:
    person = visit(username)
    for place, address in enumerate(addresses):
        person.go(address, f"30-{username}-{place}")
