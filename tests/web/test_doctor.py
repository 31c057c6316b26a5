"""`dudao doctor` of an installation: every trouble is told with its remedy."""

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from dudao.web.audit.actions import record
from dudao.web.background.models import Job, PeriodicStep
from dudao.web.operation import readiness
from dudao.web.operation.doctor import configuration, running, stores
from dudao.web.operation.doctor.examine import examine
from dudao.web.operation.doctor.model import Check, State
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    readiness._migrated.clear()


def named(checks: Iterable[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def assert_told(check: Check, state: State, words: str) -> None:
    assert check.state is state, check
    assert words in check.detail + check.remedy, check
    assert check.remedy or state is State.PRESENT


def test_every_check_that_is_not_in_order_has_a_remedy(db: None) -> None:
    checks = examine()
    assert len(checks) > 10
    assert all(check.remedy for check in checks if check.state is not State.PRESENT)
    assert all(not check.remedy for check in checks if check.state is State.PRESENT)


def test_a_name_that_nobody_reads_is_told_with_the_nearest() -> None:
    check = named(configuration.configuration({"DUDAO_UPLOD_MB": "7", "DUDAO_MAIL_FILE": "/x"}), "设置")
    assert_told(check, State.MISSING, "DUDAO_UPLOD_MB（是否 DUDAO_UPLOAD_MB？）")
    assert "MAIL" not in check.detail
    assert_told(named(configuration.configuration({"DUDAO_HOME": "/x"}), "设置"), State.PRESENT, "")


def test_a_host_that_stands_for_all_is_told(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert_told(named(configuration.configuration({}), "域名"), State.MISSING, "任何域名")


def test_http_beyond_this_machine_is_told(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["dudao.example.lan"]
    assert_told(named(configuration.configuration({}), "https"), State.OPTIONAL, "DUDAO_TLS=1")
    settings.TLS = True
    assert_told(named(configuration.configuration({}), "https"), State.PRESENT, "")


def test_an_installation_without_second_factor_or_mail_is_told(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset()
    settings.MAIL_CONFIGURED = False
    assert_told(named(configuration.configuration({}), "动态验证码"), State.OPTIONAL, "DUDAO_SECOND_FACTOR")
    assert_told(named(configuration.configuration({}), "邮件"), State.OPTIONAL, "DUDAO_MAIL")


def test_a_mail_server_that_does_not_answer_is_told(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED, settings.DEMO, settings.EMAIL_HOST = True, False, "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
        settings.DEFAULT_FROM_EMAIL, settings.ADDRESS = "dudao@localhost", ""
        assert_told(named(configuration.configuration({}), "邮件"), State.OPTIONAL, "DUDAO_MAIL_FROM")
        settings.DEFAULT_FROM_EMAIL = "dudao@example.gov.cn"
        assert_told(named(configuration.configuration({}), "邮件"), State.OPTIONAL, "DUDAO_ADDRESS")
        settings.ADDRESS = "https://dudao.example.gov.cn"
        assert_told(named(configuration.configuration({}), "邮件"), State.PRESENT, "连得上")
    assert_told(named(configuration.configuration({}), "邮件"), State.MISSING, "连不上")


@pytest.mark.parametrize(
    ("scanner", "state", "words"),
    [
        ("tests.web.test_doctor.clean", State.PRESENT, "能用"),
        ("tests.web.test_doctor.suspicious", State.MISSING, "可疑"),
        ("tests.web.test_doctor.assert_told", State.MISSING, "什么也传不上来"),
        ("no.such", State.MISSING, "ModuleNotFoundError"),
        ("os.path.join", State.MISSING, "TypeError"),
    ],
)
def test_a_scanner_that_cannot_be_used_is_told(settings: LazySettings, scanner: str, state: State, words: str) -> None:
    settings.UPLOAD_SCANNER = scanner
    assert_told(named(configuration.configuration({}), "病毒扫描"), state, words)


def clean(raw: bytes, name: str) -> str:
    return ""


def suspicious(raw: bytes, name: str) -> str:
    return "可疑"


def test_the_demonstration_is_told(settings: LazySettings) -> None:
    settings.DEMO = True
    assert_told(named(configuration.configuration({}), "演示"), State.OPTIONAL, "公开")


def test_pages_without_their_parts_are_told(settings: LazySettings, tmp_path: Path) -> None:
    settings.BASE = tmp_path
    assert_told(named(configuration.configuration({}), "页面部件"), State.MISSING, "make assets")


def test_a_database_that_does_not_answer_is_told_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused\nat line 2")

    monkeypatch.setattr(connection, "ensure_connection", away)
    (check,) = stores.database()
    assert_told(check, State.MISSING, "connection refused")
    assert "line 2" not in check.detail


def test_migrations_that_wait_are_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [1, 2, 3])
    assert_told(named(stores.database(), "数据库迁移"), State.MISSING, "3 个")


class Answers:
    """A cursor that answers what it is told to, by the words of the question."""

    def __init__(self, answers: dict[str, str]) -> None:
        self._answers = answers
        self._asked = ""

    def __enter__(self) -> "Answers":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def execute(self, asked: str) -> None:
        self._asked = asked

    def fetchone(self) -> tuple[str]:
        return (next(answer for words, answer in self._answers.items() if words in self._asked),)


SQLITE = {"journal_mode": "wal", "quick_check": "ok"}
POSTGRES = {"version_num": "160004", "encoding": "UTF8"}


@pytest.mark.parametrize(
    ("check", "answers", "state", "words"),
    [
        (stores._sqlite, SQLITE, State.PRESENT, "wal"),
        (stores._sqlite, {**SQLITE, "journal_mode": "delete"}, State.MISSING, "PostgreSQL"),
        (stores._sqlite, {**SQLITE, "quick_check": "row 3 missing"}, State.MISSING, "dudao restore"),
        (stores._postgres, POSTGRES, State.PRESENT, "16.4"),
        (stores._postgres, {**POSTGRES, "version_num": "140011"}, State.MISSING, "15"),
        (stores._postgres, {**POSTGRES, "encoding": "SQL_ASCII"}, State.MISSING, "UTF8"),
    ],
)
def test_what_the_database_is_like(
    check: Any, answers: dict[str, str], state: State, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "connection", SimpleNamespace(cursor=lambda: Answers(answers)))
    assert_told(check(), state, words)


def test_the_database_of_the_tests_is_in_order(db: None) -> None:
    assert {check.state for check in stores.database()} == {State.PRESENT}


@pytest.mark.parametrize(("floors", "state"), [(0.5, State.MISSING), (2.0, State.OPTIONAL), (50.0, State.PRESENT)])
def test_room_on_the_disk(floors: float, state: State, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "free_bytes", lambda: int(settings.DISK_FLOOR * floors))
    assert stores.disk().state is state


def test_a_data_folder_that_is_gone_is_told(settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "gone"
    assert_told(stores.disk(), State.MISSING, "DUDAO_HOME")


def test_a_place_for_files_that_takes_none_is_told(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.TemporaryFile", no_room)
    assert_told(stores.files_check(), State.MISSING, "Read-only")
    settings.OBJECT_STORAGE = {"bucket_name": "x"}
    monkeypatch.setattr(readiness, "store", no_room)
    assert_told(stores.files_check(), State.MISSING, "DUDAO_FILES")


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    settings.HOME = folder
    return folder


def test_a_data_folder_open_to_others_is_told(home: Path) -> None:
    assert_told(next(stores.permissions({})), State.PRESENT, "0700")
    home.chmod(0o755)
    assert_told(next(stores.permissions({})), State.MISSING, "chmod 0700")


def test_a_data_folder_that_cannot_be_written_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert_told(next(stores.permissions({})), State.MISSING, "chown")


def test_secrets_open_to_others_are_told(home: Path, tmp_path: Path) -> None:
    made, named_one = home / "secret-key", tmp_path / "mail"
    for path in (made, named_one):
        path.write_text("x")
        path.chmod(0o644)
    checks = list(stores.permissions({"DUDAO_MAIL_FILE": str(named_one), "DUDAO_ROBOTS_FILE": "/no/such/file"}))
    secrets = [check for check in checks if check.name == "机密文件"]
    assert [check.state for check in secrets] == [State.MISSING] * 3
    assert "更换其中的机密" in secrets[0].remedy
    assert "/no/such/file" in "".join(check.detail for check in secrets)
    for path in (made, named_one):
        path.chmod(0o600)
    assert {
        check.state for check in stores.permissions({"DUDAO_MAIL_FILE": str(named_one)}) if check.name == "机密文件"
    } == {State.PRESENT}


def test_a_clock_before_the_newest_event_is_told(db: None, home: Path) -> None:
    record(by=None, action="test.happened", summary="刚才", object_type="test")
    assert running.clock(timezone.now()).state is State.PRESENT
    check = running.clock(timezone.now() - timedelta(hours=1))
    assert_told(check, State.MISSING, "审计日志")


def test_a_clock_before_the_newest_file_is_told(db: None, home: Path) -> None:
    (home / "dudao.sqlite3").write_text("x")
    check = running.clock(timezone.now() - timedelta(hours=1))
    assert_told(check, State.MISSING, "数据文件")


def test_a_clock_apart_from_the_database_is_told(db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_database_clock", lambda _: timedelta(minutes=-10))
    assert_told(running.clock(timezone.now()), State.MISSING, "-600")


def test_a_worker_that_is_not_there_is_told(db: None) -> None:
    now = timezone.now()
    assert_told(running.worker(now), State.OPTIONAL, "dudao worker")
    step = PeriodicStep.objects.create(name="notices.mail", last_at=now)
    assert running.worker(now).state is State.PRESENT
    PeriodicStep.objects.filter(pk=step.pk).update(last_at=now - timedelta(minutes=30))
    assert_told(running.worker(now), State.MISSING, "没有动静")


def test_work_that_nobody_does_is_told(db: None) -> None:
    now = timezone.now()
    PeriodicStep.objects.create(name="notices.mail", last_at=now)
    Job.objects.create(kind="test", title="等待的任务")
    Job.objects.update(created_at=now - timedelta(minutes=20))
    assert_told(running.worker(now), State.MISSING, "20 分钟")


def test_an_installation_without_an_administrator_is_told(world: World, person: MakePerson) -> None:
    now = timezone.now()
    assert_told(running.administrators(now), State.OPTIONAL, "first_administrator")
    person("head", Role.SYSTEM_ADMINISTRATOR, world.province)
    assert running.administrators(now).state is State.PRESENT


def test_without_a_database_the_rest_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(running, "clock", away)
    assert list(running.running()) == []


def doctor(home: Path, **environment: str) -> tuple[int, dict[str, dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, "-c", "from dudao.cli.app import main; main()", "doctor", "--format", "json"],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home.parent),
            "PYTHONPATH": str(ROOT / "src"),
            **environment,
        },
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, {check["name"]: check for check in json.loads(done.stdout)["checks"]}


def test_the_command_shows_the_installation_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    code, checks = doctor(home, DUDAO_HOME=str(home), DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert code == 1
    assert checks["数据库"]["state"] == "missing"
    assert checks["磁盘"]["detail"].startswith(str(home))
    assert checks["Python"]["state"] == "present"


def test_a_setting_that_cannot_be_is_a_check_of_its_own(tmp_path: Path) -> None:
    code, checks = doctor(tmp_path / "home", DUDAO_HOME=str(tmp_path / "home"), DUDAO_TLS="yes")
    assert code == 1
    assert "DUDAO_TLS" in checks["平台设置"]["detail"]


def test_a_machine_without_an_installation_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _code, checks = doctor(tmp_path / "empty" / "home")
    assert "数据库" not in checks
    assert not list((tmp_path / "empty").rglob("secret-key"))


def test_a_sound_installation_has_nothing_missing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    environment = {"DUDAO_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    subprocess.run(
        [sys.executable, "-m", "dudao.web", "manage", "migrate", "-v0"], env=environment, check=True, timeout=200
    )
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    _code, checks = doctor(home, DUDAO_HOME=str(home))
    for name in ("设置", "数据库", "数据库迁移", "磁盘", "材料存放", "数据文件夹的权限", "机密文件", "时钟"):
        assert checks[name]["state"] == "present", checks[name]
    shutil.rmtree(home)


@pytest.mark.parametrize("key", ["", "a-secret-key-of-the-environment-that-is-long-enough-for-it"])
def test_a_data_folder_that_the_platform_makes_itself_is_nobody_elses(tmp_path: Path, key: str) -> None:
    home = tmp_path / "new"
    settings = {
        **os.environ,
        "DUDAO_HOME": str(home),
        "DATABASE_URL": "",
        "DUDAO_SECRET_KEY": key,
        "DJANGO_SETTINGS_MODULE": "dudao.web.settings",
    }
    subprocess.run([sys.executable, "-c", "import django; django.setup()"], env=settings, check=True, timeout=120)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
