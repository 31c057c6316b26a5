"""Every worked example of every shipped pack holds, and every rule is shown earning and losing."""

from collections.abc import Iterator

import pytest

from dudao.packs.find import find_packs
from dudao.pipelines.run_examples import Example, load_examples, run_example
from dudao.scheme.load import load_scheme
from dudao.scheme.model import Point, Scheme, ScoringRule
from dudao.scoring.engine import read_scheme
from dudao.scoring.registry import KINDS, OUTCOME_KINDS

LOADED: dict[str, tuple[Scheme, list[Example]]] = {}
PROBLEMS: list[str] = []
for entry in find_packs():
    scheme, _ = load_scheme(entry.folder)
    assert scheme is not None
    examples, issues = load_examples(entry.folder, scheme)
    LOADED[scheme.id] = (scheme, examples)
    PROBLEMS += [f"{issue.location}：{issue.message}" for issue in issues]

READ = {name: read_scheme(scheme) for name, (scheme, _) in LOADED.items()}


def all_examples() -> Iterator[object]:
    for name, (_, examples) in LOADED.items():
        for example in examples:
            yield pytest.param(name, example, id=f"{name} {example.point or '总分'} {example.name}")


def points_with_rules() -> Iterator[object]:
    for name, (scheme, _) in LOADED.items():
        for point in scheme.points():
            if point.rule is not None:
                yield pytest.param(name, point, id=f"{name} {point.id}")


def test_the_examples_are_written_soundly() -> None:
    assert PROBLEMS == []


@pytest.mark.parametrize(("scheme", "example"), list(all_examples()))
def test_example(scheme: str, example: Example) -> None:
    assert run_example(READ[scheme], example) == []


@pytest.mark.parametrize(("scheme", "point"), list(points_with_rules()))
def test_every_point_with_a_rule_has_an_example_that_earns_and_one_that_loses(scheme: str, point: Point) -> None:
    examples = [example for example in LOADED[scheme][1] if example.point == point.id]
    full = point.full_points
    assert any(example.earns(full) for example in examples), f"{point.id} {point.name} 缺得满分的示例"
    assert any(example.loses(full) for example in examples), f"{point.id} {point.name} 缺失分的示例"


def kinds_within(rule: ScoringRule) -> Iterator[str]:
    yield rule.kind
    yield from _kinds_below(rule.settings)


def _kinds_below(settings: object) -> Iterator[str]:
    if isinstance(settings, dict):
        if isinstance(settings.get("kind"), str):
            yield settings["kind"]
        for value in settings.values():
            yield from _kinds_below(value)
    elif isinstance(settings, list | tuple):
        for value in settings:
            yield from _kinds_below(value)


def test_the_invented_scheme_uses_every_kind_of_rule() -> None:
    scheme, _ = LOADED["shifan-city-2024"]
    used = {kind for point in scheme.points() if point.rule for kind in kinds_within(point.rule)}
    assert set(KINDS) - used == set()
    assert {rule.kind for rule in scheme.outcome_rules} == set(OUTCOME_KINDS)
