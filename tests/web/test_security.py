"""Headers, cookies, hosts, proxies and secrets: each as the settings promise it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from dudao.web.api.problems import kind_of
from dudao.web.database import database_settings
from dudao.web.environment import given, mail_settings, networks_of, number, one_of, second_factor_roles, switched_on
from dudao.web.proxies import LOOPBACK, client_of, within
from dudao.web.security import POLICY
from dudao.web.setting_list import KNOWN
from dudao.workflow.machine import Role
from tests.web.conftest import PASSWORD, MakePerson, OpenedRound, SignIn

ROOT = Path(__file__).resolve().parents[2]
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.mark.parametrize("address", ["/login/", "/no/such/page/", "/api/v1/me", "/healthz", "/api/v1/openapi.json"])
def test_every_answer_carries_the_headers(address: str, db: None) -> None:
    answer = Client().get(address)
    for name, value in EVERYWHERE.items():
        assert answer.headers.get(name) == value, name
    assert "no-store" in answer["Cache-Control"]
    assert "Server" not in answer.headers


def test_the_policy_lets_nothing_in_line_and_nothing_from_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'none'" in POLICY
    assert "object-src 'none'" in POLICY
    assert "base-uri 'none'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_pages_have_no_script_or_style_of_their_own(opened: OpenedRound, signed_in: SignIn) -> None:
    page = signed_in(opened.clerk).get("/2022/990100/duty/self/3.10/").content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<[a-z][^>]*\sstyle=", page)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+=", page)


def test_a_host_that_is_not_ours_is_refused(db: None) -> None:
    assert Client().get("/login/", headers={"Host": "evil.example"}).status_code == 400


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(person: MakePerson) -> None:
    person("somebody")
    client = Client()
    client.post("/login/", {"username": "somebody", "password": PASSWORD})
    cookie = next(iter(client.cookies.values()))
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "csrftoken" not in client.cookies


def test_a_form_from_elsewhere_is_refused(opened: OpenedRound) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(opened.clerk, backend="dudao.web.people.accounts.Accounts")
    assert client.post("/2022/990100/duty/self/3.10/note/", {"note": "x", "version": "0"}).status_code == 403
    assert opened.answer().note == ""


def test_a_token_is_refused_where_a_form_is_asked_for(opened: OpenedRound) -> None:
    """The API needs no token of a form as it takes no cookie; pages take no token of the API."""
    from tests.web.api_client import secret_of

    headers = {"Authorization": f"Bearer {secret_of(opened.clerk)}"}
    assert Client().get("/account/", headers=headers).status_code == 302


def in_an_environment(program: str, tmp_path: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a program in a process of its own with the settings of an environment."""
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "DUDAO_HOME": str(tmp_path / "home"),
            "DJANGO_SETTINGS_MODULE": "dudao.web.settings",
            **environment,
        },
    )


_TELL = """
import json
from django.conf import settings
names = ("DEBUG TLS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_NAME SECURE_HSTS_SECONDS SECRET_KEY "
         "SECURE_PROXY_SSL_HEADER METRICS_TOKEN LANGUAGE_COOKIE_SECURE LANGUAGE_COOKIE_NAME "
         "SECURE_HSTS_INCLUDE_SUBDOMAINS EMAIL_HOST_PASSWORD").split()
print(json.dumps({name: getattr(settings, name) for name in names} | {"proxies": len(settings.PROXIES)}))
"""


def settings_of(tmp_path: Path, **environment: str) -> dict[str, Any]:
    done = in_an_environment(_TELL, tmp_path, **environment)
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_without_tls_nothing_is_promised_that_http_cannot_keep(tmp_path: Path) -> None:
    told = settings_of(tmp_path)
    assert not told["DEBUG"]
    assert not told["SESSION_COOKIE_SECURE"]
    assert told["SECURE_HSTS_SECONDS"] == 0
    assert told["SECURE_PROXY_SSL_HEADER"] is None
    assert told["proxies"] == 0


