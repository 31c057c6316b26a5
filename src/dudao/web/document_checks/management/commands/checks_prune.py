"""`checks_prune`: removed reports that have outlived their retention go for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dudao.web.document_checks.retention import forget, outlived


class Command(BaseCommand):
    """Deletes what was removed longer ago than DUDAO_CHECK_DAYS."""

    help = "清除超过保留期限（DUDAO_CHECK_DAYS）的已删除核验文件；文件内容随后由 evidence_prune 清理。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--dry-run`."""
        parser.add_argument("--dry-run", action="store_true", help="只列出，不清除")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, and delete unless it is a dry run."""
        found = outlived()
        for report in found:
            self.stdout.write(f"{report.assessment.region.code} {report.title}")
            if not options["dry_run"]:
                forget(report)
        self.stdout.write(f"{'可清除' if options['dry_run'] else '已清除'} {len(found)} 份。")
