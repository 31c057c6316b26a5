"""The hash chain: how an event's hash is made, and how the whole chain is proved."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
FIELDS = (
    "sequence",
    "at",
    "actor_id",
    "actor",
    "action",
    "summary",
    "object_type",
    "object_id",
    "region",
    "department",
    "reason",
    "before",
    "after",
    "address",
    "request_id",
)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold: the sequence number and what is wrong there, in Chinese."""

    sequence: int
    message: str


def event_hash(content: Mapping[str, Any], previous: str) -> str:
    """Return the hash (hex SHA-256) of an event's fields together with the hash before it."""
    fields = {name: _plain(content[name]) for name in FIELDS}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def breaks(
    events: Iterable[Mapping[str, Any]],
    head: tuple[int, str] | None,
    *,
    after: tuple[int, str] = (0, GENESIS),
    to_the_end: bool = True,
    excerpt_to: int = 0,
) -> Iterator[Break]:
    """Yield every place where the chain is broken: changed, removed or moved events, and a cut tail.

    Args:
        events: the stored events in the order of their sequence, with all fields and both hashes.
        head: sequence and hash of the last event as kept apart; None when nothing was ever recorded.
        after: sequence and hash of the event that the first one follows; the start of the chain by default.
        to_the_end: whether the events reach the end of the trail, so that the head can be held against them.
        excerpt_to: up to which sequence the trail is an excerpt, whose gaps are no breaks; 0 for a whole trail.
    """
    expected, previous = after[0] + 1, after[1]
    for event in events:
        sequence = event["sequence"]
        if sequence != expected and sequence <= excerpt_to:
            pass
        elif sequence != expected:
            yield Break(expected, f"第 {expected} 条至第 {sequence - 1} 条缺失")
        elif event["previous_hash"] != previous:
            yield Break(sequence, f"第 {sequence} 条与前一条不相接")
        if event_hash(event, event["previous_hash"]) != event["hash"]:
            yield Break(sequence, f"第 {sequence} 条的内容被改动")
        expected, previous = sequence + 1, event["hash"]
    last = expected - 1
    if not to_the_end:
        return
    if head is None:
        if last:
            yield Break(last, "链尾记录缺失")
    elif head != (last, previous):
        yield Break(last, f"链尾应为第 {head[0]} 条，实际到第 {last} 条")


def digest_of(hashes: Iterable[str]) -> tuple[int, str]:
    """Return how many events an excerpt has and the hash (hex SHA-256) over their hashes, given in their order."""
    count, digest = 0, hashlib.sha256()
    for each in hashes:
        count += 1
        digest.update(each.encode())
    return count, digest.hexdigest()
