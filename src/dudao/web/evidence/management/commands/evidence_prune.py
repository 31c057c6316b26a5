"""`evidence_prune`: files that no row names, left by uploads that were killed; and rows whose file is missing."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dudao.web.evidence.models import StoredFile
from dudao.web.evidence.storage import files, strays


class Command(BaseCommand):
    """Removes what no row names, older than a day; names every row whose file is missing."""

    help = "清理没有登记的材料文件（中断的上传留下的），并列出登记了却缺失的文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--dry-run` and the age from which a file counts as left behind."""
        parser.add_argument("--dry-run", action="store_true", help="只列出，不删除")
        parser.add_argument("--hours", type=float, default=24.0, help="多少小时以前的文件才清理（默认 24）")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, and remove unless it is a dry run."""
        before = time.time() - max(options["hours"], 0.0) * 3600
        names = set(StoredFile.objects.values_list("sha256", flat=True))
        kept = files()
        freed = count = 0
        for stray in list(strays(names.__contains__, older_than=before)):
            if not options["dry_run"]:
                if not stray.half and StoredFile.objects.filter(pk=stray.key).exists():
                    continue  # registered since the list of names was read
                kept.remove(stray.key)
            count += 1
            freed += stray.size
            kind = "未写完的上传" if stray.half else "没有登记的文件"
            self.stdout.write(f"{kind} {stray.key} {stray.size} 字节")
        done = "可清理" if options["dry_run"] else "已清理"
        self.stdout.write(f"{done} {count} 个文件，共 {freed} 字节。")
        missing = [name for name in sorted(names) if not kept.has(name)]
        for name in missing:
            self.stderr.write(f"缺失：{name}（请从备份恢复）")
        if missing:
            raise SystemExit(1)
