"""What the machine that watches is told, and what strangers are not."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest
from django.test import Client, RequestFactory

from dudao.web.background.models import Job
from dudao.web.logs import JsonLine, TextLine, WithoutAddresses
from dudao.web.operation import readiness
from dudao.web.people.models import User
from dudao.workflow.machine import Role
from tests.web.api_client import client_of
from tests.web.conftest import PASSWORD, MakePerson, OpenedRound, SignIn, World

STRANGER = "203.0.113.9"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()
    readiness._migrated.clear()


def test_the_process_says_that_it_lives_without_asking_the_database() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_when_all_is_in_order(db: None) -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert {name: each["ready"] for name, each in answer.json()["checks"].items()} == {
        "database": True,
        "migrations": True,
        "disk": True,
        "files": True,
    }


def test_a_stranger_learns_only_whether(db: None) -> None:
    assert Client(REMOTE_ADDR=STRANGER).get("/readyz").json() == {"ready": True}


def away(*_: object, **__: object) -> Any:
    raise OperationalError("connection to server at 10.1.2.3 refused: password of dudao")


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("database", lambda patch: patch.setattr(connection, "cursor", away)),
        ("migrations", lambda patch: patch.setattr(MigrationExecutor, "migration_plan", lambda *_: [1])),
        (
            "disk",
            lambda patch: patch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1024)),
        ),
        ("files", lambda patch: patch.setattr("tempfile.TemporaryFile", full)),
    ],
)
def test_not_ready_while_something_is_missing(
    name: str, broken: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        broken(patch)
        answer = Client().get("/readyz")
        assert Client(REMOTE_ADDR=STRANGER).get("/readyz").json() == {"ready": False}
    assert answer.status_code == 503
    assert answer.json()["checks"][name]["ready"] is False
    assert "10.1.2.3" not in answer.content.decode()


def full(*_: object, **__: object) -> Any:
    raise OSError(28, "No space left on device")


def test_an_object_store_that_is_away_is_not_ready(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OBJECT_STORAGE = {"bucket_name": "x"}

    def no_store(_: str) -> Any:
        raise RuntimeError("no answer")

    monkeypatch.setattr(readiness, "store", no_store)
    assert readiness.files() == readiness.Answer("files", False, "RuntimeError")
    monkeypatch.setattr(readiness, "store", lambda _: SimpleNamespace(has=lambda _: False))
    assert readiness.files().ready


def value_of(text: str, name: str) -> float:
    found = [line for line in text.splitlines() if line.startswith(name)]
    return float(found[0].rsplit(" ", 1)[1]) if found else 0.0


def test_requests_uploads_sign_ins_and_jobs_are_counted(opened: OpenedRound, world: World, signed_in: SignIn) -> None:
    def read() -> str:
        return Client().get("/metrics").content.decode()

    before = read()
    Client().post("/login/", {"username": "clerk", "password": "wrong"})
    Client().post("/login/", {"username": "clerk", "password": PASSWORD})
    signed_in(opened.clerk).get("/2022/990100/duty/self/3.10/?tab=history")
    Client().get("/no/such/secret-page/")
    fields = {"file": SimpleUploadedFile("a.txt", b"12345"), "department": world.finance.pk}
    client_of(opened.officer).send(f"/assessments/{opened.assessment.pk}/evidence", fields)
    Job.objects.create(kind="test", title="等待的任务")
    after = read()

    def grown(name: str) -> float:
        return value_of(after, name) - value_of(before, name)

    assert grown('dudao_sign_ins_total{outcome="failed"}') == 1
    assert grown('dudao_sign_ins_total{outcome="done"}') == 2  # the client that is signed in counts as well
    assert grown('dudao_requests_total{method="GET",route="evaluations:self",status="200"}') == 1
    assert grown('dudao_requests_total{method="GET",route="unmatched",status="404"}') == 1
    assert grown('dudao_request_seconds_count{route="evaluations:self"}') == 1
    assert grown('dudao_request_database_seconds_count{route="evaluations:self"}') == 1
    assert grown("dudao_database_queries_total") > 5
    assert grown('dudao_uploads_total{outcome="taken"}') == 1
    assert grown("dudao_upload_bytes_total") == 5
    assert value_of(after, 'dudao_jobs{state="waiting"}') == 1
    assert value_of(after, "dudao_jobs_oldest_waiting_seconds") >= 0
    assert value_of(after, "dudao_disk_free_bytes") > 0
    assert "secret-page" not in after
    assert "dudao_info" in after
    assert "_created" not in after


def test_metrics_go_on_without_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dudao.web.operation.gauges._jobs", away)
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    assert "dudao_jobs{" not in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        (STRANGER, {}, 404),
        (STRANGER, {"Authorization": "Bearer watchword"}, 200),
        (STRANGER, {"Authorization": "Bearer other"}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),  # through a forwarder that nobody named
    ],
)
def test_metrics_are_for_the_machine_that_watches(
    address: str, headers: dict[str, str], status: int, db: None, settings: LazySettings
) -> None:
    settings.METRICS_TOKEN = "watchword"
    assert Client(REMOTE_ADDR=address).get("/metrics", headers=headers).status_code == status


def test_an_empty_watchword_opens_nothing(db: None, settings: LazySettings) -> None:
    settings.METRICS_TOKEN = ""
    for word in ("Bearer ", "Bearer"):
        assert Client(REMOTE_ADDR=STRANGER).get("/metrics", headers={"Authorization": word}).status_code == 404


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("proxy-0123456789", True),
        ("a" * 32, True),
        ("short", False),
        ("a" * 33, False),
        ("evil\nline", False),
        ("<script>alert</script>", False),
        ("-starts-badly", False),
    ],
)
def test_a_request_keeps_a_sane_name_and_gets_one_otherwise(came: str, kept: bool, db: None) -> None:
    answer = Client().get("/healthz", headers={"X-Request-ID": came})
    assert (answer["X-Request-ID"] == came) is kept
    assert len(answer["X-Request-ID"]) >= 8


class Lines(logging.Handler):
    """Keeps what would be written."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.addFilter(WithoutAddresses())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(params=[JsonLine, TextLine])
