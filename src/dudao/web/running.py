"""Starting the platform, building the demonstration, proving the audit trail: what the command line asks for."""

import argparse
import gc
import json
import socket
import sys
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import django

from dudao.web.embedded_worker import EmbeddedWorker


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def serve(arguments: list[str]) -> int:
    """Bring the database up to date and answer requests until stopped."""
    parser = argparse.ArgumentParser(prog="dudao serve", description="启动平台。")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, default=8000, help="端口")
    parser.add_argument("--threads", type=int, default=4, help="同时处理的请求数")
    parser.add_argument("--no-worker", action="store_true", help="不附带后台程序（另行运行 dudao worker 时）")
    chosen = parser.parse_args(arguments)
    if not _free(chosen.host, chosen.port):
        sys.stderr.write(
            f"错误：{chosen.host} 的端口 {chosen.port} 不能使用，可能已有程序占用。\n"
            f"建议：换一个端口，例如 --port {chosen.port + 1 if chosen.port < 65535 else 8000}。\n"
        )
        return 2
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    _warn_without_assets()
    _say(f"督导平台：http://{chosen.host}:{chosen.port}/ （按 Ctrl+C 停止）")
    from django.conf import settings
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.server import Server

    from dudao.web.door import open_door

    server = Server(
        "dudao.web.door",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,  # the proxy speaks no other; what is not spoken cannot be abused
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        websockets=False,
        workers=1,
        workers_kill_timeout=settings.STOP_SECONDS,
        log_enabled=False,
    )
    with nullcontext() if chosen.no_worker else EmbeddedWorker():
        # a door is no function, but what the interface asks for
        server.serve(target_loader=partial(open_door, chosen.threads), wrap_loader=False)  # type: ignore[arg-type]
    return 0


def worker(arguments: list[str]) -> int:
    """Work off the queue of background jobs until stopped."""
    django.setup()
    from django.core.management import CommandError, call_command

    try:
        call_command("worker", *arguments)
    except CommandError as error:
        sys.stderr.write(f"错误：{error}\n")
        return 2
    return 0


def _free(host: str, port: int) -> bool:
    """Return whether a server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _warn_without_assets() -> None:
    if not (Path(__file__).parent / "static" / "vendor" / "tabler.min.css").exists():
        _say("提示：页面样式尚未生成，网页会没有样式和图标。请先安装 Node.js（含 npm），")
        _say("      再在源代码目录运行 npm ci && python tools/build_assets.py（或 make demo），然后重新启动。")


def doctor(arguments: list[str]) -> int:
    """Print what an examination of this installation finds, as JSON for `dudao doctor` to show."""
    argparse.ArgumentParser(prog="dudao doctor", description="检查安装。").parse_args(arguments)
    django.setup()
    from dudao.web.operation.doctor.examine import examine

    found = [
        {"name": each.name, "state": each.state.value, "detail": each.detail, "remedy": each.remedy}
        for each in examine()
    ]
    _say(json.dumps(found, ensure_ascii=False))
    return 0


def audit_verify(arguments: list[str]) -> int:
    """Prove the audit trail; 0 when it is whole, 1 with every break named."""
    parser = argparse.ArgumentParser(prog="dudao audit", description="审计日志。")
    parser.add_argument("action", choices=["verify"], help="verify：校验审计日志是否完整")
    parser.parse_args(arguments)
    django.setup()
    from dudao.web.audit.models import Event
    from dudao.web.audit.queries import verify

    breaks = verify()
    if not breaks:
        _say(f"共 {Event.objects.count()} 条，链校验通过。")
        return 0
    for place in breaks:
        _say(place.message)
    _say(f"链校验未通过：{len(breaks)} 处。")
    return 1


def demonstrate(arguments: list[str]) -> int:
    """Build the demonstration in DUDAO_HOME, if it is not there yet, and print its accounts and its address."""
    parser = argparse.ArgumentParser(prog="dudao demo", description="建立演示平台。")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址")
    parser.add_argument("--port", type=int, default=8000, help="端口")
    chosen = parser.parse_args(arguments)
    gc.disable()  # a short run whose migrations make many classes: collecting garbage costs more than it frees
    django.setup()
    from django.core.management import call_command

    from dudao.web.demonstration.accounts import ACCOUNTS
    from dudao.web.demonstration.build import build
    from dudao.web.demonstration.password import PASSWORD

    _say("[1/6] 数据库")
    call_command("migrate", verbosity=0, interactive=False)
    _say("演示平台已建立。" if build(say=_say) else "演示平台早已建好，没有改动。")
    _warn_without_assets()
    _say("")
    _say(f"账号（密码都是 {PASSWORD}）：")
    for account in ACCOUNTS:
        _say(f"  {account.username:<14} {account.title}")
    _say("")
    _say(f"网址：http://{chosen.host}:{chosen.port}/ （先用 caizheng 登录：财政局填写今年的经费）")
    return 0
