"""The database itself refuses to change or delete what is kept as it was."""

from django.db import migrations

from dudao.web.append_only import refuse_changes


class Migration(migrations.Migration):
    """Installs the triggers."""

    dependencies = [("evaluations", "0002_initial")]
    operations = [migrations.RunPython(*refuse_changes("evaluations_submission", "已报送的内容不能修改或删除"))]
