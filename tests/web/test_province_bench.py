"""The measured province in miniature: what builds it, serves it and visits it still fits the platform."""

import subprocess
import sys
from pathlib import Path

from tests.web.live import ROOT, environment


def test_everybody_of_the_measured_province_reads_saves_uploads_and_searches(tmp_path: Path) -> None:
    bench = [sys.executable, str(ROOT / "bench/province/run.py"), "--small"]
    asked = ["--rate", "8", "--seconds", "8", "--processes", "1"]
    done = subprocess.run([*bench, *asked], env=environment(tmp_path), capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    rows = [line.split() for line in done.stdout.splitlines()]
    failures = {row[0]: row[-1] for row in rows if len(row) == 6 and "".join(row[1:5]).isdigit()}
    assert {"工作台", "自评填报", "保存", "查找", "上传", "全部"} <= failures.keys(), done.stdout
    assert set(failures.values()) == {"0"}
