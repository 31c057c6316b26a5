"""Somebody at a browser: signs in, looks at pages, and notices what no page may do."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[3]
AXE = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
WAIT = 60_000  # milliseconds; a busy machine is no failure

SCREENSHOTS = REPOSITORY / "screenshots"
_AXE_RUN = """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}))
    .violations.map(one => ({id: one.id, nodes: one.nodes.map(node => node.target.join(" "))}))"""

_BELOW = """() => {
    const app = document.querySelector(".dd-app");
    return app ? document.documentElement.scrollHeight - Math.max(innerHeight, Math.ceil(app.offsetHeight)) : 0;
}"""
"""How far the document goes beyond its page, which scrolls in itself."""
_WIDE = """() => [...document.querySelectorAll(".dd-main tbody tr")]
    .filter(row => getComputedStyle(row).display === "block")
    .filter(row => row.offsetWidth > row.closest("table").parentElement.clientWidth + 1)
    .map(row => row.closest("table").className)"""
"""Tables that are cards on a narrow screen and go beyond it."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A running demonstration: its address and the one password of its accounts."""

    address: str
    password: str


class Visitor:
    """One person in a browser of their own; collects requests to other hosts, script errors and axe violations."""

    def __init__(self, browser: Any, platform: Platform, width: int = 1366, height: int = 768) -> None:
        self.platform = platform
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        self.violations: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", accept_downloads=True, reduced_motion="reduce"
        )
        self.context.set_default_timeout(WAIT)
        self.page = self.context.new_page()
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _requested(self, request: Any) -> None:
        if not request.url.startswith((self.platform.address, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def sign_in(self, username: str) -> "Visitor":
        """Sign in with the password of the demonstration."""
        self.page.goto(self.platform.address + "/login/")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[type=password]").first.fill(self.platform.password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda address: "/login/" not in address)
        return self

    def go(self, address: str, name: str) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(self.platform.address + address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        self.look(name)

    def look(self, name: str) -> None:
        """Examine the page that is open with axe and keep a picture of it."""
        self.page.wait_for_load_state("load")
        # evaluated by the debugger, so the page's own content policy stays as strict as it is
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for found in self.page.evaluate(_AXE_RUN):
            self.violations.append(f"{name} {self.page.url}: {json.dumps(found, ensure_ascii=False)}")
        below = self.page.evaluate(_BELOW)
        if below > 0:
            self.violations.append(f"{name} {self.page.url}: {below} pixels of nothing below the page")
        for wide in self.page.evaluate(_WIDE):
            self.violations.append(f"{name} {self.page.url}: the cards of {wide} are wider than their place")
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True)

    @property
    def main(self) -> Any:
        """The page's own part, without the menu and the bar above."""
        return self.page.get_by_role("main")

    def fill_in(self, label: str | re.Pattern[str], value: str) -> None:
        """Type into a field that saves itself, and wait until it is saved; a field that holds it already is left."""
        field = self.main.get_by_label(label).first
        if field.evaluate("one => one.tagName") == "SELECT":
            if field.input_value() != value:
                with self.saved():
                    field.select_option(value)
            return
        if field.input_value() == value:
            return
        with self.saved():
            field.fill(value)
            field.blur()

    def saved(self) -> Any:
        """Wait for the answer to a save."""
        return self.page.expect_response(lambda response: response.request.method == "POST")

    def press(self, name: str) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=name).first.click()

    def download(self, name: str) -> bytes:
        """Follow a link to a document and return what came."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=name).first.click()
        return Path(coming.value.path()).read_bytes()

    def leave(self) -> None:
        """Close the browser window and say what was noticed."""
        self.context.close()
        assert not self.elsewhere, "requests to other hosts:\n" + "\n".join(self.elsewhere)
        assert not self.errors, "script errors:\n" + "\n".join(self.errors)
        assert not self.violations, "axe-core found:\n" + "\n".join(self.violations)
