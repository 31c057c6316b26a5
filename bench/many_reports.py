"""Thousands of reports in one run of `dudao check`: seconds, processor seconds, and the memory of its processes.

Run `python bench/many_reports.py [REPORTS] [JOBS] [--texts FOLDER]`. The reports have about 12,000 characters:
generated ones, with a figure every eighteen characters, or cut from the texts of a folder, one behind the other.
Memory is read every half second, summed over the processes that the run started.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from claims.generate import generate

CHARACTERS = 12_000
PROGRAM = "from dudao.cli.app import main; main()"
MEGABYTE = 1024


def generated(number: int) -> str:
    """Return a generated report, another one for each number."""
    text, seed = "", number * 100
    while len(text) < CHARACTERS:
        text += generate(seed, claims=60, planted_share=0.05).text + "\n"
        seed += 1
    return text[: text.index("。", CHARACTERS - 200) + 1]


def cut(texts: list[str], number: int) -> str:
    """Return whole paragraphs of texts, one text behind the other, beginning with another text for each number."""
    first = number % len(texts)
    found = ""
    for text in cycle([*texts[first:], *texts[:first]]):
        for paragraph in text.splitlines(keepends=True):
            found += paragraph
            if len(found) >= CHARACTERS:
                return found
        found += "\n"
    raise AssertionError


def written(folder: Path, count: int, texts: list[str] | None = None) -> list[Path]:
    """Write so many reports and return where they lie."""
    found = []
    for number in range(count):
        path = folder / f"{number:05}.txt"
        path.write_text(cut(texts, number) if texts else generated(number), encoding="utf-8")
        found.append(path)
    return found


def memory_of(process: int) -> int:
    """Return the resident kilobytes of a process and all below it."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(fields["Pid"]) == process or int(fields["PPid"]) == process:
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=300)
    parser.add_argument("jobs", nargs="?", default="2")
    parser.add_argument("--texts", type=Path, help="a folder of *.txt")
    chosen = parser.parse_args()
    count, jobs = chosen.reports, chosen.jobs
    texts = [path.read_text(encoding="utf-8") for path in sorted(chosen.texts.glob("*.txt"))] if chosen.texts else None
    with tempfile.TemporaryDirectory() as name:
        reports = written(Path(name), count, texts)
        command = [sys.executable, "-c", PROGRAM, "check", *map(str, reports), "--jobs", jobs, "--format", "json"]
        begin = time.perf_counter()
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
        memory: list[int] = []
        while run.poll() is None:
            memory.append(memory_of(run.pid))
            time.sleep(0.5)
        wall = time.perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    quarter = max(1, len(memory) // 4)
    print(f"{count} reports of about {CHARACTERS} characters, {jobs} processes, exit code {run.returncode}")
    print(f"seconds {wall:.1f}, processor seconds {used.ru_utime + used.ru_stime:.1f}")
    early, late = max(memory[:quarter]) // MEGABYTE, max(memory[-quarter:]) // MEGABYTE
    print(f"most memory of all processes: first quarter {early} MB, last quarter {late} MB")


if __name__ == "__main__":
    main()
