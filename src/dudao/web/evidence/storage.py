"""Files by content outside the web root: written once, whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dudao.web.evaluations.refusals import NotPossibleError

_INCOMING = ".incoming-"


class MissingContentError(NotPossibleError):
    """A kept file is not where it should be, or is not what it was."""


def root() -> Path:
    """Return the folder of evidence files."""
    return Path(settings.EVIDENCE_ROOT)


def keep(content: bytes, sha256: str) -> None:
    """Write a content to its place; a content that is there already is left alone.

    It is written beside its place, flushed to the disk and then moved, so a killed process leaves no half file.
    """
    target = place_of(root(), sha256)
    if target.exists():
        os.utime(target)  # fresh again, so that pruning leaves it to the row that is about to name it
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_INCOMING)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o600)
        os.replace(name, target)
        _flush(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _flush(folder: Path) -> None:
    """Flush a folder, so that a file moved into it survives a power cut as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Stray:
    """A file below the root that no row names: a content, or what a killed upload left half written."""

    path: Path
    size: int
    half: bool


def strays(known: Callable[[str], bool], *, older_than: float) -> Iterator[Stray]:
    """Yield the files that no row names and that were last touched before a moment (seconds of the epoch).

    Args:
        known: answers whether a row names the content of a hash.
        older_than: files touched later may belong to an upload under way and are left alone.
    """
    for path in sorted(root().glob("??/??/*")):
        seen = path.stat()
        half = path.name.startswith(_INCOMING)
        if seen.st_mtime < older_than and (half or not known(path.name)):
            yield Stray(path, seen.st_size, half)


def content_of(sha256: str) -> bytes:
    """Return a kept content, proved by its hash.

    Raises:
        MissingContentError: it is gone or was changed.
    """
    try:
        content = place_of(root(), sha256).read_bytes()
    except FileNotFoundError:
        raise MissingContentError("材料文件不在存储中。", advice="请联系系统管理员核对备份。") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise MissingContentError("材料文件与登记的校验码不符。", advice="请联系系统管理员核对备份。")
    return content


def place_of(folder: Path, sha256: str) -> Path:
    """Return where a content lies below a folder: two levels of folders by its hash."""
    return folder / sha256[:2] / sha256[2:4] / sha256
