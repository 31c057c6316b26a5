"""The files of school data, all by the hash of their content: uploads, rows as parquet, reports and results as JSON."""

import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from dudao.web.content_store.places import store
from dudao.web.refusals import NotPossibleError
from dudao.web.schools.models import CountyBalance, Import, Snapshot

STORE = "schools"


class MissingTableError(NotPossibleError):
    """A kept table is not where it should be, or is not what it was."""


def keep(content: bytes) -> str:
    """Keep a content and return its hash (hex SHA-256)."""
    digest = hashlib.sha256(content).hexdigest()
    store(STORE).keep(content, digest)
    return digest


def content_of(sha256: str) -> bytes:
    """Return a kept content, proved by its hash.

    Raises:
        MissingTableError: it is gone or was changed.
    """
    try:
        content = store(STORE).read(sha256)
    except FileNotFoundError:
        raise MissingTableError(_("数据文件不在存储中。"), advice=_("请联系系统管理员核对备份。")) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise MissingTableError(_("数据文件与登记的校验码不符。"), advice=_("请联系系统管理员核对备份。"))
    return content


def keep_frame(frame: pl.DataFrame) -> str:
    """Keep rows as parquet and return the hash of the file; the same rows give the same hash."""
    stream = io.BytesIO()
    frame.write_parquet(stream, compression="zstd")
    return keep(stream.getvalue())


def frame_of(sha256: str) -> pl.DataFrame:
    """Return kept rows.

    Raises:
        MissingTableError: the file is gone or was changed.
    """
    return pl.read_parquet(io.BytesIO(content_of(sha256)))


def keep_json(value: Any) -> str:
    """Keep a plain value as JSON and return the hash of the file."""
    return keep(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def json_of(sha256: str) -> Any:
    """Return a kept plain value.

    Raises:
        MissingTableError: the file is gone or was changed.
    """
    return json.loads(content_of(sha256))


def named() -> Iterator[str]:
    """Yield every hash that a row names."""
    for source, frame, report in Import.objects.order_by("pk").values_list("source", "frame", "report").iterator():
        yield from (key for key in (source, frame, report) if key)
    yield from Snapshot.objects.order_by("pk").values_list("frame", flat=True).iterator()
    yield from CountyBalance.objects.order_by("detail").values_list("detail", flat=True).distinct().iterator()