def written(request: pytest.FixtureRequest) -> Iterator[Lines]:
    handler = Lines(request.param())
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


def test_a_line_names_the_route_and_the_key_of_the_person_and_nothing_personal(
    opened: OpenedRound, signed_in: SignIn, written: Lines
) -> None:
    client = signed_in(opened.clerk)
    answer = client.get("/2022/990100/duty/evidence/?q=某人的秘密", headers={"X-Request-ID": "read-together-1"})
    assert answer.status_code == 200
    Client().get("/invitation/very-secret-word/")
    text = "\n".join(written.lines)
    assert "evidence:library" in text
    assert "read-together-1" in text
    assert str(opened.clerk.pk) in text
    for private in ("某人的秘密", "very-secret-word", "clerk", "?q", "127.0.0.1"):
        assert private not in text
    if isinstance(written.formatter, JsonLine):
        line = next(json.loads(each) for each in written.lines if "evidence:library" in each)
        assert (line["method"], line["status"], line["person"]) == ("GET", 200, opened.clerk.pk)
        assert line["milliseconds"] >= 0


def test_an_api_request_is_told_with_its_person(opened: OpenedRound, written: Lines) -> None:
    client_of(opened.clerk).get("/me")
    line = next(each for each in written.lines if "api:v1:me" in each)
    assert str(opened.clerk.pk) in line
    assert "dudao_" not in line


