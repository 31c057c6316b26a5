"""`dudao manage load_regions`: the tree of regions with its former codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dudao.web.people.regions import add_regions, built_regions, dated_regions


class Command(BaseCommand):
    """Adds the regions that are missing; running it again adds nothing."""

    help = "载入省、市、县三级行政区划（含已停用的代码及其起止日期）；已有的地区不变。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--current-only", action="store_true", help="只载入现行代码")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many were added."""
        added = add_regions(built_regions() if options["current_only"] else dated_regions())
        self.stdout.write(f"新增 {added} 个地区。")