def test_with_tls_cookies_are_secure_and_hsts_is_sent(tmp_path: Path) -> None:
    told = settings_of(tmp_path, DUDAO_TLS="1")
    assert told["SESSION_COOKIE_SECURE"]
    assert told["CSRF_COOKIE_SECURE"]
    assert told["LANGUAGE_COOKIE_SECURE"]
    assert told["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert told["LANGUAGE_COOKIE_NAME"].startswith("__Host-")
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert told["SECURE_HSTS_SECONDS"] >= 31536000
    assert told["proxies"] == 2


def test_the_demonstration_is_no_way_to_debug(tmp_path: Path) -> None:
    assert not settings_of(tmp_path, DUDAO_DEMO="1")["DEBUG"]


def test_hsts_is_sent_over_https_through_our_proxy_alone(
    db: None, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.PROXIES = LOOPBACK
    headers = {"X-Forwarded-Proto": "https"}
    assert "max-age=31536000" in Client().get("/healthz", headers=headers)["Strict-Transport-Security"]
    forged = Client(REMOTE_ADDR="203.0.113.9").get("/healthz", headers=headers)
    assert "Strict-Transport-Security" not in forged.headers


def test_secrets_are_taken_from_files(tmp_path: Path) -> None:
    files = {}
    signs = "a1B2-c3D4" * 7
    for name, text in (
        ("DUDAO_SECRET_KEY", signs + "\n"),
        ("DUDAO_METRICS_TOKEN", "watchword\n"),
        ("DUDAO_MAIL", "smtp://post:hidden@127.0.0.1:25\n"),
    ):
        path = tmp_path / name
        path.write_text(text)
        files[f"{name}_FILE"] = str(path)
    told = settings_of(tmp_path, **files)
    assert told["SECRET_KEY"] == signs
    assert told["METRICS_TOKEN"] == "watchword"
    assert told["EMAIL_HOST_PASSWORD"] == "hidden"


def test_a_key_made_here_is_for_its_owner_alone(tmp_path: Path) -> None:
    first = settings_of(tmp_path)["SECRET_KEY"]
    assert len(first) >= 50
    assert settings_of(tmp_path)["SECRET_KEY"] == first
    assert (tmp_path / "home" / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUDAO_TLS", "yes"),
        ("DUDAO_UPLOAD_MB", "many"),
        ("DUDAO_UPLOAD_MB", "-1"),
        ("DUDAO_UPLOAD_MB", "0"),
        ("DUDAO_SECRET_KEY", "short"),
        ("DUDAO_SECRET_KEY", "ab" * 30),
        ("DUDAO_ADDRESS", "dudao.example"),
        ("DUDAO_HOME", "/proc/dudao"),
        ("DUDAO_LOG_FORMAT", "xml"),
        ("DUDAO_PROXIES", "nginx"),
        ("DUDAO_SECRET_KEY_FILE", "/no/such/file"),
        ("DUDAO_SECOND_FACTOR", "king"),
        ("DATABASE_URL", "mysql://x"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "manage"])
def test_a_setting_that_cannot_be_is_told_in_one_sentence(name: str, value: str, command: str, tmp_path: Path) -> None:
    program = f"import sys; from dudao.web.__main__ import main; sys.exit(main([{command!r}, 'check'][:2]))"
    if command == "serve":
        program = "import sys; from dudao.web.__main__ import main; sys.exit(main(['serve', '--port', '1']))"
        program = program.replace("'--port', '1'", "'--port', '0'")
    done = in_an_environment(program, tmp_path, **{name: value})
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert name.removesuffix("_FILE") in done.stderr


def test_settings_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert given("DUDAO_UPLOAD_MB", {}) == "100"
    assert number("DUDAO_UPLOAD_MB", environment={"DUDAO_UPLOAD_MB": "7"}) == 7
    assert switched_on("DUDAO_TLS", {"DUDAO_TLS": "1"}) is True
    assert switched_on("DUDAO_TLS", {"DUDAO_TLS": ""}) is False
    assert one_of("DUDAO_LOG_FORMAT", ("text", "json"), {}) == "text"
    assert [str(each) for each in networks_of("DUDAO_PROXIES", {"DUDAO_PROXIES": "10.0.0.0/8, ::1"})] == [
        "10.0.0.0/8",
        "::1/128",
    ]
    empty = tmp_path / "empty"
    empty.write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="空的"):
        given("DUDAO_MAIL", {"DUDAO_MAIL_FILE": str(empty)})
    assert given("DUDAO_MAIL", {"DUDAO_MAIL": "smtp://a", "DUDAO_MAIL_FILE": "/no/such"}) == "smtp://a"
    assert given("DUDAO_HOSTS", {"DUDAO_HOSTS_FILE": "/no/such"}) == KNOWN["DUDAO_HOSTS"].default


OURS = networks_of("DUDAO_PROXIES", {"DUDAO_PROXIES": "127.0.0.1,10.0.0.0/8"})


@pytest.mark.parametrize(
    ("forwarded", "client"),
    [
        ("", "127.0.0.1"),
        ("192.0.2.7", "192.0.2.7"),
        ("1.2.3.4, 192.0.2.7", "192.0.2.7"),  # what the client itself wrote in front says nothing
        ("192.0.2.7, 10.1.1.1", "192.0.2.7"),
        ("nonsense, 10.1.1.1", "10.1.1.1"),
        ("<script>", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_client_is_the_last_that_is_no_proxy_of_ours(forwarded: str, client: str) -> None:
    assert client_of("127.0.0.1", forwarded, OURS) == client


def test_an_address_that_is_none_lies_nowhere() -> None:
    assert not within("", LOOPBACK)
    assert not within("testserver", LOOPBACK)
    assert within("127.8.9.1", LOOPBACK)


def test_tries_are_counted_for_the_client_and_not_for_the_proxy(db: None, settings: LazySettings) -> None:
    from dudao.web.audit.models import Event

    settings.PROXIES = LOOPBACK
    for _ in range(6):
        Client().post("/login/", {"username": "x", "password": "y"}, headers={"X-Forwarded-For": "192.0.2.7"})
    assert Event.objects.get(action="people.locked_out").address == "192.0.2.7"
    other = Client().post("/login/", {"username": "x", "password": "y"}, headers={"X-Forwarded-For": "192.0.2.8"})
    assert other.status_code == 422


def test_what_a_stranger_forwards_is_dropped(rf: RequestFactory) -> None:
    from django.http import HttpRequest, HttpResponse

    from dudao.web.proxies import THROUGH_OTHERS, TrustedProxies

    seen: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    TrustedProxies(answer)(rf.get("/", headers={"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "https"}))
    assert "HTTP_X_FORWARDED_FOR" not in seen[0].META
    assert "HTTP_X_FORWARDED_PROTO" not in seen[0].META
    assert seen[0].META[THROUGH_OTHERS]


def test_uploads_of_one_person_are_limited(opened: OpenedRound, signed_in: SignIn) -> None:
    client = signed_in(opened.officer)
    statuses = {client.post("/2022/990100/duty/evidence/upload/", {}).status_code for _ in range(121)}
    assert 429 in statuses


def test_sign_in_of_one_address_is_limited(db: None) -> None:
    client = Client()
    tries = [client.post("/login/", {"username": f"x{n}", "password": "y"}).status_code for n in range(61)]
    assert tries[-1] == 429


def test_every_setting_of_the_environment_is_in_the_list() -> None:
    named: set[str] = set()
    for path in (ROOT / "src" / "dudao").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"environ(?:ment)?(?:\.get\(|\[)\s*[\"']([A-Z_]+)[\"']", text))
        named |= set(re.findall(r"\b(?:given|number|switched_on|one_of|networks_of)\(\s*\"([A-Z_]+)\"", text))
        named |= set(re.findall(r"\"(DUDAO_[A-Z_]+)\"", text))
    foreign = {"DJANGO_SETTINGS_MODULE", "XDG_DATA_HOME", "CI", "NO_COLOR", "TERM", "COLUMNS"}
    unknown = {name for name in named if name.removesuffix("_FILE") not in KNOWN and name not in KNOWN}
    assert unknown - foreign == set()


def test_an_administrator_is_not_let_in_without_a_second_factor_by_default(tmp_path: Path) -> None:
    program = "from django.conf import settings; print(sorted(settings.SECOND_FACTOR_ROLES))"
    told = in_an_environment(program, tmp_path).stdout
    assert Role.SYSTEM_ADMINISTRATOR.value in told
    assert in_an_environment(program, tmp_path, DUDAO_DEMO="1").stdout.strip() == "[]"


def test_a_second_factor_can_be_asked_of_everybody() -> None:
    assert second_factor_roles("all") == second_factor_roles("1,all") == frozenset(Role)
    assert second_factor_roles("1,leader") - second_factor_roles("1") == {Role.LEADER}


@pytest.mark.parametrize("command", [["audit", "verify"], ["manage", "first_administrator", "guanli"]])
def test_a_database_that_nobody_has_set_up_is_told_in_one_sentence(command: list[str], tmp_path: Path) -> None:
    program = f"import sys; from dudao.web.__main__ import main; sys.exit(main({command!r}))"
    done = in_an_environment(program, tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("错误：数据库不能使用：no such table")
    assert "dudao manage migrate" in done.stderr


def test_over_http_pages_are_led_on_and_the_api_is_not() -> None:
    """A program that is led on would send its token in the clear each time and never know."""
    plain = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").split("listen 80;")[1].split("listen 443")[0]
    led, told = plain.split("location /api/")
    assert "return 301 https://$host$request_uri;" in led
    assert "return 30" not in told
    problem = json.loads(re.findall(r"return 403 '(.*)';", told)[0])
    assert (problem["status"], "https" in problem["detail"]) == (403, True)


def test_what_nginx_answers_itself_is_told_to_programs_as_by_the_api() -> None:
    inside = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").split("listen 443")[1]
    told = [json.loads(text) for text in re.findall(r"return \d+ '(.*)';", inside)]
    assert [each["status"] for each in told] == [413, 503]
    for each in told:
        kind = kind_of(each["status"])
        assert (each["type"], each["title"]) == (f"/api/docs/#problem-{kind.name}", kind.title)


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {}),
        ("?sslmode=verify-full&sslrootcert=/etc/ca.pem", {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}),
    ],
)
def test_the_connection_to_the_database_is_encrypted_where_the_address_says_so(
    query: str, options: dict[str, str], tmp_path: Path
) -> None:
    bound = {"server_side_binding": True, "prepare_threshold": 3}
    assert database_settings(f"postgres://u:p@h/n{query}", tmp_path)["OPTIONS"] == bound | options


@pytest.mark.parametrize("query", ["?ssl=true", "?sslmode=yes", "?sslmode="])
def test_a_wish_for_encryption_that_would_be_ignored_is_refused(query: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database_settings(f"postgres://u:p@h/n{query}", tmp_path)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("postgres://u:p@db.example.lan:5433/n", "db.example.lan", "5433"),
        ("postgres://u:p@[::1]:5432/n", "::1", "5432"),
        ("postgres://u@%2Fvar%2Frun%2FPostgreSQL/n", "/var/run/PostgreSQL", ""),
        ("postgres://u@%2Ftmp:5433/n", "/tmp", "5433"),
        ("postgres://u@/n", "", ""),
    ],
)
def test_a_database_is_reached_by_name_or_by_the_folder_of_its_socket(
    address: str, host: str, port: str, tmp_path: Path
) -> None:
    settings = database_settings(address, tmp_path)
    assert (settings["HOST"], settings["PORT"]) == (host, port)


def test_a_port_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="端口"):
        database_settings("postgres://u@h:abc/n", tmp_path)


def test_mail_is_encrypted_where_the_address_says_so() -> None:
    assert mail_settings("smtp://u:p@h?starttls=1")["starttls"]
    assert not mail_settings("smtp://u:p@h")["starttls"]
    assert mail_settings("smtps://u:p@h")["tls"]
    for wrong in ("smtp://h?tls=1", "smtps://h?starttls=1"):
        with pytest.raises(ImproperlyConfigured, match="starttls"):
            mail_settings(wrong)


def test_trying_tokens_is_limited(db: None, settings: LazySettings) -> None:
    settings.API_PER_MINUTE = 5
    headers = {"Authorization": "Bearer guess"}
    statuses = [Client().get("/api/v1/me", headers=headers).status_code for _ in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429


def test_people_leave_no_word_of_a_person_in_cookies(person: MakePerson) -> None:
    person("somebody")
    client = Client()
    client.post("/login/", {"username": "somebody", "password": PASSWORD})
    client.post("/logout/", follow=True)
    assert set(client.cookies) <= {"sessionid"}


@pytest.mark.parametrize("address", ["/search/?q=%00", "/2022/990100/duty/self/%00/", "/login/?next=a%00b", "/%00"])
def test_an_address_with_a_naught_byte_is_refused_in_words(
    address: str, opened: OpenedRound, signed_in: SignIn
) -> None:
    for client in (Client(), signed_in(opened.clerk)):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "请求编号" in answer.content.decode()


@pytest.mark.parametrize("fields", [{"username": "a" * 100_000}, {"username": "\x00"}, {"password": "b" * 2_000_000}])
def test_what_no_account_can_be_is_a_wrong_sign_in(fields: dict[str, str], db: None) -> None:
    client = Client(raise_request_exception=False)
    assert client.post("/login/", {"username": "x", "password": "y"} | fields).status_code == 422


def test_tracing_is_not_offered(db: None) -> None:
    assert Client().generic("TRACE", "/login/").status_code == 405


@pytest.mark.parametrize("address", ["/login/", "/notices/settings/", "/account/tokens/", "/rounds/new/", "/schemes/"])
def test_whoever_watches_by_head_is_answered_as_by_get(address: str, opened: OpenedRound, signed_in: SignIn) -> None:
    watcher = Client() if address == "/login/" else signed_in(opened.province)
    seen, watched = watcher.get(address), watcher.head(address)
    assert (seen.status_code, watched.status_code, watched.content) == (200, 200, b"")
