"""The database of an installation: SQLite in the data folder, or PostgreSQL by address."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_CHOICES = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""What may stand behind the `?` of a PostgreSQL address: how the connection is encrypted and the server proved."""


def database_settings(address: str | None, home: Path) -> dict[str, Any]:
    """Return Django's settings for the database at an address; without one, SQLite in the data folder.

    Raises:
        ImproperlyConfigured: the address names another kind of database, or no database.
    """
    if not address:
        return sqlite_settings(home / "dudao.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite_settings(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL 须以 postgres:// 或 sqlite:// 开头，例如 postgres://用户:密码@主机:5432/库名"
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("DATABASE_URL 缺少数据库名，例如 postgres://用户:密码@主机:5432/库名")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host(parts),
        "PORT": _port(parts),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # the server plans a statement that comes again and again once, and not at each page
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3} | _choices(parts.query),
    }


def _host(parts: SplitResult) -> str:
    """Return the server, or the folder of its socket: `%2Fvar%2Frun%2Fpostgresql`, whose letters keep their case."""
    place = unquote(parts.netloc.rpartition("@")[2].partition(":")[0])
    return place if place.startswith("/") else parts.hostname or ""


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL 的端口应是 1 至 65535 的数字，例如 5432。") from error


def _choices(query: str) -> dict[str, str]:
    """Return what stands behind the `?`; a choice that would be ignored is refused, it may be meant to protect."""
    chosen = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(set(chosen) - set(_CHOICES)):
        raise ImproperlyConfigured(f"DATABASE_URL 的“?”后不认得 {'、'.join(unknown)}。可写：{'、'.join(_CHOICES)}。")
    modes = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
    if chosen.get("sslmode", "require") not in modes:
        raise ImproperlyConfigured(f"DATABASE_URL 的 sslmode 只能是 {'、'.join(modes)}。")
    return chosen


def sqlite_settings(path: Path) -> dict[str, Any]:
    """Return the settings of an embedded database that many threads may read while one writes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # a writer takes its turn at the start of the transaction instead of failing in the middle of it
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a signature that was confirmed survives a power cut
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
