"""The pages on security name tests and files as their proof: each of them is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["reference/asvs.md", "reference/dengbao.md", "explanation/threats.md", "explanation/faults.md"]
TESTS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
ASVS = (ROOT / "docs" / "reference" / "asvs.md").read_text(encoding="utf-8")
LINE = re.compile(r"^\| (\d+)\.(\d+)\.(\d+) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
STATES = ("满足", "部分", "部署", "不适用")


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+)::(\w+)`", text)
    assert len(named) >= 10
    missing = [
        f"{file}::{test}" for file, test in named if not re.search(rf"^def {test}\b", TESTS.get(file, ""), re.MULTILINE)
    ]
    assert missing == []


@pytest.mark.parametrize("page", [*PAGES, "how-to/security.md"])
def test_every_file_that_is_named_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|docs|deploy|tests)/[\w./-]+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_line_of_the_standard_has_one_state_and_its_proof_or_reason() -> None:
    lines = LINE.findall(ASVS)
    numbers = [tuple(int(part) for part in line[:3]) for line in lines]
    assert numbers == sorted(set(numbers))
    assert {line[4] for line in lines} == set(STATES)
    assert all(line[5].strip(" 。") for line in lines)
    chapters = {number[0] for number in numbers}
    assert chapters == set(range(1, 17)) - {10}
    assert "V10" in ASVS
    assert "V17" in ASVS


def test_the_sum_at_the_head_is_that_of_the_lines() -> None:
    lines = LINE.findall(ASVS)
    counts = {state: sum(line[4] == state for line in lines) for state in STATES}
    assert (
        f"共 {len(lines)} 条：满足 {counts['满足']}，部分 {counts['部分']}，由部署决定 {counts['部署']}，"
        f"不适用 {counts['不适用']}。" in ASVS
    )


def test_every_fault_test_is_in_the_table() -> None:
    page = (ROOT / "docs" / "explanation" / "faults.md").read_text(encoding="utf-8")
    for path in (ROOT / "tests" / "web" / "faults").glob("test_*.py"):
        assert f"`{path.stem}::" in page, path.stem
