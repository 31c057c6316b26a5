"""The first hour at the command line, replayed as it is written: every command runs, and says what the text says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = (REPOSITORY / "docs" / "tutorial" / "first-hour.md").read_text(encoding="utf-8")
PREPARED = ("make demo", "source ")
"""What sets up the environment that the tests run in already."""


def commands() -> list[str]:
    """The lines of all blocks, in order."""
    blocks = re.findall(r"^```bash\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line and not line.startswith(PREPARED)]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder where the whole first hour was typed, and all that was printed."""
    folder = tmp_path_factory.mktemp("hour")
    shutil.copytree(REPOSITORY / "examples", folder / "examples")
    program = folder / "bin" / "dudao"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from dudao.cli.app import main; main()" "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    done = subprocess.run(
        ["bash", "-c", "\n".join(commands())],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(REPOSITORY / "src"),
            "DUDAO_HOME": str(folder / "home"),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "not found" not in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return folder, done.stdout


def test_there_is_something_to_replay() -> None:
    assert len(commands()) >= 5
    assert all(line.split()[0] in {"dudao", "sed", "echo"} for line in commands())


def test_the_changed_figure_is_found_as_the_text_says(replayed: tuple[Path, str]) -> None:
    told = re.sub(r"\s", "", replayed[1])
    for words in ("＝61.6分，文中写“61.8分”", "＝98.8分，文中写“98.6分”", "其中错误2处"):
        assert words in told
    assert replayed[1].rstrip().endswith("\n1")  # the exit code that the text promises


def test_the_result_is_json_of_the_report(replayed: tuple[Path, str]) -> None:
    import json

    result = json.loads((replayed[0] / "结果.json").read_text(encoding="utf-8"))
    (document,) = result["documents"]
    sheet = document["score_sheet"]
    parts = [item for item in sheet["items"] if item["level"] == 1]
    assert len(parts) == 2  # as the text counts them
    assert sum(item["level"] == 2 for item in sheet["items"]) == 12
