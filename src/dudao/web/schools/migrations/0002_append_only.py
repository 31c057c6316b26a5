"""Snapshots are never changed and never deleted, whatever program asks."""

from django.db import migrations

from dudao.web.append_only import refuse_changes


class Migration(migrations.Migration):
    """Guard snapshots and what they hold."""

    dependencies = [("schools", "0001_tables_snapshots_and_results")]

    operations = [
        migrations.RunPython(*refuse_changes("schools_snapshot", "已入库的数据快照不能修改或删除")),
        migrations.RunPython(*refuse_changes("schools_snapshotpart", "已入库的数据快照不能修改或删除")),
    ]
