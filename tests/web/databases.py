"""Databases for programs of their own: every migration applied once, then copied."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tests.made_once import made_once
from tests.web.live import run

FILE = "dudao.sqlite3"


def migrated_home(factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of an installation in which nobody has done anything yet."""
    return made_once(factory, "migrated", _migrate)


def _migrate(home: Path, address: str = "") -> None:
    done = run(home, "manage", "migrate", "-v", "0", DATABASE_URL=address)
    assert done.returncode == 0, done.stderr[-2000:]


def copied_file(factory: pytest.TempPathFactory, target: Path) -> Path:
    """Copy an SQLite database with every table and no row to a place, whose folder is made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(migrated_home(factory) / FILE, target))


def postgres_server() -> str:
    """Return the address of a server without a database; the test is skipped where none answers.

    It is the server of DATABASE_URL. Somebody who runs one test by hand may do without: the server of the own machine
    is used if it lets one in. In CI it is not: `make test-postgres` has run these tests already.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return urlunsplit(urlsplit(given)._replace(scheme="postgresql", path=""))
    if os.environ.get("CI"):
        pytest.skip("DATABASE_URL names no PostgreSQL; make test-postgres runs this")
    for user in ("postgres", "root"):
        address = f"postgresql://{user}@127.0.0.1:5432"
        try:
            psycopg.connect(f"{address}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return address
    pytest.skip("no PostgreSQL answers at 127.0.0.1:5432")


@contextmanager
def postgres_database(server: str, template: str = "template1") -> Iterator[str]:
    """Make a database, yield its address, and drop it."""
    name = f"dudao_tests_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as held:
        held.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield f"{server}/{name}"
        finally:
            held.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def migrated_postgres(server: str) -> Iterator[str]:
    """Make a database with every table and no row, yield its name, and drop it."""
    with postgres_database(server) as address:
        _migrate(Path(os.environ["DUDAO_HOME"]) / "for-the-template", address)
        yield address.rpartition("/")[2]
