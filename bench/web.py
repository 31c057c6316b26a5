"""How long pages take at ten requests a second on the demonstration: loopback only, bounded, ends by itself.

python bench/web.py [requests per page]
"""

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

RATE = 10  # requests a second
LIMIT = 30  # seconds for one request, then it counts as lost
PAGES = (
    ("工作台", "caizheng", "/"),
    ("评价任务", "yunzhou", "/tasks/"),
    ("自评填报", "caizheng", "/2024/990100/duty/self/2.1/"),
    ("进度", "yunzhou", "/2024/990100/duty/progress/"),
    ("方案", "shifan", "/schemes/shifan-city-2024/1/"),
)


def start(home: str, database: str = "") -> tuple["subprocess.Popen[bytes]", str]:
    """Build the demonstration in a folder, or an empty database when its address is given; serve it on a free port."""
    settings = {**os.environ, "DUDAO_HOME": home, "DUDAO_DEMO": "1", "DATABASE_URL": database}
    settings["DJANGO_SETTINGS_MODULE"] = "dudao.web.settings"
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, "-m", "dudao.web", "demonstrate"], env=settings, check=True, stdout=quiet)
    print(f"建立演示平台：{time.perf_counter() - began:.1f} 秒")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "dudao.web", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=settings, stdout=quiet)
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(address + "/login/", timeout=5).close()
            return server, address
        except OSError:
            time.sleep(0.25)
    server.terminate()
    raise SystemExit("平台没有启动。")


def signed_in(address: str, username: str, password: str) -> str:
    """Return the cookies of a person who signed in."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = opener.open(address + "/login/", timeout=LIMIT).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    fields = {"username": username, "password": password, "csrfmiddlewaretoken": token[1] if token else ""}
    request = urllib.request.Request(address + "/login/", urllib.parse.urlencode(fields).encode())
    request.add_header("Referer", address + "/login/")
    opener.open(request, timeout=LIMIT).close()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def ask(address: str, cookies: str, times: list[float], lost: list[str]) -> None:
    """Fetch a page and note how long it took."""
    request = urllib.request.Request(address, headers={"Cookie": cookies})
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            answer.read()
            if answer.url != address:
                lost.append(answer.url)
                return
    except OSError as error:
        lost.append(str(error))
        return
    times.append(time.perf_counter() - began)


def measure(address: str, cookies: str, count: int) -> tuple[list[float], list[str]]:
    """Ask for a page so many times, at an even rate whatever the answers take."""
    times: list[float] = []
    lost: list[str] = []
    threads = []
    began = time.perf_counter()
    for number in range(count):
        time.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        threads.append(threading.Thread(target=ask, args=(address, cookies, times, lost)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return sorted(times), lost


def used_seconds(process: int) -> float | None:
    """Return the processor time of a process and its children; None where the system does not tell.

    Unlike the time of an answer it hardly depends on what else the machine is doing.
    """
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue  # it ended meanwhile
        fields = rest.split()
        if int(name.split()[0]) == process or int(fields[1]) == process:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK") if ticks else None


def main() -> int:
    from dudao.web.demonstration.password import PASSWORD

    count = min(int(sys.argv[1]) if len(sys.argv) > 1 else 100, 1000)
    with tempfile.TemporaryDirectory(prefix="dudao-bench-") as folder:
        server, address = start(str(Path(folder) / "home"))
        try:
            cookies = {who: signed_in(address, who, PASSWORD) for who in {who for _, who, _ in PAGES}}
            print(f"每秒 {RATE} 次请求，每页 {count} 次")
            print(f"{'页面':<10}{'中位 ms':>10}{'p95 ms':>10}{'最长 ms':>10}{'处理器 ms':>10}{'失败':>6}")
            worst = 0
            for title, who, page in PAGES:
                ask(address + page, cookies[who], [], [])  # the first visit reads schemes and templates
                before = used_seconds(server.pid)
                times, lost = measure(address + page, cookies[who], count)
                after = used_seconds(server.pid)
                worst += len(lost)
                if not times:
                    print(f"{title:<10}{'—':>10}{'—':>10}{'—':>10}{'—':>10}{len(lost):>6}")
                    continue
                middle, high = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
                each = "—" if before is None or after is None else f"{(after - before) / count * 1000:.0f}"
                row = f"{title:<10}{middle * 1000:>10.0f}{high * 1000:>10.0f}{times[-1] * 1000:>10.0f}{each:>10}"
                print(f"{row}{len(lost):>6}")
            return 1 if worst else 0
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


if __name__ == "__main__":
    raise SystemExit(main())
