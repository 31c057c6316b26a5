"""The story of a self-evaluation in a real browser: figures, note, evidence of the check, submission, download."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import connection

from dudao.web.evaluations.actions import answers, points
from dudao.web.evaluations.models import Submission
from tests.web.browser.visitor import AXE, REPOSITORY
from tests.web.conftest import ITEM, PASSWORD, OpenedRound

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect
SCREENSHOTS = REPOSITORY / "screenshots"
SELF = f"/2022/990100/duty/self/{ITEM}/"
PROGRESS = "/2022/990100/duty/progress/"


@pytest.fixture(scope="module", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Let the tests touch the database between the calls of Playwright, which keeps an event loop in this thread."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


def _triggers() -> list[tuple[str, str]]:
    """Return the words that drop each trigger of the database, with those that make it again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            made_again = {
                name: sql.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1) for name, sql in cursor
            }
            return [(f'DROP TRIGGER IF EXISTS "{name}"', sql) for name, sql in made_again.items()]
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        )
        return [
            (
                f'DROP TRIGGER IF EXISTS "{name}" ON {table}',
                sql.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1),
            )
            for name, table, sql in cursor.fetchall()
        ]


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="module", autouse=True)
def removed_guards(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """What guards the append-only tables and was taken away after a test; put back before the next and at the end."""
    removed: list[str] = []
    yield removed
    with django_db_blocker.unblock():
        _execute(removed)


@pytest.fixture(autouse=True)
def cleared_afterwards(removed_guards: list[str], transactional_db: None) -> Iterator[None]:
    """Let the rows of a test be cleared although the platform itself may never delete some of them."""
    _execute(removed_guards)
    removed_guards.clear()
    yield
    triggers = _triggers()
    _execute(drop for drop, _ in triggers)
    removed_guards.extend(make for _, make in triggers)


OpenPage = Callable[[str], Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[OpenPage]:
    """Open a page of its own session at a base address; requests to any other host fail the test."""
    contexts = []
    strangers: list[str] = []

    def watch(base: str, url: str) -> None:
        if not url.startswith((base, "data:", "blob:")):
            strangers.append(url)

    def start(base: str) -> Any:
        context = browser.new_context(base_url=base, viewport={"width": 1440, "height": 900}, accept_downloads=True)
        context.on(
            "request",
            lambda request: None if request.url.startswith((base, "data:")) else strangers.append(request.url),
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield start
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")  # the server is done before the rows are cleared
        context.close()
    assert strangers == []


def sign_in(page: Any, username: str) -> None:
    """Sign in as a person would."""
    page.goto("/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url("**/")


def picture(page: Any, name: str) -> None:
    """Keep a picture of the page to be looked at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def saved(page: Any) -> None:
    """Wait until the page says that the last change is kept."""
    expect(page.locator("#save-status")).to_contain_text("已保存")


def fill(page: Any, label: str, value: str) -> None:
    """Type into a field and leave it, as people do."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        field = page.get_by_label(label, exact=True)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
            field.press("Tab")


def fill_the_rest(opened: OpenedRound) -> None:
    """The other departments have done their items."""
    for answer in opened.assessment.answers.exclude(item=ITEM):
        answers.save_note(by=opened.clerk, answer=answer, note="已按要求完成。", version=0)
        for score in answer.scores.all():
            points.save_points(by=opened.clerk, score=score, points="1", version=0)
        answers.move(by=opened.clerk, answer=answer, event="submit")
        answers.move(by=opened.clerk, answer=answer, event="accept")


def test_from_sign_in_to_submission_and_download(live_server: Any, opened: OpenedRound, open_page: OpenPage) -> None:
    fill_the_rest(opened)
    officer = open_page(live_server.url)
    sign_in(officer, "finance")
    officer.goto(SELF)
    fill(officer, "一般公共预算教育支出增幅  2022", "7.91")
    fill(officer, "生均一般公共预算教育支出比上年没有下降 普通小学 2022", "否")
    expect(officer.get_by_role("row", name="普通小学")).to_contain_text("下降")
    fill(officer, "教育经费保障情况 自评分", "13")
    expect(officer.locator("#reference")).to_contain_text("为什么比自评少")
    picture(officer, "fill-in-1-lost-points")
    fill(officer, "教育经费保障情况 自评分", "11")
    saved(officer)
    note = officer.locator("#note")
    note.fill("教育支出由32.36亿元增加到34.92亿元，增长8.91%，其中增幅为")
    note.press("End")
    with officer.expect_response(lambda answer: answer.url.endswith("/note/")):
        officer.click("#fact-insert")
        note.press("Tab")
    expect(officer.locator(".bound").first).to_have_text("7.91%")
    expect(officer.locator("#reference")).to_contain_text("不一致")
    picture(officer, "fill-in-2-finding")
    with officer.expect_response(lambda answer: answer.url.endswith("/note/")):
        note.fill("教育支出由32.36亿元增加到34.92亿元，增长{{一般公共预算教育支出增幅.2022}}。")
        note.press("Tab")
    expect(officer.locator("#reference")).not_to_contain_text("不一致")
    officer.click("[data-key=submit]")
    expect(officer.locator("#answer-state")).to_contain_text("已提交")

    clerk = open_page(live_server.url)
    sign_in(clerk, "clerk")
    clerk.goto("/2022/990100/duty/checks/draft/")
    expect(clerk.locator("main")).to_contain_text("没有待处理的发现")
    picture(clerk, "fill-in-3-whole-check")
    clerk.goto(SELF)
    clerk.click("summary:has-text('退回')")
    clerk.fill("#reason-return", "请补充公用经费拨付日期")
    clerk.click(".ask[open] button")
    expect(clerk.locator("#answer-state")).to_contain_text("退回")

    officer.goto(SELF)
    expect(officer.locator(".cb")).to_contain_text("请补充公用经费拨付日期")
    officer.click("[data-key=submit]")
    expect(officer.locator("#answer-state")).to_contain_text("已提交")
    clerk.goto(SELF)
    clerk.click("button:has-text('接受')")
    expect(clerk.locator("#answer-state")).to_contain_text("已接受")

    clerk.goto(PROGRESS)
    clerk.fill("#password", PASSWORD)
    clerk.locator("form", has=clerk.locator("#password")).locator("button[type=submit]").click()
    expect(clerk.locator("main")).to_contain_text("第 1 次报送")
    picture(clerk, "fill-in-4-submitted")
    kept = Submission.objects.get()
    (item,) = [each for each in kept.content["items"] if each["item"] == ITEM]
    assert item["note"].endswith("增长7.91%。")
    for kind in ("sheet-docx", "sheet-xlsx", "report-docx"):
        with clerk.expect_download() as held:
            clerk.click(f"a[href*='{kind}']")
        with open(held.value.path(), "rb") as file:
            assert file.read(2) == b"PK"


def test_a_wrong_figure_is_told_at_its_field_and_stays_there(
    live_server: Any, opened: OpenedRound, open_page: OpenPage
) -> None:
    page = open_page(live_server.url)
    sign_in(page, "finance")
    page.goto(SELF)
    label = "一般公共预算教育支出增幅  2022"
    fill(page, label, "百分之八")
    field = page.get_by_label(label, exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".at-field")).to_contain_text("“百分之八”不是数字")
    expect(field).to_have_value("百分之八")
    fill(page, label, "7.91")
    saved(page)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator(".at-field")).to_have_count(0)


def test_text_typed_while_the_session_ran_out_comes_back(
    live_server: Any, opened: OpenedRound, open_page: OpenPage
) -> None:
    page = open_page(live_server.url)
    sign_in(page, "finance")
    page.goto(SELF)
    page.context.clear_cookies()
    page.locator("#note").fill("正在写的一大段话")
    page.locator("#note").press("Tab")
    page.wait_for_url("**/login/**")
    picture(page, "fill-in-5-session-lost")
    page.fill("[name=username]", "finance")
    page.fill("[name=password]", PASSWORD)
    with page.expect_response(lambda answer: answer.url.endswith("/note/")):
        page.click("form button[type=submit]")
    expect(page.locator("#note")).to_have_value("正在写的一大段话")
    saved(page)
    assert opened.answer().note == "正在写的一大段话"


def test_the_end_of_a_session_is_told_and_put_off_by_a_click(
    live_server: Any, opened: OpenedRound, open_page: OpenPage, settings: Any
) -> None:
    settings.SESSION_IDLE_SECONDS = 310
    page = open_page(live_server.url)
    sign_in(page, "finance")
    page.goto(SELF)
    page.fill("#note", "还没有写完的说明")
    dialog = page.locator("#session-ends")
    expect(dialog).to_be_visible(timeout=60_000)
    expect(dialog).to_contain_text("分钟将退出登录")
    expect(page.locator("#session-ends button")).to_be_focused()
    settings.SESSION_IDLE_SECONDS = 7200
    with page.expect_response(lambda response: response.url.endswith("/account/extend/")) as answer:
        page.click("#session-ends button")
    assert answer.value.status == 204
    expect(page.locator("#note")).to_have_value("还没有写完的说明")


def test_two_people_on_one_text_are_shown_both_and_choose(
    live_server: Any, opened: OpenedRound, open_page: OpenPage
) -> None:
    page = open_page(live_server.url)
    sign_in(page, "finance")
    page.goto(SELF)
    answers.save_note(by=opened.clerk, answer=opened.answer(), note="督导室的文字", version=0)
    page.locator("#note").fill("财政局的文字")
    page.locator("#note").press("Tab")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("督导室的文字")
    expect(conflict).to_contain_text("财政局的文字")
    picture(page, "fill-in-6-conflict")
    page.fill("#merged", "合并后的文字")
    with page.expect_response(lambda answer: answer.url.endswith("/note/")):
        conflict.get_by_role("button", name="用我的").click()
    expect(page.locator("#note")).to_have_value("合并后的文字")
    assert opened.answer().note == "合并后的文字"
    page.reload()
    expect(page.locator("#note")).to_have_value("合并后的文字")
    assert opened.answer().version == 2


def test_a_replaced_figure_shows_what_it_would_change(
    live_server: Any, opened: OpenedRound, open_page: OpenPage
) -> None:
    fact = opened.assessment.region.facts.get(name="education_spending_growth", period="2022")
    answers.save_fact(by=opened.officer, answer=opened.answer(), fact=fact, value="7.91", unit="%", version=0)
    note = "增长{{一般公共预算教育支出增幅.2022}}。"
    answers.save_note(by=opened.officer, answer=opened.answer(), note=note, version=0)
    page = open_page(live_server.url)
    sign_in(page, "finance")
    page.goto(SELF)
    fill(page, "一般公共预算教育支出增幅  2022", "-1.5")
    expect(page.locator(".impact")).to_contain_text("增长-1.5%")
    expect(page.locator("#save-status")).to_contain_text("尚未保存")
    picture(page, "fill-in-7-impact")
    fact.refresh_from_db()
    assert fact.value == "7.91"
    page.get_by_role("button", name="确认修改").click()
    expect(page.locator(".bound").first).to_have_text("-1.5%")
    fact.refresh_from_db()
    assert fact.value == "-1.5"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768), (390, 844)])
def test_the_page_has_no_serious_fault_for_anybody(
    live_server: Any, opened: OpenedRound, open_page: OpenPage, width: int, height: int
) -> None:
    answers.comment(by=opened.clerk, answer=opened.answer(), text="请核对")
    answers.save_note(
        by=opened.officer, answer=opened.answer(), note="由32.36亿元增加到34.92亿元，增长8.91%。", version=0
    )
    page = open_page(live_server.url)
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, "finance")
    faults = {}
    tabs = [f"{SELF}?tab={tab}" for tab in ("score", "last", "remarks", "history")]
    for address in (*tabs, "/2022/990100/duty/checks/", "/2022/990100/duty/checks/draft/", "/2022/990100/duty/bulk/"):
        page.goto(address)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        if result["violations"]:
            faults[address] = [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]]
    assert faults == {}
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
