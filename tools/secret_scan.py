"""No secret in the code: what detect-secrets finds beyond what `.secrets.baseline` names.

    python tools/secret_scan.py            names every new find; 1 when there is one
    python tools/secret_scan.py --accept   writes the finds into the baseline, after somebody looked at each

Finds are compared by file, kind and hash: a line that moved is no new find.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / ".secrets.baseline"


def finds(baseline: Path) -> dict[tuple[str, str, str], int]:
    """Return file, kind and hash of each find with its line."""
    kept: dict[str, list[dict[str, Any]]] = json.loads(baseline.read_text(encoding="utf-8"))["results"]
    return {
        (name, each["type"], each["hashed_secret"]): each["line_number"] for name, rows in kept.items() for each in rows
    }


def main(arguments: list[str]) -> int:
    """Scan the files under version control."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / BASELINE.name
        shutil.copy(BASELINE, fresh)
        command = [sys.executable, "-m", "detect_secrets", "scan", "--baseline", str(fresh)]
        subprocess.run(command, cwd=ROOT, check=True)
        if arguments == ["--accept"]:
            shutil.copy(fresh, BASELINE)
            return 0
        known = finds(BASELINE)
        new = {key: line for key, line in finds(fresh).items() if key not in known}
    for (name, kind, _), line in sorted(new.items()):
        print(f"{name}，第 {line} 行：可能写进了密钥（{kind}）。不是密钥时运行 python tools/secret_scan.py --accept。")
    return 1 if new else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
