from django.db import migrations, models

from dudao.web.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Excerpt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("region", models.CharField(max_length=12)),
                ("last", models.BigIntegerField()),
                ("events", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("source_sequence", models.BigIntegerField()),
                ("source_hash", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(*refuse_changes("audit_excerpt", "审计记录不能修改或删除")),
    ]
