"""Backup and restore, each in processes of their own: what goes in comes out, or a sentence says why not."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dudao.errors import UnreadableInputError
from dudao.web.backups.restore import check
from tests.web.databases import FILE, copied_file

BUILD = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from dudao.web.evidence import actions
from dudao.web.people.models import Department, Grant, Region, User
region = Region(code="990100", name="云州市", level="city")
Region.objects.add_root(instance=region)
department = Department.objects.create(region=region, name="市财政局")
user = User.objects.create_user("officer", "o@example.org", "a-good-long-password-1", name="某")
Grant.objects.create(user=user, role="department_officer", region=region, department=department)
for number in range(3):
    actions.receive(by=user, department=department, raw=f"第{number}份决算".encode(), name=f"{number}.txt",
                    description=actions.Description())
"""
COUNTED = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'audit_event'")
    print(cursor.fetchone()[0])
"""
COUNT = """
import django
django.setup()
from dudao.web.audit.queries import verify
from dudao.web.evidence.models import Evidence, StoredFile
from dudao.web.evidence.storage import content_of
from dudao.web.people.models import User
print(Evidence.objects.count(), len(verify()), User.objects.get().check_password("a-good-long-password-1"),
      sorted(content_of(each.pk).decode() for each in StoredFile.objects.all()))
row = Evidence.objects.first()
row.pk = None
row.save()
print("a new row has a key of its own:", Evidence.objects.count())
"""
WRITE = """
import itertools, time
import django
django.setup()
from dudao.web.evidence import actions
from dudao.web.people.models import Department, User
user, department = User.objects.get(), Department.objects.get()
for number in itertools.count():
    actions.receive(by=user, department=department, name="b.txt", raw=f"忙时{number}".encode(),
                    description=actions.Description())
    print(number, flush=True)
    time.sleep(0.01)
"""
WHOLE = "3 0 True ['第0份决算', '第1份决算', '第2份决算']"


def _environment(home: Path, database: str = "") -> dict[str, str]:
    return os.environ | {
        "DUDAO_HOME": str(home),
        "DUDAO_SECRET_KEY": "only-for-tests-and-never-for-anything-else",
        "DJANGO_SETTINGS_MODULE": "dudao.web.settings",
        "DATABASE_URL": database,
    }


def _python(home: Path, code: str, database: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=_environment(home, database),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _dudao(home: Path, *arguments: str, database: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dudao.web", *arguments],
        env=_environment(home, database),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **more,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with three pieces of evidence."""
    folder = tmp_path_factory.mktemp("office")
    copied_file(tmp_path_factory, folder / FILE)
    _python(folder, BUILD)
    return folder


