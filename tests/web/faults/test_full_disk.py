"""A disk that fills up while people upload: told in words, nothing half, and on again once there is room."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.faults.small_round import DEMO, PASSWORD, Standing, Writer, standing, upload
from tests.web.live import Visitor, run, served


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB; skipped where none can be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_fills_up_leaves_nothing_half(home: Path, tmp_path: Path, small_disk: Path) -> None:
    there = small_disk / "home"
    subprocess.run(["cp", "-r", str(home), str(there)], check=True)
    with served(there, tmp_path / "log", DUDAO_DISK_MB="1", **DEMO) as server:
        officer = Visitor(server.port).sign_in("officer", PASSWORD)
        answers = []
        for number in range(30):
            answers.append(upload(officer, f"{number}.txt", f"{number:06d}\n".encode() * 300_000))
            if answers[-1].status != 200:
                break
        assert answers[0].status == 200
        assert answers[-1].status == 503, answers[-1].text[:500]
        assert "retry-after" in answers[-1].headers
        assert "Traceback" not in answers[-1].text
        assert "/" + there.name not in answers[-1].text
        assert officer.get("/healthz").status == 200
        assert Visitor(server.port).get("/readyz").status in {200, 503}
        full = standing_elsewhere(there, tmp_path)
        assert full.is_whole()
        assert not full.left
        taken = sum(answer.status == 200 for answer in answers)
        assert len(full.files) == taken
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
        again = upload(officer, "再传.txt", "有了空间".encode())
        assert again.status == 200
        assert Writer(Visitor(server.port).sign_in("clerk", PASSWORD)).save()
    after = standing(there)
    assert after.is_whole()
    assert len(after.files) == taken + 1


def standing_elsewhere(home: Path, tmp_path: Path) -> Standing:
    """Look at a copy: the full disk has no room for looking."""
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", str(home), str(copy)], check=True)
    return standing(copy)


def test_a_backup_onto_a_full_disk_leaves_nothing_and_the_next_one_is_whole(home: Path, small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(os.urandom(1 << 20) * 23)
    target = small_disk / "b.zip"
    with (small_disk / "rest").open("wb") as rest:
        try:
            while True:
                rest.write(b"x" * 65536)
                rest.flush()
        except OSError:
            pass
    full = run(home, "backup", str(target), **DEMO)
    assert full.returncode == 2
    assert "Traceback" not in full.stderr
    assert "错误" in full.stderr
    assert {path.name for path in small_disk.iterdir()} == {"filler", "rest"}
    filler.unlink()
    whole = run(home, "backup", str(target), **DEMO)
    assert whole.returncode == 0, whole.stderr
    assert target.exists()
