"""An import cancelled while its results are being written: it is taken whole, and who cancelled is told so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def cancelled_late(address: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / "late_canceller.py")],
        capture_output=True,
        text=True,
        timeout=280,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["waited"]  # for the transaction, not for its own turn
    assert "已经结束，不能取消" in told["refused"]
    assert told["job"] == ["done", True]
    assert (told["import"], told["snapshots"], told["in_use"], told["computed"]) == ("taken", 1, 1, True)
    assert told["breaks"] == 0


@pytest.mark.timeout(300)
def test_on_sqlite(sqlite: str) -> None:
    cancelled_late(sqlite)


@pytest.mark.timeout(300)
def test_on_postgresql(postgres: str) -> None:
    cancelled_late(postgres)
