"""What notices do by themselves: look at deadlines, send mail, forget what is old."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from dudao.web.background.registry import every
from dudao.web.background.run import Run
from dudao.web.evaluations.near_deadlines import tell_deadlines
from dudao.web.notices import robots
from dudao.web.notices.mail import send_due
from dudao.web.notices.models import Notice, RobotMessage

__all__ = ["forget_old_notices", "look_at_deadlines", "robots", "send_mail"]

_UNREAD_KEPT = 2  # times as long as read ones


@every(timedelta(hours=1), name="notices.deadlines", title="截止提醒")
def look_at_deadlines(run: Run, now: datetime) -> str:
    """Tell of the deadlines that have drawn near or passed by the day it is."""
    told = tell_deadlines(timezone.localdate(now), run.progress)
    return f"{told} 处临近或逾期"


@every(timedelta(minutes=1), name="notices.mail", title="发送提醒邮件")
def send_mail(run: Run, now: datetime) -> str:
    """Send the mail that is due."""
    if not settings.MAIL_SENT:
        return "没有设置邮件"
    return f"发出 {send_due(run, now)} 封"


@every(timedelta(days=1), name="notices.retention", title="清理过期的消息")
def forget_old_notices(run: Run, now: datetime) -> None:
    """Delete read notices after the days that the settings keep them, unread ones after twice as many."""
    kept = timedelta(days=settings.NOTICES_KEPT_DAYS)
    with run.conclude() as conclusion:
        read = Notice.objects.filter(read_at__isnull=False, at__lt=now - kept).delete()[0]
        unread = Notice.objects.filter(at__lt=now - _UNREAD_KEPT * kept).delete()[0]
        RobotMessage.objects.filter(created_at__lt=now - kept).delete()
        conclusion.words = f"删除 {read + unread} 条"
