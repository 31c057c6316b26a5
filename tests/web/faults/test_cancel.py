"""An import cancelled while its results are being written: it is taken whole, and who cancelled is told so."""

import pytest

from tests.web.live import told_by


def cancelled_late(address: str) -> None:
    told = told_by("late_canceller.py", address=address)
    assert told["waited"]  # for the transaction, not for its own turn
    assert "已经结束，不能取消" in told["refused"]
    assert told["job"] == ["done", True]
    assert (told["import"], told["snapshots"], told["in_use"], told["computed"]) == ("taken", 1, 1, True)
    assert told["breaks"] == 0


@pytest.mark.timeout(300)
def test_on_sqlite(sqlite: str) -> None:
    cancelled_late(sqlite)


@pytest.mark.timeout(300)
def test_on_postgresql(postgres: str) -> None:
    cancelled_late(postgres)
