"""`dudao worker`: works off the queue until told to stop."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dudao.web.background.worker import Worker

LESS_URGENT = 5
"""How many steps of niceness background work stands behind the pages: somebody waits for a page."""


class Command(BaseCommand):
    """The worker; several of them, on one machine or more, share the work of one database."""

    help = "后台程序：执行导入、导出、邮件等后台任务，直到停止（Ctrl+C 或 SIGTERM）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--grace", type=float, default=20, help="停止时给正在进行的任务多少秒收尾")
        parser.add_argument("--with-parent", action="store_true", help="启动它的程序结束时一同结束（从标准输入得知）")

    def handle(self, *args: Any, grace: float, with_parent: bool, **options: Any) -> None:
        """Run until stopped."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("数据库还没有更新到这个版本的程序。请先运行 dudao manage migrate，再启动后台程序。")
        worker = Worker(patience=settings.JOB_PATIENCE, grace=grace)
        worker.stop_with_signals()
        if with_parent:
            worker.stop_with_input()
            if hasattr(os, "nice"):  # not on Windows; who starts a worker apart says so to systemd
                os.nice(LESS_URGENT)
        else:
            self.stdout.write("后台程序已启动（按 Ctrl+C 停止）")
            self.stdout.flush()
        worker.run()
