"""Computed facts as an assessment file (.yaml) that `dudao score` reads."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import yaml

from dudao.assessment.facts import Fact
from dudao.scheme.model import Scheme

DECIMALS = Decimal("0.0000000001")
"""Ratios without end are written with ten decimals."""

Tree = dict[str, object]


def write_assessment(
    path: Path, scheme: Scheme, facts: Iterable[Fact], *, region: str, name: str, year: int, members: dict[str, str]
) -> int:
    """Write the facts of a region, and of the counties below it, and return how many.

    Args:
        path: the file.
        scheme: what they are to be scored by.
        facts: facts under the names of the scheme.
        region: the code of the assessed region.
        name: its name.
        year: the year of the assessment.
        members: names by code of the counties below.
    """
    every = list(facts)
    own = [fact for fact in every if fact.place == region]
    tree: Tree = {"scheme": scheme.id, "region": region, "region_name": name, "year": year, "facts": _facts(own)}
    below = [
        {"id": code, "name": title, "facts": _facts([fact for fact in every if fact.place == code])}
        for code, title in members.items()
    ]
    if below:
        tree["members"] = below
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=120)
    head = f"# 由数据表算出的数据；没有算出的不写，请补填后评分：dudao score {path.name}"
    path.write_text(f"{head}\n{text}", encoding="utf-8")
    return sum(fact.value is not None for fact in every)


def _facts(facts: Iterable[Fact]) -> Tree:
    tree: Tree = {}
    for fact in facts:
        if fact.value is None:
            continue
        entry: Tree = {"value": written(fact), "source": str(fact.source)[:300]}
        years = tree.setdefault(fact.name, {})
        assert isinstance(years, dict)
        if fact.part:
            years = years.setdefault(fact.part, {})
        if fact.period:
            years[fact.period] = entry
        else:
            years.update(entry)
    return tree


def written(fact: Fact) -> str:
    """Return a value as offices write it: 是, 39.78%, 1200元."""
    if isinstance(fact.value, bool):
        return "是" if fact.value else "否"
    if isinstance(fact.value, Decimal):
        number = fact.value.quantize(DECIMALS) if _endless(fact.value) else fact.value
        return f"{_plain(number)}{fact.unit}"
    return str(fact.value)


def _endless(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -10


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
