"""The index of grams: three tables beside the models, kept by triggers and by a step that comes round.

search_stale  what changed since it was indexed; written by triggers, whatever program changed the row
search_entry  which object an indexed text is of
search_grams  the grams of that text: FTS5 on SQLite, a tsvector under GIN on PostgreSQL

What is stale is looked at directly when somebody asks, so an answer is right at every moment, indexed or not.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from dudao.web.search.grams import asked_grams, grams

ANSWER, EVIDENCE = "answer", "evidence"
MOST = 5000
"""So many of the newest indexed texts that match are looked at; more are told of, not shown."""
_BATCH = 500
_FIRST = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be indexed: of which object, the regions it lies in, and whether the level above may come upon it."""

    object_id: int
    text: str
    regions: tuple[int, ...]
    above: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Regions to search in: those read as the own ones, and those of which only what was handed over is read."""

    own: frozenset[int]
    above: frozenset[int]


def _places(own: Iterable[int], above: Iterable[int]) -> list[str]:
    return [*(f"region{pk}" for pk in sorted(own)), *(f"sent{pk}" for pk in sorted(above))]


def candidates(kind: str, words: Iterable[str], reach: Reach) -> Iterator[list[int]]:
    """Yield the objects of a kind whose indexed text may hold every word, within reach, newest first.

    Some at first, then more at a time, so that who needs few asks for few; at most `MOST`. What became stale is left
    out; whether the words really stand there is for the caller to see.
    """
    match = _match(kind, words, reach)
    before, asked, size = 2**62, 0, _FIRST
    while match and asked < MOST:
        size = min(size, MOST - asked)
        with _planned_by_its_words(), connection.cursor() as cursor:
            cursor.execute(_CANDIDATES[connection.vendor].format(kind=kind), [match, before, size])
            rows = cursor.fetchall()
        asked += len(rows)
        yield [key for _, key, fresh in rows if fresh]
        if len(rows) < size:
            return
        before, size = rows[-1][0], MOST  # each question costs the database the same, so there are two at most


@contextmanager
def _planned_by_its_words() -> Iterator[None]:
    """Have PostgreSQL plan each question for what is asked in it.

    A rare word is found in a moment by the index of grams, a frequent one by walking the newest entries; the plan of a
    prepared statement, made for words unknown, walks them all for the rare word (900 ms instead of 3).
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    link = connection.connection
    kept, link.prepare_threshold = link.prepare_threshold, None
    try:
        yield
    finally:
        link.prepare_threshold = kept


_NEWEST = {
    "sqlite": "SELECT rowid AS id FROM search_grams WHERE search_grams MATCH %s AND rowid < %s "
    "ORDER BY rowid DESC LIMIT %s",
    "postgresql": "SELECT id FROM search_grams WHERE grams @@ %s::tsquery AND id < %s AND kind = '{kind}' "
    "ORDER BY kind DESC, id DESC LIMIT %s",
}
_CANDIDATES = {
    # an index of SQLite may hold entries that are gone: they count towards the limit, and lead to nothing
    vendor: "SELECT found.id, entry.object_id, entry.id IS NOT NULL AND stale.object_id IS NULL "
    f"FROM ({newest}) AS found "
    "LEFT JOIN search_entry AS entry ON entry.id = found.id "
    "LEFT JOIN search_stale AS stale ON stale.kind = entry.kind AND stale.object_id = entry.object_id "
    "ORDER BY found.id DESC"
    for vendor, newest in _NEWEST.items()
}


def _match(kind: str, words: Iterable[str], reach: Reach) -> str:
    """Return the question in the language of the database; empty when there is nothing to ask for."""
    whole: set[str] = set()
    begun: set[str] = set()
    for word in words:
        pairs, beginnings = asked_grams(word)
        whole |= pairs
        begun |= beginnings
    places = _places(reach.own, reach.above)
    if not places or not (whole or begun):
        return ""
    if connection.vendor == "sqlite":
        parts = [f'"{each}"' for each in sorted(whole)] + [f'"{each}"*' for each in sorted(begun)]
        return " AND ".join([f"({' OR '.join(places)})", f"kind{kind}", *parts])
    parts = [f"'{each}'" for each in sorted(whole)] + [f"'{each}':*" for each in sorted(begun)]
    return " & ".join([f"({' | '.join(places)})", f"kind{kind}", *parts])


def stale(kind: str, most: int) -> list[int]:
    """Return objects of a kind that changed since they were indexed, the oldest first: the newest end on top."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_id FROM search_stale WHERE kind = %s ORDER BY object_id LIMIT %s", [kind, most])
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
            _forget_grams(cursor, kind, where, objects)
        cursor.execute(f"DELETE FROM search_entry WHERE {where}", [kind, *objects])
        cursor.execute(f"DELETE FROM search_stale WHERE {where}", [kind, *objects])
        for key in objects:
            text = texts.get(key)
            if text is None:
                continue
            cursor.execute("INSERT INTO search_entry (kind, object_id) VALUES (%s, %s) RETURNING id", [kind, key])
            (entry,) = cursor.fetchone()
            held = sorted(
                {*grams(text.text), f"kind{kind}", *_places(text.regions, text.regions if text.above else ())}
            )
            if connection.vendor == "sqlite":
                cursor.execute("INSERT INTO search_grams (rowid, grams) VALUES (%s, %s)", [entry, " ".join(held)])
            else:
                cursor.execute(
                    "INSERT INTO search_grams (id, kind, grams) VALUES (%s, %s, array_to_tsvector(%s))",
                    [entry, kind, held],
                )


def _forget_grams(cursor: CursorWrapper, kind: str, where: str, objects: Sequence[int]) -> None:
    """Delete the grams of objects, by their numbers one by one.

    As one statement it would be planned for what PostgreSQL last counted: of a kind that the index then did not hold,
    it expects a single row and reads all there are now, for every batch.
    """
    cursor.execute(f"SELECT id FROM search_entry WHERE {where}", [kind, *objects])
    entries = [row[0] for row in cursor.fetchall()]
    if entries:
        marks = ", ".join(["%s"] * len(entries))
        cursor.execute(f"DELETE FROM search_grams WHERE kind = %s AND id IN ({marks})", [kind, *entries])


def count_anew() -> None:
    """Have PostgreSQL count the rows of the index.

    While an index is filled, its tables are thought as small as when it began, and every batch reads them whole.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry, search_grams, search_stale")


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
