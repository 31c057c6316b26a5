"""Saving and submitting killed in the middle: nothing is half done, the trail is whole, and the next try succeeds."""

from tests.web.live import told_by


def kill_at_every_step(address: str) -> None:
    told = told_by("killed_writers.py", address=address)
    assert len(told["deaths"]) == 11
    for name, death in told["deaths"].items():
        assert death == {"killed": True, "changed": False, "breaks": 0}, name
    saved = told["saved"]
    assert (saved["note"], saved["fact"], saved["points"], saved["breaks"]) == ("写下的说明", "7.91", 1, 0)
    sent = told["submitted"]
    assert (sent["state"], sent["assessment_version"], sent["submissions"]) == ("submitted", 1, 1)
    assert sent["locked"] == sent["answers"]
    assert sent["breaks"] == 0


def test_on_sqlite(sqlite: str) -> None:
    kill_at_every_step(sqlite)


def test_on_postgresql(postgres: str) -> None:
    kill_at_every_step(postgres)
