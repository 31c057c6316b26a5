"""What is handed over is indexed as such; on PostgreSQL the kind stands beside the grams.

Going back from the newest, a search of the level above passes no drafts, and one of a kind no other kind.
"""

from typing import Any

from django.db import migrations

_ANSWERS = "INSERT{ignore} INTO search_stale (kind, object_id) SELECT 'answer', id FROM evaluations_answer{where}{end}"
_CHANGED = " WHERE assessment_id = NEW.id"
_OR_KEEP = " ON CONFLICT DO NOTHING"


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        told = _ANSWERS.format(ignore=" OR IGNORE", where=_CHANGED, end="")
        schema_editor.execute(
            "CREATE TRIGGER search_handing_over AFTER UPDATE OF state ON evaluations_assessment "
            f"WHEN OLD.state <> NEW.state BEGIN {told}; END"
        )
        schema_editor.execute(_ANSWERS.format(ignore=" OR IGNORE", where="", end=""))
        return
    told = _ANSWERS.format(ignore="", where=_CHANGED, end=_OR_KEEP)
    schema_editor.execute(
        "CREATE FUNCTION search_handing_over() RETURNS trigger AS $$ "
        f"BEGIN {told}; RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    schema_editor.execute(
        "CREATE TRIGGER search_handing_over AFTER UPDATE OF state ON evaluations_assessment FOR EACH ROW "
        "WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION search_handing_over()"
    )
    schema_editor.execute(_ANSWERS.format(ignore="", where="", end=_OR_KEEP))
    schema_editor.execute("TRUNCATE search_grams")
    schema_editor.execute("ALTER TABLE search_grams ADD COLUMN kind text NOT NULL")
    schema_editor.execute("CREATE INDEX search_grams_newest ON search_grams (kind, id)")
    schema_editor.execute(
        "INSERT INTO search_stale (kind, object_id) SELECT kind, object_id FROM search_entry ON CONFLICT DO NOTHING"
    )


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_handing_over")
        return
    schema_editor.execute("DROP TRIGGER search_handing_over ON evaluations_assessment")
    schema_editor.execute("DROP FUNCTION search_handing_over()")
    schema_editor.execute("ALTER TABLE search_grams DROP COLUMN kind")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(add, drop)]
