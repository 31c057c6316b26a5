"""How long scoring takes: a city under the invented scheme, ten counties below it, rules read once and each time."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dudao.assessment.answers import Answer
from dudao.assessment.facts import Fact
from dudao.assessment.model import Assessment, Place
from dudao.packs.find import SHIPPED, load_pack
from dudao.pipelines.run_examples import load_examples
from dudao.pipelines.score import score_file
from dudao.scoring.engine import read_scheme, score

COUNTIES = 10


def milliseconds(run: Callable[[], object], times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def city() -> Assessment:
    """Return an assessment with the facts of all earning examples and ten counties."""
    folder = SHIPPED / "shifan" / "2024"
    examples, _ = load_examples(folder, load_pack("shifan-city-2024"))
    facts: list[Fact] = []
    answers: dict[str, Answer] = {}
    peers: dict[str, Place] = {}
    for example in examples:
        points = example.assessment
        facts += [fact for fact in points.facts if fact.place == points.region.id]
        answers.update(points.answers)
        peers.update({place.id: place for place in points.peers})
        facts += [fact for fact in points.facts if fact.place in peers]
    members = tuple(Place(f"county-{number}", f"第{number}县") for number in range(COUNTIES))
    below = [
        replace(fact, place=member.id)
        for member in members
        for example in examples
        for fact in example.assessment.facts
        if fact.place == "甲县"
    ]
    first = examples[0].assessment
    return replace(first, facts=(*facts, *below), answers=answers, peers=tuple(peers.values()), members=members)


def main() -> None:
    scheme, assessment = load_pack("shifan-city-2024"), city()
    read = read_scheme(scheme)
    demonstration: Path = SHIPPED / "panjin" / "2023" / "demonstration" / "shuangtaizi.yaml"
    rows = (
        ("one city, rules read each time", lambda: score(scheme, assessment), 30, "20"),
        ("one city, rules read once", lambda: score(read, assessment), 30, "20"),
        ("a file of 31 points, pack and all", lambda: score_file(demonstration), 5, "—"),
    )
    print(f"{len(assessment.facts)} facts, {COUNTIES} counties")
    print(f"{'what':<36}{'ms':>8}{'goal':>8}")
    for title, run, times, goal in rows:
        print(f"{title:<36}{milliseconds(run, times):>8.1f}{goal:>8}")


if __name__ == "__main__":
    main()
