"""Database triggers that keep rows as they were written, whatever program asks."""

from collections.abc import Callable
from typing import Any


def refuse_changes(table: str, message: str) -> tuple[Callable[..., None], Callable[..., None]]:
    """Return the two functions of a migration step that forbids UPDATE and DELETE on a table, and allows it again.

    Args:
        table: name of the table.
        message: what the database answers to an attempt.
    """

    def install(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_no_{event.lower()}"
            if vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
            elif vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$ "
                    f"BEGIN RAISE EXCEPTION '{message}'; END $$ LANGUAGE plpgsql"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
                )
        if vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
            )

    def remove(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        suffix = f" ON {table}" if vendor == "postgresql" else ""
        for event in ("update", "delete", *(("truncate",) if vendor == "postgresql" else ())):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{suffix}")

    return install, remove
