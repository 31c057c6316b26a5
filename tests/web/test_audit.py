import pytest
from django.db import DatabaseError, connection, transaction

from dudao.web.audit.actions import record
from dudao.web.audit.chain import GENESIS, breaks, event_hash
from dudao.web.audit.models import AppendOnlyError, Event
from dudao.web.audit.queries import verify


def write(count: int) -> None:
    for number in range(count):
        record(
            by=None,
            action="test.write",
            summary=f"第 {number} 次",
            object_type="test",
            object_id=number,
            after={"share": 0.5},
        )


def rows() -> list[dict[str, object]]:
    return [dict(row) for row in Event.objects.order_by("sequence").values()]


def head_of(events: list[dict[str, object]]) -> tuple[int, str]:
    return int(str(events[-1]["sequence"])), str(events[-1]["hash"])


@pytest.mark.django_db
def test_a_chain_as_written_is_whole() -> None:
    write(4)
    assert verify() == []


@pytest.mark.django_db
def test_a_changed_event_is_found() -> None:
    write(4)
    events = rows()
    head = head_of(events)
    events[1]["summary"] = "别的"
    assert [place.sequence for place in breaks(events, head)] == [2]


@pytest.mark.django_db
def test_a_changed_event_with_a_new_hash_is_found_at_the_next() -> None:
    write(4)
    events = rows()
    head = head_of(events)
    events[1]["summary"] = "别的"
    events[1]["hash"] = event_hash(events[1], str(events[1]["previous_hash"]))
    assert [place.sequence for place in breaks(events, head)] == [3]


@pytest.mark.django_db
def test_a_removed_event_is_found() -> None:
    write(4)
    events = rows()
    head = head_of(events)
    del events[1]
    assert [place.sequence for place in breaks(events, head)] == [2]


@pytest.mark.django_db
def test_a_cut_tail_is_found() -> None:
    write(4)
    events = rows()
    head = head_of(events)
    assert list(breaks(events[:-1], head)) != []
    assert list(breaks([], head)) != []


@pytest.mark.django_db
def test_two_events_that_changed_places_are_found() -> None:
    write(4)
    events = rows()
    head = head_of(events)
    events[1], events[2] = events[2], events[1]
    assert list(breaks(events, head)) != []


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET summary = ''", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    write(1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_an_event_cannot_be_saved_twice() -> None:
    write(1)
    event = Event.objects.get()
    assert event.previous_hash == GENESIS
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
