from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dudao.web.people.recovery_codes import fresh_salt, wrapped


def wrap(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Hash slowly what was hashed quickly; the codes that people wrote down stay good."""
    kept = apps.get_model("people", "RecoveryCode")
    salts: dict[int, str] = {}
    for row in kept.objects.exclude(code_hash__contains="$"):
        row.code_hash = wrapped(row.code_hash, salts.setdefault(row.user_id, fresh_salt()))
        row.save(update_fields=["code_hash"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_grants_once_on_both_databases"),
    ]

    operations = [
        migrations.AlterField(
            model_name="recoverycode",
            name="code_hash",
            field=models.CharField(max_length=128),
        ),
        migrations.RunPython(wrap, migrations.RunPython.noop),
    ]
