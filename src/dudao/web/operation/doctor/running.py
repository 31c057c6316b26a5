"""What only shows while the platform is in use: the clock, the worker, somebody who can administer it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.utils import timezone

from dudao.web.audit.models import Event
from dudao.web.background.models import WAITING, Job, PeriodicStep
from dudao.web.operation.doctor.model import Check, fine, worth_a_look, wrong
from dudao.web.people.queries import remaining_system_administrators

_SLACK = timedelta(minutes=2)
_SILENT = timedelta(minutes=5)


def running(now: datetime | None = None) -> Iterator[Check]:
    """Yield what is to say of clock, worker and administrators; nothing of what the database does not tell."""
    moment = now or timezone.now()
    try:
        yield clock(moment)
        yield worker(moment)
        yield administrators(moment)
    except DatabaseError:
        return


def clock(now: datetime) -> Check:
    """Say whether the clock stands before something that happened already, or apart from the database's own."""
    latest = [(name, at) for name, at in _happened() if at is not None]
    for name, at in latest:
        if at > now + _SLACK:
            told = f"现在是 {_told(now)}，而{name}是 {_told(at)} 的"
            return wrong("时钟", told, "校准时钟（timedatectl、chrony）；期限和审计日志都依它而定。")
    apart = _database_clock(now)
    if apart is not None and abs(apart) > _SLACK:
        seconds = round(apart.total_seconds())
        return wrong("时钟", f"与数据库服务器相差 {seconds} 秒", "两台机器用同一个时间源校准。")
    return fine("时钟", f"{_told(now)}，不早于已有的记录")


def _happened() -> Iterator[tuple[str, datetime | None]]:
    yield "最近一条审计日志", Event.objects.aggregate(latest=Max("at"))["latest"]
    yield "最近改动的数据文件", _newest_file(Path(settings.HOME))


def _newest_file(home: Path) -> datetime | None:
    touched = [path.stat().st_mtime for path in home.glob("*") if path.is_file()]
    return datetime.fromtimestamp(max(touched), timezone.get_current_timezone()) if touched else None


def _database_clock(now: datetime) -> timedelta | None:
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    return there - now


def worker(now: datetime) -> Check:
    """Say whether a worker runs: each hands out the steps that come round again, one of them every minute."""
    last = PeriodicStep.objects.aggregate(last=Max("last_at"))["last"]
    oldest = Job.objects.filter(state=WAITING, next_try_at__isnull=True).aggregate(oldest=Min("created_at"))["oldest"]
    remedy = "启动 dudao worker（或 dudao serve，不带 --no-worker），看它的日志。"
    if oldest is not None and now - oldest > _SILENT:
        minutes = int((now - oldest).total_seconds() // 60)
        return wrong("后台程序", f"有任务已等 {minutes} 分钟没有人做", remedy)
    if last is None:
        return worth_a_look("后台程序", "还没有运行过", remedy)
    if now - last > _SILENT:
        return wrong("后台程序", f"{_told(last)} 以后没有动静", remedy)
    return fine("后台程序", f"在运行，最近一次动静 {_told(last)}")


def administrators(now: datetime) -> Check:
    """Say whether somebody can administer people."""
    count = remaining_system_administrators(timezone.localdate(now))
    if count:
        return fine("系统管理员", f"{count} 人")
    return worth_a_look("系统管理员", "没有", "运行 dudao manage first_administrator 账号。")


def _told(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
