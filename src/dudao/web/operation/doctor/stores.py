"""Where things are kept: the database with its migrations, the disk, the folders and files with their permissions."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from dudao.web.operation.doctor.model import Check, fine, worth_a_look, wrong
from dudao.web.operation.readiness import files, free_bytes, migrations
from dudao.web.setting_list import SETTINGS

OLDEST_POSTGRES = 150000
OLDEST_SQLITE = (3, 37)
_GIGABYTE = 1024**3


def stores(environment: Mapping[str, str] = os.environ) -> Iterator[Check]:
    """Yield what is to say of database, disk, folders and secrets."""
    yield from database()
    yield disk()
    yield files_check()
    yield from permissions(environment)


def database() -> Iterator[Check]:
    """Yield whether the database answers, what it is, and whether it is up to date; alone when it does not."""
    try:
        connection.ensure_connection()
        yield _postgres() if connection.vendor == "postgresql" else _sqlite()
    except DatabaseError as error:
        told = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        yield wrong("数据库", f"连不上：{told}", "检查 DATABASE_URL、数据库是否启动、账号和密码、网络。")
        return
    answer = migrations()
    if answer.ready:
        yield fine("数据库迁移", "都已执行")
    else:
        yield wrong("数据库迁移", f"有 {answer.detail} 个没有执行", "运行 dudao manage migrate（先备份）。")


def _postgres() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        cursor.execute("SHOW server_encoding")
        encoding = str(cursor.fetchone()[0])
    told = f"PostgreSQL {number // 10000}.{number % 10000}，{encoding}"
    if number < OLDEST_POSTGRES:
        return wrong("数据库", told, "需要 PostgreSQL 15 或更高版本。")
    if encoding != "UTF8":
        return wrong("数据库", told, "建库时用 createdb --encoding UTF8 --template template0，再恢复备份。")
    return fine("数据库", told)


def _sqlite() -> Check:
    import sqlite3

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0]).lower()
        cursor.execute("PRAGMA quick_check(1)")
        whole = str(cursor.fetchone()[0])
    told = f"SQLite {sqlite3.sqlite_version}，日志方式 {mode}"
    if whole != "ok":
        return wrong("数据库", f"{told}，已损坏：{whole}", "停止平台，用 dudao restore 恢复最近的备份。")
    if mode != "wal":
        return wrong("数据库", told, "数据文件夹须在本机磁盘上（网络文件夹不支持 WAL），或改用 PostgreSQL。")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return worth_a_look("数据库", told, "SQLite 较旧，建议 3.37 以上，或改用 PostgreSQL。")
    return fine("数据库", told)


def disk() -> Check:
    """Say how much room is left in the data folder."""
    try:
        free = free_bytes()
    except OSError as error:
        return wrong("磁盘", f"{settings.HOME}：{error.strerror}", "检查 DUDAO_HOME 指明的文件夹。")
    told = f"{settings.HOME} 剩余 {free / _GIGABYTE:.1f} GB"
    if free < settings.DISK_FLOOR:
        return wrong("磁盘", told, "清理或扩大磁盘；低于 DUDAO_DISK_MB 时平台不再就绪。")
    if free < 5 * settings.DISK_FLOOR:
        return worth_a_look("磁盘", told, "空间不多，请尽早清理或扩大磁盘。")
    return fine("磁盘", told)


def files_check() -> Check:
    """Say whether evidence can be written."""
    answer = files()
    if answer.ready:
        return fine("材料存放", "对象存储" if settings.OBJECT_STORAGE else f"{settings.FILES_ROOT}/evidence，可写")
    remedy = "检查 DUDAO_FILES 的地址、账号和网络。" if settings.OBJECT_STORAGE else "请管理员把它交给运行平台的账号。"
    return wrong("材料存放", f"不能写入（{answer.detail}）", remedy)


def permissions(environment: Mapping[str, str]) -> Iterator[Check]:
    """Yield whether the data folder and every file that holds a secret are closed to others."""
    home = Path(settings.HOME)
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & 0o007:
        yield wrong("数据文件夹的权限", f"{home} 是 {mode:04o}，机器上的别人能看", f"chmod 0700 {home}")
    elif not os.access(home, os.W_OK):
        yield wrong("数据文件夹的权限", f"{home} 不能写入", f"chown -R 运行平台的账号 {home}")
    else:
        yield fine("数据文件夹的权限", f"{mode:04o}")
    for path in secret_files(environment):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError as error:
            yield wrong("机密文件", f"{path}：{error.strerror}", "改正以 _FILE 结尾的设置，或补上这个文件。")
            continue
        if mode & 0o007:
            yield wrong("机密文件", f"{path} 是 {mode:04o}，机器上的别人能看", f"chmod 0640 {path}，并更换其中的机密。")
        else:
            yield fine("机密文件", f"{path} {mode:04o}")


def secret_files(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the files in which secrets lie: those that settings name, and the key that was made here."""
    for setting in SETTINGS:
        named = environment.get(f"{setting.name}_FILE", "")
        if setting.secret and named:
            yield Path(named)
    made = Path(settings.HOME) / "secret-key"
    if made.exists():
        yield made
