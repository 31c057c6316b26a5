import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dudao.cli.json_pieces import json_pieces

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=24,
)


@given(VALUES)
def test_the_pieces_are_what_the_library_writes_with_an_indent(value: object) -> None:
    assert "".join(json_pieces(value)) == json.dumps(value, ensure_ascii=False, indent=2)


def test_an_iterator_is_written_as_a_list_one_entry_at_a_time() -> None:
    taken = []

    def entries() -> object:
        for number in range(3):
            taken.append(number)
            yield {"number": number, "inner": [number]}

    pieces = json_pieces({"entries": entries(), "none": iter(())})
    first = next(piece for piece in pieces if "number" in piece)
    assert first
    assert taken == [0]
    assert json.loads("".join(json_pieces({"entries": entries(), "none": iter(())}))) == {
        "entries": [{"number": number, "inner": [number]} for number in range(3)],
        "none": [],
    }


def test_decimals_are_text_and_what_has_no_form_is_refused() -> None:
    assert "".join(json_pieces([Decimal("1.50"), {"value": Decimal("4E+3")}])) == json.dumps(
        ["1.5", {"value": "4000"}], indent=2
    )
    with pytest.raises(TypeError):
        "".join(json_pieces({"value": object()}))
