"""From values back to the words of a document."""

from decimal import Decimal

import pytest

from dudao.quantities.reading import read_quantities
from dudao.quantities.writing import write_quantity, write_value


@pytest.mark.parametrize(
    ("value", "unit", "more", "text"),
    [
        ("4442000000", "元", {"scale": Decimal(10**8)}, "44.42亿元"),
        ("4442000000", "元", {"scale": Decimal(10**8), "decimals": 1}, "44.4亿元"),
        ("12480", "元", {}, "12480元"),
        ("12480.50", "元", {}, "12480.5元"),
        ("2.5", "百分点", {}, "2.5个百分点"),
        ("0.125", "%", {"decimals": 2}, "0.13%"),
    ],
)
def test_a_value_is_written_as_documents_do(value: str, unit: str, more: dict[str, object], text: str) -> None:
    assert write_value(Decimal(value), unit, **more) == text  # type: ignore[arg-type]  # a table of keywords


def test_a_scale_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="no name for the scale"):
        write_value(Decimal(5), "元", scale=Decimal(3))


@pytest.mark.parametrize("text", ["44.42亿元", "12.5%", "3个百分点", "600—800元", "1.36万个"])
def test_what_was_read_is_written_so_that_it_reads_the_same(text: str) -> None:
    [read] = read_quantities(text)
    [again] = read_quantities(write_quantity(read))
    assert (again.value, again.upper, again.unit) == (read.value, read.upper, read.unit)
