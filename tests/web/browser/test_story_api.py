"""A token made in the browser, and an office's own report drawn with it by the example of the documentation."""

import csv
import io
import os
import subprocess
import sys
from typing import Any

from tests.web.browser.visitor import REPOSITORY, Platform, Visitor


def test_a_clerk_makes_a_token_and_pulls_the_own_figures(browser: Any, platform: Platform) -> None:
    clerk = Visitor(browser, platform).sign_in("yunzhou")
    clerk.go("/account/", "api_1_账号与安全")
    clerk.main.get_by_role("link", name="我的令牌").click()
    clerk.look("api_2_我的令牌")
    clerk.main.get_by_label("用途").fill("月报取数")
    clerk.main.get_by_label("登录密码").fill(platform.password)
    clerk.press("新建令牌")
    secret = clerk.main.locator("code.secret").inner_text()
    clerk.look("api_3_令牌只显示一次")
    clerk.main.get_by_role("link", name="接口说明").first.click()
    clerk.main.locator("#save_fact summary").click()
    clerk.look("api_4_接口说明")
    program = [sys.executable, str(REPOSITORY / "examples" / "api_client.py"), platform.address, "--region", "990100"]

    def pull() -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "DUDAO_TOKEN": secret, "PYTHONUTF8": "1"}
        return subprocess.run(program, capture_output=True, text=True, env=environment, timeout=120, check=False)

    done = pull()
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("\ufeff")  # or a spreadsheet shows no Chinese
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert len(rows) > 5
    assert {row["地区"] for row in rows} == {"云州市"}
    assert any(row["自评分"] for row in rows)
    clerk.go("/account/tokens/", "api_5_最近使用")
    clerk.press("吊销")
    clerk.look("api_6_已吊销")
    refused = pull()
    assert refused.returncode == 1
    assert "没有有效的令牌" in refused.stderr
    clerk.leave()


def test_tokens_and_the_reference_fit_a_phone(browser: Any, platform: Platform) -> None:
    officer = Visitor(browser, platform, width=390, height=844).sign_in("caizheng")
    officer.go("/account/tokens/", "api_7_手机_我的令牌")
    officer.go("/api/docs/", "api_8_手机_接口说明")
    officer.leave()
