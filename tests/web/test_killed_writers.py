"""Saving and submitting killed in the middle: nothing is half done, the trail is whole, and the next try succeeds."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def kill_at_every_step(address: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tests.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "web" / "killed_writers.py")],
        capture_output=True,
        text=True,
        timeout=280,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told["deaths"]) == 11
    for name, death in told["deaths"].items():
        assert death == {"killed": True, "changed": False, "breaks": 0}, name
    saved = told["saved"]
    assert (saved["note"], saved["fact"], saved["points"], saved["breaks"]) == ("写下的说明", "7.91", 1, 0)
    sent = told["submitted"]
    assert (sent["state"], sent["assessment_version"], sent["submissions"]) == ("submitted", 1, 1)
    assert sent["locked"] == sent["answers"]
    assert sent["breaks"] == 0


def test_on_sqlite(sqlite: str) -> None:
    kill_at_every_step(sqlite)


def test_on_postgresql(postgres: str) -> None:
    kill_at_every_step(postgres)
