"""Putting a backup into an empty place, and proving that what stands there is what was backed up."""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from dudao.errors import DudaoError, UnreadableInputError
from dudao.web.audit.queries import verify as audit_breaks
from dudao.web.backups.archive import Archive, RowSum, TableRecord
from dudao.web.backups.rows import columns_of, insert, lines_of
from dudao.web.backups.schema import last_of, models_at, unknown
from dudao.web.content_store.places import holdings, store

Say = Callable[[str], None]


class RestoreError(DudaoError):
    """A backup cannot be restored here; no row was written."""


def check(path: Path, *, say: Say) -> None:
    """Read a whole backup and prove every row and file against its checksums, writing nothing.

    Raises:
        UnreadableInputError: it is damaged, cut off, or of a newer program.
    """
    with Archive(path) as archive:
        for table in archive.manifest.tables:
            _prove(archive, table)
        say(f"{len(archive.manifest.tables)} 张表的校验和相符")
        for file in archive.manifest.files:
            archive.content(file)
        say(f"{len(archive.manifest.files)} 个文件的校验码相符")


def restore(path: Path, *, say: Say) -> tuple[str, ...]:
    """Restore a backup into the empty database and file store of this installation.

    Files come first and lie under their hashes; then all rows in one transaction, which ends only when every table,
    read back, has the checksum that the backup states and all references hold. A backup of an older program is
    brought up to date afterwards. Returned is, in words, what was wrong already when the backup was made.

    Raises:
        UnreadableInputError: the backup is damaged, cut off, or of a newer program.
        RestoreError: something is kept here already, or what was written is not what was backed up.
    """
    with Archive(path) as archive:
        manifest = archive.manifest
        if newer := unknown(manifest.migrations):
            raise UnreadableInputError(
                f"{path} 由更新的程序写成（本机不认识 {newer[0]}）。", advice="请先升级本机的程序，再恢复。"
            )
        _refuse_unless_empty()
        for table in manifest.tables:
            _prove(archive, table)
        say("备份完好，开始恢复文件")
        places = {holding.name: store(holding.name) for holding in holdings()}
        for file in manifest.files:
            if file.store not in places:
                raise UnreadableInputError(
                    f"{path} 中有本机不认识的文件类别 {file.store}。", advice="请升级本机的程序。"
                )
            places[file.store].keep(archive.content(file), file.key)
        say(f"{len(manifest.files)} 个文件已恢复，建立数据库")
        MigrationExecutor(connection).migrate(last_of(manifest.migrations))
        models = {model._meta.label_lower: model for model in models_at(manifest.migrations)}
        try:
            with transaction.atomic():
                _load(archive, models)
                say("读回核对")
                _compare(archive, models)
                connection.check_constraints()
        except (DatabaseError, ValueError, TypeError) as error:
            raise RestoreError(
                f"恢复没有完成，数据库未写入任何一行：{error}", advice="请保留这份备份，并联系维护人员。"
            ) from error
        say("各表与备份一致，更新到本机程序的版本")
        call_command("migrate", verbosity=0, interactive=False)
        _gather_statistics()
        missing = tuple(f"备份时就已缺失的文件：{name}" for name in manifest.missing)
        # the rows are those of the backup, so a break was there before; it must be seen and not be hidden by refusing
        return missing + tuple(f"备份前就已存在的审计日志问题：{place.message}" for place in audit_breaks())


def _refuse_unless_empty() -> None:
    tables = set(connection.introspection.table_names())
    for name in ("people_user", "audit_event"):
        if name not in tables:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")
            if cursor.fetchone():
                raise RestoreError(
                    "这里的数据库已有内容，恢复只写入空的数据库。",
                    advice="请把 DUDAO_HOME 指向新的文件夹，或把 DATABASE_URL 指向新建的空库。",
                )


def _prove(archive: Archive, table: TableRecord) -> None:
    counted = RowSum()
    for line in archive.lines(table):
        counted.add(line)
    if (counted.rows, counted.checksum) != (table.rows, table.checksum):
        raise UnreadableInputError(f"{archive.path} 中的 {table.model} 与清单不符。", advice="请换一份备份。")


def _load(archive: Archive, models: dict[str, type[Model]]) -> None:
    known = [models[table.model] for table in archive.manifest.tables if table.model in models]
    with connection.cursor() as cursor:
        for model in known:  # what migrations wrote of themselves: the backup holds these rows, too
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    for table in archive.manifest.tables:
        found = models.get(table.model)
        if found is None or tuple(field.attname for field in columns_of(found)) != table.columns:
            raise ValueError(f"{table.model} 的列与程序的不同")
        insert(found, archive.lines(table))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), known):
            cursor.execute(statement)


def _gather_statistics() -> None:
    """Let PostgreSQL look at the rows now: else it plans blindly and marks rows as seen while the first people wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def _compare(archive: Archive, models: dict[str, type[Model]]) -> None:
    for table in archive.manifest.tables:
        counted = RowSum()
        for line in lines_of(models[table.model]):
            counted.add(line)
        if (counted.rows, counted.checksum) != (table.rows, table.checksum):
            raise ValueError(f"{table.model} 读回的内容与备份不同")
