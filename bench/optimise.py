"""How long the optimiser takes on made-up counties, HiGHS beside SCIP: `python bench/optimise.py [schools…]`.

Each solve runs in a process of its own with a wall-clock limit, so that a solver that crashes is seen as that.
"""

import subprocess
import sys
import time
from pathlib import Path

import polars as pl

SIZES = (60, 300)
SEEDS = (1, 2, 3)
SECONDS = 50


def solve(solver: str, schools: int, seed: int) -> None:
    from dudao.balance.optimise.model import Freedom
    from dudao.balance.optimise.prepare import prepare_county
    from dudao.balance.optimise.solve import optimise
    from dudao.pipelines.balance_standards import load_standard
    from dudao.pipelines.optimise_balance import ASSUMED_PRICES
    from dudao.tables.generate import NationSize, generate_schools

    frame = pl.concat(generate_schools(NationSize(schools=schools, counties=1, seed=seed)))
    whole = frame.drop_nulls(["sports_area", "teaching_area", "equipment_value", "multimedia_rooms"])
    whole = whole.drop_nulls(["above_degree_teachers", "backbone_teachers", "pe_art_teachers"])
    # unequal grounds, so that a coefficient has to be brought down as well as schools lifted up
    wide = pl.when(pl.col("school_id").str.ends_with("7")).then(2.6).otherwise(0.9)
    whole = whole.with_columns((pl.col("sports_area") * wide).round())
    county = prepare_county(whole, load_standard("quality-2017"))
    began = time.perf_counter()
    plan = optimise(county, Freedom(prices=ASSUMED_PRICES, seconds=45), solver=solver)
    used = time.perf_counter() - began
    proofs = "  ".join(f"{proof.goal}={proof.value:,.0f} (gap {proof.gap:.4%})" for proof in plan.proofs)
    print(f"{used:6.1f} s  {plan.outcome}  {proofs}")


def main() -> None:
    sizes = tuple(int(each) for each in sys.argv[1:]) or SIZES
    for schools in sizes:
        for seed in SEEDS:
            for solver in ("highs", "scip"):
                command = [sys.executable, str(Path(__file__)), "--one", solver, str(schools), str(seed)]
                try:
                    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 2, check=False)
                    told = done.stdout.strip() or f"crashed with {done.returncode}"
                except subprocess.TimeoutExpired:
                    told = f"no answer within {SECONDS * 2} s"
                print(f"{schools:4d} schools  seed {seed}  {solver:5s}  {told}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        solve(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
