"""How long `dudao check` takes: the longest real report cold on one core, and a hundred copies of a 20-page docx."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

PROGRAM = "from dudao.cli.app import main; main()"
REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = REPOSITORY / "examples/双台子区2023年自评报告.txt"
COPIES = 100
PAGES = 20
CHARACTERS_ON_A_PAGE = 600


def seconds(*arguments: str | Path, one_core: bool = False) -> float:
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    if one_core:
        command = ["taskset", "-c", "0", *command]
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def longest_report(folder: Path) -> Path:
    """Return the longest real report when the real documents are there, else the example written out to its length."""
    seeds = Path(os.environ.get("DUDAO_SHARED", REPOSITORY.parent / "shared")) / "seeds"
    if seeds.is_dir():
        return max(seeds.glob("*.txt"), key=lambda path: path.stat().st_size)
    path = folder / "报告.txt"
    text = EXAMPLE.read_text(encoding="utf-8")
    path.write_text(text * (14_000 // len(text) + 1), encoding="utf-8")
    return path


def twenty_pages(folder: Path) -> Path:
    document = docx.Document()
    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line]
    written = 0
    while written < PAGES * CHARACTERS_ON_A_PAGE:
        for line in lines:
            document.add_paragraph(line)
            written += len(line)
    path = folder / "报告.docx"
    document.save(str(path))
    return path


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        longest = longest_report(folder)
        cold = min(seconds("check", longest, one_core=True) for _ in range(3))
        report = twenty_pages(folder)
        copies = [folder / f"{number:03}.docx" for number in range(COPIES)]
        for copy in copies:
            copy.write_bytes(report.read_bytes())
        many = seconds("check", *copies, "--jobs", "2", "--format", "json")
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'what':<48}{'seconds':>8}{'goal':>8}")
    print(f"{'longest report, cold, one core':<48}{cold:>8.2f}{'1':>8}")
    print(f"{f'{COPIES} copies of a {PAGES}-page docx, two processes':<48}{many:>8.1f}{'60':>8}")
    print(f"{'most memory of one process, MB':<48}{memory:>8.0f}{'300':>8}")


if __name__ == "__main__":
    main()
