"""Nothing leaves the machine but what may, to where it may, and no longer than it may."""

import ast
import ipaddress
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from dudao.web import outgoing
from dudao.web.outgoing import LARGEST, Address, RefusedAddressError, UnansweredError, is_public, post_json
from dudao.web.robot_settings import networks, robots
from tests.web.listening import listening, says

LOOPBACK = networks("127.0.0.0/8")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "dudao"


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "2002:7f00:1::", "2001::1",
        "192.0.0.8", "192.88.99.1", "168.63.129.16", "100.100.100.200", "3fff::1", "fec0::1", "::127.0.0.1",
        "::ffff:0:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b:1::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_the_open_internet(text: str) -> None:
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "203.119.175.1", "2400:3200::1", "::ffff:8.8.8.8"])
def test_addresses_that_are(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))


PRIVATE = st.one_of(
    *(st.ip_addresses(network=text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")),
    st.ip_addresses(network="fc00::/7"),
    st.ip_addresses(network="fe80::/10"),
)


@given(PRIVATE, st.lists(st.ip_addresses(network="8.0.0.0/8"), max_size=3), st.integers(0, 3))
def test_one_private_address_among_a_hosts_is_enough_to_refuse(
    private: Address, public: list[Address], place: int
) -> None:
    found = [*public[:place], private, *public[place:]]
    with pytest.raises(RefusedAddressError, match="不向 robot"):
        post_json("https://robot.example/x", {}, resolver=lambda host, port: found)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8/", "https://", "https:///x", "https://user@8.8.8.8/",
        "https://a:b@8.8.8.8/", "https://8.8.8.8:99999/", "https://8.8.8.8/a b", "https://8.8.8.8/\r\nHost: x",
        "https://8.8.8.8/密", "http://8.8.8.8/", "https://[::1/", "https://127.0.0.1/", "https://localhost/",
        "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://0177.0.0.1/",
        "https://0/", "https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://8.8.8.8\\@127.0.0.1/",
        "https://127.0.0.1#@8.8.8.8/", "https://[fe80::1%25eth0]/",
    ],
)  # fmt: skip
def test_addresses_that_must_not_be_asked_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr("socket.create_connection", never)
    with pytest.raises((RefusedAddressError, UnansweredError)):
        post_json(url, {})


def test_what_is_allowed_is_asked_and_its_answer_read() -> None:
    with listening(says({"errcode": 0})) as server:
        answer = post_json(f"{server.address}/robot/send?key=1", {"text": "二〇二二"}, allowed=LOOPBACK)
    assert (answer.status, answer.content) == (200, {"errcode": 0})
    assert (server.paths, server.bodies) == (["/robot/send?key=1"], [{"text": "二〇二二"}])


def test_the_address_that_was_judged_is_the_one_asked() -> None:
    """A name that answers differently the next time: only the first answer counts."""
    answers = iter([[ipaddress.ip_address("127.0.0.1")]])
    with listening(says({})) as server:
        post_json(
            f"http://robot.example:{server.port}/", {}, allowed=LOOPBACK, resolver=lambda host, port: next(answers)
        )
    assert server.hosts == [f"robot.example:{server.port}"]


