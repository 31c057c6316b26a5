"""The balance of a nation beside plain NumPy, ten years of it, and from a parquet file to the written result.

Run alone: `python bench/balance.py [--large]`; `--large` adds 20 million rows on DuckDB, each in a fresh process.
"""

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from dudao.balance.compute import compute_balance
from dudao.balance.standard import LEVELS, BalanceStandard
from dudao.pipelines.balance_standards import load_standard

SCHOOLS, COUNTIES = 200_000, 2_846
TYPES = {"211": (1, 0, 0), "218": (1, 0, 0), "311": (0, 1, 0), "312": (1, 1, 0), "341": (0, 1, 1), "345": (1, 1, 1)}
RATES = (("above_degree_teachers", 0.08), ("backbone_teachers", 0.016), ("pe_art_teachers", 0.014))
SHARED = (("teaching_area", 7.0), ("sports_area", 12.0), ("equipment_value", 3500.0), ("multimedia_rooms", 0.036))
SECTIONS = ("primary", "junior", "senior")


def nation(schools: int, year: int, seed: int) -> pl.DataFrame:
    """Return random schools of one year."""
    source = np.random.default_rng(seed)
    kinds = source.choice(list(TYPES), schools, p=[0.6, 0.05, 0.2, 0.12, 0.02, 0.01])
    runs = np.array([TYPES[kind] for kind in kinds])
    size = source.lognormal(6, 0.8, schools) + 50
    counts = (size[:, None] * runs * source.uniform(0.5, 1, (schools, 3))).round()
    pupils = counts.sum(axis=1)
    county = source.integers(0, COUNTIES, schools)
    columns: dict[str, object] = {
        "year": np.full(schools, year),
        "region_code": (110000 + county).astype(str),
        "school_id": (2111000000 + np.arange(schools)).astype(str),
        "school_name": np.char.add("第", np.char.add(np.arange(schools).astype(str), "学校")),
        "school_type": kinds,
        "urban_rural": source.choice(["111", "121", "220"], schools),
        "ownership": source.choice(["public", "private"], schools, p=[0.95, 0.05]),
        "pupils": pupils,
    }
    for place, section in enumerate(SECTIONS):
        here = runs[:, place] > 0
        columns[f"pupils_{section}"] = pl.Series(np.where(here, counts[:, place], np.nan)).fill_nan(None)
        for name, rate in RATES:
            figure = (counts[:, place] * rate * source.lognormal(0, 0.15, schools)).round()
            columns[f"{name}_{section}"] = pl.Series(np.where(here, figure, np.nan)).fill_nan(None)
    for name, rate in SHARED:
        columns[name] = (pupils * rate * source.lognormal(0, 0.15, schools)).round(1)
    return pl.DataFrame(columns)


def twin(frame: pl.DataFrame, standard: BalanceStandard) -> list[np.ndarray]:
    """Return the same counties in plain NumPy: arrays, masks and bincount, without any case of missing figures."""
    kinds = frame["school_type"].to_numpy()
    keys, group = np.unique(frame["region"].to_numpy().astype("U6"), return_inverse=True)
    if frame["year"].n_unique() > 1:
        group = group * 100 + (frame["year"].to_numpy() - 2000)
    groups = int(group.max()) + 1 if len(keys) else 0
    counts = {}
    for place, section in enumerate(SECTIONS):
        here = np.isin(kinds, [kind for kind, runs in TYPES.items() if runs[place]])
        counts[section] = np.where(here, frame[f"pupils_{section}"].to_numpy(), 0.0)
    weights = standard.section_weights
    weighted = np.sum([counts[section] * weights[section] for section in SECTIONS], axis=0)
    results = []
    for level in LEVELS:
        rows = (counts[level] > 0) & ~((kinds == "218") & (counts[level] < 50))
        pupils, here = counts[level][rows], group[rows]
        share = pupils * weights[level] / weighted[rows]
        everyone = np.bincount(here, pupils, groups)
        met = np.zeros(len(pupils), int)
        below = np.zeros(len(pupils), int)
        for indicator in standard.indicators:
            name = indicator.numerator[0].column
            per_section = f"{name}_{level}" in frame.columns
            top = frame[f"{name}_{level}"].to_numpy()[rows] if per_section else frame[name].to_numpy()[rows] * share
            value = top * indicator.per / pupils
            with np.errstate(invalid="ignore", divide="ignore"):
                mean = np.bincount(here, top, groups) * indicator.per / everyone
                spread = np.sqrt(np.bincount(here, pupils * (value - mean[here]) ** 2, groups) / everyone)
                results += [mean, spread / mean, spread / mean <= standard.balance_rule.limits[level]]
            good = value >= indicator.thresholds[level]
            results.append(np.bincount(here, good, groups))
            met += good
            below += value < indicator.thresholds[level] * 0.85
        results.append(np.bincount(here, (met >= 6) & (below == 0), groups))
    return results


def best(run: Callable[[], object], times: int = 5) -> tuple[float, float]:
    """Return the shortest of several runs in seconds of the clock and of all cores together."""
    clock = used = float("inf")
    for _ in range(times):
        gc.collect()
        start, spent = time.perf_counter(), time.process_time()
        run()
        clock = min(clock, time.perf_counter() - start)
        used = min(used, time.process_time() - spent)
    return clock, used


def whole_path(path: Path, target: Path, engine: str) -> tuple[float, float]:
    """Return seconds and peak megabytes of one command line in a process of its own."""
    start = time.perf_counter()
    arguments = ["balance", str(path), "--engine", engine, "--format", "json", "--out", str(target)]
    code = "import sys; from dudao.cli.app import run; sys.stdout = open('/dev/null', 'w'); run(sys.argv[1:])"
    # the high-water mark of this process alone; getrusage would carry over that of its parent
    code += "; print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stderr.strip().splitlines()[-1]) / 1024


def main() -> None:
    """Measure and print."""
    standard = load_standard("quality-2017")
    one = nation(SCHOOLS, 2023, 1).with_columns(region="region_code")
    ten = pl.concat(nation(SCHOOLS, 2014 + year, year).with_columns(region="region_code") for year in range(10))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{os.cpu_count()} cores, load {load}; clock / all cores")
    print(f"{'':44}{'dudao':>17}{'numpy':>17}{'ratio of cores':>16}")
    for name, frame, times in (("200,000 schools, 7 indicators, 2 levels", one, 5), ("2,000,000 rows", ten, 2)):
        plain = best(partial(twin, frame, standard), times)
        for words, named in (("", False), (", failing named", True)):
            ours = best(partial(compute_balance, frame, standard, detail=False, named=named), times)
            shown = "".join(f"{clock:8.3f} /{used:6.3f}s" for clock, used in (ours, plain))
            print(f"{name + words:56}{shown}{ours[1] / plain[1]:8.2f}x")
    del ten
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "nation.parquet"
        one.drop("region").write_parquet(path)
        for engine in ("polars", "duckdb"):
            seconds, peak = whole_path(path, Path(folder) / "out.json", engine)
            size = (Path(folder) / "out.json").stat().st_size / 1e6
            print(f"parquet → written result, {engine:17}{seconds:8.2f}s  peak {peak:.0f} MB, {size:.1f} MB written")
        if "--large" in sys.argv:
            large = Path(folder) / "large"
            large.mkdir()
            for part in range(100):
                nation(SCHOOLS, 2014 + part % 10, part).write_parquet(large / f"{part:03}.parquet")
            seconds, peak = whole_path(large, Path(folder) / "out.json", "duckdb")
            print(f"20,000,000 rows on duckdb{'':17}{seconds:8.1f}s  peak {peak:.0f} MB")
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
