"""How long it takes to check, list and import schemes; run alone or by `make bench`."""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from dudao.packs.find import find_packs
from dudao.pipelines.check_scheme import check_pack
from dudao.pipelines.import_scheme import import_scheme
from dudao.pipelines.list_schemes import list_schemes
from dudao.scheme.import_table import ImportWishes

REPEATS = 5


def median_seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def table(rows: int, folder: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["一级指标", "二级指标", "三级指标", "分值", "评分标准", "责任单位"])
    for row in range(rows):
        first = f"第{row // 100}项" if row % 100 == 0 else ""
        second = f"内容{row // 10}" if row % 10 == 0 else ""
        sheet.append([first, second, f"要点{row}", 1, "未落实的扣1分，扣完为止。", "教育局、财政局"])
    path = folder / f"2024年市级政府评价{rows}.xlsx"
    workbook.save(path)
    return path


def main() -> None:
    packs = find_packs()
    print(f"check {len(packs)} packs with rules and examples   {median_seconds(check_all):8.3f} s")
    print(f"list {len(packs)} packs                            {median_seconds(list_schemes):8.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (100, 1000, 5000):
            path = table(rows, Path(folder))
            seconds = median_seconds(partial(import_scheme, path, wishes=ImportWishes(), this_year=2026))
            print(f"import a table of {rows:5d} rows            {seconds:8.3f} s")


def check_all() -> None:
    for entry in find_packs():
        check_pack(entry.folder)


if __name__ == "__main__":
    main()
