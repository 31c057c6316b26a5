"""Twenty people save the same item at once, on both databases: one is taken, the others are told with both texts."""

from collections import Counter
from pathlib import Path

from tests.web.live import told_by

ROOT = Path(__file__).resolve().parents[2]


def save_at_once(address: str) -> None:
    told = told_by("twenty_writers.py", address=address)
    for kind in ("note", "figure"):
        assert Counter(status for status, _ in told[kind]) == {200: 1, 409: 19}
        assert all(own_text_is_shown for _, own_text_is_shown in told[kind])
    assert Counter(status for status, _ in told["insist"]) == {200: 20}
    assert told["versions"] == [21, 1]
    assert len(told["texts"]) == len(set(told["texts"])) == 21
    assert told["last_is_kept"]
    assert told["breaks"] == 0


def test_on_sqlite(sqlite: str) -> None:
    save_at_once(sqlite)


def test_on_postgresql(postgres: str) -> None:
    save_at_once(postgres)


def test_rows_are_locked_without_their_keys() -> None:
    """A row locked with its key makes another's commit wait for its foreign key while it holds the trail: deadlock."""
    sources = (ROOT / "src" / "dudao" / "web").rglob("*.py")
    calls = [line for one in sources for line in one.read_text("utf-8").split("\n") if ".select_for_update(" in line]
    assert calls
    assert all("select_for_update(no_key=True" in line for line in calls)