def test_a_failure_is_told_with_its_trace_and_without_the_address(
    world: World, person: MakePerson, signed_in: SignIn, written: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken part")

    monkeypatch.setattr("dudao.web.people.views.people.search_people", fail)
    client = signed_in(person("head", Role.SYSTEM_ADMINISTRATOR, world.province))
    client.raise_request_exception = False
    assert client.get("/admin/users/?words=secretname").status_code == 500
    text = "\n".join(written.lines)
    assert "broken part" in text
    assert "people:people" in text
    assert "secretname" not in text


def test_a_line_stays_one_line(written: Lines) -> None:
    logging.getLogger("dudao.test").warning("first\nsecond")
    assert len(written.lines[-1].splitlines()) == 1


PAGES: dict[int, tuple[str, Any]] = {
    400: ("请求有误", {"headers": {"Host": "elsewhere.example"}}),
    404: ("没有这个页面", {"path": "/no/such/page/"}),
}


@pytest.mark.parametrize("status", sorted(PAGES))
def test_an_error_page_is_in_words_with_the_number_of_the_request(status: int, db: None) -> None:
    words, asked = PAGES[status]
    client = Client(raise_request_exception=False)
    answer = client.get(asked.get("path", "/login/"), headers=asked.get("headers", {}))
    assert answer.status_code == status
    text = answer.content.decode()
    assert words in text
    assert answer["X-Request-ID"] in text
    assert answer["Content-Security-Policy"]


def test_asking_at_random_leaves_no_session_behind(db: None) -> None:
    from django.contrib.sessions.models import Session

    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert not answer.cookies
    assert not Session.objects.exists()


def test_refusal_has_the_number_of_its_request(world: World, person: MakePerson, signed_in: SignIn) -> None:
    answer = signed_in(person("leader", Role.LEADER, world.city)).get("/admin/users/")
    assert answer.status_code == 403
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_form_that_is_too_large_is_told_so(person: MakePerson, signed_in: SignIn, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = signed_in(person("somebody"))
    client.raise_request_exception = False
    answer = client.post("/account/tokens/", {"name": "长" * 200})
    assert answer.status_code == 413
    assert "内容过大" in answer.content.decode()


def test_too_many_tries_are_told_with_the_number(person: MakePerson, signed_in: SignIn) -> None:
    client = signed_in(person("somebody"))
    answers = [client.post("/account/tokens/", {}) for _ in range(12)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert answers[-1]["X-Request-ID"] in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError("secret of the house"), 500, "系统出错"),
        (OperationalError("secret of the house"), 503, "暂时不能服务"),
        (OSError(28, "secret of the house"), 503, "暂时不能服务"),
    ],
)
def test_a_failure_is_told_without_details_and_without_the_database(
    error: Exception,
    status: int,
    words: str,
    person: MakePerson,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    client = signed_in(person("somebody"))
    client.raise_request_exception = False
    monkeypatch.setattr("dudao.web.people.views.account._account_page", fail)
    answer = client.get("/account/")
    assert answer.status_code == status
    text = answer.content.decode()
    assert words in text
    assert "secret of the house" not in text
    assert answer["X-Request-ID"] in text
    assert ("Retry-After" in answer) is (status == 503)


def test_the_api_tells_a_database_away_as_a_problem(opened: OpenedRound, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dudao.web.api.resources.rounds.visible_rounds", away)
    answer = client_of(opened.clerk).get("/rounds")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert "10.1.2.3" not in answer.content.decode()
    assert answer["Retry-After"]


def test_a_database_away_is_no_blank_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even the session can be read then."""
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get("/account/")
    assert answer.status_code == 503
    assert "暂时不能服务" in answer.content.decode()


def test_the_key_of_a_person_is_not_asked_of_the_database_for_the_log(rf: RequestFactory) -> None:
    from dudao.web.requests import person_id_of

    request: HttpRequest = rf.get("/")
    assert person_id_of(request) is None
    request.user = User(pk=7)
    assert person_id_of(request) == 7


def test_the_logs_of_an_installation_are_lines(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import django; django.setup(); import logging; logging.getLogger('dudao.x').info('一行')"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={
            "PATH": "/usr/bin",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
            "DUDAO_HOME": str(tmp_path),
            "DUDAO_LOG_FORMAT": "json",
            "DJANGO_SETTINGS_MODULE": "dudao.web.settings",
        },
    )
    assert json.loads(done.stderr.splitlines()[-1])["message"] == "一行"
