"""`dudao manage first_administrator`: an empty installation gets somebody who can sign in and let others in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dudao.web.people.actions.first_administrator import make_first_administrator
from dudao.web.people.actions.invitations import address_of
from dudao.web.people.models import Region
from dudao.web.people.regions import add_regions, dated_regions
from dudao.web.refusals import InvalidValueError, NotPossibleError


class Command(BaseCommand):
    """Makes the first system administrator and prints the link that sets the password."""

    help = "设置首位系统管理员，打印设置密码的链接；只在还没有系统管理员时可用。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("username", help="账号")
        parser.add_argument("--name", default="系统管理员", help="姓名")
        parser.add_argument("--email", default="", help="邮箱")
        parser.add_argument("--region", default="", help="所管理地区的代码；不写则管理全部地区")
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="平台的网址，用来拼出链接")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the regions where there are none, make the account, say what comes next."""
        if not Region.objects.exists() and (added := add_regions(dated_regions())):
            self.stdout.write(f"已载入 {added} 个地区。")
        wanted = {key: options[key] for key in ("username", "name", "email", "region")}
        try:
            made = make_first_administrator(**wanted)
        except (InvalidValueError, NotPossibleError) as refusal:
            raise CommandError(" ".join(part for part in (refusal.message, refusal.advice) if part)) from refusal
        link = options["address"].rstrip("/") + address_of(made.secret)
        until = timezone.localtime(made.expires)
        self.stdout.write(f"已设置首位系统管理员：{made.user}（{made.user.username}）。")
        self.stdout.write(
            f"请启动平台（dudao serve），在 {until:%Y-%m-%d %H:%M} 前打开下面的链接设置密码，只能用一次："
        )
        self.stdout.write(link)
        if settings.SECOND_FACTOR_ROLES:
            self.stdout.write("首次登录时须启用动态验证码（TOTP），请准备好装有验证器的手机。")
