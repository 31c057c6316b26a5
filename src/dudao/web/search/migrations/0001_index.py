"""The index of the search and the triggers that say what has to be indexed."""

from typing import Any

from django.db import migrations

# what is written where: kind, table, column that names the object, columns whose change matters
_WATCHED = (
    ("answer", "evaluations_answer", "id", ("note",)),
    ("evidence", "evidence_evidence", "id", ("title", "number", "issuer")),
    ("evidence", "evidence_revision", "evidence_id", ("name", "evidence_id")),
)


def install(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for statement in _TABLES[vendor]:
        schema_editor.execute(statement)
    for number, (kind, table, column, columns) in enumerate(_WATCHED):
        for event in ("INSERT", "UPDATE", "DELETE"):
            row = "OLD" if event == "DELETE" else "NEW"
            when = f"{event} OF {', '.join(columns)}" if event == "UPDATE" else event
            name = f"search_{number}_{event.lower()}"
            if vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN INSERT OR IGNORE INTO search_stale "
                    f"(kind, object_id) VALUES ('{kind}', {row}.{column}); END"
                )
            else:
                schema_editor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN INSERT INTO search_stale (kind, object_id) "
                    f"VALUES ('{kind}', {row}.{column}) ON CONFLICT DO NOTHING; RETURN NULL; END $$ LANGUAGE plpgsql"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )
    for kind, table in (("answer", "evaluations_answer"), ("evidence", "evidence_evidence")):
        schema_editor.execute(f"INSERT INTO search_stale (kind, object_id) SELECT '{kind}', id FROM {table}")


_TABLES = {
    "sqlite": (
        "CREATE TABLE search_entry (id integer PRIMARY KEY AUTOINCREMENT, kind text NOT NULL, object_id integer "
        "NOT NULL, UNIQUE (kind, object_id))",
        "CREATE TABLE search_stale (kind text NOT NULL, object_id integer NOT NULL, PRIMARY KEY (kind, object_id)) "
        "WITHOUT ROWID",
        # contentless and without positions: pairs are looked up, what stands in the text is looked at itself
        "CREATE VIRTUAL TABLE search_grams USING fts5(grams, content='', detail=none, prefix='1', "
        'tokenize="unicode61 remove_diacritics 0")',
    ),
    "postgresql": (
        "CREATE TABLE search_entry (id bigserial PRIMARY KEY, kind text NOT NULL, object_id bigint NOT NULL, "
        "UNIQUE (kind, object_id))",
        "CREATE TABLE search_stale (kind text NOT NULL, object_id bigint NOT NULL, PRIMARY KEY (kind, object_id))",
        "CREATE TABLE search_grams (id bigint PRIMARY KEY, grams tsvector NOT NULL)",
        "CREATE INDEX search_grams_held ON search_grams USING gin (grams)",
    ),
}


def remove(apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for number, (_, table, _, _) in enumerate(_WATCHED):
        for event in ("insert", "update", "delete"):
            on = f" ON {table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER search_{number}_{event}{on}")
            if vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION search_{number}_{event}()")
    for table in ("search_grams", "search_entry", "search_stale"):
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0003_append_only"),
        ("evidence", "0003_requests_and_personal_data"),
    ]

    operations = [migrations.RunPython(install, remove)]
