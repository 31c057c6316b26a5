"""What lies on the disk: whole or not at all, also when the process is killed in the middle."""

import io
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image

from dudao.web.content_store.folder import FolderStore
from dudao.web.evidence.models import StoredFile
from dudao.web.evidence.personal import PersonalData, personal_data
from dudao.web.evidence.storage import STORE, keep
from dudao.web.refusals import InvalidValueError
from dudao.web.uploads.inspection import inspect
from dudao.workflow.machine import Role
from tests.web.conftest import MakePerson, World
from tests.web.evidence_round import received, word

LIMIT = 4 * 1024 * 1024

KILLED = """
import hashlib, os, signal, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from django.db import connection
from dudao.web.audit.queries import verify
from dudao.web.content_store import folder
from dudao.web.evidence import actions, storage, trail
from dudao.web.evidence.models import Evidence, StoredFile
from dudao.web.people.models import Department, Grant, Region, User
region = Region(code="990100", name="云州市", level="city")
Region.objects.add_root(instance=region)
region.refresh_from_db()
department = Department.objects.create(region=region, name="市财政局")
user = User.objects.create_user("officer", "o@example.org", "a-good-long-password-1", name="某")
Grant.objects.create(user=user, role="department_officer", region=region, department=department)

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def in_child(patch, text):
    connection.close()
    child = os.fork()
    if child == 0:
        patch()
        actions.receive(by=user, department=department, raw=text.encode(), name="a.txt",
                        description=actions.Description())
        os._exit(0)
    return os.waitpid(child, 0)[1]

def before_the_move():
    folder.os.replace = die

def before_the_row():
    actions.StoredFile.objects.get_or_create = die

def before_the_commit():
    assert callable(trail.record)
    trail.record = die

for patch, text in ((before_the_move, "one"), (before_the_row, "two"), (before_the_commit, "three")):
    status = in_child(patch, text)
    print(os.WIFSIGNALED(status), Evidence.objects.count(), StoredFile.objects.count(), len(verify()))
print(os.WIFEXITED(in_child(lambda: None, "four")), Evidence.objects.count(), len(verify()))
stored = StoredFile.objects.get()
print(hashlib.sha256(storage.content_of(stored.pk)).hexdigest() == stored.pk)
call_command("evidence_prune", "--dry-run", "--hours", "0")
call_command("evidence_prune", "--hours", "0")
print(len([each for each in storage.files().root.rglob("*") if each.is_file()]))
"""


def test_a_killed_upload_leaves_nothing_half_done(tmp_path: Path, sqlite: str) -> None:
    environment = os.environ | {
        "DUDAO_HOME": str(tmp_path),
        "DUDAO_SECRET_KEY": "only-for-tests-and-never-for-anything-else",
        "DJANGO_SETTINGS_MODULE": "dudao.web.settings",
        "DATABASE_URL": sqlite,
    }
    ran = subprocess.run(
        [sys.executable, "-c", KILLED], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert lines[:5] == ["True 0 0 0", "True 0 0 0", "True 0 0 0", "True 1 0", "True"]
    assert sum(line.startswith("未写完的上传") for line in lines) == 2  # listed, then removed
    assert sum(line.startswith("没有登记的文件") for line in lines) == 4
    assert any(line.startswith("可清理 3 个文件") for line in lines)
    assert lines[-1] == "1"


def test_pruning_leaves_what_is_named_and_what_is_fresh(world: World, person: MakePerson) -> None:
    officer = person("officer", Role.DEPARTMENT_OFFICER, world.city, world.finance)
    named = received(officer, world.finance, "登记的材料").revisions.get().file_id
    fresh, old = "a" * 64, "b" * 64
    for name in (fresh, old, named):
        keep(b"x", name)
    place_of = FolderStore(Path(settings.FILES_ROOT) / STORE).place_of
    past = time.time() - 48 * 3600
    for name in (old, named):
        os.utime(place_of(name), (past, past))
    call_command("evidence_prune")
    assert place_of(named).exists()
    assert place_of(fresh).exists()
    assert not place_of(old).exists()
    os.utime(place_of(fresh), (past, past))
    keep(b"x", fresh)  # uploaded again just now
    call_command("evidence_prune")
    assert place_of(fresh).exists()
    place_of(named).unlink()
    place_of(fresh).unlink()
    with pytest.raises(SystemExit):
        call_command("evidence_prune")
    assert StoredFile.objects.filter(pk=named).exists()


def test_a_picture_is_kept_upright_and_on_white() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(buffer, "JPEG", exif=exif)
    kept = Image.open(io.BytesIO(inspect(buffer.getvalue(), "a.jpg", limit=LIMIT).content))
    assert kept.size == (20, 40)
    assert not kept.getexif()
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(buffer, "PNG")
    clear = Image.open(io.BytesIO(inspect(buffer.getvalue(), "a.png", limit=LIMIT).content))
    assert clear.getpixel((0, 0)) == (255, 255, 255)


def several_pages() -> bytes:
    buffer = io.BytesIO()
    pages = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    return buffer.getvalue()


def with_password_flag() -> bytes:
    raw = bytearray(word("通知"))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        start = archive.start_dir
    raw[start + 8] |= 1
    return bytes(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (several_pages(), "多页"),
        (with_password_flag(), "加密"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (b"%PDF-1.7\n" + b"x" * 9000 + b"/Encrypt 3 0 R" + b"x" * 9000, "加密"),
        (word("通知").replace(b"PK\x01\x02\x14\x03\x14\x00", b"PK\x01\x02\x14\x03\x6a\x00"), "已损坏"),
        (b"GIF89a" + bytes(200), "不是可以上传"),
        (b"\x1f\x8b\x08\x00" + bytes(range(200)), "不是可以上传"),
    ],
)
def test_more_that_must_not_be_kept(raw: bytes, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        inspect(raw, "材料", limit=LIMIT)


def test_a_scanner_has_the_first_word() -> None:
    with pytest.raises(InvalidValueError, match="未通过安全扫描（Test）"):
        inspect(b"text", "a.txt", limit=LIMIT, scanner=f"{__name__}.always_finds")


def always_finds(raw: bytes, name: str) -> str:
    return "Test"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证 11010519491231002X，电话13800138000", PersonalData(1, 1)),
        ("11010519491231002x 11010519491231002X", PersonalData(1, 0)),
        ("校验位不对 110105194912310021", PersonalData(0, 0)),
        ("没有这一天 11010519491331002X", PersonalData(0, 0)),
        ("金额 13800138000.50 元，编号 A13800138000", PersonalData(0, 0)),
        ("账号 6222138001380001234", PersonalData(0, 0)),
    ],
)
def test_personal_data_is_found_by_its_rules(text: str, found: PersonalData) -> None:
    assert personal_data(text) == found
