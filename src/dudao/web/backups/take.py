"""Making a backup while the platform is in use."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from importlib.metadata import version
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from dudao.errors import DudaoError
from dudao.web.backups.archive import FORMAT, MANIFEST, REGION_FORMAT, FileRecord, Manifest, RowSum, TableRecord
from dudao.web.backups.rows import columns_of, lines_of
from dudao.web.backups.schema import applied, models_at
from dudao.web.backups.subtree import RULES, Subtree
from dudao.web.content_store.model import ContentStore
from dudao.web.content_store.places import Holding, holdings, store

_ROOM = 64 * 1024 * 1024  # left free on the disk besides what the files take

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made: where it lies, what is in it, and which files could not be taken, in words."""

    path: Path
    manifest: Manifest
    troubles: tuple[str, ...]


class BackupError(DudaoError):
    """A backup cannot be made; nothing was left behind."""


def take(target: Path, *, at: datetime, say: Say, region: str = "") -> Taken:
    """Write a backup of the rows and files of this installation, or of one region and those below it alone.

    All rows are of one moment: they are read in one snapshot, which holds up nobody. Files are never changed once
    written, and a row names a file only after it was written; so the files that are there after the snapshot include
    all that its rows name. The archive gets its name when it is whole and on the disk.

    Args:
        target: the file to write; it must not exist.
        at: the moment to note in it.
        say: told of each step, in Chinese.
        region: the code of the region; empty for everything.

    Raises:
        BackupError: there is no such region, the file exists, the folder cannot be written, the disk is full, or the
            database is empty.
    """
    if target.exists():
        raise BackupError(f"{target} 已经存在。", advice="请换一个文件名；备份从不覆盖已有的文件。")
    migrations = applied()
    if "people" not in migrations:
        raise BackupError(
            "数据库是空的，没有可备份的内容。", advice="请检查 DUDAO_HOME 或 DATABASE_URL 是否指向要备份的平台。"
        )
    handle, name = _beside(target)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=6) as archive:
                say("读出数据库")
                with _snapshot():
                    tree = _subtree(region, migrations, at) if region else None
                    tables = tuple(_rows_into(archive, migrations, tree.lines if tree else lines_of))
                    wanted = {each.name: sorted(set(tree.files(each.name))) for each in holdings()} if tree else None
                say(f"{len(tables)} 张表，{sum(table.rows for table in tables)} 行")
                say("拷贝文件")
                files, troubles, missing = _files_into(archive, part, wanted)
                say(f"{len(files)} 个文件，{sum(file.size for file in files)} 字节")
                manifest = Manifest(
                    format=REGION_FORMAT if region else FORMAT,
                    program=version("dudao"),
                    at=at.isoformat(timespec="seconds"),
                    database=connection.vendor,
                    migrations=migrations,
                    tables=tables,
                    files=files,
                    missing=missing,
                    region=region,
                )
                archive.writestr(MANIFEST, manifest.to_json())
            stream.flush()
            os.fsync(stream.fileno())
        _name(part, target)
    except FileExistsError:
        raise BackupError(f"{target} 已经存在。", advice="请换一个文件名；备份从不覆盖已有的文件。") from None
    except OSError as error:
        raise BackupError(
            f"写备份时出错：{error.strerror or error}。", advice="请检查磁盘空间和文件夹的权限后重试。"
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return Taken(target, manifest, troubles)


def _name(part: Path, target: Path) -> None:
    """Give the finished archive its name; never in the place of a file that appeared meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a share or a stick without hard links
        if target.exists():
            raise FileExistsError(target) from None
        part.replace(target)


def _beside(target: Path) -> tuple[int, str]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return tempfile.mkstemp(dir=target.parent, prefix=".backup-")
    except OSError as error:
        raise BackupError(
            f"不能写入 {target.parent}：{error.strerror or error}。", advice="请检查文件夹的权限。"
        ) from error


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read everything as of one moment, without holding up those who write."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # not atomic(): that would take the turn of the one writer for as long as the backup lasts
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _subtree(code: str, migrations: dict[str, tuple[str, ...]], at: datetime) -> Subtree:
    models = {model._meta.label_lower: model for model in models_at(migrations)}
    if models.keys() != RULES.keys():
        raise BackupError(
            "数据库与本机程序的版本不同，不能单独备份一个地区。", advice="请先运行 dudao manage migrate，再备份。"
        )
    place = models["people.region"]._base_manager.filter(code=code).values_list("path", flat=True).first()
    if place is None:
        raise BackupError(f"平台上没有代码为 {code} 的地区。", advice="请写六位行政区划代码。")
    return Subtree(code, place, models, at)


def _rows_into(
    archive: zipfile.ZipFile,
    migrations: dict[str, tuple[str, ...]],
    lines: Callable[[type[Model]], Iterator[bytes]],
) -> Iterator[TableRecord]:
    for model in models_at(migrations):
        label = model._meta.label_lower
        counted = RowSum()
        with archive.open(f"rows/{label}.jsonl", "w", force_zip64=True) as stream:
            for line in lines(model):
                counted.add(line)
                stream.write(line + b"\n")
        columns = tuple(field.attname for field in columns_of(model))
        yield TableRecord(label, columns, counted.rows, counted.checksum)


def _files_into(
    archive: zipfile.ZipFile, part: Path, wanted: Mapping[str, list[str]] | None
) -> tuple[tuple[FileRecord, ...], tuple[str, ...], tuple[str, ...]]:
    taken: list[FileRecord] = []
    troubles: list[str] = []
    missing: list[str] = []
    for holding in holdings():
        files = store(holding.name)
        keys = wanted[holding.name] if wanted is not None else _all_keys(files, holding)
        for key in keys:
            try:
                content = files.read(key)
            except FileNotFoundError:
                missing.append(f"{holding.name}/{key}")
                troubles.append(f"登记了却缺失的文件：{holding.name}/{key}")
                continue
            if hashlib.sha256(content).hexdigest() != key:
                missing.append(f"{holding.name}/{key}")
                troubles.append(f"内容与校验码不符的文件（没有备份）：{holding.name}/{key}")
                continue
            if shutil.disk_usage(part.parent).free < len(content) + _ROOM:
                raise OSError(ENOSPC, "磁盘空间不足")
            entry = zipfile.ZipInfo(f"files/{holding.name}/{key}")
            archive.writestr(entry, content, compress_type=zipfile.ZIP_STORED)
            taken.append(FileRecord(holding.name, key, len(content)))
    return tuple(taken), tuple(troubles), tuple(missing)


def _all_keys(files: ContentStore, holding: Holding) -> list[str]:
    present = sorted(kept.key for kept in files.kept() if not kept.half)
    # what was uploaded since the folder was listed is named by a row, too
    return sorted({*present, *_named(holding)})


def _named(holding: Holding) -> list[str]:
    """Return the keys that rows name; none where the database is older than the question."""
    try:
        with transaction.atomic():
            return list(holding.named())
    except DatabaseError:
        return []