@pytest.fixture(scope="module")
def archive(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("backups") / "one.zip"
    done = _dudao(home, "backup", str(path))
    assert done.returncode == 0, done.stderr
    assert path.stat().st_mode & 0o077 == 0
    return path


@pytest.fixture(params=["", pytest.param("empty_postgres", marks=pytest.mark.database)], ids=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of a database without tables; empty for the file in the data folder."""
    return request.getfixturevalue(request.param) if request.param else ""


def _rewritten(archive: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy an archive with its members changed; None leaves a member out."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = change(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry.filename, content)
    return target


def test_a_restored_place_has_the_same_rows_files_and_trail(home: Path, archive: Path, tmp_path: Path) -> None:
    done = _dudao(tmp_path, "restore", str(archive))
    assert (done.returncode, done.stderr) == (0, "")
    assert _python(tmp_path, COUNT).splitlines() == [WHOLE, "a new row has a key of its own: 4"]
    assert _dudao(tmp_path, "audit", "verify").returncode == 0
    again = tmp_path / "again.zip"
    first = tmp_path / "first.zip"
    assert _dudao(home, "backup", str(first)).returncode == 0
    other = tmp_path / "other"
    assert _dudao(other, "restore", str(first)).returncode == 0
    assert _dudao(other, "backup", str(again)).returncode == 0
    tables = [json.loads(zipfile.ZipFile(path).read("manifest.json"))["tables"] for path in (first, again)]
    assert tables[0] == tables[1]


def test_a_backup_goes_into_postgresql_and_back(archive: Path, tmp_path: Path, empty_postgres: str) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    done = _dudao(there, "restore", str(archive), database=empty_postgres)
    assert (done.returncode, done.stderr) == (0, "")
    assert float(_python(there, COUNTED, empty_postgres)) > 0, "the database knows how many rows it has"
    assert _dudao(there, "audit", "verify", database=empty_postgres).returncode == 0
    second = tmp_path / "second.zip"
    assert _dudao(there, "backup", str(second), database=empty_postgres).returncode == 0
    assert _python(there, COUNT, empty_postgres).splitlines()[0] == WHOLE
    assert _dudao(back, "restore", str(second)).returncode == 0
    assert _python(back, COUNT).splitlines()[0] == WHOLE


def test_nothing_is_restored_over_what_is_there(home: Path, archive: Path) -> None:
    before = hashlib.sha256((home / "dudao.sqlite3").read_bytes()).hexdigest()
    done = _dudao(home, "restore", str(archive))
    assert done.returncode == 2
    assert "已有内容" in done.stderr
    assert hashlib.sha256((home / "dudao.sqlite3").read_bytes()).hexdigest() == before
    assert _dudao(home, "backup", str(archive)).returncode == 2  # and no backup over another one


def test_every_damage_is_named_and_writes_nothing(archive: Path, tmp_path: Path) -> None:
    def changed(which: str, change: Callable[[bytes], bytes | None]) -> Path:
        target = tmp_path / f"{len(list(tmp_path.glob('*.zip')))}.zip"
        return _rewritten(archive, target, lambda name, old: change(old) if which in name else old)

    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-200])
    newer = changed("manifest", lambda old: old.replace(b'"0001_initial"', b'"0099_later"'))
    damaged = {
        cut: "不是完整的备份",
        changed("manifest", lambda _: None): "缺少清单",
        changed("manifest", lambda _: b"[]"): "不是完整的备份",
        changed("people.user", lambda old: old.replace(b"o@example.org", b"x@example.org")): "people.user",
        changed("people.user", lambda _: b""): "people.user",
        changed("evidence.evidence.", lambda _: None): "evidence.evidence",
        changed("files/", lambda old: old + b"!"): "已损坏",
        changed("files/", lambda _: None): "已损坏",
        tmp_path / "nothing.zip": "没有文件",
    }
    for path, words in damaged.items():
        with pytest.raises(UnreadableInputError, match=words):
            check(path, say=lambda _: None)
    for number, (path, words) in enumerate([*damaged.items(), (newer, "先升级")][-3:]):
        place = tmp_path / f"place-{number}"
        done = _dudao(place, "restore", str(path))
        assert done.returncode == 3, (path, done.stderr)
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert _is_empty(place)
    assert _dudao(tmp_path / "p", "restore", "--check", str(archive)).returncode == 0


def _is_empty(home: Path) -> bool:
    with closing(sqlite3.connect(home / FILE)) as opened:
        return opened.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_a_restore_that_was_killed_can_be_started_again(archive: Path, tmp_path: Path, database: str) -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, signal, django\n"
            "django.setup()\n"
            "from dudao.web.backups import restore\n"
            "restore._compare = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
            "from dudao.web.backups.commands import restore as run\n"
            f"run([{str(archive)!r}])",
        ],
        env=_environment(tmp_path, database),
        stdout=subprocess.DEVNULL,
    )
    assert process.wait(120) == -signal.SIGKILL
    assert _dudao(tmp_path, "restore", str(archive), database=database).returncode == 0
    assert _python(tmp_path, COUNT, database).splitlines()[0] == WHOLE


def test_a_missing_file_is_told_and_the_rest_is_saved(home: Path, archive: Path, tmp_path: Path) -> None:
    assert _dudao(tmp_path, "restore", str(archive)).returncode == 0
    files = sorted((tmp_path / "evidence").glob("??/??/*"))
    files[0].unlink()
    files[1].write_bytes(b"swapped")
    done = _dudao(tmp_path, "backup", str(tmp_path / "b.zip"))
    assert done.returncode == 1
    assert "缺失" in done.stderr
    assert "校验码不符" in done.stderr
    other = tmp_path / "other"
    done = _dudao(other, "restore", str(tmp_path / "b.zip"))
    assert done.returncode == 1
    assert done.stderr.count("备份时就已缺失") == 2
    assert _dudao(other, "audit", "verify").returncode == 0


def test_an_older_database_is_backed_up_and_brought_up_to_date_when_restored(home: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    shutil.copytree(home, old)
    _python(
        old,
        "import django; django.setup(); from django.core.management import call_command as call; "
        "call('migrate', 'document_checks', 'zero', verbosity=0)",
    )
    assert _dudao(old, "backup", str(tmp_path / "b.zip")).returncode == 0
    done = _dudao(new, "restore", str(tmp_path / "b.zip"))
    assert (done.returncode, done.stderr) == (0, "")
    checked = "\nfrom django.core.management import call_command as call; call('migrate', check_unapplied=True)"
    assert _python(new, COUNT + checked).splitlines()[0] == WHOLE


def test_a_full_disk_leaves_no_half_backup(home: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource, sys, django\n"
            "django.setup()\n"
            "from dudao.web.backups.commands import backup\n"
            "from dudao.web.people.models import User\n"
            "User.objects.count()\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
            f"sys.exit(backup([{str(tmp_path / 'b.zip')!r}]))",
        ],
        env=_environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "写备份时出错" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_backup_taken_while_people_write_is_of_one_moment(archive: Path, tmp_path: Path, database: str) -> None:
    """Each write adds a piece of evidence and its event in one transaction: never one without the other."""
    home = tmp_path / "busy"
    assert _dudao(home, "restore", str(archive), database=database).returncode == 0
    writer = subprocess.Popen([sys.executable, "-c", WRITE], env=_environment(home, database), stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline()  # the first piece is written
    try:
        counts = []
        for number in range(3):
            path = tmp_path / f"{number}.zip"
            done = _dudao(home, "backup", str(path), database=database)
            assert (done.returncode, done.stderr) == (0, "")
            evidence, events = _lines(path, "evidence.evidence"), _lines(path, "audit.event")
            assert len(evidence) == sum(b'"evidence.receive"' in line for line in events)
            counts.append(len(evidence))
        assert counts == sorted(set(counts)), "the writer wrote nothing meanwhile"
        assert writer.poll() is None
    finally:
        writer.terminate()
        writer.wait(30)
        writer.stdout.close()


def _lines(archive: Path, table: str) -> list[bytes]:
    with zipfile.ZipFile(archive) as opened:
        return opened.read(f"rows/{table}.jsonl").splitlines()


def test_only_the_newest_backups_are_kept(home: Path, tmp_path: Path) -> None:
    for day in ("01", "02", "03"):
        (tmp_path / f"dudao-202601{day}-010101.zip").write_bytes(b"old")
    (tmp_path / "report.zip").write_bytes(b"somebody's")
    assert _dudao(home, "backup", "--keep", "2", str(tmp_path)).returncode == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == "dudao-20260103-010101.zip"
    assert len(names) == 3
    assert "report.zip" in names
