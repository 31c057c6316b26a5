"""On PostgreSQL the key of the grams begins with their kind: the one index by which the newest of a kind are walked.

With a key of the number alone beside it, the database took that one and walked past every entry of the other kind.
"""

from typing import Any

from django.db import migrations


def begin_with_kind(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_grams DROP CONSTRAINT search_grams_pkey, ADD PRIMARY KEY (kind, id)")
        schema_editor.execute("DROP INDEX search_grams_newest")


def begin_with_number(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE INDEX search_grams_newest ON search_grams (kind, id)")
        schema_editor.execute("ALTER TABLE search_grams DROP CONSTRAINT search_grams_pkey, ADD PRIMARY KEY (id)")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_kind_and_handing_over")]

    operations = [migrations.RunPython(begin_with_kind, begin_with_number)]
