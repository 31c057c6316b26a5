"""How long the optimiser takes on made-up counties, HiGHS beside SCIP: `python bench/optimise.py [schools…]`.

Each solve runs in a process of its own with a wall-clock limit, so that a solver that crashes is seen as that.
"""

import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import polars as pl

SIZES = (60, 300)
SEEDS = (1, 2, 3)
SECONDS = 50
STANDARDS = ("quality-2017", "basic-2012")
SHARED = ("sports_area", "books", "computers", "equipment_value", "teaching_area")
TEACHERS = (
    "full_time_teachers",
    "above_degree_teachers",
    "mid_title_teachers",
    "backbone_teachers",
    "pe_art_teachers",
)


def solve(solver: str, schools: int, seed: int, standard: str) -> None:
    from dudao.balance.optimise.model import Freedom
    from dudao.balance.optimise.prepare import prepare_county
    from dudao.balance.optimise.solve import optimise
    from dudao.pipelines.balance_standards import load_standard
    from dudao.pipelines.optimise_balance import ASSUMED_PRICES
    from dudao.tables.generate import NationSize, generate_schools

    frame = pl.concat(generate_schools(NationSize(schools=schools, counties=1, seed=seed)))
    whole = frame.drop_nulls([*SHARED, "multimedia_rooms", *TEACHERS])
    # unequal grounds, so that a coefficient has to be brought down as well as schools lifted up
    rich = {"quality-2017": 2.6, "basic-2012": 4.6}[standard]
    unequal = ("sports_area",) if standard == "quality-2017" else SHARED
    wide = pl.when(pl.col("school_id").str.ends_with("7")).then(rich).otherwise(0.9)
    whole = whole.with_columns((pl.col(name) * wide).round() for name in unequal)
    county = prepare_county(whole, load_standard(standard))
    began, spent = time.perf_counter(), time.process_time()
    plan = optimise(county, Freedom(prices=ASSUMED_PRICES, seconds=45), solver=solver)
    used, worked = time.perf_counter() - began, time.process_time() - spent
    proofs = "  ".join(f"{proof.goal}={proof.value:,.0f} (gap {proof.gap:.4%})" for proof in plan.proofs)
    print(f"{used:6.1f} s ({worked:.1f} s CPU)  {plan.outcome}  {proofs}")


def main() -> None:
    sizes = tuple(int(each) for each in sys.argv[1:]) or SIZES
    for schools in sizes:
        for standard, seed, solver in product(STANDARDS, SEEDS, ("highs", "scip")):
            command = [sys.executable, str(Path(__file__)), "--one", solver, str(schools), str(seed), standard]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 2, check=False)
                told = done.stdout.strip() or f"crashed with {done.returncode}"
            except subprocess.TimeoutExpired:
                told = f"no answer within {SECONDS * 2} s"
            print(f"{schools:4d} schools  seed {seed}  {standard}  {solver:5s}  {told}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        solve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main()
