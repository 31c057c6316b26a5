"""Pull a region's self-evaluation, balance or computed facts through the API as csv, for an office's own report.

Needs nothing but Python. The token comes from the page "我的令牌" (scope `read`), never from the command line:

    DUDAO_TOKEN=dudao_… python examples/api_client.py http://127.0.0.1:8000 --year 2022 --region 990100 > 分数.csv
"""

import argparse
import csv
import io
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from typing import Any

TRIES = 4
LONGEST_WAIT = 60


class ApiError(Exception):
    """The platform refused; the message is its own sentence."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('title', '')}：{problem.get('detail', '')}")
        self.status = status
        self.problem = problem


class Platform:
    """The API of one platform, asked with one token."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address.rstrip("/")
        self._token = token

    def get(self, path: str, **asked: Any) -> dict[str, Any]:
        """Return what an address answers."""
        return self._ask("GET", path, asked)[0]

    def every(self, path: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Yield every entry of a list, page by page."""
        offset = 0
        while True:
            page = self.get(path, **asked, limit=200, offset=offset)
            yield from page["results"]
            offset += len(page["results"])
            if not page["results"] or offset >= page["count"]:
                return

    def save(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        """Write something on top of what stands there now; a broken connection does not write it twice."""
        _, headers = self._ask("GET", path, {})
        sent = {"If-Match": headers["ETag"], "Idempotency-Key": str(uuid.uuid4())}
        return self._ask("PUT", path, {}, content, sent)[0]

    def _ask(
        self,
        method: str,
        path: str,
        asked: dict[str, Any],
        content: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[dict[str, Any], dict[str, str]]:
        query = urllib.parse.urlencode({name: value for name, value in asked.items() if value is not None})
        address = f"{self._address}/api/v1{path}" + (f"?{query}" if query else "")
        body = None if content is None else json.dumps(content).encode()
        given = {
            "Authorization": f"Bearer {self._token}",
            "Accept-Language": "zh-CN",  # the words go into a Chinese report, whoever's token it is
            "Content-Type": "application/json",
            **(headers or {}),
        }
        for tried in range(1, TRIES + 1):
            request = urllib.request.Request(address, data=body, headers=given, method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as response:
                    return json.load(response), dict(response.headers)
            except urllib.error.HTTPError as refused:
                wait = int(refused.headers.get("Retry-After") or 0)
                if refused.code not in {429, 503} or tried == TRIES or wait > LONGEST_WAIT:
                    raise ApiError(refused.code, _problem(refused)) from refused
                time.sleep(wait or tried)
        raise AssertionError("the last try returns or raises")


def _problem(refused: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        told = json.load(refused)
    except ValueError:
        return {"title": str(refused.reason)}
    return told if isinstance(told, dict) else {}


def shown(cell: object) -> str:
    """Return a cell that a spreadsheet shows as text, even where somebody typed what begins like a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def self_evaluation(platform: Platform, year: int | None, region: str | None) -> Iterator[list[Any]]:
    """Yield one line an item: state, points given, the least and the most that the figures support."""
    found = platform.get("/assessments", year=year, region=region)["results"]
    if not found:
        return
    assessment = found[0]
    yield ["地区", "年度", "指标", "名称", "状态", "满分", "自评分", "测算最低", "测算最高"]
    for item in platform.every(f"/assessments/{assessment['id']}/items"):
        place = [assessment["region"]["name"], assessment["year"], item["item"], item["name"], item["state_title"]]
        yield [*map(shown, place), item["full_points"], item["self_points"], item["low"], item["high"]]


def balance(platform: Platform, year: int | None, region: str | None) -> Iterator[list[Any]]:
    """Yield one line an indicator, level and county: the difference coefficient with its limit, schools below."""
    counties = list(platform.every(f"/regions/{region}/balance", year=year))
    if not counties:
        return
    yield ["地区", "年度", "学段", "指标", "差异系数", "上限", "达到", "未达到的学校", "缺数据的学校"]
    for county in counties:
        for level in county["levels"]:
            for each in level["indicators"]:
                place = [county["region"]["name"], county["year"], level["level"], each["name"]]
                values = [each[name] for name in ("coefficient", "limit", "met", "schools_below", "schools_missing")]
                yield [*map(shown, place), *values]


def computed(platform: Platform, year: int | None, region: str | None) -> Iterator[list[Any]]:
    """Yield one line a fact that the school tables of a region compute, with its formula and its snapshots."""
    facts = list(platform.every(f"/regions/{region}/facts", year=year))
    if not facts:
        return
    yield ["数据项", "年度", "部分", "数值", "单位", "算式", "依据", "快照"]
    for fact in facts:
        snapshots = " ".join(str(each["id"]) for each in fact["snapshots"])
        told = [shown(fact[name]) for name in ("unit", "method", "source")]
        yield [shown(fact["name"]), fact["period"], shown(fact["part"]), fact["value"], *told, snapshots]


def main() -> int:
    """Write the lines of what was asked for as csv; what is not filled in stays empty: it is not zero."""
    parser = argparse.ArgumentParser(description="把一个地区的自评、均衡结果或学校数据算出的数据取成 csv。")
    parser.add_argument("address", help="平台网址，例如 http://127.0.0.1:8000")
    parser.add_argument("--year", type=int, help="年度；自评不写时取最新的")
    parser.add_argument("--region", help="地区代码；自评不写时取能看到的第一个")
    parser.add_argument("--balance", action="store_true", help="取各县区的差异系数，要写年度和地区")
    parser.add_argument("--computed", action="store_true", help="取学校数据算出的数据，要写年度和地区")
    chosen = parser.parse_args()
    if (chosen.balance or chosen.computed) and not (chosen.year and chosen.region):
        parser.error("--balance 和 --computed 要写 --year 和 --region")
    if not chosen.address.startswith(("http://", "https://")):
        parser.error("网址须以 http:// 或 https:// 开头")
    token = os.environ.get("DUDAO_TOKEN", "")
    if not token:
        print("请把令牌放在环境变量 DUDAO_TOKEN 中。", file=sys.stderr)
        return 2
    platform = Platform(chosen.address, token)
    if isinstance(sys.stdout, io.TextIOWrapper):  # with a mark at its beginning, so that Excel reads the characters
        sys.stdout.reconfigure(encoding="utf-8-sig", newline="")
    writer = csv.writer(sys.stdout)
    written = 0
    try:
        wanted = balance if chosen.balance else computed if chosen.computed else self_evaluation
        for line in wanted(platform, chosen.year, chosen.region):
            writer.writerow(["" if value is None else value for value in line])
            written += 1
    except ApiError as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as away:
        print(f"连不上 {chosen.address}：{getattr(away, 'reason', away)}", file=sys.stderr)
        return 1
    if not written:
        print("没有您可查看的内容。", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
