import pytest

from dudao.provenance import Span


def test_a_span_runs_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        Span(3, 2)


def test_spans_that_only_touch_share_no_character() -> None:
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 4).overlaps(Span(3, 5))
    assert Span(0, 5).covers(Span(0, 5))
