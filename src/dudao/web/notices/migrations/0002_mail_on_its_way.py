from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0003_append_only"),
        ("notices", "0001_initial"),
        ("people", "0005_recovery_codes_hashed_slowly"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="notice",
            name="notices_to_mail",
        ),
        migrations.AlterField(
            model_name="notice",
            name="mail",
            field=models.CharField(
                choices=[
                    ("none", "不发"),
                    ("waiting", "待发"),
                    ("sending", "正在发"),
                    ("sent", "已发"),
                    ("failed", "未能发出"),
                ],
                default="none",
                max_length=10,
                verbose_name="邮件",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mail__in", ("waiting", "sending"))),
                fields=["person", "at"],
                name="notices_to_mail",
            ),
        ),
    ]
