"""Every way of writing in `corpus.yaml` means what is said there."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities

CORPUS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("corpus.yaml").read_text(encoding="utf-8"))
MEANT = [(text, entry["is"]) for entry in CORPUS["means"] for text in entry["texts"]]


def differences(quantity: Quantity, meant: dict[str, Any]) -> list[str]:
    found = [
        f"{key} {getattr(quantity, key)}"
        for key in ("value", "upper")
        if key in meant and getattr(quantity, key) != Decimal(meant[key])
    ]
    found += [
        f"{key} {getattr(quantity, key)}"
        for key in ("unit", "kind")
        if key in meant and getattr(quantity, key) != meant[key]
    ]
    if "approx" in meant and quantity.approximation != meant["approx"]:
        found.append(f"approx {quantity.approximation}")
    if meant.get("kind") == "ratio" and "value" not in meant:
        return [] if Decimal(meant["low"]) <= quantity.value <= Decimal(meant["high"]) else ["value"]
    for key in ("low", "high"):
        bound = getattr(quantity.interval, key)
        wanted = meant.get(key, bound)
        if bound != (None if wanted is None else Decimal(wanted)):
            found.append(f"{key} {bound}")
    return found


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_a_text_means_its_value(text: str, meant: dict[str, Any]) -> None:
    quantities = read_quantities(text)
    assert len(quantities) == 1, [quantity.text for quantity in quantities]
    assert differences(quantities[0], meant) == []


@pytest.mark.parametrize("text", CORPUS["must_not_match"])
def test_a_word_is_no_figure(text: str) -> None:
    assert [quantity.text for quantity in read_quantities(text)] == []


@pytest.mark.parametrize("entry", CORPUS["several"], ids=lambda entry: entry["text"])
def test_several_figures_keep_apart(entry: dict[str, Any]) -> None:
    assert [quantity.value for quantity in read_quantities(entry["text"])] == [Decimal(value) for value in entry["are"]]


def test_the_corpus_holds_at_least_three_hundred_ways() -> None:
    assert len(MEANT) + len(CORPUS["must_not_match"]) + len(CORPUS["several"]) >= 300
