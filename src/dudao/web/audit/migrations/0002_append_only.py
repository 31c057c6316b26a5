"""The database itself refuses to change or delete what is kept as it was."""

from django.db import migrations

from dudao.web.append_only import refuse_changes


class Migration(migrations.Migration):
    """Installs the triggers."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(*refuse_changes("audit_event", "审计记录不能修改或删除"))]
