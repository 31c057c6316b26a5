"""The index of grams: three tables beside the models, kept by triggers and by a step that comes round.

search_stale  what changed since it was indexed; written by triggers, whatever program changed the row
search_entry  which object an indexed text is of
search_grams  the grams of that text: FTS5 on SQLite, a tsvector under GIN on PostgreSQL

What is stale is looked at directly when somebody asks, so an answer is right at every moment, indexed or not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from dudao.web.search.grams import asked_grams, grams

ANSWER, EVIDENCE = "answer", "evidence"
MOST = 5000
"""So many of the newest indexed texts that match are looked at; more are told of, not shown."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be indexed: of which object, and the regions it lies in, outermost first."""

    object_id: int
    text: str
    regions: tuple[int, ...]


def _placed(region: int) -> str:
    return f"region{region}"


def candidates(kind: str, words: Iterable[str], regions: Iterable[int]) -> list[int]:
    """Return the objects of a kind whose indexed text may hold every word, in one of the regions, newest first.

    At most `MOST`. What became stale is left out; whether the words really stand there is for the caller to see.
    """
    whole: set[str] = set()
    begun: set[str] = set()
    for word in words:
        pairs, beginnings = asked_grams(word)
        whole |= pairs
        begun |= beginnings
    places = sorted(_placed(region) for region in regions)
    if not places or not (whole or begun):
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            parts = [f'"{each}"' for each in sorted(whole)] + [f'"{each}"*' for each in sorted(begun)]
            match = " AND ".join([f"({' OR '.join(places)})", f"kind{kind}", *parts])
            newest = "SELECT rowid AS id FROM search_grams WHERE search_grams MATCH %s ORDER BY rowid DESC LIMIT %s"
        else:
            parts = [f"'{each}'" for each in sorted(whole)] + [f"'{each}':*" for each in sorted(begun)]
            match = " & ".join([f"({' | '.join(places)})", f"kind{kind}", *parts])
            newest = "SELECT id FROM search_grams WHERE grams @@ %s::tsquery ORDER BY id DESC LIMIT %s"
        cursor.execute(
            f"SELECT entry.object_id FROM ({newest}) AS found JOIN search_entry AS entry ON entry.id = found.id "
            "WHERE entry.kind = %s AND NOT EXISTS (SELECT 1 FROM search_stale AS stale "
            "WHERE stale.kind = entry.kind AND stale.object_id = entry.object_id) ORDER BY entry.id DESC",
            [match, MOST, kind],
        )
        return [row[0] for row in cursor.fetchall()]


def stale(kind: str, most: int) -> list[int]:
    """Return objects of a kind that changed since they were indexed, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id FROM search_stale WHERE kind = %s ORDER BY object_id DESC LIMIT %s", [kind, most]
        )
        return [row[0] for row in cursor.fetchall()]


def write(kind: str, objects: Sequence[int], texts: Iterable[Text]) -> None:
    """Index objects anew, in one transaction: their old entries go, and they are no longer stale.

    Args:
        kind: what they are.
        objects: all that is dealt with; those without a text are gone.
        texts: what stands in those that are there.
    """
    by_object = {each.object_id: each for each in texts}
    with transaction.atomic():
        for place in range(0, len(objects), _BATCH):
            _write(kind, objects[place : place + _BATCH], by_object)


def _write(kind: str, objects: Sequence[int], texts: dict[int, Text]) -> None:
    marks = ", ".join(["%s"] * len(objects))
    with connection.cursor() as cursor:
        where = f"kind = %s AND object_id IN ({marks})"
        if connection.vendor != "sqlite":
            cursor.execute(
                f"DELETE FROM search_grams WHERE id IN (SELECT id FROM search_entry WHERE {where})", [kind, *objects]
            )
        cursor.execute(f"DELETE FROM search_entry WHERE {where}", [kind, *objects])
        cursor.execute(f"DELETE FROM search_stale WHERE {where}", [kind, *objects])
        for key in objects:
            text = texts.get(key)
            if text is None:
                continue
            cursor.execute("INSERT INTO search_entry (kind, object_id) VALUES (%s, %s) RETURNING id", [kind, key])
            (entry,) = cursor.fetchone()
            held = sorted({*grams(text.text), f"kind{kind}", *map(_placed, text.regions)})
            if connection.vendor == "sqlite":
                cursor.execute("INSERT INTO search_grams (rowid, grams) VALUES (%s, %s)", [entry, " ".join(held)])
            else:
                cursor.execute("INSERT INTO search_grams (id, grams) VALUES (%s, array_to_tsvector(%s))", [entry, held])


def forget_leftovers() -> bool:
    """Make the index of SQLite anew when most of it is of entries that are gone; return whether it was.

    A contentless index cannot forget single rows; leftovers cost room and time, never a wrong answer.
    """
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0) FROM search_entry")
        entries, last = cursor.fetchone()
        cursor.execute("SELECT coalesce(min(id), 0) FROM search_entry")
        (first,) = cursor.fetchone()
    if last - first + 1 <= 2 * entries + 1000:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_grams (search_grams) VALUES ('delete-all')")
        cursor.execute("INSERT OR IGNORE INTO search_stale (kind, object_id) SELECT kind, object_id FROM search_entry")
        cursor.execute("DELETE FROM search_entry")
    return True
