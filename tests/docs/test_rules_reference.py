"""The reference of rules has a heading and settings for every kind that exists."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from dudao.located_yaml.nodes import plain
from dudao.located_yaml.read import read_yaml
from dudao.scheme.model import FactDeclaration, ScoringRule
from dudao.scoring.reading import check_rule
from dudao.scoring.registry import KINDS, OUTCOME_KINDS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "rules.md"


@pytest.mark.parametrize("kind", [*KINDS, *OUTCOME_KINDS])
def test_every_kind_has_its_heading_and_an_example(kind: str) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    heading = f"### `{kind}` "
    assert heading in text
    section = text.split(heading)[1].split("\n## ")[0].split("\n### ")[0]
    assert f"kind: {kind}" in section


def rule_blocks() -> list[str]:
    text = REFERENCE.read_text(encoding="utf-8").partition("## 测评点的规则")[2]
    return [block.partition("```")[0] for block in text.split("```yaml\n")[1:]]


@pytest.mark.parametrize("block", [block for block in rule_blocks() if "rule:" in block and "…" not in block])
def test_every_example_of_the_reference_is_a_sound_rule(block: str) -> None:
    node, issues = read_yaml(block)
    assert issues == []
    assert node is not None
    written = plain(node)
    assert isinstance(written, dict)
    settings = written["rule"]
    assert isinstance(settings, dict)
    rule = ScoringRule(str(settings["kind"]), settings)
    found = check_rule(rule, declared_for(block), Decimal(10))
    assert [issue.message for issue in found if issue.code != "scoring.unknown_fact"] == []


def declared_for(block: str) -> dict[str, FactDeclaration]:
    """Declare the facts that the example breaks down by part; the others need no declaration to be read."""
    broken_down = re.findall(r"fact: (\w+)[^\n]*(?:\n\s+(?:part|targets|limits): |, parts: )", block)
    return {name: FactDeclaration(name, name, "", dimension="stage") for name in broken_down}