def test_a_name_that_turns_to_the_inner_network_later_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name is public when it is judged and 127.0.0.1 when it would be asked again."""
    answers = iter([[ipaddress.ip_address("8.8.8.8")], [ipaddress.ip_address("127.0.0.1")]])
    asked: list[object] = []

    def refuse(where: tuple[str, int], *_: object) -> None:
        asked.append(where)
        raise OSError

    monkeypatch.setattr("socket.create_connection", refuse)
    with pytest.raises(UnansweredError):
        post_json("https://robot.example/", {}, resolver=lambda host, port: next(answers))
    assert asked == [("8.8.8.8", 443)]
    assert len(list(answers)) == 1  # nobody asked for the name a second time


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("where", ["http://169.254.169.254/", "//127.0.0.1/", "/elsewhere", "file:///etc/passwd"])
def test_no_kind_of_redirect_is_followed(status: int, where: str) -> None:
    with listening(says({}, status, Location=where)) as server, pytest.raises(UnansweredError, match=str(status)):
        post_json(server.address, {}, allowed=LOOPBACK)
    assert len(server.paths) == 1


def test_a_redirect_is_not_followed() -> None:
    with (
        listening(says({})) as inner,
        listening(says({}, 302, Location=inner.address)) as outer,
        pytest.raises(UnansweredError, match="302"),
    ):
        post_json(outer.address, {}, allowed=LOOPBACK)
    assert inner.paths == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(says({})) as proxy, listening(says({})) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        post_json(server.address, {}, allowed=LOOPBACK)
    assert (len(server.paths), proxy.paths) == (1, [])


def test_an_answer_that_is_too_long_is_refused() -> None:
    with listening(says("x" * LARGEST)) as server, pytest.raises(UnansweredError, match="太长"):
        post_json(server.address, {}, allowed=LOOPBACK)


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def drips_its_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: 1\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


@pytest.mark.parametrize("respond", [drips, drips_its_head])
def test_an_answer_that_drips_is_broken_off(respond: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "LONGEST", 0.5)
    with listening(respond) as server, pytest.raises(UnansweredError):  # type: ignore[arg-type]
        post_json(server.address, {}, allowed=LOOPBACK)


def test_nobody_there_is_said_in_words() -> None:
    with listening(says({})) as server:
        address = server.address
    with pytest.raises(UnansweredError, match="没有回应"):
        post_json(address, {}, allowed=LOOPBACK)
    with pytest.raises(UnansweredError, match="找不到主机"):
        post_json("https://robot.invalid/", {}, resolver=lambda host, port: [])


def test_an_answer_without_json_is_empty() -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    with listening(respond) as server:
        assert post_json(server.address, {}, allowed=LOOPBACK).content == {}


SENDS = {"http.client", "urllib.request", "requests", "httpx", "urllib3", "aiohttp", "websockets", "ftplib"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_one_module_alone_sends() -> None:
    senders = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if imported(path) & SENDS}
    assert senders == {"web/outgoing.py"}


GOOD = """
- name: city
  make: dingtalk
  region: "210900"
  url: https://robot.example/send?access_token=1
  secret: SECtest
  kinds: [overdue]
  language: en
- {make: wecom, region: "210900", url: "https://robot.example/webhook?key=1"}
"""


def test_robots_are_read_from_text_or_file(tmp_path: Path) -> None:
    file = tmp_path / "robots.yaml"
    file.write_text(GOOD, encoding="utf-8")
    first, second = robots("", str(file))
    assert robots(GOOD, "") == (first, second)
    assert (first.name, first.make, first.kinds) == ("city", "dingtalk", frozenset({"overdue"}))
    assert (second.name, second.secret) == ("robot-2", "")
    assert "mentioned" not in second.kinds
    assert (first.language, second.language) == ("en", "zh-hans")
    assert robots("", "") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是 YAML"),
        ("a: 1", "须是一个列表"),
        ("- 1", "名称: 值"),
        ("- {make: slack, region: '1', url: 'https://x'}", "make"),
        ("- {make: wecom, url: 'https://x'}", "region"),
        ("- {make: wecom, region: '1', url: 'ftp://x'}", "url"),
        ("- {make: dingtalk, region: '1', url: 'https://x'}", "加签"),
        ("- {make: wecom, region: '1', url: 'https://x', kinds: [mentioned]}", "mentioned"),
        ("- {make: wecom, region: '1', url: 'https://x', kinds: overdue}", "overdue"),
        ("- {make: wecom, region: '1', url: 'https://x', token: x}", "token"),
        ("- {make: wecom, region: '1', url: 'https://x', language: fr}", "language"),
        ("- &a {name: a, make: wecom, region: '1', url: 'https://x'}\n- *a", "重复"),
    ],
)
def test_settings_of_robots_that_cannot_be_are_said_in_words(text: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words):
        robots(text, "")


def test_settings_that_cannot_be_read_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="读不出"):
        robots("", str(tmp_path / "none.yaml"))
    with pytest.raises(ImproperlyConfigured, match="网段"):
        networks("10.1.2.3/8")
