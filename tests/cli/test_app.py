import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dudao.cli.environment import Check, State
from dudao.cli.registry import COMMANDS

RunDudao = Callable[..., Any]


def test_help_names_every_command_with_its_summary(run_dudao: RunDudao) -> None:
    shown = run_dudao("--help")
    assert shown.code == 0
    for entry in COMMANDS:
        assert entry.name in shown.stdout
        assert entry.summary[:12] in shown.stdout


def test_help_imports_no_command_and_no_heavy_library() -> None:
    heavy = ["rich", "docx", "lxml", "opencc", "yaml", "polars", "dudao.cli.commands.doctor"]
    program = (
        "import sys; from dudao.cli.app import run; run(['--help']);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: str(entry.name))
def test_every_command_explains_itself(run_dudao: RunDudao, entry: Any) -> None:
    shown = run_dudao(entry.name, "--help")
    assert shown.code == 0
    assert f"dudao {entry.name}" in shown.stdout
    assert "completion" not in shown.stdout


def test_no_argument_shows_the_help(run_dudao: RunDudao) -> None:
    shown = run_dudao()
    assert shown.code == 0
    assert "命令" in shown.stdout


def test_the_version_is_told(run_dudao: RunDudao) -> None:
    assert run_dudao("--version").stdout.startswith("dudao ")


def test_an_unknown_command_is_wrong_use_and_names_the_nearest(run_dudao: RunDudao) -> None:
    shown = run_dudao("docto")
    assert shown.code == 2
    assert "错误：没有“docto”这个命令。" in shown.stderr
    assert "doctor" in shown.stderr.splitlines()[-1]


def test_an_unknown_option_is_wrong_use(run_dudao: RunDudao) -> None:
    shown = run_dudao("doctor", "--colour")
    assert shown.code == 2
    assert "没有 --colour 这个选项" in shown.stderr


def test_wrong_use_is_json_when_json_is_asked_for(run_dudao: RunDudao) -> None:
    shown = run_dudao("docto", "--format", "json")
    error = json.loads(shown.stdout)["error"]
    assert error["code"] == 2
    assert "docto" in error["message"]


def test_a_value_outside_the_choices_is_named_with_the_choices(run_dudao: RunDudao) -> None:
    shown = run_dudao("doctor", "--format", "xml")
    assert shown.code == 2
    assert "'xml'" in shown.stderr
    assert "'json'" in shown.stderr


def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"{sys.executable} -c 'from dudao.cli.app import main; main()' doctor | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_in_a_sentence() -> None:
    command = f"{sys.executable} -c 'from dudao.cli.app import main; main()' doctor > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_doctor_gives_a_remedy_for_everything_that_is_missing(run_dudao: RunDudao) -> None:
    shown = run_dudao("doctor", "--format", "json")
    checks = json.loads(shown.stdout)["checks"]
    assert {check["state"] for check in checks} <= {"present", "optional", "missing"}
    assert all(check["remedy"] for check in checks if check["state"] != "present")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--jobs", "-1", "x.txt"), "--jobs 应不小于 0。"),
        (("check", "--jobs", "two", "x.txt"), "--jobs 应为整数。"),
        (("check", "--level", "bad", "x.txt"), "--level 的值 'bad' 不在可选范围内。"),
        (("check",), "缺少参数 文件…。"),
        (("check", "x.txt", "--scheme"), "选项 --scheme 后面要有值。"),
    ],
)
def test_wrong_use_is_told_in_chinese(run_dudao: RunDudao, arguments: tuple[str, ...], said: str) -> None:
    shown = run_dudao(*arguments)
    assert shown.code == 2
    assert said in shown.stderr


def test_the_help_of_every_command_is_in_chinese(run_dudao: RunDudao) -> None:
    from tools.command_reference import all_commands

    for name, _ in [("dudao", None), *all_commands()]:
        shown = run_dudao(*name.split()[1:], "--help").stdout
        assert shown.startswith("用法："), name
        for english in ("Usage", "Options:", "Arguments:", "Show this", "[required]", "[default", "[OPTIONS]", "{"):
            assert english not in shown, (name, english)


def test_ctrl_c_ends_with_a_sentence_and_its_own_code(run_dudao: RunDudao, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dudao.pipelines.list_schemes.list_schemes", interrupted)
    shown = run_dudao("scheme", "list")
    assert shown.code == 130
    assert "已中断" in shown.stderr
    assert shown.stdout == ""


def test_what_stands_in_brackets_is_printed_and_no_markup(run_dudao: RunDudao, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Check("部件", State.OPTIONAL, "[未装]", "pip install 'dudao[spark]'")
    monkeypatch.setattr("dudao.cli.environment.examine", lambda: [missing])
    monkeypatch.setattr("dudao.cli.platform.installed_here", lambda: False)
    shown = run_dudao("doctor").stdout
    assert "dudao[spark]" in shown
    assert "[未装]" in shown
