"""How long a person waits for large files: a province's schools imported, a report of twenty pages checked.

    python bench/uploads.py [--schools 10000] [--pages 20]

Builds the demonstration, serves it as `dudao serve` does, background program included, and does in the pages what a
clerk does: uploads the table, waits until it is read, takes it, waits until it counts and opens the balance page;
uploads the report and opens its page. `DATABASE_URL` of an empty PostgreSQL database is used when given. Loopback
only, bounded, ends by itself; exits 1 where something was refused or took over a minute.
"""

import argparse
import http.cookiejar
import io
import os
import random
import re
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parent))

from web import start

EXAMPLE = Path(__file__).resolve().parent.parent / "examples/双台子区2023年自评报告.txt"
CHARACTERS_ON_A_PAGE = 700
LIMIT = 60  # seconds after which a step counts as failed
COUNTIES = ("临河县", "城中区", "北岭县", "东湖区")
HEADINGS = (
    "学校标识码", "学校名称", "县区", "办学类型", "城乡类型", "在校生数", "专任教师数", "高于规定学历教师数",
    "县级以上骨干教师数", "体育艺术专任教师数", "教学及辅助用房面积（平方米）", "体育运动场馆面积（平方米）",
    "教学仪器设备资产值（万元）", "网络多媒体教室数",
)  # fmt: skip


class Clerk:
    """A person signed in with a browser's habits: cookies kept, redirections followed, the token of the form sent."""

    def __init__(self, address: str, username: str, password: str) -> None:
        self.address = address
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self._token = ""
        self.get("/login/")
        self.post("/login/", {"username": username, "password": password})

    def get(self, path: str) -> tuple[str, str]:
        """Return a page and the path it was found at."""
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, fields: Mapping[str, str], file: tuple[str, bytes] | None = None) -> tuple[str, str]:
        """Send a form, with a file when given; return the page that follows and its path."""
        fields = {**fields, "csrfmiddlewaretoken": self._token}
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        if file is not None:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n'
            parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file[1] + b"\r\n")
        request = urllib.request.Request(self.address + path, b"".join(parts) + f"--{mark}--\r\n".encode())
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        request.add_header("Referer", self.address + path)
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        with self._opener.open(request, timeout=LIMIT) as answer:
            page = answer.read().decode()
            if given := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page):
                self._token = given[1]
            return page, urllib.parse.urlsplit(answer.url).path

    def until(self, path: str, words: str) -> str:
        """Return the page once it holds the words; ends the run when it does not within the limit."""
        began = time.perf_counter()
        while time.perf_counter() - began < LIMIT:
            page, _ = self.get(path)
            if re.search(words, page):
                return page
            time.sleep(0.1)
        raise SystemExit(f"{path} 等了 {LIMIT} 秒还没有出现“{words}”。")


def school_table(count: int) -> bytes:
    """Return an xlsx of so many invented schools, each meeting the standard of 2017."""
    chance = random.Random(2017)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("学校基本情况")
    page.append(HEADINGS)
    for number in range(1, count + 1):
        pupils, county = chance.randint(200, 1900), COUNTIES[number % len(COUNTIES)]
        kind = "小学" if number % 3 else "初中"
        counts = (round(pupils * share * chance.uniform(1, 1.3)) for share in (0.08, 0.07, 0.02, 0.016, 7, 11))
        names = (f"21{number:08d}", f"{county}第{number}{kind}", county, kind, "镇中心区" if number % 2 else "村庄")
        page.append((*names, pupils, *counts, round(pupils * chance.uniform(0.3, 0.5), 1), round(pupils * 0.03) + 1))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def report(pages: int) -> tuple[bytes, int]:
    """Return a docx of so many pages made of the example's lines, and its characters."""
    document = docx.Document()
    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line]
    written = 0
    while written < pages * CHARACTERS_ON_A_PAGE:
        for line in lines:
            document.add_paragraph(line)
            written += len(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), written


def import_schools(clerk: Clerk, count: int) -> None:
    """Import a table and tell how long each step took."""
    table = school_table(count)
    began = time.perf_counter()
    _, path = clerk.post("/2025/990100/imports/upload/", {"kind": "schools"}, ("学校.xlsx", table))
    clerk.until(path, "确认入库|不能入库")
    read = time.perf_counter() - began
    clerk.post(path + "take/", {"reason": "测量用时所需"})
    clerk.until("/2025/990100/imports/", r"第 ?\d+ ?号")
    taken = time.perf_counter() - began
    began = time.perf_counter()
    clerk.get("/2025/990100/balance/")
    print(f"{count} 所学校的 xlsx（{len(table) / 1000:.0f} kB）：读取和校验 {read:.1f} 秒，", end="")
    print(f"连同入库 {taken:.1f} 秒；打开均衡监测 {time.perf_counter() - began:.2f} 秒")


def check_report(clerk: Clerk, pages: int) -> None:
    """Upload a report and tell how long until its findings are on the page."""
    raw, characters = report(pages)
    place, _ = clerk.get("/2024/990100/duty/checks/")
    if 'name="file"' not in place:
        raise SystemExit("报告核验页没有上传的地方。")
    began = time.perf_counter()
    _, path = clerk.post("/2024/990100/duty/checks/", {"title": "测量用的报告"}, ("报告.docx", raw))
    clerk.until(path, 'id="f1"|没有发现')
    first = time.perf_counter() - began
    began = time.perf_counter()
    clerk.get(path)
    print(f"{pages} 页的 docx（{characters} 字）：上传、核验、显示 {first:.2f} 秒；", end="")
    print(f"再打开 {time.perf_counter() - began:.2f} 秒")


def main() -> int:
    from dudao.web.demonstration.password import PASSWORD

    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dudao-bench-") as folder:
        server, address = start(str(Path(folder) / "home"), os.environ.get("DATABASE_URL", ""))
        try:
            clerk = Clerk(address, "yunzhou", PASSWORD)
            for _ in range(3):
                check_report(clerk, asked.pages)
            import_schools(clerk, asked.schools)
            return 0
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    raise SystemExit(main())
