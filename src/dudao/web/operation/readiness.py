"""Whether the platform can do its work now: the database, its migrations, room on the disk, a place for files."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from dudao.web.content_store.places import store


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that was looked at: whether it is in order, and what was seen."""

    name: str
    ready: bool
    detail: str


def readiness() -> list[Answer]:
    """Return the state of everything that a request may need, in a fixed order; looks at all of it."""
    return [check() for check in CHECKS]


def database() -> Answer:
    """Say whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return Answer("database", False, type(error).__name__)
    return Answer("database", True, connection.vendor)


_migrated: set[str] = set()


def migrations() -> Answer:
    """Say whether every migration of this version is applied; once they are, they stay so."""
    name = str(connection.settings_dict["NAME"])
    if name in _migrated:
        return Answer("migrations", True, "0")
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        return Answer("migrations", False, type(error).__name__)
    if waiting == 0:
        _migrated.add(name)
    return Answer("migrations", waiting == 0, str(waiting))


def disk() -> Answer:
    """Say whether there is more room in the data folder than it needs at the least."""
    try:
        free = free_bytes()
    except OSError as error:
        return Answer("disk", False, str(error.strerror))
    return Answer("disk", free >= settings.DISK_FLOOR, f"{free // 1048576} MB")


def free_bytes() -> int:
    """Return how many bytes are free in the data folder."""
    return shutil.disk_usage(settings.HOME).free


def files() -> Answer:
    """Say whether files of evidence can be written: the folder takes one, or the object store answers."""
    if settings.OBJECT_STORAGE:
        return _object_store()
    folder = Path(settings.FILES_ROOT) / "evidence"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
            probe.flush()
    except OSError as error:
        return Answer("files", False, str(error.strerror))
    return Answer("files", True, "folder")


def _object_store() -> Answer:
    try:
        store("evidence").has("0" * 64)
    except Exception as error:  # whatever the client of the store raises, it is not ready
        return Answer("files", False, type(error).__name__)
    return Answer("files", True, "object store")


CHECKS: tuple[Callable[[], Answer], ...] = (database, migrations, disk, files)
"""What is looked at."""
