from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("document_checks", "0003_reports_with_versions")]

    operations = [migrations.AddField("version", "words", models.JSONField(default=dict))]
