"""Writing the trail: the only place that does."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dudao.web.audit.chain import GENESIS, event_hash
from dudao.web.audit.models import Event, Head
from dudao.web.prepared import prepared
from dudao.web.requests import current_origin

_CHAIN_LOCK = 0x6475_6461_6F  # "dudao": one writer of the chain at a time


class Actor(Protocol):
    """Somebody who acts: a signed-in person."""

    pk: Any

    def get_username(self) -> str:
        """Return the account name."""
        ...


def record(
    *,
    by: Actor | None,
    action: str,
    summary: str,
    object_type: str,
    object_id: object = "",
    region: str = "",
    department: str = "",
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event; call it inside the transaction of the write it describes.

    Args:
        by: the person; None for the system itself (command line, background work).
        action: stable dotted name, e.g. `evaluations.answer.submit`.
        summary: what happened in Chinese, readable alone.
    """
    with transaction.atomic(savepoint=False):  # a write whose event cannot be kept is not made at all
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        head = _head.first()
        sequence, previous = (head.sequence + 1, head.hash) if head else (1, GENESIS)
        origin = current_origin()
        content: dict[str, Any] = {
            "sequence": sequence,
            "at": timezone.now(),
            "actor_id": by.pk if by else None,
            "actor": by.get_username() if by else "系统",
            "action": action,
            "summary": summary,
            "object_type": object_type,
            "object_id": str(object_id),
            "region": region,
            "department": department,
            "reason": reason,
            "before": _storable(before or {}),
            "after": _storable(after or {}),
            "address": origin.address,
            "request_id": origin.request_id,
        }
        digest = event_hash(content, previous)
        event = Event(**content, previous_hash=previous, hash=digest)
        event.save()
        if head is None:
            Head.objects.create(pk=1, sequence=sequence, hash=digest)
        else:  # nobody else writes one: the chain is held
            Head.objects.filter(pk=1).update(sequence=sequence, hash=digest)
    return event


@prepared
def _head() -> "QuerySet[Head]":
    return Head.objects.filter(pk=1)


def _storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as JSON keeps them, so that the hash read back is the hash written."""
    stored: dict[str, Any] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder, ensure_ascii=False))
    return stored
